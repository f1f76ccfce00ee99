"""A session that compiles everything anew, until the one that remembers is there."""

from __future__ import annotations

from pathlib import Path

from playbook.checking.run import results_of
from playbook.compiler.assembly import Assembly, Compiled
from playbook.compiler.discover import WorkspaceFiles, discover
from playbook.compiler.opening import Text
from playbook.reader import decode, load_file
from playbook.results import Results
from playbook.text.paths import file_name


class Session:
    """The workspaces of some files, with texts that are not on disk yet."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._texts: dict[Path, str] = {}
        self._known: dict[Path, None] = {}
        self._compiled: dict[Path, Compiled] | None = None

    def update(self, path: Path, text: str | None) -> None:
        """The text of a file in an editor; ``None``: as it is on disk."""
        self._known[path] = None
        if text is None:
            self._texts.pop(path, None)
        else:
            self._texts[path] = text
        self._compiled = None

    def results(self) -> Results:
        """All findings of all workspaces of known files."""
        return results_of(list(self._all().values()))

    def compiled(self, path: Path) -> Compiled:
        """The workspace of a file."""
        if path not in self._known:
            self.update(path, None)
        every = self._all()
        return every[max((root for root in every if path.is_relative_to(root)), key=lambda root: len(root.parts))]

    def _all(self) -> dict[Path, Compiled]:
        if self._compiled is None:
            from playbook.compiler.discover import _root_above

            _root_above.cache_clear()
            found = discover([path for path in self._known if path.exists() or path in self._texts], self._home)
            self._compiled = {files.root: self._compile(files) for files in found}
        return self._compiled

    def _compile(self, files: WorkspaceFiles) -> Compiled:
        texts = []
        for name in sorted(files.files):
            path = files.files[name]
            text = self._texts.get(path)
            if text is None:
                texts.append(Text(name, *load_file(path, name), explicit=False))
            elif text.strip():
                texts.append(Text(name, *decode(text.encode("utf-8", "surrogatepass"), name), explicit=False))
            files.selected.add(name)
        return Assembly(files, texts).compiled()

    def name_of(self, path: Path) -> str:
        """How findings call a file."""
        home = self._home
        return file_name((path.relative_to(home) if path.is_relative_to(home) else path).as_posix())
