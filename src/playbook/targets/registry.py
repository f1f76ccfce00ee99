"""The explicit list of targets. A test compares it with the folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import cast

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.rows import Sheet
from playbook.targets.target import File, Loss, Settings, Target
from playbook.workspace import Workspace

MODULES: dict[str, str] = {
    "hubspot-tasks": "hubspot.tasks",
    "hubspot-task-import": "hubspot.task_import",
    "hubspot-pipelines": "hubspot.pipelines",
    "hubspot-properties": "hubspot.properties",
    "hubspot-workflow": "hubspot.workflow",
    "hubspot-terraform": "hubspot.terraform",
    "salesforce-objects": "salesforce.objects",
    "salesforce-bulk": "salesforce.bulk",
    "salesforce-tree": "salesforce.tree",
    "salesforce-action-plan": "salesforce.action_plan",
    "eloqua-campaign": "eloqua.campaign",
    "gainsight": "success.gainsight",
    "gainsight-cta": "success.gainsight_cta",
    "churnzero": "success.churnzero",
    "totango": "success.totango",
    "planhat": "success.planhat",
    "planhat-tasks": "success.planhat_tasks",
    "vitally": "success.vitally",
    "vitally-tasks": "success.vitally_tasks",
    "asana": "projects.asana",
    "asana-api": "projects.asana_api",
    "jira": "projects.jira",
    "jira-api": "projects.jira_api",
    "clickup": "projects.clickup",
    "monday": "projects.monday",
    "linear": "projects.linear",
    "smartsheet": "projects.smartsheet",
    "todoist": "projects.todoist",
    "trello": "projects.trello",
    "github-issues": "projects.github_issues",
    "rocketlane": "projects.rocketlane",
    "guidecx": "projects.guidecx",
    "onboard-io": "projects.onboard_io",
    "task-csv": "standards.task_csv",
    "icalendar": "standards.icalendar",
    "ms-project": "standards.ms_project",
    "task-json": "standards.task_json",
    "checklist": "standards.checklist",
    "rudderstack": "instrumentation.rudderstack",
    "segment": "instrumentation.segment",
    "snowplow": "instrumentation.snowplow",
    "dbt-metrics": "instrumentation.dbt_metrics",
}
"""The module of each target below this package, by the target's name; in the order in which they are listed."""


def target_of(name: str) -> Target:
    """The target of that name; :class:`KeyError` if there is none."""
    return cast("Target", _module(name).TARGET)


def all_targets() -> tuple[Target, ...]:
    """Every target, in the order of the list."""
    return tuple(target_of(name) for name in MODULES)


def template_files(name: str, template: Template, settings: Settings) -> Iterator[File]:
    """The files of a template."""
    return iter(_module(name).template(template, settings))


def plan_files(name: str, plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """The files of some plans, given one by one as the plans are read."""
    return iter(_module(name).plan(plans, settings))


def sheet_of(name: str, settings: Settings) -> Sheet | None:
    """The sheet that is all that :func:`plan_files` writes, so that it can be written without holding it in memory;
    ``None`` for a target that writes anything else."""
    sheet = getattr(_module(name), "sheet", None)
    return cast("Sheet", sheet(settings)) if sheet is not None else None


def workspace_files(name: str, workspace: Workspace, settings: Settings) -> Iterator[File]:
    """The files of a workspace."""
    return iter(_module(name).workspace(workspace, settings))


def own_losses(name: str, template: Template, settings: Settings) -> Iterator[Loss]:
    """What a target says itself of what it cannot take of a playbook."""
    losses = getattr(_module(name), "losses", None)
    return iter(losses(template, settings)) if losses is not None else iter(())


def losses_of_workspace(name: str, workspace: Workspace, settings: Settings) -> tuple[Loss, ...]:
    """What a target cannot take of what a workspace shares."""
    losses = getattr(_module(name), "workspace_losses", None)
    return tuple(losses(workspace, settings)) if losses is not None else ()


def _module(name: str) -> ModuleType:
    return import_module(f"playbook.targets.{MODULES[name]}")
