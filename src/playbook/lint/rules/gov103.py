"""GOV103: no council that is able to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from playbook.diagnostics import Severity
from playbook.language.governance import Council
from playbook.language.organization import Role
from playbook.lint.dates import days_between
from playbook.lint.functions import FUNCTIONS, functions_of
from playbook.lint.kinds import governance_of
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import counted, listed, named
from playbook.raci_analysis import raci_analysis
from playbook.workspace import CompiledPlaybook, Document, Workspace


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """What each council lacks, in one finding; and one finding if the workspace has no council at all."""
    journeys = [playbook for playbook in workspace.playbooks if _is_in_use(playbook)]
    documents = [document for document in workspace.documents if governance_of(document) is not None]
    councils = [(document, council) for document in documents if (council := _council(document)) is not None]
    if not councils and journeys and workspace.complete:
        document, path = (documents[0], "council") if documents else (journeys[0].document, "ownership")
        what = named(journeys[0].model.title, journeys[0].id) if len(journeys) == 1 else f"{len(journeys)} journeys"
        yield Finding(
            f"there is no council that reviews {what}",
            (path,),
            on_key=True,
            expected="governance: a document with council: {members: ..., cadence: ..., quorum: ..., agenda: ..., "
            "decision_rights: ...}",
            document=document,
        )
    for document, council in councils:
        yield from _lacking(document, council, context.number(RULE, "at_most_days"))
        if council.members and workspace.complete:
            yield from _left_out(workspace, document, council, journeys)


def _is_in_use(playbook: CompiledPlaybook) -> bool:
    return playbook.model.scope == "journey" and playbook.model.status != "retired"


def _council(document: Document) -> Council | None:
    governance = governance_of(document)
    return governance.council if governance is not None else None


def _lacking(document: Document, council: Council, most_days: float) -> Iterator[Finding]:
    keys = ("members", "cadence", "quorum", "agenda", "decision_rights")
    missing = [key for key in keys if not getattr(council, key)]
    if missing:
        yield Finding(
            f"the council has no {listed((_WORDS[key] for key in missing), 'or')}",
            ("council",),
            on_key=True,
            expected="; ".join(_FORMS[key] for key in missing),
            document=document,
        )
    seats = len({*council.members, *([council.chair] if council.chair else ())})
    if council.members and council.quorum and council.quorum > seats:
        yield Finding(
            f"the council's quorum is {council.quorum}, but it has only {counted(seats, 'member')}",
            ("council", "quorum"),
            expected=f"a quorum of at most {seats}",
            document=document,
        )
    if council.cadence is not None and days_between(council.cadence) > most_days:
        yield Finding(
            f"the council meets every {council.cadence.in_words()} only",
            ("council", "cadence"),
            expected="cadence: monthly or quarterly",
            document=document,
        )


_WORDS = {"decision_rights": "decision rights"} | {key: key for key in ("members", "cadence", "quorum", "agenda")}
_FORMS = {
    "members": "members: [...] with a role of each function",
    "cadence": "cadence: monthly or quarterly",
    "quorum": "quorum: how many members make it able to decide",
    "agenda": "agenda: its standing items",
    "decision_rights": "decision_rights: {subject: what it may decide}",
}


def _taking_part(
    functions: list[str], journeys: list[CompiledPlaybook], function_of: Callable[[str], str | None]
) -> list[str]:
    """Those of some functions that hold a letter in a journey; looked for no longer than one is left."""
    left = set(functions)
    for playbook in journeys:
        if not left:
            break
        holders = playbook.remembered(raci_analysis).holders.values()
        left.difference_update(function_of(holder) for part in holders for holder in part)
    return [function for function in functions if function not in left]


def _left_out(
    workspace: Workspace, document: Document, council: Council, journeys: list[CompiledPlaybook]
) -> Iterator[Finding]:
    """Functions that take part in a journey and that have a role, but no seat."""
    function_of = functions_of(workspace.symbols["team"])
    roles = {id_: cast(Role, symbol.value) for id_, symbol in workspace.symbols["role"].items()}
    of_role = {id_: function_of.get(role.team or "") for id_, role in roles.items()}
    seated = {of_role.get(member) for member in (*council.members, council.chair or "")}
    unseated = [function for function in FUNCTIONS if function in of_role.values() and function not in seated]
    missing = _taking_part(unseated, journeys, lambda holder: of_role.get(holder) or function_of.get(holder))
    if missing:
        candidates = [next(id_ for id_, found in of_role.items() if found == function) for function in missing]
        yield Finding(
            f"{listed(missing)} {'takes' if len(missing) == 1 else 'take'} part in onboarding, but "
            f"{'has' if len(missing) == 1 else 'have'} no seat on the council",
            ("council", "members"),
            expected="a member of each function that has letters in a journey",
            suggestion=f"a role such as {listed(candidates, 'or')}" if len(missing) == 1 else None,
            document=document,
        )


RULE = Rule(
    code="GOV103",
    name="council-unable-to-decide",
    severity=Severity.WARNING,
    profile="governed",
    what="There is no council; or it lacks members of a function that takes part, a cadence, a quorum, an agenda "
    "or decision rights.",
    why="Where functions share in onboarding, what lies between them is decided by nobody, or by the loudest.",
    bad="""\
governance: onboarding
council:
  members: [cs_leader, csm]
  chair: cs_leader
  cadence: monthly
""",
    good="""\
governance: onboarding
council:
  members: [cs_leader, csm, ae]
  chair: cs_leader
  cadence: monthly
  quorum: 2
  agenda: [KPIs against targets, Escalations, Improvements]
  decision_rights: {playbook_changes: The council by consent}
""",
    options=(Option("at_most_days", 100, "the longest time between two meetings of a council, in days"),),
    workspace=check,
)
