"""RCI011: who answers for the work cannot tell those who do it what to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.core.owners import Letter, Owners
from playbook.diagnostics import Severity
from playbook.language.organization import Role
from playbook.language.raci import names
from playbook.lint.letters import is_own, stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Accountable roles that report to all who do the work; approvers who report to who answers for it.

    A single step that an executive is asked to do, as to call the sponsor, is as it should be: whoever asks for
    it answers for it. A whole stage, a milestone, a decision or a handoff is another matter.
    """
    del context
    if not any(cast(Role, symbol.value).reports_to for symbol in playbook.workspace_symbols["role"].values()):
        return
    lines = _Lines(playbook)
    said: set[KeyPath] = set()
    for task in playbook.process.tasks.values():
        letter = _of_stage(task.owners)
        doer = lines.superior(task.owners) if letter is not None and letter.path not in said else None
        if letter is not None and doer is not None:
            said.add(letter.path)
            yield _finding(lines, letter, doer, f"each step of {stage_name(playbook.stages[task.stage])}")
        approval = playbook.steps[task.step].approval
        if approval is not None:
            path: KeyPath = (*task.path, "approval", "by")
            yield from _approvers(lines, names(approval.by), task.owners.accountable, path)
    for kind, entries in playbook.letters.items():
        for id_, owners in entries.items():
            doer = lines.superior(owners)
            if doer is not None and owners.accountable is not None:
                title = getattr(getattr(playbook.model, kind)[id_], "title", None)
                yield _finding(lines, owners.accountable, doer, f"the {kind[:-1]} {named(title, id_)}")


def _of_stage(owners: Owners) -> Letter | None:
    """The A of a step that has both A and R from its stage."""
    accountable, responsible = owners.accountable, owners.responsible
    if accountable is None or responsible is None or is_own(accountable) or is_own(responsible):
        return None
    return accountable


class _Lines:
    """Who reports to whom, over any number of levels."""

    def __init__(self, playbook: CompiledPlaybook) -> None:
        self._playbook = playbook
        self._above: dict[str, list[str]] = {}

    def above(self, owner: str) -> list[str]:
        """The roles above a role, the nearest first."""
        found = self._above.get(owner)
        if found is None:
            found = self._above[owner] = []
            role = self._playbook.role(owner)
            while role is not None and role.reports_to and role.reports_to not in (owner, *found):
                found.append(role.reports_to)
                role = self._playbook.role(role.reports_to)
        return found

    def way(self, low: str, high: str) -> str:
        """How one role reports to another: ``csm -> cs_leader -> cco``."""
        above = self.above(low)
        return " -> ".join((low, *above[: above.index(high) + 1]))

    def superior(self, owners: Owners) -> str | None:
        """The nearest of those who do the work, if the accountable role reports to all of them."""
        accountable, responsible = owners.accountable, owners.responsible
        if accountable is None or responsible is None or len(accountable.holders) != 1:
            return None
        # An approver is R by default; that a superior approves is as it should be.
        if responsible.path[-1] != "R":
            return None
        above = self.above(accountable.holders[0])
        if not above or not all(holder in above for holder in responsible.holders):
            return None
        return min(responsible.holders, key=above.index)


def _finding(lines: _Lines, letter: Letter, doer: str, what: str) -> Finding:
    owner = letter.holders[0]
    return Finding(
        f"{owner} is accountable for {what}, but reports to {doer}, who does the work ({lines.way(owner, doer)})",
        letter.path,
        expected="an accountable role that does not report to all of those who do the work",
        suggestion=f"A: {doer}",
    )


def _approvers(
    lines: _Lines, approvers: tuple[str, ...], accountable: Letter | None, path: KeyPath
) -> Iterator[Finding]:
    owner = accountable.holders[0] if accountable is not None and len(accountable.holders) == 1 else None
    if owner is None or not all(owner in lines.above(approver) for approver in approvers):
        return
    yield Finding(
        f"{approvers[0]} is to approve what {owner} answers for, but reports to {owner} "
        f"({lines.way(approvers[0], owner)})",
        path,
        expected="an approver who does not report to the accountable role",
    )


RULE = Rule(
    code="RCI011",
    name="accountable-without-authority",
    severity=Severity.WARNING,
    profile="certified",
    what="Who is accountable for a stage, milestone or decision reports to all who do the work; or an approver "
    "to who answers for what is approved.",
    why="Nobody can answer for the work of their own superior, or say no to it.",
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
  csm: {title: Customer Success Manager, team: customer_success, reports_to: cs_leader}
  cs_leader: {title: VP Customer Success, team: customer_success, reports_to: cco}
  cco: {title: Chief Customer Officer, team: customer_success}
  admin: {title: Customer admin, team: customer}
---
milestones:
  first_value: {event: account.first_report, raci: {A: csm, R: cs_leader}}
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
  ae: {title: Account Executive, team: sales}
  csm: {title: Customer Success Manager, team: customer_success, reports_to: cs_leader}
  cs_leader: {title: VP Customer Success, team: customer_success, reports_to: cco}
  cco: {title: Chief Customer Officer, team: customer_success}
  admin: {title: Customer admin, team: customer}
---
milestones:
  first_value: {event: account.first_report, raci: {A: cs_leader, R: [csm, cs_leader]}}
""",
    playbook=check,
)
