"""``salesforce-action-plan``: the schema reads it, dates are right, and limits are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.targets.salesforce_metadata import children, read, text, violations
from tests.targets.samples import hostile_template, sample_template, shipped_templates
from tests.targets.standard_plans import check_golden, settings

from playbook.plans.template import Offset, TaskTemplate, Template
from playbook.targets.losses import losses_of
from playbook.targets.salesforce import action_plan
from playbook.targets.salesforce.plan_limits import limits_exceeded
from playbook.targets.salesforce.plan_parts import in_days, parts_of
from playbook.targets.target import File

NAME = "salesforce-action-plan"
SAMPLE = sample_template()
TASK = SAMPLE.tasks[0]


def plans(template: Template, **chosen: str) -> list[File]:
    files = action_plan.template(template, settings(NAME, **chosen))
    return [file for file in files if file.name.endswith(".apt-meta.xml")]


def items(plan: ElementTree.Element) -> list[ElementTree.Element]:
    return children(plan, "actionPlanTemplateItem")


def value(item: ElementTree.Element, name: str) -> str | None:
    """What an item sets a field of its task to."""
    for each in children(item, "actionPlanTemplateItemValue"):
        if text(each, "name") == name:
            return text(each, "valueLiteral") or text(each, "valueFormula")
    return None


def days(item: ElementTree.Element) -> int | None:
    formula = value(item, "ActivityDate")
    if formula is None:
        return None
    match = re.fullmatch(r"StartDate \+ (\d+)", formula)
    assert match, formula
    return int(match[1])


def step(item: ElementTree.Element) -> str:
    """The step of an item, by the last line of its comments."""
    return (value(item, "Description") or "").rpartition("Key: ")[2].partition("/")[2]


@pytest.mark.parametrize("chosen", [{}, {"dependencies": "no", "days": "calendar"}])
def test_the_schema_takes_every_playbook(chosen: dict[str, str]) -> None:
    for name, template in shipped_templates().items():
        files = plans(template, **chosen)
        assert violations(files) == [], name
        names = [file.name.rpartition("/")[2].removesuffix(".apt-meta.xml") for file in files]
        assert len({each.lower() for each in names}) == len(names)
        found = [each for file in files for each in rules(read(file), names)]
        assert sorted(found) == sorted(task.step for task in template.tasks), name


def rules(plan: ElementTree.Element, names: list[str]) -> Iterator[str]:
    """Holds an action plan against what its schema does not say; gives the steps that are in it."""
    assert text(plan, "uniqueName") in names
    assert re.fullmatch(r"(?=.{1,80}\Z)[A-Za-z](?:_?[A-Za-z0-9])*", text(plan, "uniqueName") or "")
    assert 0 < len(text(plan, "name") or "") <= 255
    assert len(text(plan, "description") or "") <= 255
    assert text(plan, "status") == "Draft"
    whole = {text(item, "uniqueName"): content(item) for item in items(plan)}
    assert len(whole) == len(items(plan))
    for number, item in enumerate(items(plan), 1):
        assert text(item, "displayOrder") == str(number)
        assert len(text(item, "uniqueName") or "") <= 80
        assert 0 < len(text(item, "name") or "") <= 255
        assert 0 < len(value(item, "Subject") or "") <= 255
        assert len(value(item, "Description") or "") <= 32_000
        assert (days(item) or 0) <= 1_000
        assert not re.search(r"\b20\d\d-\d\d-\d\d\b", ElementTree.tostring(item, "unicode"))
        yield step(item)
    for dependency in children(plan, "actionPlanTemplateItemDependencies"):
        assert text(dependency, "creationType") == "OnPreviousItemCompleted"
        for end in ("previousTemplateItem", "templateItem"):
            (repeated,) = children(dependency, end)
            assert content(repeated) == whole[text(repeated, "uniqueName")]


def content(element: ElementTree.Element) -> tuple[object, ...]:
    """What is in an element, whatever it is called and however it is indented."""
    return tuple((each.tag, content(each) if len(each) else each.text) for each in element)


def test_steps_before_a_date_count_from_a_start_before_it() -> None:
    template = replace(
        sample_template(),
        tasks=(
            due("kick_off", Offset("closed_won", 2)),
            due("freeze", Offset("go_live", -10)),
            due("launch", Offset("go_live", 0)),
            due("review", Offset("go_live", 5)),
        ),
        _by_step={},
    )
    first, second = (read(file) for file in plans(template))
    assert [days(item) for item in items(first)] == [2]
    assert [days(item) for item in items(second)] == [0, 10, 15]
    assert text(first, "description") == "Start it on the day of Closed won, with Skip Nonwork Days."
    assert text(second, "description") == "Start it 10 working days before Go-live, with Skip Nonwork Days."
    told = losses_of(action_plan.TARGET, template, "template", settings(NAME))
    assert any(loss.what == "one plan for all" and loss.where == ("freeze", "launch", "review") for loss in told)


def test_the_order_of_due_dates_is_kept() -> None:
    for template in shipped_templates().values():
        for part in parts_of(template, "calendar"):
            exact = sorted(
                (
                    item.task.due.amount * {"bd": 7 / template.working_days, "d": 1, "w": 7}[item.task.due.unit],
                    item.days,
                )
                for item in part.items
                if item.task.due and item.days is not None and item.task.due.unit in ("bd", "d", "w")
            )
            assert all(earlier[1] <= later[1] for earlier, later in pairwise(exact))
            assert all(abs(days - part.before - due) < 1 for due, days in exact)


@pytest.mark.parametrize(
    ("offset", "working", "calendar"),
    [
        (Offset("a", 5, "bd"), (5, True), (7, False)),
        (Offset("a", -5, "bd"), (-5, True), (-7, False)),
        (Offset("a", 2, "w"), (10, True), (14, True)),
        (Offset("a", 10, "d"), (8, False), (10, True)),
        (Offset("a", -10, "d"), (-8, False), (-10, True)),
        (Offset("a", 4, "bh"), (0, False), (0, False)),
        (Offset("a", 16, "bh"), (2, True), (2, False)),
        (Offset("a", 48, "h"), (1, False), (2, True)),
        (Offset("a", 1, "mo"), (22, False), (31, False)),
        (Offset("a", 0, "d"), (0, True), (0, True)),
        (Offset("a", 1.5, "bd"), (2, False), (3, False)),
    ],
)
def test_offsets_in_whole_days(offset: Offset, working: tuple[int, bool], calendar: tuple[int, bool]) -> None:
    assert in_days(sample_template(), offset, "working") == working
    assert in_days(sample_template(), offset, "calendar") == calendar


def due(id_: str, offset: Offset | None, after: tuple[str, ...] = ()) -> TaskTemplate:
    return replace(TASK, step=id_, key=f"pilot/{id_}", title=f"Do {id_}", due=offset, after=after)


def limits(*tasks: TaskTemplate) -> dict[str, Any]:
    template = replace(SAMPLE, tasks=tasks, _by_step={})
    found = list(limits_exceeded(template))
    assert all(loss.refused for loss in found)
    return {loss.what: loss.where for loss in found}


def chain(length: int) -> list[TaskTemplate]:
    start = Offset("closed_won", 1)
    return [due(f"s{number}", start, (f"s{number - 1}",) if number else ()) for number in range(length)]


def test_what_is_just_within_the_limits_is_taken() -> None:
    start = Offset("closed_won", 1)
    assert limits(*(due(f"s{number}", Offset("closed_won", 1_000)) for number in range(100))) == {}
    assert limits(*(due(each, start) for each in "abc"), due("d", start, ("a", "b", "c"))) == {}
    assert limits(due("a", start), *(due(f"s{number}", start, ("a",)) for number in range(10))) == {}
    assert limits(*chain(25)) == {}


def test_each_limit_is_told_with_its_steps() -> None:
    start = Offset("closed_won", 1)
    many = limits(*(due(f"s{number}", start) for number in range(101)))
    assert many == {"items of a template": ("s100",)}
    assert limits(due("a", Offset("closed_won", 1_001))) == {"days from the start of a plan": ("a",)}
    four = limits(*(due(each, start) for each in "abcd"), due("e", start, ("a", "b", "c", "d")))
    assert four == {"prerequisites of a task": ("e",)}
    eleven = limits(due("a", start), *(due(f"s{number}", start, ("a",)) for number in range(11)))
    assert eleven == {"successors of a task": ("a",)}
    long = limits(*chain(26))
    assert long == {"dependencies in a sequence": tuple(f"s{number}" for number in range(26))}
    circle = limits(due("a", start, ("b",)), due("b", start, ("a",)))
    assert circle == {"what waits for what": ("a", "b")}


def test_a_long_plan_before_a_date_is_too_long_as_well() -> None:
    assert limits(due("a", Offset("go_live", -600)), due("b", Offset("go_live", 600))) == {
        "days from the start of a plan": ("b",)
    }


def test_each_plan_has_the_limits_for_itself() -> None:
    first = [due(f"a{number}", Offset("closed_won", 1)) for number in range(100)]
    second = [due(f"b{number}", Offset("go_live", 1)) for number in range(100)]
    assert limits(*first, *second) == {}


def test_prerequisites_that_others_wait_for_already_are_left_out() -> None:
    start = Offset("closed_won", 1)
    tasks = (*chain(4), due("end", start, ("s0", "s1", "s2", "s3")))
    assert limits(*tasks) == {}
    (part,) = parts_of(replace(SAMPLE, tasks=tasks, _by_step={}))
    assert part.items[-1].after == ("s3",)


def test_another_version_has_another_name() -> None:
    template = sample_template()
    (first, *_others) = plans(replace(template, version="1.0.0"))
    (second, *_more) = plans(replace(template, version="1.1.0"))
    assert first.name != second.name
    unversioned = replace(template, version=None)
    task = replace(template.tasks[0], title="Another title")
    changed = replace(unversioned, tasks=(task, *template.tasks[1:]), _by_step={})
    assert plans(unversioned)[0].name == plans(unversioned)[0].name != plans(changed)[0].name


def test_items_whose_ids_differ_by_an_underscore_have_different_names() -> None:
    template = replace(SAMPLE, tasks=tuple(due(id_, Offset("closed_won", 1)) for id_ in ("a_b", "a__b", "c")))
    names = [text(item, "uniqueName") or "" for file in plans(template) for item in items(read(file))]
    assert len({name.lower() for name in names}) == 3
    assert names[2].endswith("_C")


def test_dependencies_can_be_left_out() -> None:
    template = shipped_templates()["customer_onboarding"]
    refused = [loss for loss in losses_of(action_plan.TARGET, template, "template", settings(NAME)) if loss.refused]
    assert [loss.what for loss in refused] == ["prerequisites of a task"]
    without = settings(NAME, dependencies="no")
    assert not any(loss.refused for loss in losses_of(action_plan.TARGET, template, "template", without))
    for file in plans(template, dependencies="no"):
        assert not children(read(file), "actionPlanTemplateItemDependencies")


def test_hostile_texts_come_through() -> None:
    template = hostile_template()
    files = plans(template)
    assert violations(files) == []
    found = [item for file in files for item in items(read(file))]
    assert all(value(item, "Subject") for item in found)
    assert sorted(map(step, found)) == sorted(task.step for task in template.tasks)


def test_golden() -> None:
    template = sample_template("self_serve")
    files = action_plan.template(template, settings(NAME))
    check_golden(f"{NAME}.self_serve.txt", b"".join(f"=== {file.name}\n".encode() + file.data for file in files))
