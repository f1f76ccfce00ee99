"""How things are called in views: titles where there are any, ids in words where there are none."""

from __future__ import annotations

from collections.abc import Iterable

from playbook.core.owners import Letter
from playbook.core.process import Task
from playbook.language.stage import Criterion
from playbook.language.step import Step
from playbook.text.ids import words_of
from playbook.text.quantities import Timing
from playbook.views.parts.phrases import condition
from playbook.views.parts.shared_names import title_of
from playbook.workspace import CompiledPlaybook


def owner_names(playbook: CompiledPlaybook, letter: Letter | None) -> tuple[str, ...]:
    """The titles of the holders of a letter."""
    return tuple(playbook.owner_name(holder) for holder in letter.holders) if letter else ()


def owner_cells(playbook: CompiledPlaybook, letter: Letter | None) -> tuple[str, ...]:
    """The holders of a letter as a list; where any one of them may act, as one text: ``A or B``."""
    names = owner_names(playbook, letter)
    return (together(names, choice=True),) if letter and letter.choice else names


def together(names: Iterable[str], *, choice: bool = False) -> str:
    """Names as one text: ``A and B``, or ``A or B`` where any one of them may act."""
    listed = list(names)
    if len(listed) < 2:
        return "".join(listed)
    word = "or" if choice else "and"
    return f"{', '.join(listed[:-1])} {word} {listed[-1]}"


def doer(playbook: CompiledPlaybook, task: Task) -> str:
    """Who does the work: the responsible, or the accountable where nobody else is named."""
    letter = task.owners.responsible or task.owners.accountable
    return together(owner_names(playbook, letter), choice=letter.choice) if letter else ""


def moment_name(playbook: CompiledPlaybook, name: str) -> str:
    """What a timer hangs on, as people call it."""
    base, _, state = name.rpartition(".")
    for id_, suffix in ((name, ""), (base, f" {state}")):
        for kind in ("anchor", "milestone", "step", "stage", "handoff"):
            symbol = playbook.symbols[kind].get(id_)
            if symbol is not None:
                title = getattr(symbol.value, "title", None) or getattr(symbol.value, "do", None)
                return (title or words_of(id_)) + suffix
    return name.replace("_", " ").replace(".", " ")


def when(playbook: CompiledPlaybook, timing: Timing | None) -> str:
    """A timing in English: ``5 business days after Kickoff``."""
    if timing is None:
        return ""
    until = moment_name(playbook, timing.until) if timing.until else ""
    return timing.in_words(moment_name(playbook, timing.reference), until)


def end_title(playbook: CompiledPlaybook, id_: str) -> str:
    """What an end is called."""
    end = playbook.model.ends.get(id_)
    return (end.title if end else None) or words_of(id_)


def data_title(playbook: CompiledPlaybook, name: str) -> str:
    """What an artifact or a field is called."""
    artifact = playbook.model.artifacts.get(name)
    if artifact is not None:
        return artifact.title or words_of(name)
    return title_of(playbook.workspace_symbols, "field", name)


def criteria_in_words(playbook: CompiledPlaybook, conditions: tuple[Criterion, ...]) -> str:
    """The conditions of a gate in English: titles where there are any, else what the expressions say."""
    return "; ".join(each.title or condition(playbook, each.check) for each in conditions)


def party_of(playbook: CompiledPlaybook, task: Task, step: Step) -> str:
    """Whose task it is: as the step says, or as the team of its first responsible role says."""
    if step.party:
        return step.party
    letter = task.owners.responsible or task.owners.accountable
    team = playbook.team(playbook.team_of(letter.holders[0]) or "") if letter and letter.holders else None
    return team.party if team else "internal"
