"""What the declared targets cannot take of a playbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Document, Workspace

if TYPE_CHECKING:
    from playbook.targets.target import Loss, Mode, Target


def losses(playbook: CompiledPlaybook, targets: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[Target, Loss]]:
    """What each declared target that takes playbooks refuses, leaves out or turns into something else."""
    # Most workspaces declare none, and a check of those does not wait for this.
    from playbook.plans.templating import template_of
    from playbook.targets.losses import losses_of
    from playbook.targets.registry import MODULES, target_of

    for name, settings in targets.items():
        target = target_of(name) if name in MODULES else None
        if target is None or target.modes == ("workspace",):
            continue
        mode: Mode = "template" if "template" in target.modes else "plan"
        for loss in losses_of(target, template_of(playbook), mode, settings):
            yield target, loss


def losses_of_workspace(
    workspace: Workspace, targets: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[Target, Loss]]:
    """The same of the targets that take what a workspace shares."""
    from playbook.targets.registry import MODULES, target_of
    from playbook.targets.registry import losses_of_workspace as losses_in

    for name, settings in targets.items():
        target = target_of(name) if name in MODULES else None
        if target is not None and "workspace" in target.modes:
            yield from ((target, loss) for loss in losses_in(name, workspace, settings))


def refused(found: Iterable[tuple[Target, Loss]]) -> Iterator[tuple[Target, Loss, str]]:
    """What keeps a target from taking anything, with what it is about, in words."""
    from playbook.targets.losses import named

    yield from ((target, loss, named(loss)) for target, loss in found if loss.refused)


def lost(found: Iterable[tuple[Target, Loss]]) -> Iterator[tuple[Target, Loss, str]]:
    """What is left out, once for each reason of a target: the first loss of it, and what is lost, in words."""
    from playbook.targets.losses import alike

    of_targets: dict[str, tuple[Target, list[Loss]]] = {}
    for target, loss in found:
        if not loss.part and not loss.refused:
            of_targets.setdefault(target.name, (target, []))[1].append(loss)
    for target, losses_of_it in of_targets.values():
        yield from ((target, loss, what) for loss, what in alike(losses_of_it))


def place_of(workspace: Workspace, loss: Loss) -> tuple[Document, KeyPath] | None:
    """The document and the path of the first of what is lost; of nothing that is declared, the first document."""
    for kind in ("kpi", "event", "field"):
        symbol = workspace.symbols[kind].get(loss.where[0]) if loss.where else None
        if symbol is not None:
            return symbol.document, symbol.path
    document = next((each for each in workspace.documents if each.kind in ("tracking", "metrics")), None)
    document = document or next(iter(workspace.documents), None)
    return (document, (document.kind or "",)) if document is not None else None


def path_of(playbook: CompiledPlaybook, loss: Loss) -> KeyPath:
    """Where the first of what is lost is written."""
    first = loss.where[0] if loss.where else ""
    task = playbook.process.tasks.get(f"step.{first}")
    if task is not None:
        return task.path
    for kind in ("milestones", "handoffs", "routines", "interrupts"):
        if first in getattr(playbook.model, kind):
            return (kind, first)
    for index, stage in enumerate(playbook.model.stages):
        if stage.id == first:
            return ("stages", index)
    return ("playbook",)
