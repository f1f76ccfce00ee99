"""A process as customers may see it: their steps, the ways between them, and no word of ours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from playbook.core.owners import Owners
from playbook.core.process import End, Flow, Gate, Process, Task
from playbook.text.paths import KeyPath
from playbook.views.narrowing.bridging import bridged
from playbook.views.narrowing.customer_steps import CONDITION

OTHER_END = "ended"
"""The one end that stands for all that are no success."""

_PLACE: KeyPath = ("stages",)
"""Where all of it is written, as far as customers are concerned."""

_LABELS = {"choice": "Which?", "next": "Which way?", "approval": "Approved?"}
"""The gates that customers may see, by the beginning of their ids, with what is written on them."""


def customer_process(
    process: Process,
    steps: Mapping[str, str],
    stages: Mapping[str, str],
    approved: Collection[str],
    owners: Mapping[str, Owners],
) -> Process:
    """The process of some ``steps``, by their old ids, with new ids for them, for their stages and the ends.

    ``approved`` are those steps that customers decide on; ``owners`` are the letters that they may see.
    """
    tasks = [id_ for id_, task in process.tasks.items() if task.step in steps]
    silenced = [
        id_
        for id_, gate in process.gates.items()
        if gate.kind in ("exclusive", "inclusive", "join") and not _is_theirs(id_, approved)
    ]
    small = bridged(replace(process, interrupts=()), tasks, stages, silenced)
    # What is left of gates once only a failure is out of sight is tidied up again.
    small = bridged(replace(small, flows=_towards_success(small)), tasks, stages)
    ends = [id_ for id_, end in process.ends.items() if end.success]
    return _renamed(small, _new_ids(small, steps, stages, ends), steps, stages, owners)


def _is_theirs(gate: str, approved: Collection[str]) -> bool:
    kind, _, rest = gate.partition(".")
    return kind in ("choice", "next") or (kind == "approval" and rest in approved)


def _towards_success(process: Process) -> tuple[Flow, ...]:
    """The flows without those to an end that is no success, but from where nothing better can be reached."""
    hopeful = {id_ for id_, end in process.ends.items() if end.success}
    pending = list(hopeful)
    while pending:
        for flow in process.predecessors[pending.pop()]:
            if flow.source not in hopeful:
                hopeful.add(flow.source)
                pending.append(flow.source)
    failures = {id_ for id_, end in process.ends.items() if not end.success}
    return tuple(flow for flow in process.flows if flow.target not in failures or flow.source not in hopeful)


def _renamed(
    process: Process,
    ids: Mapping[str, str],
    steps: Mapping[str, str],
    stages: Mapping[str, str],
    owners: Mapping[str, Owners],
) -> Process:
    """The process with new ids, in which no text is left."""
    ends = {ids[id_]: end.success for id_, end in process.ends.items()}
    return Process(
        dict.fromkeys((ids[node] for node in process.nodes), _PLACE),
        {
            ids[id_]: Task(
                ids[id_],
                steps[task.step],
                stages[task.stage],
                _PLACE,
                owners[task.step],
                CONDITION if task.condition else None,
            )
            for id_, task in process.tasks.items()
        },
        {
            ids[id_]: Gate(ids[id_], gate.kind, stages[gate.stage], _PLACE, _label(gate))
            for id_, gate in process.gates.items()
        },
        {id_: End(id_, id_.removeprefix("end."), _PLACE, success) for id_, success in ends.items()},
        tuple(dict.fromkeys(_wordless(flow, ids) for flow in process.flows)),
    )


def _new_ids(
    process: Process, steps: Mapping[str, str], stages: Mapping[str, str], successes: list[str]
) -> dict[str, str]:
    ids: dict[str, str] = {}
    for number, node in enumerate(process.nodes):
        kind, _, rest = node.partition(".")
        if node in process.tasks:
            ids[node] = f"step.{steps[process.tasks[node].step]}"
        elif node in process.ends:
            ids[node] = f"end.end_{successes.index(node) + 1}" if node in successes else f"end.{OTHER_END}"
        elif node not in process.gates:
            ids[node] = node
        elif kind == "approval":
            ids[node] = f"approval.{steps[rest]}"
        else:
            ids[node] = f"{kind}.{stages.get(rest, number)}"
    return ids


def _label(gate: Gate) -> str:
    return _LABELS.get(gate.id.partition(".")[0], "") if gate.kind in ("exclusive", "inclusive") else ""


def _wordless(flow: Flow, ids: Mapping[str, str]) -> Flow:
    """A flow without its condition; of a decision of customers it may be said that they rejected."""
    rejected = flow.label == "rejected" and flow.source.startswith("approval.")
    kind = "sequence" if flow.kind == "condition" and not rejected else flow.kind
    label = "rejected" if rejected else ""
    return replace(flow, source=ids[flow.source], target=ids[flow.target], path=_PLACE, kind=kind, label=label)
