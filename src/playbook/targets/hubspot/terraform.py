"""``hubspot-terraform``: pipeline, workflows and properties as configuration of a public Terraform provider."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from playbook.plans.template import Template
from playbook.targets.hubspot.fields import GROUP, GROUP_LABEL, Property, field_losses, properties
from playbook.targets.hubspot.flows import Flow, flows
from playbook.targets.hubspot.hcl import Encoded, Raw, block
from playbook.targets.hubspot.moments import TIME_OPTION
from playbook.targets.hubspot.naming import NAME_LIMIT, PREFIX_OPTION, internal_name
from playbook.targets.hubspot.pipelines import OBJECT_OPTION, pipeline
from playbook.targets.hubspot.pipelines import TARGET as PIPELINES
from playbook.targets.hubspot.pipelines import losses as pipeline_losses
from playbook.targets.hubspot.properties import FIELDS_OPTION
from playbook.targets.hubspot.records import RECORD_OPTION
from playbook.targets.hubspot.workflow import BEFORE_OPTION
from playbook.targets.hubspot.workflow import TARGET as WORKFLOWS
from playbook.targets.hubspot.workflow import losses as workflow_losses
from playbook.targets.target import FULL, Evidence, File, Loss, Option, Settings, Target, part
from playbook.workspace import Workspace

PROVIDER = "revosai/hubspot"
_DOCUMENTS = f"documentation of the Terraform provider {PROVIDER}, in its public repository (2026)"

TARGET = Target(
    name="hubspot-terraform",
    title="HubSpot with Terraform",
    tool="HubSpot",
    what="The pipeline and the workflows (turned off) of a playbook, and the properties of a workspace, as "
    f"Terraform configuration for the public provider {PROVIDER}, which is not HubSpot's own.",
    form="HCL",
    group="CRM",
    modes=("template", "workspace"),
    carries={
        **WORKFLOWS.carries,
        "stages": FULL,
        "custom_fields": part(
            "with the workspace, as properties; durations, and lists without values, become text"
        ),
    },
    updates=True,
    how=(
        "Put the files into one folder, and the token into the environment as HUBSPOT_ACCESS_TOKEN.",
        "Owner properties cannot be made by this provider: hubspot-properties makes them, before the workflows.",
        "terraform init, then terraform plan, and read what it would make; terraform apply makes it.",
        "In HubSpot, say what enrolls records into each workflow, try it with one, and turn it on. A later apply "
        "writes the workflow again as it is in the files: put what enrolls records into flow_json by then.",
    ),
    limits=(*PIPELINES.limits, NAME_LIMIT),
    evidence=(
        Evidence(
            "Resources hubspot_property_group, hubspot_property, hubspot_pipeline and hubspot_workflow with their "
            "arguments",
            "reported",
            _DOCUMENTS,
        ),
        Evidence(
            "The files are HCL, and laid out as terraform fmt does",
            "proven",
            "read by HashiCorp's own parser (@cdktf/hcl2json), python-hcl2 and terraform itself in the tests",
        ),
        Evidence(
            "That the provider is to be had from the public registry, and takes these files as they are",
            "recalled",
            "neither was tried: terraform validate needs the provider",
        ),
        *WORKFLOWS.evidence,
    ),
    options=(
        OBJECT_OPTION,
        Option("label", "What the pipeline is called; empty for the title of the playbook."),
        RECORD_OPTION,
        TIME_OPTION,
        BEFORE_OPTION,
        FIELDS_OPTION,
        PREFIX_OPTION,
    ),
    keys={"template": "the last line of the notes", "workspace": "the task property playbook_key"},
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The pipeline and the workflows of one playbook."""
    yield _versions()
    blocks = [_pipeline(template, settings), *map(_workflow, flows(template, settings))]
    yield _file(f"{internal_name(template.name)}.tf", blocks)


def workspace(workspace: Workspace, settings: Settings) -> Iterator[File]:
    """The properties of all playbooks."""
    yield _versions()
    listed = [each for each in properties(workspace, settings) if not _is_owner(each)]
    objects = dict.fromkeys(each.object for each in listed)
    yield _file("properties.tf", [*map(_group, objects), *map(_property, listed)])


def losses(template: Template, settings: Settings) -> Iterator[Loss]:
    """Those of the pipeline and of the workflows."""
    yield from pipeline_losses(template, settings)
    yield from workflow_losses(template, settings)


def workspace_losses(workspace: Workspace, settings: Settings) -> Iterator[Loss]:
    """Properties that the provider cannot make, and fields that do not become properties as they are."""
    owners = tuple(each.name for each in properties(workspace, settings) if _is_owner(each))
    if owners:
        why = "the provider has none that hold a user: hubspot-properties makes them"
        yield Loss("owner properties of roles", why, owners)
    yield from field_losses(workspace, settings)


def _is_owner(each: Property) -> bool:
    return "externalOptions" in each.body


def _file(name: str, blocks: list[str]) -> File:
    return File(name, "\n".join(blocks).encode())


def _versions() -> File:
    needed = block("terraform", (), {}).replace("{\n}", "{\n  required_providers {\n" + _SOURCE + "  }\n}")
    return File("versions.tf", f'{needed}\nprovider "hubspot" {{}}\n'.encode())


_SOURCE = f'    hubspot = {{\n      source = "{PROVIDER}"\n    }}\n'


def _pipeline(template: Template, settings: Settings) -> str:
    made = pipeline(template, settings["object"], settings["label"])
    stages = [
        {"label": stage["label"], "display_order": stage["displayOrder"], "metadata": stage["metadata"]}
        for stage in made["stages"]
    ]
    attributes = {"object_type": settings["object"], "label": made["label"], "stages": stages}
    return block("resource", ("hubspot_pipeline", internal_name(template.name)), attributes)


def _workflow(flow: Flow) -> str:
    attributes: dict[str, Any] = {"name": flow.name, "flow_type": flow.type, "enabled": False}
    if flow.type == "PLATFORM_FLOW":
        attributes["object_type_id"] = flow.record.object_type
    attributes["flow_json"] = Encoded(flow.graph)
    return block("resource", ("hubspot_workflow", flow.id), attributes)


def _group(object_: str) -> str:
    attributes = {"object_type": object_, "name": GROUP, "label": GROUP_LABEL}
    return block("resource", ("hubspot_property_group", object_), attributes)


def _property(made: Property) -> str:
    body = made.body
    attributes: dict[str, Any] = {
        "object_type": made.object,
        "name": body["name"],
        "label": body["label"],
        "type": body["type"],
        "field_type": body["fieldType"],
        "group_name": Raw(f"hubspot_property_group.{made.object}.name"),
        "description": body["description"],
    }
    if body["type"] == "enumeration":
        # The order of the list is the order in HubSpot; the provider has no other place for it.
        attributes["options"] = [{"label": each["label"], "value": each["value"]} for each in body["options"]]
    return block("resource", ("hubspot_property", f"{made.object}_{body['name']}"), attributes)
