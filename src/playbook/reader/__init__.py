"""Bytes to plain values and positions. The only importer of ruamel.yaml."""

from playbook.reader.positions import Positions, read_positions
from playbook.reader.source import decode, load_file
from playbook.reader.values import Values, read_values

__all__ = ["Positions", "Values", "decode", "load_file", "read_positions", "read_values"]
