"""TGT106: what a declared target leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.handing_over import losses, losses_of_workspace, lost, path_of, place_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import CompiledPlaybook, Workspace

_EXPECTED = "another way to keep it, such as a line in the description, or a target that carries it"


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """What does not arrive in a target: a finding for each reason. Variants lose what their base loses."""
    if playbook.variant is not None or not context.targets:
        return
    for target, loss, what in lost(losses(playbook, context.targets)):
        message = f"{target.name} loses {what}: {loss.why}"
        yield Finding(message, path_of(playbook, loss), expected=_EXPECTED)


def check_shared(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """The same of what the playbooks of a workspace share."""
    if not context.targets:
        return
    for target, loss, what in lost(losses_of_workspace(workspace, context.targets)):
        place = place_of(workspace, loss)
        if place is not None:
            message = f"{target.name} loses {what}: {loss.why}"
            yield Finding(message, place[1], expected=_EXPECTED, document=place[0])


RULE = Rule(
    code="TGT106",
    name="lost-in-target",
    severity=Severity.INFO,
    profile="team",
    what="A playbook has something that a tool has no place for which `playbook.toml` declares as a target.",
    why="What is lost on the way is not done, unless somebody knows that it is lost.",
    bad="""\
# playbook.toml
[targets.task-csv]
""",
    good="""\
# playbook.toml
[targets.task-json]
""",
    graph=True,
    playbook=check,
    workspace=check_shared,
)
