"""A check as the command line asks for it: from paths to results, with what is kept from run to run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
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
    from playbook.checking.work import Checked


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
    if overlay is not None or unread:
        return _of_text(paths, home, settings, overlay, unread)
    forget_folders()
    found = discover(paths, home)
    every = [read_inputs(files) for files in found]
    store = _store(found, cache)
    if store is None:
        return _results(every, home, settings, None, jobs)
    key = key_of(every, home, settings)
    name = f"results-{digest(repr((str(home), [str(path) for path in paths], settings_key(settings))))[:20]}.json"
    known = kept_answer(store, name, key, every)
    if known is not None:
        return known
    results = _results(every, home, settings, store, jobs)
    keep_answer(store, name, key, every, results)
    return results


def _store(found: Sequence[WorkspaceFiles], cache: Path | EllipsisType | None) -> Store | None:
    if cache is None or not found:
        return None
    if isinstance(cache, Path):
        return Store(cache)
    chosen = os.environ.get(VARIABLE)
    return Store(Path(chosen) if chosen else found[0].root / FOLDER)


def _of_text(
    paths: Sequence[Path],
    home: Path,
    settings: Settings,
    overlay: SourceText | None,
    unread: tuple[Diagnostic, ...],
) -> Results:
    from playbook.checking.run import results_of
    from playbook.compiler.compile import compile_paths

    compiled = compile_paths(paths, home, overlay) if overlay is not None else []
    return results_of(compiled, replace(settings, home=home), unread)


def _results(every: Sequence[Inputs], home: Path, settings: Settings, store: Store | None, jobs: int) -> Results:
    from playbook.checking.run import results_of

    checked = [_checked(inputs, home, settings, store, jobs) for inputs in every]
    yields = {name: item for each in checked for name, item in each.yields.items()}
    return results_of([each.compiled for each in checked], replace(settings, home=home), known=yields)


def _checked(inputs: Inputs, home: Path, settings: Settings, store: Store | None, jobs: int) -> Checked:
    from playbook.checking.kept import Kept
    from playbook.checking.memory import Memory
    from playbook.checking.work import check_workspace, texts_in
    from playbook.compiler.assembly import Assembly

    files = inputs.files
    texts = texts_in(inputs)
    if store is None:
        memory = Memory()
        return check_workspace(Assembly(files, texts, memory), settings, memory, jobs)
    options = (str(home), str(files.root), files.searched, settings.select, settings.ignore)
    kept = Kept(store, digest(repr(options))[:20])
    memory = kept.read()
    checked = check_workspace(Assembly(files, texts, memory), settings, memory, jobs)
    kept.write(checked.memory, memory)
    return checked
