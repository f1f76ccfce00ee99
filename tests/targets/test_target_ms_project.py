from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.subjects import shipped
from tests.targets.samples import hostile_template, sample_plan, sample_template, shipped_templates
from tests.targets.standard_plans import check_golden, settings, working_plan

from playbook.plans.account import Account
from playbook.plans.plan import Plan, PlannedTask
from playbook.plans.planning import plan_of
from playbook.plans.template import Offset, Template
from playbook.targets.losses import losses_of
from playbook.targets.registry import plan_files, target_of, template_files
from playbook.targets.target import Mode

NAMESPACE = "{http://schemas.microsoft.com/project}"
READER = Path(__file__).parent / "mpxj" / "ReadProjects.java"
LIBRARIES = importlib.util.find_spec("mpxj")


def plan_file(plan: Plan, **said: str) -> bytes:
    (file,) = plan_files("ms-project", [plan], settings("ms-project", **said))
    return file.data


def template_file(template: Template) -> bytes:
    (file,) = template_files("ms-project", template, settings("ms-project"))
    return file.data


@lru_cache(maxsize=1)
def samples() -> tuple[dict[str, Plan], dict[str, Template]]:
    """Plans on days in turn, those that are worked out from each playbook with its calendar, and the templates."""
    templates = shipped_templates() | {"hostile": hostile_template()}
    plans = {name: working_plan(each) for name, each in templates.items()}
    for name, subject in shipped().items():
        starts = {anchor: date(2026, 12, 1 + at) for at, anchor in enumerate(subject.playbook.model.anchors)}
        plans[f"real.{name}"] = plan_of(subject.playbook, Account("acme", "Acme Ltd", anchors=starts))
    return plans, templates


ANCHORS = {"closed_won": date(2026, 12, 1), "go_live": date(2027, 3, 1)}
"""Tuesday and Monday."""


