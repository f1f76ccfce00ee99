"""Which of several fixes did harm, told by where the harm is: so that not each has to be tried alone."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from playbook.diagnostics import Diagnostic
from playbook.fixing.apply import Offer
from playbook.text.spans import SourceText


@dataclass(frozen=True, slots=True)
class _Mark:
    """A place of the new text where an offer has changed something, or where its finding was."""

    start: int
    end: int
    offer: int

    def apart(self, offset: int) -> int:
        """How far away an offset is."""
        return max(self.start - offset, offset - self.end, 0)


def blamed(
    complaints: Iterable[Diagnostic], offers: Sequence[Offer], sources: Mapping[str, SourceText]
) -> frozenset[int]:
    """The indexes of the offers that changed something nearest to a complaint, on its line or on the one above.

    ``offers`` are all that were made, and ``sources`` the texts with them.
    """
    lines = _marks_by_line(offers, sources)
    found = set()
    for complaint in complaints:
        file, start = complaint.place.file, complaint.place.span.start
        near = [mark for line in (start.line, start.line - 1) for mark in lines.get((file, line), ())]
        if near:
            found.add(min(near, key=lambda mark: (mark.apart(start.offset), mark.offer)).offer)
    return frozenset(found)


def _marks_by_line(
    offers: Sequence[Offer], sources: Mapping[str, SourceText]
) -> dict[tuple[str, int], list[_Mark]]:
    shifts = _shifts(offers)
    lines: dict[tuple[str, int], list[_Mark]] = defaultdict(list)

    def mark(file: str, start: int, end: int, offer: int) -> None:
        source = sources.get(file)
        if source is not None:
            first, last = source.position(start).line, source.position(end).line
            for line in range(first, last + 1):
                lines[file, line].append(_Mark(start, end, offer))

    for index, offer in enumerate(offers):
        for edit in offer.fix.edits:
            start = edit.start + shifts[edit.file].before(edit.start)
            mark(edit.file, start, start + len(edit.text), index)
        place = offer.finding.place
        if place.file in shifts:
            at = place.span.start.offset
            at += shifts[place.file].before(at)
            mark(place.file, at, at, index)
    return lines


@dataclass(frozen=True, slots=True)
class _Shifts:
    """How far the edits of a file have moved what follows them."""

    starts: Sequence[int]
    totals: Sequence[int]

    def before(self, offset: int) -> int:
        count = bisect_left(self.starts, offset)
        return self.totals[count - 1] if count else 0


def _shifts(offers: Sequence[Offer]) -> dict[str, _Shifts]:
    stretches = defaultdict(set)
    for offer in offers:
        for edit in offer.fix.edits:
            stretches[edit.file].add((edit.start, edit.end, edit.text))
    shifts = {}
    for file, edits in stretches.items():
        ordered = sorted(edits)
        totals = list(accumulate(len(text) - (end - start) for start, end, text in ordered))
        shifts[file] = _Shifts([start for start, _, _ in ordered], totals)
    return shifts
