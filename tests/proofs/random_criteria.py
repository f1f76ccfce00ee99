"""Random small playbooks over few fields, the same for the same seed, as data from which their text is written.

``wild`` playbooks have conditions of all kinds; in others it is plain what lasts: what has happened, and what
steps have filled, stands in criteria of its own.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field

SEGMENTS: tuple[dict[str, str | None], ...] = (
    {"small": "account.seats < 2", "large": None},
    {"small": 'account.tier == "a"', "medium": 'account.tier == "b"', "large": None},
    {"small": "account.big", "large": "not account.big"},
)
"""Segments with their conditions; the one without is ``otherwise``."""


@dataclass
class Branch:
    """A way out; without a condition it is ``otherwise``."""

    to: str
    when: str | None


@dataclass
class Stage:
    """A stage; criteria are pairs of a condition and whether it may be waived."""

    id: str
    enter: list[tuple[str, bool]] = field(default_factory=list)
    exit: list[tuple[str, bool]] = field(default_factory=list)
    whens: list[str | None] = field(default_factory=lambda: [None])
    """The conditions of its steps."""
    fills: bool = False
    """Whether its first step captures ``account.fit``."""
    overlaps: bool = False
    """Whether it overlaps the stage ahead of it."""
    next: list[Branch] = field(default_factory=list)


@dataclass
class Interrupt:
    """A way out of some stages to another."""

    when: str
    stages: list[str]
    to: str


@dataclass
class Plan:
    """What is written of a playbook."""

    stages: list[Stage]
    segments: dict[str, str | None] = field(default_factory=dict)
    interrupt: Interrupt | None = None
    variant: bool = False

    def text(self) -> str:
        """The playbook as YAML."""
        document: dict[str, object] = {
            "playbook": "random",
            "anchors": {"closed_won": {"event": "deal.closed_won", "start": True}},
            "milestones": {"value": {"event": "account.first_report"}},
            "ends": {"done": {"success": True}, "lost": {}},
            "segments": {
                id_: {"when": when} if when else {"otherwise": True} for id_, when in self.segments.items()
            },
            "stages": [_stage(stage, self.stages[index - 1]) for index, stage in enumerate(self.stages)],
        }
        if self.interrupt:
            document["interrupts"] = {"changed": vars(self.interrupt)}
        if self.variant:
            document["variants"] = {"light": {"for": "small"}}
        return "".join(f"{key}: {json.dumps(value)}\n" for key, value in document.items() if value)


def _stage(stage: Stage, before: Stage) -> dict[str, object]:
    steps: list[dict[str, object]] = [{"id": f"{stage.id}_{at}", "do": "Do it"} for at in range(len(stage.whens))]
    for step, when in zip(steps, stage.whens, strict=True):
        step.update({"when": when} if when else {})
    if stage.fills:
        steps[0]["captures"] = "account.fit"
    written: dict[str, object] = {"id": stage.id, "steps": steps}
    for key, criteria in (("enter", stage.enter), ("exit", stage.exit)):
        texts = [{"check": text, "waivable": {"by": "csm"}} if waived else text for text, waived in criteria]
        written.update({key: texts} if texts else {})
    if stage.overlaps:
        written["overlaps"] = before.id
    if stage.next:
        written["next"] = [
            {"to": way.to, "when": way.when} if way.when else {"to": way.to, "otherwise": True}
            for way in stage.next
        ]
    return written


# -- conditions ------------------------------------------------------------------------------------------


@dataclass
class Words:
    """What the conditions of one playbook are made of."""

    choose: random.Random
    segments: dict[str, str | None]
    moments: list[str]
    wild: bool = False
    fit: bool = False

    def atom(self) -> str:
        """A condition on one field that may change at any time."""
        choose = self.choose
        kinds = ["big", "late", "tier", "tier", "seats", "seats"] + ["segment"] * (2 if self.segments else 0)
        kind = choose.choice([*kinds, "moment", "fit"] if self.wild else kinds)
        if kind == "tier":
            return choose.choice(
                ['account.tier == "{}"', 'account.tier != "{}"', 'account.tier in ["{}", "{}"]']
            ).format(*choose.sample("abc", 2))
        if kind == "seats":
            form = choose.choice(["account.seats {} {}", "{1} < account.seats <= 3", "account.seats {} {}"])
            return form.format(choose.choice(["<", "<=", ">", ">=", "==", "!="]), choose.randint(0, 3))
        if kind == "segment":
            return f'account.segment {choose.choice(["==", "!="])} "{choose.choice(list(self.segments))}"'
        if kind in ("moment", "fit"):
            return choose.choice(self.moments) if kind == "moment" or not self.fit else 'account.fit == "good"'
        return f"account.{kind}"

    def condition(self, depth: int = 2) -> str:
        """Atoms with and, or and not."""
        kind = self.choose.choice(["atom", "atom", "and", "or", "not"]) if depth else "atom"
        if kind == "atom":
            return self.atom()
        if kind == "not":
            return f"not ({self.condition(depth - 1)})"
        return f"({self.condition(depth - 1)} {kind} {self.condition(depth - 1)})"

    def criterion(self) -> str:
        """One of a gate: of what lasts, or of what may change."""
        kind = self.choose.random()
        if kind < 0.3:
            return self.choose.choice(self.moments)
        if kind < 0.55 and self.fit:
            return self.choose.choice(['account.fit == "good"', 'account.fit != "good"', 'account.fit == "poor"'])
        both = kind > 0.9 and not self.wild
        return f"{self.condition(1)} and {self.choose.choice(self.moments)}" if both else self.condition()

    def criteria(self) -> list[tuple[str, bool]]:
        """Those of a gate: none to two, of which few may be waived."""
        count = self.choose.choice([0, 1, 1, 2])
        return [(self.criterion(), self.choose.random() < 0.15) for _ in range(count)]


# -- playbooks -------------------------------------------------------------------------------------------

SHAPES = ("sequence", "overlaps", "branches", "tree")


def random_plan(
    seed: int, *, wild: bool, shapes: tuple[str, ...] = SHAPES, interrupt: bool = False, given: bool = True
) -> Plan:
    """A playbook of two to four stages.

    In a ``tree`` every way leads elsewhere; other ``branches`` meet again or lead back. ``given`` lets
    conditions ask for the event with which the journey starts.
    """
    choose = random.Random(seed)
    shape = choose.choice(shapes)
    segments = choose.choice(({}, *SEGMENTS))
    moments = ["account.trained", choose.choice(["value.reached", "account.first_report"])]
    moments += ["deal.closed_won"] if given else []
    if wild or shape == "sequence":
        moments += ["value.reached", "account.first_report"]
    fit = not interrupt and (shape == "sequence" or (wild and shape != "overlaps"))
    words = Words(choose, segments, moments, wild)
    count = choose.randint(2, 4)
    # What nothing fills comes from nobody knows where, and may change.
    fillers = set(choose.sample(range(count), choose.choice([1, 1, 2]))) if fit else set()
    stages: list[Stage] = []
    for number in range(count):
        # Unless anything goes, what is filled is asked for only once nobody fills it any more.
        words.fit = bool(fillers) and (wild or number > max(fillers))
        enter = words.criteria()
        words.fit = bool(fillers) and (wild or number >= max(fillers))
        whens = [None, words.condition() if wild else words.atom()]
        stages.append(Stage(f"s{number}", enter, words.criteria(), whens, number in fillers))
    if shape == "overlaps":
        for stage in stages[1:]:
            stage.overlaps = choose.random() < 0.6
    if shape in ("branches", "tree"):
        _branch(words, stages, tree=shape == "tree")
    plan = Plan(stages, segments, variant=bool(segments) and choose.random() < 0.4)
    if interrupt:
        ids = [stage.id for stage in stages]
        when = words.condition() if choose.random() < 0.5 else choose.choice(moments)
        plan.interrupt = Interrupt(when, choose.sample(ids, choose.randint(1, len(ids))), choose.choice(ids))
    return plan


def _branch(words: Words, stages: list[Stage], *, tree: bool) -> None:
    choose = words.choose
    ids = [stage.id for stage in stages]
    free = ids[1:]
    for stage in stages:
        targets = ["done", "lost", *(each for each in (free if tree else ids) if each != stage.id)]
        if tree:
            free = [each for each in free if each > stage.id]
            targets = ["done", "lost", *free]
        if tree or choose.random() < 0.6:
            count = min(choose.choice([1, 2, 2, 2, 3]), len(targets))
            chosen = sorted(choose.sample(targets, count), reverse=True)
            if free and free[0] not in chosen and stage is stages[0]:
                chosen[0] = free[0]
            stage.next = [Branch(to, words.condition()) for to in chosen]
            if choose.random() < 0.5:
                stage.next[-1].when = None
            free = [each for each in free if each not in chosen]
