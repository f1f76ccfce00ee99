"""DOC003: a file that is named and not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playbook.diagnostics import Severity
from playbook.lint.links import is_file, leads_out, named_files
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.text.suggest import nearest
from playbook.workspace import Document, Workspace


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Paths of templates and content, from the document's own folder or the workspace; nothing is fetched."""
    del context
    for document in workspace.documents:
        for path, text in named_files(document):
            if is_file(text) and not leads_out(text, document) and not _exists(workspace, document, text):
                yield Finding(
                    f'there is no file "{shortened(text)}"',
                    path,
                    expected="the path of a file of the workspace, from the folder of this file or from the root",
                    suggestion=_near(Path(workspace.root), document, text),
                    document=document,
                )


def _exists(workspace: Workspace, document: Document, text: str) -> bool:
    root = Path(workspace.root)
    return any(
        (folder / text).is_file() for folder in (root / document.name).parents if folder.is_relative_to(root)
    )


def _near(root: Path, document: Document, text: str) -> str | None:
    """A file of the same folder with nearly the same name."""
    path = Path(text)
    for folder in ((root / document.name).parent, root):
        if (folder / path.parent).is_dir():
            names = sorted(entry.name for entry in (folder / path.parent).iterdir() if entry.is_file())
            near = nearest(path.name, names)
            if near is not None:
                return (path.parent / near).as_posix()
    return None


RULE = Rule(
    code="DOC003",
    name="dead-link",
    severity=Severity.WARNING,
    profile="team",
    what="The template of an artifact, or the place of a piece of content, is a path at which there is no file.",
    why="The new colleague who follows it writes the document from nothing, and differently.",
    bad="""\
artifacts:
  brief: {title: Handover brief, template: templates/handover_brief.md}
""",
    good="""\
artifacts:
  brief: {title: Handover brief, template: "https://acme.example/brief"}
""",
    workspace=check,
)
