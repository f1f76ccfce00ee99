"""A team's rule as a rule: what is selected is looked at, and what is not as required becomes a finding."""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from playbook.diagnostics import Severity
from playbook.expressions.evaluate import holds
from playbook.expressions.parse import parse_expression
from playbook.language.rules import Rules, TeamRule
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.team.flaws import PLACEHOLDER, flaws_of, is_ours
from playbook.lint.team.properties import is_written
from playbook.lint.team.selection import (
    Selected,
    in_playbook,
    in_workspace,
    is_in_playbook,
    place_below,
    properties,
    read,
)
from playbook.text.paths import KeyPath
from playbook.text.quantities import Duration
from playbook.text.quote import shown
from playbook.workspace import CompiledPlaybook, Document, Workspace


@dataclass(frozen=True, slots=True)
class TeamRules:
    """The rules of a team's own by code; ``broken`` are those that cannot work (RUL001 tells why)."""

    rules: Mapping[str, Rule]
    broken: frozenset[str]


def team_rules(documents: Iterable[Document]) -> TeamRules:
    """The rules that documents describe; of two with one code, the first (RUL003 tells of the other)."""
    found: dict[str, Rule] = {}
    broken = set()
    for code, entry in sorted(_entries(documents), key=lambda item: item[0]):
        if code not in found and not is_ours(code):
            found[code] = as_rule(code, entry)
            if any(flaws_of(code, entry)):
                broken.add(code)
    return TeamRules(found, frozenset(broken))


def _entries(documents: Iterable[Document]) -> Iterator[tuple[str, TeamRule]]:
    for document in documents:
        # The kind is looked at first: the model of what is no such document may not have been read yet.
        if document.kind == "rules" and isinstance(document.model, Rules):
            yield from document.model.checks.items()


def as_rule(code: str, entry: TeamRule) -> Rule:
    """The rule that an entry describes. It can be applied if the entry has no flaws."""
    check = _Check(entry)
    return Rule(
        code=code,
        name=re.sub(r"[\W_]+", "-", (entry.title or code).lower()).strip("-") or code.lower(),
        severity=Severity(entry.severity),
        profile=entry.profile,
        what=entry.title or entry.message,
        why=entry.why or entry.description or "",
        bad=entry.bad or "",
        good=entry.good or "",
        since="",
        playbook=check.of_playbook if is_in_playbook(entry.select) else None,
        workspace=None if is_in_playbook(entry.select) else check.of_workspace,
    )


@dataclass(frozen=True)
class _Check:
    entry: TeamRule

    @cached_property
    def _require(self) -> ast.expr:
        tree = parse_expression(self.entry.require).tree
        assert tree is not None
        return tree

    @cached_property
    def _where(self) -> ast.expr | None:
        return parse_expression(self.entry.where).tree if self.entry.where else None

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(use.name for use in parse_expression(self.entry.require).names)

    def of_playbook(self, playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
        for selected in in_playbook(self.entry.select, playbook):
            yield from self._finding(selected, context)

    def of_workspace(self, workspace: Workspace, context: Context) -> Iterator[Finding]:
        for selected in in_workspace(self.entry.select, workspace):
            yield from self._finding(selected, context)

    def _finding(self, selected: Selected, context: Context) -> Iterator[Finding]:
        values = _Values(selected)
        if self._where is not None and not holds(self._where, values, context.as_of):
            return
        if holds(self._require, values, context.as_of):
            return
        entry = self.entry
        place = self._place(selected)
        yield Finding(
            PLACEHOLDER.sub(lambda match: _shown(values.get(match[1])), entry.message),
            selected.path if place is None else place,
            on_key=place is None and selected.on_key,
            expected=entry.expected or entry.require,
            suggestion=entry.suggestion,
            document=selected.document,
        )

    def _place(self, selected: Selected) -> KeyPath | None:
        """Where the first of the required things is written; of a stage or step without it, its id."""
        for name in self._names:
            kind, _, rest = name.partition(".")
            below = place_below(properties(kind)[rest]) if kind == selected.kind else None
            if below is not None and is_written(selected.value, below):
                return (*selected.inside, *below)
        return (*selected.path, "id") if selected.kind in ("stage", "step") else None


class _Values(Mapping[str, Any]):
    """The values of names for one of what is selected, read when they are asked for."""

    def __init__(self, selected: Selected) -> None:
        self._selected = selected

    def __getitem__(self, name: str) -> Any:
        kind, _, rest = name.partition(".")
        part = self._selected.part(kind)
        if part is None or rest not in properties(kind):
            raise KeyError(name)
        return read(part, properties(kind)[rest])

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _shown(value: Any) -> str:
    if value is None or value == ():
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(_shown, value))
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Duration):
        return value.text
    return f"{value:g}" if isinstance(value, float) else shown(str(value))
