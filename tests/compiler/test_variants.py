"""Variants: what each edit does, where its parts are written, and how mistakes in it are told."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest
from building import ORGANIZATION, TRACKING, compiled, findings_of, told
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.core.process import Process
from playbook.diagnostics import Diagnostic
from playbook.text.paths import KeyPath
from playbook.text.scalars import Plain
from playbook.workspace import CompiledPlaybook

BASE = """\
playbook: p
title: Onboarding
anchors:
  signed: {event: deal.closed_won, start: true}
outcome: {achieved: live.reached, within: 90d after signed}
segments:
  small: {when: account.seats < 10}
  large: {otherwise: true}
milestones:
  live: {event: account.first_report, raci: {A: csm}}
ends:
  done: {success: true}
  stopped: {title: Stopped}
routines:
  weekly: {do: Review the week, every: 1w, raci: {A: csm}}
interrupts:
  silence: {silent: {for: 4w}, end: stopped}
stages:
  - id: handover
    steps:
      - id: write
        do: Write the brief
        raci: {A: ae, R: ae}
        produces: brief
        sla: {breach: 2bd}
        touch: email
      - {id: read, do: Read the brief, raci: {A: csm, R: csm}, after: write}
  - id: setup
    steps:
      - {id: connect, do: Connect the data, due: 10bd after signed}
      - {id: train, do: Train the team}
handoffs:
  sales_to_cs: {from: ae, to: csm, at: handover, accept: {within: 1bd}}
