"""Rows of many accounts at once: written in full for one account of each outline, filled in for all others.

The bytes are those that :func:`playbook.targets.files.rows.written_plan` gives for each plan. Each pattern is tried
on the first account that it is made for, and an account with texts that would be written in another way (a name
with quotes within a longer text) is written by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from playbook.plans.assembling import Assembly
from playbook.plans.keys import key_part
from playbook.plans.outlines import Holding, Outline, Outlines, Own
from playbook.plans.plan import PersonBinding, PlanNote
from playbook.plans.planning import Plans
from playbook.targets.files.day_texts import DayTexts
from playbook.targets.files.row_pattern import RowPattern, row_pattern
from playbook.targets.files.rows import Sheet, written_plan
from playbook.text.formulas import STARTS

Block = tuple[int, bytes]

_MOST_PATTERNS = 256
"""Each takes about as much memory as the rows of an account."""
_MOST_KEPT = 4096


def fast_rows(sheet: Sheet, plans: Plans) -> Iterator[Block]:
    """The rows of each account: how many they are, and their text."""
    writer = _Writer(sheet)
    for assemblies in plans.assemblies():
        batches = [(assembly.batch.positions, writer.batch(assembly)) for assembly in assemblies]
        by_position = {at: blocks for positions, blocks in batches for at in positions}
        for position in range(len(by_position)):
            # A batch has its accounts in their order: the next one of it is the one at this place.
            yield from next(by_position[position])
        plans.notes.update(writer.taken_notes())


class _Text(NamedTuple):
    """A text within a longer cell, and as a whole one; ``is_plain`` if it needs no quotes in either."""

    part: bytes
    whole: bytes
    is_plain: bool


_NOBODY = _Text(b"", b"", True)


class _Writer:
    """Writes the rows of one batch after the other."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._days = DayTexts(sheet.cell)
        self._patterns: dict[Hashable, RowPattern | None] = {}
        self._seen: set[Hashable] = set()
        self._kept: dict[int, Holding] = {}
        self._people: dict[int, tuple[PersonBinding, _Text, _Text]] = {}
        self._notes: Counter[PlanNote] = Counter()
        self._special = re.compile(f'[{re.escape(sheet.separator + sheet.line_end)}"\r\n\0]')

    def batch(self, assembly: Assembly) -> Iterator[Iterable[Block]]:
        """The rows of the accounts of a batch, in its order; one after the other, so that few are in memory."""
        outlines = Outlines(assembly, self._kept)
        for index, days in enumerate(self._days.rows(outlines.days)):
            yield self._account(outlines, index, days)

    def taken_notes(self) -> Counter[PlanNote]:
        """What was noted of the accounts since this was asked the last time."""
        for pattern in self._patterns.values():
            if pattern is not None and pattern.count:
                for note, count in pattern.notes.items():
                    self._notes[note] += count * pattern.count
                pattern.count = 0
        notes, self._notes = self._notes, Counter()
        return notes

    def _account(self, outlines: Outlines, index: int, days: list[bytes]) -> Iterable[Block]:
        found = outlines.of(index)
        if found is None:
            return self._by_itself(outlines.assembly, index)
        outline, own = found
        pattern = self._pattern(outlines, index, outline, own)
        texts = self._texts(outlines, index, own)
        if pattern is None or not _fits(pattern, len(days) + len(own.days), texts):
            return self._by_itself(outlines.assembly, index)
        data = pattern.filled(self._values(days, own, texts))
        if not pattern.is_tried:
            return self._tried(pattern, data, self._by_itself(outlines.assembly, index))
        pattern.count += 1
        self._notes.update(own.notes)
        return ((pattern.rows, data),)

    def _by_itself(self, assembly: Assembly, index: int) -> list[Block]:
        plan = assembly.plan(index)
        self._notes.update(plan.notes)
        return list(written_plan(self._sheet, plan))

    # -- patterns ----------------------------------------------------------------------------------

    def _pattern(self, outlines: Outlines, index: int, outline: Outline, own: Own) -> RowPattern | None:
        """The pattern of an outline; ``None`` for the first account that has it, and where there can be none."""
        key = (outlines.assembly.batch.playbook.variant, outline)
        if key in self._patterns:
            return self._patterns[key]
        if key not in self._seen:
            # It pays only if there are others like this one.
            if len(self._seen) >= _MOST_KEPT:
                self._seen.clear()
            self._seen.add(key)
            return None
        if len(self._patterns) >= _MOST_PATTERNS:
            self._notes = self.taken_notes()
            self._patterns.clear()
        found = row_pattern(self._sheet, outlines.plan(index, outline, own), _places(outlines, own))
        if found is not None:
            found.notes = Counter(outlines.assembly.plan(index).notes)
            found.notes.subtract(own.notes)
            if self._sheet.most_rows is not None and found.rows > self._sheet.most_rows:
                found = None
        self._patterns[key] = found
        return found

    def _tried(self, pattern: RowPattern, data: bytes, blocks: list[Block]) -> list[Block]:
        """The rows as they are written without the pattern; if these are not the same, it is good for nothing."""
        pattern.is_tried = True
        if data != b"".join(block for _, block in blocks):
            for key in [key for key, each in self._patterns.items() if each is pattern]:
                self._patterns[key] = None
        return blocks

    # -- what is an account's own ----------------------------------------------------------------------

    def _values(self, days: list[bytes], own: Own, texts: list[_Text]) -> list[bytes]:
        values = days + [self._days.of(day) for day in own.days] if own.days else days.copy()
        for text in texts:
            values += text[:2]
        return values

    def _texts(self, outlines: Outlines, index: int, own: Own) -> list[_Text]:
        """In the order of :func:`_places`."""
        account = outlines.assembly.batch.situations[index].account
        texts = [self._text(account.id), self._text(account.name), self._text(key_part(account.id))]
        for person in own.people:
            if person is None:
                texts += (_NOBODY, _NOBODY)
            else:
                texts += (self._people.get(id(person)) or self._person(person))[1:]
        for item in own.items:
            texts += (self._text(item.key), self._text(item.label))
        return texts

    def _text(self, text: str) -> _Text:
        written = text.encode("utf-8", "backslashreplace")
        if text and not text.startswith(STARTS) and self._special.search(text) is None:
            return _Text(written, written, True)
        return _Text(written, self._sheet.cell(text), False)

    def _person(self, person: PersonBinding) -> tuple[PersonBinding, _Text, _Text]:
        if len(self._people) >= _MOST_KEPT:
            self._people.clear()
        # The person is kept with the texts, so that no other one gets its number.
        found = self._people[id(person)] = (person, self._text(person.key), self._text(person.name))
        return found


def _fits(pattern: RowPattern, ahead: int, texts: list[_Text]) -> bool:
    """Whether the texts can be filled in; ``ahead`` is the place of the first one."""
    if not pattern.in_parts or all(text.is_plain for text in texts):
        return True
    return all(text.is_plain or ahead + 2 * at not in pattern.in_parts for at, text in enumerate(texts))


def _places(outlines: Outlines, own: Own) -> dict[str, int]:
    """The places of values by the names of marks: days, then two for each text (part of a cell, whole cell)."""
    days = outlines.days.shape[1] + len(own.days)
    names = ["id", "name", "part"]
    for at in range(len(outlines.roles)):
        names += (f"person{at}", f"person_name{at}")
    for at in range(len(own.items)):
        names += (f"item{at}", f"item_label{at}")
    places = {f"day{at}": at for at in range(days)}
    for at, name in enumerate(names):
        places[name] = days + 2 * at
        places[f"={name}"] = days + 2 * at + 1
    return places
