"""Login.gov's production deployment against the page that it restates, item by item."""

from __future__ import annotations

import re

from shipped_content import compiled, playbook_of, source_text

from playbook.language.calendar import Calendar
from playbook.language.playbook import Playbook
from playbook.language.raci import names
from playbook.language.step import Step
from playbook.language.tracking import TrackedField

FOLDER = "examples/logingov_production"
WEEKS = {"two": 2, "three": 3}


def section(title: str) -> str:
    """A section of the page, with what is below it."""
    page = source_text("cases", "pb-logingov-production", "production.md")
    (found,) = re.findall(rf"^##+ {re.escape(title)}\n(.*?)(?=^##+ |\Z)", page, re.MULTILINE | re.DOTALL)
    return str(found)


def model_of(id_: str) -> Playbook:
    return playbook_of(FOLDER, id_).model


def stage_steps(id_: str, stage: str) -> list[Step]:
    return list(playbook_of(FOLDER, id_).stages[stage].steps)


def field_of(name: str) -> TrackedField:
    value = compiled(FOLDER).workspace.symbols["field"][name].value
    assert isinstance(value, TrackedField)
    return value


def with_variant(id_: str, variant: str) -> list[str]:
    """The steps of a playbook in the order that a variant gives them."""
    model = model_of(id_)
    edit = model.variants[variant]
    order = [step.id for stage in model.stages for step in stage.steps]
    for addition in edit.add:
        assert addition.step is not None
        beside = addition.after or addition.before
        assert beside is not None
        order.insert(order.index(beside) + (1 if addition.after else 0), addition.step.id)
    assert set(edit.remove) <= set(order)
    return [step for step in order if step not in edit.remove]


def expected_stages() -> list[tuple[str, str]]:
    """The stages of the expectation, each with what is in brackets behind it."""
    text = source_text("cases", "pb-logingov-production", "expected.md")
    (line,) = re.findall(r"^Stages: (.+)$", text, re.MULTILINE)
    parts = [re.match(r"([^(]+?)(?: \((.*)\))?\.?$", part) for part in line.split(" | ")]
    return [(part[1], part[2] or "") for part in parts if part]


# -- stages and steps ----------------------------------------------------------------------------


def test_stages_in_order() -> None:
    stages = {
        "before_deployment": "Before deployment",
        "confirm_iaa": "Confirm IAA",
        "production_configuration_process": "Production configuration",
        "request_deployment": "Request deployment",
        "review_and_deploy": "Review and deploy",
        "go_live": "Grace period then go live",
    }
    assert [name for name, _ in expected_stages()] == list(stages.values())
    assert [stage.id for stage in model_of("production_deployment").stages] == list(stages)


def test_items_to_have_ready() -> None:
    always, depends = section("Before deployment").split("Depending on your agency’s integration")
    items = len(re.findall(r"^- +\S", always, re.MULTILINE))
    for_saml = len(re.findall(r"^  - +\S", depends, re.MULTILINE))
    proofed = len(re.findall(r"^- \*\*If .*identity proofed", depends, re.MULTILINE))
    (counted,) = [re.findall(r"\d", note) for name, note in expected_stages() if name == "Before deployment"]
    assert counted == [str(items), str(for_saml), str(proofed)] == ["5", "2", "1"]
    steps = stage_steps("production_deployment", "before_deployment")
    assert [step.when for step in steps] == [None] * items + ["account.identity_proofed"] * proofed
    base = [step.id for stage in model_of("production_deployment").stages for step in stage.steps]
    added = [step for step in with_variant("production_deployment", "saml") if step not in base]
    assert added == ["define_logout_url", "enable_encryption"]
    assert len(added) == for_saml


def test_the_certificate_is_as_the_source_asks() -> None:
    text = section("Before deployment")
    found = re.search(r"(\d) to (\d) years.*?at least (\d+) characters.*?(\d+) bits", text, re.DOTALL)
    assert found
    stage = playbook_of(FOLDER, "production_deployment").stages["before_deployment"]
    criteria = " and ".join(criterion.check for criterion in stage.exit)
    assert f"{found[1]} <= certificate.years_valid <= {found[2]}" in criteria
    assert f"certificate.serial_length >= {found[3]}" in criteria
    assert f"certificate.bits >= {found[4]}" in criteria


STEPS = {
    "start_configuration": "Create a new configuration",
    "choose_team": "agency team",
    "mark_ready": "Ready for Production",
    "name_configuration": "Configuration name",
    "enter_friendly_name": "Friendly name",
    "go_on": "Select the Next button",
    "select_protocol": "authentication protocol",
    "select_assurance": "Identity Assurance Level",
    "enter_issuer": "issuer",
    "upload_files": "logo file and public certificate",
    "enter_urls": "redirect URIs",
    "select_help_text": "help text",
    "create_configuration": "Create configuration",
}


