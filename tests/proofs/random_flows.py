"""Random small playbooks whose steps fill and need data, the same for the same seed, with all that they read."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import Any

from playbook.text.paths import KeyPath

Entry = dict[str, Any]

ITEMS = ("account.f0", "account.f1", "plan")
"""Two fields and an artifact, none of which comes from elsewhere."""

TRACKING = """\
tracking: product
fields:
  account.f0: {}
  account.f1: {}
  account.x: {type: boolean, captured: CRM}
  account.y: {type: boolean, captured: CRM}
  account.z: {type: boolean, captured: CRM}
"""


@dataclass(frozen=True)
class Expected:
    """A read: what, at which node (``after`` it is done), and for which values of ``account.x`` it is read."""

    kind: str
    name: str
    path: KeyPath
    node: str
    after: bool = False
    when: tuple[bool, ...] = (False, True)


@dataclass(frozen=True)
class Filling:
    """A step that yields something for certain, for some values of ``account.x``; not for certain without."""

    node: str
    when: tuple[bool, ...]


_WHEN = {None: (False, True), "account.x": (True,), "not account.x": (False,)}


@dataclass
class FlowPlan:
    """What is written of a playbook, what it reads, and what its steps yield."""

    document: Entry
    reads: list[Expected] = field(default_factory=list)
    filled: dict[str, list[Filling]] = field(default_factory=dict)

    def text(self) -> str:
        """The playbook as YAML."""
        return "".join(f"{key}: {json.dumps(value)}\n" for key, value in self.document.items() if value)


def random_flow_plan(seed: int, *, once: bool) -> FlowPlan:
    """A playbook of two to four stages; ``once`` lets only one step yield each thing."""
    choose = random.Random(seed)
    count = choose.randint(2, 4)
    names = [f"s{number}" for number in range(count)]
    plan = FlowPlan({"playbook": "random", "ends": {"done": {"success": True}, "lost": {}}})
    plan.document["artifacts"] = {"plan": {"title": "Plan"}}
    stages: list[Entry] = [_stage(choose, name) for name in names]
    plan.document["stages"] = stages
    shape = choose.choice(("sequence", "overlaps", "branches", "branches", "interrupt"))
    if shape == "overlaps":
        for number, stage in enumerate(stages[1:]):
            stage.update({"overlaps": names[number]} if choose.random() < 0.6 else {})
    elif shape != "sequence":
        for number, stage in enumerate(stages):
            if choose.random() < 0.6:
                stage["next"] = _branches(choose, names, number)
    if shape == "interrupt":
        of = choose.sample(names, choose.randint(1, 2))
        plan.document["interrupts"] = {"changed": {"when": "account.z", "stages": of, "to": choose.choice(names)}}
    _fill(choose, plan, once=once)
    _read(choose, plan)
    return plan


def _stage(choose: random.Random, name: str) -> Entry:
    steps: list[Entry] = []
    for number in range(choose.randint(1, 3)):
        step: Entry = {"id": f"{name}_{number}", "do": "Do it"}
        own = [each["id"] for each in steps]
        if own and choose.random() < 0.3:
            step["after"] = choose.sample(own, choose.randint(1, len(own)))
        if choose.random() < 0.25:
            step["when"] = choose.choice(("account.x", "not account.x"))
        elif choose.random() < 0.1:
            step["need"] = choose.choice(("optional", "recommended"))
        elif choose.random() < 0.1:
            step["for_each"] = {"of": "contacts", "at_least": choose.randint(0, 1)}
        if choose.random() < 0.15:
            rejected = {"back_to": choose.choice([*own, step["id"]]), "at_most": 2}
            step["approval"] = {"by": "csm", "on_reject": rejected if choose.random() < 0.8 else {"end": "lost"}}
        steps.append(step)
    stage: Entry = {"id": name, "steps": steps}
    stage.update({"parallel": True} if choose.random() < 0.35 else {})
    if len(steps) > 1 and choose.random() < 0.3:
        chosen = choose.sample([step["id"] for step in steps], choose.randint(2, len(steps)))
        stage["choose"] = {choose.choice(("one_of", "one_of", "any_of")): chosen}
    return stage


def _branches(choose: random.Random, names: list[str], number: int) -> list[Entry]:
    targets = [name for name in (*names, "done", "lost") if name != names[number]]
    following = names[number + 1] if number + 1 < len(names) else "done"
    others = [name for name in targets if name != following]
    first: Entry = {"to": choose.choice(others), "when": "account.y"}
    if first["to"] in names[:number]:
        first["at_most"] = 2
    return [first, {"to": following, "otherwise": True}]


def _fill(choose: random.Random, plan: FlowPlan, *, once: bool) -> None:
    inclusive = {step for stage in plan.document["stages"] for step in stage.get("choose", {}).get("any_of", ())}
    steps = [step for stage in plan.document["stages"] for step in stage["steps"]]
    for item in ITEMS:
        for step in choose.sample(steps, 1 if once else min(2, len(steps))) if choose.random() < 0.95 else ():
            step.setdefault("captures" if "." in item else "produces", []).append(item)
            perhaps = (
                "need" in step or step["id"] in inclusive or step.get("for_each", {"at_least": 1})["at_least"] == 0
            )
            when = () if perhaps else _WHEN[step.get("when")]
            plan.filled.setdefault(item, []).append(Filling(f"step.{step['id']}", when))


def _read(choose: random.Random, plan: FlowPlan) -> None:
    for number, stage in enumerate(plan.document["stages"]):
        place: KeyPath = ("stages", number)
        for key, node in (("enter", "enter"), ("exit", "exit")):
            if choose.random() < 0.25:
                name = choose.choice(ITEMS[:2])
                stage[key] = [f'{name} == "v"']
                path: KeyPath = (*place, key, 0, "check")
                plan.reads.append(Expected("condition", name, path, f"{node}.{stage['id']}"))
        for at, step in enumerate(stage["steps"]):
            if choose.random() < 0.4:
                step["needs"] = choose.sample(ITEMS, choose.randint(1, 2))
                for index, name in enumerate(step["needs"]):
                    path = (*place, "steps", at, "needs", index)
                    when = _WHEN[step.get("when")]
                    plan.reads.append(Expected("need", name, path, f"step.{step['id']}", when=when))
        if "next" in stage and choose.random() < 0.4:
            name = choose.choice(ITEMS[:2])
            stage["next"][0]["when"] = f'{name} == "v"'
            path = (*place, "next", 0, "when")
            plan.reads.append(Expected("condition", name, path, f"exit.{stage['id']}", after=True))
    if choose.random() < 0.5:
        stage = choose.choice(plan.document["stages"])
        at_step = choose.random() < 0.5
        at_id = choose.choice(stage["steps"])["id"] if at_step else stage["id"]
        handoff: Entry = {"from": "ae", "to": "csm", "at": at_id, "payload": choose.sample(ITEMS, 2)}
        if choose.random() < 0.5:
            handoff["reject"] = {"back_to": stage["steps"][0]["id"], "at_most": 1}
        plan.document["handoffs"] = {"brief": handoff}
        node = f"step.{at_id}" if at_step else f"exit.{at_id}"
        for index, name in enumerate(handoff["payload"]):
            plan.reads.append(Expected("payload", name, ("handoffs", "brief", "payload", index), node, after=True))
