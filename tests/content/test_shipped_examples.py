"""The examples against the published playbooks that they restate."""

from __future__ import annotations

import csv
import io
import os
import re

import pytest
from shipped_content import (
    REPOSITORY,
    compiled,
    core_edges,
    findings,
    mermaid_edges,
    nodes_of,
    place_lines,
    playbook_of,
    source_text,
    tables_of,
)

from playbook.core.owners import Owners
from playbook.language.raci import names
from playbook.language.stage import Stage
from playbook.language.step import ChecklistItem
from playbook.language.tracking import TrackedField, Tracking

GITLAB = "examples/gitlab_csm_to_cse_handover"
CLOUDGOV = "examples/cloudgov_ato"
POSTHOG = "examples/posthog_success_plan"
LICENCES = {
    GITLAB: "CC BY-SA 4.0",
    CLOUDGOV: "CC0 1.0",
    POSTHOG: "MIT License",
    "examples/flowfuse_migration_countdown": "CC BY-SA 4.0",
    "examples/logingov_production": "CC0 1.0",
    "examples/posthog_new_sales": "MIT License",
    "examples/posthog_onboarding_pipeline": "MIT License",
    "examples/sourcegraph_implementation": "Apache License 2.0",
}
EXAMPLES = list(LICENCES)


def leaves(stage: Stage) -> int:
    """What is to be done in a stage: the lines of its steps' checklists, or the step where it has none."""
    return sum(len(step.checklist) or 1 for step in stage.steps if step.need != "forbidden")