def configuration_items() -> list[str]:
    """The numbered items of the configuration, each with what is below it."""
    return re.split(r"^1\. ", section("Production configuration process"), flags=re.MULTILINE)[1:]


def test_configuration_has_the_sources_steps() -> None:
    items = configuration_items()
    assert len(items) == 13
    steps = stage_steps("production_deployment", "production_configuration_process")
    assert [step.id for step in steps] == list(STEPS)
    for step, item in zip(steps, items, strict=True):
        assert STEPS[step.id] in item, step.id
        optional = "optional but encouraged" in item
        assert step.need == ("recommended" if optional else "required"), step.id
        forbidden = [line for line in step.checklist if line.need == "forbidden"]
        assert len(forbidden) == len(re.findall(r"Do NOT", item)), step.id


def test_configuration_begins_with_the_sources_components() -> None:
    before = re.split(r"^1\. ", section("Production configuration process"), flags=re.MULTILINE)[0]
    components = re.findall(r"^- (.+)$", before, re.MULTILINE)
    stage = playbook_of(FOLDER, "production_deployment").stages["production_configuration_process"]
    words = {
        "account.iaa_lists_integration": "IAA",
        "account.environment_authorized": "ATO",
        "account.logo_approved": "Approved agency logo",
    }
    for criterion, component in zip(stage.enter, components, strict=True):
        assert words[criterion.check] in component


def test_protocols() -> None:
    (options,) = [
        re.findall(r"^    - (.+)$", item, re.MULTILINE)
        for item in configuration_items()
        if "authentication protocol" in item
    ]
    assert options == ["OpenID Connect Private Key JWT", "OpenID Connect PKCE", "SAML"]
    model = model_of("production_deployment")
    values = field_of("account.protocol").values
    assert len(values) == len(options)
    assert [segment.when for segment in model.segments.values()] == [
        f'account.protocol == "{value}"' for value in values
    ]
    # The first protocol is what the stages say; each other one is a variant.
    assert [variant.segments for variant in model.variants.values()] == [(value,) for value in values[1:]]


def test_protocol_variants_have_the_sources_fields() -> None:
    (item,) = [item for item in configuration_items() if "prompted to enter" in item]
    found = re.search(r"prompted to enter the (.+?)\.\n", item)
    assert found
    fields = re.split(r", (?:and )?", found[1])
    assert len(fields) == 8
    saml = model_of("production_deployment").variants["saml"]
    assert list(saml.set["enter_urls.checklist"]) == fields
    (assurance,) = [item for item in configuration_items() if "default attribute bundle if using SAML" in item]
    assert "OIDC" in assurance
    base = playbook_of(FOLDER, "production_deployment").steps
    assert len(saml.set["select_assurance.checklist"]) == len(base["select_assurance"].checklist) + 1
    (upload,) = [item for item in configuration_items() if "may not be required" in item]
    assert "OIDC PKCE" in upload
    pkce = model_of("production_deployment").variants["pkce"]
    assert list(pkce.set) == ["upload_files.checklist"]
    lines = list(pkce.set["upload_files.checklist"])
    assert [line["need"] for line in lines if not isinstance(line, str)] == ["optional"]


def test_request_has_the_sources_gate() -> None:
    text = section("Request deployment")
    conditions = re.findall(r"^\d\. (.+)$", text, re.MULTILINE)
    stage = playbook_of(FOLDER, "production_deployment").stages["request_deployment"]
    words = ["listed in a signed IAA", "production configuration", "logo uploaded"]
    assert len(conditions) == len(stage.enter) == len(words) == 3
    for condition, word in zip(conditions, words, strict=True):
        assert word in condition
    assert [step.id for step in stage.steps if step.need == "required"] == ["submit_request"]
    assert re.search(r"\*\*Do not request deployment if you are not certain", text)
    (prohibited,) = [step for step in stage.steps if step.need == "forbidden"]
    assert prohibited.when == "not account.iaa_lists_integration"


# -- times ---------------------------------------------------------------------------------------


def test_notice_before_the_deployment() -> None:
    text = section("Request deployment")
    found = re.search(r"at least (\w+) weeks notice .* Push Notification URLs may require (\w+) weeks", text)
    assert found
    usual, push = WEEKS[found[1]], WEEKS[found[2]]
    model = model_of("production_deployment")
    assert [(rule.when, rule.gives) for rule in model.decisions["notice"].rules] == [
        ("account.push_url", f"{push}w"),
        (None, f"{usual}w"),
    ]
    for id_, step in (("production_deployment", "submit_request"), ("configuration_change", "submit_ticket")):
        assert str(playbook_of(FOLDER, id_).steps[step].due) == f"{usual}w before deployment"
        anchor = model_of(id_).anchors["deployment"]
        assert anchor.moves
        assert anchor.field is not None


