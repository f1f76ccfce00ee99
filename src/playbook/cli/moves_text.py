"""What moves with an anchor, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from playbook.cli.agenda_text import day_text, listed
from playbook.shapes.agenda import AgendaMove, AgendaMoves
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from rich.console import RenderableType


def moves_parts(moves: AgendaMoves) -> Iterator[RenderableType]:
    """What moves with an anchor, and what does not."""
    from rich.table import Table as RichTable
    from rich.text import Text

    for anchor in moves.anchors:
        by = f" ({_by(anchor.by)})" if anchor.by is not None else ""
        was = f" from {anchor.was}" if anchor.was else ""
        yield Text(printable(f"{anchor.title} moves{was} to {anchor.becomes}{by}"), style="bold")
    if moves.moving:
        table = RichTable(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
        table.add_column("what moves with it", ratio=3, overflow="fold")
        table.add_column("who", ratio=2, overflow="fold", style="dim")
        for title in ("was due", "becomes"):
            table.add_column(title, no_wrap=True, min_width=10)
        table.add_column("by", justify="right", no_wrap=True)
        for each in moves.moving:
            table.add_row(
                printable(each.title), printable(each.who), day_text(each.was), day_text(each.becomes), _days(each)
            )
        yield table
    else:
        yield "Nothing moves with it."
    yield from _staying(moves.staying)
    for conflict in moves.settled:
        yield Text(printable(f"No longer in the way: {conflict.message}"), style="green")


def _staying(staying: Iterable[AgendaMove]) -> Iterator[RenderableType]:
    reasons: dict[str, list[str]] = {}
    for each in staying:
        reasons.setdefault(each.why, []).append(each.title)
    for reason, titles in reasons.items():
        yield from listed(f"Not moved: {reason}", titles)


def _days(move: AgendaMove) -> str:
    return "" if move.by is None else f"{move.by:+d}" if move.by else "starts"


def _by(days: int) -> str:
    count = abs(days)
    return f"{count} working day{'' if count == 1 else 's'} {'later' if days >= 0 else 'sooner'}"
