"""GRF005: the journey begins after the signature, or stops before value."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.expressions.parse import parse_expression
from playbook.language.playbook import Playbook
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook

_SIGNATURES = frozenset({"deal.closed_won", "contract.signed"})
_VALUE_IDS = frozenset({"first_value", "value_realized", "realized_value"})


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """A journey, unlike a part or a programme, runs from the signature to realized value."""
    del context
    if playbook.model.scope == "journey" and playbook.model.stages:
        yield from _start(playbook.model)
        yield from _value(playbook.model)


def _start(model: Playbook) -> Iterator[Finding]:
    starts = [(id_, anchor) for id_, anchor in model.anchors.items() if anchor.start]
    first = model.stages[0]
    if not starts and not first.enter:
        return
    if any(anchor.event in _SIGNATURES for _, anchor in starts):
        return
    signed = {f"{id_}.reached" for id_, anchor in model.anchors.items() if anchor.event in _SIGNATURES}
    wanted = _SIGNATURES | signed
    if any(_names(criterion.check, wanted) for criterion in first.enter):
        return
    expected = "a start on deal.closed_won or contract.signed; or scope: part for a stretch of a journey"
    if starts:
        id_, anchor = starts[0]
        yield Finding(
            f'the journey starts with "{anchor.event or anchor.field or id_}" '
            f"(anchor {named(anchor.title, id_)}), not with the signature",
            ("anchors", id_, "event" if anchor.event else "field"),
            expected=expected,
        )
        return
    yield Finding(
        f'{stage_name(first)} starts the journey on "{first.enter[0].check}", not on the signature',
        ("stages", 0, "enter"),
        expected=expected,
    )


def _value(model: Playbook) -> Iterator[Finding]:
    milestones = [id_ for id_, milestone in model.milestones.items() if milestone.value or id_ in _VALUE_IDS]
    if not milestones:
        yield Finding(
            "no milestone stands for realized value, so the journey cannot end at it",
            ("milestones",),
            expected="a milestone with value: true, or scope: part for a stretch of a journey",
            suggestion="milestones: {first_value: {title: ..., event: ..., value: true, raci: {A: ...}}}",
        )
        return
    wanted = frozenset(f"{id_}.reached" for id_ in milestones)
    criteria = [criterion.check for stage in model.stages for criterion in stage.exit]
    if model.outcome is not None:
        criteria += [criterion.check for criterion in model.outcome.achieved]
    if not any(_names(text, wanted) for text in criteria):
        milestone = model.milestones[milestones[0]]
        yield Finding(
            f"the journey does not end at value: no exit and no outcome asks for the milestone "
            f"{named(milestone.title, milestones[0])}",
            ("milestones", milestones[0]),
            on_key=True,
            expected=f"{listed(sorted(wanted), 'or')} in outcome.achieved or in the exit of a stage",
            suggestion=f"outcome: {{achieved: {milestones[0]}.reached}}",
        )


def _names(expression: str, wanted: frozenset[str] | set[str]) -> bool:
    """Whether an expression reads one of the names. Most do not even contain them, and need no parsing."""
    if not any(name in expression for name in wanted):
        return False
    return any(use.name in wanted for use in parse_expression(expression).names)


RULE = Rule(
    code="GRF005",
    name="not-from-signature-to-value",
    severity=Severity.ERROR,
    profile="basic",
    what="A journey does not start at the signature, or does not end at realized value.",
    why="Days before the kickoff and after the go-live are days the customer waits for value; both belong to it.",
    bad="""\
anchors:
  closed_won: {event: meeting.attended, start: true}
stages:
  - id: adoption
    enter: meeting.attended
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: [ae, admin]}
handoffs: null
""",
    good="""\
anchors:
  closed_won: {event: deal.closed_won, start: true}
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: [ae, admin]}
handoffs: null
""",
    graph=True,
    playbook=check,
)
