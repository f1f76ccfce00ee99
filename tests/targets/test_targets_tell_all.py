"""What a tool has no field for is told in words, what is new makes nothing twice, and told losses are true."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.targets.project_tools import files_of, records, settings
from tests.targets.samples import ADA, sample_plan, sample_template, shipped_templates

from playbook.plans.ledger import Changes, entry_of
from playbook.plans.plan import PersonBinding, Plan
from playbook.plans.template import Offset, RoleTemplate, TaskTemplate, Template
from playbook.targets.files.notes import notes_within, planned_notes, template_notes
from playbook.targets.losses import losses_of
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import plan_work, template_work
from playbook.targets.registry import plan_files, target_of
from playbook.targets.target import Loss, Mode
from playbook.text.quantities import parse_duration

SAM = PersonBinding("sam@customer.example", "Sam Sponsor")
ONCE = {
    "asana-api": "/projects",
    "jira-api": "/rest/api/3/issue/bulk",
    "trello": "/boards",
    "rocketlane": "/projects",
}
"""The call that makes what an account has once; of Jira the first of several."""


def _changed(template: Template, **fields: object) -> Template:
    first = replace(template.tasks[0], **fields)  # type: ignore[arg-type]
    return replace(template, tasks=(first, *template.tasks[1:]), _by_step={})


def _losses(name: str, mode: Mode, template: Template) -> list[Loss]:
    return list(losses_of(target_of(name), template, mode, settings(name)))


def _means(template: Template, task: TaskTemplate) -> Iterator[str]:
    for id_ in (task.system, task.asset, *task.captures, *task.produces):
        if id_:
            yield template.called(id_)
    if task.automation != "manual":
        yield task.automation


# -- in words ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", shipped_templates())
def test_notes_tell_tools_content_fields_and_results_by_their_names(name: str) -> None:
    template = shipped_templates()[name]
    plan = sample_plan(template)
    texts = [template_notes(template, task) for task in template.tasks]
    texts += [planned_notes(template, planned) for planned in plan.tasks]
    for task, text in zip((*template.tasks, *template.tasks), texts, strict=True):
        assert all(words in text for words in _means(template, task))


def test_a_tool_is_called_by_its_title() -> None:
    template = sample_template()
    assert "Done in: CRM" in template_notes(template, template.tasks[0])
    assert "Produces: Handover brief" in template_notes(template, template.tasks[0])


def test_where_there_are_no_dates_start_duration_and_due_date_are_told() -> None:
    takes = parse_duration("1..2bd")
    template = _changed(sample_template(), takes=takes, start=Offset("closed_won", 1, "bd"))
    (work, *_) = template_work(template)
    text = description(template, work)
    for line in ("Starts: 1 business day after Closed won", "Takes: 1 to 2 business days", "Due: "):
        assert line in text
    (dated, *_) = plan_work(sample_plan(template))
    assert "Takes:" not in description(template, dated)
    undated = replace(sample_plan(template).tasks[0], starts=None, due=None)
    assert "\nDue: 1 business day after Closed won\n" in planned_notes(template, undated)


def test_a_milestone_of_a_template_tells_when_it_is_due() -> None:
    plain = sample_template()
    milestone = replace(plain.milestones[0], due=Offset("go_live", -3, "d"))
    template = replace(plain, milestones=(milestone,))
    (row,) = [row for row in records(files_of("asana", "template", template)[0].data) if row["Type"] == "Milestone"]
    assert "Due: 3 days before Go-live" in row["Description"]


def test_a_plain_table_has_all_that_its_declaration_says() -> None:
    template = _changed(sample_template(), for_each="contacts", repeat="every week", automation="automated")
    row = records(files_of("task-csv", "template", template)[0].data)[0]
    assert (row["For each of"], row["Again"], row["Automation"]) == ("contacts", "every week", "automated")
    assert row["Produces"] == "Handover brief"
    assert row["Promised"].startswith("within 1 business day; warned of after 4 business hours; ")


@pytest.mark.parametrize("most", [1, 20, 40, 60])
def test_a_note_is_cut_before_its_key(most: int) -> None:
    cut = notes_within("some words that go on and on and on and on\nKey: a/b", most)
    assert cut.endswith("\nKey: a/b")
    assert len(cut) <= max(most, len("…\nKey: a/b"))


# -- keys and names ------------------------------------------------------------------------------


@pytest.mark.parametrize("account", ["a/b", "Zürich", "x" * 150])
def test_milestones_have_the_same_account_in_their_keys_as_tasks(account: str) -> None:
    from playbook.plans.keys import key_part

    plan = sample_plan(sample_template(), account)
    for name in ("asana", "smartsheet"):
        (file,) = plan_files(name, [plan], settings(name))
        keys = [row["Playbook key"] for row in records(file.data)]
        assert f"{plan.template.milestones[0].key}/{key_part(account)}" in keys


def test_no_two_accounts_have_one_file() -> None:
    plain = sample_template()
    variant = replace(plain, variant="lite")
    pairs = (("acme", "ACME"), ("a/b", "a-b"), ("a.b", "a-b"), ("", "account"), ("lite.acme", "lite-acme"))
    for one, other in pairs:
        plans = [sample_plan(plain, one), sample_plan(plain, other)]
        assert len({file.name.lower() for file in plan_files("asana", plans, settings("asana"))}) == 2
    plans = [sample_plan(plain, "lite.acme"), sample_plan(variant, "acme")]
    assert len({file.name for file in plan_files("asana", plans, settings("asana"))}) == 2


def test_stages_of_one_title_stay_two() -> None:
    plain = sample_template()
    stages = {id_: replace(stage, title="Build") for id_, stage in plain.stages.items()}
    template = replace(plain, stages=stages)
    titles = ["Build", "Build (2)", "Build (3)", "Build (4)"]
    assert list(dict.fromkeys(work.stage for work in template_work(template))) == titles
    (file,) = files_of("asana-api", "plan", template)
    sections = [call for call in json.loads(file.data)["calls"] if call["path"].endswith("/sections")]
    assert [call["body"]["data"]["name"] for call in sections] == [*titles, "Milestones"]


# -- once only -----------------------------------------------------------------------------------


def _continued() -> Plan:
    """What is new of a plan of which the tool has all but the last task."""
    plan = sample_plan(sample_template())
    before = {planned.key: entry_of(planned) for planned in plan.tasks[:-1]}
    (rest,) = Changes(before).only_new([plan])
    return rest


def test_the_first_export_of_an_account_is_whole() -> None:
    (first,) = Changes({}).only_new([sample_plan(sample_template())])
    assert not first.continued
    assert [work for work in plan_work(first, milestones=True) if work.task is None]


def test_what_is_new_has_no_milestones() -> None:
    rest = _continued()
    assert rest.continued
    assert [work.key for work in plan_work(rest, milestones=True)] == [rest.tasks[0].key]


@pytest.mark.parametrize("name", ["asana", "clickup", "monday", "smartsheet"])
def test_what_the_tool_has_already_is_called_by_its_name(name: str) -> None:
    (file,) = plan_files(name, [_continued()], settings(name))
    (row,) = records(file.data)
    assert "After: Watch usage and help the first users\n" in row["Description"]


@pytest.mark.parametrize("name", ONCE)
def test_what_is_new_makes_no_second_project(name: str) -> None:
    (whole,) = plan_files(name, [sample_plan(sample_template())], settings(name))
    (rest,) = plan_files(name, [_continued()], settings(name))
    first, later = json.loads(whole.data), json.loads(rest.data)
    assert [call["path"] for call in first["calls"]].count(ONCE[name]) == (3 if name == "jira-api" else 1)
    assert [call["path"] for call in later["calls"]].count(ONCE[name]) == (1 if name == "jira-api" else 0)
    assert set(later["needs"]) - set(first["needs"])


def test_what_is_new_makes_no_second_epic() -> None:
    (file,) = plan_files("jira", [_continued()], settings("jira"))
    assert b",Epic," not in file.data
    (file,) = plan_files("github-issues", [_continued()], settings("github-issues"))
    titles = [
        call["body"].get("title") for call in json.loads(file.data)["calls"] if call["path"].endswith("/issues")
    ]
    assert titles == ["Review value with the sponsor"]


# -- people outside the company -------------------------------------------------------------------


def _with_sponsor() -> Plan:
    """A plan in which somebody of the customer has a letter in an internal task."""
    plain = sample_template()
    roles = {**plain.roles, "sponsor": RoleTemplate("sponsor", "Sponsor", None, "customer")}
    letters = {**plain.tasks[0].letters, "I": ("sponsor",)}
    template = _changed(replace(plain, roles=roles), letters=letters)
    plan = sample_plan(template)
    first = replace(plan.tasks[0], owner=None, people={"ae": ADA, "sponsor": SAM})
    return replace(plan, tasks=(first, *plan.tasks[1:]))


@pytest.mark.parametrize("name", ["asana", "asana-api", "rocketlane"])
def test_nobody_of_the_customer_follows_an_internal_task(name: str) -> None:
    (file,) = plan_files(name, [_with_sponsor()], settings(name))
    assert ADA.key.encode() in file.data
    assert SAM.key.encode() not in file.data
    assert SAM.name.encode() in file.data


@pytest.mark.parametrize("name", ["asana", "asana-api", "jira", "clickup", "monday", "linear", "smartsheet"])
def test_owners_of_the_customer_are_told_of_plans(name: str) -> None:
    what = "owners outside one's own company"
    (loss,) = [loss for loss in _losses(name, "plan", sample_template()) if loss.what == what]
    assert loss.where == ("connect_sso",)
    if "template" in target_of(name).modes:
        assert what not in [loss.what for loss in _losses(name, "template", sample_template())]


# -- true in their mode ---------------------------------------------------------------------------


def test_losses_of_templates_are_not_told_of_plans() -> None:
    template = _changed(sample_template(), due=Offset("closed_won", 1, "mo"))
    for name, what in (("todoist", "due dates that are not counted from the start"), ("ms-project", "months")):
        assert what in [loss.what for loss in _losses(name, "template", template)]
        assert what not in [loss.what for loss in _losses(name, "plan", template)]


def test_what_is_full_in_plans_is_no_loss_there() -> None:
    template = sample_template()
    assert "start dates" in [loss.what for loss in _losses("clickup", "template", template)]
    assert "start dates" not in [loss.what for loss in _losses("clickup", "plan", template)]
