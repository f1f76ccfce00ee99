"""FlowFuse's countdown to a migration against the handbook's words."""

from __future__ import annotations

import re

from shipped_content import compiled, findings, playbook_of, source_text

from playbook.language.tracking import TrackedField

FOLDER = "examples/flowfuse_migration_countdown"


def handbook() -> str:
    return source_text("cases", "pb-flowfuse-migration-countdown", "countdown.md")


def countdown_items() -> list[tuple[str, str]]:
    """Heading and text of the numbered items of the countdown."""
    first = handbook().split("\n## ")[0]
    return re.findall(r"^\d\. \*\*(.+?):\*\*\n +(.+)$", first, re.MULTILINE)


def days_before(heading: str, text: str) -> int:
    """The days before the deadline that an item speaks of."""
    found = re.search(r"(\d+) days before", f"{heading} {text}", re.IGNORECASE)
    if found:
        return int(found[1])
    assert "On the deadline day" in text
    return 0


def test_points_in_time_before_the_deadline() -> None:
    items = countdown_items()
    days = [days_before(*item) for item in items]
    assert days == [90, 30, 7, 0]
    stages = playbook_of(FOLDER, "migration_countdown").model.stages
    assert len(stages) == len(items)
    for stage, day in zip(stages, days, strict=True):
        due = {str(step.due) for step in stage.steps if step.due}
        assert due == {f"{day}d before deadline" if day else "0d after deadline"}, stage.id
        assert stage.steps[0].due is not None, stage.id
    anchor = playbook_of(FOLDER, "migration_countdown").model.anchors["deadline"]
    assert anchor.moves
    assert anchor.field is not None


STEPS = {
    "new_server": {"set_up_server": "new server should be ready"},
    "notice": {"list_instances": "Create a list of instances", "notify_teams": "email to each team"},
    "last_review": {"review_remaining": "review any remaining instances", "offer_help": "personalized help"},
    "deadline_day": {
        "restart_remaining": "restart them",
        "check_online": "back online",
        "assist_customers": "assist customers",
    },
}


def test_steps_of_each_point() -> None:
    stages = playbook_of(FOLDER, "migration_countdown").model.stages
    assert {stage.id: [step.id for step in stage.steps] for stage in stages} == {
        stage: list(steps) for stage, steps in STEPS.items()
    }
    for words, (_, text) in zip(STEPS.values(), countdown_items(), strict=True):
        places = [text.index(word) for word in words.values()]
        assert places == sorted(places)


def test_what_is_done_once_for_each() -> None:
    steps = playbook_of(FOLDER, "migration_countdown").steps
    each = {step.id: (step.for_each.of, step.for_each.where) for step in steps.values() if step.for_each}
    left = "not instance.on_new_server"
    assert each == {
        "notify_teams": ("teams", None),
        "review_remaining": ("instances", left),
        "offer_help": ("customers", "customer.important or customer.many_left"),
        "restart_remaining": ("instances", left),
        "check_online": ("instances", "instance.restarted_last"),
        "assist_customers": ("customers", "customer.has_issues"),
    }
    touch = steps["notify_teams"].touch
    assert touch is not None
    assert (touch.kind, touch.audience) == ("email", ("customer_teams",))


def test_help_is_at_discretion() -> None:
    _, text = countdown_items()[2]
    assert re.search(r"particularly important or has many instances left.*consider", text)
    steps = playbook_of(FOLDER, "migration_countdown").steps
    assert [step.id for step in steps.values() if step.need == "optional"] == ["offer_help"]
    # "Many" is no number in the source, so it is none here.
    field = compiled(FOLDER).workspace.symbols["field"]["customer.many_left"].value
    assert isinstance(field, TrackedField)
    assert field.type == "boolean"


def test_nobody_is_named_for_the_countdown() -> None:
    for task in playbook_of(FOLDER, "migration_countdown").process.tasks.values():
        assert (task.owners.accountable, task.owners.responsible) == (None, None), task.step


def test_review_has_a_threshold_or_a_nomination() -> None:
    found = re.search(r"over \$(\d+)k ARR, or are manually nominated", handbook())
    assert found
    segments = playbook_of(FOLDER, "business_review").model.segments
    assert [segment.when for segment in segments.values()] == [
        f"account.arr > {found[1]}_000 or account.nominated",
        None,
    ]
    (step,) = playbook_of(FOLDER, "business_review").steps.values()
    assert step.repeat is not None
    assert (str(step.repeat.every), step.repeat.until, step.repeat.at_most) == ("quarter", None, None)
    assert re.search(r"offered to them and scheduled", handbook())
    assert len(step.checklist) == 2


def test_churn_has_the_sources_steps() -> None:
    (text,) = re.findall(r"following steps.*?: (1\. .+)$", handbook(), re.MULTILINE)
    items = re.split(r" ?\d\. ", text)[1:]
    words = {
        "update_tracker": "Contracted Customer Tracker",
        "cancel_subscription": "Stripe",
        "close_opportunities": "Hubspot",
        "announce_churn": "Slack",
        "thank_customer": "Acknowledgment",
    }
    playbook = playbook_of(FOLDER, "churned_customer")
    assert len(items) == 5
    assert list(playbook.steps) == list(words)
    systems = compiled(FOLDER).workspace.symbols["system"]
    for step, item in zip(playbook.steps.values(), items, strict=True):
        assert words[step.id] in item
        assert step.system is None or str(systems[step.system].id).split("_")[-1] in item.lower()
    assert [step.system is None for step in playbook.steps.values()] == [False] * 4 + [True]
    for task in playbook.process.tasks.values():
        assert task.owners.responsible is not None
        assert task.owners.responsible.holders == ("account_executive",)
        assert task.owners.accountable is None


def test_churn_is_for_annual_billing() -> None:
    assert "annually-billed customer chooses not to renew" in handbook()
    (stage,) = playbook_of(FOLDER, "churned_customer").model.stages
    assert [criterion.check for criterion in stage.enter] == ["account.billed_annually"]


def test_cohorts_are_named_and_used_nowhere() -> None:
    found = re.search(r"^Cohorts: (.+)\.$", handbook(), re.MULTILINE)
    assert found
    field = compiled(FOLDER).workspace.symbols["field"]["account.cohort"].value
    assert isinstance(field, TrackedField)
    assert list(field.values) == found[1].lower().split(", ")
    unused = [item for item in findings(FOLDER) if item.code == "REF003"]
    assert len(unused) == 1
    assert "account.cohort" in unused[0].message
