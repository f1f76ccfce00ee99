"""An agenda in the terminal: by stage, with dates, slack and marks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from playbook.shapes.agenda import Agenda, AgendaLine, AgendaRecurring
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

_WIDE = 104
"""From so many columns on there is room for the earliest and the latest start."""
_NONE = "–"

_LATE, _MILESTONE, _CRITICAL, _PERHAPS = "!", "◆", "●", "○"
_LEGEND = {
    _CRITICAL: "critical path",
    _MILESTONE: "milestone",
    _PERHAPS: "may be left out",
    _LATE: "cannot be in time",
}
_STYLES = {_LATE: "bold red", _MILESTONE: "green", _CRITICAL: "bold", _PERHAPS: "dim"}


def agenda_parts(agenda: Agenda, width: int) -> Iterator[RenderableType]:
    """The agenda from its title to its legend, for a terminal of so many columns."""
    yield from _head(agenda)
    yield ""
    yield _dates(agenda, width)
    if agenda.recurring:
        yield ""
        yield from _again(agenda)
    yield from _said_below(agenda)
    yield from _legend(agenda)


def _head(agenda: Agenda) -> Iterator[RenderableType]:
    from rich.text import Text

    head = Text(printable(agenda.title), style="bold")
    version = f" {agenda.version}" if agenda.version else ""
    head.append(printable(f"  {agenda.name}{version}"), style="dim")
    yield head
    if agenda.account:
        yield Text(printable(f"for {agenda.account}"))
    given = [f"{anchor.title} {anchor.day}" for anchor in agenda.anchors if anchor.day is not None]
    yield Text(printable(", ".join(given)))
    yield Text(printable(agenda.calendar), style="dim")


# -- the dates -----------------------------------------------------------------------------------


def _dates(agenda: Agenda, width: int) -> Table:
    from rich.table import Table as RichTable

    wide = width >= _WIDE
    table = RichTable(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    table.add_column("", width=1)
    table.add_column("", ratio=3, overflow="fold")
    table.add_column("who", ratio=2, overflow="fold", style="dim")
    for title in ("starts", "due", *(("earliest start", "latest start") if wide else ())):
        table.add_column(title, no_wrap=True, min_width=10)
    table.add_column("slack", justify="right", no_wrap=True)
    empty = [""] * (3 if wide else 1)
    stages = [(f"{stage.number}. {stage.title}", stage.id, stage.starts, stage.ends) for stage in agenda.stages]
    for title, id_, starts, ends in [*stages, ("Beside the stages", "", None, None)]:
        lines = sorted(agenda.of_stage(id_), key=_order)
        if not lines:
            continue
        table.add_row("", _stage(title), "", _bold(starts), _bold(ends), *empty)
        for line in lines:
            table.add_row(*_row(line, wide=wide))
        table.add_section()
    return table


def _stage(title: str) -> RenderableType:
    from rich.text import Text

    return Text(printable(title), style="bold")


def _bold(day: date | None) -> RenderableType:
    from rich.text import Text

    return Text(day_text(day, ""), style="bold")


def _order(line: AgendaLine) -> tuple[bool, date]:
    """By the day that they are due; what has none stays where it is, behind the others."""
    return (line.due is None, line.due or date.max)


def _row(line: AgendaLine, *, wide: bool) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    mark = mark_of(line)
    style = "red" if line.late else "bold" if line.critical else ""
    yield Text(mark, style=_STYLES.get(mark, ""))
    yield Padding(Text(printable(line.title), style=style), (0, 0, 0, 2))
    yield Text(printable(line.who))
    yield day_text(line.starts, "")
    yield Text(day_text(line.due), style="red" if line.late else "")
    if wide:
        yield Text(day_text(line.earliest_start, ""), style="dim")
        yield Text(day_text(line.latest_start, ""), style="dim")
    yield "" if line.slack is None else str(line.slack)


def mark_of(line: AgendaLine) -> str:
    """The mark ahead of a line: the gravest of what there is to say."""
    if line.late:
        return _LATE
    if line.kind != "step":
        return _MILESTONE
    return _CRITICAL if line.critical else "" if line.sure else _PERHAPS


def day_text(day: date | None, none: str = _NONE) -> str:
    """A day, or a dash."""
    return day.isoformat() if day is not None else none


# -- what stands below ---------------------------------------------------------------------------


def _again(agenda: Agenda) -> Iterator[RenderableType]:
    from rich.table import Table as RichTable
    from rich.text import Text

    yield Text(f"Again and again, up to {agenda.horizon}", style="bold")
    table = RichTable(box=None, pad_edge=False, padding=(0, 1), show_header=False)
    table.add_column("", width=1)
    table.add_column("", ratio=2, overflow="fold")
    table.add_column("", ratio=1, overflow="fold", style="dim")
    table.add_column("", ratio=3, overflow="fold")
    for each in agenda.recurring:
        table.add_row("", Text(printable(each.title)), Text(printable(each.who)), _when(each))
    yield table


def _when(each: AgendaRecurring) -> RenderableType:
    from rich.text import Text

    text = Text(printable(each.rhythm))
    if each.days:
        first = ", ".join(day.isoformat() for day in each.days[:3])
        rest = f" … {each.days[-1]}" if len(each.days) > 4 else f", {each.days[-1]}" if len(each.days) == 4 else ""
        count = f" ({len(each.days)} times{' by then' if each.goes_on else ''})" if len(each.days) > 3 else ""
        text.append(f": {first}{rest}{count}")
    if each.note:
        text.append(printable(f"; {each.note}" if each.days else f": {each.note}"), style="dim")
    return text


def _said_below(agenda: Agenda) -> Iterator[RenderableType]:
    """What has no date, what is not done, and other notes."""
    waiting: dict[tuple[str, ...], list[str]] = {}
    for line in agenda.lines:
        if line.due is None:
            waiting.setdefault(line.needs, []).append(line.title)
    for needs, titles in waiting.items():
        options = " ".join(f"--anchor {id_}=DATE" for id_ in needs)
        yield from listed(f"No date: needs {options}" if needs else "No date: nothing says when", titles)
    reasons: dict[str, list[str]] = {}
    for left in agenda.left_out:
        reasons.setdefault(left.why, []).append(left.title)
    for reason, titles in reasons.items():
        yield from listed(f"Not done: {reason}" if reason else "Not done", titles)
    if agenda.notes:
        yield ""
        yield from (printable(note) for note in agenda.notes)


def listed(head: str, titles: list[str]) -> Iterator[RenderableType]:
    """A head, and the titles that it is about."""
    from rich.padding import Padding
    from rich.text import Text

    yield ""
    yield Text(printable(head))
    yield Padding(Text(printable(", ".join(titles)), style="dim"), (0, 0, 0, 2))


def _legend(agenda: Agenda) -> Iterator[RenderableType]:
    from rich.text import Text

    marks = {mark_of(line) for line in agenda.lines}
    told = [f"{mark} {words}" for mark, words in _LEGEND.items() if mark in marks]
    slack = any(line.slack is not None for line in agenda.lines)
    if told or slack:
        yield ""
    if told:
        yield Text("   ".join(told), style="dim")
    if slack:
        yield Text("slack: working days from the earliest to the latest day on which it can be over", style="dim")
