"""TRK007: personal data that is not called so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.tracking import TrackedEvent, TrackedField
from playbook.lint.kinds import tracking_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import Document, Workspace

_PERSONAL = re.compile(
    r"(?:^|_)(?:e_?mail(?:_address)?|phone(?:_number)?|mobile(?:_number)?|first_name|last_name|full_name|surname"
    r"|family_name|given_name|birth_?day|(?:date_of_)?birth(?:_date)?|ip_address|home_address|passport(?:_number)?"
    r"|(?:contact|person|user|employee|recipient|respondent)_name|linkedin(?:_url)?)$"
)
_PEOPLE = frozenset({"contact", "employee", "lead", "person", "user"})
_NOT_PERSONAL = ("boolean", "date", "datetime", "duration")


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Fields and events with names of personal data. ``personal: false``, written out, is an answer."""
    del context
    for document in workspace.documents:
        tracking = tracking_of(document)
        if tracking is None:
            continue
        for name, field in tracking.fields.items():
            if _is_silent(field) and _is_of_a_person(name, field):
                yield _finding(document, "field", name, field.title, "looks like personal data")
        for name, event in tracking.events.items():
            if event.properties and _is_silent(event):
                carried = [label for label in event.properties if _carries(workspace, label)]
                if carried:
                    looks = "which looks" if len(carried) == 1 else "which look"
                    what = f"carries {listed(carried)}, {looks} like personal data"
                    yield _finding(document, "event", name, event.title, what)


def _is_silent(entry: TrackedField | TrackedEvent) -> bool:
    return not entry.personal and "personal" not in entry.model_fields_set


def _is_of_a_person(name: str, field: TrackedField) -> bool:
    entity, _, last = name.rpartition(".")
    if field.type in _NOT_PERSONAL and not last.endswith(("birth", "birthday", "birth_date")):
        return False
    return _PERSONAL.search(last) is not None or (entity in _PEOPLE and last in ("name", "address", "picture"))


def _carries(workspace: Workspace, label: str) -> bool:
    """Whether a property is personal by its name, or is a field that is."""
    symbol = workspace.symbols["field"].get(label)
    if symbol is not None and isinstance(symbol.value, TrackedField) and symbol.value.personal:
        return True
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", label).lower()
    return _PERSONAL.search(re.sub(r"[^a-z0-9]+", "_", snake)) is not None


def _finding(document: Document, kind: str, name: str, title: str | None, what: str) -> Finding:
    key = f"{kind}s"
    return Finding(
        f"the {kind} {named(title, name)} {what}, and is not marked as such",
        (key, name),
        on_key=True,
        expected="personal: true; or personal: false, if it is none",
        suggestion="personal: true",
        document=document,
    )


RULE = Rule(
    code="TRK007",
    name="personal-data-not-marked",
    severity=Severity.ERROR,
    profile="governed",
    what="A field or event has the name of personal data (email, phone, first name) and does not say personal.",
    why="What is not marked is exported, kept and shared with everything else; the law asks who decided that.",
    bad="""\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer, captured: Product usage}
events:
  account.first_report: {title: First report built, properties: [account_id, user_email]}
""",
    good="""\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer, captured: Product usage}
events:
  account.first_report: {title: First report built, properties: [account_id, user_email], personal: true}
""",
    workspace=check,
)
