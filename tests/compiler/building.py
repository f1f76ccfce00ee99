"""Small workspaces for tests: texts to a compiled workspace."""

from __future__ import annotations

import textwrap
from pathlib import Path
from tempfile import TemporaryDirectory

from playbook.compiler.compile import Compiled, compile_paths
from playbook.diagnostics import Diagnostic
from playbook.workspace import CompiledPlaybook

ORGANIZATION = """\
organization: acme
teams: {success: {title: Success}, sales: {title: Sales}}
roles: {csm: {team: success}, ae: {team: sales}}
systems: {crm: {title: CRM}}
"""

TRACKING = """\
tracking: signals
fields: {account.seats: {type: integer}, account.sso: {type: boolean}, account.go_live: {type: date}}
events: {account.first_report: {title: First report}}
"""


def compiled(files: dict[str, str], *paths: str) -> Compiled:
    """The workspace of some files."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in files.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(textwrap.dedent(text), encoding="utf-8")
        (result,) = compile_paths([folder / path for path in paths] or [folder], folder)
    return result


def playbook_of(text: str) -> CompiledPlaybook:
    """The one playbook that a text is."""
    (playbook,) = compiled({"p.yaml": text}).playbooks
    return playbook


def findings_of(text: str, **more: str) -> tuple[Diagnostic, ...]:
    """The findings of the compiler in a playbook, beside an organization and a tracking plan."""
    files = {"o.yaml": ORGANIZATION, "t.yaml": TRACKING, **{f"{name}.yaml": part for name, part in more.items()}}
    return compiled({**files, "p.yaml": text}).workspace.diagnostics


def told(finding: Diagnostic, text: str) -> tuple[str, str, str | None]:
    """A finding as its code, what is underlined, and its suggestion."""
    start, end = finding.place.span.start.offset, finding.place.span.end.offset
    return finding.code, textwrap.dedent(text)[start:end], finding.suggestion
