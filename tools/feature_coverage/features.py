"""The features that eighteen published playbooks need, and how the language says each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feature_coverage.uses import Use
from playbook.language.raci import AnyOf
from playbook.text.quantities import Duration, Timing

Test = Callable[[Use], bool]


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


def _key(form: str, key: str, holds: Test = lambda _: True) -> Test:
    """The key of a form is used, with a value for which ``holds``."""
    return lambda use: use.form == form and use.key == key and bool(use.value) and holds(use)


def _either(*tests: Test) -> Test:
    return lambda use: any(test(use) for test in tests)


def _is(*values: object) -> Test:
    return lambda use: use.value in values


def _many(number: int) -> Test:
    return lambda use: len(use.value) >= number


def _has(text: str) -> Test:
    return lambda use: text in str(use.value)


def _timer(direction: str) -> Test:
    return lambda use: isinstance(use.value, Timing) and use.value.direction == direction


def _duration(holds: Callable[[Duration], bool]) -> Test:
    """A duration, alone or in a timing, for which ``holds``."""

    def used(use: Use) -> bool:
        duration = use.value.offset if isinstance(use.value, Timing) else use.value
        return isinstance(duration, Duration) and holds(duration)

    return used


def _threshold(use: Use) -> bool:
    text = " ".join(str(getattr(part, "check", part)) for part in _parts(use.value))
    return any(f" {sign} " in text for sign in ("<", "<=", ">", ">="))


def _parts(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _open(duration: Duration) -> bool:
    return duration.low is None or duration.high is None


def _in_forms(key: str, test: Test, *forms: str) -> Test:
    return _either(*(_key(form, key, test) for form in forms))


FEATURES: tuple[Feature, ...] = (
    Feature(
        "Documents and other results that a step needs or makes",
        17,
        (
            Form("`produces:` of a step", _key("Step", "produces")),
            Form("`needs:` of a step", _key("Step", "needs")),
            Form("`artifacts:` with title and template", _key("Playbook", "artifacts")),
        ),
    ),
    Feature(
        "Work or a way that depends on the customer",
        17,
        (
            Form("`when:` of a step", _key("Step", "when", _has("account."))),
            Form("`next:` with `when:` and `otherwise:`", _key("Branch", "when")),
        ),
    ),
    Feature(
        "Time counted from something that has happened",
        16,
        (Form("`due: 5bd after kickoff`", _in_forms("due", _timer("after"), "Step", "Stage")),),
    ),
    Feature(
        "Segments with other steps, not only other numbers",
        15,
        (
            Form("`variants:` with `remove`", _key("Variant", "remove")),
            Form("`add`", _key("Variant", "add")),
            Form("`replace`", _key("Variant", "replace")),
            Form("`set`", _key("Variant", "set")),
        ),
    ),
    Feature(
        "Work that is advised or left to judgement",
        15,
        (
            Form("`need: recommended`", _in_forms("need", _is("recommended"), "Step", "Routine")),
            Form("`need: optional`", _in_forms("need", _is("optional"), "Step", "Routine", "ChecklistItem")),
        ),
    ),
    Feature("Data to be written down at a step", 14, (Form("`captures:`", _key("Step", "captures")),)),
    Feature(
        "Tasks of the customer",
        13,
        (
            Form("`party: customer`", _key("Step", "party", _is("customer"))),
            Form("`party: joint`, done together", _key("Step", "party", _is("joint"))),
        ),
    ),
    Feature(
        "Gates: what must hold before a stage and before its end",
        13,
        (Form("`enter:`", _key("Stage", "enter")), Form("`exit:`", _key("Stage", "exit"))),
    ),
    Feature(
        "Sign-off by a certain role, or by a vote",
        12,
        (
            Form("`approval: {by: ...}`", _key("Step", "approval")),
            Form("`vote: {share: 0.66}`", _in_forms("vote", lambda _: True, "Approval", "Criterion")),
        ),
    ),
    Feature(
        "A number that moves the account on",
        11,
        (
            Form(
                "comparisons in conditions",
                _either(
                    _key("Stage", "exit", _threshold),
                    _key("Milestone", "when", _threshold),
                    _key("Branch", "when", _threshold),
                    _key("Interrupt", "when", _threshold),
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
                _duration(lambda each: not _open(each) and each.low != each.high),
            ),
            Form("`..2w`, `2w..`", _duration(_open)),
            Form("`~8w`", _duration(lambda each: each.approximate)),
        ),
    ),
    Feature(
        "Handoffs that say what goes along",
        11,
        (
            Form("`handoffs:` with `payload:`", _key("Handoff", "payload")),
            Form("`accept:` with a clock", _key("Acceptance", "within")),
            Form("`reject:`", _key("Handoff", "reject")),
        ),
    ),
    Feature(
        "Work that recurs, also at a changing rhythm",
        11,
        (
            Form("`repeat:`", _key("Step", "repeat")),
            Form("`then:`", _key("Repeat", "then")),
            Form("`routines:` with `every:`", _key("Routine", "every")),
        ),
    ),
    Feature(
        "Several dates that timers hang on",
        10,
        (Form("`anchors:`", _key("Playbook", "anchors", _many(2))),),
    ),
    Feature(
        "Checklists inside checklists",
        10,
        (Form("`checklist:` of a line", _key("ChecklistItem", "checklist")),),
    ),
    Feature(
        "Work side by side, and stages that begin early",
        10,
        (Form("`parallel: true`", _key("Stage", "parallel")), Form("`overlaps:`", _key("Stage", "overlaps"))),
    ),
    Feature(
        "Steps that a system does",
        10,
        (
            Form(
                "`automation: automated`, `party: system`",
                _either(_key("Step", "automation", _is("automated")), _key("Step", "party", _is("system"))),
            ),
        ),
    ),
    Feature(
        "Time counted back from a date that may move",
        9,
        (
            Form("`due: 14d before go_live`", _in_forms("due", _timer("before"), "Step", "Stage")),
            Form("`moves: true`", _key("Anchor", "moves")),
        ),
    ),
    Feature(
        "Leaving from any stage",
        9,
        (
            Form("`interrupts:` with `end`", _key("Interrupt", "end")),
            Form("`interrupts:` with `to` or `run`", _either(_key("Interrupt", "run"), _key("Interrupt", "to"))),
        ),
    ),
    Feature(
        "A playbook inside another",
        9,
        (
            Form("`run:`", _key("Step", "run")),
            Form("`interface:` of the one that is run", _key("Playbook", "interface")),
        ),
    ),
    Feature(
        "Events that set something off",
        8,
        (
            Form("`anchors:` with `event`", _key("Anchor", "event")),
            Form(
                "`event:` of an interrupt or a routine",
                _either(_key("Interrupt", "event"), _key("Routine", "event")),
            ),
        ),
    ),
    Feature(
        "Several owners of one piece of work",
        8,
        (
            Form("`R: [csm, se]`, together", _key("Raci", "R", lambda use: len(_parts(use.value)) > 1)),
            Form("`R: {any_of: [csm, ae]}`", _key("Raci", "R", lambda use: isinstance(use.value, AnyOf))),
        ),
    ),
    Feature(
        "An owner who is named later, and a fallback",
        8,
        (Form("`assigned_by:`", _key("Role", "assigned_by")), Form("`backup:`", _key("Role", "backup"))),
    ),
    Feature("A pool or queue as owner", 8, (Form("`pool:` of a role", _key("Role", "pool")),)),
    Feature(
        "What happens when a promise about time is broken",
        8,
        (
            Form("`sla:` with `breach`", _key("Sla", "breach")),
            Form("`escalate:`", _key("Sla", "escalate")),
        ),
    ),
    Feature(
        "Once for each contact, instance or ticket",
        8,
        (Form("`for_each:`", _key("Step", "for_each")),),
    ),
    Feature(
        "Rework and ways back",
        8,
        (
            Form("`on_reject: {back_to: ..., at_most: ...}`", _key("Rework", "back_to")),
            Form("`next:` to an earlier stage", _either(_key("Branch", "at_most"), _key("Branch", "within"))),
        ),
    ),
    Feature(
        "Sources that contradict themselves or leave things open",
        8,
        (
            Form("nothing is invented; `check` reports it", _key("finding", "RCI002")),
            Form("what is missing is reported as well", _key("finding", "CRT001")),
        ),
    ),
    Feature(
        "Decisions over three conditions or more",
        7,
        (Form("`decisions:`", _key("DecisionTable", "rules", _many(3))),),
    ),
    Feature("Several ways for it to be over", 7, (Form("`ends:`", _key("Playbook", "ends", _many(2))),)),
    Feature(
        "Business days and hours, change windows, holidays",
        6,
        (
            Form("`5bd`", _duration(lambda each: each.unit == "bd")),
            Form("`4bh`", _duration(lambda each: each.unit == "bh")),
            Form("`window:`", _key("Step", "window")),
            Form("`country:` and `closures:` of a calendar", _key("Calendar", "country")),
        ),
    ),
    Feature("KPIs with a number to reach", 6, (Form("`target: <= 45d`", _key("Kpi", "target")),)),
    Feature(
        "What silence means",
        6,
        (
            Form("`on_silence:`", _key("Approval", "on_silence", _is("approve", "reject", "escalate"))),
            Form("`silent: {for: 14d}` of an interrupt", _key("Interrupt", "silent")),
        ),
    ),
    Feature(
        "Finer states than open and done; a clock that stops",
        5,
        (
            Form("`statuses:`", _key("Stage", "statuses")),
            Form("`clock: stopped`", _key("Status", "clock", _is("stopped"))),
            Form("`pause_while:`", _key("Sla", "pause_while")),
        ),
    ),
    Feature(
        "Versions, and which accounts they hold for",
        4,
        (
            Form("`version:`", _key("Playbook", "version")),
            Form("`effective:`", _key("Playbook", "effective")),
        ),
    ),
    Feature(
        "Things not to do",
        3,
        (Form("`need: forbidden`", _in_forms("need", _is("forbidden"), "Step", "ChecklistItem", "Routine")),),
    ),
    Feature(
        "Special rules of a KPI",
        3,
        (
            Form("`clamp:`", _key("Kpi", "clamp")),
            Form("`source: either`, `manual`", _key("Kpi", "source", _is("either", "manual"))),
            Form("`cohort:`", _key("Kpi", "cohort")),
        ),
    ),
    Feature(
        "Least and most numbers",
        3,
        (
            Form("`for_each: {at_least: ...}`", _key("ForEach", "at_least")),
            Form("`repeat: {at_most: ...}`", _key("Repeat", "at_most")),
            Form("`at_least`, `at_most` of a role", _either(_key("Role", "at_least"), _key("Role", "at_most"))),
        ),
    ),
)

UNUSED: frozenset[str] = frozenset({"`replace`", "`vote: {share: 0.66}`"})
"""Forms, as written above, that no shipped file uses yet."""
