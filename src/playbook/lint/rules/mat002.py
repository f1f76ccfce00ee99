"""MAT002: a level is claimed, and a level below it cannot be reached together with it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from playbook.diagnostics import Related, Severity
from playbook.expressions.cases import find_case
from playbook.expressions.types import NUMBER, Type
from playbook.language.maturity import Dimension
from playbook.lint.kinds import maturity_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.proofs.conditions import tree_of
from playbook.workspace import Document


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Claims to a level whose check fails the check of a level below, whatever the numbers are.

    Whether the levels below are reached with the numbers that there are is known once these are measured.
    """
    del context
    maturity = maturity_of(document)
    for id_, row in maturity.dimensions.items() if maturity is not None else ():
        for low, high in pairwise(_checked(row)):
            if int(high) <= (row.claimed or 0) and _exclude_each_other(
                row.levels[low].check, row.levels[high].check
            ):
                yield Finding(
                    f"level {row.claimed} is claimed for {named(row.title, id_)}, and whoever meets level {high} "
                    f"fails level {low}",
                    ("dimensions", id_, "levels", high, "check"),
                    related=(
                        Related(
                            f"the check of level {low}",
                            document.locator.place(("dimensions", id_, "levels", low, "check")),
                        ),
                    ),
                    expected=f"a check that can hold together with that of level {low}",
                )


def _checked(row: Dimension) -> list[str]:
    """The levels with a check, from the lowest up."""
    numbered = [level for level in row.levels if level.isascii() and level.isdigit()]
    return [level for level in sorted(numbered, key=int) if row.levels[level].check]


def _exclude_each_other(low: str | None, high: str | None) -> bool:
    trees = [tree for text in (low, high) if text and (tree := tree_of(text)) is not None]
    return len(trees) == 2 and find_case(trees, _type).found == "no"


def _type(name: str) -> Type:
    """What is measured are numbers; nothing declares them."""
    del name
    return NUMBER


RULE = Rule(
    code="MAT002",
    name="claimed-above-a-failing-level",
    severity=Severity.WARNING,
    profile="governed",
    what="A maturity level is claimed, and whoever meets it, or one on the way to it, fails the level below.",
    why="Levels are climbed one by one; past a step that is missing nobody gets, whatever they claim.",
    bad="""\
maturity: onboarding
dimensions:
  governance:
    title: Governance
    from: Nobody owns onboarding
    to: One owner and a council
    owner: cs_leader
    kpi: nps
    levels:
      1: {title: One owner is named, check: workspace.primary_owners == 1}
      2: {title: A council backs the owners, check: workspace.primary_owners > 1 and workspace.councils == 1}
    claimed: 2
    evidence: The minutes of the council
---
metrics: onboarding
kpis:
  nps: {title: Onboarding NPS, kind: score, owner: cs_leader}
""",
    good="""\
maturity: onboarding
dimensions:
  governance:
    title: Governance
    from: Nobody owns onboarding
    to: One owner and a council
    owner: cs_leader
    kpi: nps
    levels:
      1: {title: One owner is named, check: workspace.primary_owners == 1}
      2: {title: A council backs the owner, check: workspace.primary_owners == 1 and workspace.councils == 1}
    claimed: 2
    evidence: The minutes of the council
---
metrics: onboarding
kpis:
  nps: {title: Onboarding NPS, kind: score, owner: cs_leader}
""",
    document=check,
)
