"""RCI004: a group answers, which is nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.diagnostics import Severity
from playbook.language.organization import Role, Team
from playbook.language.raci import names
from playbook.lint.kinds import metrics_of
from playbook.lint.letters import beside_steps, is_own, step_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Table, Workspace

_GROUP_WORDS = frozenset(
    {
        "all",
        "anybody",
        "anyone",
        "committee",
        "council",
        "everybody",
        "everyone",
        "group",
        "shared",
        "team",
        "teams",
    }
)
"""Last words of ids that stand for several people, whatever the organization calls them."""


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Holders of A on anything in a playbook, and the one who is accountable for the journey."""
    del context
    groups = _Groups(playbook.workspace_symbols["team"], playbook.workspace_symbols["role"])
    ownership = playbook.model.ownership
    if ownership is not None and ownership.accountable is not None:
        yield from groups.finding("the whole journey", ownership.accountable, ("ownership", "accountable"))
    for thing in beside_steps(playbook):
        holders = names(thing.raci.A)
        if len(holders) == 1:
            yield from groups.finding(thing.name, holders[0], (*thing.path, "A"))
    for id_, handoff in playbook.model.handoffs.items():
        if handoff.raci is None or not handoff.raci.A:
            what = f"the handoff {named(handoff.title, id_)}, as its giver"
            yield from groups.finding(what, handoff.giver, ("handoffs", id_, "from"))
    for task in playbook.process.tasks.values():
        letter = task.owners.accountable
        # What is inherited is reported at the stage; several holders are RCI002.
        if (
            letter is not None
            and len(letter.holders) == 1
            and groups.reason(letter.holders[0]) is not None
            and is_own(letter)
        ):
            yield from groups.finding(step_name(playbook, task), letter.holders[0], letter.path)


def check_kpis(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """The owners of KPIs."""
    del context
    groups = _Groups(workspace.symbols["team"], workspace.symbols["role"])
    for document in workspace.documents:
        metrics = metrics_of(document)
        for id_, kpi in metrics.kpis.items() if metrics else ():
            what = f"the KPI {named(kpi.title, id_)}"
            holders = names(kpi.raci.A) if kpi.raci else ()
            for finding in (
                *(groups.finding(what, kpi.owner, ("kpis", id_, "owner")) if kpi.owner else ()),
                *(groups.finding(what, holders[0], ("kpis", id_, "raci", "A")) if len(holders) == 1 else ()),
            ):
                yield Finding(
                    finding.message,
                    finding.path,
                    expected=finding.expected,
                    suggestion=finding.suggestion,
                    document=document,
                )


class _Groups:
    """Which owners are groups, each looked at once."""

    def __init__(self, teams: Table, roles: Table) -> None:
        self._teams = teams
        self._roles = roles
        self._reasons: dict[str, str | None] = {}

    def reason(self, owner: str) -> str | None:
        """What sort of group an owner is; ``None`` for a role that one person can hold."""
        if owner not in self._reasons:
            self._reasons[owner] = self._found(owner)
        return self._reasons[owner]

    def finding(self, what: str, owner: str, path: KeyPath) -> Iterator[Finding]:
        """A finding if the owner is a group."""
        reason = self.reason(owner)
        if reason is not None:
            yield Finding(
                f'"{owner}" is accountable for {what}, but is {reason}',
                path,
                expected="one role that one person of your company holds",
                suggestion=self._member(owner),
            )

    def _found(self, owner: str) -> str | None:
        team = self._teams.get(owner)
        if team is not None:
            return (
                "a team" if cast(Team, team.value).party == "internal" else f"a {cast(Team, team.value).party} team"
            )
        role = self._roles.get(owner)
        if role is not None:
            home = self._teams.get(cast(Role, role.value).team or "")
            party = cast(Team, home.value).party if home else "internal"
            if home is not None and party in ("partner", "system"):
                side = "a partner" if party == "partner" else "a system"
                return f"a role of {side} ({home.id})"
        return "a group, not a person" if owner.rpartition("_")[2] in _GROUP_WORDS else None

    def _member(self, owner: str) -> str | None:
        """The lead of a team, or the roles that belong to it."""
        team = self._teams.get(owner)
        if team is None or cast(Team, team.value).party != "internal":
            return None
        lead = cast(Team, team.value).lead
        if lead is not None:
            return lead
        members = [id_ for id_, role in self._roles.items() if cast(Role, role.value).team == owner]
        return listed(members, "or", 4) if members else None


RULE = Rule(
    code="RCI004",
    name="accountable-is-a-group",
    severity=Severity.ERROR,
    profile="basic",
    what="A team, a committee, a vendor or 'everyone' is accountable.",
    why="Onboarding that everyone owns is owned by nobody: only a person can answer for a result.",
    bad="""\
milestones:
  first_value: {event: account.first_report, raci: {A: customer_success}}
""",
    good="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
""",
    instead_of=("REF002",),
    playbook=check,
    workspace=check_kpis,
)
