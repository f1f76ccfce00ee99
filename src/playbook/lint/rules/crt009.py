"""CRT009: a result that nobody takes up."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.expressions.parse import parse_expression
from playbook.fixing.changes import Remedy, Remove
from playbook.language.playbook import Playbook
from playbook.lint.letters import step_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import named, shortened
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Artifacts that a step produces, and no step, handoff, condition, customer or other playbook takes."""
    del context
    if playbook.document.pruned:
        # What could not be read may well take them.
        return
    produced = _produced(playbook)
    if not produced:
        return
    left = produced.keys() - _taken(playbook.model)
    if left:
        left -= _asked_for(playbook)
    for id_, (step, path) in produced.items():
        if id_ in left:
            artifact = playbook.model.artifacts.get(id_)
            yield Finding(
                f"nothing takes the artifact {named(artifact.title if artifact else None, id_)} "
                f"that {step_name(playbook, playbook.process.tasks[step])} produces",
                path,
                expected=f"needs: {id_} on a step, a payload or a condition that names it; or, under artifacts, "
                "customer_facing: true",
                fix=_unproduced(id_, path, len(playbook.steps[playbook.process.tasks[step].step].produces)),
            )


def _unproduced(id_: str, path: KeyPath, produced: int) -> Remedy:
    change = Remove(path if produced > 1 else path[:-1])
    return Remedy(f"do not produce {shortened(id_)}", (change,), safe=False)


def _produced(playbook: CompiledPlaybook) -> dict[str, tuple[str, KeyPath]]:
    """Each artifact with the task that is first to produce it, and where."""
    found: dict[str, tuple[str, KeyPath]] = {}
    for node, task in playbook.process.tasks.items():
        for number, id_ in enumerate(playbook.steps[task.step].produces):
            found.setdefault(id_, (node, (*task.path, "produces", number)))
    return found


def _taken(model: Playbook) -> set[str]:
    """What the playbook names as needed, handed over, given to another playbook or shown to the customer."""
    taken = {id_ for id_, artifact in model.artifacts.items() if artifact.customer_facing}
    for stage in model.stages:
        for step in stage.steps:
            taken.update(step.needs)
            if step.run is not None:
                taken.update(step.run.give.values())
    for entries in (model.interrupts, model.routines, model.risks):
        for entry in entries.values():
            if entry.run is not None:
                taken.update(entry.run.give.values())
    for handoff in model.handoffs.values():
        taken.update(handoff.payload)
    for given in model.inputs.values():
        taken.update(given.data)
    for interface in model.interfaces.values():
        taken.update(interface.needs)
    if model.interface is not None:
        taken.update(model.interface.produces)
    return taken


def _asked_for(playbook: CompiledPlaybook) -> set[str]:
    """The artifacts of which a condition reads the state."""
    return {
        use.name.partition(".")[0]
        for _, text in playbook.expressions
        if ".produced" in text or ".accepted" in text
        for use in parse_expression(text).names
        if use.name.endswith((".produced", ".accepted"))
    }


_STAGES = """\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}}
    steps:
      - id: interview_team
        do: Interview the team
        captures: account.use_case
        produces: interview_notes
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {{A: csm, R: [ae, admin]}}
{0}handoffs: null
"""

RULE = Rule(
    code="CRT009",
    name="unused-artifact",
    severity=Severity.INFO,
    profile="certified",
    what="A step produces an artifact that no step needs, no handoff carries, no condition asks for and no "
    "customer "
    "sees.",
    why="It is written every time and read by nobody, or it is needed and the step that needs it does not say so.",
    bad=_STAGES.format(""),
    good=_STAGES.format("        needs: interview_notes\n"),
    fix="unsafe",
    fix_title="takes it out of what the step produces",
    playbook=check,
)
