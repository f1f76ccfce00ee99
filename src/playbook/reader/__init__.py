"""Bytes to plain values and positions. The only importer of ruamel.yaml, which is loaded when a text is parsed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from playbook.reader.source import decode, load_file

if TYPE_CHECKING:
    from playbook.reader.positions import Positions, read_positions
    from playbook.reader.values import Values, read_values

__all__ = ["Positions", "Values", "decode", "load_file", "read_positions", "read_values"]

_MODULES = {"Positions": "positions", "read_positions": "positions", "Values": "values", "read_values": "values"}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
