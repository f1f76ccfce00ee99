"""SCH005: a value that stands somewhere else than it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted
from playbook.workspace import Document

_MERGE = re.compile(r"(?m)(?:^[ ]*(?:- +)*|[{,][ ]*)(<<)[ ]*:")
_NEXT_KEY = re.compile(r"\n[A-Za-z_]")
_ALIAS = re.compile(r" (\*[A-Za-z0-9_-]+)[ ]*(?=[,\]}#\r\n])")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Merges (``<<: *defaults``) anywhere, and aliases under ``variants``; each once a file, with their number."""
    del context
    if document.source is None or document.model is None:
        return
    text = document.source.text
    if "<<" in text:
        merges = list(_MERGE.finditer(text))
        if merges:
            yield Finding(
                f"{counted(len(merges), 'mapping')} of this file {'gets its' if len(merges) == 1 else 'get their'} "
                'keys by "<<" from somewhere else in it',
                (),
                span=merges[0].span(1),
                expected="each key where it holds; what steps share stands on their stage, and what a segment "
                "has of "
                "its own in a variant",
            )
    if " *" in text and document.kind == "playbook":
        aliases = _aliases_of_variants(text)
        if aliases:
            yield Finding(
                f'a variant takes "{aliases[0][1]}" from somewhere else in the file'
                + (f", and so do {len(aliases) - 1} more values" if len(aliases) > 1 else ""),
                (),
                span=aliases[0].span(1),
                expected="the value itself: a change of the original would change the variant too",
            )


def _aliases_of_variants(text: str) -> list[re.Match[str]]:
    start = text.find("\nvariants:")
    if start < 0:
        return []
    next_key = _NEXT_KEY.search(text, start + 1)
    end = next_key.start() if next_key else len(text)
    # In an expression the star multiplies, and stands behind a name or a number.
    return [found for found in _ALIAS.finditer(text, start, end) if text[found.start() - 1] in ":,[-"]


_STAGES = """\
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {{C: [marketing, product], I: revops}}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {1}{{A: ae, R: ae, I: [csm, revops]}}
        captures: account.use_case
        produces: brief
      - id: confirm_scope
        do: Confirm the scope
        raci: {0}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, admin], C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}}
"""

RULE = Rule(
    code="SCH005",
    name="value-from-elsewhere",
    severity=Severity.INFO,
    profile="certified",
    what='A file merges mappings with "<<", or a variant takes values from an anchor.',
    why="The place that a finding or an editor shows is not where the value is seen to hold, and who changes "
    "one place "
    "changes others unseen.",
    bad=_STAGES.format("{<<: *letters, C: product}", "&letters "),
    good=_STAGES.format("{A: ae, R: ae, C: product, I: [csm, revops]}", ""),
    document=check,
)
