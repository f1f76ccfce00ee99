"""TRK003: a milestone or anchor of which nothing says when it is reached."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.metrics import Kpi
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Milestones without event and condition, anchors without event and field. Stages have events of their own.

    One that a KPI hangs on is told by KPI005.
    """
    del context
    model = playbook.model
    silent = [
        (
            "milestone",
            "milestones",
            id_,
            milestone.title,
            "event (an event of the tracking plan) or when (conditions)",
        )
        for id_, milestone in model.milestones.items()
        if milestone.event is None and not milestone.when
    ] + [
        ("anchor", "anchors", id_, anchor.title, "event (what happens) or field (the field that holds the date)")
        for id_, anchor in model.anchors.items()
        if anchor.event is None and anchor.field is None
    ]
    if not silent:
        return
    measured = _measured(playbook)
    for kind, key, id_, title, expected in silent:
        lost = any(is_lost(playbook.document, (key, id_, part)) for part in ("event", "when", "field"))
        if id_ not in measured and not lost:
            yield Finding(
                f"nothing says when the {kind} {named(title, id_)} is reached: it has no event and no "
                f"{'condition' if kind == 'milestone' else 'field'}",
                (key, id_),
                on_key=True,
                expected=expected,
            )


def _measured(playbook: CompiledPlaybook) -> set[str | None]:
    """The points that KPIs hang on."""
    found: set[str | None] = set()
    for symbol in playbook.workspace_symbols["kpi"].values():
        if isinstance(symbol.value, Kpi):
            found.update((symbol.value.since, symbol.value.until, symbol.value.cohort))
    return found


RULE = Rule(
    code="TRK003",
    name="milestone-without-event",
    severity=Severity.ERROR,
    profile="team",
    what="A milestone has neither an event nor a condition, or an anchor neither an event nor a field.",
    why="No tool can tell that it has been reached: what waits for it waits until somebody says so in a meeting.",
    bad="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
  value_agreed: {title: Value agreed with the sponsor, raci: {A: csm}}
""",
    good="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
  value_agreed:
    title: Value agreed with the sponsor
    when: account.active_seats >= 5
    raci: {A: csm}
""",
    playbook=check,
)
