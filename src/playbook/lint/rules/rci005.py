"""RCI005: a role that nobody fills."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from playbook.diagnostics import Related, Severity
from playbook.language.organization import Organization, Person, Role
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named
from playbook.workspace import Document, Symbol, Workspace

_Binding = tuple[Document, str, Person]


def check(workspace: Workspace, context: Context) -> Iterator[Finding]:
    """Roles in use that have neither a team nor a person, or whose people have all left by today."""
    organizations = [document for document in workspace.documents if document.kind == "organization"]
    if not all(document.whole for document in organizations):
        return
    bindings = _bindings(organizations)
    for id_, symbol in workspace.symbols["role"].items():
        if ("role", id_) not in workspace.used:
            continue
        bound = bindings.get(id_, [])
        if bound:
            yield from _ended(symbol, bound, context)
        elif cast(Role, symbol.value).team is None:
            yield Finding(
                f"the role {_name(symbol)} is used, but has neither a team nor a person",
                symbol.path,
                on_key=True,
                expected="the team that the role belongs to, or a person under 'people' who holds it",
                document=symbol.document,
            )


def _bindings(organizations: list[Document]) -> dict[str, list[_Binding]]:
    found: dict[str, list[_Binding]] = {}
    for document in organizations:
        assert isinstance(document.model, Organization)
        for name, person in document.model.people.items():
            for role in person.roles:
                found.setdefault(role, []).append((document, name, person))
    return found


def _ended(symbol: Symbol, bound: list[_Binding], context: Context) -> Iterator[Finding]:
    ended = [item for item in bound if item[2].until is not None and item[2].until < context.as_of]
    if len(ended) < len(bound):
        return
    document, name, person = max(ended, key=lambda item: str(item[2].until))
    yield Finding(
        f"nobody holds the role {_name(symbol)} any more: its last binding ended on {person.until}",
        symbol.path,
        on_key=True,
        related=(
            Related(f"{name} held it until {person.until}", document.locator.place(("people", name, "until"))),
        ),
        expected=f"a person under 'people' who holds it on {context.as_of}",
        document=symbol.document,
    )


def _name(symbol: Symbol) -> str:
    return named(cast(Role, symbol.value).title, symbol.id)


RULE = Rule(
    code="RCI005",
    name="role-unfilled",
    severity=Severity.ERROR,
    profile="basic",
    what="A role in use has neither a team nor a person, or all the people bound to it have left.",
    why="Work that is given to an empty chair waits there, and the plan looks complete all the while.",
    bad="""\
organization: acme
teams:
  sales: {title: Sales}
  customer_success: {title: Customer Success}
  marketing: {title: Marketing}
  product: {title: Product}
  revops: {title: Revenue Operations}
  customer: {title: Customer, party: customer}
roles:
  ae: {title: Account Executive, team: sales}
  csm: {title: Customer Success Manager, team: customer_success}
  cs_leader: {title: VP Customer Success, team: customer_success}
  cco: {title: Chief Customer Officer, team: customer_success}
  admin: {title: Customer admin, team: customer}
people:
  ada@acme.example: {roles: csm, until: 2020-06-30}
""",
    good="""\
organization: acme
teams:
  sales: {title: Sales}
  customer_success: {title: Customer Success}
  marketing: {title: Marketing}
  product: {title: Product}
  revops: {title: Revenue Operations}
  customer: {title: Customer, party: customer}
roles:
  ae: {title: Account Executive, team: sales}
  csm: {title: Customer Success Manager, team: customer_success}
  cs_leader: {title: VP Customer Success, team: customer_success}
  cco: {title: Chief Customer Officer, team: customer_success}
  admin: {title: Customer admin, team: customer}
people:
  ada@acme.example: {roles: csm, until: 2020-06-30}
  grace@acme.example: {roles: csm, since: 2020-07-01}
""",
    workspace=check,
)
