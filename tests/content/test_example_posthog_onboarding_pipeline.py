"""PostHog's onboarding pipeline, item by item against its pages."""

from __future__ import annotations

import re
from typing import TypeVar

from shipped_content import compiled, findings, place_lines, playbook_of, source_text

from playbook.language.base import Document
from playbook.language.metrics import Metrics
from playbook.language.organization import Organization
from playbook.language.raci import names
from playbook.language.stage import AnyStatus, Stage, Status
from playbook.language.tracking import Tracking

FOLDER = "examples/posthog_onboarding_pipeline"
CASE = ("cases", "pb-posthog-onboarding-pipeline")
STAGES = ["new_account", "contacted", "responded", "in_process", "last_touch"]
ENDS = ["onboarded_no_engagement", "onboarded_engaged", "sales_handoff", "churned"]
PLAYBOOKS = ["onboarding_pipeline", "sales_referral", "technical_issue"]

D = TypeVar("D", bound=Document)


def document(kind: type[D]) -> D:
    """The one document of that kind."""
    (found,) = [each.model for each in compiled(FOLDER).workspace.documents if isinstance(each.model, kind)]
    return found


def pipeline_stages() -> tuple[Stage, ...]:
    return playbook_of(FOLDER, "onboarding_pipeline").model.stages


def statuses_of(stage: Stage) -> tuple[Status, ...]:
    return stage.statuses.any_of if isinstance(stage.statuses, AnyStatus) else stage.statuses


def tracked_statuses() -> list[str]:
    """The statuses as the source lists them, each with its number."""
    return re.findall(r"^- `(\d[a-d]?\. .+?)`", source_text(*CASE, "onboarding-tracking.md"), re.MULTILINE)


def numbers(text: str | None) -> list[str]:
    return re.findall(r"\d+", (text or "").replace("_", ""))


def only(pattern: str, page: str) -> str:
    """The one thing that a page says in this place."""
    (found,) = set(re.findall(pattern, source_text(*CASE, page)))
    assert isinstance(found, str)
    return found


# -- stages, statuses, time stamps ---------------------------------------------------------------


def test_twelve_statuses_in_six_buckets() -> None:
    theirs = tracked_statuses()
    count = re.search(r"\((\d+) buckets, (\d+) statuses", source_text(*CASE, "expected.md"))
    assert count
    assert len(theirs) == int(count[2])
    assert len({status[0] for status in theirs}) == int(count[1])
    for number, stage in enumerate(pipeline_stages(), start=1):
        ours = [status.status for status in statuses_of(stage)]
        assert ours == [status for status in theirs if status[0] == str(number)]
    ends = playbook_of(FOLDER, "onboarding_pipeline").model.ends
    assert [end.title for end in ends.values()] == [status for status in theirs if status[0] == "6"]
    assert document(Tracking).fields["account.onboarding_pipeline"].values == tuple(theirs)


def test_the_buckets_have_the_sources_names() -> None:
    listed = only(r"overall numbered buckets \(e\.g, (.+?)\)\.\n", "onboarding-tracking.md")
    theirs = [re.sub(r'^\d\. "?|"$', "", name) for name in listed.split(", ")]
    assert len(theirs) == 6
    assert [stage.label for stage in pipeline_stages()] == theirs[:5]
    assert [stage.id for stage in pipeline_stages()] == STAGES
    assert list(playbook_of(FOLDER, "onboarding_pipeline").model.ends) == ENDS


def test_time_stamps_are_kept_for_buckets_and_not_for_statuses() -> None:
    assert "do not track timestamps for every single stage" in source_text(*CASE, "onboarding-tracking.md")
    fields = document(Tracking).fields
    stamps = {name: field for name, field in fields.items() if field.type == "datetime"}
    assert [field.title[0] for field in stamps.values() if field.title] == list("123456")
    anchors = playbook_of(FOLDER, "onboarding_pipeline").model.anchors
    assert [anchor.field for anchor in anchors.values()][:6] == list(stamps)
    for stage in pipeline_stages():
        statuses = statuses_of(stage)
        measured = [status for status in statuses if status.since]
        # Where a bucket is one status, its time stamp is the status's own.
        assert len(measured) == (1 if len(statuses) == 1 else 0), stage.id
        assert all(str(status.since) in stamps for status in measured)


def test_which_statuses_are_ordered() -> None:
    unordered = [stage.id for stage in pipeline_stages() if isinstance(stage.statuses, AnyStatus)]
    assert unordered == ["responded"]


