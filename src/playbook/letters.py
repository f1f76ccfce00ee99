"""RACI defaults: which letters a step ends up with."""

from __future__ import annotations

from playbook.core.owners import Letter, Owners
from playbook.language.raci import AnyOf, Raci, names
from playbook.text.paths import KeyPath


def owners_of(raci: Raci | None, path: KeyPath, defaults: Owners | None = None) -> Owners:
    """The letters of ``raci``, written at ``path``; a letter that it lacks comes from ``defaults``."""
    if raci is None:
        return defaults or Owners()
    base = defaults or Owners()
    return Owners(
        accountable=_letter(raci.A, path, "A") or base.accountable,
        responsible=_letter(raci.R, path, "R") or base.responsible,
        consulted=_letter(raci.C, path, "C") or base.consulted,
        informed=_letter(raci.I, path, "I") or base.informed,
    )


def _letter(holders: tuple[str, ...] | AnyOf | None, path: KeyPath, key: str) -> Letter | None:
    if not holders:
        return None
    return Letter(names(holders), (*path, key), isinstance(holders, AnyOf))


def letter_at(holders: tuple[str, ...] | AnyOf, path: KeyPath) -> Letter:
    """A letter that follows from another key, such as the approvers of an approval."""
    return Letter(names(holders), path, isinstance(holders, AnyOf))
