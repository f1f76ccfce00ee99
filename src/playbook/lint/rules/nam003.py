"""NAM003: one label for two things, or two names for one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from playbook.diagnostics import Related, Severity
from playbook.language.organization import Role
from playbook.lint.names import Name, names_in
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.workspace import CompiledPlaybook, Document

if TYPE_CHECKING:
    from playbook.language.organization import Organization

_LISTED = frozenset({"step", "stage", "milestone", "end", "segment", "handoff"})
"""Kinds of which people pick one from a list by its label."""


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Two parts of one kind with one label, and labels that call a role by another name than its title."""
    del context
    named = [name for name in names_in(playbook) if name.label]
    place = playbook.document.locator.place
    first: dict[tuple[str, str], Name] = {}
    for name in named:
        if name.kind not in _LISTED:
            continue
        other = first.setdefault((name.kind, _folded(name.label or "")), name)
        if other is not name:
            yield Finding(
                f"the {name.kind}s {shortened(other.id)} and {shortened(name.id)} are both called "
                f'"{shortened(name.label or "")}"',
                name.label_path,
                related=(Related("the other one", place(other.label_path)),),
                expected="a label that says in what they differ",
            )
    synonyms = _synonyms(playbook)
    every = "\n".join(name.label or "" for name in named).casefold()
    used = [other for other in synonyms if other in every]
    if used:
        pattern = _pattern(tuple(synonyms))
        titles = _titles(playbook)
        for name in named:
            if not any(other in (name.label or "").casefold() for other in used):
                continue
            text = titles.sub(lambda found: " " * len(found[0]), name.label or "") if titles else name.label or ""
            found = pattern.search(text)
            if found:
                title = synonyms[found[0].casefold()]
                yield Finding(
                    f'"{found[0]}" is another name of the role that is called "{title}"',
                    name.label_path,
                    within=found.span(),
                    expected="one name for one role in all texts: the title of the role",
                    suggestion=title,
                )


def check_roles(document: Document, context: Context) -> Iterator[Finding]:
    """Roles, and teams, of an organization that have the title or another name of a role, or of a team, before."""
    del context
    if document.kind != "organization" or document.model is None:
        return
    model = cast("Organization", document.model)
    roles = ((id_, [role.title or "", *role.also]) for id_, role in model.roles.items())
    yield from _shared(document, "role", roles)
    yield from _shared(document, "team", ((id_, [team.title or ""]) for id_, team in model.teams.items()))


def _shared(document: Document, kind: str, entries: Iterable[tuple[str, list[str]]]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for id_, names in entries:
        for number, name in enumerate(names):
            holder = first.setdefault(_folded(name), id_) if name else id_
            if holder != id_:
                yield Finding(
                    f'the {kind}s {shortened(holder)} and {shortened(id_)} are both called "{shortened(name)}"',
                    (f"{kind}s", id_, "title") if number == 0 else (f"{kind}s", id_, "also", number - 1),
                    related=(Related("the other one", document.locator.place((f"{kind}s", holder), key=True)),),
                    expected=f"one {kind}, or two names",
                )


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _roles(playbook: CompiledPlaybook) -> list[Role]:
    return [cast(Role, symbol.value) for symbol in playbook.workspace_symbols["role"].values()]


def _synonyms(playbook: CompiledPlaybook) -> dict[str, str]:
    """Other names of roles with the titles; what is short for a title, such as CSM, is known to everybody."""
    return {
        other.casefold(): role.title
        for role in _roles(playbook)
        if role.title
        for other in role.also
        if len(other) > 1 and other.casefold() != "".join(word[0] for word in role.title.split()).casefold()
    }


def _titles(playbook: CompiledPlaybook) -> re.Pattern[str] | None:
    """What finds titles of roles, which may contain the other name of another role."""
    titles = tuple(sorted({role.title for role in _roles(playbook) if role.title}, key=len, reverse=True))
    return _pattern(titles) if titles else None


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)


_STAGES = """\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: write_brief, do: Write the account brief, captures: account.use_case, produces: brief}}
      - {{id: check_start, do: Check in with the customer{0}}}
      - {{id: check_end, do: Check in with the customer{1}}}
handoffs: null
"""

RULE = Rule(
    code="NAM003",
    name="name-not-unique",
    severity=Severity.WARNING,
    profile="governed",
    what="Two steps, stages, roles or the like have one label, or a label calls a role by one of its other names "
    "(`also`).",
    why="People pick from lists by the label, and some tools match by it; two names for one role look like two "
    "people.",
    bad=_STAGES.format("", ""),
    good=_STAGES.format(" after the kickoff", " before the value review"),
    playbook=check,
    document=check_roles,
)
