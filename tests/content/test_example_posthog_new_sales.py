"""PostHog's new sales, item by item against its page."""

from __future__ import annotations

import re

import pytest
from shipped_content import compiled, playbook_of, source_text

from playbook.language.organization import Organization
from playbook.language.playbook import Playbook
from playbook.language.stage import Stage
from playbook.language.tracking import Tracking

FOLDER = "examples/posthog_new_sales"
STAGES = [
    "contact",
    "assign_and_qualify",
    "initial_demo",
    "product_evaluation",
    "security_legal_review",
    "commercial_evaluation",
    "closed_won",
    "closed_lost",
]
SIZES = {"20-60": "medium", "60+": "large"}


def source() -> str:
    return source_text("cases", "pb-posthog-new-sales", "new-sales.md")


def section(title: str) -> str:
    """What the page says under a heading."""
    (found,) = re.findall(rf"^### {re.escape(title)}\n(.*?)(?=^### |\Z)", source(), re.MULTILINE | re.DOTALL)
    assert isinstance(found, str)
    return found


def model() -> Playbook:
    return playbook_of(FOLDER, "new_sales").model


def stage(id_: str) -> Stage:
    return playbook_of(FOLDER, "new_sales").stages[id_]


def tracking() -> Tracking:
    (found,) = [each.model for each in compiled(FOLDER).workspace.documents if isinstance(each.model, Tracking)]
    return found


def organization() -> Organization:
    (found,) = [each.model for each in compiled(FOLDER).workspace.documents if isinstance(each.model, Organization)]
    return found


def size_of(written: str) -> str:
    """Our name of a size such as `$20-60k` or `$60k+`."""
    return SIZES[written.strip("$").replace("k", "")]


# -- stages --------------------------------------------------------------------------------------


def test_stages_are_the_seven_steps_in_order() -> None:
    steps = re.findall(r"^\d\. (.+)$", source(), re.MULTILINE)
    assert len(steps) == 7
    assert steps[-1] == "Closed - Won or Lost"
    titles = [re.sub(r" \(.+\)$", "", step) for step in steps[:-1]] + ["Closed - won", "Closed - lost"]
    assert [each.label for each in model().stages] == titles
    assert [each.id for each in model().stages] == STAGES
    headings = re.findall(r"^### (\d)\. (.+)$", source(), re.MULTILINE)
    assert [title for _, title in headings] == titles[1:]
    assert [number for number, _ in headings].count("7") == 2


def test_every_step_is_done_by_the_party_that_the_source_names() -> None:
    process = playbook_of(FOLDER, "new_sales").process
    assert all(task.owners.accountable is None for task in process.tasks.values())
    holders = {
        task.step: task.owners.responsible.holders for task in process.tasks.values() if task.owners.responsible
    }
    assert len(holders) == len(process.tasks)
    assert {id_: found for id_, found in holders.items() if found != ("sales",)} == {
        "contact_us": ("customer",),
        "support_evaluation": ("ae",),
    }
    assert re.findall(r"^The (\w+) acts as the support person", source(), re.MULTILINE) == ["AE"]


# -- qualification and demo ----------------------------------------------------------------------


def test_qualified_out_is_helped_all_the_same() -> None:
    assert "be helpful over email" in section("2. We assign and qualify")
    steps = {step.id: step for step in stage("assign_and_qualify").steps}
    assert steps["help_by_mail"].when == steps["point_to_support"].when == "deal.qualified_out"
    assert steps["point_to_support"].need == "optional"  # "you can also redirect"
    assert [(branch.to, branch.when) for branch in stage("assign_and_qualify").next] == [
        ("qualified_out", "deal.qualified_out"),
        ("initial_demo", None),
    ]


def test_six_exit_criteria_documented_in_the_opportunity() -> None:
    text = section("3. Initial demo")
    names = re.findall(r"^\* (.+?) - ", text, re.MULTILINE)
    assert len(names) == 6
    criteria = stage("initial_demo").exit
    assert [criterion.title for criterion in criteria] == names
    document = next(step for step in stage("initial_demo").steps if step.id == "document_findings")
    read = [name for criterion in criteria for name in re.findall(r"deal\.\w+", criterion.check)]
    assert tuple(dict.fromkeys(read)) == document.captures
    assert "documented in the Salesforce Opportunity record" in text
    assert document.system == "salesforce"
    assert {tracking().fields[name].system for name in document.captures} == {"salesforce"}
    scoping = next(step for step in stage("initial_demo").steps if step.id == "hold_scoping_call")
    assert scoping.need == "recommended"
    assert set(re.findall(r"deal\.\w+", scoping.when or "")) == set(document.captures) - {"deal.size"}


