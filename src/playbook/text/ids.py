"""Ids as people read them."""

from __future__ import annotations


def words_of(id_: str) -> str:
    """An id as words, for where no title is given: ``write_brief`` becomes ``Write brief``."""
    return id_.replace("_", " ").capitalize()
