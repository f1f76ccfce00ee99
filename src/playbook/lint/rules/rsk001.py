"""RSK001: a risk that nobody will see coming, or act on."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.playbook import Risk
from playbook.lint.lost import is_lost
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook

_FORMS = {
    "sign": "when: the sign with its threshold, such as account.active_seats < 5",
    "owner": "owner: who watches and acts",
    "play": "run: the play that answers it, or do: what is done",
}


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Risks without a sign, an owner or a play; what all of several risks lack is told once."""
    del context
    risks = playbook.model.risks
    lacking = {id_: _lacking(playbook, id_, risk) for id_, risk in risks.items()}
    common = [what for what in _FORMS if len(lacking) > 1 and all(what in missing for missing in lacking.values())]
    if common:
        yield Finding(
            f"none of the {len(risks)} risks has {listed((_WITH_ARTICLE[what] for what in common), 'or')}",
            ("risks",),
            on_key=True,
            expected="; ".join(_FORMS[what] for what in common),
        )
    for id_, missing in lacking.items():
        own = [what for what in missing if what not in common]
        if own:
            yield Finding(
                f"the risk {named(risks[id_].title, id_)} has no {listed(own, 'or')}",
                ("risks", id_),
                on_key=True,
                expected="; ".join(_FORMS[what] for what in own),
            )


_WITH_ARTICLE = {"sign": "a sign", "owner": "an owner", "play": "a play"}


def _lacking(playbook: CompiledPlaybook, id_: str, risk: Risk) -> list[str]:
    keys = {"sign": ("when",), "owner": ("owner",), "play": ("run", "do")}
    return [
        what
        for what, wanted in keys.items()
        if not any(getattr(risk, key) or is_lost(playbook.document, ("risks", id_, key)) for key in wanted)
    ]


RULE = Rule(
    code="RSK001",
    name="risk-unwatched",
    severity=Severity.WARNING,
    profile="team",
    what="A risk has no sign that can be seen, no owner, or no play that answers it.",
    why="A risk that is only written down happens as if it had not been.",
    bad="""\
risks:
  low_usage: {title: Too few people use it, when: account.active_seats < 5}
""",
    good="""\
risks:
  low_usage:
    title: Too few people use it
    when: account.active_seats < 5
    owner: csm
    do: Call the champion and plan a training
""",
    playbook=check,
)
