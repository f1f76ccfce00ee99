"""SEC002: a person where a role belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.workspace import Document, Workspace

if TYPE_CHECKING:
    from playbook.language.organization import Organization

_ADDRESS = re.compile(r"(?<![\w.+/:@-])([A-Za-z0-9][\w.+-]*)@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})(?![\w@])")
_SHARED = (
    "accounts admin adoption alerts analytics billing care community contact cs csm customer customers desk dpo "
    "education enablement escalation escalations events feedback finance git hello help helpdesk hr implementation "
    "info invoices it legal mail marketing news newsletter noc noreply office onboarding ops partners payments "
    "press "
    "privacy product reply revops sales security service services solutions success support team training welcome"
)
_PEOPLE = re.compile(r"(?m)^people:.*\n(?:(?:[ #-].*)?\n)*")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Addresses in the raw text, comments included. Those of groups, and the bindings under `people`, are "
    "allowed."""
    if document.source is None or "@" not in document.source.text:
        return
    text = document.source.text
    allowed = _people(document)
    shared = frozenset(cast("tuple[str, ...]", context.option(RULE, "shared")))
    for match in _ADDRESS.finditer(text):
        words = re.split(r"[._+\d-]+", match[1].casefold())
        if allowed[0] <= match.start() < allowed[1] or not shared.isdisjoint(words):
            continue
        yield Finding(
            f"{match[0]} is the address of a person",
            (),
            span=match.span(),
            expected="a role of the organization; who holds it stands under people",
        )


def _people(document: Document) -> tuple[int, int]:
    """Where the bindings of an organization stand in its text."""
    if document.kind != "organization" or document.source is None:
        return (0, 0)
    found = _PEOPLE.search(document.source.text)
    return found.span() if found else (0, 0)


def check_names(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """The names of people that the organization binds, in any other text; each once a document."""
    del context
    names = _names(workspace)
    if not names:
        return
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
    for document in workspace.documents:
        if document.source is None:
            continue
        text = document.source.text
        if not any(name in text for name in names):
            continue
        start, end = _people(document)
        said: set[str] = set()
        for match in pattern.finditer(text):
            if match[0] not in said and not start <= match.start() < end:
                said.add(match[0])
                yield Finding(
                    f"{match[0]} is a person",
                    (),
                    span=match.span(),
                    expected="a role of the organization; who holds it stands under people",
                    document=document,
                )


def _names(workspace: Workspace) -> list[str]:
    """Names of at least two words; a binding with a queue is none of a person."""
    found: dict[str, None] = {}
    for document in workspace.documents:
        if document.kind == "organization" and document.model is not None:
            for key, person in cast("Organization", document.model).people.items():
                name = person.name or ("" if "@" in key else key)
                if len(name.split()) > 1 and person.salesforce_queue is None:
                    found[name] = None
    return list(found)


RULE = Rule(
    code="SEC002",
    name="person-instead-of-role",
    severity=Severity.WARNING,
    profile="team",
    what="A file has the mail address of a person, or the name of one that the organization knows, outside of "
    "`people`.",
    why="A playbook is copied, shown and kept for years: personal data in it cannot be deleted on request, and "
    "the person "
    "leaves the role long before the text does.",
    bad="""\
description: Ask ada.lovelace@acme.example for access to the CRM
""",
    good="""\
description: Ask the head of RevOps, or crm-support@acme.example, for access to the CRM
""",
    instead_of=("REF002",),
    options=(Option("shared", tuple(_SHARED.split()), "Words of an address that make it one of a group."),),
    document=check,
    workspace=check_names,
)
