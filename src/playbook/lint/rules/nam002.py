"""NAM002: ids and labels that do not fit where they are shown."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.names import Name, names_in
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import shortened
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Ids and labels of all that is drawn or listed; how ids are spelt is the matter of the language itself."""
    longest_id, longest_label = context.number(RULE, "id"), context.number(RULE, "label")
    for name in names_in(playbook):
        if len(name.id) > longest_id:
            yield Finding(
                f"the id of the {name.kind} {name.id} has {len(name.id)} characters",
                name.id_path,
                on_key=name.id_is_key,
                expected=f"at most {longest_id:g} characters",
            )
        if name.label is not None and len(name.label) > longest_label:
            yield _label(name, name.label, longest_label)


def _label(name: Name, label: str, longest: float) -> Finding:
    return Finding(
        f'the label "{shortened(label)}" of the {name.kind} {shortened(name.id)} has {len(label)} characters',
        name.label_path,
        expected=f"at most {longest:g} characters; what else is to be said goes into a description",
    )


_STAGES = """\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}}
    steps:
      - id: write_brief
        do: {}
        captures: account.use_case
        produces: brief
handoffs: null
"""

RULE = Rule(
    code="NAM002",
    name="name-too-long",
    severity=Severity.WARNING,
    profile="certified",
    what="A label has more than 60 characters, or an id more than 40.",
    why="Boards, diagrams and task lists cut it off, mostly where the difference is.",
    bad=_STAGES.format("Write the account brief with use case, stakeholders, risks and all promises"),
    good=_STAGES.format("Write the account brief").replace(
        "brief\n        cap",
        "brief\n        description: With use case, stakeholders, risks and all promises.\n        cap",
    ),
    options=(
        Option("label", 60, "So many characters of a label."),
        Option("id", 40, "So many characters of an id."),
    ),
    playbook=check,
)
