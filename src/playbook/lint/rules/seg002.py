"""SEG002: an account that belongs to no segment."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Put, Remedy, Rename
from playbook.lint.cases import account
from playbook.lint.rule import Context, Finding, Rule
from playbook.proofs.choices import segments_of
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """One finding with an account that no segment has."""
    del context
    choice = playbook.remembered(segments_of)
    gap = choice.answers.gap if choice else None
    if gap is not None and gap.found == "yes":
        yield Finding(
            f"{account(gap)} is in no segment",
            ("segments",),
            on_key=True,
            expected="segments that cover every account, or one with otherwise: true",
            suggestion="otherwise: true",
            fix=_otherwise(choice.paths[-1]) if choice and len(choice.paths) > 1 else None,
        )


def _otherwise(last: KeyPath) -> Remedy:
    title = f'let the segment "{last[1]}" take whatever no other takes'
    return Remedy(title, (Put(last, True), Rename(last, "otherwise")), safe=False)


RULE = Rule(
    code="SEG002",
    name="missing-segment",
    severity=Severity.ERROR,
    profile="basic",
    what="An account can belong to no segment.",
    why="Nobody has said how such an account is onboarded, and it is found out when it waits.",
    bad="""\
segments:
  small: {when: account.active_seats < 10}
  large: {when: account.active_seats > 10}
variants:
  light: {for: small, set: {run_kickoff.due: 10bd after closed_won}}
  full: {for: large, set: {run_kickoff.due: 3bd after closed_won}}
""",
    good="""\
segments:
  small: {when: account.active_seats < 10}
  large: {otherwise: true}
variants:
  light: {for: small, set: {run_kickoff.due: 10bd after closed_won}}
  full: {for: large, set: {run_kickoff.due: 3bd after closed_won}}
""",
    fix="unsafe",
    fix_title="lets the last segment take every account that no other takes",
    playbook=check,
)
