"""GOV105: an improvement that cannot be ranked, or that nobody works on."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.governance import BacklogItem
from playbook.lint.kinds import governance_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import Document

_PRIORITY = ("reach", "impact", "confidence", "effort")


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Items that are still to be done. What all of several items lack is told once."""
    del context
    governance = governance_of(document)
    if governance is None:
        return
    lacking = {
        id_: _lacking(item) for id_, item in governance.backlog.items() if item.status not in ("done", "dropped")
    }
    common = set.intersection(*map(set, lacking.values())) if len(lacking) > 1 else set()
    if common:
        first = next(iter(lacking.values()))
        missing = [what for what in first if what in common]
        told = listed(map(_with_article, missing), "or")
        yield Finding(
            f"none of the {len(lacking)} items of the backlog has {told}",
            ("backlog",),
            on_key=True,
            expected="; ".join(first[what] for what in missing),
        )
    for id_, found in lacking.items():
        own = {what: form for what, form in found.items() if what not in common}
        if own:
            yield Finding(
                f"the backlog item {named(governance.backlog[id_].title, id_)} has no {listed(own, 'or')}",
                ("backlog", id_),
                on_key=True,
                expected="; ".join(own.values()),
            )


def _lacking(item: BacklogItem) -> dict[str, str]:
    """What an item lacks, with the form that mends it."""
    found = {key: f"{key}: ..." for key in _PRIORITY if getattr(item, key) is None}
    if item.owner is None:
        found["owner"] = "owner: the role or team that does it"
    if item.kpi is None and item.playbook is None:
        found["link to a KPI or playbook"] = "kpi: what it should move, or playbook: what it changes"
    return found


def _with_article(what: str) -> str:
    return {"effort": "an effort", "impact": "an impact", "owner": "an owner"}.get(what, f"a {what}")


RULE = Rule(
    code="GOV105",
    name="backlog-item-unranked",
    severity=Severity.WARNING,
    profile="governed",
    what="A backlog item lacks what its priority is reckoned from, its owner, or the KPI or playbook it is for.",
    why="A backlog that cannot be ranked is worked off by who asked last.",
    bad="""\
governance: onboarding
backlog:
  shorter_form:
    title: Shorten the intake form
    reach: 20
    impact: 2
    status: planned
""",
    good="""\
governance: onboarding
backlog:
  shorter_form:
    title: Shorten the intake form
    reach: 20
    impact: 2
    confidence: 0.7
    effort: 1
    owner: csm
    playbook: sample
    status: planned
""",
    document=check,
)