def test_only_two_statuses_are_set_by_a_system() -> None:
    text = source_text(*CASE, "onboarding-tracking.md")
    automatic = set(re.findall(r"(?:get|get set to) `(\d)\.", text))
    assert automatic == {"1", "2"}
    assert "without automations for the other stages" in text
    steps = playbook_of(FOLDER, "onboarding_pipeline").steps
    ours = {id_: step.automation for id_, step in steps.items() if step.automation != "manual"}
    assert ours == {"register_account": "automated", "send_outreach": "assisted"}


# -- the programme -------------------------------------------------------------------------------

PROGRAMME = {
    "Initial outreach": "send_outreach",
    "First online meeting": "hold_intro_call",
    "Second online meeting": "hold_second_call",
    "PostHog homework": "send_homework",
    "Final outreach": "send_final_outreach",
}
BESIDE = ["register_account", "evaluate_spend", "reply", "book_call"]


def test_the_programme_has_the_sources_five_steps_in_order() -> None:
    text = source_text(*CASE, "onboarding-program.md")
    assert re.findall(r"^- (.+?) - ", text, re.MULTILINE) == list(PROGRAMME)
    playbook = playbook_of(FOLDER, "onboarding_pipeline")
    assert [id_ for id_ in playbook.steps if id_ not in BESIDE] == list(PROGRAMME.values())
    needs = {id_: playbook.steps[id_].need for id_ in PROGRAMME.values()}
    optional = {PROGRAMME[name] for name in re.findall(r"^- (.+?) - This is an optional", text, re.MULTILINE)}
    assert optional == {"hold_second_call"}
    assert {id_ for id_, need in needs.items() if need == "optional"} == optional
    assert len(playbook.steps["send_final_outreach"].checklist) == 3


def test_homework_follows_a_second_call_only() -> None:
    assert only(r"Assigned only to customers who have completed a (\w+) call", "onboarding-tracking.md") == "second"
    steps = playbook_of(FOLDER, "onboarding_pipeline").steps
    assert steps["send_homework"].when == "hold_second_call.completed"
    assert steps["hold_second_call"].needs == ("account.goals",)


def test_times_are_the_sources_and_no_others() -> None:
    playbook = playbook_of(FOLDER, "onboarding_pipeline")
    weeks = only(r"\*\*(\d) weeks\*\*", "onboarding-program.md")
    assert only(r"~(\d) weeks", "onboarding-tracking.md") == weeks
    outcome = playbook.model.outcome
    assert outcome
    assert str(outcome.within) == f"~{weeks}w after contacted_at"
    days = only(r"~(\d+) days before their bill renews", "onboarding-team.md")
    assert str(playbook.steps["send_outreach"].due) == f"~{days}d before next_renewal"
    assert [id_ for id_, anchor in playbook.model.anchors.items() if anchor.moves] == ["next_renewal"]
    for id_ in PLAYBOOKS:
        for stage in playbook_of(FOLDER, id_).model.stages:
            assert (stage.starts, stage.due, stage.takes, stage.sla) == (None, None, None, None), stage.id
            for step in stage.steps:
                assert (step.takes, step.sla, step.repeat) == (None, None, None), step.id
                assert step.due is None or step.id == "send_outreach", step.id
    assert all(routine.every is None for routine in playbook.model.routines.values())


# -- transitions ---------------------------------------------------------------------------------


def stage_ways() -> set[tuple[str, str]]:
    """The ways between stages and to ends, as the core has them."""
    process = playbook_of(FOLDER, "onboarding_pipeline").process
    place = {
        node: node.split(".", 1)[1]
        for node in process.nodes
        if node.startswith(("enter.", "exit.", "next.", "end."))
    }
    return {
        (place[flow.source], place[flow.target])
        for flow in process.flows
        if flow.source.startswith(("exit.", "next.")) and flow.target.startswith(("enter.", "end."))
    }


def test_transitions() -> None:
    assert stage_ways() == {
        ("new_account", "contacted"),
        ("contacted", "responded"),
        ("contacted", "last_touch"),  # never engaged
        ("responded", "in_process"),
        ("responded", "last_touch"),  # engaged by mail alone, which the source has as engaged
        ("in_process", "last_touch"),
        ("last_touch", "onboarded_engaged"),
        ("last_touch", "onboarded_no_engagement"),
    }
    text = source_text(*CASE, "onboarding-tracking.md")
    assert "skip immediately to `5. Awaiting Final Outreach`" in text
    assert "engaged either over email or also in a call" in text


