"""KPI010: people ranked by a handful of accounts."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Put, Remedy
from playbook.lint.measures import kpi_name, kpis_of, name_words
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed
from playbook.workspace import Workspace

_PEOPLE = name_words("agent consultant csm employee manager owner person rep representative specialist team teams")
_THEIRS = frozenset({"customer"})


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """KPIs broken down by people, roles or teams without a smallest sample."""
    del context
    declared = {*workspace.symbols["role"], *workspace.symbols["team"]}
    for document in workspace.documents:
        for id_, kpi in kpis_of(document):
            ranked = [label for label in kpi.per if _is_of_people(label, declared)]
            if ranked and not kpi.minimum_sample:
                yield Finding(
                    f"{kpi_name(id_, kpi)} is broken down per {listed(ranked)}, and nothing says from how many "
                    "accounts on it is shown",
                    ("kpis", id_, "minimum_sample"),
                    expected="minimum_sample: the fewest accounts for which a number is shown, such as 20",
                    document=document,
                    fix=Remedy("ask for 20 accounts", (Put(("kpis", id_, "minimum_sample"), 20),), safe=False),
                )


def _is_of_people(label: str, declared: set[str]) -> bool:
    words = name_words(label)
    return label in declared or (bool(words & _PEOPLE) and not words & _THEIRS)


RULE = Rule(
    code="KPI010",
    name="people-ranked-by-chance",
    severity=Severity.WARNING,
    profile="governed",
    what="A KPI is broken down by person, role or team and has no minimum sample.",
    why="With three accounts each, chance decides who is best, and people are praised and blamed for it.",
    bad="""\
metrics: onboarding
kpis:
  time_to_value: {kind: duration, from: closed_won, to: first_value, per: [segment, csm], owner: cs_leader}
""",
    good="""\
metrics: onboarding
kpis:
  time_to_value:
    kind: duration
    from: closed_won
    to: first_value
    per: [segment, csm]
    minimum_sample: 20
    owner: cs_leader
""",
    fix="unsafe",
    fix_title="asks for 20 accounts before a number is shown",
    workspace=check,
)
