"""SND005: a flow with so many states that its soundness is not known."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.core.soundness import STATES
from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """One finding if the search was given up without an answer."""
    del context
    if playbook.soundness is not None and playbook.soundness.unknown:
        yield Finding(
            f"it is not known whether every run can end: after {STATES:,} states the search was given up",
            ("stages",),
            on_key=True,
            expected="fewer ways that cross: an 'after' across stages, a way back out of a parallel stage",
        )


_CROSSED = 13
"""So many steps that each wait for two others, and one way back among them, make more states than are searched."""


def _example() -> str:
    """Steps side by side that wait for each other crosswise, and a rejection that leads back among them."""
    numbers = range(1, _CROSSED + 1)
    lines = [
        *(f"{{id: prepare_{n}, do: Prepare part {n}}}" for n in numbers),
        *(
            f"{{id: build_{n}, do: Build part {n}, after: [prepare_{n}, prepare_{n % _CROSSED + 1}]}}"
            for n in numbers
        ),
        "{id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}",
    ]
    steps = "".join(f"      - {line}\n" for line in lines)
    builds = ", ".join(f"build_{n}" for n in numbers)
    return f"""\
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
    parallel: true
    raci: {{A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}}
    steps:
{steps}      - id: run_kickoff
        do: Run the kickoff call
        due: 5bd after closed_won
        after: [{builds}]
        approval: {{by: csm, on_reject: {{back_to: prepare_1, at_most: 2}}}}
"""


RULE = Rule(
    code="SND005",
    name="soundness-unknown",
    severity=Severity.WARNING,
    profile="basic",
    what="The flow is so entangled that the search for runs that get stuck was given up.",
    why="No answer is not a good answer, and what a machine cannot follow, people will not follow either.",
    bad=_example(),
    good="""\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: [csm, revops]}
        captures: account.use_case
        produces: brief
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}
      - {id: connect_data, do: Connect the data source, party: customer, raci: {A: csm, R: admin}}
""",
    graph=True,
    playbook=check,
)
