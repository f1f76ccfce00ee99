"""GRF001: it is not said where the journey starts, or said twice."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """A first stage, and one way to start it: an anchor with ``start``, or what the stage itself asks for.

    A part is started by the playbook that runs it.
    """
    del context
    model = playbook.model
    starts = [(id_, anchor) for id_, anchor in model.anchors.items() if anchor.start]
    if not model.stages:
        yield Finding(
            "the playbook has no stages, so nothing can start", ("stages",), expected="at least one stage"
        )
    elif not starts and not model.stages[0].enter and model.scope != "part":
        yield Finding(
            f"nothing starts the journey: no anchor has start: true, and {stage_name(model.stages[0])} "
            "comes first without saying what it is entered on",
            ("stages", 0, "enter"),
            expected="an anchor that starts the journey, or an 'enter' on the first stage",
            suggestion="anchors: {closed_won: {event: deal.closed_won, start: true}}",
        )
    for id_, anchor in starts[1:]:
        first = playbook.document.locator.place(("anchors", starts[0][0], "start"))
        yield Finding(
            f"the anchor {named(anchor.title, id_)} starts the journey as well",
            ("anchors", id_, "start"),
            related=(Related(f"{named(starts[0][1].title, starts[0][0])} starts it here", first),),
            expected="start: true on one anchor",
        )


RULE = Rule(
    code="GRF001",
    name="start-unclear",
    severity=Severity.ERROR,
    profile="basic",
    what="The playbook has no start, or more than one.",
    why="Every clock and every cohort begins at the start; with none or two, no two reports agree.",
    bad="""\
anchors:
  closed_won: {event: deal.closed_won, start: true}
  signature: {event: contract.signed, start: true}
""",
    good="""\
anchors:
  closed_won: {event: deal.closed_won, start: true}
  signature: {event: contract.signed}
""",
    graph=True,
    playbook=check,
)
