"""REF003: declared, and named nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.diagnostics import Severity
from playbook.fixing.changes import Remedy, Remove
from playbook.language.base import Titled
from playbook.lint.kinds import governance_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named, shortened
from playbook.workspace import CompiledPlaybook, Symbol, Workspace

_KINDS = ("role", "field", "event", "content")
_FEW = 3
"""More than these are not each a slip."""
_SHOWN = 6


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Roles, fields, events and content that no document names; segments that nothing depends on.

    Only where every file could be read, and there is a playbook that could name them.
    """
    del context
    if not workspace.complete or not workspace.playbooks:
        return
    for kind in _KINDS:
        yield from _unused(kind, workspace)
    governed = [found for document in workspace.documents if (found := governance_of(document)) is not None]
    covered = {ratio.segment for governance in governed for ratio in governance.coverage}
    for playbook in workspace.playbooks:
        yield from _segments(playbook, covered)


def _unused(kind: str, workspace: Workspace) -> Iterator[Finding]:
    """What nothing names, each by itself; of many in one document, all together: they have one cause."""
    unused: dict[str, dict[str, Symbol]] = {}
    for id_, symbol in workspace.symbols[kind].items():
        if (kind, id_) not in workspace.used:
            unused.setdefault(symbol.document.name, {})[id_] = symbol
    for symbols in unused.values():
        if len(symbols) > _FEW:
            yield _all_of(kind, symbols)
            continue
        for id_, symbol in symbols.items():
            title = cast(Titled, symbol.value).title
            yield Finding(
                f"the {kind} {named(title, id_)} is declared, but nothing names it",
                symbol.path,
                on_key=True,
                expected=f"a document that names the {kind}, or no declaration",
                document=symbol.document,
                fix=Remedy(f"remove the {kind} {shortened(id_)}", (Remove(symbol.path),), safe=False),
            )


def _all_of(kind: str, symbols: dict[str, Symbol]) -> Finding:
    first = next(iter(symbols.values()))
    several = kind if kind == "content" else f"{kind}s"
    return Finding(
        f"{len(symbols)} {several} are declared, but nothing names them: {listed(symbols, limit=_SHOWN)}",
        first.path,
        on_key=True,
        expected=f"documents that name these {several}, or no declarations",
        document=first.document,
    )


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
