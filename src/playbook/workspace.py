"""The compiled result: documents, symbols and one core per playbook. Everything else is a function of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from playbook.core.owners import Letter, Owners
from playbook.core.process import Process, Task
from playbook.core.reach import unbounded_cycles
from playbook.core.soundness import Soundness, soundness_of
from playbook.diagnostics import Diagnostic, Edit, Place
from playbook.expressions.types import Type
from playbook.fixing.changes import Change
from playbook.language.vocabulary import STATES
from playbook.letters import owners_of
from playbook.signals import type_of_name
from playbook.text.ids import words_of
from playbook.text.listing import Listing
from playbook.text.paths import KeyPath
from playbook.text.spans import SourceText

if TYPE_CHECKING:
    from playbook.language.base import Document as DocumentModel
    from playbook.language.organization import Role, Team
    from playbook.language.playbook import Playbook
    from playbook.language.stage import Stage
    from playbook.language.step import Step


T = TypeVar("T")

_EVERY_STATE = frozenset(state for states in STATES.values() for state in states)


class Locator(Protocol):
    """Finds the place of a key path in a source; positions are read when the first one is asked for."""

    def place(self, path: KeyPath, *, key: bool = False, within: tuple[int, int] | None = None) -> Place:
        """The place of the value at ``path``; of its key; or of some characters of its text."""

    def edits(self, changes: tuple[Change, ...]) -> tuple[Edit, ...] | None:
        """The edits of the text that make just these changes; ``None`` where that cannot be done exactly."""


@dataclass(frozen=True)
class Document:
    """One file: its kind, its id and its model.

    ``model`` is ``None`` for a file that could not be read as far as that; ``pruned`` are the key paths
    that were left out of the model because of findings.
    """

    name: str
    kind: str | None
    id: str | None
    model: DocumentModel | None
    locator: Locator
    source: SourceText | None = None
    pruned: tuple[KeyPath, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all of the file is in the model."""
        return self.model is not None and not self.pruned

    def remembered(self, work_out: Callable[[Document], T]) -> T:
        """What a function gives for this document, worked out once for all who ask."""
        if work_out not in self._memory:
            self._memory[work_out] = work_out(self)
        return self._memory[work_out]  # type: ignore[no-any-return]

    @cached_property
    def _memory(self) -> dict[Callable[..., Any], Any]:
        return {}


@dataclass(frozen=True, slots=True)
class Symbol:
    """A declared id, and where it is declared."""

    kind: str
    id: str
    document: Document
    path: KeyPath
    value: object = None

    def place(self) -> Place:
        """Where it is declared."""
        return self.document.locator.place(self.path, key=True)


Table = Mapping[str, Symbol]


class Others(Protocol):
    """What a playbook can ask about the other playbooks of its workspace, beside looking one up by its id.

    Every answer is one that a check depends on, so there is no other way to ask.
    """

    def yields(self, name: str, besides: str) -> bool:
        """Whether a step captures or produces something in a playbook other than that of the id ``besides``."""


class Alone:
    """There are no other playbooks."""

    def yields(self, name: str, besides: str) -> bool:
        """Nothing is yielded elsewhere."""
        del name, besides
        return False


class Applied(Protocol):
    """What a variant has made of its playbook: the values, and which edit each of them comes from."""

    value: dict[str, Any]
    removed: dict[str, KeyPath]
    """The ids that were taken away, each with the key path that says so."""

    def changed_by(self, path: KeyPath) -> KeyPath | None:
        """The key path of the edit that put the value at ``path``; ``None`` if it is the base's own."""


