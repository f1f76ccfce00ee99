"""CRT011: a proof that could not be made."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.proofs.unknowns import unknowns_of
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Each question about conditions that is left open, with the reason."""
    del context
    for unknown in unknowns_of(playbook):
        yield Finding(
            f"it is not known {unknown.question}: {unknown.reason}",
            unknown.path,
            on_key=unknown.on_key,
            expected="conditions that compare fields with values, or with each other by + and -",
        )


RULE = Rule(
    code="CRT011",
    name="not-proven",
    severity=Severity.WARNING,
    profile="basic",
    what="The conditions here are too involved to prove that they leave no gap.",
    why="No answer is not a good answer. Products and quotients of fields, or the same field in two kinds of "
    "units, are beyond what can be decided for all values.",
    bad="""\
segments:
  small: {when: account.active_seats * account.active_seats < 100}
  large: {when: account.active_seats >= 10}
variants:
  light: {for: small, set: {run_kickoff.due: 10bd after closed_won}}
  full: {for: large, set: {run_kickoff.due: 3bd after closed_won}}
""",
    good="""\
segments:
  small: {when: account.active_seats < 10}
  large: {when: account.active_seats >= 10}
variants:
  light: {for: small, set: {run_kickoff.due: 10bd after closed_won}}
  full: {for: large, set: {run_kickoff.due: 3bd after closed_won}}
""",
    playbook=check,
)