"""


def text(edits: str, base: str = BASE) -> str:
    """The playbook with a variant ``v`` that has these edits."""
    return base + "variants:\n  v:\n    for: small\n" + textwrap.indent(textwrap.dedent(edits), "    ")


def workspace(document: str) -> dict[str, str]:
    return {"o.yaml": ORGANIZATION, "t.yaml": TRACKING, "p.yaml": document}


def base_of(document: str) -> CompiledPlaybook:
    (playbook,) = compiled(workspace(document)).playbooks
    return playbook


def variant(edits: str, base: str = BASE) -> CompiledPlaybook:
    """The variant of some edits, in which nothing is wrong."""
    document = text(edits, base)
    result = compiled(workspace(document))
    assert result.workspace.diagnostics == (), [finding.message for finding in result.workspace.diagnostics]
    ((edited,),) = [playbook.variants for playbook in result.playbooks]
    return edited


def value_of(edited: CompiledPlaybook) -> dict[str, Any]:
    assert edited.applied is not None
    return edited.applied.value


def outline(edited: CompiledPlaybook) -> dict[str, list[str]]:
    """The ids of stages, each with those of its steps."""
    return {stage.id: [step.id for step in stage.steps] for stage in edited.model.stages}


def wrong(edits: str, base: str = BASE) -> list[tuple[str, str, str | None]]:
    """Findings of a variant: code, what is underlined, suggestion."""
    document = text(edits, base)
    return [told(finding, document) for finding in findings_of(document)]


def line_of(finding: Diagnostic, document: str) -> str:
    return document.splitlines()[finding.place.span.start.line - 1].strip()


# -- remove --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "left"),
    [
        ("remove: train", {"handover": ["write", "read"], "setup": ["connect"]}),
        ("remove: [train, connect]", {"handover": ["write", "read"], "setup": []}),
        ("remove: setup", {"handover": ["write", "read"]}),
        ("remove: [setup, train]", {"handover": ["write", "read"]}),
        ("remove: [train, setup, train]", {"handover": ["write", "read"]}),
    ],
)
def test_steps_and_stages_are_removed(edits: str, left: dict[str, list[str]]) -> None:
    edited = variant(edits)
    assert outline(edited) == left
    assert {task.step for task in edited.process.tasks.values()} == {
        step for steps in left.values() for step in steps
    }


@pytest.mark.parametrize(
    ("id_", "key"),
    [("sales_to_cs", "handoffs"), ("weekly", "routines"), ("silence", "interrupts"), ("signed", "anchors")],
)
def test_entries_of_maps_are_removed(id_: str, key: str) -> None:
    base = (
        BASE
        if id_ != "signed"
        else BASE.replace(", within: 90d after signed", "").replace(", due: 10bd after signed", "")
    )
    edited = variant(f"remove: {id_}", base)
    assert id_ not in getattr(edited.model, key)
    assert id_ not in edited.symbols[key.removesuffix("s")]


def test_an_end_is_removed_with_what_leads_to_it() -> None:
    edited = variant("remove: [stopped, silence]")
    assert list(edited.process.ends) == ["end.done"]
    assert edited.process.interrupts == ()


def test_a_milestone_is_removed_once_nothing_needs_it() -> None:
    edited = variant("remove: live\nset: {outcome.achieved: train.completed}")
    assert edited.model.milestones == {}


def test_the_base_is_left_as_it_is() -> None:
    base = base_of(text("remove: [setup, weekly]\nset: {write.do: Other, outcome.within: null}"))
    assert outline(base) == {"handover": ["write", "read"], "setup": ["connect", "train"]}
    assert base.model.routines.keys() == {"weekly"}
    assert base.steps["write"].do == "Write the brief"
    assert base.model.outcome is not None
    assert base.model.outcome.within is not None


@pytest.mark.parametrize(
    ("edits", "finding"),
    [
        ("remove: trian", ("REF002", "trian", "train")),
        # An artifact without an entry of its own is there as long as a step yields it.
        ("remove: brief", ("REF002", "brief", None)),
        # Only another edit of a variant brings it in.
        ("remove: tour\nadd: [{after: read, step: {id: tour}}]", ("REF002", "tour", None)),
    ],
)
def test_what_is_not_there_cannot_be_removed(edits: str, finding: tuple[str, str, str | None]) -> None:
    assert wrong(edits) == [finding]


def test_two_parts_of_one_id_cannot_be_told_apart() -> None:
    base = BASE.replace("silence:", "stopped:")
    (finding,) = findings_of(text("remove: stopped", base))
    assert finding.message == '"stopped" is the id of an end and of an interrupt'
    assert wrong("set: {stopped.title: Over}", base) == [("REF002", "stopped.title", None)]


# -- replace -------------------------------------------------------------------------------------


def test_a_step_is_replaced_by_one_of_the_same_id() -> None:
    edited = variant("replace: {train: {id: train, do: Watch the film}}")
    assert outline(edited)["setup"] == ["connect", "train"]
    assert edited.steps["train"].do == "Watch the film"


def test_a_step_is_replaced_by_one_of_another_id() -> None:
    edited = variant("replace: {train: {id: watch, do: Watch the film}}")
    assert outline(edited)["setup"] == ["connect", "watch"]


def test_two_steps_may_change_their_ids() -> None:
    edited = variant("replace: {connect: {id: train, do: B}, train: {id: connect, do: A}}")
    assert [(step.id, step.do) for step in edited.model.stages[1].steps] == [("train", "B"), ("connect", "A")]


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ("replace: {trian: {id: x}}", 'unknown step "trian"'),
        ("replace: {setup: {id: x}}", 'unknown step "setup"'),
        (
            "remove: train\nreplace: {train: {id: x}}",
            'the step "train" cannot be replaced: the variant removes it',
        ),
    ],
)
def test_only_steps_that_are_there_are_replaced(edits: str, message: str) -> None:
    assert [finding.message for finding in findings_of(text(edits))] == [message]


# -- set -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "path", "read"),
    [
        ("connect.due", "3bd after signed", ("stages", 1, "steps", 0, "due"), "3bd after signed"),
        ("setup.title", "Set up", ("stages", 1, "title"), "Set up"),
        ("sales_to_cs.to", "ae", ("handoffs", "sales_to_cs", "to"), "ae"),
        ("live.title", "Live", ("milestones", "live", "title"), "Live"),
        ("done.title", "Done", ("ends", "done", "title"), "Done"),
        ("weekly.every", "2w", ("routines", "weekly", "every"), "2w"),
        ("silence.silent.for", "2w", ("interrupts", "silence", "silent", "for"), "2w"),
        ("title", "Other", ("title",), "Other"),
        ("outcome.within", "30d after signed", ("outcome", "within"), "30d after signed"),
        ("write.raci.R", "csm", ("stages", 0, "steps", 0, "raci", "R"), "csm"),
        ("write.sla.breach", "1bd", ("stages", 0, "steps", 0, "sla", "breach"), "1bd"),
        ("train.raci.A", "csm", ("stages", 1, "steps", 1, "raci", "A"), "csm"),
        ("review.next", "2026-12-01", ("review", "next"), "2026-12-01"),
        ("workstreams.training.A", "csm", ("workstreams", "training", "A"), "csm"),
    ],
)
def test_values_are_set(name: str, value: str, path: KeyPath, read: str) -> None:
    edited = variant(f"set: {{{name}: {value}}}")
    part: Any = value_of(edited)
    for key in path:
        part = part[key]
    assert part == read
    assert edited.applied is not None
    assert edited.applied.changed_by(path) == ("variants", "v", "set", name)


def test_other_keys_beside_a_nested_one_are_kept() -> None:
    edited = variant("set: {write.raci.R: csm, write.raci.C: ae}")
    assert value_of(edited)["stages"][0]["steps"][0]["raci"] == {"A": "ae", "R": "csm", "C": "ae"}
    assert edited.applied is not None
    raci: KeyPath = ("stages", 0, "steps", 0, "raci")
    assert [edited.applied.changed_by((*raci, letter)) for letter in "ARC"] == [
        None,
        ("variants", "v", "set", "write.raci.R"),
        ("variants", "v", "set", "write.raci.C"),
    ]


def test_a_mapping_that_was_just_set_can_be_set_below() -> None:
    edited = variant("set: {write.raci: {A: csm, R: csm}, write.raci.R: ae}")
    assert value_of(edited)["stages"][0]["steps"][0]["raci"] == {"A": "csm", "R": "ae"}
    assert edited.applied is not None
    raci: KeyPath = ("stages", 0, "steps", 0, "raci")
    assert edited.applied.changed_by((*raci, "A")) == ("variants", "v", "set", "write.raci", "A")
    assert edited.applied.changed_by((*raci, "R")) == ("variants", "v", "set", "write.raci.R")


@pytest.mark.parametrize(
    "name", ["write.sla", "write.produces", "write.raci.R", "outcome.within", "title", "outcome"]
)
def test_null_takes_a_key_away(name: str) -> None:
    edited = variant(f"set: {{{name}: null}}")
    head, *keys = name.split(".")
    part: Any = value_of(edited) if head != "write" else value_of(edited)["stages"][0]["steps"][0]
    for key in [*([head] if head != "write" else []), *keys][:-1]:
        part = part[key]
    assert name.rpartition(".")[2] not in part


@pytest.mark.parametrize(
    ("edits", "finding"),
    [
        ("set: {wrte.due: 1d after signed}", ("REF002", "wrte.due", "write.due")),
        ("set: {outcom.within: 1d after signed}", ("REF002", "outcom.within", "outcome.within")),
        ("set: {titel: Other}", ("REF002", "titel", "title")),
        ("set: {write: {do: x}}", ("REF002", "write", None)),
        ("set: {version: 1.0.0}", ("REF002", "version", None)),
        ("set: {stages: []}", ("REF002", "stages", None)),
        ("set: {write.deu: null}", ("REF002", "write.deu", None)),
        ("set: {write.touhc: null}", ("REF002", "write.touhc", "write.touch")),
        ("set: {train.raci.A: null}", ("REF002", "train.raci.A", None)),
        ("set: {train.raci.do: null}", ("REF002", "train.raci.do", None)),
        ("set: {write.touch.asset: brief_mail}", ("REF002", "write.touch.asset", None)),
        ("set: {title.x: y}", ("REF002", "title.x", None)),
        ("set: {handover.steps.write: y}", ("REF002", "handover.steps.write", None)),
        ("remove: train\nset: {train.do: x}", ("REF002", "train.do", None)),
        ("set: {write.deu: 1d after signed}", ("SCH002", "write.deu", "due")),
        ("set: {write.sla.breach: null}", ("SCH003", "{breach: 2bd}", None)),
        ("set: {write.: x}", ("SCH002", "write.", None)),
    ],
)
def test_what_cannot_be_set(edits: str, finding: tuple[str, str, str | None]) -> None:
    assert wrong(edits) == [finding]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("write.touch.asset", "write.touch set as a whole, since it is written in its short form"),
        ("handover.steps.write", "handover.steps set as a whole, since it is a list"),
        ("wrte.due", "the id of a step, stage, handoff or other part, a dot and a key, such as write_brief.due"),
    ],
)
def test_what_may_be_set_instead(name: str, expected: str) -> None:
    (finding,) = findings_of(text(f"set: {{{name}: x}}"))
    assert finding.expected == expected


def test_the_steps_of_a_stage_are_set_and_then_edited() -> None:
    edits = "set: {setup.steps: [{id: one, do: A}, {id: two, do: B}], two.do: C}\n"
    edited = variant(edits + "add: [{before: setup, step: {id: first}}]")
    assert outline(edited)["setup"] == ["first", "one", "two"]
    assert edited.steps["two"].do == "C"
    assert edited.applied is not None
    assert edited.applied.changed_by(("stages", 1, "steps", 2, "id")) == (
        "variants",
        "v",
        "set",
        "setup.steps",
        1,
        "id",
    )


@pytest.mark.parametrize("steps", ["5", "{a: b}", "[5, [x], null]", "text"])
def test_steps_that_are_none_are_told_and_nothing_breaks(steps: str) -> None:
    edits = f"set: {{setup.steps: {steps}, write.do: x}}\nadd: [{{after: setup, step: {{id: y}}}}]"
    findings = wrong(edits)
    assert findings
    assert {code for code, *_ in findings} == {"SCH003"}


# -- add -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "left"),
    [
        ("{after: write, step: {id: new}}", {"handover": ["write", "new", "read"], "setup": ["connect", "train"]}),
        ("{before: write, step: {id: new}}", {"handover": ["new", "write", "read"], "setup": ["connect", "train"]}),
        (
            "{after: handover, step: {id: new}}",
            {"handover": ["write", "read", "new"], "setup": ["connect", "train"]},
        ),
        ("{before: setup, step: {id: new}}", {"handover": ["write", "read"], "setup": ["new", "connect", "train"]}),
        (
            "{after: handover, stage: {id: new, steps: [{id: x}]}}",
            {"handover": ["write", "read"], "new": ["x"], "setup": ["connect", "train"]},
        ),
        (
            "{before: handover, stage: {id: new}}",
            {"new": [], "handover": ["write", "read"], "setup": ["connect", "train"]},
        ),
        (
            "{after: handover, stage: {id: new}}, {after: new, step: {id: x}}, {before: x, step: {id: y}}",
            {"handover": ["write", "read"], "new": ["y", "x"], "setup": ["connect", "train"]},
        ),
    ],
)
def test_steps_and_stages_are_added(edits: str, left: dict[str, list[str]]) -> None:
    assert outline(variant(f"add: [{edits}]")) == left


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ("{step: {id: x}}", "the addition does not say what comes in where"),
        ("{after: write}", "the addition does not say what comes in where"),
        ("{after: write, before: read, step: {id: x}}", "the addition does not say what comes in where"),
        ("{after: write, step: {id: x}, stage: {id: y}}", "the addition does not say what comes in where"),
        ("{after: write, stage: {id: x}}", '"write" is no stage of this variant'),
        ("{after: wirte, step: {id: x}}", 'unknown step or stage "wirte"'),
    ],
)
def test_an_addition_says_one_thing_and_its_place(edits: str, message: str) -> None:
    assert [finding.message for finding in findings_of(text(f"add: [{edits}]"))] == [message]


def test_nothing_is_added_beside_what_is_removed() -> None:
    document = text("remove: train\nadd: [{after: train, step: {id: x}}]")
    (finding,) = findings_of(document)
    assert finding.message == '"train" is no step or stage of this variant'
    assert told(finding, document)[1] == "train"


def test_variants_do_not_see_each_other() -> None:
    """An empty list of steps, and steps behind an anchor, are the file's own and not one variant's."""
    base = BASE.replace(
        "  - id: setup\n    steps:\n", "  - {id: empty, steps: []}\n  - id: setup\n    steps: &steps\n"
    )
    document = base + textwrap.dedent("""\
        variants:
          a: {for: small, add: [{after: empty, step: {id: x}}, {after: train, step: {id: y}}]}
          b: {for: large, set: {train.raci.A: csm}}
        """)
    first, second = base_of(document).variants
    assert outline(first) == {"handover": ["write", "read"], "empty": ["x"], "setup": ["connect", "train", "y"]}
    assert outline(second) == {"handover": ["write", "read"], "empty": [], "setup": ["connect", "train"]}
    assert first.steps["train"].raci is None


def test_edits_are_made_in_one_order_however_they_are_written() -> None:
    edited = variant("""\
        add: [{after: watch, step: {id: test}}]
        set: {watch.do: Watch both films}
        replace: {train: {id: watch, do: Watch the film}}
        remove: connect
        """)
    assert outline(edited)["setup"] == ["watch", "test"]
    assert edited.steps["watch"].do == "Watch both films"


def test_a_variant_knows_its_segments_and_title() -> None:
    edited = variant("title: Small accounts")
    assert (edited.variant, edited.segments, edited.name) == ("v", ("small",), "p.v")
    assert edited.title == "Onboarding: Small accounts"
    assert variant("remove: train").title == "Onboarding: V"
    assert edited.model.variants == {}


# -- where findings stand ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edits", "code", "underlined", "line"),
    [
        ("set:\n  write.due: 5dd after signed", "SCH007", "dd", "write.due: 5dd after signed"),
        ("set:\n  write.due: [1]", "SCH003", "[1]", "write.due: [1]"),
        ("set:\n  write.due: 5bd after singed", "REF002", "singed", "write.due: 5bd after singed"),
        ("set:\n  write.raci: {A: cms}", "REF002", "cms", "write.raci: {A: cms}"),
        ("set:\n  write.raci.A: cms\n  write.raci.R: csm", "REF002", "cms", "write.raci.A: cms"),
        (
            "add:\n  - after: write\n    step: {id: x, raci: {A: cms}}",
            "REF002",
            "cms",
            "step: {id: x, raci: {A: cms}}",
        ),
        ("replace:\n  train: {id: train, after: conect}", "REF002", "conect", "train: {id: train, after: conect}"),
        ("add:\n  - after: write\n    step: {id: train}", "REF001", "train", "- {id: train, do: Train the team}"),
    ],
)
def test_findings_lead_to_the_edit(edits: str, code: str, underlined: str, line: str) -> None:
    document = text(edits)
    (finding,) = findings_of(document)
    assert (told(finding, document)[:2], line_of(finding, document)) == ((code, underlined), line)


def test_the_duplicate_of_an_added_id_leads_to_both_places() -> None:
    document = text("add:\n  - after: write\n    step: {id: train}")
    (finding,) = findings_of(document)
    assert finding.message == 'duplicate step id "train" (in variant "v")'
    (related,) = finding.related
    assert document.splitlines()[related.place.span.start.line - 1].strip() == "step: {id: train}"


def test_parts_that_move_keep_their_places() -> None:
    """The step behind a removed one, and steps behind added ones, also in an added stage."""
    base = BASE.replace("do: Read the brief", "do: Read the brief, due: 1d after sales_to_cs.sent")
    edits = """\
        remove: write
        set: {read.after: null}
        add:
          - after: setup
            stage:
              id: new
              steps: [{id: x}, {id: y, due: 1d after nothing}]
          - {before: x, step: {id: first}}
          - {before: connect, step: {id: before_connect}}
        """
    document = text(edits, base)
    found = {told(finding, document)[1]: line_of(finding, document) for finding in findings_of(document)}
    assert found["nothing"] == "steps: [{id: x}, {id: y, due: 1d after nothing}]"
    (edited,) = base_of(text(edits)).variants
    where = {}
    for index, stage in enumerate(edited.model.stages):
        for number, step in enumerate(stage.steps):
            place = edited.document.locator.place(("stages", index, "steps", number, "id"))
            where[step.id] = text(edits)[place.span.start.offset : place.span.end.offset]
    assert where == {id_: id_ for id_ in ("read", "before_connect", "connect", "train", "first", "x", "y")}


def test_aliases_are_edited_where_they_are_used() -> None:
    base = BASE.replace("raci: {A: ae, R: ae}", "raci: &letters {A: ae, R: ae}").replace(
        "do: Train the team", "do: Train the team, raci: *letters"
    )
    edited = variant("set: {train.raci.R: csm}", base)
    assert value_of(edited)["stages"][1]["steps"][1]["raci"] == {"A": "ae", "R": "csm"}
    assert value_of(edited)["stages"][0]["steps"][0]["raci"] == {"A": "ae", "R": "ae"}
    merged = base.replace("do: Connect the data,", "<<: {do: Connect the data},")
    assert variant("set: {connect.do: Other}", merged).steps["connect"].do == "Other"


# -- what a removal leaves behind ----------------------------------------------------------------


def test_what_still_needs_a_removed_part_is_told_at_the_removal() -> None:
    document = text("remove: [write, live]")
    steps, milestone = findings_of(document)
    assert (steps.code, steps.message) == ("SEG003", 'variant "v" removes "write", which is still needed')
    assert told(steps, document)[1] == "write"
    assert [line_of_related(related.place.span.start.line, document) for related in steps.related] == [
        "- {id: read, do: Read the brief, raci: {A: csm, R: csm}, after: write}"
    ]
    assert told(milestone, document)[1] == "live"
    assert milestone.variants == ("v",)


def line_of_related(line: int, document: str) -> str:
    return document.splitlines()[line - 1].strip()


def test_an_artifact_goes_with_the_step_that_yields_it() -> None:
    base = BASE.replace("at: handover", "at: handover, payload: [brief]").replace(", after: write", "")
    document = text("remove: write", base)
    (finding,) = findings_of(document)
    assert (finding.code, told(finding, document)[1]) == ("SEG003", "write")
    assert "payload: [brief]" in line_of_related(finding.related[0].place.span.start.line, document)
    kept = "remove: write\nadd: [{before: read, step: {id: copy, produces: brief}}]"
    assert wrong(kept, base) == []


def test_many_places_are_counted() -> None:
    steps = "".join(f"      - {{id: s{n}, after: write}}\n" for n in range(7))
    document = text(
        "remove: write", BASE.replace("  - id: setup\n    steps:\n", f"  - id: setup\n    steps:\n{steps}")
    )
    (finding,) = findings_of(document)
    assert finding.message == 'variant "v" removes "write", which is still needed, in 8 places'
    assert len(finding.related) == 5


def test_a_replaced_step_that_is_still_needed() -> None:
    document = text("replace: {write: {id: copy, do: Copy the brief}}")
    (finding,) = findings_of(document)
    assert finding.message == 'variant "v" replaces "write", which is still needed'
    assert told(finding, document)[1] == "write"


# -- findings of several -------------------------------------------------------------------------


def test_findings_of_the_base_are_not_told_again() -> None:
    base = BASE.replace("due: 10bd after signed", "due: 10bd after singed")
    assert [code for code, *_ in wrong("remove: train", base)] == ["REF002"]


def test_what_several_variants_have_in_common_is_told_once() -> None:
    document = BASE + textwrap.dedent("""\
        variants:
          a: {for: small, set: {write.raci: &letters {A: cms}}}
          b: {for: large, set: {read.raci: *letters}}
        """)
    (finding,) = findings_of(document)
    assert finding.message == 'unknown role or team "cms" (in variants "a" and "b")'
    assert finding.variants == ("a", "b")


@pytest.mark.parametrize(
    "slip",
    [
        ("do: Train the team", "do: [Train]"),
        ("id: setup", "id: set-up"),
        ("id: connect", "id: Connect"),
        ("title: Onboarding", "titel: Onboarding"),
    ],
)
def test_variants_of_a_document_with_mistakes_are_left_out(slip: tuple[str, str]) -> None:
    document = text("remove: train\nset: {write.due: nonsense}", BASE.replace(*slip))
    (playbook,) = compiled(workspace(document)).playbooks
    assert playbook.variants == ()
    assert len(findings_of(document)) == 1


def test_a_variant_with_mistakes_is_left_out_alone() -> None:
    document = BASE + "variants:\n  a: {for: small, set: {write.do: [x]}}\n  b: {for: large, remove: train}\n"
    (playbook,) = compiled(workspace(document)).playbooks
    assert [each.variant for each in playbook.variants] == ["b"]


def test_what_only_an_unread_variant_names_is_used() -> None:
    document = text("set: {write.do: [x], write.raci: {A: csm}, read.when: account.sso}")
    used = compiled(workspace(document)).workspace.used
    assert {("role", "csm"), ("field", "account.sso")} <= used


# -- properties ----------------------------------------------------------------------------------


@st.composite
def playbooks(draw: st.DrawFn) -> str:
    """Playbooks with stages, steps, ends and handoffs, in which nothing is wrong."""
    count = draw(st.integers(1, 4))
    lines = ["playbook: p", "ends: {done: {success: true}, stopped: {}}", "segments: {all: {otherwise: true}}"]
    lines += ["stages:"]
    known: list[str] = []
    for number in range(count):
        lines += [
            f"  - id: stage_{number}",
            f"    parallel: {draw(st.sampled_from(['true', 'false']))}",
            "    steps:",
        ]
        for at in range(draw(st.integers(1, 3))):
            id_ = f"step_{number}_{at}"
            after = draw(st.sampled_from(["", *known])) if known else ""
            keys = [f"id: {id_}", *([f"after: {after}"] if after else [])]
            keys += draw(st.lists(st.sampled_from(["takes: 2d", "raci: {A: csm}", "need: optional"]), unique=True))
            lines.append(f"      - {{{', '.join(keys)}}}")
            known.append(id_)
        if draw(st.booleans()):
            lines.append("    next: [{to: stopped, when: account.sso}, {to: done, otherwise: true}]")
    if draw(st.booleans()):
        lines.append(f"handoffs: {{h: {{from: ae, to: csm, at: {known[0]}, reject: {{end: stopped}}}}}}")
    return "\n".join(lines) + "\n"


def shape(process: Process) -> tuple[object, ...]:
    return process.nodes, process.tasks, process.gates, process.ends, process.flows, process.interrupts


def paths_of(part: object, path: KeyPath = ()) -> list[KeyPath]:
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [path, *(found for key, inner in entries for found in paths_of(inner, (*path, key)))]


@settings(max_examples=40, deadline=None)
@given(playbooks())
def test_a_variant_without_edits_is_its_base(document: str) -> None:
    base = base_of(document + "variants: {v: {for: all}}\n")
    (edited,) = base.variants
    assert edited.applied is not None
    assert shape(edited.process) == shape(base.process)
    assert edited.model == base.model.model_copy(update={"variants": {}})
    for path in paths_of(value_of(edited)):
        assert edited.applied.changed_by(path) is None
        assert edited.document.locator.place(path) == base.document.locator.place(path)


@settings(max_examples=40, deadline=None)
@given(playbooks(), st.data())
def test_what_an_edit_leaves_alone_stays_where_it_is_written(document: str, data: st.DataObject) -> None:
    steps = [step for stage in base_of(document).model.stages for step in stage.steps]
    target = data.draw(st.sampled_from(steps)).id
    edits = data.draw(
        st.sampled_from(
            [
                f"remove: {target}",
                f"set: {{{target}.do: New}}",
                f"add: [{{before: {target}, step: {{id: new}}}}]",
                f"replace: {{{target}: {{id: {target}, do: New}}}}",
            ]
        )
    )
    base = base_of(f"{document}variants: {{v: {{for: all, {edits}}}}}\n")
    (edited,) = base.variants
    before = {(stage.id, step.id): step for stage in base.model.stages for step in stage.steps}
    own = {
        (stage.id, step.id): base.document.locator.place(("stages", index, "steps", number))
        for index, stage in enumerate(base.model.stages)
        for number, step in enumerate(stage.steps)
    }
    for index, stage in enumerate(edited.model.stages):
        for number, step in enumerate(stage.steps):
            if step.id not in (target, "new"):
                assert step == before[stage.id, step.id]
                place = edited.document.locator.place(("stages", index, "steps", number))
                assert place == own[stage.id, step.id]


HEADS = [
    "write",
    "setup",
    "handover",
    "sales_to_cs",
    "live",
    "weekly",
    "done",
    "outcome",
    "title",
    "review",
    "x",
    "",
]
KEYS = [
    "id",
    "do",
    "steps",
    "raci",
    "raci.A",
    "sla.breach",
    "sla.x.y",
    "after",
    "next",
    "within",
    "achieved",
    "",
    "to",
]
VALUES = [
    "null",
    "x",
    "5",
    "[]",
    "{}",
    "[x, 5]",
    "{id: x}",
    "[{id: x}, 5]",
    "5bd after x",
    "{A: csm}",
    "&a [*a]",
    "true",
]
PLACES = ["after: write", "before: setup", "after: x", "before: setup, after: write", "{}"]
EDITS = st.one_of(
    st.lists(st.tuples(st.sampled_from(HEADS), st.sampled_from(KEYS), st.sampled_from(VALUES)), max_size=4).map(
        lambda made: "set: {" + ", ".join(f'"{head}.{key}": {value}' for head, key, value in made) + "}"
    ),
    st.lists(st.sampled_from([head for head in HEADS if head]), max_size=4).map(
        lambda ids: f"remove: [{', '.join(ids)}]"
    ),
    st.lists(st.sampled_from(PLACES), max_size=3).map(
        lambda places: "add: [" + ", ".join(f"{{{place}, step: {{id: x, after: write}}}}" for place in places) + "]"
    ),
    st.sampled_from(["replace: {write: {id: x}}", "replace: {train: {id: setup}, write: {id: train}}"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EDITS, min_size=1, max_size=3, unique_by=lambda edit: edit.split(":")[0]))
def test_whatever_the_edits_nothing_breaks(edits: list[str]) -> None:
    document = text("\n".join(edits))
    result = compiled(workspace(document))
    for finding in result.workspace.diagnostics:
        assert finding.place.file == "p.yaml"
    for playbook in result.playbooks:
        for edited in playbook.variants:
            assert edited.applied is not None
            for path in paths_of(value_of(edited)):
                origin = edited.applied.changed_by(path)
                assert origin is None or origin[:2] == ("variants", "v")


def test_plain_values_stay_plain() -> None:
    edited = variant("set: {live.value: true}")
    assert isinstance(value_of(edited)["milestones"]["live"]["value"], Plain)
