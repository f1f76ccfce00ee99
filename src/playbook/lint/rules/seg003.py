"""SEG003: a variant takes away what the rest of it still needs."""

from __future__ import annotations

from playbook.diagnostics import Severity
from playbook.lint.rule import Rule

RULE = Rule(
    code="SEG003",
    name="removed-but-needed",
    severity=Severity.ERROR,
    profile="basic",
    what="A variant removes a step, stage or handoff that something in the same variant depends on.",
    why="The base is sound and so looks the variant, until the first account of that segment waits for a step "
    "that nobody will do.",
    bad="""\
segments:
  small: {when: account.active_seats < 10}
  others: {otherwise: true}
variants:
  light:
    for: small
    remove: write_brief
    add:
      - before: handover
        step:
          id: copy_order
          do: Copy the order form
          raci: {A: ae, R: ae, I: [csm, revops]}
          captures: account.use_case
""",
    good="""\
segments:
  small: {when: account.active_seats < 10}
  others: {otherwise: true}
variants:
  light:
    for: small
    set:
      write_brief.do: Copy the order form into the brief
""",
)
