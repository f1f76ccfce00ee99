"""CRT001: a stage without a gate at its beginning or its end."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.stage import Stage
from playbook.lint.letters import stage_name
from playbook.lint.lost import are_whole, is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook

_WHAT = {"enter": "entry criteria", "exit": "exit criteria"}


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Stages without ``enter`` or ``exit``. The first one may be entered by an anchor or a caller (GRF001)."""
    del context
    if _has_no_gates(playbook):
        yield _of_all(playbook.model.stages)
        return
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


def _has_no_gates(playbook: CompiledPlaybook) -> bool:
    """Whether none of several stages has a gate, but for what the first one is entered on."""
    stages = playbook.model.stages
    gates = any(stage.exit or (stage.enter and index > 0) for index, stage in enumerate(stages))
    return len(stages) > 1 and not gates and are_whole(playbook, "stages")


def _of_all(stages: tuple[Stage, ...]) -> Finding:
    message = f"none of the {len(stages)} stages has entry or exit criteria"
    if stages[0].enter:
        message = f"none of the {len(stages)} stages has exit criteria, and only the first has entry criteria"
    return Finding(
        message,
        ("stages",),
        on_key=True,
        expected="enter and exit on each stage: with what must hold for an account to pass",
    )


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
