"""Records of many plans → JSON files, each small enough for one call of an API."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from playbook.targets.target import File


@dataclass(slots=True)
class Batches:
    """Makes files of records that come one by one. A record has a line of its own, so that exports can be compared.

    ``head`` and ``tail`` stand around the list. A file has at most ``most`` records and ``most_bytes`` bytes.
    """

    name: str
    """The name of the first file, without ``.json``; the others are ``<name>-2`` …"""
    most: int
    most_bytes: int | None = None
    head: str = "["
    tail: str = "]"
    _number: int = field(default=0, init=False)
    _lines: list[bytes] = field(default_factory=list, init=False)
    _size: int = field(default=0, init=False)

    def files(self, records: Iterable[Mapping[str, Any]]) -> Iterator[File]:
        """The files of all records; one with an empty list where there are none."""
        for record in records:
            yield from self.add(record)
        yield from self.rest()

    def add(self, record: Mapping[str, Any]) -> Iterator[File]:
        """Take a record in; gives the file that it did not fit into."""
        line = b"  " + json.dumps(record, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace")
        around = len(self.head) + len(self.tail) + 2
        too_big = self.most_bytes is not None and self._size + len(line) + 2 + around > self.most_bytes
        if self._lines and (too_big or len(self._lines) == self.most):
            yield self._file()
        self._lines.append(line)
        self._size += len(line) + 2

    def rest(self) -> Iterator[File]:
        """The last file."""
        if self._lines or not self._number:
            yield self._file()

    def _file(self) -> File:
        self._number += 1
        name = f"{self.name}{f'-{self._number}' if self._number > 1 else ''}.json"
        head, tail = self.head.encode(), self.tail.encode()
        data = b"\n".join([head, b",\n".join(self._lines), tail]) if self._lines else head + tail
        self._lines, self._size = [], 0
        return File(name, data + b"\n")
