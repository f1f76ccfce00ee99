"""Fixes: what is to change in a document, as edits of its text that touch nothing else."""
