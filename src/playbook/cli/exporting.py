"""What an export writes: which views of which playbooks in which formats, and under which names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from playbook.checking.run import findings_of
from playbook.cli.destinations import no_such_view
from playbook.text.suggest import nearest
from playbook.views.subject import Subject, findings_about, findings_in_the_way, narrowed_subject

if TYPE_CHECKING:
    from playbook.compiler.compile import Compiled
    from playbook.diagnostics import Diagnostic
    from playbook.formats.registry import Format
    from playbook.shapes.shown import ShapeName, Shown
    from playbook.views.narrowing import Selection
    from playbook.views.registry import View
    from playbook.views.subject import LanesBy
    from playbook.workspace import CompiledPlaybook

Found = list[tuple["Compiled", "CompiledPlaybook"]]


class Pair(NamedTuple):
    """A view in a format."""

    view: View
    form: Format


@dataclass
class Shelf:
    """A subject with the shapes that were made of it, so that all formats share the work."""

    subject: Subject
    folder: str
    """The folder of a playbook's files; empty for what is about the whole workspace."""
    mark: str
    """What narrows it, as a part of file names: ``.emea.customer``."""
    _shapes: dict[tuple[str, ShapeName], Shown] = field(default_factory=dict)

    def shown(self, pair: Pair) -> Shown:
        """A view in the shape that a format takes."""
        shape = pair.view.shape_for(pair.form.takes)
        assert shape is not None
        key = (pair.view.name, shape)
        if key not in self._shapes:
            self._shapes[key] = pair.view.build(shape, self.subject)
        return self._shapes[key]


@dataclass(frozen=True)
class Job:
    """One file to write."""

    shelf: Shelf
    pair: Pair
    number: int = 1
    """Which of several workspaces, where the view is about a whole one."""

    @property
    def name(self) -> str:
        """``<playbook>/<view>.<suffix>``, of a variant ``<playbook>/<view>.<variant>.<suffix>``."""
        view, form = self.pair
        if view.of == "workspace":
            return f"{view.name}{f'-{self.number}' if self.number > 1 else ''}{form.suffix}"
        return f"{self.shelf.folder}/{view.name}{self.shelf.mark}{form.suffix}"

    def data(self) -> bytes:
        """The bytes of the file."""
        return self.pair.form.write(self.shelf.shown(self.pair))


@dataclass(frozen=True)
class Wanted:
    """What is asked for: views in formats, and what of a playbook they show."""

    pairs: list[Pair]
    selection: Selection
    lanes: LanesBy


@dataclass
class Exports:
    """The files to write; and for each file with a playbook of which a view is refused, the findings why."""

    jobs: list[Job] = field(default_factory=list)
    refused: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)


def exports(found: Found, wanted: Wanted) -> Exports:
    """The files for some playbooks: those of each playbook, then those of each workspace."""
    planned = Exports()
    findings = {id(compiled): findings_of(compiled) for compiled, _ in found}
    folders = folders_of([playbook for _, playbook in found])
    shelves: dict[int, Shelf] = {}
    for (compiled, playbook), folder in zip(found, folders, strict=True):
        about = findings_about(playbook, findings[id(compiled)])
        in_the_way = findings_in_the_way(playbook, compiled.workspace, findings[id(compiled)])
        shelf = Shelf(_subject(compiled, playbook, about, wanted), folder, _mark(playbook, wanted))
        shelves.setdefault(id(compiled), shelf)
        planned.jobs += _allowed(shelf, wanted, in_the_way, planned.refused)
    workspaces = {id(compiled): compiled for compiled, _ in found}
    for number, (key, compiled) in enumerate(workspaces.items(), 1):
        pairs = [pair for pair in wanted.pairs if pair.view.of == "workspace"]
        planned.jobs += [Job(shelves[key], pair, number) for pair in pairs if pair.view.is_in(compiled.workspace)]
    return planned


def _subject(
    compiled: Compiled, playbook: CompiledPlaybook, about: tuple[Diagnostic, ...], wanted: Wanted
) -> Subject:
    subject = Subject(playbook, compiled.workspace, about, wanted.lanes)
    return narrowed_subject(subject, wanted.selection)


def _allowed(
    shelf: Shelf, wanted: Wanted, findings: tuple[Diagnostic, ...], refused: dict[str, tuple[Diagnostic, ...]]
) -> Iterator[Job]:
    """The files of a playbook that no finding makes meaningless; those of other views are noted as refused."""
    reasons: dict[Diagnostic, None] = {}
    for pair in wanted.pairs:
        if pair.view.of == "workspace":
            continue
        blocking = pair.view.blocking(findings)
        reasons.update(dict.fromkeys(blocking))
        if not blocking:
            yield Job(shelf, pair)
    if reasons:
        file = shelf.subject.playbook.document.name
        refused[file] = tuple(sorted({*refused.get(file, ()), *reasons}, key=lambda finding: finding.sort_key))


