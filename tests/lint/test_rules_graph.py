"""Root causes of the graph rules: what follows from a mistake is not a mistake again."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lint_samples import Samples

from playbook.lint.examples import example_files
from playbook.lint.registry import all_rules, matching

GRAPH = [code for code in matching("GRF") if code not in ("GRF012", "GRF013", "GRF014")]
"""The rules about what leads where, not those about size and about ways to fail."""
PLAIN = "handoffs: null\nscope: part\ninterrupts: null\nends: {onboarded: {title: Onboarded, success: true}}\n"
OTHER = "anchors: {a: {event: meeting.attended, start: true}}\n"


def stage(id_: str, rest: str = "", steps: str = "") -> str:
    inside = steps or f"{{id: {id_}_step, do: Do it}}"
    return f"  - {{id: {id_}, {rest + ', ' if rest else ''}steps: [{inside}]}}\n"


def graph(samples: Samples, text: str) -> list[tuple[str, str]]:
    """The findings of the graph rules but GRF005, in a playbook without handoffs."""
    found = samples.example(PLAIN + text)
    return [(finding.code, finding.message) for finding in found if finding.code in GRAPH]


def test_an_unreachable_stage_is_told_but_not_what_follows_it(samples: Samples) -> None:
    text = "stages:\n" + stage("a", "next: d") + stage("b") + stage("c", "next: onboarded") + stage("d")
    assert graph(samples, text) == [
        ("GRF003", 'no way leads to the stage "b": the stages before it go elsewhere'),
    ]


def test_two_stages_that_only_lead_to_each_other(samples: Samples) -> None:
    text = (
        "stages:\n"
        + stage("a", "next: onboarded")
        + stage("b")
        + stage("c", "next: [{to: b, when: account.status, at_most: 2}, {to: onboarded, otherwise: true}]")
    )
    assert [code for code, _ in graph(samples, text)] == ["GRF003"]


def test_a_step_after_a_forbidden_one(samples: Samples) -> None:
    text = "stages:\n" + stage("a", steps="{id: x, do: Do x, need: forbidden}, {id: y, do: Do y, after: x}")
    assert graph(samples, text) == [
        ("GRF003", 'nothing leads to the step "Do y" (y): it follows x, which must not be done')
    ]


def test_a_misspelt_way_does_not_make_its_target_unreachable(samples: Samples) -> None:
    text = "stages:\n" + stage("a", "next: bb") + stage("b")
    assert graph(samples, text) == []


def test_steps_that_wait_for_each_other_are_one_mistake(samples: Samples) -> None:
    text = (
        "stages:\n"
        + stage("a")
        + stage("b", steps="{id: x, do: Do x, after: y}, {id: y, do: Do y, after: x}")
        + stage("c")
    )
    assert graph(samples, text) == [
        ("GRF010", "the steps wait for each other and none can begin: Do x → Do y → Do x"),
    ]


def test_a_long_cycle_is_cut_in_the_middle(samples: Samples) -> None:
    steps = ", ".join(f"{{id: s{n}, do: Do {n}}}" for n in range(1000))
    text = "stages:\n" + stage(
        "a", "next: [{to: a, when: account.status}, {to: onboarded, otherwise: true}]", steps
    )
    assert graph(samples, text) == [
        ("GRF010", "nothing bounds the way back: Do 0 → Do 1 → Do 2 → Do 3 → ... 995 more ... → Do 999 → Do 0")
    ]
    six = ", ".join(f"{{id: s{n}, do: Do {n}}}" for n in range(6))
    ((_, message),) = graph(samples, text.replace(steps, six))
    assert message.endswith("Do 0 → Do 1 → Do 2 → Do 3 → Do 4 → Do 5 → Do 0")


@pytest.mark.parametrize("bound", ["at_most: 3", "within: 3w"])
def test_a_bounded_way_back_is_no_loop(bound: str, samples: Samples) -> None:
    way = f"next: [{{to: a, when: account.status, {bound}}}, {{to: onboarded, otherwise: true}}]"
    assert graph(samples, "stages:\n" + stage("a", way)) == []


@pytest.mark.parametrize(
    ("repeat", "endless"),
    [
        ("{every: 1w}", True),
        ("{every: 1w, at_most: 3}", False),
        ("{every: 1w, lasts: 2mo}", False),
        ("{every: 1w, until: account.status}", False),
        ("{every: 1w, at_most: 3, then: {every: 1mo}}", True),
        ("{every: 1w, then: {every: 1mo, at_most: 3}}", False),
    ],
)
def test_repeats(repeat: str, endless: bool, samples: Samples) -> None:
    found = graph(samples, "stages:\n" + stage("a", steps=f"{{id: x, do: Do x, repeat: {repeat}}}"))
    assert [code for code, _ in found] == (["GRF010"] if endless else [])


def test_a_trap_is_told_once_at_its_first_stage(samples: Samples) -> None:
    trap = "next: {to: b, at_most: 2}"
    text = (
        "interrupts: {i: {when: account.status, to: b}}\nstages:\n"
        + stage("a", "next: onboarded")
        + stage("b")
        + stage("c", trap)
    )
    assert graph(samples, text) == [
        ("GRF004", 'no way leads from the stage "b" to an end: its 2 steps can only be done again')
    ]


@pytest.mark.parametrize(
    ("ends", "codes"),
    [
        ("{}", ["GRF002"]),
        ("{a: {success: true}, b: {success: true}}", ["GRF002"]),
        ("{a: {}}", ["GRF002"]),
        ("{a: {success: true}, b: {}}", ["GRF003"]),
        ("{a: {success: true}}", []),
    ],
)
def test_where_the_last_stage_leads(ends: str, codes: list[str], samples: Samples) -> None:
    found = graph(samples, f"ends: {ends}\nstages:\n" + stage("x") + stage("y"))
    assert [code for code, _ in found] == codes


def test_an_end_of_an_interrupt_is_reached(samples: Samples) -> None:
    text = all_rules()["GRF003"].bad
    assert graph(samples, text) == [("GRF003", 'the end "Stopped before value" (stopped) is never reached')]
    assert graph(samples, text + "interrupts: {i: {when: account.status, end: stopped}}\n") == []


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("anchors: {a: {field: account.use_case}}\nstages:\n  - {id: a, steps: [{id: x}]}\n", 1),
        ("scope: part\nanchors: {a: {field: account.use_case}}\nstages:\n  - {id: a, steps: [{id: x}]}\n", 0),
        ("anchors: null\nstages:\n  - {id: a, enter: deal.closed_won, steps: [{id: x}]}\n", 0),
        ("stages: []\n", 1),
        (
            "anchors: {a: {event: deal.closed_won, start: true}, b: {event: contract.signed, start: true}, "
            "c: {event: hold.ended, start: true}}\n",
            2,
        ),
    ],
)
def test_starts(text: str, many: int, samples: Samples) -> None:
    assert len(samples.only("GRF001", text)) == many


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("anchors: {a: {event: meeting.attended, start: true}}\n", 0),
        (OTHER + "stages: [{id: x, enter: meeting.attended, exit: first_value.reached}]\n", 1),
        (OTHER + "stages: [{id: x, exit: first_value.reached}]\n", 1),
        ("anchors: {a: {event: contract.signed, start: true}}\n", 0),
        ("anchors: {a: {event: meeting.attended, start: true}}\nscope: part\n", 0),
        (
            "anchors: {a: {event: contract.signed}}\n"
            "stages: [{id: x, enter: a.reached, exit: first_value.reached}]\n",
            0,
        ),
        ("anchors: null\nstages: [{id: x, enter: meeting.attended, exit: first_value.reached}]\n", 1),
        ("milestones: null\n", 1),
        ("milestones: {live: {value: true}}\n", 1),
        ("milestones: {live: {value: true}}\noutcome: {achieved: live.reached}\n", 0),
        ("milestones: {live: {}}\noutcome: {achieved: live.reached}\n", 1),
        ("outcome: null\n", 0),
    ],
)
def test_from_signature_to_value(text: str, many: int, samples: Samples) -> None:
    assert len(samples.only("GRF005", text)) == many


def test_a_clean_graph_never_loads_networkx(tmp_path: Path) -> None:
    """In a process of its own: here it may be loaded already."""
    for name, text in example_files("").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    code = """
