"""MAT003: a capability that nobody moves forward, or whose progress nothing shows."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.kinds import maturity_of
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import Document

_FORMS = {"owner": "owner: who moves it forward", "kpi": "kpi: the KPI that shows progress"}
_WORDS = {"owner": "owner", "kpi": "primary KPI"}


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Rows of a matrix without owner or KPI; what all of several rows lack is told once."""
    del context
    maturity = maturity_of(document)
    if maturity is None:
        return
    lacking = {
        id_: [key for key in _FORMS if not getattr(row, key) and not is_lost(document, ("dimensions", id_, key))]
        for id_, row in maturity.dimensions.items()
    }
    common = [key for key in _FORMS if len(lacking) > 1 and all(key in keys for keys in lacking.values())]
    if common:
        yield Finding(
            f"none of the {len(lacking)} dimensions has {_any(common)}",
            ("dimensions",),
            on_key=True,
            expected="; ".join(_FORMS[key] for key in common),
        )
    for id_, keys in lacking.items():
        own = [key for key in keys if key not in common]
        if own:
            yield Finding(
                f"the dimension {named(maturity.dimensions[id_].title, id_)} has no "
                f"{listed((_WORDS[key] for key in own), 'or')}",
                ("dimensions", id_),
                on_key=True,
                expected="; ".join(_FORMS[key] for key in own),
            )


def _any(keys: list[str]) -> str:
    return listed((("an owner" if key == "owner" else "a primary KPI") for key in keys), "or")


RULE = Rule(
    code="MAT003",
    name="dimension-unowned",
    severity=Severity.ERROR,
    profile="governed",
    what="A dimension of a maturity matrix has no owner or no primary KPI.",
    why="What nobody owns does not move, and what nothing measures only seems to.",
    bad="""\
maturity: onboarding
dimensions:
  customer_voice:
    title: Customer voice
    from: Feedback is asked for now and then
    to: A standing programme
    owner: cs_leader
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
---
metrics: onboarding
kpis:
  nps: {title: Onboarding NPS, kind: score, owner: cs_leader}
""",
    document=check,
)
