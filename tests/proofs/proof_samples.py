"""Compiles small playbooks written as text, for the tests of proofs."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from playbook.compiler.compile import compile_paths
from playbook.config import Config
from playbook.diagnostics import Diagnostic
from playbook.lint.engine import lint
from playbook.lint.registry import all_rules
from playbook.lint.rule import Context
from playbook.workspace import CompiledPlaybook, Workspace

TODAY = datetime.date(2026, 10, 1)

ORGANIZATION = """\
organization: acme
teams: {success: {}, sales: {}}
roles: {csm: {team: success}, ae: {team: sales}}
systems: {crm: {purpose: record}}
"""

TRACKING = """\
tracking: product
fields:
  account.big: {type: boolean, captured: CRM}
  account.late: {type: boolean, captured: CRM}
  account.tier: {type: choice, values: [a, b, c], captured: CRM}
  account.seats: {type: integer, at_least: 0, at_most: 3, captured: CRM}
  account.fit: {type: choice, values: [good, poor]}
  account.goal: {}
events:
  account.first_report: {}
  account.trained: {}
"""

HEAD = """\
playbook: sample
milestones: {value: {event: account.first_report}}
ends: {done: {success: true}, lost: {}}
"""


def compile_workspace(*documents: str) -> Workspace:
    """The workspace of some documents, which must have no mistakes that the compiler tells."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for number, text in enumerate((ORGANIZATION, *documents)):
            (root / f"{number}.yaml").write_text(text, encoding="utf-8", newline="\n")
        workspace = compile_paths([root], root)[0].workspace
    assert not workspace.diagnostics, (workspace.diagnostics, documents)
    return workspace


def compiled(text: str, tracking: str = TRACKING, *others: str) -> CompiledPlaybook:
    """The playbook of a text beside a tracking plan and other documents."""
    workspace = compile_workspace(tracking, *others, text)
    return next(each for each in workspace.playbooks if each.document.name == f"{len(others) + 2}.yaml")


def sample(rest: str, tracking: str = TRACKING) -> CompiledPlaybook:
    """A playbook of which only what matters is written."""
    return compiled(HEAD + rest, tracking)


def findings(code: str, *documents: str) -> list[Diagnostic]:
    """What one rule tells of a workspace."""
    rules = {code: all_rules()[code]}
    return list(lint(compile_workspace(*documents), rules, Config(profile="certified"), Context(TODAY)))


def messages(code: str, rest: str, tracking: str = TRACKING) -> list[str]:
    """What one rule tells of a playbook of which only what matters is written."""
    return [finding.message for finding in findings(code, tracking, HEAD + rest)]
