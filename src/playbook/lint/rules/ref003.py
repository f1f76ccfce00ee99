"""REF003: declared, and named nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.diagnostics import Severity
from playbook.fixing.changes import Remedy, Remove
from playbook.language.base import Titled
from playbook.lint.kinds import governance_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named, shortened
from playbook.workspace import CompiledPlaybook, Workspace

_KINDS = ("role", "field", "event", "content")


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Roles, fields, events and content that no document names; segments that nothing depends on.

    Only where every file could be read, and there is a playbook that could name them.
    """
    del context
    if not workspace.complete or not workspace.playbooks:
        return
    for kind in _KINDS:
        for id_, symbol in workspace.symbols[kind].items():
            if (kind, id_) not in workspace.used:
                title = cast(Titled, symbol.value).title
                yield Finding(
                    f"the {kind} {named(title, id_)} is declared, but nothing names it",
                    symbol.path,
                    on_key=True,
                    expected=f"a document that names the {kind}, or no declaration",
                    document=symbol.document,
                    fix=Remedy(f"remove the {kind} {shortened(id_)}", (Remove(symbol.path),), safe=False),
                )
    governed = [found for document in workspace.documents if (found := governance_of(document)) is not None]
    covered = {ratio.segment for governance in governed for ratio in governance.coverage}
    for playbook in workspace.playbooks:
        yield from _segments(playbook, covered)


def _segments(playbook: CompiledPlaybook, covered: set[str | None]) -> Iterator[Finding]:
    """Segments divide all accounts, so if one of them counts, the others are what is left over."""
    segments = playbook.model.segments
    if not segments or any(id_ in covered for id_ in segments):
        return
    if any(id_ in variant.segments for variant in playbook.model.variants.values() for id_ in segments):
        return
    source = playbook.document.source
    if source is not None and "account.segment" in source.text:
        return
    count = len(segments)
    subject = f"the segment {next(iter(segments))} is" if count == 1 else f"the {count} segments are"
    yield Finding(
        f"{subject} declared, but no variant is for one and no condition asks for account.segment",
        ("segments",),
        on_key=True,
        expected="a variant for a segment, a condition on account.segment, or no segments",
        document=playbook.document,
        fix=Remedy("remove the segments", (Remove(("segments",)),), safe=False),
    )


RULE = Rule(
    code="REF003",
    name="declared-but-unused",
    severity=Severity.WARNING,
    profile="basic",
    what="A role, field, event, content or segment is declared, and nothing names it.",
    why="What nobody uses looks as if it were in use: people fill the field, and look for the role.",
    bad="""\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer, captured: Product usage}
  account.old_score: {title: Old health score, type: number}
events:
  account.first_report: {title: First report built}
""",
    good="""\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer, captured: Product usage}
events:
  account.first_report: {title: First report built}
""",
    fix="unsafe",
    fix_title="removes the declaration, with the comments about it",
    workspace=check,
)
