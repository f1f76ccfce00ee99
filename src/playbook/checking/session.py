"""A check that goes on while people write: what has not changed is not done again."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from playbook.checking.memory import Memory
from playbook.checking.run import results_of
from playbook.checking.settings import DEFAULT, Settings
from playbook.checking.work import Checked, check_workspace
from playbook.compiler.assembly import Assembly, Compiled
from playbook.compiler.discover import WorkspaceFiles, discover, forget_folders
from playbook.compiler.opening import Openings, Text
from playbook.config import FILE_NAME
from playbook.reader import decode, load_file
from playbook.results import Results
from playbook.text.paths import file_name


@dataclass
class _Known:
    """One workspace, with what is known of it from the last time."""

    files: WorkspaceFiles
    memory: Memory = field(default_factory=Memory)
    openings: Openings = field(default_factory=dict)
    checked: Checked | None = None
    day: datetime.date | None = None
    """The day that counted as today when it was checked."""


class Session:
    """The workspaces of some files, with texts that are not on disk yet.

    ``home`` is the folder from which file names are told. The disk is looked at when a file is named for the
    first time and where :meth:`update` says that something has changed. Not for several threads at once.
    """

    def __init__(self, home: Path, settings: Settings = DEFAULT) -> None:
        self._home = home
        self._settings = settings
        self._named: dict[Path, None] = {}
        """Files whose workspaces are looked at."""
        self._asked: set[Path] = set()
        """Files whose findings were asked for by their names."""
        self._written: dict[Path, str] = {}
        self._texts: dict[Path, Text | None] = {}
        """The texts of files as they are now; ``None``: nothing is written there yet."""
        self._workspaces: dict[Path, _Known] | None = None
        self._before: dict[Path, _Known] = {}

    def update(self, path: Path, text: str | None) -> None:
        """The text of a file in an editor; ``None``: as it is on disk, which may have changed."""
        is_new = path not in self._named and path.name != FILE_NAME and path not in self._texts
        self._named[path] = None
        self._texts.pop(path, None)
        if text is None:
            self._written.pop(path, None)
        else:
            self._written[path] = text
        if is_new or text is None:
            self._look_around()
        for known in (self._workspaces or {}).values():
            if self.name_of(path) in known.files.files:
                known.checked = None

    def reload(self) -> None:
        """Forget what was on disk."""
        self._texts.clear()
        self._look_around()

    def results(self, paths: Sequence[Path] | None = None, settings: Settings | None = None) -> Results:
        """All findings of all workspaces of the files that were named; or of some files and folders only."""
        if settings is not None and settings != self._settings:
            self._settings = settings
            self._recheck()
        if paths is not None:
            for path in paths:
                self._name(self._home / path)
                self._ask(self._home / path)
        every = [self._checked(known) for known in self._all().values()]
        yields = {name: item for each in every for name, item in each.yields.items()}
        compiled = [self._asked_for(each.compiled, paths) for each in every]
        return results_of(compiled, replace(self._settings, home=self._home), known=yields)

    def workspaces(self, paths: Sequence[Path]) -> list[Compiled]:
        """The workspaces of some files and folders, with only what was asked for; as :meth:`results` saw them."""
        return [self._asked_for(self._checked(known).compiled, paths) for known in self._all().values()]

    def compiled(self, path: Path) -> Compiled:
        """The workspace of a file."""
        self._name(path)
        every = self._all()
        root = max((root for root in every if path.is_relative_to(root)), key=lambda root: len(root.parts))
        return self._checked(every[root]).compiled

    def name_of(self, path: Path) -> str:
        """How findings call a file."""
        home = self._home
        return file_name((path.relative_to(home) if path.is_relative_to(home) else path).as_posix())

    def _name(self, path: Path) -> None:
        if path not in self._named:
            self.update(path, None)

    def _ask(self, path: Path) -> None:
        if path not in self._asked and not path.is_dir():
            self._asked.add(path)
            self._texts.pop(path, None)
            self._look_around()

    def _asked_for(self, compiled: Compiled, paths: Sequence[Path] | None) -> Compiled:
        """The same workspace, with only the files that were asked for."""
        if paths is None:
            return compiled
        folders = [self._home / path for path in paths]
        every = {name: self._home / path for name, path in compiled.paths.items()}
        asked = (name for name, path in every.items() if any(path.is_relative_to(folder) for folder in folders))
        return replace(compiled, selected=frozenset(asked))

    def _recheck(self) -> None:
        for known in (self._workspaces or {}).values():
            known.checked = None

    def _look_around(self) -> None:
        """Look again which files there are; what is known of them stays."""
        self._before = self._workspaces or self._before
        self._workspaces = None

    def _all(self) -> dict[Path, _Known]:
        if self._workspaces is None:
            forget_folders()
            paths = [path for path in self._named if path.name != FILE_NAME]
            found = discover([path for path in paths if path in self._written or path.exists()], self._home)
            self._workspaces = {files.root: self._known(files) for files in found}
        return self._workspaces

    def _known(self, files: WorkspaceFiles) -> _Known:
        for name in files.explicit - files.found:
            path = files.files[name]
            if path not in self._written and path not in self._asked:
                # It has only been told that it has changed.
                del files.files[name]
        files.selected.update(files.files)
        before = self._before.get(files.root)
        return _Known(files, before.memory, before.openings) if before is not None else _Known(files)

    def _checked(self, known: _Known) -> Checked:
        today = self._settings.today
        if known.checked is None or known.day != today:
            known.day = today
            texts = [text for name in sorted(known.files.files) if (text := self._text(known.files, name))]
            assembly = Assembly(known.files, texts, known.memory, known.openings)
            known.checked = check_workspace(assembly, self._settings, known.memory)
            known.memory = known.checked.memory
            current = {text.key for text in texts}
            for key in [key for key in known.openings if key not in current]:
                del known.openings[key]
        return known.checked

    def _text(self, files: WorkspaceFiles, name: str) -> Text | None:
        path = files.files[name]
        if path not in self._texts:
            written = self._written.get(path)
            explicit = path in self._asked
            if written is None:
                self._texts[path] = Text(name, *load_file(path, name), explicit)
            elif written.strip():
                self._texts[path] = Text(name, *decode(written.encode("utf-8", "surrogatepass"), name), explicit)
            else:
                self._texts[path] = None
        return self._texts[path]
