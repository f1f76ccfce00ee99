"""SEC005: a path or an address that only one computer or network can follow."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.labels import labels_that
from playbook.lint.links import URL, leads_out, named_files, private_host
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.workspace import Document


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Addresses in all words for people, and the paths of templates and content.

    The name of a host inside a company (``wiki.corp``) is an address like any other: colleagues reach it.
    """
    del context
    if document.model is None or document.source is None:
        return
    for path, text in named_files(document):
        if "://" not in text and leads_out(text, document):
            yield Finding(
                f'"{shortened(text)}" leads out of the workspace',
                path,
                expected="a path inside the workspace, or an address that all readers reach",
            )
    if "://" not in document.source.text:
        return
    for path, text in labels_that(_has_private)(document.model):
        for match in URL.finditer(text):
            host = private_host(match[0])
            if host is not None:
                yield Finding(
                    f'"{shortened(match[0])}" leads to {host}, which only one computer or network reaches',
                    path,
                    within=match.span(),
                    expected="an address that all readers reach",
                )


def _has_private(text: str) -> bool:
    return "://" in text and any(private_host(match[0]) for match in URL.finditer(text))


RULE = Rule(
    code="SEC005",
    name="leads-out",
    severity=Severity.ERROR,
    profile="basic",
    what="A path leaves the workspace or is one of a single computer, or an address is one of a private network.",
    why="Others find nothing there, and a server that fetches it for them can be made to read what only it can "
    "reach.",
    bad="""\
artifacts:
  brief: {title: Handover brief, template: ../../sales/brief.md}
  guide: {title: Guide, template: "http://192.168.0.17/guide"}
""",
    good="""\
artifacts:
  brief: {title: Handover brief, template: "Brief, in the knowledge base"}
  guide: {title: Guide, template: "https://acme.example/guide"}
""",
    document=check,
)
