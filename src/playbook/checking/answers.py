"""Whole results, kept for the case that nothing has changed: nothing is parsed, and no library is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from playbook.checking.inputs import Inputs
from playbook.checking.plain_form import ShapeError, from_plain, to_plain
from playbook.checking.store import Store
from playbook.reader.source import decode
from playbook.results import Results
from playbook.text.spans import SourceText


def kept_answer(store: Store, name: str, key: str, every: Sequence[Inputs]) -> Results | None:
    """The results that were found when everything was as it is now."""
    data = store.read(name)
    if not isinstance(data, dict) or data.get("key") != key:
        return None
    try:
        names = from_plain(data.get("sources"), tuple[str, ...])
        others = from_plain(data.get("others"), dict[str, str])
        results = from_plain(data.get("results"), Results)
    except ShapeError:
        return None
    store.touch(name)
    return replace(results, sources=_Sources(frozenset(names), others, every))


def keep_answer(store: Store, name: str, key: str, every: Sequence[Inputs], results: Results) -> None:
    """Keep the results of a check; the texts of its documents stay where they are, in the files."""
    data: dict[str, Any] = {"key": key, "results": to_plain(replace(results, sources={}), Results)}
    documents = {document for each in every for document in each.data}
    data["sources"] = sorted(documents.intersection(results.sources))
    data["others"] = {other: results.sources[other].text for other in set(results.sources) - documents}
    store.write(name, data)


class _Sources(Mapping[str, SourceText]):
    """The texts of the files that a check has read, each made when an excerpt of it is shown."""

    def __init__(self, names: frozenset[str], others: Mapping[str, str], every: Sequence[Inputs]) -> None:
        self._names = names.union(others)
        self._texts = {name: SourceText(name, text) for name, text in others.items()}
        self._data: dict[str, bytes] = {}
        for each in every:
            self._data.update((name, data) for name, (data, _) in each.data.items() if data is not None)

    def __getitem__(self, name: str) -> SourceText:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._texts:
            source, _ = decode(self._data[name], name)
            if source is None:
                raise KeyError(name)
            self._texts[name] = source
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
