"""Bytes to plain values and positions. The only importer of ruamel.yaml."""
