from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from tests.node_oracle import ORACLES, answers_of
from tests.targets.samples import ADA, hostile_template, sample_plan, sample_template, shipped_templates
from tests.targets.standard_plans import check_golden, settings, working_plan

from playbook.plans.plan import Plan
from playbook.targets.losses import losses_of
from playbook.targets.registry import own_losses, plan_files, target_of
from playbook.targets.standards.content_lines import text_line


def written(plan: Plan, **said: str) -> dict[str, bytes]:
    files = plan_files("icalendar", [plan], settings("icalendar", **said))
    return {file.name.removeprefix(f"{plan.template.name}."): file.data for file in files}


def read(data: bytes) -> dict[str, Any]:
    """The components by the key that they carry."""
    calendar = Calendar.from_ical(data)
    assert not calendar.errors
    return {str(each["X-PLAYBOOK-KEY"]): each for each in calendar.subcomponents}


def relations(component: Any, kind: str) -> list[tuple[str, str | None]]:
    found = component.get("RELATED-TO", [])
    found = found if isinstance(found, list) else [found]
    return [(str(each), each.params.get("GAP")) for each in found if each.params["RELTYPE"] == kind]


@pytest.fixture(scope="module")
def plans() -> dict[str, Plan]:
    return {name: working_plan(template) for name, template in shipped_templates().items()} | {
        "hostile": working_plan(hostile_template())
    }


