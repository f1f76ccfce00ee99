"""SEC003: words that a spreadsheet would run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Remedy, Reword
from playbook.lint.labels import labels_that
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.text.paths import KeyPath
from playbook.workspace import Document

_FIRST = frozenset("=+-@")
_SIGNS = "=+-@ \t"
_NUMBER = re.compile(r"[-+]\s*[\d.,]+\s*(?:[a-zA-Z]{1,3}|[%€$£])?\Z")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """The words for people in every document; a signed number such as ``-5%`` is no formula."""
    del context
    if document.model is None:
        return
    for path, text in labels_that(_is_formula)(document.model):
        yield Finding(
            f'"{shortened(text)}" begins with "{text[0]}": a spreadsheet that opens an export runs it as a formula',
            path,
            expected="a letter or a digit at the beginning",
            suggestion=shortened(text.lstrip(_SIGNS)) or None,
            fix=_without_signs(path, text),
        )


def _without_signs(path: KeyPath, text: str) -> Remedy | None:
    """The text without the signs; before a letter they mean nothing, before a number they may."""
    rest = text.lstrip(_SIGNS)
    if not rest:
        return None
    signs = text[: len(text) - len(rest)]
    return Remedy(f'remove "{signs}"', (Reword(path, signs, "", (0, len(signs))),), rest[0].isalpha())


def _is_formula(text: str) -> bool:
    return text[0] in _FIRST and not _NUMBER.match(text)


RULE = Rule(
    code="SEC003",
    name="formula-in-label",
    severity=Severity.ERROR,
    profile="basic",
    what="A title, step or other text for people begins with =, +, - or @.",
    why="Opened from an exported table, such a text is a formula: it can call programs and send data away.",
    bad="""\
milestones:
  first_value: {title: "=Value", event: account.first_report, raci: {A: csm}}
""",
    good="""\
milestones:
  first_value: {title: "Value", event: account.first_report, raci: {A: csm}}
""",
    fix="safe",
    fix_title="removes the signs before the first letter",
    document=check,
)
