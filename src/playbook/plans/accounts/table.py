"""A table of accounts, row by row: each is an account, or the problem for which it is left out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from playbook.diagnostics import Diagnostic, Place
from playbook.plans.account import Account
from playbook.plans.accounts.draft import Item, Seen, items_of, with_fields
from playbook.plans.accounts.header import Column, Header, delimiter_of, header_of
from playbook.plans.accounts.lines import Lines, refused, sample_of, unreadable
from playbook.plans.accounts.meanings import Meanings, meanings_of
from playbook.plans.accounts.problems import AccountProblem, MisreadError, Reach, RowText, counted, duplicate
from playbook.plans.accounts.records import RecordPlace, place_of, records
from playbook.plans.people import people_of
from playbook.text.paths import file_name
from playbook.text.quote import quoted
from playbook.workspace import CompiledPlaybook

_AHEAD = re.compile(r'[\s,;|]*|"?sep=.?"?\s*')
"""What spreadsheets write ahead of a header: empty rows, and a line that tells themselves what is between cells."""


def read_accounts(path: Path, playbook: CompiledPlaybook) -> Iterator[Account | AccountProblem]:
    """The accounts of a table (CSV) for a playbook, in the order of the file, and the problems that it has.

    Nothing is raised for what a file holds. Memory does not grow with the file but for 100 bytes an account,
    by which a second one of the same id is found.
    """
    name = file_name(path)
    try:
        with path.open("rb") as stream:
            yield from read_table(stream, name, playbook)
    except OSError as error:
        yield AccountProblem((unreadable(name, error.strerror or str(error)),), "file")
    except ValueError as error:  # a NUL in the path
        yield AccountProblem((unreadable(name, str(error)),), "file")


def read_table(
    stream: io.BufferedReader, name: str, playbook: CompiledPlaybook
) -> Iterator[Account | AccountProblem]:
    """The same from an open stream of bytes, under the name that messages show."""
    problem = refused(sample_of(stream), name)
    if problem is not None:
        yield AccountProblem((problem,), "file")
        return
    lines = Lines(stream)
    yield from _Table(name, lines, playbook).rows()


def header_text(path: Path) -> str:
    """The header of a table as it stands in the file, with its line's end; empty if there is none."""
    try:
        with path.open("rb") as stream:
            lines = Lines(stream)
            delimiter = delimiter_of(_first_line(lines))
            lines.unread()
            next(records(lines, delimiter), None)
            return place_of(lines).text
    except OSError:
        return ""


def _first_line(lines: Lines) -> str:
    """The line with which the header begins; empty if there is none."""
    for line in lines:
        if not _AHEAD.fullmatch(line):
            return line
        lines.begin()
    return ""


class _Table:
    """One table while it is read."""

    def __init__(self, name: str, lines: Lines, playbook: CompiledPlaybook) -> None:
        self._name = name
        self._lines = lines
        self._meanings: Meanings = meanings_of(playbook)
        self._seen = Seen(people_of(playbook))
        self._delimiter = ","

    def rows(self) -> Iterator[Account | AccountProblem]:
        first = _first_line(self._lines)
        if not first:
            yield AccountProblem((unreadable(self._name, "it has no header"),), "file")
            return
        self._delimiter = delimiter_of(first)
        self._lines.unread()
        found = records(self._lines, self._delimiter)
        cells, _ = next(found)
        place = place_of(self._lines)
        if isinstance(cells, MisreadError):
            yield self._problem([cells.at(Place(self._name, place.span()))], "file")
            return
        header = header_of(cells, self._meanings, self._name, place, self._delimiter)
        if header.fatal:
            yield self._problem((*header.fatal, *header.notes), "file")
            return
        if header.notes:
            yield self._problem(header.notes, "note")
        for cells, line in found:
            if isinstance(cells, MisreadError):
                yield self._left_out([cells.at(Place(self._name, self._place().span()))])
            elif any(map(str.strip, cells)):
                yield from self._row(cells, line, header)

    def _row(self, cells: list[str], line: int, header: Header) -> Iterator[Account | AccountProblem]:
        if len(cells) != header.width and not self._ends_empty(cells, header):
            hint = f"put what has a {quoted(self._delimiter)} in it in quotation marks"
            wrong = MisreadError(
                f"the row has {counted(len(cells), 'cell')}, the header {header.width}",
                "a cell for each column",
                hint if len(cells) > header.width else None,
                "ACC004",
            )
            yield self._left_out([wrong.at(Place(self._name, self._place().span()))])
            return
        named: dict[str, Any] = {}
        stores = {"anchor": {}, "field": {}, "role": {}, "collection": {}, "account": named, "name": named}
        findings = self._values(cells, header, stores)
        id_ = named.get("account", "")
        if not id_ and not findings:
            wrong = MisreadError("the account has no id", 'an id in the column "account"', None, "ACC005")
            findings.append(wrong.at(Place(self._name, self._place().span())))
        before = self._seen.first(id_, line) if id_ else None
        if before is not None:
            findings.append(duplicate(id_, Place(self._name, self._place().span()), before))
        if findings:
            yield self._left_out(findings)
            return
        roles = stores["role"]
        notes = self._strangers(header, roles) if roles else []
        if notes:
            yield self._problem(notes, "note")
        name = named.get("name") or id_
        yield Account(id_, name, stores["anchor"], stores["field"], roles, stores["collection"], line)

    def _ends_empty(self, cells: list[str], header: Header) -> bool:
        """Whether all that a row has more than the header are empty cells, as spreadsheets leave them behind."""
        return len(cells) > header.width and not any(map(str.strip, cells[header.width :]))

    def _values(self, cells: list[str], header: Header, stores: dict[str, dict[str, Any]]) -> list[Diagnostic]:
        """Puts what the cells say where it belongs; returns what is wrong with them."""
        findings: list[Diagnostic] = []
        for column in header.columns:
            text = cells[column.index].strip()
            if not text:
                continue
            meaning = column.meaning
            kind = meaning.kind
            try:
                if kind == "collection":
                    stores[kind][meaning.target] = items_of(text)
                elif kind == "item":
                    collections = stores["collection"]
                    items: tuple[Item, ...] = collections.get(meaning.collection, ())
                    collections[meaning.collection] = with_fields(items, meaning.target, text, meaning)
                else:
                    stores[kind][meaning.target] = meaning.read(text)
            except MisreadError as misread:
                findings.append(misread.at(self._cell(column), column.name))
        return findings

    def _strangers(self, header: Header, roles: dict[str, str]) -> list[Diagnostic]:
        found = []
        for column in header.columns:
            if column.meaning.kind == "role" and column.meaning.target in roles:
                role = column.meaning.target
                if self._seen.is_stranger(roles[role], role):
                    told = self._seen.stranger(roles[role], role, self._cell(column))
                    found += [told] if told else []
        return found

    def _left_out(self, findings: list[Diagnostic]) -> AccountProblem:
        return self._problem(findings, "account")

    def _problem(self, findings: Iterable[Diagnostic], reach: Reach) -> AccountProblem:
        place = self._place()
        return AccountProblem(tuple(findings), reach, place.text, RowText(self._name, place.text, place.line))

    def _place(self) -> RecordPlace:
        return place_of(self._lines)

    def _cell(self, column: Column) -> Place:
        return Place(self._name, self._place().cell(column.index, self._delimiter))