def test_what_leads_on_from_each_stage() -> None:
    branches = {
        stage.id: [(branch.to, branch.when or "otherwise") for branch in stage.next] for stage in pipeline_stages()
    }
    assert branches == {
        "new_account": [],
        "contacted": [("responded", "reply.completed or book_call.completed"), ("last_touch", "otherwise")],
        "responded": [("in_process", "hold_intro_call.completed"), ("last_touch", "otherwise")],
        "in_process": [],
        "last_touch": [("onboarded_engaged", "responded.entered"), ("onboarded_no_engagement", "otherwise")],
    }


def test_silence_has_no_time_limit() -> None:
    assert not any(one.silent for one in playbook_of(FOLDER, "onboarding_pipeline").model.interrupts.values())
    assert "onboarding_pipeline.yaml CRT001 - id: contacted" in place_lines(FOLDER, findings(FOLDER))


def test_sales_and_churn_are_ways_out_of_any_stage() -> None:
    assert "`6c. Sales Handoff`" in only(r"(- `6c.+can happen at any stage.+)\n", "onboarding-tracking.md")
    interrupts = {each.id: each for each in playbook_of(FOLDER, "onboarding_pipeline").process.interrupts}
    assert {id_: (list(each.stages), each.target) for id_, each in interrupts.items()} == {
        "direct_handover": (["new_account"], "end.sales_handoff"),
        "handover": (STAGES, "end.sales_handoff"),
        "churn": (STAGES, "end.churned"),
    }


def test_direct_handover_needs_the_spend_and_its_confirmation() -> None:
    amount = only(r"\*\*more than \$([\d,]+) monthly\*\*", "sales-handover.md").replace(",", "_")
    playbook = playbook_of(FOLDER, "onboarding_pipeline")
    when = playbook.model.interrupts["direct_handover"].when
    assert when == f"account.monthly_spend > {amount} and account.usage_sound and account.spend_intentional"
    evaluate = playbook.steps["evaluate_spend"]
    assert evaluate.when == f"account.monthly_spend > {amount}"
    assert evaluate.captures == ("account.usage_sound", "account.spend_intentional")


# -- scope ---------------------------------------------------------------------------------------


def test_who_is_in_scope_has_the_sources_amounts() -> None:
    text = source_text(*CASE, "onboarding-team.md").replace(",", "")
    inside, outside = text.split("### Which customers get onboarding?")[1].split("### Which customers are out")
    outside = outside.split("###")[0]
    rules = playbook_of(FOLDER, "onboarding_pipeline").model.decisions["scope"].rules
    ours = [(rule.gives, numbers(rule.when)) for rule in rules]
    bullets = re.findall(r"^- +(.+)$", inside, re.MULTILINE)
    amounts = [re.findall(r"\$(\d+)", line) for line in bullets]
    assert amounts == [[], ["500", "1500"], ["1500"], []]
    assert re.search(r"forecasted bill of over \$(\d+)", inside)
    assert ours[:5] == [(True, ["100"]), *[(True, each) for each in amounts]]
    excluded = [re.findall(r"\$(\d+)", line) for line in re.findall(r"^- +(.+)$", outside, re.MULTILINE)]
    assert ours[5:] == [(False, each) for each in excluded] == [(False, []), (False, ["500"])]
    assert not any(rule.otherwise for rule in rules)


def test_segments_of_the_tool() -> None:
    pages = [source_text(*CASE, page) for page in ("onboarding-tracking.md", "sales-handover.md")]
    values = document(Tracking).fields["account.vitally_segments"].values
    assert values == ("Onboarding Lead", "Onboarding - engaged", "Onboarding referral")
    assert all(any(f"`{value}`" in page for page in pages) for value in values)
    (enter,) = pipeline_stages()[0].enter
    assert enter.check == '"Onboarding Lead" in account.vitally_segments'


# -- owners --------------------------------------------------------------------------------------


def test_who_does_it_and_that_nobody_is_said_to_answer_for_it() -> None:
    for id_ in PLAYBOOKS:
        playbook = playbook_of(FOLDER, id_)
        for task in playbook.process.tasks.values():
            assert task.owners.accountable is None, task.id
            assert task.owners.responsible is not None
            theirs = playbook.steps[task.step].party == "customer"
            assert task.owners.responsible.holders == ("customer" if theirs else "onboarding_specialist",), task.id