@dataclass(frozen=True)
class CompiledPlaybook:
    """A playbook document with its core and its own symbols; or a variant of one, compiled the same way.

    Of a variant, ``variant`` is the id, ``segments`` are those that it is for, ``base`` is the process of
    the playbook that it edits, and ``document`` has the edited model; its places lead into the file as it
    is written. ``variants`` are those of a base.
    """

    document: Document
    model: Playbook
    process: Process
    symbols: Mapping[str, Table]
    workspace_symbols: Mapping[str, Table] = field(repr=False)
    variants: tuple[CompiledPlaybook, ...] = ()
    variant: str | None = None
    variant_title: str | None = None
    segments: tuple[str, ...] = ()
    base: Process | None = field(default=None, repr=False)
    applied: Applied | None = field(default=None, repr=False)
    expressions: tuple[tuple[KeyPath, str], ...] = field(default=(), repr=False)
    """Every expression of the document, with its key path."""
    others: Others = field(default_factory=Alone, repr=False)

    @property
    def id(self) -> str:
        """The id of the playbook."""
        return self.model.playbook

    @property
    def title(self) -> str:
        """What people read: the title, or the id in words; of a variant, with the variant's own."""
        title = self.model.title or words_of(self.model.playbook)
        return f"{title}: {self.variant_title or words_of(self.variant)}" if self.variant else title

    @property
    def name(self) -> str:
        """The id, of a variant with its own behind a dot: what files and pictures are called."""
        return f"{self.id}.{self.variant}" if self.variant else self.id

    def type_of(self, name: str) -> Type | None:
        """The type of a name in this playbook's expressions; ``None`` if nothing declares it."""
        if name not in self._types:
            self._types[name] = type_of_name(name, self.symbols, self.workspace_symbols)
        return self._types[name]

    def is_misnamed(self, name: str) -> bool:
        """Whether nothing declares a name, though the workspace declares such things."""
        if self.type_of(name) is not None:
            return False
        declared = self.workspace_symbols["field"] or self.workspace_symbols["event"]
        owner, _, state = name.rpartition(".")
        return bool(declared) or state in _EVERY_STATE or any(owner in self.symbols[kind] for kind in STATES)

    @cached_property
    def _types(self) -> dict[str, Type | None]:
        return {}

    def is_yielded_elsewhere(self, name: str) -> bool:
        """Whether a step of another playbook of the workspace captures or produces something."""
        return self.others.yields(name, besides=self.id)

    def remembered(self, work_out: Callable[[CompiledPlaybook], T]) -> T:
        """What a function gives for this playbook, worked out once for all who ask."""
        if work_out not in self._memory:
            self._memory[work_out] = work_out(self)
        return self._memory[work_out]  # type: ignore[no-any-return]

    @cached_property
    def _memory(self) -> dict[Callable[..., Any], Any]:
        return {}

    @cached_property
    def soundness(self) -> Soundness | None:
        """Whether every run can end; see :func:`playbook.core.soundness.soundness_of`."""
        return soundness_of(self.process)

    @cached_property
    def stages(self) -> dict[str, Stage]:
        """Stages by id, in order; of two with one id, the first."""
        found: dict[str, Stage] = {}
        for stage in self.model.stages:
            found.setdefault(stage.id, stage)
        return found

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Steps by id, in order; of two with one id, the first."""
        found: dict[str, Step] = {}
        for stage in self.model.stages:
            for step in stage.steps:
                found.setdefault(step.id, step)
        return found

    @cached_property
    def tasks_by_stage(self) -> dict[str, list[Task]]:
        """The tasks of each stage, in order; every stage has a list."""
        found: dict[str, list[Task]] = {stage: [] for stage in self.stages}
        for task in self.process.tasks.values():
            found[task.stage].append(task)
        return found

    @cached_property
    def unbounded_cycles(self) -> list[list[str]]:
        """Cycles of the flow that nothing bounds; see :func:`playbook.core.reach.unbounded_cycles`."""
        return unbounded_cycles(self.process)

    @cached_property
    def letters(self) -> dict[str, dict[str, Owners]]:
        """The letters of what is no step, by the playbook's key and by id.

        A handoff without an A of its own is its giver's until it is accepted.
        """
        model = self.model
        found: dict[str, dict[str, Owners]] = {}
        for kind in ("milestones", "decisions", "routines", "interrupts"):
            entries = getattr(model, kind)
            found[kind] = {id_: owners_of(entry.raci, (kind, id_, "raci")) for id_, entry in entries.items()}
        found["workstreams"] = {
            id_: owners_of(raci, ("workstreams", id_)) for id_, raci in model.workstreams.items()
        }
        found["handoffs"] = {}
        for id_, handoff in model.handoffs.items():
            path: KeyPath = ("handoffs", id_)
            giver = Owners(
                accountable=Letter((handoff.giver,), (*path, "from")),
                responsible=Letter((handoff.giver,), (*path, "from")),
                informed=Letter((handoff.receiver,), (*path, "to")),
            )
            found["handoffs"][id_] = owners_of(handoff.raci, (*path, "raci"), giver)
        return found

    def role(self, id_: str) -> Role | None:
        """The role of that id, if there is one."""
        symbol = self.workspace_symbols["role"].get(id_)
        return symbol.value if symbol else None  # type: ignore[return-value]

    def team(self, id_: str) -> Team | None:
        """The team of that id, if there is one."""
        symbol = self.workspace_symbols["team"].get(id_)
        return symbol.value if symbol else None  # type: ignore[return-value]

    def team_of(self, owner: str) -> str | None:
        """The id of the team that a role belongs to, or of the team itself."""
        if owner in self.workspace_symbols["team"]:
            return owner
        role = self.role(owner)
        return role.team if role else None

    def owner_name(self, owner: str) -> str:
        """The title of a role or team, or its id in words."""
        named = self.role(owner) or self.team(owner)
        return (named.title if named else None) or words_of(owner)


@dataclass(frozen=True)
class Workspace:
    """All documents below one root, resolved against each other.

    ``diagnostics`` are the findings of reading and compiling; rules add theirs. ``playbooks`` may be
    such that are read only when one of them is asked for.
    """

    root: str
    documents: Sequence[Document]
    playbooks: Sequence[CompiledPlaybook]
    symbols: Mapping[str, Table]
    used: frozenset[tuple[str, str]]
    """The kind and id of every symbol that some document names."""
    diagnostics: tuple[Diagnostic, ...]
    expressions: tuple[tuple[Document, KeyPath, str], ...] = ()
    """The expressions of the documents that are no playbooks."""
    listing: Listing | None = field(default=None, repr=False)
    """The files below the root; ``None`` if not all of it was searched."""
    paths: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Where each document lies, seen from the root, by its name."""

    @cached_property
    def complete(self) -> bool:
        """Whether every file is whole, so that what is not found does not exist."""
        return all(document.whole for document in self.documents)
