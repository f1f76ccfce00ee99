"""A playbook as customers may see it.

It is written anew from what is theirs, so that what nobody has thought of stays inside: a key that the language
gets tomorrow is internal until somebody names it here. What comes through is

- the title of the playbook;
- the stages with a step that reaches customers (:func:`steps_for_customers` says which do), by their titles;
- of such a step its words, party, due time, duration, how binding it is, the kind and length of its touch, the
  documents for customers that it yields, and the lines of its checklist that are theirs;
- who does it: of customers the holders of all letters, of us and partners those who do it or answer for it,
  by the titles of roles and teams; where nobody is named, our team;
- choices between such steps, branches, and decisions of customers, without their conditions;
- milestones of these stages, and those that are value to the customer, with title and due time;
- the successful ends, and others only where nothing else can be reached, without their names.

Times are shown where they are counted from something else that is shown, or from an anchor. Ids are our names for
things, so that all are new ones; only the playbook keeps its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from playbook.core.owners import Owners
from playbook.core.process import START, Process, Task
from playbook.diagnostics import Edit, Place
from playbook.fixing.changes import Change
from playbook.language.base import Model
from playbook.language.playbook import Anchor, Artifact, End, Milestone, Playbook
from playbook.language.raci import names
from playbook.language.stage import Stage
from playbook.schedule.relative import schedule_of
from playbook.text.ids import words_of
from playbook.text.paths import KeyPath
from playbook.views.narrowing.customer_process import OTHER_END, customer_process
from playbook.views.narrowing.customer_steps import step_for_customers
from playbook.views.narrowing.excerpt import Excerpt
from playbook.views.narrowing.moments import Moments
from playbook.views.narrowing.owners import CustomerOwners
from playbook.views.narrowing.reach import is_customer, shown_party, steps_for_customers
from playbook.views.narrowing.times import Renamed, times_for_customers
from playbook.views.parts.milestones import milestones_of
from playbook.workspace import CompiledPlaybook, Document, Symbol


@dataclass(frozen=True, slots=True)
class ForCustomers:
    """What customers may see; and the new ids of its stages and of roles and teams, by the old ones."""

    playbook: CompiledPlaybook
    stages: Mapping[str, str]
    owners: Mapping[str, str]


def for_customers(playbook: CompiledPlaybook) -> ForCustomers:
    """The playbook as customers may see it. Which variants there are is none of their business."""
    writer = _Writer(playbook)
    owners = writer.owners
    process = writer.process()
    model = writer.model(process)
    document = Document(playbook.document.name, "playbook", playbook.id, model, _Nowhere(playbook.document.name))
    own: dict[str, Mapping[str, Model]] = {
        "stage": {stage.id: stage for stage in model.stages},
        "step": {step.id: step for stage in model.stages for step in stage.steps},
        "milestone": model.milestones,
        "anchor": model.anchors,
        "end": model.ends,
        "artifact": model.artifacts,
    }
    shared: dict[str, Mapping[str, Model]] = {"role": owners.roles(), "team": owners.teams()}
    shown = Excerpt(
        document,
        model,
        process,
        {kind: _table(document, kind, own.get(kind, {})) for kind in playbook.symbols},
        {kind: _table(document, kind, shared.get(kind, {})) for kind in playbook.workspace_symbols},
        scope=", for customers",
        numbers={stage.id: number for number, stage in enumerate(model.stages, 1)},
        customers=True,
    )
    told = {schedule_of: lambda: times_for_customers(playbook, shown, writer.ids)}
    return ForCustomers(replace(shown, told=told), writer.stages, owners.ids)


def _table(document: Document, kind: str, values: Mapping[str, Model]) -> dict[str, Symbol]:
    return {id_: Symbol(kind, id_, document, (kind,), value) for id_, value in values.items()}


class _Nowhere:
    """Customers see no file."""

    def __init__(self, file: str) -> None:
        self._file = file

    def place(self, path: KeyPath, *, key: bool = False, within: tuple[int, int] | None = None) -> Place:
        """The file as a whole."""
        del path, key, within
        return Place(self._file)

    def edits(self, changes: tuple[Change, ...]) -> tuple[Edit, ...] | None:
        """None: there is nothing to edit."""
        del changes
        return None


class _Writer:
    """Writes the playbook anew, under new ids."""

    def __init__(self, playbook: CompiledPlaybook) -> None:
        self._playbook = playbook
        self._tasks = steps_for_customers(playbook)
        self.steps = {task.step: f"step_{number}" for number, task in enumerate(self._tasks, 1)}
        shown = {task.stage for task in self._tasks}
        stages = [stage for stage in playbook.stages if stage in shown]
        self.stages = {stage: f"stage_{number}" for number, stage in enumerate(stages, 1)}
        self._milestones = {
            each.id: each
            for each in milestones_of(playbook)
            if each.stage in shown or (each.milestone.value and playbook.model.scope != "programme")
        }
        known = {
            "step": self.steps,
            "stage": self.stages,
            "milestone": {id_: f"milestone_{number}" for number, id_ in enumerate(self._milestones, 1)},
        }
        self._moments = Moments(playbook, known)
        self._milestone_ids = known["milestone"]
        self._artifacts = self._documents()
        self.owners = CustomerOwners(playbook)
        self._letters = {task.step: self._owners(task) for task in self._tasks}

    def _owners(self, task: Task) -> Owners:
        ours = shown_party(self._playbook, task, self._playbook.steps[task.step]) in ("internal", "joint")
        return self.owners.letters(task.owners, ours=ours)

    def _documents(self) -> dict[str, str]:
        """The documents for customers that a shown step yields, with new ids."""
        declared = self._playbook.model.artifacts
        made = (name for task in self._tasks for name in self._playbook.steps[task.step].produces)
        facing = dict.fromkeys(name for name in made if name in declared and declared[name].customer_facing)
        return {name: f"document_{number}" for number, name in enumerate(facing, 1)}

    @property
    def ids(self) -> Renamed:
        """The new ids by the old ones."""
        anchors = dict(self._moments.anchors)
        start = next((id_ for id_, anchor in self._playbook.model.anchors.items() if anchor.start), START)
        return Renamed(self.steps, self.stages, self._milestone_ids, {start: START, **anchors})

    def process(self) -> Process:
        """The process of the steps that are shown."""
        steps = self._playbook.steps
        approved = {
            task.step
            for task in self._tasks
            if (approval := steps[task.step].approval)
            and any(is_customer(self._playbook, who) for who in names(approval.by))
        }
        return customer_process(self._playbook.process, self.steps, self.stages, approved, self._letters)

    def model(self, process: Process) -> Playbook:
        """The document, with the ends of the process."""
        source = self._playbook.model
        stages = tuple(self._stage(stage) for stage in self.stages)
        milestones = {self._milestone_ids[id_]: self._milestone(id_) for id_ in self._milestones}
        return Playbook.model_construct(
            playbook=source.playbook,
            title=source.title or words_of(source.playbook),
            scope=source.scope,
            anchors=self._anchors(),
            milestones=milestones,
            ends={id_: end for id_, end in self._ends().items() if f"end.{id_}" in process.ends},
            artifacts={new: self._artifact(old) for old, new in self._artifacts.items()},
            stages=stages,
        )

    def _stage(self, id_: str) -> Stage:
        steps = [
            step_for_customers(
                self._playbook, task, self.steps[task.step], self._moments, self.owners, self._artifacts
            )
            for task in self._tasks
            if task.stage == id_
        ]
        title = self._playbook.stages[id_].label
        return Stage.model_construct(id=self.stages[id_], title=title, steps=tuple(steps))

    def _milestone(self, id_: str) -> Milestone:
        reached = self._milestones[id_]
        return Milestone.model_construct(
            title=reached.title,
            value=reached.milestone.value,
            due=self._moments.timing(reached.milestone.due),
            stage=self.stages.get(reached.stage or ""),
        )

    def _artifact(self, id_: str) -> Artifact:
        title = self._playbook.model.artifacts[id_].title or words_of(id_)
        return Artifact.model_construct(title=title, customer_facing=True)

    def _anchors(self) -> dict[str, Anchor]:
        """Those that times are counted from; the start has no name if there are none that hang on it."""
        declared = self._playbook.model.anchors
        seen = self._moments.anchors
        anchors = {
            seen[id_]: Anchor.model_construct(
                title=anchor.title or words_of(id_), start=anchor.start, moves=anchor.moves
            )
            for id_, anchor in declared.items()
            if id_ in seen
        }
        if not any(anchor.start for anchor in anchors.values()):
            anchors = {START: Anchor.model_construct(title="Start", start=True), **anchors}
        return anchors

    def _ends(self) -> dict[str, End]:
        declared = self._playbook.model.ends
        ends: dict[str, End] = {}
        for id_, end in declared.items():
            if end.success:
                ends[f"end_{len(ends) + 1}"] = End.model_construct(title=end.title or words_of(id_), success=True)
        ends[OTHER_END] = End.model_construct(title="Ended")
        return ends
