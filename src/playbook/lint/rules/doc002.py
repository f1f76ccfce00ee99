"""DOC002: a playbook of which nobody knows how old it is and whose."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Change, Put, Remedy
from playbook.language.playbook import Playbook
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

_FIRST = "1.0.0"


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Version, owner, changelog and review date, all that lack in one finding."""
    del context
    lacking = [part for part in _lacking(playbook.model) if not is_lost(playbook.document, part[1])]
    if lacking:
        missing = listed((what for what, _, _ in lacking), "or")
        yield Finding(
            f"the playbook {named(playbook.model.title, playbook.id)} has no {missing}",
            lacking[0][1],
            expected="; ".join(form for _, _, form in lacking),
            fix=_scaffold(playbook.model, {what for what, _, _ in lacking}),
        )


def _scaffold(model: Playbook, lacking: set[str]) -> Remedy | None:
    """What can be begun without knowing anybody: only people know who owns a playbook."""
    version = str(model.version or _FIRST)
    parts: dict[str, Change] = {
        "version": Put(("version",), _FIRST),
        "changelog": Put(("changelog",), [{"version": version, "change": "First version"}]),
        "review date": Put(("review", "every"), "quarter"),
    }
    changes = tuple(change for what, change in parts.items() if what in lacking)
    names = listed((what for what in parts if what in lacking), "and")
    return Remedy(f"begin the {names}", changes, safe=False) if changes else None


def _lacking(model: Playbook) -> Iterator[tuple[str, KeyPath, str]]:
    if model.version is None:
        yield "version", ("version",), "version: 1.0.0"
    # Of a whole journey, GOV102 tells that nobody leads it.
    if model.scope == "part" and (model.ownership is None or model.ownership.accountable is None):
        yield "owner", ("ownership", "accountable"), "ownership: {accountable: ...}"
    if not model.changelog:
        yield "changelog", ("changelog",), "changelog: [{version: ..., change: ...}]"
    if model.review is None or (model.review.next is None and model.review.every is None):
        yield "review date", ("review",), "review: {next: ...} or {every: ...}"


RULE = Rule(
    code="DOC002",
    name="playbook-unkept",
    severity=Severity.WARNING,
    profile="governed",
    what="A playbook lacks its version, its changelog or the date of its next review; or a part of one its owner.",
    why="Nobody follows a playbook of which it is not known whether it still holds.",
    bad="""\
version: null
review: null
""",
    good="""\
version: 1.0.0
review: {every: quarter}
""",
    fix="unsafe",
    fix_title="begins version, changelog and review date; the owner is left to people",
    playbook=check,
)