def test_every_task_of_every_playbook_is_read_back(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        files = written(plan)
        assert list(files) == ["acme.events.ics", "acme.todos.ics"]
        events, todos = read(files["acme.events.ics"]), read(files["acme.todos.ics"])
        assert list(todos) == [task.key for task in plan.tasks]
        milestones = [f"{plan.template.id}/{id_}/acme" for id_ in plan.milestones]
        assert list(events) == [*(task.key for task in plan.tasks), *milestones]
        for task in plan.tasks:
            todo, event = todos[task.key], events[task.key]
            assert (todo.name, event.name) == ("VTODO", "VEVENT")
            assert todo["DUE"].dt == task.due
            assert todo.get("DTSTART", todo["DUE"]).dt == task.starts
            assert (event["DTSTART"].dt, event["DTEND"].dt) == (task.due, task.due + timedelta(days=1))
            assert str(todo["DESCRIPTION"]).endswith(f"Key: {task.key}")
            assert not {"ATTENDEE", "ORGANIZER"} & set(todo)


def test_relations_lead_both_ways_with_the_days_between(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        todos = read(written(plan)["acme.todos.ics"])
        uids = {str(todo["UID"]): key for key, todo in todos.items()}
        assert len(uids) == len(plan.tasks)
        behind: dict[str, dict[str, str | None]] = {task.key: {} for task in plan.tasks}
        by_key = {task.key: task for task in plan.tasks}
        for task in plan.tasks:
            ahead = [uids[uid] for uid, _ in relations(todos[task.key], "DEPENDS-ON")]
            assert ahead == [key for key in task.after if key in by_key]
            for key in ahead:
                between = (task.starts - by_key[key].due).days - 1  # type: ignore[operator]
                behind[key][task.key] = f"P{between}D" if between > 0 else None
        for key, expected in behind.items():
            found = {uids[uid]: gap for uid, gap in relations(todos[key], "FINISHTOSTART")}
            assert {one: gap and str(gap) for one, gap in found.items()} == expected


def test_the_same_entry_has_the_same_uid_in_every_export(plans: dict[str, Plan]) -> None:
    plan = plans["enterprise_onboarding"]
    later = replace(plan, tasks=tuple(replace(task, due=date(2027, 5, 3)) for task in reversed(plan.tasks)))
    first, second = read(written(plan)["acme.todos.ics"]), read(written(later, sequence="1")["acme.todos.ics"])
    assert {key: each["UID"] for key, each in first.items()} == {key: each["UID"] for key, each in second.items()}
    assert {each["SEQUENCE"] for each in first.values()} == {0}
    assert {each["SEQUENCE"] for each in second.values()} == {1}
    events = read(written(plan)["acme.events.ics"])
    assert not {str(each["UID"]) for each in events.values()} & {str(each["UID"]) for each in first.values()}


def test_lines_are_short_and_no_character_is_cut(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        for data in written(plan).values():
            assert data.endswith(b"END:VCALENDAR\r\n")
            for line in data.split(b"\r\n"):
                assert len(line) <= 75
                assert b"\n" not in line
                assert b"\r" not in line
                line.decode()


@pytest.mark.parametrize("text", ["ä" * 100, "x" * 74 + "客" * 50, "👩‍👩‍👧" * 30, "a" * 75, ""])
def test_folding_is_undone_by_a_reader(text: str) -> None:
    line = text_line("SUMMARY", text)
    assert line.replace(b"\r\n ", b"") == f"SUMMARY:{text}\r\n".encode()
    assert all(len(part) <= 75 for part in line.split(b"\r\n"))


def test_hostile_texts_come_back_as_they_are(plans: dict[str, Plan]) -> None:
    plan = plans["hostile"]
    todos = read(written(plan)["acme.todos.ics"])
    for task in plan.tasks:
        kept = "".join(
            sign for sign in task.title if sign in "\t\n" or (" " <= sign != "\x7f" and not _is_half(sign))
        )
        assert str(todos[task.key]["SUMMARY"]) == " ".join(f"{kept} (Acme Ltd)".split())


def _is_half(sign: str) -> bool:
    return "\ud800" <= sign <= "\udfff"


def test_people_are_attendees_only_where_somebody_invites_them() -> None:
    plan = working_plan(sample_template())
    invited = read(written(plan, organizer="ops@acme.example")["acme.events.ics"])
    owned = [task.key for task in plan.tasks if task.owner]
    assert owned
    for key in owned:
        assert str(invited[key]["ORGANIZER"]) == "mailto:ops@acme.example"
        attendee = invited[key]["ATTENDEE"]
        assert (str(attendee), attendee.params["CN"]) == (f"mailto:{ADA.email}", ADA.name)


def test_only_the_tasks_of_one_person() -> None:
    plan = working_plan(sample_template())
    mine = read(written(plan, owner="ADA@acme.example", kind="todo")["acme.todos.ics"])
    milestones = [f"{plan.template.id}/{id_}/acme" for id_ in plan.milestones]
    assert list(mine) == [*(task.key for task in plan.tasks if task.owner), *milestones]


def test_an_event_can_cover_all_its_days() -> None:
    plan = working_plan(sample_template())
    events = read(written(plan, days="span", kind="event")["acme.events.ics"])
    assert all(events[task.key]["DTSTART"].dt == task.starts for task in plan.tasks)


def test_accounts_can_share_files_of_a_bounded_size(monkeypatch: pytest.MonkeyPatch) -> None:
    from playbook.targets.standards import icalendar

    monkeypatch.setattr(icalendar, "_MOST_TOGETHER", 25)
    template = sample_template("self_serve")
    plans = [working_plan(template, f"a{number}", f"A {number}") for number in range(8)]
    chosen = settings("icalendar", files="together", kind="todo")
    files = list(plan_files("icalendar", iter(plans), chosen))
    assert [file.name for file in files[:2]] == ["onboarding.todos.ics", "onboarding.todos-2.ics"]
    keys = [key for file in files for key in read(file.data)]
    one = [*(task.key for task in plans[0].tasks), *(f"{template.id}/{id_}/a0" for id_ in plans[0].milestones)]
    assert len(keys) == len(set(keys)) == 8 * len(one)
    assert max(len(read(file.data)) for file in files) <= max(25, len(one))


def test_a_task_without_a_date_is_a_todo_and_is_told() -> None:
    template = sample_template()
    tasks = (replace(template.tasks[0], due=None, start=None), *template.tasks[1:])
    template = replace(template, tasks=tasks, _by_step={})
    plan = sample_plan(template)
    plan = replace(plan, tasks=(replace(plan.tasks[0], starts=None, due=None), *plan.tasks[1:]))
    files = written(plan)
    assert plan.tasks[0].key in read(files["acme.todos.ics"])
    assert plan.tasks[0].key not in read(files["acme.events.ics"])
    told = {loss.what: loss for loss in losses_of(target_of("icalendar"), template, "plan", settings("icalendar"))}
    assert told["tasks without a date"].where == (tasks[0].step,)
    assert told["tasks without a date"].part


@pytest.mark.parametrize(
    ("name", "value"),
    [("sequence", "-1"), ("stamp", "2026-02-30"), ("stamp", "soon"), ("organizer", "Ada"), ("owner", "a b@c")],
)
def test_a_setting_that_cannot_be_read_is_refused(name: str, value: str) -> None:
    chosen = settings("icalendar", **{name: value})
    (loss,) = own_losses("icalendar", sample_template(), chosen)
    assert loss.refused
    assert value in loss.why
    assert list(plan_files("icalendar", [working_plan(sample_template())], chosen))


def test_the_stamp_is_the_day_of_the_starting_anchor_or_what_is_said() -> None:
    plan = working_plan(sample_template())
    start = next(plan.anchors[id_] for id_, anchor in plan.template.anchors.items() if anchor.start)
    assert f"DTSTAMP:{start:%Y%m%d}T000000Z".encode() in written(plan)["acme.events.ics"]
    assert b"DTSTAMP:20270102T000000Z" in written(plan, stamp="2027-01-02")["acme.events.ics"]


@pytest.mark.skipif(
    shutil.which("node") is None or not (ORACLES / "node_modules" / "ical.js").is_dir(),
    reason="needs node and the packages of tests/oracles",
)
def test_ical_js_reads_the_same_as_icalendar(plans: dict[str, Plan]) -> None:
    texts = {
        f"{name} {file}": data.decode()
        for name, plan in plans.items()
        for file, data in written(plan, organizer="ops@acme.example").items()
    }
    answers = answers_of("ical/read.mjs", texts)
    for name, text in texts.items():
        assert "error" not in answers[name], (name, answers[name])
        ours = Calendar.from_ical(text).subcomponents
        theirs = answers[name]["components"]
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            assert one.name.lower() == other["name"]
            properties = {each["name"]: each["values"] for each in other["properties"]}
            for key in ("SUMMARY", "DESCRIPTION", "UID", "X-PLAYBOOK-KEY"):
                assert properties[key.lower()] == [str(one[key])], (name, key)
            gaps = [each["parameters"].get("gap") for each in other["properties"] if each["name"] == "related-to"]
            found = one.get("RELATED-TO", [])
            found = found if isinstance(found, list) else [found]
            assert gaps == [each.params.get("GAP") and str(each.params["GAP"]) for each in found]


def test_golden() -> None:
    plan = working_plan(sample_template("self_serve"))
    for name, data in written(plan).items():
        check_golden(f"self_serve.{name}", data)
