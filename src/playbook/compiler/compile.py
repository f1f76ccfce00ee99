"""The whole way: from paths, or texts, to compiled workspaces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from playbook.compiler.assembly import Assembly, Compiled
from playbook.compiler.discover import WorkspaceFiles, discover
from playbook.compiler.opening import Openings, Text, opened
from playbook.reader import load_file
from playbook.text.spans import SourceText

__all__ = ["NAMELESS", "Compiled", "compile_paths", "texts_of"]

NAMELESS = "<stdin>"
"""What a text from standard input is called that has no file name."""


def compile_paths(
    paths: Iterable[Path],
    home: Path,
    overlay: SourceText | None = None,
    overlays: Mapping[str, str] | None = None,
) -> list[Compiled]:
    """Compile the workspaces that ``paths`` belong to.

    ``overlay`` is a text that is not on disk (standard input); the one path then says its name and so
    its workspace. ``overlays`` are texts that stand in for those of files, by the names of the files as
    messages tell them.
    """
    compiled = []
    for files in discover(paths, home):
        openings: Openings = {}
        texts = texts_of(files, overlay, overlays, openings)
        compiled.append(Assembly(files, texts, openings=openings).compiled())
    return compiled


def texts_of(
    files: WorkspaceFiles,
    overlay: SourceText | None = None,
    overlays: Mapping[str, str] | None = None,
    openings: Openings | None = None,
) -> list[Text]:
    """The texts of the files of a workspace, in the order of their names.

    ``openings`` are documents that are open already; those that had to be opened are added.
    """
    if overlay is not None:
        # The name of the text is no file of its own; a file of that name gives way to it.
        for name in files.explicit:
            files.files.pop(name, None)
            overlay = SourceText(name, overlay.text)
    texts = [_text(files, name, overlays or {}) for name in sorted(files.files)]
    if overlay is None:
        return texts
    return _with(texts, Text(overlay.name, overlay, explicit=True), {} if openings is None else openings)


def _text(files: WorkspaceFiles, name: str, overlays: Mapping[str, str]) -> Text:
    explicit = name in files.explicit
    if name in overlays:
        return Text(name, SourceText(name, overlays[name]), explicit=explicit)
    source, findings = load_file(files.files[name], name)
    return Text(name, source, findings, explicit)


def _with(texts: Sequence[Text], extra: Text, openings: Openings) -> list[Text]:
    """A text without a name of its own stands in for the file with the same document."""
    if extra.name == NAMELESS:
        same = _identity(extra, openings)
        texts = [text for text in texts if None in same or _identity(text, openings) != same]
    return sorted([*texts, extra], key=lambda text: text.name)


def _identity(text: Text, openings: Openings) -> tuple[str | None, str | None]:
    opening = opened(text, openings)
    return (opening.document.kind, opening.document.id) if opening is not None else (None, None)
