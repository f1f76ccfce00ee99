"""CRT001: a stage without a gate at its beginning or its end."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.stage import Stage
from playbook.lint.letters import stage_name
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook

_WHAT = {"enter": "entry criteria", "exit": "exit criteria"}


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Stages without ``enter`` or ``exit``. The first one may be entered by an anchor or a caller (GRF001)."""
    del context
    before: Stage | None = None
    for index, stage in enumerate(playbook.model.stages):
        if not stage.exit or not (stage.enter or index == 0):
            lacking = [
                key
                for key, wanted in (("enter", index > 0 and not stage.enter), ("exit", not stage.exit))
                if wanted and not is_lost(playbook.document, ("stages", index, key))
            ]
            if lacking:
                yield Finding(
                    f"{stage_name(stage)} has no {' and no '.join(_WHAT[key] for key in lacking)}",
                    ("stages", index, lacking[0]),
                    expected=f"{' and '.join(lacking)}: with what must hold for an account to pass",
                    suggestion=_exit_of(before) if lacking[0] == "enter" else None,
                )
        before = stage


def _exit_of(stage: Stage | None) -> str | None:
    """What the stage before is left on is the least that this one can be entered on."""
    if stage is None or len(stage.exit) != 1 or len(stage.exit[0].check) > 60:
        return None
    return f"enter: {stage.exit[0].check}"


RULE = Rule(
    code="CRT001",
    name="criteria-missing",
    severity=Severity.ERROR,
    profile="basic",
    what="A stage has no entry or no exit criteria.",
    why="Where nothing says when a stage is over, it is over when somebody says so, and each says it differently.",
    bad="""\
stages:
  - id: adoption
    enter: deal.closed_won
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: [account.use_case, account.active_seats]
        produces: brief
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: [ae, admin]}
handoffs: null
""",
    good="""\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: [account.use_case, account.active_seats]
        produces: brief
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: [ae, admin]}
handoffs: null
""",
    playbook=check,
)