def test_the_people_that_the_pages_name() -> None:
    people = document(Organization).people
    started = only(r"convo started by (.+?), get set", "onboarding-tracking.md")
    three = re.split(r",? (?:or )?", started.replace(",", ""))
    assert [name for name, person in people.items() if "onboarding_specialist" in person.roles] == three
    assigned = only(r"currently assigned to (\w+)\.", "onboarding-tracking.md")
    assert [name for name, person in people.items() if "alert_assignee" in person.roles] == [assigned]
    asked = only(r"ping (\w+) to double-check", "sales-handover.md")
    assert [name for name, person in people.items() if "lead_logic_checker" in person.roles] == [asked]
    routines = playbook_of(FOLDER, "onboarding_pipeline").model.routines
    alerts = [id_ for id_, each in routines.items() if each.raci and names(each.raci.R) == ("alert_assignee",)]
    listed = re.findall(r"^-   \*\*(.+?)\*\*", source_text(*CASE, "onboarding-tracking.md"), re.MULTILINE)
    assert len(alerts) == len(listed) == 2
    assert all(routines[id_].event for id_ in alerts)


# -- handoffs ------------------------------------------------------------------------------------


def test_handoffs() -> None:
    handoffs = playbook_of(FOLDER, "onboarding_pipeline").model.handoffs
    assert {id_: (each.giver, each.receiver, each.payload) for id_, each in handoffs.items()} == {
        "to_sales": ("onboarding_specialist", "account_executive", ("customer_context",)),
        "to_support": ("onboarding_specialist", "support", ("customer_context",)),
    }
    # No page has the receiver say yes or no, or in what time.
    assert all(each.accept is None and each.reject is None and each.at is None for each in handoffs.values())


def test_referral_goes_the_sources_way() -> None:
    text = source_text(*CASE, "sales-handover.md").split("### Lead creation")[1].split("###")[0]
    words = ["`Onboarding referral` segment", "create a Salesforce lead", "`#sales-leads`", "ping the assigned"]
    assert [text.find(word) >= 0 for word in words] == [True] * 4
    assert sorted(words, key=text.find) == words
    steps = playbook_of(FOLDER, "sales_referral").steps
    assert [(id_, step.system, step.automation) for id_, step in steps.items()] == [
        ("add_to_segment", "vitally", "manual"),
        ("create_lead", "salesforce", "automated"),
        ("post_lead", "slack", "automated"),
        ("brief_executive", "slack", "manual"),
    ]
    assert "As a good practice" in text
    assert steps["brief_executive"].need == "recommended"
    assert "round-robin" in text
    assert document(Organization).roles["account_executive"].pool == "round_robin"
    runs = [each.run for each in playbook_of(FOLDER, "onboarding_pipeline").model.interrupts.values() if each.run]
    assert [run.playbook for run in runs] == ["sales_referral", "sales_referral"]


def test_support_is_asked_once_the_context_is_there() -> None:
    search, escalation = playbook_of(FOLDER, "technical_issue").model.stages
    assert [len(step.checklist) for step in search.steps] == [4, 0]  # docs, AI, Slack, Zendesk; then the team
    assert [step.id for step in escalation.steps] == ["gather_context", "open_own_ticket", "open_ticket"]
    (choice,) = escalation.choose or ()
    assert choice.one_of == ("open_own_ticket", "open_ticket")
    assert [step.party for step in escalation.steps] == [None, "customer", None]
    assert "Let them know before you do" in source_text(*CASE, "onboarding-team.md")
    assert [line.do for line in escalation.steps[2].checklist] == ["Tell the customer first"]


# -- KPIs ----------------------------------------------------------------------------------------


def test_kpis_are_the_sources_two() -> None:
    match = re.search(
        r"(\d)-month logo retention at (\d+%) from the first \$(\d+)\+ forecasted bill",
        source_text(*CASE, "onboarding-team.md"),
    )
    assert match
    metrics = document(Metrics)
    assert list(metrics.kpis) == ["logo_retention_3_months", "net_dollar_retention"]
    north_star, auxiliary = metrics.kpis.values()
    assert north_star.title == f"{match[1]}-month logo retention"
    assert str(north_star.window) == f"{match[1]}mo"
    assert north_star.target == match[2]
    assert north_star.cohort == f"bill.first_forecast_{match[3]}"
    assert (auxiliary.target, auxiliary.window, auxiliary.numerator) == (None, None, None)
    assert not any(kpi.clamp or kpi.minimum_sample for kpi in metrics.kpis.values())


def test_a_team_owns_the_kpis() -> None:
    assert "metric for the Onboarding team" in source_text(*CASE, "onboarding-team.md")
    assert {kpi.owner for kpi in document(Metrics).kpis.values()} == {"onboarding"}
    found = [line for line in place_lines(FOLDER, findings(FOLDER)) if " RCI004 " in line]
    assert found == ["metrics.yaml RCI004 owner: onboarding"] * 2