def test_no_other_stage_has_exit_criteria() -> None:
    assert source().count("#### Exit criteria") == 1
    assert [each.id for each in model().stages if each.exit] == ["initial_demo"]


def test_too_small_goes_to_self_serve() -> None:
    (thousands,) = re.findall(r"too small \(<\$(\d+)k\)", section("3. Initial demo"))
    interrupt = model().interrupts["too_small"]
    assert (interrupt.stages, interrupt.when, interrupt.end) == (
        ("initial_demo",),
        f"deal.size < {thousands}_000",
        "self_serve",
    )
    assert model().segments["small"].when == interrupt.when


# -- evaluation ----------------------------------------------------------------------------------


def test_evaluations_last_as_long_as_their_size_has_it() -> None:
    trials = re.findall(r"^- (\$[\dk+-]+) - (\d) weeks$", section("4. Product evaluation"), re.MULTILINE)
    assert len(trials) == 2
    for written, weeks in trials:
        variant = model().variants[size_of(written)]
        assert variant.title == written == model().segments[size_of(written)].title
        assert variant.segments == (size_of(written),)
        assert str(variant.set["product_evaluation.takes"]) == f"{weeks}w"
        assert str(variant.set["product_evaluation.due"]) == f"{weeks}w after trial_start"
        thousands = [f"{n}_000" for n in re.findall(r"\d+", written)]
        assert re.findall(r"\d+_000", model().segments[size_of(written)].when or "") == thousands
    assert stage("product_evaluation").due is None
    assert stage("product_evaluation").takes is None


def test_reminder_is_for_halfway_through() -> None:
    text = section("4. Product evaluation")
    assert "reminder for halfway through their evaluation period" in text
    steps = {step.id: step for step in stage("product_evaluation").steps}
    due = steps["review_usage"].due
    assert due
    assert (due.share, due.reference, due.until) == (0.5, "trial_start", "trial_end")
    order = [
        "shared Slack channel",
        "trials",
        "reminder",
        "look at their usage",
        "commercial proposal",
        "followup call",
    ]
    assert sorted(order, key=text.find) == order
    assert [id_ for id_ in steps if id_ != "support_evaluation"] == [
        "open_channel",
        "set_up_trial",
        "set_reminder",
        "review_usage",
        "write_proposal",
        "hold_followup_call",
    ]
    assert steps["hold_followup_call"].due
    assert str(steps["hold_followup_call"].due) == "0d after trial_end"


def test_review_is_beside_the_evaluation_and_only_if_asked_for() -> None:
    assert "often occurs in parallel with product evaluation" in section("5. Security & legal review")
    assert "only if asked - skip otherwise" in source()
    review = stage("security_legal_review")
    assert [overlap.stage for overlap in review.overlaps] == ["product_evaluation"]
    assert all((step.when or "").startswith("deal.review_asked_for") for step in review.steps)
    flows = playbook_of(FOLDER, "new_sales").process.flows
    beside = [(flow.source, flow.target) for flow in flows if flow.kind == "overlap"]
    assert beside == [("enter.product_evaluation", "enter.security_legal_review")]
    ahead = {flow.source for flow in flows if flow.target == "enter.commercial_evaluation"}
    assert ahead == {"exit.product_evaluation", "exit.security_legal_review"}


# -- closing -------------------------------------------------------------------------------------


def test_objections_are_the_sources_four() -> None:
    (handled,) = re.findall(r"\(objection handling: (.+)\)", section("6. Commercial evaluation"))
    kinds = [part.split(" -> ")[0].strip() for part in handled.split(";")]
    values = tracking().fields["deal.objections"].values
    assert [str(value).replace("_", " ") for value in values] == kinds
    for value in values:
        assert any(f'"{value}" in' in (step.when or "") for step in stage("commercial_evaluation").steps), value
    people = re.findall(r"(?:get|get) (Tim|James H) involved", handled)
    assert list(organization().people) == people
    steps = {step.id: step for step in stage("commercial_evaluation").steps}
    assert (steps["involve_performance_contact"].need, steps["involve_confidence_contact"].need) == (
        "recommended",  # "usually get Tim involved"
        "optional",  # "you can get James H involved"
    )
    assert '"extra_large"' in (steps["involve_performance_contact"].when or "")
    assert '"very_large"' in (steps["involve_confidence_contact"].when or "")
    assert steps["bring_in_engineer"].after == ("agree_on_gap",)


