"""A team's rule as a rule: what is selected is looked at, and what is not as required becomes a finding."""

from __future__ import annotations

import ast
import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from playbook.diagnostics import Severity
from playbook.expressions.evaluate import holds
from playbook.expressions.parse import parse_expression
from playbook.language.rules import Rules, TeamRule
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.team.flaws import PLACEHOLDER, flaws_of
from playbook.lint.team.selection import (
    Selected,
    in_playbook,
    in_workspace,
    is_in_playbook,
    place_below,
    properties,
    read,
)
from playbook.text.quantities import Duration
from playbook.workspace import CompiledPlaybook, Workspace


def team_rules(workspace: Workspace) -> dict[str, Rule]:
    """The rules of a workspace's own, by code; those that cannot work are left out (RUL001 tells them)."""
    found: dict[str, Rule] = {}
    for document in workspace.documents:
        if isinstance(document.model, Rules):
            for code, entry in document.model.checks.items():
                if code not in found and not any(flaws_of(code, entry)):
                    found[code] = as_rule(code, entry)
    return found


def as_rule(code: str, entry: TeamRule) -> Rule:
    """The rule that an entry describes, which must be without flaws."""
    check = _Check(entry)
    return Rule(
        code=code,
        name=re.sub(r"[^a-z0-9]+", "-", (entry.title or code).lower()).strip("-") or code.lower(),
        severity=Severity(entry.severity),
        profile=entry.profile,
        what=entry.title or entry.message,
        why=entry.why or entry.description or "",
        bad=entry.bad or "",
        good=entry.good or "",
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

    def _place(self, selected: Selected) -> tuple[str | int, ...] | None:
        """Where the first of the required things is written; of a stage or step without it, its id."""
        for name in self._names:
            kind, _, rest = name.partition(".")
            if kind == selected.kind and (below := place_below(properties(kind)[rest])) is not None:
                value: Any = properties(kind)[rest.removesuffix(".given")] if rest in properties(kind) else None
                if value is not None and read(selected, value) not in (None, ()):
                    return (*selected.path, *below)
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
    return f"{value:g}" if isinstance(value, float) else str(value)
