"""RUL003: two rules of the team's own have one code."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.language.rules import Rules
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import Document, Workspace


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """A finding for each rule that never runs since an earlier one has its code."""
    del context
    first: dict[str, Document] = {}
    for document in workspace.documents:
        if document.kind != "rules" or not isinstance(document.model, Rules):
            continue
        for code in document.model.checks:
            before = first.setdefault(code, document)
            if before is not document:
                yield Finding(
                    f"the code {code} is used in two documents: this rule never runs",
                    ("checks", code),
                    on_key=True,
                    related=(Related("the rule that runs", before.locator.place(("checks", code), key=True)),),
                    expected="a code that is used once in a workspace",
                    document=document,
                )


_FIRST = """\
rules: acme
checks:
  ACME001:
    select: step
    where: step.party == "customer"
    require: step.touch.given
    message: "{step.id} does not say how it reaches the customer"
---
"""

RULE = Rule(
    code="RUL003",
    name="duplicate-team-rule",
    severity=Severity.ERROR,
    profile="basic",
    what="Two documents have a rule of the same code.",
    why="Only one of the two runs; whoever wrote the other believes that it is watched.",
    bad=_FIRST
    + """\
rules: partners
checks:
  ACME001:
    select: handoff
    require: handoff.payload.given
    message: "{handoff.id} hands nothing over"
""",
    good=_FIRST
    + """\
rules: partners
checks:
  ACME002:
    select: handoff
    require: handoff.payload.given
    message: "{handoff.id} hands nothing over"
""",
    workspace=check,
)
