"""A check as the command line asks for it: from paths to results, with what is kept from run to run."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import EllipsisType
from typing import TYPE_CHECKING

from playbook.checking.answers import keep_answer, kept_answer
from playbook.checking.inputs import Inputs, key_of, read_inputs, settings_key
from playbook.checking.settings import DEFAULT, Settings
from playbook.checking.store import FOLDER, VARIABLE, Store
from playbook.compiler.discover import WorkspaceFiles, discover, forget_folders
from playbook.diagnostics import Diagnostic
from playbook.results import Results
from playbook.text.digests import digest
from playbook.text.spans import SourceText

if TYPE_CHECKING:
    from playbook.checking.kept import Kept
    from playbook.checking.work import Checked
    from playbook.compiler.opening import Openings


def check(
    paths: Sequence[Path],
    home: Path,
    settings: Settings = DEFAULT,
    *,
    overlay: SourceText | None = None,
    unread: tuple[Diagnostic, ...] = (),
    cache: Path | EllipsisType | None = ...,
    jobs: int = 0,
) -> Results:
    """Check the workspaces that some paths belong to.

    ``overlay`` is a text that is not on disk, ``unread`` are findings of what could not be read at all,
    ``cache`` is the folder for what is kept (``None``: nothing is; ``...``: the usual one, in the root of the
    workspace or where ``PLAYBOOK_CACHE_DIR`` says), and ``jobs`` how many processes may work (0: as many as
    pay).
    """
    forget_folders()
    if unread:
        return _unread(settings, unread)
    found = discover(paths, home)
    store = _store(found, cache)
    work = _Work(home, settings, store, jobs)
    if overlay is not None:
        return work.results([partial(work.of_text, files, overlay) for files in found])
    every = [read_inputs(files) for files in found]
    steps = [partial(work.of_files, inputs) for inputs in every]
    if store is None:
        return work.results(steps)
    key = key_of(every, home, settings)
    name = f"results-{digest(repr((str(home), [str(path) for path in paths], settings_key(settings))))[:20]}.json"
    known = kept_answer(store, name, key, every)
    if known is not None:
        return known
    results = work.results(steps)
    keep_answer(store, name, key, every, results)
    return results


def _store(found: Sequence[WorkspaceFiles], cache: Path | EllipsisType | None) -> Store | None:
    if cache is None or not found:
        return None
    if any(files.config.plugins for files in found):
        # What somebody else's code finds may depend on anything.
        return None
    if isinstance(cache, Path):
        return Store(cache, len(found))
    chosen = os.environ.get(VARIABLE)
    return Store(Path(chosen) if chosen else found[0].root / FOLDER, len(found))


def _unread(settings: Settings, unread: tuple[Diagnostic, ...]) -> Results:
    from playbook.checking.run import results_of

    return results_of([], settings, unread)


@dataclass(frozen=True)
class _Work:
    """What is done if there are no results yet; all that is heavy is loaded only for this."""

    home: Path
    settings: Settings
    store: Store | None
    jobs: int

    def results(self, steps: Sequence[Callable[[], Checked]]) -> Results:
        from playbook.checking.run import results_of

        checked = [step() for step in steps]
        yields = {name: item for each in checked for name, item in each.yields.items()}
        return results_of([each.compiled for each in checked], self.settings, known=yields)

    def of_files(self, inputs: Inputs) -> Checked:
        """Check a workspace as it is on disk."""
        from playbook.checking.work import check_workspace, texts_in
        from playbook.compiler.assembly import Assembly

        kept = self._kept(inputs.files)
        memory = kept.read()
        checked = check_workspace(
            Assembly(inputs.files, texts_in(inputs), memory), self.settings, memory, self.jobs
        )
        kept.write(checked.memory, memory)
        return checked

    def of_text(self, files: WorkspaceFiles, overlay: SourceText) -> Checked:
        """Check a text that is not on disk, seen with its workspace; nothing is kept of it."""
        from playbook.checking.work import check_workspace
        from playbook.compiler.assembly import Assembly
        from playbook.compiler.compile import texts_of

        memory = self._kept(files).read()
        openings: Openings = {}
        assembly = Assembly(files, texts_of(files, overlay, openings=openings), memory, openings)
        return check_workspace(assembly, self.settings, memory, self.jobs)

    def _kept(self, files: WorkspaceFiles) -> Kept:
        from playbook.checking.kept import Kept

        options = (str(self.home), str(files.root), files.searched, self.settings.select, self.settings.ignore)
        return Kept(self.store, digest(repr(options))[:20])
