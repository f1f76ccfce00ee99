"""The header of a table: what each column stands for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.plans.accounts.meanings import ACCOUNT, Meaning, Meanings
from playbook.plans.accounts.records import DELIMITERS, RecordPlace
from playbook.text.quote import quoted
from playbook.text.suggest import nearest

_MOST_COLUMNS = 2_000
_SHOWN = 5
"""So many of the columns that are passed over are named."""
_EXPECTED = (
    "account, name, an anchor, a field or event of the tracking plan, a role such as role.csm, or a collection"
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read; ``index`` counts from 0."""

    index: int
    name: str
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table, in their order but for those of items, which come behind their collections.

    With ``fatal`` findings there is nothing to read; ``notes`` are about columns that are passed over.
    """

    width: int
    columns: tuple[Column, ...]
    fatal: tuple[Diagnostic, ...]
    notes: tuple[Diagnostic, ...]


class _Places:
    """Where the cells of a header are, worked out for those that are asked for."""

    def __init__(self, file: str, place: RecordPlace, delimiter: str) -> None:
        self._file = file
        self._place = place
        self._delimiter = delimiter

    @cached_property
    def _stretches(self) -> list[tuple[int, int]]:
        return self._place.cells(self._delimiter)

    def of(self, index: int) -> Place:
        """The place of a cell; that of the whole header, where odd quotes hide it."""
        found = self._stretches[index : index + 1]
        return Place(self._file, self._place.span(*found[0]) if found else self._place.span())


def delimiter_of(line: str) -> str:
    """What stands between the cells of a header: what gives it the column ``account``, else what it has most of."""
    for delimiter in DELIMITERS:
        if ACCOUNT in (cell.strip().strip('"').strip() for cell in line.split(delimiter)):
            return delimiter
    return max(DELIMITERS, key=lambda each: (line.count(each), each == ","))


def header_of(cells: list[str], meanings: Meanings, file: str, place: RecordPlace, delimiter: str) -> Header:
    """What the columns of a header stand for."""
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    places = _Places(file, place, delimiter)
    known = [(index, name, meanings.of(name)) for index, name in enumerate(names) if name]
    columns = [Column(index, name, meaning) for index, name, meaning in known if meaning is not None]
    unknown = [(index, name) for index, name, meaning in known if meaning is None]
    fatal = list(_fatal(names, places, Place(file, place.span()), [name for _, name in unknown]))
    columns.sort(key=lambda column: column.meaning.kind == "item")
    if not fatal:
        fatal += _told_twice(columns, places)
    notes = list(_unknown(unknown, meanings, places))
    if not any(meanings.nearest(name) in meanings.start_names for _, name in unknown):
        notes += _not_there(columns, meanings, Place(file, place.span()))
    return Header(len(cells), tuple(columns), tuple(fatal), tuple(notes))


def _fatal(names: list[str], places: _Places, whole: Place, unknown: list[str]) -> Iterator[Diagnostic]:
    if len(names) > _MOST_COLUMNS:
        yield _wrong(f"the header has {len(names):,} columns", whole, f"at most {_MOST_COLUMNS:,}")
        return
    if ACCOUNT not in names:
        near = nearest(ACCOUNT, unknown) or next((name for name in unknown if name.lower().endswith("id")), None)
        hint = f'name the column {quoted(near)} "{ACCOUNT}"' if near else None
        yield _wrong(
            f'the header has no column "{ACCOUNT}", the id of each account', whole, f'a column "{ACCOUNT}"', hint
        )
    first: dict[str, int] = {}
    for index, name in enumerate(names):
        if not name:
            yield _wrong(f"column {index + 1} has no name", places.of(index), "a name for each column")
        elif first.setdefault(name, index) != index:
            yield _wrong(f"the column {quoted(name)} is there twice", places.of(index), "one column of each name")


def _told_twice(columns: list[Column], places: _Places) -> Iterator[Diagnostic]:
    """Two names for one thing, such as ``role.csm`` and ``people.csm``; items without their collection."""
    first: dict[tuple[str, str], str] = {}
    collections = {column.meaning.target for column in columns if column.meaning.kind == "collection"}
    for column in columns:
        meaning = column.meaning
        before = first.setdefault((meaning.kind, meaning.target), column.name)
        if before != column.name:
            message = f"the columns {quoted(before)} and {quoted(column.name)} say the same"
            yield _wrong(message, places.of(column.index), "one of them")
        if meaning.kind == "item" and meaning.collection not in collections:
            message = f"{quoted(column.name)} is said of each of {meaning.collection}, but there is no such column"
            yield _wrong(message, places.of(column.index), f'a column "{meaning.collection}" with their names')


def _unknown(unknown: list[tuple[int, str]], meanings: Meanings, places: _Places) -> Iterator[Diagnostic]:
    """One finding for each slip of the pen, and one for all other columns: tables have many that are for others."""
    strange = []
    for index, name in unknown:
        if meanings.nearest(name):
            yield unknown_name(name, meanings, places.of(index), "column")
        else:
            strange.append((index, name))
    if len(strange) == 1:
        yield unknown_name(strange[0][1], meanings, places.of(strange[0][0]), "column")
    elif strange:
        names = [quoted(name) for _, name in strange[:_SHOWN]]
        more = f"{len(strange) - _SHOWN} more" if len(strange) > _SHOWN else names.pop()
        message = f"the columns {', '.join(names)} and {more} are nothing that this playbook reads"
        place = places.of(strange[0][0])
        yield Diagnostic("ACC003", Severity.WARNING, f"{message}; they are passed over", place, expected=_EXPECTED)


def _not_there(columns: list[Column], meanings: Meanings, place: Place) -> Iterator[Diagnostic]:
    if not meanings.starts_somewhere or any(column.name in meanings.start_names for column in columns):
        return
    if any(column.meaning.kind == "anchor" and column.meaning.target == meanings.start for column in columns):
        return
    yield Diagnostic(
        "ACC011",
        Severity.WARNING,
        f'no column has the date of "{meanings.start}", with which the journey starts',
        place,
        expected=f'a column "{meanings.start}" with a date for each account',
    )


def unknown_name(name: str, meanings: Meanings, place: Place, what: str) -> Diagnostic:
    """A name that stands for nothing."""
    near = meanings.nearest(name)
    return Diagnostic(
        "ACC003",
        Severity.WARNING,
        f"the {what} {quoted(name)} is nothing that this playbook reads; it is passed over",
        place,
        expected=_EXPECTED,
        suggestion=near,
    )


def _wrong(message: str, place: Place, expected: str, suggestion: str | None = None) -> Diagnostic:
    return Diagnostic("ACC002", Severity.ERROR, message, place, (), expected, suggestion)
