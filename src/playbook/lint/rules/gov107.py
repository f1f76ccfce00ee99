"""GOV107: where onboarding sits was chosen, and nobody wrote down why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.scalars import ID_PATTERN
from playbook.lint.kinds import governance_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted, listed, named
from playbook.text.suggest import nearest
from playbook.workspace import CompiledPlaybook, Workspace


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Playbooks that say who owns onboarding, without an entry of the decision log that settled it.

    A text that is no id may name a record that is kept elsewhere. Whether a sign that ownership should be
    decided anew has come true is a question to the measured numbers.
    """
    del context
    if not workspace.complete:
        return
    owned = [playbook for playbook in workspace.playbooks if _chooses(playbook)]
    log = {
        id_
        for document in workspace.documents
        if (governance := governance_of(document)) is not None
        for id_ in governance.decisions
    }
    without = [playbook for playbook in owned if not _decision(playbook)]
    if len(without) > 1 and len(without) == len(owned):
        yield _of_all(without)
    else:
        for playbook in without:
            yield _missing(playbook, log)
    for playbook in owned:
        decision = _decision(playbook)
        if decision and re.match(ID_PATTERN, decision) and decision not in log:
            what = named(playbook.model.title, playbook.id)
            yield Finding(
                f'the decision "{decision}" that settled who owns {what} is not in the decision log',
                ("ownership", "decision"),
                expected=f"one of {listed(sorted(log), 'or')}" if log else "governance: ... with decisions: {...}",
                suggestion=nearest(decision, sorted(log)),
                document=playbook.document,
            )


def _chooses(playbook: CompiledPlaybook) -> bool:
    model = playbook.model
    return (
        model.scope != "part"
        and model.status != "retired"
        and model.ownership is not None
        and model.ownership.model is not None
    )


def _decision(playbook: CompiledPlaybook) -> str | None:
    return playbook.model.ownership.decision if playbook.model.ownership is not None else None


def _missing(playbook: CompiledPlaybook, log: set[str]) -> Finding:
    ownership = playbook.model.ownership
    assert ownership is not None
    return Finding(
        f'{named(playbook.model.title, playbook.id)} is owned as "{ownership.model}", but no decision says who '
        "settled that, when and why",
        ("ownership", "decision"),
        expected="decision: an entry of the decision log (decisions: of a governance document)",
        suggestion=f"decision: {next(iter(log))}" if len(log) == 1 else None,
        document=playbook.document,
    )


def _of_all(playbooks: list[CompiledPlaybook]) -> Finding:
    return Finding(
        f"none of the {counted(len(playbooks), 'playbook')} that say who owns onboarding names the decision that "
        "settled it",
        ("ownership", "decision"),
        expected="decision: an entry of the decision log (decisions: of a governance document)",
        document=playbooks[0].document,
    )


RULE = Rule(
    code="GOV107",
    name="ownership-undecided",
    severity=Severity.WARNING,
    profile="governed",
    what="A playbook says where onboarding sits, and no entry of the decision log says who settled it and why.",
    why="A choice without its reasons is opened again by every new leader, and nobody sees when the reasons end.",
    bad="""\
ownership: {model: customer_success, accountable: cs_leader, sponsor: cco}
""",
    good="""\
governance: onboarding
decisions:
  sits_with_cs:
    date: 2026-03-02
    decided: Customer Success owns onboarding
    by: cco
    why: Renewals depend on the relationship
    revisit: 2027-03-01
---
ownership: {model: customer_success, accountable: cs_leader, sponsor: cco, decision: sits_with_cs}
""",
    workspace=check,
)