def dated(data: bytes) -> bytes:
    """A template as somebody has set its dates: the project starts early, its anchors must be on their days."""
    root = ElementTree.fromstring(data)
    start = ElementTree.Element(f"{NAMESPACE}StartDate")
    start.text = "2026-11-02T08:00:00"
    root.insert([child.tag for child in root].index(f"{NAMESPACE}ScheduleFromStart") + 1, start)
    for task in root.iter(f"{NAMESPACE}Task"):
        keys = [value.text for value in task.iter(f"{NAMESPACE}Value")]
        day = next((day for anchor, day in ANCHORS.items() if f"enterprise_onboarding/{anchor}" in keys), None)
        kind = task.find(f"{NAMESPACE}ConstraintType")
        if day and kind is not None:
            kind.text = "2"
            set_on = ElementTree.Element(f"{NAMESPACE}ConstraintDate")
            set_on.text = f"{day}T08:00:00"
            task.insert(list(task).index(kind) + 1, set_on)
    return ElementTree.tostring(root, default_namespace=NAMESPACE.strip("{}"))


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What MPXJ reads of all the files; Java is started once."""
    if shutil.which("java") is None or LIBRARIES is None or not LIBRARIES.submodule_search_locations:
        pytest.skip("needs Java and the package mpxj")
    folder = tmp_path_factory.mktemp("projects")
    plans, templates = samples()
    files = {f"{name}.kept": plan_file(plan) for name, plan in plans.items()}
    files |= {f"{name}.linked": plan_file(plan, dates="linked") for name, plan in plans.items()}
    files |= {f"{name}.template": template_file(each) for name, each in templates.items()}
    files["dated"] = dated(template_file(sample_template()))
    for name, data in files.items():
        (folder / f"{name}.xml").write_bytes(data)
    libraries = Path(LIBRARIES.submodule_search_locations[0]) / "lib" / "*"
    # What is run once is not worth being optimized for.
    done = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-cp", str(libraries), str(READER), *(f"{name}.xml" for name in files)],
        cwd=folder,
        capture_output=True,
        timeout=300,
        check=False,
    )
    if b"jdk.compiler" in done.stderr:
        pytest.skip("needs a JDK: this Java cannot run a source file")
    assert done.returncode == 0, done.stderr.decode()
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def read(told: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = told["files"][f"{name}.xml"]
    assert not found["errors"]
    return found


def by_key(told: dict[str, Any], name: str) -> dict[str, Any]:
    return {task["key"]: task for task in read(told, name)["tasks"] if not task["summary"]}


def test_a_plan_is_read_back_with_its_dates_people_and_links(told: dict[str, Any]) -> None:
    for name, plan in samples()[0].items():
        found = by_key(told, f"{name}.kept")
        milestones = [f"{plan.template.id}/{id_}/acme" for id_ in plan.milestones]
        assert sorted(found) == sorted([*(task.key for task in plan.tasks), *milestones])
        for task in plan.tasks:
            one = found[task.key]
            assert [one["start"], one["finish"]] == hours(task)
            assert one["deadline"] == (f"{task.due}T17:00" if task.due else None)
            ahead = [key for key in task.after if key in found]
            assert [link[:2] for link in one["after"]] == [[found[key]["uid"], "FS"] for key in ahead]
            # Only an overlap is a lag, so that nothing moves.
            assert all(lag <= 0 and unit == "d" for _, _, lag, unit in one["after"])
            role = plan.template.role_title(task.task.owner)
            assert one["resources"] == ([task.owner.name] if task.owner else [role] if role else [])
            assert one["notes"].endswith(f"Key: {task.key}")
        assert all(found[key]["milestone"] for key in milestones)


def test_the_outline_is_that_of_the_stages(told: dict[str, Any]) -> None:
    for name, plan in samples()[0].items():
        tasks = {task["uid"]: task for task in read(told, f"{name}.kept")["tasks"]}
        assert list(tasks) == list(range(1, len(tasks) + 1))
        for planned in plan.tasks:
            one = next(task for task in tasks.values() if task["key"] == planned.key and not task["summary"])
            above = tasks[one["parent"]]
            assert (above["level"], one["level"]) == (1, 2)
            assert above["key"] == f"{plan.template.id}/{planned.task.stage}/acme"
            assert one["outline"].startswith(f"{above['outline']}.")


def hours(task: PlannedTask) -> list[str | None]:
    """From the morning of the first day to the evening of the last."""
    first, last = task.starts or task.due, task.due or task.starts
    return [f"{first}T08:00", f"{last}T17:00"] if first else [None, None]


@pytest.mark.parametrize("dates", ["kept", "linked"])
def test_a_scheduler_comes_to_the_dates_of_the_plan(told: dict[str, Any], dates: str) -> None:
    """The one of MPXJ, which follows Microsoft Project: neither constraints nor lags move anything."""
    for name, plan in samples()[0].items():
        scheduled = read(told, f"{name}.{dates}")["scheduled"]
        uids = {key: str(task["uid"]) for key, task in by_key(told, f"{name}.{dates}").items()}
        for task in plan.tasks:
            if task.starts or task.due:
                assert scheduled[uids[task.key]] == hours(task), (name, task.key)


def test_linked_tasks_have_the_lag_of_the_plan_and_no_constraint(told: dict[str, Any]) -> None:
    lags = set()
    for name, plan in samples()[0].items():
        found = by_key(told, f"{name}.linked")
        for task in plan.tasks:
            if any(key in found for key in task.after):
                assert found[task.key]["constraint"] == "AS_SOON_AS_POSSIBLE"
                lags |= {lag for _, _, lag, _ in found[task.key]["after"]}
    assert len(lags) > 5


def test_a_template_has_no_dates_and_no_people(told: dict[str, Any]) -> None:
    for name, template in samples()[1].items():
        project = read(told, f"{name}.template")
        assert project["start"] is None
        assert all(resource["generic"] and not resource["email"] for resource in project["resources"].values())
        for task in project["tasks"]:
            assert {task["start"], task["finish"], task["deadline"], task["not_before"]} == {None}
        found = by_key(told, f"{name}.template")
        for task in template.tasks:
            ahead = [link[0] for link in found[task.key]["after"] if link[1] == "FS"]
            assert ahead == [found[template.task(step).key]["uid"] for step in task.after]
            assert found[task.key]["role"] == (" ".join(template.role_title(task.owner).split()) or None)


def test_a_template_with_its_anchors_set_comes_to_the_offsets(told: dict[str, Any]) -> None:
    """Where nothing ahead is later, work is over at the end of the day that the offset says."""
    template = sample_template()
    scheduled = read(told, "dated")["scheduled"]
    uids = {key: str(task["uid"]) for key, task in by_key(told, "dated").items()}
    for anchor, day in ANCHORS.items():
        assert scheduled[uids[f"enterprise_onboarding/{anchor}"]] == [f"{day}T08:00", f"{day}T17:00"]
    checked = 0
    for task in template.tasks:
        due = task.due
        assert due is not None
        assert due.stated
        day = ANCHORS[due.anchor]
        if due.unit == "bd":
            for _ in range(int(due.amount)):
                day += timedelta(days=3 if day.weekday() == 4 else 1)
        else:
            day += timedelta(days=int(due.amount))
        if day.weekday() < 5:
            assert scheduled[uids[task.key]][1] == f"{day}T17:00", task.key
            checked += 1
    assert checked >= 7


def test_the_elements_stand_in_the_order_of_the_schema(told: dict[str, Any]) -> None:
    plans, templates = samples()
    order = told["order"]
    seen = set()
    for data in (plan_file(plans["hostile"]), template_file(templates["enterprise_onboarding"])):
        root = ElementTree.fromstring(data)
        parents = {child: parent for parent in root.iter() for child in parent}
        for element in root.iter():
            tag = element.tag.removeprefix(NAMESPACE)
            above = parents[element].tag.removeprefix(NAMESPACE) if element in parents else ""
            known = [name.lower() for name in order.get(f"{above}/{tag}") or order.get(tag) or ()]
            if known:
                places = [known.index(child.tag.removeprefix(NAMESPACE).lower()) for child in element]
                assert places == sorted(places), tag
                seen.add(tag)
    assert len(seen) == 8


def test_ids_are_stable_and_unique() -> None:
    for plan in samples()[0].values():
        root = ElementTree.fromstring(plan_file(plan))
        guids = [each.text for each in root.iter(f"{NAMESPACE}GUID")]
        assert len(guids) == len(set(guids))
    plan = samples()[0]["enterprise_onboarding"]
    moved = replace(
        plan, tasks=tuple(replace(task, due=task.due and task.due + timedelta(days=7)) for task in plan.tasks)
    )
    guids = [
        [each.text for each in ElementTree.fromstring(plan_file(one)).iter(f"{NAMESPACE}GUID")]
        for one in (plan, moved)
    ]
    assert guids[0] == guids[1]


def test_long_texts_and_months_are_told() -> None:
    template = sample_template()
    changed = replace(template.tasks[0], title="x" * 300, due=Offset("closed_won", 1, "mo"))
    template = replace(template, tasks=(changed, *template.tasks[1:]), _by_step={})
    modes: tuple[Mode, ...] = ("template", "plan")
    told = {
        (mode, loss.what): loss.where
        for mode in modes
        for loss in losses_of(target_of("ms-project"), template, mode, settings("ms-project"))
    }
    assert told["plan", "long titles and conditions"] == told["template", "months"] == (changed.step,)
    # In a plan a month is the day that it leads to.
    assert ("plan", "months") not in told
    names = [each.text or "" for each in ElementTree.fromstring(template_file(template)).iter(f"{NAMESPACE}Name")]
    assert any(name.endswith("x…") and len(name) == 255 for name in names)


def test_a_task_without_dates_has_none() -> None:
    plan = sample_plan(sample_template())
    plan = replace(plan, tasks=(replace(plan.tasks[0], starts=None, due=None), *plan.tasks[1:]))
    task = next(
        task
        for task in ElementTree.fromstring(plan_file(plan)).iter(f"{NAMESPACE}Task")
        if any(value.text == plan.tasks[0].key for value in task.iter(f"{NAMESPACE}Value"))
    )
    assert not {f"{NAMESPACE}{name}" for name in ("Start", "Finish", "Deadline", "ConstraintDate")} & {
        child.tag for child in task
    }


def test_golden() -> None:
    check_golden("self_serve.template.project.xml", template_file(sample_template("self_serve")))
    check_golden("self_serve.acme.project.xml", plan_file(working_plan(sample_template("self_serve"))))
