"""TCH003: something customers see that nobody keeps right."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.kinds import governance_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import Document

_SHOWN = 6


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Content without an owner (one finding, if most of it has none), and content past its review."""
    governance = governance_of(document)
    if governance is None or not governance.content:
        return
    content = governance.content
    ownerless = [id_ for id_, asset in content.items() if asset.owner is None]
    if len(ownerless) > 1 and len(ownerless) * 2 > len(content):
        yield Finding(
            f"{len(ownerless)} of {len(content)} assets have no owner: {listed(ownerless, limit=_SHOWN)}",
            ("content",),
            on_key=True,
            expected="owner: the role that keeps it right, on each of them",
        )
        ownerless = []
    for id_ in ownerless:
        yield Finding(
            f"the asset {named(content[id_].title, id_)} has no owner: nobody keeps it right",
            ("content", id_, "owner"),
            expected="owner: a role",
        )
    for id_, asset in content.items():
        if asset.review is not None and asset.review < context.as_of:
            days = (context.as_of - asset.review).days
            who = f" by {asset.owner}" if asset.owner else ""
            yield Finding(
                f"the asset {named(asset.title, id_)} was to be looked at again{who} by {asset.review}, "
                f"{days} {'day' if days == 1 else 'days'} ago",
                ("content", id_, "review"),
                expected="the date of the next review, once it has been looked at",
            )


RULE = Rule(
    code="TCH003",
    name="content-unkept",
    severity=Severity.WARNING,
    profile="governed",
    what="An asset of the content registry has no owner, or its review date has passed.",
    why="The deck that nobody owns shows last year's product, and customers see it before we do.",
    bad="""\
governance: onboarding
content:
  kickoff_deck: {title: Kickoff deck}
---
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: write_brief, do: Write the account brief, captures: account.use_case, produces: brief}
      - {id: run_kickoff, do: Run the kickoff call, touch: {kind: meeting, asset: kickoff_deck}}
handoffs: null
""",
    good="""\
governance: onboarding
content:
  kickoff_deck: {title: Kickoff deck, owner: csm, review: 2027-03-31}
---
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}
    steps:
      - {id: write_brief, do: Write the account brief, captures: account.use_case, produces: brief}
      - {id: run_kickoff, do: Run the kickoff call, touch: {kind: meeting, asset: kickoff_deck}}
handoffs: null
""",
    document=check,
)
