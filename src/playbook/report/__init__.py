"""Diagnostics written out: one file per format."""
