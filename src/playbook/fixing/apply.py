"""Which of the offered fixes are made together, and the texts that come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from playbook.diagnostics import Diagnostic, Edit, Fix
from playbook.fixing.stretches import Stretch, collide


@dataclass(frozen=True, slots=True)
class Offer:
    """A finding with the fix that is to mend it."""

    finding: Diagnostic
    fix: Fix

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the fix changes."""
        return tuple(dict.fromkeys(edit.file for edit in self.fix.edits))


@dataclass(frozen=True, slots=True)
class Applied:
    """The new texts of the files that change, and what became of the offers."""

    texts: Mapping[str, str]
    applied: tuple[Offer, ...]
    conflicting: tuple[Offer, ...]
    """Those that would change a place that another one changes, or a file that is not there."""


def offers_of(
    findings: Iterable[Diagnostic], *, unsafe: bool = False, wanted: Callable[[str], bool] = lambda _: True
) -> tuple[Offer, ...]:
    """The best fix of each finding that may be made: the safe ones, or any; of the codes that are wanted."""
    offers = []
    for finding in findings:
        fix = next((fix for fix in finding.fixes if (unsafe or fix.safe) and fix.edits), None)
        if fix is not None and wanted(finding.code):
            offers.append(Offer(finding, fix))
    return tuple(offers)


def apply(offers: Iterable[Offer], texts: Mapping[str, str]) -> Applied:
    """Make as many of the offers as can be made together, the first ones first.

    Edits that say the same count once. A fix of several files is made in all of them or in none.
    """
    chosen: dict[str, _Choice] = {}
    applied: list[Offer] = []
    conflicting: list[Offer] = []
    for offer in offers:
        by_file = {name: [_stretch(edit) for edit in offer.fix.edits if edit.file == name] for name in offer.files}
        choices = {name: chosen.setdefault(name, _Choice()) for name in by_file}
        if all(name in texts and choices[name].takes(edits) for name, edits in by_file.items()):
            for name, edits in by_file.items():
                choices[name].take(edits)
            applied.append(offer)
        else:
            conflicting.append(offer)
    new = {name: edited(texts[name], choice.edits) for name, choice in chosen.items() if choice.edits}
    changed = {name: text for name, text in sorted(new.items()) if text != texts[name]}
    return Applied(changed, tuple(applied), tuple(conflicting))


def edited(text: str, edits: Iterable[Stretch]) -> str:
    """A text with all edits made; insertions at one place come in the order given."""
    parts: list[str] = []
    at = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        parts += (text[at:start], new)
        at = end
    return "".join(parts) + text[at:]


class _Choice:
    """The edits of one file that have been chosen."""

    def __init__(self) -> None:
        self.edits: list[Stretch] = []
        self._known: set[Stretch] = set()

    def takes(self, edits: list[Stretch]) -> bool:
        new = [edit for edit in edits if edit not in self._known]
        if not new:
            return True
        low, high = min(edit[0] for edit in new), max(edit[1] for edit in new)
        near = [edit for edit in self.edits if edit[0] <= high and edit[1] >= low]
        return not collide([*near, *new])

    def take(self, edits: list[Stretch]) -> None:
        self.edits += (edit for edit in edits if edit not in self._known)
        self._known.update(edits)


def _stretch(edit: Edit) -> Stretch:
    return edit.start, edit.end, edit.text
