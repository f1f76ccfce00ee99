"""What Linear's own importer makes of the files, with a workspace that writes down what it is asked to create."""

from __future__ import annotations

import shutil
from typing import Any
from urllib.parse import unquote

import pytest
from tests.targets.project_tools import files_of, is_golden, plans, sample, settings, templates

from node_oracle import ORACLES, answers_of
from playbook.targets.projects.linear import MOST_ROWS
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import plan_work
from playbook.targets.registry import own_losses

FORMS = ("asana", "linear")
GUESTS = "owners outside one's own company"

needs_importer = pytest.mark.skipif(
    shutil.which("node") is None or not (ORACLES / "node_modules" / "@linear" / "import").is_dir(),
    reason="needs node and the packages of tests/oracles/package.json",
)


@pytest.fixture(scope="session")
def answers() -> dict[str, Any]:
    texts = {}
    for form in FORMS:
        for name, template in templates().items():
            (file,) = files_of("linear", "plan", template, as_=form)
            texts[f"{form}Csv/{name}"] = file.data.decode()
    return answers_of("linear/import.mjs", texts)


def key_of(text: str) -> str:
    return unquote(text.splitlines()[-1].removeprefix("Key: "))


@needs_importer
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", templates())
def test_issues_are_made(name: str, form: str, answers: dict[str, Any]) -> None:
    plan, answer = plans()[name], answers[f"{form}Csv/{name}"]
    assert answer["ok"], answer["message"]
    issues = {key_of(issue["description"]): issue for issue in answer["issues"]}
    assert len(issues) == len(plan.tasks)
    for planned in plan.tasks:
        issue = issues[planned.key]
        assert planned.due
        assert issue.get("dueDate") == (planned.due.isoformat() if form == "asana" else None)
        assert form == "asana" or f"Due: {planned.due.isoformat()}\n" in issue["description"]
        assert issue.get("assigneeId") == ("ada" if planned.owner else None)
        assert len(issue["labelIds"]) == 2
    # A status that a team lacks would be made for it.
    assert not answer["states"]
    assert all(len(label) <= 80 for label in answer["labels"])


@needs_importer
@pytest.mark.parametrize("name", templates())
def test_texts_arrive_or_are_told(name: str, answers: dict[str, Any]) -> None:
    """The importer takes descriptions for Jira's markup; what of them it changes has been said."""
    plan = plans()[name]
    losses = own_losses("linear", plan.template, settings("linear"))
    told = {step for loss in losses if "characters" in loss.what for step in loss.where}
    issues = {key_of(issue["description"]): issue for issue in answers[f"asanaCsv/{name}"]["issues"]}
    works = plan_work(plan)
    names = {work.key: work.name for work in works}
    for work in works:
        assert work.task
        wanted = description(plan.template, work, after=[names[key] for key in work.after]).rpartition("\n")[0]
        # The apostrophe of the guard stays, and NUL is no character of a text file.
        got = issues[work.key]["description"].rpartition("\n")[0].replace("\ufeff", "").lstrip("'")
        assert got == wanted.lstrip("'").replace("\0", "\ufffd") or work.task.step in told


@needs_importer
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_days_are_the_same_everywhere(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    plan = plans()["enterprise_onboarding"]
    (file,) = files_of("linear", "plan", plan.template)
    issues = answers_of("linear/import.mjs", {"asanaCsv/x": file.data.decode()})["asanaCsv/x"]["issues"]
    assert sorted(issue["dueDate"] for issue in issues) == sorted(str(planned.due) for planned in plan.tasks)


def test_what_each_form_loses_is_told() -> None:
    template = templates()["enterprise_onboarding"]
    assert [loss.what for loss in own_losses("linear", template, settings("linear"))] == [GUESTS]
    losses = own_losses("linear", template, settings("linear", as_="linear"))
    assert [loss.what for loss in losses] == [GUESTS, "due dates"]
    assert MOST_ROWS == 10_000


@pytest.mark.parametrize("form", FORMS)
def test_golden(form: str) -> None:
    is_golden(f"linear.{form}.csv", files_of("linear", "plan", sample(), as_=form))
