"""Cells that a spreadsheet would run as a formula (OWASP, "CSV Injection")."""

from __future__ import annotations

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with, for one program or another."""


def harmless(text: str) -> str:
    """The text as a cell of a CSV file: an apostrophe in front where it would be run; without NUL."""
    # NUL cannot stand in a text file that other programs read.
    text = text.replace("\0", "\ufffd")
    return f"'{text}" if text.startswith(STARTS) else text
