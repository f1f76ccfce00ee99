"""TRK002: an event that cannot be told of which account it is."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Add, Remedy
from playbook.language.tracking import TrackedEvent
from playbook.lint.kinds import tracking_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import Document, Workspace

_SHOWN = 6
_IDS = ("id", "ids", "key", "uuid", "guid", "domain")


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Events without an id among their properties; one finding for a plan in which most of them have none."""
    del context
    for document in workspace.documents:
        tracking = tracking_of(document)
        if tracking is None:
            continue
        lacking = {name: event for name, event in tracking.events.items() if not any(map(_is_id, event.properties))}
        lacking = {name: event for name, event in lacking.items() if _is_of_accounts(workspace, name)}
        if len(lacking) > 1 and len(lacking) * 2 > len(tracking.events):
            yield _of_plan(document, list(lacking), len(tracking.events))
            continue
        for name, event in lacking.items():
            yield _of_event(document, name, event)


def _is_id(label: str) -> bool:
    """Whether a property identifies something: ``account_id``, ``Account ID``, ``accountId``, ``email``."""
    lower = label.lower().replace(" ", "_").replace("-", "_")
    return lower.rpartition("_")[2] in _IDS or label.endswith("Id") or lower in ("account", "email")


def _is_of_accounts(workspace: Workspace, name: str) -> bool:
    """Whether something other than a programme names an event: those are of the company, not of an account."""
    return any(
        playbook.model.scope != "programme"
        and playbook.document.source is not None
        and name in playbook.document.source.text
        for playbook in workspace.playbooks
    )


def _of_plan(document: Document, lacking: list[str], total: int) -> Finding:
    return Finding(
        f"none of the {total} events of the tracking plan carries the id of the account"
        if len(lacking) == total
        else f"{len(lacking)} of the {total} events of the tracking plan carry no id of the account: "
        f"{listed(lacking, limit=_SHOWN)}",
        ("events",),
        on_key=True,
        expected="properties: account_id on each event, beside what else comes with it",
        document=document,
        fix=_with_id(lacking),
    )


def _of_event(document: Document, name: str, event: TrackedEvent) -> Finding:
    carried = f", only {listed(event.properties, limit=_SHOWN)}" if event.properties else ""
    return Finding(
        f"the event {named(event.title, name)} carries no id of the account{carried}",
        ("events", name, "properties"),
        expected="properties: account_id, beside what else comes with it",
        document=document,
        fix=_with_id([name]),
    )


def _with_id(events: list[str]) -> Remedy:
    changes = tuple(Add(("events", name, "properties"), "account_id") for name in events)
    return Remedy("add account_id to the properties", changes, safe=False)


RULE = Rule(
    code="TRK002",
    name="event-without-account",
    severity=Severity.WARNING,
    profile="governed",
    what="An event of the tracking plan has no id of the account among its properties.",
    why="An event that belongs to no account reaches no milestone and counts in no KPI, however often it is sent.",
    bad="""\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer, captured: Product usage}
events:
  account.first_report: {title: First report built, properties: [report_name, seats]}
""",
    good="""\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer, captured: Product usage}
events:
  account.first_report: {title: First report built, properties: [account_id, report_name, seats]}
""",
    fix="unsafe",
    fix_title="adds `account_id` to the properties",
    workspace=check,
)
