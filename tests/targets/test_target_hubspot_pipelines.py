from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from tests.targets.hubspot_contract import needs_contracts, of_template, problem, sent, settings
from tests.targets.samples import hostile_template, sample_template, shipped_templates
from tests.targets.standard_plans import check_golden

from playbook.plans.template import StageTemplate, Template
from playbook.targets.registry import own_losses


@pytest.fixture(scope="module")
def templates() -> Mapping[str, Template]:
    return {**shipped_templates(), "hostile": hostile_template()}


def pipeline_of(template: Template, **said: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        of_template("hubspot-pipelines", template, **said)[f"{template.name}.pipeline.json"]
    )
    return found


def staged(template: Template, *titles: str) -> Template:
    stages = {f"s{at}": StageTemplate(f"s{at}", title, at, "", ()) for at, title in enumerate(titles, 1)}
    return replace(template, stages=stages, tasks=(), _by_step={})


@needs_contracts
@pytest.mark.parametrize("kind", ["tickets", "deals"])
def test_every_pipeline_is_as_the_openapi_document_wants_it(kind: str, templates: Mapping[str, Template]) -> None:
    for template in templates.values():
        assert sent("pipelines", of_template("hubspot-pipelines", template, object=kind)) == 1
    assert "label" in problem("pipelines", f"/crm/v3/pipelines/{kind}", {"displayOrder": 0, "stages": []})


def test_stages_are_as_hubspot_wants_them(templates: Mapping[str, Template]) -> None:
    for template in templates.values():
        tickets, deals = pipeline_of(template), pipeline_of(template, object="deals")
        for made in (tickets, deals):
            labels = [stage["label"] for stage in made["stages"]]
            assert len(set(labels)) == len(labels) <= 100
            assert labels[: len(template.stages)] == [stage.title for stage in template.stages.values()]
            assert [stage["displayOrder"] for stage in made["stages"]] == list(range(len(labels)))
            assert 0 < len(made["label"]) <= 36
        opened = len(template.stages)
        states = [stage["metadata"]["ticketState"] for stage in tickets["stages"]]
        assert states == ["OPEN"] * opened + ["CLOSED"] * (len(states) - opened)
        assert "CLOSED" in states
        check_chances([stage["metadata"]["probability"] for stage in deals["stages"]], opened)


def check_chances(chances: list[str], opened: int) -> None:
    """Probabilities are texts in steps of 0.1: they climb below 1.0 until a deal is closed."""
    assert chances[:opened] == sorted(chances[:opened])
    assert set(chances[:opened]) <= {f"0.{tenth}" for tenth in range(1, 10)}
    assert "1.0" in chances[opened:]
    assert set(chances[opened:]) <= {"0.0", "1.0"}


def test_ends_are_closed_stages_and_one_is_made_where_there_is_none() -> None:
    template = sample_template()
    labels = [stage["label"] for stage in pipeline_of(template)["stages"]]
    assert labels[-2:] == ["Onboarded", "Stopped before value"]
    endless = pipeline_of(replace(template, ends={"stopped": ("Stopped", False)}), object="deals")
    assert [(stage["label"], stage["metadata"]["probability"]) for stage in endless["stages"]][-2:] == [
        ("Done", "1.0"),
        ("Stopped", "0.0"),
    ]


def test_stages_of_one_name_get_a_number_and_are_told() -> None:
    template = staged(sample_template(), "Go", "Go", "Go (2)", "Done")
    template = replace(template, ends={})
    labels = [stage["label"] for stage in pipeline_of(template)["stages"]]
    assert len(set(labels)) == 5
    (loss,) = own_losses("hubspot-pipelines", template, settings("hubspot-pipelines"))
    assert loss.where == ("s1", "s2")
    assert loss.part


def test_too_many_stages_are_refused() -> None:
    template = staged(sample_template(), *(f"Stage {at}" for at in range(99)))
    (loss,) = own_losses("hubspot-pipelines", template, settings("hubspot-pipelines"))
    assert loss.refused


def test_a_long_label_is_cut_told_and_can_be_chosen() -> None:
    template = replace(sample_template(), title="Onboarding of enterprises in several countries")
    assert pipeline_of(template)["label"] == "Onboarding of enterprises in severa…"
    (loss,) = own_losses("hubspot-pipelines", template, settings("hubspot-pipelines"))
    assert "36" in loss.why
    assert loss.part
    assert pipeline_of(template, label="Onboarding")["label"] == "Onboarding"
    assert not list(own_losses("hubspot-pipelines", template, settings("hubspot-pipelines", label="Onboarding")))


def test_the_version_of_the_api_is_a_choice() -> None:
    files = of_template("hubspot-pipelines", sample_template(), api="2026-09", object="deals")
    plain = json.loads(files["enterprise_onboarding.pipeline.requests.json"])
    assert plain["requests"][0]["path"] == "/crm/pipelines/2026-09/deals"
    assert plain["scopes"] == ["crm.pipelines.write", "crm.objects.deals.write"]


def test_golden_pipeline() -> None:
    for kind in ("tickets", "deals"):
        files = of_template("hubspot-pipelines", sample_template(), object=kind)
        check_golden(f"hubspot.enterprise.{kind}.json", files["enterprise_onboarding.pipeline.json"])
