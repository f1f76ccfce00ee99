"""GRF013: a decision with too many ways to go."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Stages with many ways out, and choices of many steps."""
    most = context.number(RULE, "at_most")
    for index, stage in enumerate(playbook.model.stages):
        if len(stage.next) > most:
            yield Finding(
                f"{stage_name(stage)} has {len(stage.next)} ways out",
                ("stages", index, "next"),
                on_key=True,
                expected=f"at most {most:g} ways",
                suggestion="a decision table that sets a field, and a branch for each group of its answers",
            )
        for number, choice in enumerate(stage.choose or ()):
            options = len({*choice.one_of, *choice.any_of})
            if options > most:
                yield Finding(
                    f"a choice in {stage_name(stage)} is between {options} steps",
                    ("stages", index, "choose", number),
                    expected=f"at most {most:g} steps",
                    suggestion="one step, whose words or checklist say which form it takes when",
                )


_STAGES = """\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {{C: [marketing, product], I: revops}}
    steps:
      - {{id: write_brief, do: Write the handover brief, raci: {{A: ae, R: ae, I: [csm, revops]}}, produces: brief,
         captures: account.use_case}}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, admin], C: [marketing, product], I: [revops, sales]}}
    choose: {{one_of: [{}], title: How do they learn it?}}
    steps:
      - {{id: hold_workshop, do: Hold a workshop}}
      - {{id: train_admins, do: Train the admins}}
      - {{id: send_course, do: Send the online course}}
      - {{id: pair_with_expert, do: Pair the team with an expert}}
      - {{id: hold_webinar, do: Hold a webinar}}
"""

RULE = Rule(
    code="GRF013",
    name="too-many-ways",
    severity=Severity.WARNING,
    profile="certified",
    what="A stage has more than four ways out, or a choice is between more than four steps.",
    why="The more ways there are, the more often people take one that was not meant; from five on, errors grow "
    "fast.",
    bad=_STAGES.format("hold_workshop, train_admins, send_course, pair_with_expert, hold_webinar"),
    good=_STAGES.format("hold_workshop, train_admins, send_course, pair_with_expert"),
    options=(Option("at_most", 4, "So many ways out of one stage, or steps of one choice."),),
    playbook=check,
)
