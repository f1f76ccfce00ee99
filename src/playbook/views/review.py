"""The onboarding review: everything that a review meeting looks at, in the order in which it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from playbook.shapes.diagram import Diagram
from playbook.shapes.document import Document, Paragraphs, Part, Section
from playbook.shapes.shown import ShapeName, Shown
from playbook.shapes.table import Table
from playbook.shapes.timeline import Timeline, TimelineBar, TimelinePanel
from playbook.views.journey import notes_of
from playbook.views.narrowing import Selection, narrowed, stage_numbers
from playbook.views.narrowing.excerpt import is_for_customers
from playbook.views.reviewing.cells import without_empty_columns
from playbook.views.reviewing.findings import open_findings
from playbook.views.reviewing.glance import footer, glance, subtitle
from playbook.views.reviewing.next_steps import next_steps
from playbook.views.reviewing.responsibilities import load, matrix
from playbook.views.reviewing.risks import risks
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook

_FOR_SPECIALISTS = frozenset({"statistic", "unit", "clock", "dashboards"})
"""How a KPI is computed is in its own table: a review asks who owns it and what is to be reached."""
_MOST_BARS = 26
"""A timeline with more is divided."""


def document(subject: Subject) -> Document:
    """The review of one playbook. Sections that would be empty are left out."""
    playbook = subject.playbook
    review = _Review(subject)
    return Document(
        name=f"{playbook.name}.review",
        title=playbook.title,
        subtitle=subtitle(playbook),
        sections=tuple(section for section in review.sections() if section.parts),
        footer=footer(playbook),
    )


@dataclass
class _Review:
    """Builds the sections. ``not_shown`` gathers the views that errors make meaningless."""

    subject: Subject
    not_shown: dict[str, None] = field(default_factory=dict)

    def sections(self) -> Iterator[Section]:
        """All sections, what leads to decisions first; for customers without those that are about us."""
        yield glance(self.subject, self.timeline)
        yield from self._picture("The journey at a glance", "overview")
        # Made before the findings, which name the views that errors leave out.
        details = list(self._details())
        if not self.for_customers:
            yield from open_findings(self.subject, list(self.not_shown))
        yield from details
        if not self.for_customers:
            yield from risks(self.subject.playbook)
            yield from next_steps(self.subject)

    def _details(self) -> Iterator[Section]:
        yield from self._stages()
        yield from self._responsibilities()
        yield from self._table("Handoffs", "handoffs")
        if self.timeline:
            yield Section("Timeline", tuple(_pictures(_with_times(self.timeline))))
        yield from self._measures()

    @property
    def for_customers(self) -> bool:
        """Whether it is shown to customers."""
        return is_for_customers(self.subject.playbook)

    @cached_property
    def timeline(self) -> Timeline | None:
        """The timeline, if anything has a time."""
        shown = self._view("timeline", "timeline")
        return shown if isinstance(shown, Timeline) and shown.panels else None

    def _view(self, name: str, shape: ShapeName, subject: Subject | None = None) -> Shown | None:
        """Another view; ``None`` where errors make it meaningless."""
        # The registry knows this view too.
        from playbook.views.registry import VIEWS

        view = VIEWS.get(name)
        if view is None or (self.for_customers and not view.customers):
            return None
        if view.blocking(self.subject.findings):
            self.not_shown[name] = None
            return None
        return view.build(shape, subject or self.subject)

    def _picture(self, title: str, name: str) -> Iterator[Section]:
        shown = self._view(name, "diagram")
        if isinstance(shown, Diagram) and shown.nodes:
            # Customers are not shown the section of its own.
            told = shown if self.for_customers else _without_what_can_happen(shown, self.subject.playbook)
            yield Section(title, (told,))

    def _responsibilities(self) -> Iterator[Section]:
        if not self.for_customers:
            yield from load(self.subject.playbook)
        raci = self._view("raci", "table")
        if isinstance(raci, Table) and raci.rows:
            yield matrix(self.subject.playbook, raci)

    def _table(self, title: str, name: str) -> Iterator[Section]:
        shown = self._view(name, "table")
        if isinstance(shown, Table) and shown.rows:
            yield Section(title, (replace(without_empty_columns(shown), title=title),))

    def _stages(self) -> Iterator[Section]:
        """The swimlanes, stage by stage."""
        playbook = self.subject.playbook
        numbers = stage_numbers(playbook)
        for stage in playbook.stages.values():
            part = replace(self.subject, playbook=narrowed(playbook, Selection(stage=stage.id)))
            shown = self._view("swimlanes", "diagram", part)
            if isinstance(shown, Diagram) and shown.nodes:
                shown = _without_what_can_happen(shown, part.playbook)
                goal: tuple[Part, ...] = (Paragraphs((stage.goal,)),) if stage.goal else ()
                yield Section(f"Stage {numbers[stage.id]}: {stage.label}", (*goal, shown))

    def _measures(self) -> Iterator[Section]:
        """What the success is measured by: a picture, and the same with all numbers."""
        tree, table = self._view("kpis", "diagram"), self._view("kpis", "table")
        if isinstance(tree, Diagram) and tree.nodes and isinstance(table, Table) and table.rows:
            yield Section("From the outcome to its KPIs", (tree,))
            kept = without_empty_columns(table, besides=_FOR_SPECIALISTS)
            yield Section("KPIs", (replace(kept, title="KPIs"),))


def _without_what_can_happen(shown: Diagram, playbook: CompiledPlaybook) -> Diagram:
    """The picture without the notes on what can happen at any time: that has a section of its own."""
    told = set(notes_of(playbook))
    return replace(shown, notes=tuple(note for note in shown.notes if note not in told))


def _with_times(timeline: Timeline) -> Timeline:
    """The timeline without the panels in which nothing has a time: the stages list their steps already."""
    panels = (panel for panel in timeline.panels if any(map(_has_time, panel.bars)))
    return replace(timeline, panels=tuple(panels))


def _has_time(bar: TimelineBar) -> bool:
    return bar.due is not None or bool(bar.starts) or bar.ends_latest > bar.starts


def _pictures(timeline: Timeline) -> Iterator[Timeline]:
    """A long timeline as several pictures, so that it can be read from afar; its notes are told once."""
    groups: list[list[TimelinePanel]] = []
    for panel in timeline.panels:
        if groups and sum(len(each.bars) for each in (*groups[-1], panel)) <= _MOST_BARS:
            groups[-1].append(panel)
        else:
            groups.append([panel])
    for group in groups:
        notes = timeline.notes if group is groups[-1] else ()
        yield replace(timeline, title="Timeline", panels=tuple(group), notes=notes)
