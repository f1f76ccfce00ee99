"""Dates on the command line: ``--anchor closed_won=2026-12-01``, and what is wrong with one."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date

import click

from playbook.text.quote import shown
from playbook.text.suggest import nearest
from playbook.text.terminal import printable

FIRST_YEAR, LAST_YEAR = 1901, 2199
"""Beyond these nobody plans, and a plan needs room before and behind its dates."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)


def anchors_given(option: str, texts: Iterable[str], known: Mapping[str, str], playbook: str) -> dict[str, date]:
    """The dates of anchors that an option was given, each as ``ID=DATE``.

    ``known`` are the anchors of the playbook with their titles. Raises :class:`click.UsageError` for an unknown
    anchor, one that is given twice, and what is no date.
    """
    given: dict[str, date] = {}
    for text in texts:
        id_, equals, written = (part.strip() for part in text.partition("="))
        if not equals or not id_:
            example = next(iter(known), "closed_won")
            raise click.UsageError(
                f"{option}: '{_said(text)}' is no anchor with its date, such as {example}=2026-12-01"
            )
        if id_ not in known:
            raise click.UsageError(f"{option}: {_unknown(id_, known, playbook)}")
        day = day_given(f"{option} {id_}", written)
        if id_ in given:
            twice = f"{given[id_]} and {day}" if given[id_] != day else f"{day} each time"
            raise click.UsageError(f"{option}: {id_} is given twice: {twice}")
        given[id_] = day
    return given


def is_day(written: str) -> bool:
    """Whether something is written like a date."""
    return _ISO.match(written) is not None


def day_given(what: str, written: str) -> date:
    """A date as it stands on the command line. Raises :class:`click.UsageError` that begins with ``what``."""
    match = _ISO.match(written)
    if match is None:
        raise click.UsageError(f"{what}: '{_said(written)}' is no date: write year, month and day, as 2026-12-01")
    year, month, day = (int(part) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise click.UsageError(f"{what}: '{written}' is not between the years {FIRST_YEAR} and {LAST_YEAR}")
    if not 1 <= month <= 12:
        raise click.UsageError(f"{what}: '{written}' is no date: there is no month {month:02}")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise click.UsageError(f"{what}: '{written}' is no date: {year}-{month:02} has {days} days")
    return date(year, month, day)


def _unknown(id_: str, known: Mapping[str, str], playbook: str) -> str:
    near = nearest(id_, known)
    hint = f" Did you mean {near}?" if near else ""
    listed = f" There are: {', '.join(known)}." if known else " It has none."
    return f"there is no anchor '{_said(id_)}' in {playbook}.{hint}{listed}"


def _said(text: str) -> str:
    return printable(shown(text))
