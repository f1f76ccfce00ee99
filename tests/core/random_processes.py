"""Random playbooks with all that orders work, the same for the same seed, and their processes."""

from __future__ import annotations

import json
import random
from typing import Any

from playbook.compiler.desugar import desugar
from playbook.compiler.documents import open_document
from playbook.core.net import Net
from playbook.core.process import Process
from playbook.core.token_game import net_of
from playbook.language.playbook import Playbook
from playbook.text.spans import SourceText

Entry = dict[str, Any]


def random_process(seed: int, stages: int = 4, steps: int = 4, odd: float = 1.0) -> Process:
    """The process of a playbook with up to so many stages of up to so many steps.

    ``odd`` is how often ways lead back, across and out at random: hardly ever in a good playbook (0.05).
    """
    text = json.dumps(random_playbook(random.Random(seed), stages, steps, odd))
    opened = open_document(SourceText("random.yaml", text), explicit=True)
    assert opened is not None
    assert not opened.diagnostics, text
    assert isinstance(opened.document.model, Playbook)
    return desugar(opened.document.model)


def random_process_net(seed: int) -> Net:
    """The net of a random process that can be played."""
    net = None
    while net is None:
        choose = random.Random(seed)
        net = net_of(random_process(seed, choose.randint(1, 4), choose.randint(1, 4), choose.choice((0.1, 1, 2))))
        seed += 1_000_003
    return net


def random_playbook(choose: random.Random, stages: int, steps: int, odd: float) -> Entry:
    """A playbook as it would be read from a file."""
    names = [f"stage{number}" for number in range(stages)]
    ends: Entry = {"done": {"success": True}, "lost": {}}
    playbook: Entry = {"playbook": "random", "ends": ends, "stages": [], "handoffs": {}, "interrupts": {}}
    known: list[str] = []
    for number, name in enumerate(names):
        playbook["stages"].append(_stage(choose, name, choose.randint(1, steps), known, odd))
        _stage_order(choose, playbook["stages"][-1], names, number, odd)
    for name in names:
        if choose.random() < 0.15 * odd:
            reject: Entry = {"back_to": choose.choice(known)} if choose.random() < 0.8 else {"end": "lost"}
            at = choose.choice((name, choose.choice(known)))
            playbook["handoffs"][f"handoff_{name}"] = {"from": "ae", "to": "csm", "at": at, "reject": reject}
    if choose.random() < 0.3 * odd:
        leads: Entry = {"to": choose.choice(names)} if choose.random() < 0.7 else {"end": "lost"}
        playbook["interrupts"]["changed"] = {"event": "deal.changed", **leads}
    return playbook


def _stage(choose: random.Random, name: str, count: int, known: list[str], odd: float) -> Entry:
    stage: Entry = {"id": name, "parallel": choose.random() < 0.4, "steps": []}
    own: list[str] = []
    for number in range(count):
        step: Entry = {"id": f"{name}_step{number}", "do": "Do it"}
        if choose.random() < 0.3:
            step["when"] = "account.big"
        if own and choose.random() < 0.3:
            step["after"] = choose.sample(own, choose.randint(1, min(2, len(own))))
        elif known and choose.random() < 0.08 * odd:
            step["after"] = choose.choice(known)
        own.append(step["id"])
        known.append(step["id"])
        if choose.random() < 0.2:
            back = (
                choose.choice(known if choose.random() < 0.2 * odd else own) if choose.random() < odd else own[-1]
            )
            step["approval"] = {"by": "csm", "on_reject": {"back_to": back, "at_most": 2}}
        stage["steps"].append(step)
    if len(own) > 1 and choose.random() < 0.25:
        kind = choose.choice(("one_of", "any_of"))
        stage["choose"] = [{kind: choose.sample(own, choose.randint(2, min(3, len(own))))}]
    return stage


def _stage_order(choose: random.Random, stage: Entry, names: list[str], number: int, odd: float) -> None:
    if number and choose.random() < 0.2:
        stage["overlaps"] = names[number - 1] if choose.random() < 0.8 else choose.choice(names[:number])
    if choose.random() < 0.25 * odd:
        following = names[number + 1] if number + 1 < len(names) else "done"
        other = choose.choice([*names, "lost", "done"])
        stage["next"] = [{"to": other, "when": "account.big", "at_most": 2}, {"to": following, "otherwise": True}]
        if choose.random() < 0.3:
            stage["next"].insert(0, {"to": choose.choice(names), "when": "account.late", "at_most": 1})