def folders_of(playbooks: list[CompiledPlaybook]) -> list[str]:
    """The folder of each playbook: its id. A second playbook of the same id gets its number."""
    numbers: dict[str, dict[str, int]] = {}
    folders = []
    for playbook in playbooks:
        known = numbers.setdefault(playbook.id, {})
        number = known.setdefault(playbook.document.name, len(known) + 1)
        folders.append(playbook.id if number == 1 else f"{playbook.id}-{number}")
    return folders


def _mark(playbook: CompiledPlaybook, wanted: Wanted) -> str:
    selection = wanted.selection
    parts = (
        playbook.variant,
        selection.audience if selection.audience != "all" else None,
        selection.role,
        selection.stage,
    )
    return "".join(f".{part}" for part in parts if part)


# -- what is asked for ---------------------------------------------------------------------------


def pairs_of(view: str | None, form: str | None, output: str | None, *, everything: bool) -> list[Pair]:
    """The views in formats that the arguments name.

    Without a format the end of the output's name says it. Raises :class:`click.UsageError`.
    """
    from playbook.formats.registry import FORMATS
    from playbook.views.registry import VIEWS

    if everything and (view or form):
        raise click.UsageError("--all stands for every view and format; name none beside it")
    if view is None and not everything:
        raise click.UsageError(
            f"name a view ({', '.join(VIEWS)}) or a target (see 'playbook targets'), or give --all or --list"
        )
    if everything:
        return [pair for each in VIEWS.values() for pair in formats_of(each)]
    assert view is not None
    if view not in VIEWS:
        raise no_such_view(view)
    fitting = {pair.form.name: pair for pair in formats_of(VIEWS[view])}
    form = form or format_named_by(output)
    if form is None:
        named = output is not None and Path(output).suffix
        unknown = f"the end of '{output}' is that of no format, and " if named else ""
        raise click.UsageError(f"{unknown}--as is missing: one of {', '.join(fitting)}")
    if form not in fitting:
        near = nearest(form, fitting)
        hint = f" Did you mean {near}?" if near else ""
        others = [each.name for each in VIEWS.values() if form in FORMATS and each.shape_for(FORMATS[form].takes)]
        hint = hint or (f" As {form} there is: {', '.join(others)}." if others else "")
        raise click.UsageError(f"{view} cannot be written as '{form}': one of {', '.join(fitting)}.{hint}")
    return [fitting[form]]


def format_named_by(output: str | None) -> str | None:
    """The format that the end of a file's name says, whether or not it is written in capitals."""
    from playbook.formats.registry import FORMATS

    name = (output or "").lower()
    return next((form.name for form in FORMATS.values() if name.endswith(form.suffix)), None)


def formats_of(view: View) -> list[Pair]:
    """A view in all formats that can write it."""
    from playbook.formats.registry import FORMATS

    return [Pair(view, form) for form in FORMATS.values() if view.shape_for(form.takes) is not None]


def for_audience(pairs: list[Pair], selection: Selection, *, everything: bool) -> list[Pair]:
    """Those views that the audience may see; one that is asked for by name and internal is refused.

    Raises :class:`click.UsageError`.
    """
    if selection.audience == "all":
        return pairs
    hidden = [pair.view.name for pair in pairs if not pair.view.customers]
    if hidden and not everything:
        raise click.UsageError(f"{hidden[0]} is internal as a whole: there is none for customers")
    return [pair for pair in pairs if pair.view.customers]


def with_selection(found: Found, selection: Selection) -> Found:
    """Those of some playbooks in which there is what is asked for: a role or team, a stage, work with customers.

    Of a playbook that has nothing for customers, they do not even see its title.

    Raises :class:`click.UsageError` if there are none.
    """
    if selection.stage is not None:
        stages = {id_: None for _, playbook in found for id_ in playbook.stages}
        _known("stage", selection.stage, list(stages))
        found = [(compiled, each) for compiled, each in found if selection.stage in each.stages]
    if selection.role is not None:
        _known("role or team", selection.role, _owners(found))
    shown = [pair for pair in found if not _is_left_out(pair[1], selection)]
    if found and not shown:
        whose = "for customers" if selection.audience == "customer" else f"for '{selection.role}'"
        raise click.UsageError(f"there is nothing {whose} in what is asked for")
    return shown


def _is_left_out(playbook: CompiledPlaybook, selection: Selection) -> bool:
    """Whether nothing of what it says is selected. One that says nothing at all has findings that tell why."""
    from playbook.views.narrowing import is_blank, narrowed

    return bool(playbook.process.tasks) and is_blank(narrowed(playbook, selection))


def _owners(found: Found) -> list[str]:
    """All roles and teams: those of the organization in its order, then those that only hold letters."""
    declared = [id_ for _, each in found for kind in ("role", "team") for id_ in each.workspace_symbols[kind]]
    tasks = [task for _, each in found for task in each.process.tasks.values()]
    return [*declared, *sorted({holder for task in tasks for holder in task.owners.everyone()})]


def _known(what: str, id_: str, known: list[str]) -> None:
    if id_ in known:
        return
    near = nearest(id_, known)
    hint = f" Did you mean {near}?" if near else ""
    listed = f" Known are: {', '.join(dict.fromkeys(known))}." if known else " There are none."
    raise click.UsageError(f"there is no {what} '{id_}' here.{hint}{listed}")