@pytest.mark.parametrize("folder", EXAMPLES)
def test_findings(folder: str) -> None:
    """Exactly what the source lacks or contradicts, by file, code and the line it is about."""
    golden = REPOSITORY / "tests" / "content" / "golden" / f"{folder.split('/')[1]}.txt"
    found = place_lines(folder, findings(folder))
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text("".join(line + "\n" for line in found), encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8").splitlines()


def test_every_example_is_listed() -> None:
    folders = {f"examples/{path.name}" for path in (REPOSITORY / "examples").glob("[!.]*/")}
    assert folders == set(EXAMPLES)


@pytest.mark.parametrize("folder", EXAMPLES)
def test_the_source_and_its_licence_are_named(folder: str) -> None:
    text = (REPOSITORY / folder / "README.md").read_text(encoding="utf-8")
    assert LICENCES[folder] in text
    assert "**Source.**" in text


# -- GitLab --------------------------------------------------------------------------------------

GITLAB_CASE = ("cases", "pb-gitlab-csm-to-cse-handover")
HANDOVER_BOXES = {
    "start": "Start",
    "enter.pre_handover": "PreHandover",
    "step.clean_up_data": "DataCleanup",
    "step.create_issue": "CreateIssue",
    "step.review_handover": "CSEReview",
    "approval.review_handover": "CSEReview",
    "step.take_manager_actions": "ManagerActions",
    "step.hold_handover_call": "HandoverCall",
    "enter.customer_communication": "CustomerComm",
    "step.draft_letter": "CustomerComm",
    "step.agree_timing": "CustomerComm",
    "step.send_letter": "SendLetter",
    "step.record_sending": "SendLetter",
    "step.answer_customer": "SendLetter",
    "step.join_customer_call": "NoCSECall",
    "step.close_handover": "Complete",
    "end.on_demand": "CSEEngagement",
}


def test_gitlab_has_the_sources_nodes_and_edges() -> None:
    theirs = mermaid_edges(source_text(*GITLAB_CASE, "csm-to-cse-handover.en.md"))
    assert (len(nodes_of(theirs)), len(theirs)) == (12, 12)
    ours = core_edges(playbook_of(GITLAB, "csm_to_cse_handover"), HANDOVER_BOXES)
    assert ours == theirs


def test_gitlab_has_one_choice_and_one_way_back() -> None:
    process = playbook_of(GITLAB, "csm_to_cse_handover").process
    assert [gate.id for gate in process.gates.values() if gate.kind == "exclusive"] == ["approval.review_handover"]
    back = [(flow.source, flow.target, flow.bounded) for flow in process.flows if flow.kind == "rework"]
    assert back == [("approval.review_handover", "step.clean_up_data", False)]


def test_gitlab_stages_and_their_lines() -> None:
    model = playbook_of(GITLAB, "csm_to_cse_handover").model
    assert [leaves(stage) for stage in model.stages] == [9, 6, 5, 5, 4]
    titles = re.findall(r"^### \d\. (.+?) \(", source_text(*GITLAB_CASE, "csm-to-cse-handover.en.md"), re.MULTILINE)
    assert [stage.label for stage in model.stages] == titles


def test_gitlab_stages_keep_their_weeks() -> None:
    text = source_text(*GITLAB_CASE, "csm-to-cse-handover.en.md")
    written = re.findall(r"^### \d\. .+?\(weeks? (\d)(?:-(\d))?\)", text, re.MULTILINE)
    weeks = [(int(first), int(last or first)) for first, last in written]
    model = playbook_of(GITLAB, "csm_to_cse_handover").model
    ours = [(str(stage.starts), str(stage.due)) for stage in model.stages]
    assert ours == [(f"{first - 1}w after transition", f"{last}w after transition") for first, last in weeks]


ACTIVITIES = {
    "Data clean-up and issue creation": ["clean_up_data", "create_issue"],
    "Review/approve handover": ["review_handover"],
    "Update tier and comp pool": ["take_manager_actions"],
    "Handover call": ["hold_handover_call"],
    "Draft/send customer letter": ["draft_letter", "send_letter"],
    "Coordinate timing": ["agree_timing"],
    "Gainsight update and close": ["close_handover"],
    "Validate success": ["success_validated"],
}
ROLES = {"CSM": "csm", "CSE territory owner": "cse_territory_owner", "CSM manager": "csm_manager", "AE": "ae"}


def letters_of(owners: Owners, role: str) -> str:
    """The letters of a role as the source writes them: `R/A`, or `-` for none."""
    return "/".join(name for name, letter in owners.letters() if role in letter.holders) or "-"


def test_gitlab_raci_cell_by_cell() -> None:
    rows = list(csv.DictReader(io.StringIO(source_text(*GITLAB_CASE, "raci.en.csv"))))
    assert [row["Activity"] for row in rows] == list(ACTIVITIES)
    playbook = playbook_of(GITLAB, "csm_to_cse_handover")
    compared = 0
    for row in rows:
        for id_ in ACTIVITIES[row["Activity"]]:
            for name, role in ROLES.items():
                if id_ in playbook.steps:
                    ours = letters_of(playbook.process.tasks[f"step.{id_}"].owners, role)
                else:
                    raci = playbook.model.milestones[id_].raci
                    assert raci is not None
                    ours = "/".join(key for key in "RACI" if role in names(getattr(raci, key))) or "-"
                assert ours == row[name], f"{row['Activity']} / {name} ({id_})"
                compared += 1
    assert compared == 40
    assert sum(row[name] == "-" for row in rows for name in ROLES) == 4


def test_gitlab_keeps_two_accountables() -> None:
    two = [line for line in place_lines(GITLAB, findings(GITLAB)) if " RCI002 " in line]
    assert len(two) == 3


# -- cloud.gov -----------------------------------------------------------------------------------

ATO = ("cases", "pb-cloudgov-ato", "ato-process.md")
WAYS = ("first_system", "second_system", "consolidated")
FURTHER_BOXES = {
    "start": "CONCEPT",
    "step.talk_to_officials": "START",
    "step.build_system": "DEV",
    "step.request_review": "REQUESTATO",
    "step.issue_system_ato": "APPATO",
    "end.in_production": "PROD",
}
FIRST_BOXES = {
    **FURTHER_BOXES,
    "step.start_early": "DEV",
    "step.review_platform": "REVIEW",
    "approval.review_platform": "REVIEW",
    "end.stopped": "STOP",
    "step.issue_platform_ato": "CATO",
}


@pytest.mark.parametrize(
    ("id_", "number", "boxes", "size"),
    [("first_system", 0, FIRST_BOXES, (9, 9)), ("second_system", 1, FURTHER_BOXES, (6, 5))],
)
def test_cloudgov_has_the_sources_nodes_and_edges(
    id_: str, number: int, boxes: dict[str, str], size: tuple[int, int]
) -> None:
    theirs = mermaid_edges(source_text(*ATO), number)
    assert (len(nodes_of(theirs)), len(theirs)) == size
    assert core_edges(playbook_of(CLOUDGOV, id_), boxes) == theirs


def test_cloudgov_steps() -> None:
    counts = {id_: len(playbook_of(CLOUDGOV, id_).steps) for id_ in WAYS}
    assert counts == {"first_system": 7, "second_system": 4, "consolidated": 2}


def test_cloudgov_invents_no_times() -> None:
    for id_ in WAYS:
        for step in playbook_of(CLOUDGOV, id_).steps.values():
            assert (step.due, step.takes, step.sla) == (None, None, None), step.id
            assert step.approval is None or step.approval.within is None, step.id


# -- PostHog -------------------------------------------------------------------------------------

PLAN = ("cases", "pb-posthog-30day-success-plan", "onboarding-success-plan.md")
TRIAL = ("cases", "pb-posthog-30day-success-plan", "high-touch-evaluation.md")


def test_posthog_stages_have_the_sources_tasks() -> None:
    template = source_text(*PLAN).split("\n## Template", 1)[1]
    weeks = re.split(r"^### ", template, flags=re.MULTILINE)
    counts = [
        len(re.findall(r"^- (?:\[ \] )?\*\*", week, re.MULTILINE))
        for week in weeks
        if week.startswith(("Week", "Post-Launch"))
    ]
    assert counts == [10, 5, 4, 5]
    assert [len(stage.steps) for stage in playbook_of(POSTHOG, "success_plan").model.stages] == counts


def test_posthog_tasks_find_out_what_milestones_ask_for() -> None:
    template = source_text(*PLAN).split("\n## Template", 1)[1]
    tasks = re.findall(r"^- (?:\[ \] )?\*\*(.+?):\*\* (.+)$", template, re.MULTILINE)[:24]
    steps = [step for stage in playbook_of(POSTHOG, "success_plan").model.stages for step in stage.steps]
    found = {
        title: (words, step.captures) for (title, words), step in zip(tasks, steps, strict=True) if step.captures
    }
    assert {title: captures for title, (_, captures) in found.items()} == {
        "SDK Validation": ("account.sdk_data_flows",),
        "Implementation Guidance": ("account.events_configured",),
        "First Insights": ("account.findings",),
        "Measurable Impact": ("account.metric_improved",),
    }
    verbs = [words.split()[0] for words, _ in found.values()]
    assert verbs == ["Confirm", "Validate", "Identify", "Document"]  # each of them finds something out


def test_posthog_milestones_have_the_sources_days() -> None:
    (table,) = [t for t in tables_of(source_text(*PLAN)) if t[0][0] == "Milestone"]
    days = [int(row[1].removeprefix("Day ")) for row in table[1:]]
    assert days == [2, 3, 5, 7, 10, 20, 28]
    milestones = playbook_of(POSTHOG, "success_plan").model.milestones.values()
    assert [str(milestone.due) for milestone in milestones] == [f"{day}d after plan_start" for day in days]
    counted = [re.match(r"(\d)\+", row[2]) for row in table[1:]]
    for milestone, match in zip(milestones, counted, strict=True):
        (criterion,) = milestone.when
        assert (f">= {match[1]}" in criterion.check) if match else (">=" not in criterion.check)


def test_posthog_says_whose_task_it_is() -> None:
    first, second, *_ = playbook_of(POSTHOG, "success_plan").model.stages
    assert [step.party for step in first.steps] == ["customer"] * 4 + [None] * 6
    assert [step.party for step in second.steps] == ["joint"] * 5


def test_posthog_arc() -> None:
    (table,) = [t for t in tables_of(source_text(*PLAN)) if t[0][0] == "Week"]
    titles = [re.sub(r"^\d\. ", "", row[0]) for row in table[1:]]
    playbook = playbook_of(POSTHOG, "thirty_day_arc")
    ours = [stage.label for stage in playbook.model.stages]
    assert [title.casefold().removesuffix(" time") for title in titles] == [title.casefold() for title in ours]
    back = [(flow.source, flow.target) for flow in playbook.process.flows if flow.kind == "rework"]
    assert back == [("next.hands_on_lab", "enter.hands_on_lab"), ("next.prove", "enter.discover")]
    assert {step.when for step in playbook.steps.values()} == {
        None,
        'account.mode == "repair"',
        'account.mode == "optimize"',
    }


def test_posthog_evaluation() -> None:
    days = [int(day) for day in re.findall(r"^## Day (-?\d)", source_text(*TRIAL), re.MULTILINE)]
    assert days == [-1, 0, 3]
    model = playbook_of(POSTHOG, "evaluation").model
    assert [str(stage.starts) for stage in model.stages] == [
        "1d before kick_off",
        "0d after kick_off",
        "3d after capture_ready",
    ]
    text = source_text(*TRIAL)
    assert "If at the end of a demo call we think a customer qualifies" in text
    judged = [
        name for name, field in posthog_fields().items() if "at the end of the demo" in (field.captured or "")
    ]
    assert len(judged) == len(re.findall(r"^\d\. Are ", text, re.MULTILINE)) + 1  # and whether they are ready
    (session,) = [step for stage in model.stages for step in stage.steps if step.id == "hold_session"]
    made = [
        "Creating their Acquisition trend",
        "Creating their Activation funnel",
        "Adding insights to a dashboard",
    ]
    assert all(words in text for words in made)
    assert session.captures == ("trial.acquisition_trend", "trial.activation_funnel", "trial.dashboard_made")
    agendas = {step.id: step.checklist for stage in model.stages for step in stage.steps if step.checklist}
    assert {id_: (len(lines), _below(lines)) for id_, lines in agendas.items()} == {
        "hold_kickoff": (5, 0),
        "hold_session": (4, 8),
    }


def posthog_fields() -> dict[str, TrackedField]:
    (found,) = [each.model for each in compiled(POSTHOG).workspace.documents if isinstance(each.model, Tracking)]
    return found.fields


def _below(lines: tuple[ChecklistItem, ...]) -> int:
    return sum(len(line.checklist) for line in lines)
