"""What keeps a team's rule from working: names that nothing has, types that do not fit, a code that is taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from playbook.expressions.check import check_types
from playbook.expressions.parse import Mistake, Parsed, parse_expression
from playbook.expressions.types import Type
from playbook.language.rules import TeamRule
from playbook.lint.registry import CODES, family_of
from playbook.lint.team.selection import kinds_around, properties
from playbook.lint.told import TOLD
from playbook.text.quote import shown
from playbook.text.suggest import nearest

PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_.]*)\}")
"""A name in a message whose value is told."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A mistake in an entry: in which key, and where in its text; ``None`` stands for the code itself."""

    message: str
    key: str | None
    within: tuple[int, int] | None = None
    expected: str | None = None
    suggestion: str | None = None


def flaws_of(code: str, entry: TeamRule) -> Iterator[Flaw]:
    """All mistakes of one rule."""
    yield from _code(code)
    for key, text in (("where", entry.where), ("require", entry.require)):
        if text is not None:
            yield from (_as_flaw(key, mistake) for mistake in _mistakes(entry.select, parse_expression(text)))
    for match in PLACEHOLDER.finditer(entry.message):
        if _type_of(entry.select, match[1]) is None:
            yield _as_flaw("message", _unknown(entry.select, match[1], match.start(1), match.end(1)))


def is_ours(code: str) -> bool:
    """Whether a code is of a family of playbook itself."""
    return family_of(code) in {family_of(known) for known in (*CODES, "CFG001", *TOLD)}


def _code(code: str) -> Iterator[Flaw]:
    if is_ours(code):
        yield Flaw(
            f'the code "{shown(code)}" belongs to the rules of playbook itself',
            None,
            expected="letters of your own before the digits, such as ACME001",
        )


def _mistakes(kind: str, parsed: Parsed) -> Iterator[Mistake]:
    yield from parsed.mistakes
    if parsed.tree is None:
        return
    for use in parsed.names:
        if _type_of(kind, use.name) is None:
            yield _unknown(kind, use.name, use.start, use.end)
    yield from check_types(parsed, lambda name: _type_of(kind, name))


def _type_of(kind: str, name: str) -> Type | None:
    part, _, rest = name.partition(".")
    if part not in kinds_around(kind) or rest not in properties(part):
        return None
    return properties(part)[rest].type


def _unknown(kind: str, name: str, start: int, end: int) -> Mistake:
    part = name.partition(".")[0]
    known = [f"{each}.{rest}" for each in kinds_around(kind) for rest in properties(each)]
    near = nearest(name, known) or nearest(f"{kind}.{name}", known)
    if part in kinds_around(kind):
        expected = f"one of {part}.: {', '.join(rest for rest in properties(part) if '.' not in rest)}"
    else:
        expected = "a name that begins with " + " or ".join(f'"{each}."' for each in kinds_around(kind))
    return Mistake(f'a {kind} has no "{shown(name)}"', start, end, near, expected)


def _as_flaw(key: str, mistake: Mistake) -> Flaw:
    return Flaw(mistake.message, key, (mistake.start, mistake.end), mistake.expected, mistake.suggestion)
