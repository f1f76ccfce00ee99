"""What the site is about: workspaces, their playbooks with variants, and what was found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from playbook.compiler.compile import Compiled
from playbook.diagnostics import Diagnostic
from playbook.report.parts.counting import plural
from playbook.results import Results
from playbook.text.ids import words_of
from playbook.views.narrowing import Selection, is_blank
from playbook.views.subject import Subject, findings_about, findings_in_the_way, narrowed_subject
from playbook.workspace import CompiledPlaybook

EVERYTHING = Selection()
_NAMELESS = "Playbooks"


@dataclass(frozen=True)
class Entry:
    """A playbook, or a variant of one, and its page."""

    base: CompiledPlaybook
    """As it is written; what is shown may be less."""
    subject: Subject
    path: str
    blocking: tuple[Diagnostic, ...]
    """All findings that can make a view of it meaningless."""

    @property
    def playbook(self) -> CompiledPlaybook:
        """The playbook as it is shown."""
        return self.subject.playbook


@dataclass(frozen=True)
class Family:
    """A playbook and its variants."""

    main: Entry
    variants: tuple[Entry, ...]

    @property
    def members(self) -> tuple[Entry, ...]:
        """All of them, the playbook itself first."""
        return (self.main, *self.variants)


@dataclass(frozen=True)
class Area:
    """One workspace."""

    compiled: Compiled
    title: str
    path: str
    families: tuple[Family, ...]

    @property
    def entries(self) -> Iterator[Entry]:
        """All playbooks and variants."""
        return (entry for family in self.families for entry in family.members)


@dataclass(frozen=True)
class Contents:
    """Everything that the site shows. ``selection`` says to whom."""

    areas: tuple[Area, ...]
    results: Results
    selection: Selection = EVERYTHING

    @property
    def internal(self) -> bool:
        """Whether it may show what is ours: findings, the workspace, the rules."""
        return self.selection.audience == "all"

    @cached_property
    def title(self) -> str:
        """What the site is called."""
        titles = list(dict.fromkeys(area.title for area in self.areas))
        return titles[0] if len(titles) == 1 else _NAMELESS

    @property
    def entries(self) -> Iterator[Entry]:
        """All playbooks and variants."""
        return (entry for area in self.areas for entry in area.entries)

    @property
    def entries_in_words(self) -> str:
        """How many playbooks and variants there are."""
        families = [family for area in self.areas for family in area.families]
        variants = sum(len(family.variants) for family in families)
        text = plural(len(families), "playbook")
        return f"{text} and {plural(variants, 'variant')}" if variants else text

    @cached_property
    def elsewhere(self) -> tuple[Diagnostic, ...]:
        """The findings in files that are no playbooks with a page."""
        files = {entry.base.document.name for entry in self.entries}
        return tuple(finding for finding in self.results.findings if finding.place.file not in files)


def contents_of(every: Sequence[Compiled], results: Results, selection: Selection = EVERYTHING) -> Contents:
    """The contents of a site for some workspaces and what was found in them."""
    used: set[str] = set()
    areas = []
    for number, compiled in enumerate(every, 1):
        path = "workspace.html" if number == 1 else f"workspace-{number}.html"
        families = [_family(each, compiled, results, selection, used) for each in compiled.playbooks]
        if selection.audience != "all":
            families = [family for family in families if not is_blank(family.main.playbook)]
        title = _title(compiled) if selection.audience == "all" else _NAMELESS
        areas.append(Area(compiled, title, path, tuple(families)))
    return Contents(tuple(areas), results, selection)


def _family(
    playbook: CompiledPlaybook, compiled: Compiled, results: Results, selection: Selection, used: set[str]
) -> Family:
    folder = _unused(_file_name(playbook.id), used)

    def entry(each: CompiledPlaybook) -> Entry:
        about = findings_about(each, results.findings)
        in_the_way = findings_in_the_way(each, compiled.workspace, results.findings)
        mark = f".{_file_name(each.variant)}" if each.variant else ""
        subject = narrowed_subject(Subject(each, compiled.workspace, about), selection)
        return Entry(each, subject, f"playbooks/{folder}{mark}.html", in_the_way)

    # Asking for the variants compiles a playbook, so that is only asked for where there are any.
    # To customers one journey is theirs; that others have another one is not their business.
    internal = selection.audience == "all"
    variants = playbook.variants if internal and playbook.model.variants else ()
    return Family(entry(playbook), tuple(entry(variant) for variant in variants))


def _title(compiled: Compiled) -> str:
    """What a workspace is called: as its organization is."""
    for document in compiled.workspace.documents:
        if document.kind == "organization" and document.id:
            return getattr(document.model, "title", None) or words_of(document.id)
    return _NAMELESS


def _file_name(id_: str) -> str:
    return re.sub(r"[^a-z0-9_-]", "_", id_.lower()) or "_"


def _unused(name: str, used: set[str]) -> str:
    """The name, with a number if another playbook has it."""
    number, chosen = 1, name
    while chosen in used:
        number += 1
        chosen = f"{name}-{number}"
    used.add(chosen)
    return chosen
