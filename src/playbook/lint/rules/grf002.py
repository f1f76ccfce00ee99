"""GRF002: the journey has no declared end, or runs off without reaching one."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Put, Remedy
from playbook.lint.letters import stage_name
from playbook.lint.parts import falls_off, success_ends
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, shortened
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Ends are declared, and the last stage leads to one: by ``next``, or to the only end that is a success."""
    del context
    model = playbook.model
    if not model.ends:
        if model.stages:
            yield Finding(
                "the playbook declares no end, so it never says when an account is through",
                ("ends",),
                expected="at least one end, one of them with success: true",
                suggestion="ends: {completed: {title: Completed, success: true}}",
                fix=_DECLARE,
            )
        return
    if not falls_off(playbook):
        return
    stage = list(playbook.stages.values())[-1]
    successes = success_ends(playbook)
    index = next(i for i, other in enumerate(model.stages) if other is stage)
    if successes:
        reason = (
            f"{len(successes)} ends have success: true ({listed(successes)}), and it does not say which follows"
        )
    else:
        reason = "no end has success: true, and it does not say which follows"
    yield Finding(
        f"{stage_name(stage)} is the last and leads to no end: {reason}",
        ("stages", index, "next"),
        expected=f"next: with {listed(model.ends, 'or')}, or success: true on the end that it leads to",
        suggestion=f"next: {(successes or list(model.ends))[0]}" if len(model.ends) == 1 or successes else None,
        fix=_lead_to(next(iter(model.ends)), index) if len(model.ends) == 1 else None,
    )


_DECLARE = Remedy(
    'declare an end, "completed"', (Put(("ends",), {"completed": {"title": "Completed", "success": True}}),)
)


def _lead_to(end: str, stage: int) -> Remedy:
    return Remedy(f'lead the last stage to "{shortened(end)}"', (Put(("stages", stage, "next"), end),), safe=False)


RULE = Rule(
    code="GRF002",
    name="end-missing",
    severity=Severity.ERROR,
    profile="basic",
    what="The playbook declares no end, or its last stage leads to none.",
    why="An account that is never through is never counted: neither as a success nor as a loss.",
    bad="""\
ends: null
interrupts: null
""",
    good="""\
ends:
  onboarded: {title: Onboarded, success: true}
interrupts: null
""",
    graph=True,
    fix="safe",
    fix_title="declares an end for accounts that are through",
    playbook=check,
)
