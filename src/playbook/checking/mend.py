"""Mending what can be mended: fixes are made, everything is checked again, and what did no good is taken back.

All of it happens in memory. Nobody's file is touched here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playbook.checking.blame import blamed
from playbook.checking.run import DEFAULT, Settings, results_of
from playbook.compiler.compile import Compiled
from playbook.diagnostics import Diagnostic, Severity
from playbook.fixing.apply import Offer, apply, offers_of
from playbook.fixing.patch import patch
from playbook.results import Results
from playbook.text.spans import SourceText

ROUNDS = 10
"""How often everything is checked again because a fix has made another one possible."""

TRIES = 40
"""How often in a round fixes are tried together; those that are still under suspicion then are not made."""

_BREAKING = ("SCH", "REF", "CFG", "SEG003")
"""What no fix may bring about: something that cannot be read, or a name that nothing bears."""

Compile = Callable[[Mapping[str, str]], Sequence[Compiled]]
"""Compiles what is checked, with some texts in place of those of the files; by the files' names."""


@dataclass(frozen=True)
class Mended:
    """What mending has come to.

    ``texts`` are the new texts of the files that change, ``sources`` all texts as they were before, ``paths``
    where the files are; ``results`` is what is found afterwards. ``conflicting`` fixes would have changed a place
    that another one changes; those ``taken_back`` would have broken something, or mended nothing.
    """

    texts: Mapping[str, str]
    sources: Mapping[str, SourceText]
    paths: Mapping[str, Path]
    applied: tuple[Offer, ...]
    conflicting: tuple[Offer, ...]
    taken_back: tuple[Offer, ...]
    results: Results


def mend(
    compile_: Compile,
    settings: Settings = DEFAULT,
    *,
    unsafe: bool = False,
    wanted: Callable[[str], bool] = lambda _: True,
    rounds: int = ROUNDS,
) -> Mended:
    """Make all fixes that can be made: the safe ones, or with ``unsafe`` any; of the codes that are ``wanted``."""
    return _Mending(compile_, settings).run(rounds, unsafe=unsafe, wanted=wanted)


@dataclass(frozen=True)
class _State:
    """Everything as it is with some new texts."""

    texts: Mapping[str, str]
    compiled: Sequence[Compiled]
    results: Results

    @property
    def sources(self) -> dict[str, SourceText]:
        return {name: source for item in self.compiled for name, source in item.sources.items()}

    @property
    def selected(self) -> frozenset[str]:
        return frozenset(name for item in self.compiled for name in item.selected)

    @property
    def broken(self) -> list[Diagnostic]:
        """What cannot be read or is not known, in all files of the workspaces."""
        every = (finding for item in self.compiled for finding in item.workspace.diagnostics)
        return [each for each in every if each.severity is Severity.ERROR and each.code.startswith(_BREAKING)]

    @property
    def found(self) -> Counter[_Key]:
        return _keys(self.results.findings)


_Key = tuple[str, str, str]


def _key(finding: Diagnostic) -> _Key:
    """A finding by what it says, wherever its line has moved."""
    return finding.place.file, finding.code, finding.message


def _keys(findings: Iterable[Diagnostic]) -> Counter[_Key]:
    return Counter(map(_key, findings))


@dataclass
class _Mending:
    compile_: Compile
    settings: Settings
    applied: list[Offer] = field(default_factory=list)
    taken_back: list[Offer] = field(default_factory=list)
    conflicting: dict[tuple[_Key, str], Offer] = field(default_factory=dict)

    def run(self, rounds: int, *, unsafe: bool, wanted: Callable[[str], bool]) -> Mended:
        first = state = self._state({})
        refused: set[tuple[_Key, str]] = set()
        seen = {_frozen(state.texts)}
        while rounds:
            offers = [
                offer
                for offer in offers_of(state.results.findings, unsafe=unsafe, wanted=wanted)
                if _name(offer) not in refused and state.selected.issuperset(offer.files)
            ]
            chosen = apply(offers, {name: source.text for name, source in state.sources.items()})
            self.conflicting.update((_name(offer), offer) for offer in chosen.conflicting)
            if not chosen.applied:
                break
            after, made = self._made(state, list(chosen.applied))
            left_out = [offer for offer in chosen.applied if offer not in made]
            self.taken_back += left_out
            refused.update(map(_name, left_out))
            if not made:
                continue
            self.applied += made
            state, rounds = after, rounds - 1
            if _frozen(state.texts) in seen:
                break  # two fixes undo each other
            seen.add(_frozen(state.texts))
        return self._mended(first, state)

    def _state(self, texts: Mapping[str, str]) -> _State:
        compiled = self.compile_(texts)
        return _State(texts, compiled, results_of(compiled, self.settings))

    def _made(self, state: _State, offers: list[Offer]) -> tuple[_State, list[Offer]]:
        """As many of the offers as do good together, and everything as it is with them."""
        best, made = state, list[Offer]()
        pending = [offers]
        for _ in range(TRIES):
            if not pending:
                break
            group = pending.pop()
            every = [*made, *group]
            after = self._with(state, every)
            complaints = _complaints(state, after, every)
            if not complaints:
                best, made = after, every
            elif len(group) > 1:
                guilty = blamed(complaints, every, after.sources)
                pending += _parted(group, {index - len(made) for index in guilty})
        return best, made

    def _with(self, state: _State, offers: list[Offer]) -> _State:
        texts = {name: source.text for name, source in state.sources.items()}
        return self._state({**state.texts, **apply(offers, texts).texts})

    def _mended(self, first: _State, last: _State) -> Mended:
        sources = first.sources
        texts = {name: text for name, text in sorted(last.texts.items()) if text != sources[name].text}
        left = last.found
        done = {_name(offer) for offer in (*self.applied, *self.taken_back)}
        conflicting = tuple(
            offer for name, offer in self.conflicting.items() if name not in done and left[_key(offer.finding)]
        )
        paths = {name: path for item in first.compiled for name, path in item.paths.items()}
        return Mended(texts, sources, paths, tuple(self.applied), conflicting, tuple(self.taken_back), last.results)


def _name(offer: Offer) -> tuple[_Key, str]:
    return _key(offer.finding), offer.fix.title


def _frozen(texts: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    return frozenset(texts.items())


def _complaints(before: _State, after: _State, offers: list[Offer]) -> list[Diagnostic]:
    """What speaks against some offers: what they have broken, and what they have not mended."""
    new = _keys(after.broken) - _keys(before.broken)
    mended = Counter(_key(offer.finding) for offer in offers)
    was, left = before.found, after.found
    stays = {key for key, count in mended.items() if left[key] > was[key] - count}
    return [
        *(each for each in after.broken if _key(each) in new),
        *(each for each in after.results.findings if _key(each) in stays),
    ]


def _parted(group: list[Offer], guilty: set[int]) -> list[list[Offer]]:
    """The groups to try next, the last one first: those that harm can be put down to apart from the others.

    Where each has harm of its own, none is left to try.
    """
    harmful = [offer for index, offer in enumerate(group) if index in guilty]
    others = [offer for index, offer in enumerate(group) if index not in guilty]
    if not others:
        return []
    if not harmful:
        half = len(group) // 2
        return [group[half:], group[:half]]
    return [harmful, others]


def patches_of(mended: Mended) -> str:
    """All that changes, as one patch."""
    return "".join(patch(name, mended.sources[name].text, text) for name, text in mended.texts.items())
