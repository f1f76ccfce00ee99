"""The RACI matrix in numbers: rows that count down each column, and what stands out."""

from __future__ import annotations

from playbook.raci_analysis import LETTERS, Column, LetterName, raci_analysis
from playbook.shapes.table import Cell
from playbook.views.narrowing.excerpt import is_for_customers, is_part
from playbook.views.parts.words import together
from playbook.workspace import CompiledPlaybook

MUCH = 0.5
"""Who answers for more than this share of the steps is named."""
_ENOUGH = 10
"""With fewer steps than this, a share of them says little."""

_COUNTED: dict[LetterName, str] = {
    "R": "Steps responsible for",
    "A": "Steps accountable for",
    "C": "Steps consulted on",
    "I": "Steps informed of",
}


def counts(playbook: CompiledPlaybook, owners: list[str]) -> tuple[tuple[Cell, ...], ...]:
    """A row for each letter, and one for the share of steps that each answers for.

    How work is spread among us is none of the customers' business: for them there are none.
    """
    analysis = playbook.remembered(raci_analysis)
    if is_for_customers(playbook) or not analysis.steps or not owners:
        return ()
    columns = [analysis.columns.get(owner) for owner in owners]
    rows: list[tuple[Cell, ...]] = [
        ("", _COUNTED[letter], *(_count(column, letter) if column else None for column in columns))
        for letter in LETTERS
    ]
    which = "these" if is_part(playbook) else "all"
    shares = [analysis.share(owner) for owner in owners]
    rows.append(
        ("", f"Share of {which} steps accountable for", *(f"{share:.0%}" if share else None for share in shares))
    )
    return tuple(rows)


def _count(column: Column, letter: LetterName) -> int | None:
    """How many steps; nothing where it is none, so that the numbers stand out."""
    number = {
        "R": column.responsible,
        "A": column.accountable,
        "C": column.consulted,
        "I": column.informed,
    }[letter]
    return number or None


def remarks(playbook: CompiledPlaybook) -> tuple[str, ...]:
    """What stands out down the columns; of a part of a playbook nothing can be said."""
    analysis = playbook.remembered(raci_analysis)
    if is_part(playbook) or not analysis.steps:
        return ()
    told = []
    much = analysis.overloaded(MUCH) if analysis.steps >= _ENOUGH else []
    if much:
        told.append(f"Accountable for more than half of the steps: {_names(playbook, much)}.")
    if analysis.without_backup:
        alone = _names(playbook, analysis.without_backup)
        told.append(f"Accountable for steps, with nobody named who steps in: {alone}.")
    if analysis.empty:
        told.append(f"Roles of the organization without a letter on any step: {_names(playbook, analysis.empty)}.")
    return tuple(told)


def _names(playbook: CompiledPlaybook, owners: list[str] | tuple[str, ...]) -> str:
    return together(playbook.owner_name(owner) for owner in owners)
