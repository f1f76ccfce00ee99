"""RCI006: a letter that says what another letter of the same role says already."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.diagnostics import Severity
from playbook.fixing.changes import Put, Remedy, Remove
from playbook.language.raci import AnyOf, Raci, names
from playbook.language.stage import Stage
from playbook.lint.kinds import metrics_of
from playbook.lint.letters import beside_steps, stage_name
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Document


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Letters written side by side. A stage's I may be meant for the steps that have other doers."""
    del context
    for index, stage in enumerate(playbook.model.stages):
        for number, step in enumerate(stage.steps):
            for letters in _twice(step.raci):
                what = f"the step {named(step.do, step.id)}"
                yield _finding(letters, what, ("stages", index, "steps", number, "raci"))
        for letters in _of_stage(stage):
            yield _finding(letters, f"each step of {stage_name(stage)}", ("stages", index, "raci"))
    for thing in beside_steps(playbook):
        for letters in _twice(thing.raci) if thing.kind != "stage" else ():
            yield _finding(letters, thing.name, thing.path)


def check_kpis(document: Document, context: Context) -> Iterator[Finding]:
    """The letters of KPIs."""
    del context
    metrics = metrics_of(document)
    for id_, kpi in metrics.kpis.items() if metrics else ():
        for letters in _twice(kpi.raci):
            yield _finding(letters, f"the KPI {named(kpi.title, id_)}", ("kpis", id_, "raci"))


def _of_stage(stage: Stage) -> Iterator[_Twice]:
    """What is said twice for all steps of a stage: none of them has the acting letter of its own."""
    for letters in _twice(stage.raci):
        own = {key for step in stage.steps if step.raci is not None for key in "AR" if getattr(step.raci, key)}
        acting = {holder: key for holder, key in letters.acting.items() if key not in own}
        if acting:
            yield _Twice(letters.key, letters.holders, acting)


@dataclass(frozen=True, slots=True)
class _Twice:
    """A letter C or I with its holders, and those of them who hold A or R too, with that letter."""

    key: str
    holders: tuple[str, ...] | AnyOf
    acting: dict[str, str]


def _twice(raci: Raci | None) -> Iterator[_Twice]:
    if raci is None or not (raci.C or raci.I):
        return
    # Of a choice, those who do not act may well have to be told.
    acting = dict.fromkeys(() if isinstance(raci.R, AnyOf) else raci.R or (), "R")
    acting.update(dict.fromkeys(() if isinstance(raci.A, AnyOf) else raci.A or (), "A"))
    for key, holders in (("C", raci.C), ("I", raci.I)):
        found = {holder: acting[holder] for holder in names(holders) if holder in acting}
        if holders and found:
            yield _Twice(key, holders, found)


def _finding(letters: _Twice, what: str, path: KeyPath) -> Finding:
    held = names(letters.holders)
    rest = [holder for holder in held if holder not in letters.acting]
    who = listed(f"{holder} has both {letter} and {letters.key}" for holder, letter in letters.acting.items())
    middle: KeyPath = ("any_of",) if isinstance(letters.holders, AnyOf) else ()
    return Finding(
        f"{who} on {what}",
        (*path, letters.key, *middle, held.index(next(iter(letters.acting)))),
        expected="one letter for each role: who does the work or answers for it is asked and told anyway",
        suggestion=f"{letters.key}: {rest[0] if len(rest) == 1 else '[' + ', '.join(rest) + ']'}"
        if rest
        else f"no {letters.key}",
        fix=_one_letter(letters, path, middle, rest),
    )


def _one_letter(letters: _Twice, path: KeyPath, middle: KeyPath, rest: list[str]) -> Remedy:
    """Without the holders who act; with none left, a step has the letter of its stage again."""
    held = names(letters.holders)
    indexes = [at for at, holder in enumerate(held) if holder in letters.acting]
    title = f"remove {listed(letters.acting)} from {letters.key}"
    if not rest:
        return Remedy(title, (Remove((*path, letters.key)),), safe=False)
    if len(indexes) == 1:
        return Remedy(title, (Remove((*path, letters.key, *middle, indexes[0])),))
    return Remedy(title, (Put((*path, letters.key, *middle), rest),))


RULE = Rule(
    code="RCI006",
    name="redundant-letter",
    severity=Severity.WARNING,
    profile="team",
    what="A role that is Accountable or Responsible for something is also Consulted on it or Informed of it.",
    why="A second letter adds nothing, and hides who is really to be asked or told.",
    bad="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm, R: csm, I: [csm, revops]}}
""",
    good="""\
milestones:
  first_value: {event: account.first_report, raci: {A: csm, R: csm, I: revops}}
""",
    fix="safe",
    fix_title="removes the second letter; what would then be inherited from the stage, only `--unsafe-fixes` does",
    playbook=check,
    document=check_kpis,
)
