"""TCH001: the customer takes part, and nothing says how they are reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from playbook.diagnostics import Severity
from playbook.language.playbook import Playbook
from playbook.language.stage import Stage
from playbook.language.step import Step
from playbook.lint.bases import base_of
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook

_SHOWN = 6
_EXPECTED = "touch: the channel, such as meeting, call, email or in_product"


@dataclass(frozen=True, slots=True)
class _Silent:
    """Steps of a stage that reach the customer and do not say how; ``asked`` is how many reach them at all."""

    index: int
    stage: Stage
    steps: list[int]
    asked: int


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Steps of or with the customer without a touch: one finding a stage, or one for all if most have none."""
    del context
    stages = list(_reaching(playbook.model))
    silent = [each for each in stages if each.steps]
    base = base_of(playbook) if silent else None
    if base is not None:
        silent = _of_variant(base, silent)
    asked, count = sum(each.asked for each in stages), sum(len(each.steps) for each in silent)
    if len(silent) > 1 and count * 2 > asked:
        ids = listed((each.stage.steps[number].id for each in silent for number in each.steps), limit=_SHOWN)
        yield Finding(
            f"nothing says how the customer is reached by "
            f"{'any' if count == asked else count} of the {asked} steps that they take part in: {ids}",
            ("stages",),
            on_key=True,
            expected=_EXPECTED,
        )
        return
    for each in silent:
        yield _of_stage(each)


def _reaching(model: Playbook) -> Iterator[_Silent]:
    """The stages of which customers do steps or take part in them."""
    for index, stage in enumerate(model.stages):
        asked = [
            number
            for number, step in enumerate(stage.steps)
            if step.party in ("customer", "joint") and step.run is None and step.need != "forbidden"
        ]
        if asked:
            yield _Silent(index, stage, [each for each in asked if not _says_how(stage.steps[each])], len(asked))


def _says_how(step: Step) -> bool:
    # What customers do in a tool of ours reaches them there.
    return step.touch is not None or (step.party == "customer" and step.system is not None)


def _of_variant(base: Playbook, silent: list[_Silent]) -> list[_Silent]:
    """What the base of a variant does not lack as well."""
    known = {each.stage.steps[number].id for each in _reaching(base) for number in each.steps}
    own = [
        replace(each, steps=[number for number in each.steps if each.stage.steps[number].id not in known])
        for each in silent
    ]
    return [each for each in own if each.steps]


def _of_stage(silent: _Silent) -> Finding:
    first = silent.stage.steps[silent.steps[0]]
    if len(silent.steps) == 1:
        by = f"the step {named(first.do, first.id)}"
    else:
        ids = listed((silent.stage.steps[number].id for number in silent.steps), limit=_SHOWN)
        by = f"{len(silent.steps)} steps of {stage_name(silent.stage)}: {ids}"
    return Finding(
        f"nothing says how the customer is reached by {by}",
        ("stages", silent.index, "steps", silent.steps[0], "touch"),
        expected=_EXPECTED,
    )


_STAGES = """\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, ae], C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: write_brief, do: Write the account brief, captures: account.use_case, produces: brief}}
      - {{id: connect_data, do: Connect the data source, party: customer, raci: {{R: admin}}{touch}}}
handoffs: null
"""

RULE = Rule(
    code="TCH001",
    name="touch-missing",
    severity=Severity.WARNING,
    profile="team",
    what="A step that the customer does or takes part in has no touch: no meeting, mail, call or the like.",
    why="Each colleague then picks a channel of their own, and the customer does not know where to look.",
    bad=_STAGES.format(touch=""),
    good=_STAGES.format(touch=", touch: in_product"),
    playbook=check,
)