import pathlib, sys
from lint_samples import EVERYTHING, TODAY
from playbook.compiler.compile import compile_paths
from playbook.lint.engine import lint
from playbook.lint.registry import all_rules
folder = pathlib.Path(sys.argv[1])
assert lint(compile_paths([folder], folder)[0].workspace, all_rules(), EVERYTHING, TODAY) == ()
assert "networkx" not in sys.modules
"""
    environment = dict(os.environ, PYTHONPATH=str(Path(__file__).parent))
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=environment, check=True)


# -- GRF003 and variants -------------------------------------------------------------------------

SEGMENTS = "segments: {small: {when: account.active_seats < 10}, large: {otherwise: true}}\n"
TWO_ENDS = "ends: {onboarded: {success: true}, stopped: {}}\n"


def unreached(samples: Samples, text: str, *variants: str) -> list[str]:
    """What GRF003 tells of a playbook and its variants ``v1``, ``v2`` ..."""
    edits = "".join(f"  v{at}: {{for: small, {each}}}\n" for at, each in enumerate(variants, 1))
    base = f"{PLAIN}milestones: null\noutcome: null\n{SEGMENTS}"
    return samples.only("GRF003", base + text + (f"variants:\n{edits}" if edits else ""))


def test_what_some_variant_reaches_is_there_for_it(samples: Samples) -> None:
    text = TWO_ENDS + "stages:\n" + stage("a", "next: onboarded") + stage("b", "next: onboarded")
    stopped, b = (
        'the end "stopped" is never reached',
        'no way leads to the stage "b": the stages before it go elsewhere',
    )
    assert unreached(samples, text) == [b, stopped] or unreached(samples, text) == [stopped, b]
    assert unreached(samples, text, "set: {a.next: b}") == [stopped]
    assert unreached(samples, text, "set: {a.next: b}", "set: {a.next: stopped}") == []
    # Edits that reach nothing new are no reason to be silent.
    assert len(unreached(samples, text, "set: {a.title: A}")) == 2


def test_what_a_variant_with_mistakes_reaches_is_not_known(samples: Samples) -> None:
    text = TWO_ENDS + "stages:\n" + stage("a", "next: onboarded")
    assert unreached(samples, text, "set: {a.next: [stopped, 1, {}]}") == []
    assert unreached(samples, text, "remove: nothing") == ['the end "stopped" is never reached']


TURN = "next: [{to: stopped, when: account.status}, {to: onboarded, otherwise: true}]"
ASK = "{id: x, do: Do x, approval: {by: csm, on_reject: {end: stopped}}}"
BY_B = stage("a", "next: [{to: b, when: account.status}, {to: c, otherwise: true}]") + stage("b", "next: stopped")


@pytest.mark.parametrize(
    ("stages", "edits"),
    [
        # The stage that led to an end, or the interrupt, is taken out.
        (BY_B + stage("c"), "remove: b"),
        (stage("a"), "remove: i"),
        # A key is taken away, or a branch.
        (stage("a", TURN), "set: {a.next: null}"),
        (stage("a", TURN), "set: {a.next: onboarded}"),
        (stage("a", steps=ASK), "set: {x.approval: null}"),
        (stage("a", steps=ASK), "replace: {x: {id: y, do: Do y}}"),
    ],
)
def test_an_end_to_which_only_removed_parts_led_is_left_out(stages: str, edits: str, samples: Samples) -> None:
    interrupts = "interrupts: {i: {when: account.status, end: stopped}}\n" if edits == "remove: i" else ""
    assert unreached(samples, TWO_ENDS + interrupts + "stages:\n" + stages) == []
    assert unreached(samples, TWO_ENDS + interrupts + "stages:\n" + stages, edits) == []


def test_a_stage_to_which_only_a_removed_one_led_is_left_out(samples: Samples) -> None:
    text = (
        "stages:\n"
        + stage("a", "next: [{to: b, when: account.status}, {to: d, otherwise: true}]")
        + stage("b")
        + stage("c")
        + stage("d")
    )
    assert unreached(samples, text) == []
    assert unreached(samples, text, "remove: b, set: {a.next: d}") == []


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ("set: {a.next: c}", 'no way leads to the stage "b": the stages before it go elsewhere (in variant "v1")'),
        (
            "add: [{after: a_step, step: {id: x, after: y}}, {after: a_step, step: {id: y, need: forbidden}}]",
            'nothing leads to the step "x": it follows y, which must not be done (in variant "v1")',
        ),
        (
            "set: {c_step.need: forbidden}, add: [{after: c_step, step: {id: x, after: c_step}}]",
            'nothing leads to the step "x": it follows c_step, which must not be done (in variant "v1")',
        ),
        (
            "add: [{after: a, stage: {id: n, next: c, steps: [{id: n_step}]}}], set: {a.next: n}",
            'no way leads to the stage "b": the stages before it go elsewhere (in variant "v1")',
        ),
    ],
)
def test_what_a_variant_turns_elsewhere_is_told(edits: str, message: str, samples: Samples) -> None:
    text = "stages:\n" + stage("a") + stage("b") + stage("c")
    assert unreached(samples, text) == []
    assert unreached(samples, text, edits) == [message]


def test_what_variants_have_in_common_names_them_all(samples: Samples) -> None:
    text = "stages:\n" + stage("a") + stage("b") + stage("c")
    (message,) = unreached(samples, text, "set: {a.next: c}", "remove: a_step, set: {a.next: c}", "remove: c")
    assert message.endswith('(in variants "v1" and "v2")')


def test_what_the_base_does_not_reach_is_not_told_of_its_variants(samples: Samples) -> None:
    text = TWO_ENDS + "stages:\n" + stage("a", "next: onboarded")
    assert unreached(samples, text, "set: {a.title: A}", "remove: a_step") == ['the end "stopped" is never reached']
