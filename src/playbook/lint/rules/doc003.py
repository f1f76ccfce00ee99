"""DOC003: a file that is named and not there."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath

from playbook.diagnostics import Severity
from playbook.lint.links import is_file, leads_out, named_files
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.text.listing import Listing
from playbook.text.suggest import nearest
from playbook.workspace import Workspace


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Paths of templates and content, from the document's own folder or one above it; nothing is fetched.

    A workspace that was not searched as a whole may have any file.
    """
    del context
    listing = workspace.listing
    if listing is None:
        return
    for document in workspace.documents:
        home = workspace.paths.get(document.name, document.name)
        for path, text in named_files(document):
            if is_file(text) and not leads_out(text, document) and not _exists(listing, home, text):
                yield Finding(
                    f'there is no file "{shortened(text)}"',
                    path,
                    expected="the path of a file of the workspace, from the folder of this file or from the root",
                    suggestion=_near(listing, home, text),
                    document=document,
                )


def _exists(listing: Listing, document: str, text: str) -> bool:
    return any(listing.may_have(posixpath.normpath(f"{folder}/{text}")) for folder in _folders(document))


def _near(listing: Listing, document: str, text: str) -> str | None:
    """A file of the same folder with nearly the same name."""
    folder, _, name = text.rpartition("/")
    for home in _folders(document):
        near = nearest(name, listing.in_folder(posixpath.normpath(f"{home}/{folder}").removeprefix(".")))
        if near is not None:
            return f"{folder}/{near}" if folder else near
    return None


def _folders(document: str) -> list[str]:
    """The folder of a document, and those above it up to the root."""
    return [parent.as_posix() for parent in PurePosixPath(document).parents]


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
