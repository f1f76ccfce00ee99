"""CRT006: an expression whose parts do not go together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from playbook.diagnostics import Severity
from playbook.expressions.check import check_types
from playbook.expressions.parse import Mistake, parse_expression
from playbook.expressions.types import Type
from playbook.lint.rule import Context, Finding, Rule
from playbook.signals import type_of_name
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Workspace


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Type and unit mistakes in the expressions of a playbook."""
    del context
    for path, text in playbook.expressions:
        yield from _findings(path, text, playbook.type_of)


def check_others(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Type and unit mistakes in the expressions of metrics and other documents."""
    del context

    def type_of(name: str) -> Type | None:
        return type_of_name(name, {}, workspace.symbols)

    for document, path, text in workspace.expressions:
        yield from (replace(finding, document=document) for finding in _findings(path, text, type_of))


def _findings(path: KeyPath, text: str, type_of: Callable[[str], Type | None]) -> Iterator[Finding]:
    parsed = parse_expression(text)
    types = tuple(type_of(use.name) for use in parsed.names)
    for mistake in _mistakes(text, types):
        yield Finding(
            mistake.message,
            path,
            within=(mistake.start, mistake.end),
            expected=mistake.expected or "values that can be compared",
            suggestion=mistake.suggestion,
        )


@lru_cache(maxsize=8192)
def _mistakes(text: str, types: tuple[Type | None, ...]) -> tuple[Mistake, ...]:
    """The mistakes of an expression whose names have these types, in order: many playbooks say the same."""
    parsed = parse_expression(text)
    known = dict(zip((use.name for use in parsed.names), types, strict=True))
    return check_types(parsed, known.get)


RULE = Rule(
    code="CRT006",
    name="type-mismatch",
    severity=Severity.ERROR,
    profile="basic",
    what="An expression compares or calculates with values that do not go together: a number with a text, a "
    "choice with a value that it does not have, dollars with euros.",
    why="Such a condition is never true in any tool, or means something else in each.",
    bad="""\
interrupts:
  shrunk: {when: account.active_seats < "five", end: stopped}
ends:
  onboarded: {title: Onboarded, success: true}
  stopped: {title: Stopped before value}
""",
    good="""\
interrupts:
  shrunk: {when: account.active_seats < 5, end: stopped}
ends:
  onboarded: {title: Onboarded, success: true}
  stopped: {title: Stopped before value}
""",
    playbook=check,
    workspace=check_others,
)
