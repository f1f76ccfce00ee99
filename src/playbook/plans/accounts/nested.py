"""Accounts as data with lists inside (JSON, YAML), which somebody else has read: plain values and their places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from playbook.diagnostics import Diagnostic, Place
from playbook.plans.account import Account
from playbook.plans.accounts.draft import MOST_ITEMS, Item, Seen, items_of
from playbook.plans.accounts.header import unknown_name
from playbook.plans.accounts.lines import unreadable
from playbook.plans.accounts.meanings import ACCOUNT, Meaning, Meanings, meanings_of
from playbook.plans.accounts.problems import AccountProblem, MisreadError, duplicate
from playbook.plans.people import people_of
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

PlaceOf = Callable[[KeyPath, bool], Place]
"""The place of the value at a key path; of its key, where the second argument is true."""

_OF_ITEMS = ("name", "id", "email")
"""Keys of an item beside the fields of its kind."""


def accounts_in(
    value: object, place_of: PlaceOf, name: str, playbook: CompiledPlaybook
) -> Iterator[Account | AccountProblem]:
    """The accounts of a document: one mapping with the keys that a table has as columns, or a list of such.

    Scalars are texts, as :mod:`playbook.reader` gives them. Nothing is raised for what the document holds.
    """
    whole = isinstance(value, dict)
    listed = [value] if whole else value
    if not isinstance(listed, list) or not listed:
        yield AccountProblem((unreadable(name, "it holds no account", "begin with 'account: <id>'"),), "file")
        return
    reading = _Reading(place_of, playbook)
    for index, each in enumerate(listed):
        yield from reading.account(each, () if whole else (index,))


class _Reading:
    """One document while it is read."""

    def __init__(self, place_of: PlaceOf, playbook: CompiledPlaybook) -> None:
        self._place_of = place_of
        self._meanings: Meanings = meanings_of(playbook)
        self._seen = Seen(people_of(playbook))
        self._first: dict[int, Place] = {}
        self._findings: list[Diagnostic] = []
        self._notes: list[Diagnostic] = []
        self._keys: dict[str, str | int] = {}

    def account(self, entry: object, path: KeyPath) -> Iterator[Account | AccountProblem]:
        """What one entry says."""
        self._findings, self._notes = [], []
        place = self._place_of(path, False)
        line = place.span.start.line
        if not isinstance(entry, dict):
            self._findings.append(
                MisreadError("this is no account", 'keys such as "account"', None, "ACC010").at(place)
            )
            yield AccountProblem(tuple(self._findings), "account")
            return
        stores: dict[str, dict[str, Any]] = {"anchor": {}, "field": {}, "role": {}, "account": {}, "name": {}}
        collections: dict[str, tuple[Item, ...]] = {}
        for key, value in entry.items():
            meaning = self._meanings.of(str(key))
            if meaning is None or meaning.kind == "item":
                self._notes.append(
                    unknown_name(str(key), self._meanings, self._place_of((*path, key), True), "key")
                )
            elif value is not None:
                try:
                    self._put(meaning, value, (*path, key), stores, collections)
                except MisreadError as misread:
                    self._findings.append(misread.at(self._place_of((*path, key), False), str(key)))
        yield from self._told(stores, collections, path, place, line)

    def _put(
        self,
        meaning: Meaning,
        value: object,
        path: KeyPath,
        stores: dict[str, dict[str, Any]],
        collections: dict[str, tuple[Item, ...]],
    ) -> None:
        if meaning.kind == "collection":
            collections[meaning.target] = self._items(meaning, value, path)
            return
        store = stores[meaning.kind]
        if meaning.target in store:
            raise MisreadError("this is said twice", "one of them", None, "ACC010")
        store[meaning.target] = _scalar(meaning, value)
        self._keys[meaning.target] = path[-1]

    def _told(
        self,
        stores: dict[str, dict[str, Any]],
        collections: dict[str, tuple[Item, ...]],
        path: KeyPath,
        place: Place,
        line: int,
    ) -> Iterator[Account | AccountProblem]:
        id_ = stores["account"].get(ACCOUNT, "")
        if not id_ and not self._findings:
            self._findings.append(
                MisreadError("the account has no id", 'a key "account"', None, "ACC005").at(place)
            )
        at = self._place_of((*path, ACCOUNT), False)
        number = len(self._first) + 1
        before = self._seen.first(id_, number) if id_ else None
        self._first[number] = at
        if before is not None:
            self._findings.append(duplicate(id_, at, self._first[before]))
        for role, person in stores["role"].items():
            told = self._seen.stranger(person, role, self._place_of((*path, self._keys[role]), False))
            self._notes += [told] if told else []
        if self._notes:
            yield AccountProblem(tuple(self._notes), "note")
        if self._findings:
            yield AccountProblem(tuple(self._findings), "account")
            return
        name = stores["name"].get("name") or id_
        yield Account(id_, name, stores["anchor"], stores["field"], stores["role"], collections, line)

    def _items(self, meaning: Meaning, value: object, path: KeyPath) -> tuple[Item, ...]:
        if isinstance(value, str):
            return items_of(value)
        if not isinstance(value, list):
            raise MisreadError(
                "this is no list", "a list of names or of items with keys, or a number", None, "ACC010"
            )
        if len(value) > MOST_ITEMS:
            raise MisreadError(f"{len(value):,} are too many", f"at most {MOST_ITEMS:,}", None, "ACC010")
        return tuple(self._item(meaning, item, (*path, index)) for index, item in enumerate(value))

    def _item(self, meaning: Meaning, value: object, path: KeyPath) -> Item:
        if isinstance(value, str):
            return {"name": value}
        if not isinstance(value, Mapping):
            self._findings.append(
                MisreadError("this is no item", "a name, or keys such as name", None, "ACC010").at(
                    self._place_of(path, False)
                )
            )
            return {}
        item: dict[str, Any] = {}
        for key, each in value.items():
            field = self._meanings.of(str(key))
            mine = field is not None and field.kind == "item" and field.collection == meaning.target
            if str(key) not in _OF_ITEMS and not mine:
                self._notes.append(
                    unknown_name(str(key), self._meanings, self._place_of((*path, key), True), "key")
                )
            elif each is not None:
                try:
                    item[str(key)] = _scalar(field if mine else None, each)
                except MisreadError as misread:
                    self._findings.append(misread.at(self._place_of((*path, key), False), str(key)))
        return item


def _scalar(meaning: Meaning | None, value: object) -> Any:
    """The value of a scalar; of a list of them, as a cell would have it."""
    if isinstance(value, list) and meaning is not None and all(isinstance(each, str) for each in value):
        value = ";".join(value)
    if not isinstance(value, str):
        raise MisreadError("this is no single value", "one value", None, "ACC008")
    return meaning.read(value.strip()) if meaning is not None else value.strip()
