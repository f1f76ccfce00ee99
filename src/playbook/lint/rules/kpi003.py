"""KPI003: a time that only counts those who have arrived."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.expressions.parse import parse_expression
from playbook.fixing.changes import Put, Remedy
from playbook.language.metrics import Kpi
from playbook.lint.measures import kpi_name, kpis_of, points
from playbook.lint.rule import Context, Finding, Rule
from playbook.text.paths import KeyPath
from playbook.workspace import Document, Workspace

_OVER = frozenset({"onboarding.completed", "stage.exited"})


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Durations put together as a mean, and those of which ``where`` leaves out whoever has not arrived."""
    del context
    for document in workspace.documents:
        for id_, kpi in kpis_of(document):
            if kpi.kind != "duration":
                continue
            if kpi.statistic == "mean":
                yield Finding(
                    f"{kpi_name(id_, kpi)} is a mean: it can be taken only of accounts that have arrived, "
                    "and the slow ones are missing",
                    ("kpis", id_, "statistic"),
                    expected="p50, p75 or p90, for which accounts still on their way count as censored",
                    suggestion="p50",
                    fix=Remedy("take the median", (Put(("kpis", id_, "statistic"), "p50"),), safe=False),
                    document=document,
                )
            yield from _arrived_only(workspace, document, id_, kpi)


def _arrived_only(workspace: Workspace, document: Document, id_: str, kpi: Kpi) -> Iterator[Finding]:
    if not kpi.where or kpi.until is None:
        return
    path: KeyPath = ("kpis", id_, "where")
    ends = {kpi.until, f"{kpi.until}.reached", *_OVER}
    ends.update(getattr(symbol.value, "event", None) or "" for symbol in points(workspace, "milestone", kpi.until))
    parsed = parse_expression(kpi.where)
    for use in parsed.names:
        if use.name in ends and not _is_negated(kpi.where, use.start):
            yield Finding(
                f"{kpi_name(id_, kpi)} counts only accounts with {use.name}, those that have arrived: "
                "the slow ones are missing",
                path,
                within=(use.start, use.end),
                expected="all accounts of the cohort; those that have not arrived count as censored",
                document=document,
            )
            return


def _is_negated(text: str, start: int) -> bool:
    return text[:start].rstrip().endswith("not")


RULE = Rule(
    code="KPI003",
    name="time-of-the-finished-only",
    severity=Severity.ERROR,
    profile="team",
    what="A duration is aggregated as a mean, or counts only accounts that have reached its end.",
    why="The slow accounts are not finished yet and so not counted: a true mean of 57 days is reported as 43.",
    bad="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: first_value, statistic: mean, owner: cs_leader}
""",
    good="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: first_value, statistic: p50, owner: cs_leader}
""",
    fix="unsafe",
    fix_title="takes the median instead of the mean",
    workspace=check,
)