def test_won_is_signed_by_everyone() -> None:
    assert "when the contract is signed by _everyone_" in section("7. Closed - won")
    signed = model().anchors["signed"]
    assert (signed.event, signed.title) == ("contract.signed", "Signed by everyone")
    assert [criterion.check for criterion in stage("closed_won").enter] == ["signed.reached"]
    assert [(branch.to, branch.when, branch.otherwise) for branch in stage("commercial_evaluation").next] == [
        ("closed_won", "signed.reached", False),
        ("closed_lost", None, True),
    ]


def test_first_week_and_minimum() -> None:
    text = section("7. Closed - won")
    steps = {step.id: step for step in stage("closed_won").steps}
    assert "in the first week that includes" in text
    plan = steps["send_onboarding_plan"]
    assert str(plan.due) == "1w after signed"
    assert len(plan.checklist) == len(re.findall(r"^- ", text, re.MULTILINE)) == 3
    (listed,) = re.findall(r"^Minimum checklist .+?: (.+)$", text, re.MULTILINE)
    topics = listed.split("; ")
    assert len(topics) == 6
    ours = [line.do.casefold() for line in steps["teach_minimum"].checklist]
    for topic, line in zip(topics, ours, strict=True):
        words = [word for word in topic.casefold().split() if word not in ("and", "filtering")]
        assert all(word.removesuffix("s") in line for word in words), topic
    assert steps["keep_contract"].system == "pandadoc"
    assert "it lives in PandaDoc" in text


RHYTHMS = {"every 1-2 weeks": "1..2w", "every month": "1mo", "quarterly": "quarterly"}


def test_check_ins_slow_down_by_size() -> None:
    cadences = re.findall(
        r"^  - (\$[\dk+-]+) - (.+) for the first (\d) months, then (.+)$", section("7. Closed - won"), re.MULTILINE
    )
    assert len(cadences) == 2
    for written, first, months, later in cadences:
        rhythm = model().variants[size_of(written)].set["hold_check_in.repeat"]
        assert (rhythm["every"], rhythm["lasts"], rhythm["then"]) == (
            RHYTHMS[first],
            f"{months}mo",
            {"every": RHYTHMS[later]},
        )


def test_expansion_is_the_default() -> None:
    assert "by default everyone should go into Expansion" in section("7. Closed - won")
    assert [(branch.to, branch.otherwise) for branch in stage("closed_won").next] == [
        ("retention", False),
        ("expansion", True),
    ]
    assert [id_ for id_, end in model().ends.items() if end.success] == ["expansion", "retention"]


def test_no_next_step_means_lost() -> None:
    assert "If you haven't identified a next step, the opportunity is Closed - Lost" in source()
    interrupt = model().interrupts["no_next_step"]
    assert (interrupt.when, interrupt.to) == ("not deal.next_step_found", "closed_lost")
    assert list(interrupt.stages) == STAGES[1:6]
    lost = stage("closed_lost")
    assert [step.system for step in lost.steps] == ["hubspot", "hubspot"]
    assert [branch.to for branch in lost.next] == ["lost"]


def test_two_systems_hold_parts_of_one_deal() -> None:
    assert "Salesforce Opportunity record" in source()
    assert "capture the reason in HubSpot" in section("7. Closed - lost")
    record = [id_ for id_, system in organization().systems.items() if "record" in system.purpose]
    assert record[:2] == ["salesforce", "hubspot"]
    systems = {field.system for name, field in tracking().fields.items() if name.startswith("deal.")}
    assert systems == {"salesforce", "hubspot", None}
    (codes,) = re.findall(r"\((\d+) reason codes", section("7. Closed - lost"))
    reason = tracking().fields["deal.loss_reason"]
    assert codes in (reason.description or "")
    assert reason.values == ()  # the excerpt does not list them


# -- nothing added -------------------------------------------------------------------------------


@pytest.mark.parametrize("id_", STAGES)
def test_no_times_but_the_sources(id_: str) -> None:
    timed = [step.id for step in stage(id_).steps if step.due or step.takes or step.sla or step.repeat]
    assert timed == {
        "product_evaluation": ["review_usage", "hold_followup_call"],
        "closed_won": ["send_onboarding_plan"],
    }.get(id_, [])
    assert (stage(id_).starts, stage(id_).due, stage(id_).takes) == (None, None, None)


def test_no_kpis_and_no_handoffs() -> None:
    kinds = {each.kind for each in compiled(FOLDER).workspace.documents}
    assert kinds == {"playbook", "organization", "tracking"}
    assert model().handoffs == {}
