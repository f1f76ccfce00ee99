"""CRT003: a condition that no account can meet, or every account meets."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.proofs.constants import constants_of
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """One finding for each condition whose answer is the same for every account."""
    del context
    for constant in playbook.remembered(constants_of):
        text = shortened(constant.text, 80)
        if constant.value == "never":
            together = "cannot all hold together" if constant.path[-1] in ("enter", "exit") else "can never be true"
            together += " for an account that meets the exit criteria" if constant.on_leaving else ""
            yield Finding(f'"{text}" {together}', constant.path, expected="a condition that some account can meet")
        elif constant.value == "always":
            expected = "a condition that some account does not meet, or none"
            yield Finding(f'"{text}" is always true', constant.path, expected=expected)


RULE = Rule(
    code="CRT003",
    name="constant-condition",
    severity=Severity.ERROR,
    profile="basic",
    what="A condition is true for every account, or for none.",
    why="A gate that is always open is none; one that is never open stops every account. Both are slips, such as "
    "`and` where `or` was meant.",
    bad="""\
interrupts:
  shrunk: {when: account.active_seats < 5 and account.active_seats > 50, end: stopped}
ends:
  onboarded: {title: Onboarded, success: true}
  stopped: {title: Stopped before value}
""",
    good="""\
interrupts:
  shrunk: {when: account.active_seats < 5 or account.active_seats > 50, end: stopped}
ends:
  onboarded: {title: Onboarded, success: true}
  stopped: {title: Stopped before value}
""",
    playbook=check,
)
