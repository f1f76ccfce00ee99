"""BPMN files: valid, read back to the core that they were made of, laid out without a flaw, escaped, repeatable."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from process_samples import ends_of_a_run, files, flaws_of, models, random_subjects, subjects
from samples import HOSTILE, hostile_process

from playbook.formats import bpmn
from playbook.formats.layout.processes.arrangement import Bounds
from playbook.formats.layout.processes.arranging import arrange
from playbook.formats.processes.names import BPMN, ELEMENTS, KINDS
from playbook.formats.processes.xml import printable
from playbook.shapes.process import GATEWAYS, ProcessModel
from playbook.views.narrowing import Selection
from playbook.views.process import process
from playbook.views.processes.mapping import core_of
from playbook.views.subject import Subject, narrowed_subject
from subjects import subject_from

XSD = Path(__file__).parents[1] / "oracles/node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd"
NAMES = list(subjects())


@lru_cache(maxsize=1)
def schema() -> Any:
    """The schemas of the OMG, which the npm package bpmn-moddle brings."""
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    if not XSD.is_file():
        pytest.skip("the npm package bpmn-moddle is not installed: 'make test' installs it")
    return etree.XMLSchema(etree.parse(str(XSD)))


def mistakes(data: bytes) -> list[str]:
    from lxml import etree

    schema().validate(etree.fromstring(data))
    return [str(error) for error in schema().error_log]


# -- the schemas ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_it_is_valid(name: str) -> None:
    schema()
    assert mistakes(files()[name]) == []


def test_the_schemas_reject_what_is_broken() -> None:
    schema()
    written = bpmn.write(models()["stalled_onboarding"])
    assert mistakes(written.replace(b'targetRef="', b'target="'))
    assert mistakes(
        written.replace(b"<bpmn:outgoing>", b"<bpmn:leaving>").replace(b"</bpmn:outgoing>", b"</bpmn:leaving>")
    )


# -- backward ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_it_is_read_back(name: str) -> None:
    model, core = models()[name], subjects()[name].playbook.process
    read = bpmn.read(files()[name])
    assert read == model
    assert core_of(read) == core
    assert list(core_of(read).nodes) == list(core.nodes)


@settings(max_examples=60)
@given(random_subjects())
def test_any_playbook_is_read_back_and_laid_out(subject: Subject) -> None:
    model = process(subject)
    read = bpmn.read(bpmn.write(model))
    assert read == model
    assert core_of(read) == subject.playbook.process
    assert flaws_of(model, arrange(model)) == []


def test_what_is_read_back_follows_what_is_drawn() -> None:
    """The drawn flows say what leads where: no copy of the core is hidden in the file."""
    name = "stalled_onboarding"
    model, core = models()[name], subjects()[name].playbook.process
    first = next(flow for flow in model.flows if flow.records)
    elsewhere = next(node.id for node in model.nodes if node.id.startswith("step.") and node.id != first.target)
    moved = tuple(replace(flow, target=elsewhere) if flow is first else flow for flow in model.flows)
    assert core_of(replace(model, flows=moved)) != core
    lost = tuple(flow for flow in model.flows if flow is not first)
    assert len(core_of(replace(model, flows=lost)).flows) < len(core.flows)


def test_the_table_of_kinds_runs_both_ways() -> None:
    assert {KINDS[element] for element in ELEMENTS.values()} == set(ELEMENTS)


# -- the graph -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_only_gateways_part_and_meet(name: str) -> None:
    assert mistakes_of_gateways(models()[name]) == []


@settings(max_examples=60)
@given(random_subjects())
def test_only_gateways_part_and_meet_in_any_playbook(subject: Subject) -> None:
    assert mistakes_of_gateways(process(subject)) == []


def test_a_way_back_behind_a_mere_gate_brings_tokens_along() -> None:
    """The exit of the last stage is only passed, and the way back that leaves it is drawn from the step before."""
    first = {"id": "a", "steps": [{"id": "x"}]}
    second = {"id": "b", "overlaps": "a", "steps": [{"id": "y", "after": ["x"]}]}
    last = {"id": "c", "steps": [{"id": "z"}], "next": [{"to": "b", "when": "account.n == 0"}]}
    written = {"playbook": "p", "ends": {"done": {"success": True}}, "stages": [first, second, last]}
    model = process(subject_from({"p.yaml": json.dumps(written)}))
    assert any("-back" in flow.source and "-beside" in flow.target for flow in model.flows)
    assert mistakes_of_gateways(model) == []


def mistakes_of_gateways(model: ProcessModel) -> list[str]:
    """The nodes that have several ways in or out and must not, and the ways out of gateways that say too little."""
    found = []
    for node in model.nodes:
        into = [flow for flow in model.flows if flow.target == node.id]
        out = [flow for flow in model.flows if flow.source == node.id]
        if node.kind not in GATEWAYS:
            found += [f"{node.id} is no gateway"] if max(len(into), len(out)) > 1 else []
            continue
        found += [f"{node.id} parts and meets, or neither"] if (len(into) == 1) == (len(out) == 1) else []
        open_ = [flow for flow in out if not flow.condition]
        if node.kind == "exclusive" and len(out) > 1 and (len(open_) > 1 or not all(way.default for way in open_)):
            found.append(f"{node.id} has ways without a condition")
        if node.kind == "parallel" and any(flow.condition or flow.default for flow in out):
            found.append(f"{node.id} asks, and takes all ways")
    return found


# -- runs, by the rules of BPMN ------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_run_ends_once_and_leaves_nothing_open(name: str) -> None:
    for seed in range(8):
        ends, left = ends_of_a_run(models()[name], seed)
        assert (len(ends), left) == (1, 0), seed


@settings(max_examples=80)
@given(random_subjects(), st.integers(0, 1000))
def test_a_sound_playbook_is_a_sound_process(subject: Subject, seed: int) -> None:
    """What our own token game has proven holds for the BPMN as well."""
    soundness = subject.playbook.soundness
    if soundness is None or not soundness.sound:
        return
    model = process(subject)
    for number in range(4):
        ends, left = ends_of_a_run(model, seed + number)
        assert (len(ends), left) == (1, 0)


def test_a_way_back_brings_the_token_of_work_beside_it_along() -> None:
    steps = [{"id": "x"}, {"id": "y"}, {"id": "z", "after": ["x", "y"]}]
    steps[2]["approval"] = {"by": "csm", "on_reject": {"back_to": "x", "at_most": 2}}  # type: ignore[assignment]
    stage = {"id": "a", "parallel": True, "steps": steps}
    written = {"playbook": "p", "ends": {"done": {"success": True}}, "stages": [stage]}
    model = process(subject_from({"p.yaml": json.dumps(written)}))
    assert {ends_of_a_run(model, seed)[1] for seed in range(60)} == {0}
    brought = {flow.id for flow in model.flows if "-back" in flow.source and "-beside" in flow.target}
    assert brought
    without = replace(model, flows=tuple(flow for flow in model.flows if flow.id not in brought))
    assert {ends_of_a_run(without, seed)[1] > 0 for seed in range(60)} == {True, False}


def test_a_step_that_follows_an_earlier_stage_alone_begins_with_its_own() -> None:
    """It waits for nothing, so that no flow is drawn from there; and it is not lost by that.

    A whole playbook has a flow from the entry of the stage to it, a part of one may have none.
    """
    first = {"id": "a", "steps": [{"id": "x"}]}
    second = {"id": "b", "steps": [{"id": "y", "after": ["x"]}]}
    written = {"playbook": "p", "ends": {"done": {"success": True}}, "stages": [first, second]}
    subject = subject_from({"p.yaml": json.dumps(written)})
    whole = subject.playbook.process
    flows = tuple(flow for flow in whole.flows if (flow.source, flow.target) != ("enter.b", "step.y"))
    assert len(flows) == len(whole.flows) - 1
    part = replace(subject.playbook, process=replace(whole, flows=flows))
    for shown in (subject.playbook, part):
        model = process(Subject(shown, subject.workspace))
        assert [node.id for node in model.nodes] == ["start", "step.x", "step.y", "end.done"]
        assert ends_of_a_run(model, 1) == (["end.done"], 0)
        assert core_of(bpmn.read(bpmn.write(model))) == shown.process


def test_what_parts_behind_a_decision_is_one_way_of_it() -> None:
    """What is approved leads to two steps at once: the way to them is what is taken if nothing is rejected."""
    approval = {"by": "csm", "on_reject": {"back_to": "x", "at_most": 2}}
    steps = [{"id": "x", "approval": approval}, {"id": "y", "after": ["x"]}, {"id": "z", "after": ["x"]}]
    written = {"playbook": "p", "ends": {"done": {"success": True}}, "stages": [{"id": "a", "steps": steps}]}
    model = process(subject_from({"p.yaml": json.dumps(written)}))
    ways = {flow.target: flow for flow in model.flows if flow.source == "approval.x-split"}
    assert set(ways) == {"approval.x-fork", "step.x-merge"}
    taken, rejected = ways["approval.x-fork"], ways["step.x-merge"]
    assert (taken.label, taken.condition, taken.default) == ("approved", "", True)
    assert (rejected.label, rejected.default) == ("rejected, at most 2 times", False)


def test_a_part_keeps_the_numbers_of_its_stages_and_says_what_is_ahead() -> None:
    stages = [{"id": name, "title": name.title(), "steps": [{"id": f"{name}_s"}]} for name in ("plan", "build")]
    whole = subject_from({"p.yaml": json.dumps({"playbook": "p", "stages": stages})})
    model = process(narrowed_subject(whole, Selection(stage="build")))
    assert [stage.label for stage in model.stages] == ["2. Build"]
    assert model.nodes[0].label == "From Plan"


# -- the picture ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_nothing_overlaps(name: str) -> None:
    assert flaws_of(models()[name], arrange(models()[name])) == []


def test_the_measuring_finds_flaws() -> None:
    model = models()["stalled_onboarding"]
    arranged = arrange(model)
    one, other = [node.id for node in model.nodes if node.kind == "user_task" or node.id.startswith("step.")][:2]
    arranged.shapes[one] = arranged.shapes[other]
    assert any("overlaps" in flaw for flaw in flaws_of(model, arranged))
    arranged = arrange(model)
    flow = next(flow for flow in model.flows if {one, other}.isdisjoint((flow.source, flow.target)))
    box = arranged.shapes[one]
    arranged.lines[flow.id] = ((box.x - 5, box.middle), (box.x + box.width + 5, box.middle))
    assert any("runs through" in flaw for flaw in flaws_of(model, arranged))
    arranged = arrange(model)
    arranged.shapes[one] = Bounds(-900, -900, 10, 10)
    assert any("outside" in flaw for flaw in flaws_of(model, arranged))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_laid_out(text: str) -> None:
    model = hostile_process(text)
    assert flaws_of(model, arrange(model)) == []


# -- texts and bytes -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_come_through(text: str) -> None:
    model = hostile_process(text)
    written = bpmn.write(model)
    read = bpmn.read(written)
    step = next(node for node in read.nodes if node.id == "step.a")
    assert (step.label, step.notes) == (printable(text), (printable(text),))
    assert next(flow for flow in read.flows if flow.id == "flow.2").condition == printable(text or "x")
    assert {node.id for node in read.nodes} == {node.id for node in model.nodes}
    assert b"<script" not in written
    schema()
    assert mistakes(written) == []


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import hashlib, sys; sys.path[:0] = sys.argv[1:];"
        "from process_samples import files; print(hashlib.sha256(b''.join(files().values())).hexdigest())"
    )
    here = Path(__file__).parent
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Asia/Kolkata"}
    command = [sys.executable, "-c", code, str(here), str(here.parent)]
    answer = subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout
    ours = hashlib.sha256(b"".join(files().values())).hexdigest()
    assert answer.strip() == ours


def test_a_process_without_anything_is_written() -> None:
    empty = ProcessModel("empty.process", "Empty")
    assert bpmn.read(bpmn.write(empty)) == empty
    assert BPMN.encode() in bpmn.write(empty)
