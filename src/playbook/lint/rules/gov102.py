"""GOV102: nobody leads the journey."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Journeys and programmes for whose outcome no single role answers. A part has its journey's leader."""
    del context
    if playbook.model.scope == "part":
        return
    ownership = playbook.model.ownership
    what = named(playbook.model.title, playbook.id)
    leader = ownership.accountable if ownership is not None else None
    if leader is not None and playbook.team(leader) is None:
        return
    if leader is not None:
        message = f'no single leader answers for the outcome of {what}: "{leader}" is a team'
    elif ownership is not None and ownership.model == "shared":
        message = f'ownership of {what} is "shared", and no leader is accountable for its outcome'
    else:
        message = f"no leader is accountable for the outcome of {what}"
    yield Finding(
        message,
        ("ownership", "accountable"),
        expected="ownership: {accountable: ...} with one role",
    )


RULE = Rule(
    code="GOV102",
    name="leader-missing",
    severity=Severity.ERROR,
    profile="governed",
    what="No single role is accountable for the outcome of the whole journey.",
    why="Each team can do its part well and the customer still not get there; one person must answer for that.",
    bad="""\
ownership: {model: shared, sponsor: cco}
""",
    good="""\
ownership: {model: shared, sponsor: cco, accountable: cs_leader}
""",
    instead_of=("RCI004",),
    playbook=check,
)
