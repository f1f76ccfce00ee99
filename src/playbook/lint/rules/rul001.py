"""RUL001: a rule of the team's own that cannot work."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.rules import Rules
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.team.flaws import flaws_of
from playbook.text.paths import KeyPath
from playbook.workspace import Document


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Flaws of the rules that a document describes."""
    del context
    if document.kind != "rules" or not isinstance(document.model, Rules):
        return
    for code, entry in document.model.checks.items():
        for flaw in flaws_of(code, entry):
            path: KeyPath = ("checks", code) if flaw.key is None else ("checks", code, flaw.key)
            yield Finding(
                flaw.message,
                path,
                on_key=flaw.key is None,
                within=flaw.within,
                expected=flaw.expected,
                suggestion=flaw.suggestion,
            )


RULE = Rule(
    code="RUL001",
    name="broken-team-rule",
    severity=Severity.ERROR,
    profile="basic",
    what="A rule of the team's own asks for what is not there, compares what does not go together, or has a "
    "code of ours.",
    why="A rule that cannot work finds nothing, and everybody believes that all is well.",
    bad="""\
rules: acme
checks:
  ACME001:
    select: step
    where: step.party == "custommer"
    require: step.tuoch.given
    message: "{step.id} does not say how it reaches the customer"
""",
    good="""\
rules: acme
checks:
  ACME001:
    select: step
    where: step.party == "customer"
    require: step.touch.given
    message: "{step.id} does not say how it reaches the customer"
""",
    document=check,
)
