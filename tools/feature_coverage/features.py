"""The features that eighteen published playbooks need, and how the language says each of them."""

from __future__ import annotations

from dataclasses import dataclass

from feature_coverage.predicates import (
    Test,
    at_least,
    compares_numbers,
    contains,
    duration,
    either,
    is_one_of,
    is_open,
    key,
    key_of_any,
    parts,
    timer,
)
from playbook.language.raci import AnyOf


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which the language says a feature: how it is written, and what counts as a use of it."""

    written: str
    used_by: Test


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that published playbooks need; ``of_18`` is how many of eighteen."""

    name: str
    of_18: int
    forms: tuple[Form, ...]


FEATURES: tuple[Feature, ...] = (
    Feature(
        "Documents and other results that a step needs or makes",
        17,
        (
            Form("`produces:` of a step", key("Step", "produces")),
            Form("`needs:` of a step", key("Step", "needs")),
            Form("`artifacts:` with title and template", key("Playbook", "artifacts")),
        ),
    ),
    Feature(
        "Work or a way that depends on the customer",
        17,
        (
            Form("`when:` of a step", key("Step", "when", contains("account."))),
            Form("`next:` with `when:` and `otherwise:`", key("Branch", "when")),
        ),
    ),
    Feature(
        "Time counted from something that has happened",
        16,
        (Form("`due: 5bd after kickoff`", key_of_any("due", timer("after"), "Step", "Stage")),),
    ),
    Feature(
        "Segments with other steps, not only other numbers",
        15,
        (
            Form("`variants:` with `remove`", key("Variant", "remove")),
            Form("`add`", key("Variant", "add")),
            Form("`replace`", key("Variant", "replace")),
            Form("`set`", key("Variant", "set")),
        ),
    ),
    Feature(
        "Work that is advised or left to judgement",
        15,
        (
            Form("`need: recommended`", key_of_any("need", is_one_of("recommended"), "Step", "Routine")),
            Form("`need: optional`", key_of_any("need", is_one_of("optional"), "Step", "Routine", "ChecklistItem")),
        ),
    ),
    Feature("Data to be written down at a step", 14, (Form("`captures:`", key("Step", "captures")),)),
    Feature(
        "Tasks of the customer",
        13,
        (
            Form("`party: customer`", key("Step", "party", is_one_of("customer"))),
            Form("`party: joint`, done together", key("Step", "party", is_one_of("joint"))),
        ),
    ),
    Feature(
        "Gates: what must hold before a stage and before its end",
        13,
        (Form("`enter:`", key("Stage", "enter")), Form("`exit:`", key("Stage", "exit"))),
    ),
    Feature(
        "Sign-off by a certain role, or by a vote",
        12,
        (
            Form("`approval: {by: ...}`", key("Step", "approval")),
            Form("`vote: {share: 0.66}`", key_of_any("vote", lambda _: True, "Approval", "Criterion")),
        ),
    ),
    Feature(
        "A number that moves the account on",
        11,
        (
            Form(
                "comparisons in conditions",
                either(
                    key("Stage", "exit", compares_numbers),
                    key("Milestone", "when", compares_numbers),
                    key("Branch", "when", compares_numbers),
                    key("Interrupt", "when", compares_numbers),
                ),
            ),
        ),
    ),
    Feature(
        "Times that are ranges, limits or estimates",
        11,
        (
            Form(
                "`1..2w`",
                duration(lambda each: not is_open(each) and each.low != each.high),
            ),
            Form("`..2w`, `2w..`", duration(is_open)),
            Form("`~8w`", duration(lambda each: each.approximate)),
        ),
    ),
    Feature(
        "Handoffs that say what goes along",
        11,
        (
            Form("`handoffs:` with `payload:`", key("Handoff", "payload")),
            Form("`accept:` with a clock", key("Acceptance", "within")),
            Form("`reject:`", key("Handoff", "reject")),
        ),
    ),
    Feature(
        "Work that recurs, also at a changing rhythm",
        11,
        (
            Form("`repeat:`", key("Step", "repeat")),
            Form("`then:`", key("Repeat", "then")),
            Form("`routines:` with `every:`", key("Routine", "every")),
        ),
    ),
    Feature(
        "Several dates that timers hang on",
        10,
        (Form("`anchors:`", key("Playbook", "anchors", at_least(2))),),
    ),
    Feature(
        "Checklists inside checklists",
        10,
        (Form("`checklist:` of a line", key("ChecklistItem", "checklist")),),
    ),
    Feature(
        "Work side by side, and stages that begin early",
        10,
        (Form("`parallel: true`", key("Stage", "parallel")), Form("`overlaps:`", key("Stage", "overlaps"))),
    ),
    Feature(
        "Steps that a system does",
        10,
        (
            Form(
                "`automation: automated`, `party: system`",
                either(
                    key("Step", "automation", is_one_of("automated")), key("Step", "party", is_one_of("system"))
                ),
            ),
        ),
    ),
    Feature(
        "Time counted back from a date that may move",
        9,
        (
            Form("`due: 14d before go_live`", key_of_any("due", timer("before"), "Step", "Stage")),
            Form("`moves: true`", key("Anchor", "moves")),
        ),
    ),
    Feature(
        "Leaving from any stage",
        9,
        (
            Form("`interrupts:` with `end`", key("Interrupt", "end")),
            Form("`interrupts:` with `to` or `run`", either(key("Interrupt", "run"), key("Interrupt", "to"))),
        ),
    ),
    Feature(
        "A playbook inside another",
        9,
        (
            Form("`run:`", key("Step", "run")),
            Form("`interface:` of the one that is run", key("Playbook", "interface")),
        ),
    ),
    Feature(
        "Events that set something off",
        8,
        (
            Form("`anchors:` with `event`", key("Anchor", "event")),
            Form(
                "`event:` of an interrupt or a routine",
                either(key("Interrupt", "event"), key("Routine", "event")),
            ),
        ),
    ),
    Feature(
        "Several owners of one piece of work",
        8,
        (
            Form("`R: [csm, se]`, together", key("Raci", "R", lambda use: len(parts(use.value)) > 1)),
            Form("`R: {any_of: [csm, ae]}`", key("Raci", "R", lambda use: isinstance(use.value, AnyOf))),
        ),
    ),
    Feature(
        "An owner who is named later, and a fallback",
        8,
        (Form("`assigned_by:`", key("Role", "assigned_by")), Form("`backup:`", key("Role", "backup"))),
    ),
    Feature("A pool or queue as owner", 8, (Form("`pool:` of a role", key("Role", "pool")),)),
    Feature(
        "What happens when a promise about time is broken",
        8,
        (
            Form("`sla:` with `breach`", key("Sla", "breach")),
            Form("`escalate:`", key("Sla", "escalate")),
        ),
    ),
    Feature(
        "Once for each contact, instance or ticket",
        8,
        (Form("`for_each:`", key("Step", "for_each")),),
    ),
    Feature(
        "Rework and ways back",
        8,
        (
            Form("`on_reject: {back_to: ..., at_most: ...}`", key("Rework", "back_to")),
            Form("`next:` to an earlier stage", either(key("Branch", "at_most"), key("Branch", "within"))),
        ),
    ),
    Feature(
        "Sources that contradict themselves or leave things open",
        8,
        (
            Form("nothing is invented; `check` reports it", key("finding", "RCI002")),
            Form("what is missing is reported as well", key("finding", "CRT001")),
        ),
    ),
    Feature(
        "Decisions over three conditions or more",
        7,
        (Form("`decisions:`", key("DecisionTable", "rules", at_least(3))),),
    ),
    Feature("Several ways for it to be over", 7, (Form("`ends:`", key("Playbook", "ends", at_least(2))),)),
    Feature(
        "Business days and hours, change windows, holidays",
        6,
        (
            Form("`5bd`", duration(lambda each: each.unit == "bd")),
            Form("`4bh`", duration(lambda each: each.unit == "bh")),
            Form("`window:`", key("Step", "window")),
            Form("`country:` and `closures:` of a calendar", key("Calendar", "country")),
        ),
    ),
    Feature("KPIs with a number to reach", 6, (Form("`target: <= 45d`", key("Kpi", "target")),)),
    Feature(
        "What silence means",
        6,
        (
            Form("`on_silence:`", key("Approval", "on_silence", is_one_of("approve", "reject", "escalate"))),
            Form("`silent: {for: 14d}` of an interrupt", key("Interrupt", "silent")),
        ),
    ),
    Feature(
        "Finer states than open and done; a clock that stops",
        5,
        (
            Form("`statuses:`", key("Stage", "statuses")),
            Form("`clock: stopped`", key("Status", "clock", is_one_of("stopped"))),
            Form("`pause_while:`", key("Sla", "pause_while")),
        ),
    ),
    Feature(
        "Versions, and which accounts they hold for",
        4,
        (
            Form("`version:`", key("Playbook", "version")),
            Form("`effective:`", key("Playbook", "effective")),
        ),
    ),
    Feature(
        "Things not to do",
        3,
        (
            Form(
                "`need: forbidden`", key_of_any("need", is_one_of("forbidden"), "Step", "ChecklistItem", "Routine")
            ),
        ),
    ),
    Feature(
        "Special rules of a KPI",
        3,
        (
            Form("`clamp:`", key("Kpi", "clamp")),
            Form("`source: either`, `manual`", key("Kpi", "source", is_one_of("either", "manual"))),
            Form("`cohort:`", key("Kpi", "cohort")),
        ),
    ),
    Feature(
        "Least and most numbers",
        3,
        (
            Form("`for_each: {at_least: ...}`", key("ForEach", "at_least")),
            Form("`repeat: {at_most: ...}`", key("Repeat", "at_most")),
            Form("`at_least`, `at_most` of a role", either(key("Role", "at_least"), key("Role", "at_most"))),
        ),
    ),
)

UNUSED: frozenset[str] = frozenset()
"""Forms, as written above, that no shipped file uses yet."""
