"""MAT001: a level that is claimed and not shown."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.maturity import Dimension
from playbook.lint.kinds import maturity_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.workspace import Document

_HIGHEST = 4


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Claims above level 0 without evidence, and claims of a level that there is not.

    Whether the numbers bear a claim out can be said once they are measured.
    """
    del context
    maturity = maturity_of(document)
    for id_, row in maturity.dimensions.items() if maturity is not None else ():
        if not row.claimed:
            continue
        highest = _highest(row)
        if row.claimed > highest:
            yield Finding(
                f"level {row.claimed} is claimed for {named(row.title, id_)}, but its highest level is {highest}",
                ("dimensions", id_, "claimed"),
                expected=f"a level from 0 to {highest}",
            )
        elif not row.evidence:
            level = row.levels.get(str(row.claimed))
            asked = f" ({level.title})" if level is not None and level.title else ""
            yield Finding(
                f"level {row.claimed}{asked} is claimed for {named(row.title, id_)}, without evidence",
                ("dimensions", id_, "claimed"),
                expected="evidence: what backs the claim, such as a report, a log or minutes",
            )


def _highest(row: Dimension) -> int:
    """The highest level that is described; without any, the highest that a matrix has."""
    numbers = [int(level) for level in row.levels if level.isascii() and level.isdigit()]
    return max(numbers, default=_HIGHEST)


RULE = Rule(
    code="MAT001",
    name="claim-without-evidence",
    severity=Severity.ERROR,
    profile="governed",
    what="A maturity level is claimed without evidence, or one that the matrix does not have.",
    why="A matrix that is filled in by feeling says what people hope, and hides what to do next.",
    bad="""\
maturity: onboarding
dimensions:
  customer_voice:
    title: Customer voice
    from: Feedback is asked for now and then
    to: A standing programme
    owner: cs_leader
    kpi: nps
    claimed: 2
---
metrics: onboarding
kpis:
  nps: {title: Onboarding NPS, kind: score, owner: cs_leader}
""",
    good="""\
maturity: onboarding
dimensions:
  customer_voice:
    title: Customer voice
    from: Feedback is asked for now and then
    to: A standing programme
    owner: cs_leader
    kpi: nps
    claimed: 2
    evidence: Survey report of the third quarter
---
metrics: onboarding
kpis:
  nps: {title: Onboarding NPS, kind: score, owner: cs_leader}
""",
    document=check,
)