def test_processing_times() -> None:
    warning = source_text("cases", "pb-logingov-production", "production.md").split("## We")[0]
    found = re.search(r"can take up to (\w+) weeks", warning)
    assert found
    stage = playbook_of(FOLDER, "production_deployment").stages["review_and_deploy"]
    assert str(stage.takes) == f"..{WEEKS[found[1]]}w"
    agreement = re.search(r"up to (\d) weeks", section("Confirm Interagency Agreement (IAA)"))
    assert agreement
    begin = playbook_of(FOLDER, "production_deployment").steps["begin_iaa"]
    assert (str(begin.takes), begin.when) == (f"..{agreement[1]}w", "not account.has_iaa")
    assert "grace period" in section("Request deployment")
    grace = playbook_of(FOLDER, "production_deployment").steps["keep_grace_period"]
    assert (grace.need, grace.takes, grace.due) == ("recommended", None, None)


def test_times_that_the_source_gives_and_no_others() -> None:
    timed = {
        (playbook.id, step.id)
        for playbook in compiled(FOLDER).workspace.playbooks
        for step in playbook.steps.values()
        if step.due or step.takes or step.sla
    }
    assert timed == {
        ("production_deployment", "begin_iaa"),
        ("production_deployment", "submit_request"),
        ("configuration_change", "submit_ticket"),
        ("configuration_change", "wait_for_confirmation"),
        ("certificate_rotation", "wait_for_confirmation"),
        ("sandbox_retry", "wait_for_retry"),
    }


def test_deployments_have_the_sources_days() -> None:
    days = re.search(r"occur every (\w+) and (\w+) by the close", section("Request deployment"))
    assert days
    (calendar,) = [
        document.model for document in compiled(FOLDER).workspace.documents if isinstance(document.model, Calendar)
    ]
    assert calendar.windows == {"deploy": tuple(day[:3].lower() for day in days.groups())}
    assert calendar.country == "US"
    windows = {
        (playbook.id, step.id): step.window
        for playbook in compiled(FOLDER).workspace.playbooks
        for step in playbook.steps.values()
        if step.window
    }
    assert set(windows) == {
        ("production_deployment", "deploy_integration"),
        ("configuration_change", "wait_for_confirmation"),
        ("certificate_rotation", "wait_for_confirmation"),
    }


def test_sandbox_retry() -> None:
    found = re.search(r"wait (\d+)-(\d+) minutes", section("Sandbox deployment could not be initiated"))
    assert found
    wait, contact = stage_steps("sandbox_retry", "retry")
    assert str(wait.takes) == f"{found[1]}..{found[2]}min"
    assert contact.when == "sandbox.error_continues"
    for id_ in ("production_deployment", "configuration_change"):
        (interrupt,) = model_of(id_).interrupts.values()
        assert interrupt.run is not None
        assert interrupt.run.playbook == "sandbox_retry"


# -- changes and rotation ------------------------------------------------------------------------


def test_change_has_the_sources_steps() -> None:
    items = re.findall(r"^\d\. (.+)$", section("Changes to production configurations"), re.MULTILINE)
    steps = stage_steps("configuration_change", "change")
    words = ["**sandbox**", "make those changes in your production", "Submit a request", "Update my existing"]
    words += ["submit the ticket", "Wait for us to confirm"]
    assert len(items) == len(steps) == len(words) == 6
    for item, word in zip(items, words, strict=True):
        assert word in item
    found = re.search(r"up to (\w+) weeks", items[-1])
    assert found
    assert str(steps[-1].takes) == f"..{WEEKS[found[1]]}w"
    assert "Once you've verified" in items[1]
    assert steps[1].when == steps[0].captures[0] == "change.verified"


