"""A process with exact meaning, for tools that execute it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProcessModel:
    """A process."""

    name: str
    title: str
