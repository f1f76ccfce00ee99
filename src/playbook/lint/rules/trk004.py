"""TRK004: a field of which nobody knows which tool is right."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.tracking import TrackedField
from playbook.lint.kinds import tracking_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted, listed, named
from playbook.workspace import Document, Workspace

_SHOWN = 6


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Fields that steps in different tools fill, and those without a system of record where tools are declared."""
    del context
    for document in workspace.documents:
        tracking = tracking_of(document)
        if tracking is None:
            continue
        homeless = {name: field for name, field in tracking.fields.items() if field.system is None}
        if not homeless:
            continue
        written = _written_in(workspace)
        for name, field in homeless.items():
            if len(written.get(name, ())) > 1:
                yield _torn(document, name, field, list(written[name]))
        if not workspace.symbols["system"]:
            # Whoever has written down no tool yet is not asked for one of each field.
            continue
        silent = [name for name in homeless if len(written.get(name, ())) <= 1]
        if len(silent) > 1:
            yield _without(document, silent, len(tracking.fields))
        elif silent:
            yield _torn(document, silent[0], homeless[silent[0]], [])


def _written_in(workspace: Workspace) -> dict[str, dict[str, None]]:
    """The tools of the steps that fill each field."""
    found: dict[str, dict[str, None]] = {}
    for playbook in workspace.playbooks:
        for step in playbook.steps.values():
            if step.system is not None:
                for name in step.captures:
                    found.setdefault(name, {})[step.system] = None
    return found


def _torn(document: Document, name: str, field: TrackedField, systems: list[str]) -> Finding:
    written = f": steps fill it in {listed(systems)}, and nothing says which of them is right" if systems else ""
    return Finding(
        f"the field {named(field.title, name)} has no system of record{written}",
        ("fields", name, "system"),
        expected="system: the one tool that is right if two differ",
        document=document,
    )


def _without(document: Document, names: list[str], total: int) -> Finding:
    return Finding(
        f"{counted(len(names), 'field')} of {total} have no system of record: {listed(names, limit=_SHOWN)}",
        ("fields",),
        on_key=True,
        expected="system: the tool that holds the field, on each of them",
        document=document,
    )


_TRACKING = """\
organization: acme
teams:
  sales: {{title: Sales}}
  customer_success: {{title: Customer Success}}
  marketing: {{title: Marketing}}
  product: {{title: Product}}
  revops: {{title: Revenue Operations}}
  customer: {{title: Customer, party: customer}}
roles:
  ae: {{title: Account Executive, team: sales}}
  csm: {{title: Customer Success Manager, team: customer_success}}
  cs_leader: {{title: VP Customer Success, team: customer_success}}
  cco: {{title: Chief Customer Officer, team: customer_success}}
  admin: {{title: Customer admin, team: customer}}
systems:
  crm: {{title: CRM, purpose: record}}
  cs_platform: {{title: CS platform, purpose: execute}}
---
tracking: product
fields:
  account.use_case: {{title: Use case{system}}}
  account.active_seats: {{title: Active seats, type: integer, system: cs_platform, captured: Product usage}}
events:
  account.first_report: {{title: First report built, properties: account_id}}
---
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: write_brief, do: Write the account brief, captures: account.use_case, produces: brief, system: crm}}
      - {{id: run_kickoff, do: Run the kickoff call, captures: account.use_case, system: cs_platform}}
handoffs: null
"""

RULE = Rule(
    code="TRK004",
    name="system-of-record-missing",
    severity=Severity.ERROR,
    profile="governed",
    what="A field has no system of record, though the tools are declared or steps fill it in several.",
    why="Two tools show two values, each team trusts its own, and the report is wrong for one of them.",
    bad=_TRACKING.format(system=""),
    good=_TRACKING.format(system=", system: crm"),
    workspace=check,
)
