"""SEG006: a variant that is a playbook of its own by now."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import named
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Variants that remove, add or change most of the steps that there are with and without them."""
    most = context.number(RULE, "share")
    for compiled in playbook.variants:
        id_ = compiled.variant or ""
        variant = playbook.model.variants[id_]
        base, own = playbook.steps, compiled.steps
        removed = sum(step not in own for step in base)
        added = sum(step not in base for step in own)
        edited = {name.partition(".")[0] for name in variant.set} | set(variant.replace)
        changed = sum(step in base and step in own and base[step] != own[step] for step in edited)
        every = len(base) + added
        if every and removed + added + changed > most * every:
            share = (removed + added + changed) / every
            yield Finding(
                f"the variant {named(variant.title, id_)} differs from its base in {removed + added + changed} of "
                f"{every} steps ({share:.0%}): {removed} removed, {added} added, {changed} changed",
                ("variants", id_),
                on_key=True,
                expected=f"a difference in at most {most:.0%} of the steps, or a playbook of its own",
            )


_SEGMENTS = """\
segments:
  small: {{when: account.active_seats < 10}}
  large: {{otherwise: true}}
variants:
  light:
    for: small
    set:
      run_kickoff.do: Send the recorded kickoff
{}"""

RULE = Rule(
    code="SEG006",
    name="variant-too-different",
    severity=Severity.INFO,
    profile="certified",
    what="A variant removes, adds or changes more than 60 % of the steps.",
    why="To read it, one must read the base, forget most of it and put the rest together; a change of the base "
    "changes it in ways that nobody looked at.",
    bad=_SEGMENTS.format(
        "      connect_data.do: Upload a file\n      write_brief.do: Copy the order into the brief\n"
    ),
    good=_SEGMENTS.format(""),
    options=(Option("share", 0.6, "So much of all steps may differ, from 0 to 1."),),
    playbook=check,
)
