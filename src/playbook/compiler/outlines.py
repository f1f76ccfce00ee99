"""What the rest of a workspace can know of a document without reading it."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.compiler.documents import Opened
from playbook.compiler.symbols import Declared
from playbook.language.playbook import Playbook


@dataclass(frozen=True, slots=True)
class Outline:
    """A document as the others see it. It follows from the document's own text alone.

    ``read`` says that it has a model, ``whole`` that all of it is in there. ``lost`` and ``lost_kinds`` are
    what its mistakes may have hidden, ``declared`` the ids that a playbook declares for itself, by kind,
    and ``yields`` what its steps capture and produce.
    """

    name: str
    kind: str | None
    id: str | None
    read: bool
    whole: bool
    lost: tuple[str, ...] = ()
    lost_kinds: tuple[str, ...] = ()
    declared: dict[str, tuple[str, ...]] | None = None
    yields: tuple[str, ...] = ()


def outline_of(opened: Opened, declared: Declared | None = None) -> Outline:
    """The outline of a document; of a playbook with the symbols that it declares."""
    document = opened.document
    model = document.model
    return Outline(
        document.name,
        document.kind,
        document.id,
        model is not None,
        document.whole,
        tuple(sorted(opened.lost)),
        tuple(sorted(opened.lost_kinds)),
        {kind: tuple(table) for kind, table in declared.items() if table} if declared is not None else None,
        _yields(model) if isinstance(model, Playbook) else (),
    )


def _yields(model: Playbook) -> tuple[str, ...]:
    steps = [step for stage in model.stages for step in stage.steps]
    return tuple(sorted({name for step in steps for name in (*step.captures, *step.produces)}))