def rotation_items() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Number and text of the items of both ways to rotate."""
    signed, unsigned = section("Certificate Rotation Process").split("**For SAML integrations not sending")
    numbered = re.compile(r"^  (\d)\.\s+(.+)$", re.MULTILINE)
    return numbered.findall(signed), numbered.findall(unsigned)


def test_rotation_has_the_sources_steps() -> None:
    items, _ = rotation_items()
    assert [number for number, _ in items] == [str(number) for number in range(1, 10)]
    steps = stage_steps("certificate_rotation", "rotation")
    assert len(steps) == 9
    for step, (number, text) in zip(steps, items, strict=True):
        prohibitions = len(re.findall(r"Do \*\*not\*\*", text))
        assert (step.need == "forbidden") == (prohibitions > 0), number
        assert not prohibitions or len(step.checklist) == prohibitions
        assert (step.id == "wait_for_confirmation") == text.startswith("Wait for us"), number
        # What is done once something else holds comes right after the step that waits for it, or is done on a
        # condition that an earlier step tells.
        if text.startswith("Once"):
            ahead = steps[: int(number) - 1]
            earlier = {name for other in ahead for name in other.captures}
            assert step.when in earlier or (ahead[-1].id == "wait_for_confirmation" and step.when is None), number
    found = re.search(r"up to (\d) weeks", section("Certificate Rotation Process"))
    assert found
    assert str(steps[4].takes) == f"..{found[1]}w"


def test_unsigned_requests_are_the_variant_that_the_source_tells() -> None:
    _, items = rotation_items()
    # The source numbers its third and its fourth line alike.
    assert [number for number, _ in items] == ["1", "2", "3", "3"]
    changed = re.search(r"in step (\d)", items[2][1])
    skipped = re.search(r"steps (\d)-(\d) above will not apply", items[3][1])
    assert changed
    assert skipped
    base = [step.id for step in stage_steps("certificate_rotation", "rotation")]
    (variant,) = model_of("certificate_rotation").variants.values()
    left_out = base[int(skipped[1]) - 1 : int(skipped[2])]
    assert list(variant.remove) == left_out == ["test_old_pair", "use_new_key", "test_new_pair"]
    fourth = base[int(changed[1]) - 1]
    work = {key.split(".")[0] for key in variant.set if not key.endswith(".due")}
    assert work == {fourth}
    assert variant.set[f"{fourth}.captures"] == "certificate.coordinated_at"
    assert "a date and time during business hours" in items[2][1]
    assert len(variant.set[f"{fourth}.checklist"]) == 2
    ours = with_variant("certificate_rotation", "unsigned")
    assert ours == ["watch_video", "test_in_sandbox", *[step for step in base if step not in left_out]]


def test_rotation_segments_are_the_sources_two_ways() -> None:
    text = section("Certificate Rotation Process")
    assert "For OIDC integrations or SAML integrations sending signed requests" in text
    segments = model_of("certificate_rotation").segments
    assert [segment.when for segment in segments.values()] == [
        'account.protocol != "saml" or account.requests_signed',
        'account.protocol == "saml" and not account.requests_signed',
    ]


# -- owners, forms and measures ------------------------------------------------------------------


def test_the_agency_does_almost_everything() -> None:
    ours: set[tuple[str, str]] = set()
    theirs: set[tuple[str, str]] = set()
    for playbook in compiled(FOLDER).workspace.playbooks:
        for task in playbook.process.tasks.values():
            assert task.owners.accountable is None, task.step
            assert task.owners.responsible is not None, task.step
            (holder,) = task.owners.responsible.holders
            customer = playbook.steps[task.step].party == "customer"
            assert customer == (playbook.team_of(holder) == "agency"), task.step
            (theirs if customer else ours).add((playbook.id, task.step))
    assert {step for _, step in ours} == {"review_integration", "deploy_integration"}
    assert len(theirs) == 41
    contact = playbook_of(FOLDER, "production_deployment").steps["begin_iaa"]
    assert names(contact.raci.R if contact.raci else None) == ("iaa_contact",)


def test_one_handoff_to_login_gov() -> None:
    (handoff,) = model_of("production_deployment").handoffs.values()
    assert (handoff.giver, handoff.receiver, handoff.at) == ("agency_partner", "login_gov", "submit_request")
    assert (handoff.accept, handoff.reject) == (None, None)


def test_purposes_and_their_forms() -> None:
    page = source_text("cases", "pb-logingov-production", "production.md")
    purposes = re.findall(r"^- (Launch|Make) (.+)$", section("We're here to assist"), re.MULTILINE)
    forms = dict.fromkeys(re.findall(r"ticket_form_id=(\d+)", page))
    rules = model_of("production_deployment").decisions["form"].rules
    assert len(purposes) == len(rules) == len(field_of("request.purpose").values) == 3
    assert len({rule.gives for rule in rules}) == len(forms) == 2
    assert [rule.gives == "launch_request" for rule in rules] == [verb == "Launch" for verb, _ in purposes]
    runs = [routine.run.playbook for routine in model_of("production_deployment").routines.values() if routine.run]
    assert runs == ["configuration_change", "certificate_rotation"]


def test_no_measures() -> None:
    assert "%" not in re.sub(r"\{%.*?%\}", "", source_text("cases", "pb-logingov-production", "production.md"))
    assert not compiled(FOLDER).workspace.symbols["kpi"]
