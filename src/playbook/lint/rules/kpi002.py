"""KPI002: a rate that counts accounts which could not have arrived yet."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Put, Remedy
from playbook.language.metrics import Kpi
from playbook.lint.measures import kpi_name, kpis_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.workspace import Document


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Shares of a cohort within a window that do not say what becomes of accounts younger than the window."""
    del context
    for id_, kpi in kpis_of(document):
        if kpi.matured is None and kpi.window is not None and _is_share_of_a_cohort(kpi):
            yield Finding(
                f"{kpi_name(id_, kpi)} does not say whether accounts younger than its window ({kpi.window}) "
                "are in the denominator: they have not had the time",
                ("kpis", id_, "matured"),
                expected="matured: window, which leaves them out; or none if all have had the time",
                suggestion="matured: window",
                fix=Remedy("leave younger accounts out", (Put(("kpis", id_, "matured"), "window"),), safe=False),
            )


def _is_share_of_a_cohort(kpi: Kpi) -> bool:
    if kpi.cohort is None and kpi.since is None:
        # What it lacks is told by KPI001; a ratio may be of a period instead of a cohort.
        return False
    return kpi.kind == "rate" or (kpi.kind == "ratio" and kpi.cohort is not None)


RULE = Rule(
    code="KPI002",
    name="immature-accounts-counted",
    severity=Severity.ERROR,
    profile="team",
    what="A rate of a cohort within a window does not say that accounts younger than the window stay out.",
    why="The newest accounts cannot have activated in 30 days yet; counted as failures, they sink the rate "
    "whenever sales go well.",
    bad="""\
metrics: onboarding
kpis:
  activation_rate:
    kind: rate
    numerator: Accounts that built a report within the window
    denominator: Accounts of the cohort
    window: 30d
    cohort: deal.closed_won
    direction: up
    owner: cs_leader
""",
    good="""\
metrics: onboarding
kpis:
  activation_rate:
    kind: rate
    numerator: Accounts that built a report within the window
    denominator: Accounts of the cohort that are at least as old as the window
    window: 30d
    cohort: deal.closed_won
    matured: window
    direction: up
    owner: cs_leader
""",
    fix="unsafe",
    fix_title="leaves accounts that are younger than the window out",
    document=check,
)
