"""What people write and the flows that it means, for each construct that orders work."""

from __future__ import annotations

import pytest
from building import playbook_of

HEAD = "playbook: p\nends: {done: {success: true}, lost: {}}\n"


def flows(text: str) -> list[str]:
    """The flows as ``source -> target``, with kind, condition and bound where they are not the usual."""
    shown = []
    for flow in playbook_of(HEAD + text).process.flows:
        extra = [
            *([flow.kind] if flow.kind != "sequence" else []),
            *([f'"{flow.label}"'] if flow.label else []),
            *(["bounded"] if flow.bounded else []),
        ]
        shown.append(f"{flow.source} -> {flow.target}" + (f" ({', '.join(extra)})" if extra else ""))
    return shown


CASES = {
    "the order of the file": (
        "stages: [{id: a, steps: [{id: s}, {id: t}, {id: u}]}]",
        [
            "enter.a -> step.s",
            "step.s -> step.t",
            "step.t -> step.u",
            "step.u -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "after": (
        "stages: [{id: a, steps: [{id: s}, {id: t}, {id: u, after: s}, {id: v, after: [t, u]}]}]",
        [
            "enter.a -> step.s",
            "step.s -> step.t",
            "step.s -> step.u",
            "step.t -> step.v",
            "step.u -> step.v",
            "step.v -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "after a step that is written later": (
        "stages: [{id: a, steps: [{id: s, after: t}, {id: t, after: m}]}]\n"
        "milestones: {m: {event: deal.closed_won}}",
        [
            "step.t -> step.s",
            "enter.a -> step.t",
            "step.s -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "parallel": (
        "stages: [{id: a, parallel: true, steps: [{id: s}, {id: t}, {id: u, after: s}]}]",
        [
            "enter.a -> step.s",
            "enter.a -> step.t",
            "step.s -> step.u",
            "step.t -> exit.a",
            "step.u -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "stages in their order": (
        "stages: [{id: a, steps: [{id: s}]}, {id: b, steps: [{id: t}]}]",
        [
            "enter.a -> step.s",
            "step.s -> exit.a",
            "enter.b -> step.t",
            "step.t -> exit.b",
            "start -> enter.a",
            "exit.a -> enter.b",
            "exit.b -> end.done",
        ],
    ),
    "a stage without steps": (
        "stages: [{id: a}]",
        ["enter.a -> exit.a", "start -> enter.a", "exit.a -> end.done"],
    ),
    "after a step of another stage": (
        "stages: [{id: a, steps: [{id: s}]}, {id: b, steps: [{id: t}, {id: u, after: s}]}]",
        [
            "enter.a -> step.s",
            "step.s -> exit.a",
            "enter.b -> step.t",
            "step.s -> step.u",
            "enter.b -> step.u",
            "step.t -> exit.b",
            "step.u -> exit.b",
            "start -> enter.a",
            "exit.a -> enter.b",
            "exit.b -> end.done",
        ],
    ),
    "a choice": (
        "stages: [{id: a, steps: [{id: s}, {id: t, when: account.status == 1}, {id: u}, {id: v}],"
        " choose: {one_of: [t, u]}}]",
        [
            "enter.a -> step.s",
            'choice.a.1 -> step.t (condition, "account.status == 1")',
            "step.t -> choice.a.1.join",
            "step.s -> choice.a.1",
            "choice.a.1 -> step.u (condition)",
            "step.u -> choice.a.1.join",
            "choice.a.1.join -> step.v",
            "step.v -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "a choice of one is none": (
        "stages: [{id: a, steps: [{id: s}], choose: {one_of: [s]}}]",
        ["enter.a -> step.s", "step.s -> exit.a", "start -> enter.a", "exit.a -> end.done"],
    ),
    "an approval that sends back": (
        "stages: [{id: a, steps: [{id: s},"
        " {id: t, approval: {by: csm, on_reject: {back_to: s, at_most: 2}}}, {id: u}]}]",
        [
            "step.t -> approval.t",
            "enter.a -> step.s",
            "step.s -> step.t",
            'approval.t -> step.s (rework, "rejected", bounded)',
            "approval.t -> step.u",
            "step.u -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "an approval that sends back without a limit": (
        "stages: [{id: a, steps: [{id: s, approval: {by: csm, on_reject: {back_to: s}}}]}]",
        [
            "step.s -> approval.s",
            "enter.a -> step.s",
            'approval.s -> step.s (rework, "rejected")',
            "approval.s -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "an approval that ends the journey": (
        "stages: [{id: a, steps: [{id: s, approval: {by: csm, on_reject: {end: lost}}}]}]",
        [
            "step.s -> approval.s",
            "enter.a -> step.s",
            'approval.s -> end.lost (condition, "rejected")',
            "approval.s -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "an approval without a way back is a step": (
        "stages: [{id: a, steps: [{id: s, approval: {by: csm}}]}]",
        ["enter.a -> step.s", "step.s -> exit.a", "start -> enter.a", "exit.a -> end.done"],
    ),
    "a handoff at a stage": (
        "stages: [{id: a, steps: [{id: s}]}, {id: b, steps: [{id: t}]}]\n"
        "handoffs: {h: {from: ae, to: csm, at: a, reject: {back_to: s, at_most: 1}}}",
        [
            "enter.a -> step.s",
            "step.s -> exit.a",
            "enter.b -> step.t",
            "step.t -> exit.b",
            "start -> enter.a",
            "exit.a -> handoff.h",
            "handoff.h -> enter.b",
            "exit.b -> end.done",
            'handoff.h -> step.s (rework, "rejected", bounded)',
        ],
    ),
    "a handoff at a step": (
        "stages: [{id: a, steps: [{id: s}, {id: t}]}]\n"
        "handoffs: {h: {from: ae, to: csm, at: s, reject: {end: lost}}}",
        [
            "step.s -> handoff.h",
            "enter.a -> step.s",
            "handoff.h -> step.t",
            "step.t -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
            'handoff.h -> end.lost (condition, "rejected")',
        ],
    ),
    "a handoff that cannot be rejected parts nothing": (
        "stages: [{id: a, steps: [{id: s}]}]\nhandoffs: {h: {from: ae, to: csm, at: a, accept: {within: 1bd}}}",
        ["enter.a -> step.s", "step.s -> exit.a", "start -> enter.a", "exit.a -> end.done"],
    ),
    "branches": (
        "stages: [{id: a, next: [{to: c, when: account.status == 1}, {to: lost, when: account.status == 2},"
        " {to: b, otherwise: true}]}, {id: b}, {id: c}]",
        [
            "enter.a -> exit.a",
            "enter.b -> exit.b",
            "enter.c -> exit.c",
            "start -> enter.a",
            "exit.a -> next.a",
            'next.a -> enter.c (condition, "account.status == 1")',
            'next.a -> end.lost (condition, "account.status == 2")',
            'next.a -> enter.b (condition, "otherwise")',
            "exit.b -> enter.c",
            "exit.c -> end.done",
        ],
    ),
    "one way on": (
        "stages: [{id: a, next: c}, {id: b}, {id: c}]",
        [
            "enter.a -> exit.a",
            "enter.b -> exit.b",
            "enter.c -> exit.c",
            "start -> enter.a",
            "exit.a -> enter.c",
            "exit.b -> enter.c",
            "exit.c -> end.done",
        ],
    ),
    "a way back": (
        "stages: [{id: a}, {id: b, next:"
        " [{to: a, when: account.status == 1, at_most: 3}, {to: done, otherwise: true}]}]",
        [
            "enter.a -> exit.a",
            "enter.b -> exit.b",
            "start -> enter.a",
            "exit.a -> enter.b",
            "exit.b -> next.b",
            'next.b -> enter.a (rework, "account.status == 1", bounded)',
            'next.b -> end.done (condition, "otherwise")',
        ],
    ),
    "a stage again, for a while": (
        "stages: [{id: a, next: [{to: a, within: 2w}, {to: done, otherwise: true}]}]",
        [
            "enter.a -> exit.a",
            "start -> enter.a",
            "exit.a -> next.a",
            "next.a -> enter.a (rework, bounded)",
            'next.a -> end.done (condition, "otherwise")',
        ],
    ),
    "a stage that overlaps the one before it": (
        "stages: [{id: a, steps: [{id: s}]}, {id: b, overlaps: a, steps: [{id: t}]}, {id: c}]",
        [
            "enter.a -> step.s",
            "step.s -> exit.a",
            "enter.b -> step.t",
            "step.t -> exit.b",
            "enter.c -> exit.c",
            "start -> enter.a",
            "enter.a -> enter.b (overlap)",
            "exit.a -> enter.c",
            "exit.b -> enter.c",
            "exit.c -> end.done",
        ],
    ),
    "the last stage overlaps the one before it": (
        "stages: [{id: a}, {id: b, overlaps: a}]",
        [
            "enter.a -> exit.a",
            "enter.b -> exit.b",
            "start -> enter.a",
            "enter.a -> enter.b (overlap)",
            "exit.a -> exit.b",
            "exit.b -> end.done",
        ],
    ),
    "a stage that overlaps two": (
        "stages: [{id: a}, {id: b, overlaps: a}, {id: c, overlaps: [a, b]}, {id: d}]",
        [
            *(f"enter.{stage} -> exit.{stage}" for stage in "abcd"),
            "start -> enter.a",
            "enter.a -> enter.b (overlap)",
            "enter.a -> enter.c (overlap)",
            "enter.b -> enter.c (overlap)",
            *(f"exit.{stage} -> enter.d" for stage in "abc"),
            "exit.d -> end.done",
        ],
    ),
    "a choice whose steps do not stand together": (
        "stages: [{id: a, steps: [{id: s}, {id: c1}, {id: t}, {id: c2}, {id: u}], choose: {any_of: [c1, c2]}}]",
        [
            "enter.a -> step.s",
            "step.s -> choice.a.1",
            "choice.a.1 -> step.c1 (condition)",
            "choice.a.1 -> step.c2 (condition)",
            "step.c1 -> choice.a.1.join",
            "step.c2 -> choice.a.1.join",
            "choice.a.1.join -> step.t",
            "step.t -> step.u",
            "step.u -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "a choice waits for what all of its steps wait for": (
        "stages: [{id: a, parallel: true, steps: [{id: s}, {id: t}, {id: c1, after: s}, {id: c2, after: [t, c1]},"
        " {id: u, after: c2}], choose: {one_of: [c1, c2]}}]",
        [
            "enter.a -> step.s",
            "enter.a -> step.t",
            "step.s -> choice.a.1",
            "step.t -> choice.a.1",
            "choice.a.1 -> step.c1 (condition)",
            "choice.a.1 -> step.c2 (condition)",
            "step.c1 -> choice.a.1.join",
            "step.c2 -> choice.a.1.join",
            "choice.a.1.join -> step.u",
            "step.u -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "what is forbidden takes no part": (
        "stages: [{id: a, steps: [{id: s}, {id: t, need: forbidden}, {id: u}]}]",
        [
            "enter.a -> step.s",
            "step.s -> step.u",
            "step.u -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "what waits for the forbidden is never reached": (
        "stages: [{id: a, steps: [{id: s}, {id: t, need: forbidden}, {id: u, after: t}]}]",
        [
            "enter.a -> step.s",
            "step.s -> exit.a",
            "step.u -> exit.a",
            "start -> enter.a",
            "exit.a -> end.done",
        ],
    ),
    "what waits for the forbidden and an earlier stage begins with its own": (
        "stages: [{id: a, steps: [{id: s}]}, {id: b, steps: [{id: t, need: forbidden}, {id: u, after: [s, t]}]}]",
        [
            "enter.a -> step.s",
            "step.s -> exit.a",
            "step.s -> step.u",
            "enter.b -> step.u",
            "step.u -> exit.b",
            "start -> enter.a",
            "exit.a -> enter.b",
            "exit.b -> end.done",
        ],
    ),
    "the second of two steps with one id takes no part": (
        "stages: [{id: a, steps: [{id: s}, {id: s}, {id: t}]}]",
        ["enter.a -> step.s", "step.s -> step.t", "step.t -> exit.a", "start -> enter.a", "exit.a -> end.done"],
    ),
    "what leads nowhere is left out": (
        "stages: [{id: a, steps: [{id: s, after: nowhere}], next: [{to: nowhere}, {to: done}]}]",
        [
            "enter.a -> step.s",
            "step.s -> exit.a",
            "start -> enter.a",
            "exit.a -> next.a",
            "next.a -> end.done",
        ],
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_flows(what: str) -> None:
    text, expected = CASES[what]
    # The order of flows says nothing; that of nodes does.
    assert sorted(flows(text)) == sorted(expected)


def test_two_ends_that_are_a_success_leave_the_last_stage_open() -> None:
    process = playbook_of(
        "playbook: p\nends: {x: {success: true}, y: {success: true}}\nstages: [{id: a}]\n"
    ).process
    assert process.successors["exit.a"] == []


def test_interrupts() -> None:
    text = (
        "stages: [{id: a}, {id: b}]\n"
        "interrupts: {gone: {end: lost}, again: {to: a, stages: b}, play: {run: rescue}, odd: {end: nowhere}}\n"
    )
    found = [(each.id, each.stages, each.target) for each in playbook_of(HEAD + text).process.interrupts]
    assert found == [
        ("gone", ("a", "b"), "end.lost"),
        ("again", ("b",), "enter.a"),
        ("play", ("a", "b"), None),
        ("odd", ("a", "b"), None),
    ]


def test_nodes_are_in_the_order_of_the_file_and_know_their_place() -> None:
    process = playbook_of(
        HEAD + "stages: [{id: a, steps: [{id: s}]}, {id: b, steps: [{id: t}, {id: u}]}]\n"
    ).process
    assert list(process.nodes) == [
        "start",
        *("enter.a", "step.s", "exit.a"),
        *("enter.b", "step.t", "step.u", "exit.b"),
        *("end.done", "end.lost"),
    ]
    assert process.nodes["step.u"] == ("stages", 1, "steps", 1)
    assert process.nodes["end.lost"] == ("ends", "lost")


def test_owners_come_from_the_step_then_from_the_stage() -> None:
    process = playbook_of(
        HEAD
        + "stages:\n"
        + "  - {id: a, raci: {A: csm, R: [csm, ae], I: sales}, steps: [\n"
        + "      {id: s}, {id: t, raci: {R: {any_of: [ae, csm]}, C: ae}},\n"
        + "      {id: u, approval: {by: ae}}]}\n"
        + "  - {id: b, steps: [{id: v, approval: {by: [ae, csm]}}]}\n"
    ).process

    def letters(step: str) -> dict[str, tuple[str, ...]]:
        return {name: letter.holders for name, letter in process.tasks[f"step.{step}"].owners.letters()}

    assert letters("s") == {"R": ("csm", "ae"), "A": ("csm",), "I": ("sales",)}
    assert letters("t") == {"R": ("ae", "csm"), "A": ("csm",), "C": ("ae",), "I": ("sales",)}
    assert letters("u") == letters("s")
    assert letters("v") == {"R": ("ae", "csm")}
    responsible = process.tasks["step.t"].owners.responsible
    assert responsible is not None
    assert responsible.choice
    assert responsible.path == ("stages", 0, "steps", 1, "raci", "R")
