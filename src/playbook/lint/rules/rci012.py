"""RCI012: nobody steps in for a role that the whole journey waits for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.diagnostics import Severity
from playbook.language.organization import Organization, Role
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted, listed, named
from playbook.proofs.critical import critical_path
from playbook.raci_analysis import raci_analysis
from playbook.workspace import CompiledPlaybook, Workspace


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Roles that answer for steps on the critical path of a playbook.

    Each role is told once, where it is declared, by the first playbook that shows it.
    """
    organizations = [document for document in workspace.documents if document.kind == "organization"]
    if not all(document.whole for document in organizations):
        return
    several = _held_by_several([cast(Organization, document.model) for document in organizations], context)
    said: set[str] = set()
    for playbook in workspace.playbooks:
        without = playbook.remembered(raci_analysis).without_backup
        alone = [owner for owner in without if owner not in several and owner not in said]
        for owner, steps in _critical(playbook, alone).items() if alone else ():
            said.add(owner)
            yield _finding(workspace, playbook, owner, steps)


def _finding(workspace: Workspace, playbook: CompiledPlaybook, owner: str, steps: list[str]) -> Finding:
    symbol = workspace.symbols["role"][owner]
    return Finding(
        f"nobody steps in for the role {named(cast(Role, symbol.value).title, owner)}, which is accountable for "
        f"{counted(len(steps), 'step')} on the critical path of {playbook.id}: {listed(steps, limit=3)}",
        symbol.path,
        on_key=True,
        expected="backup: another role that steps in, or pool: how one of several holders is chosen",
        document=symbol.document,
    )


def _held_by_several(organizations: list[Organization], context: Context) -> set[str]:
    """The roles that more than one person holds today."""
    once: set[str] = set()
    several: set[str] = set()
    for organization in organizations:
        for person in organization.people.values():
            if person.until is None or person.until >= context.as_of:
                several.update(role for role in person.roles if role in once)
                once.update(person.roles)
    return several


def _critical(playbook: CompiledPlaybook, owners: list[str]) -> dict[str, list[str]]:
    """The steps on the critical path that each of the roles answers for."""
    if not any(step.takes for step in playbook.steps.values()):
        return {}
    path = playbook.remembered(critical_path)
    found: dict[str, list[str]] = {}
    for node in path.nodes if path is not None else ():
        task = playbook.process.tasks.get(node)
        letter = task.owners.accountable if task is not None else None
        if task is not None and letter is not None and letter.holders[0] in owners:
            found.setdefault(letter.holders[0], []).append(task.step)
    return found


RULE = Rule(
    code="RCI012",
    name="backup-missing",
    severity=Severity.WARNING,
    profile="governed",
    what="A role that is accountable for a step on the critical path has no backup.",
    why="A delay there delays the customer's first value by as many days as the holder is away.",
    bad="""\
organization: acme
teams:
  sales: {title: Sales}
  customer_success: {title: Customer Success}
  marketing: {title: Marketing}
  product: {title: Product}
  revops: {title: Revenue Operations}
  customer: {title: Customer, party: customer}
roles:
  ae: {title: Account Executive, team: sales}
  csm: {title: Customer Success Manager, team: customer_success}
  cs_leader: {title: VP Customer Success, team: customer_success}
  cco: {title: Chief Customer Officer, team: customer_success}
  admin: {title: Customer admin, team: customer}
---
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case, takes: 1bd}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {R: admin}}
""",
    good="""\
organization: acme
teams:
  sales: {title: Sales}
  customer_success: {title: Customer Success}
  marketing: {title: Marketing}
  product: {title: Product}
  revops: {title: Revenue Operations}
  customer: {title: Customer, party: customer}
roles:
  ae: {title: Account Executive, team: sales, backup: sales_leader}
  sales_leader: {title: VP Sales, team: sales}
  csm: {title: Customer Success Manager, team: customer_success}
  cs_leader: {title: VP Customer Success, team: customer_success}
  cco: {title: Chief Customer Officer, team: customer_success}
  admin: {title: Customer admin, team: customer}
---
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - {id: write_brief, do: Write the handover brief, raci: {A: ae, R: ae, I: [csm, revops]}, produces: brief,
         captures: account.use_case, takes: 1bd}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {R: admin}}
""",
    workspace=check,
)
