from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.formats.samples import HOSTILE
from tests.node_oracle import ORACLES, answers_of
from tests.subjects import shipped
from tests.targets.hubspot_contract import of_template, of_workspace, settings, workspaces
from tests.targets.samples import hostile_template, sample_template, shipped_templates
from tests.targets.standard_plans import check_golden

from playbook.plans.template import Template
from playbook.targets.hubspot.fields import properties
from playbook.targets.hubspot.flows import flows
from playbook.targets.hubspot.hcl import Encoded, Raw, block
from playbook.targets.hubspot.pipelines import pipeline

TARGET = "hubspot-terraform"
TERRAFORM = shutil.which("terraform")

needs_terraform = pytest.mark.skipif(TERRAFORM is None, reason="terraform is not installed")
needs_parser = pytest.mark.skipif(
    shutil.which("node") is None or not (ORACLES / "node_modules" / "@cdktf" / "hcl2json").is_dir(),
    reason="node or @cdktf/hcl2json is not installed",
)


def terraform(folder: Path, *said: str) -> subprocess.CompletedProcess[bytes]:
    assert TERRAFORM
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    environment |= {"CHECKPOINT_DISABLE": "1"}
    command = [TERRAFORM, *said]
    return subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, timeout=120)


@pytest.fixture(scope="module")
def templates() -> Mapping[str, Template]:
    return {**shipped_templates(), "hostile": hostile_template()}


@pytest.fixture(scope="module")
def files(templates: Mapping[str, Template]) -> dict[str, bytes]:
    """Everything that is written of the project, by names of its own."""
    written = {}
    for name, template in templates.items():
        for file, data in of_template(TARGET, template).items():
            written[f"{name.replace('/', '-')}--{file}"] = data
    for at, workspace in enumerate(workspaces()):
        for file, data in of_workspace(TARGET, workspace, fields="all").items():
            written[f"workspace-{at}--{file}"] = data
    return written


@needs_terraform
def test_files_are_laid_out_as_terraform_does(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    done = terraform(tmp_path, "fmt", "-check", "-diff")
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    (tmp_path / "loose.tf").write_text("a  = 1\n")
    assert terraform(tmp_path, "fmt", "-check").returncode != 0


@needs_parser
def test_hashicorps_parser_reads_what_was_meant(templates: Mapping[str, Template], files: dict[str, bytes]) -> None:
    texts = {name: data.decode() for name, data in files.items() if "versions" not in name}
    answers = answers_of("hcl/parse.mjs", {**texts, "wrong": "resource {"})
    assert not answers.pop("wrong")["ok"]
    assert all(answer["ok"] for answer in answers.values())
    assert len(answers) == len(texts)
    for name, template in templates.items():
        (read,) = (
            answer["read"] for file, answer in answers.items() if file.startswith(f"{name.replace('/', '-')}--")
        )
        check_template(template, read["resource"])
    for at, workspace in enumerate(workspaces()):
        read = answers[f"workspace-{at}--properties.tf"]["read"]["resource"]
        made = list(properties(workspace, settings(TARGET, fields="all")))
        bodies = [each.body for each in made if "externalOptions" not in each.body]
        listed = [attributes for (attributes,) in read["hubspot_property"].values()]
        assert sorted(each["name"] for each in listed) == sorted(body["name"] for body in bodies)
        assert sorted(each["label"] for each in listed) == sorted(body["label"] for body in bodies)
        assert {each["object_type"] for each in listed} == read["hubspot_property_group"].keys()
        assert all(bool(each.get("options")) is (each["type"] == "enumeration") for each in listed)


def check_template(template: Template, read: dict[str, Any]) -> None:
    ((attributes,),) = read["hubspot_pipeline"].values()
    wanted = pipeline(template, "tickets")
    assert attributes["label"] == wanted["label"]
    assert attributes["stages"] == [
        {"label": each["label"], "display_order": each["displayOrder"], "metadata": each["metadata"]}
        for each in wanted["stages"]
    ]
    made = {flow.id: flow for flow in flows(template, settings(TARGET))}
    assert read["hubspot_workflow"].keys() == made.keys()
    for id_, (workflow,) in read["hubspot_workflow"].items():
        assert workflow["enabled"] is False
        assert workflow["name"] == made[id_].name
        assert (workflow["flow_type"], workflow["object_type_id"]) == ("PLATFORM_FLOW", "0-2")


@needs_terraform
def test_terraform_works_out_the_same_workflows(tmp_path: Path) -> None:
    """``jsonencode`` of what is written gives the graph that the API is sent, whatever texts are in it."""
    texts = {name: text for name, text in HOSTILE.items() if name != "surrogate"}
    graphs: dict[str, Any] = {flow.id: flow.graph for flow in flows(hostile_template(), settings(TARGET))}
    graphs["texts"] = {
        **texts,
        "interpolation": "${a} $${b} %{c} %%{d} $ % \\u0041",
        "more": ["\u2028", {"a b": 1}],
    }
    outputs = [block("output", (name,), {"value": Encoded(graph)}) for name, graph in graphs.items()]
    (tmp_path / "main.tf").write_text("\n".join(outputs), encoding="utf-8")
    assert terraform(tmp_path, "fmt", "-check").returncode == 0
    done = terraform(tmp_path, "init", "-input=false")
    assert done.returncode == 0, done.stderr.decode()
    done = terraform(tmp_path, "apply", "-auto-approve", "-input=false")
    assert done.returncode == 0, done.stderr.decode()
    answers = json.loads(terraform(tmp_path, "output", "-json").stdout)
    assert {name: json.loads(answer["value"]) for name, answer in answers.items()} == graphs


def test_another_parser_reads_it(templates: Mapping[str, Template]) -> None:
    hcl2 = pytest.importorskip("hcl2", reason="python-hcl2 is not installed")
    for template in (templates["hostile"], sample_template("self_serve")):
        for data in of_template(TARGET, template).values():
            assert hcl2.loads(data.decode())


def test_versions_name_the_provider() -> None:
    versions = of_template(TARGET, sample_template())["versions.tf"].decode()
    assert 'source = "revosai/hubspot"' in versions
    assert versions.endswith('\n\nprovider "hubspot" {}\n')
    assert of_workspace(TARGET, next(iter(shipped().values())).workspace)["versions.tf"].decode() == versions


def test_blocks_are_written_as_people_do() -> None:
    written = block(
        "resource", ("a", "b"), {"x": 1, "long_name": True, "list": ["one"], "ref": Raw("a.b.c"), "no": []}
    )
    assert written == (
        'resource "a" "b" {\n  x         = 1\n  long_name = true\n\n  list = [\n    "one",\n  ]\n\n'
        "  ref = a.b.c\n  no  = []\n}\n"
    )


def test_workflows_of_contacts_name_no_object() -> None:
    text = of_template(TARGET, sample_template(), record="contact")["enterprise_onboarding.tf"].decode()
    assert 'flow_type = "CONTACT_FLOW"' in text
    assert "object_type_id" not in text


def test_golden_configuration() -> None:
    check_golden(
        "hubspot.self_serve.tf", of_template(TARGET, sample_template("self_serve"))["self_serve_onboarding.tf"]
    )
