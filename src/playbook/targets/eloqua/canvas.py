"""A campaign canvas of Eloqua: elements with their places, connected from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from playbook.plans.template import TaskTemplate, Template
from playbook.targets.files.offsets import due_in_words, seconds_of
from playbook.targets.files.short_text import in_one_line, shortened

MOST_NAME = 100
"""Characters of a name. Recalled: Eloqua's limit for names of assets was not found."""
_COLUMN, _BESIDE, _TOP, _ROW = 200, 480, 60, 110
_FIRST_TERMINAL = 500_001

Element = dict[str, Any]


def short(text: str) -> str:
    """A name as Eloqua takes it: one line, cut with an ellipsis."""
    return shortened(in_one_line(text), MOST_NAME)


@dataclass(slots=True)
class Canvas:
    """Elements from top to bottom, with new ids: negative numbers as texts, as Oracle's tutorial has them.

    What is under a condition stands beside the flow and is connected to nothing, so that nobody gets it before a
    person has drawn the decision.
    """

    template: Template
    emails: dict[str, str]
    """Ids of e-mails in Eloqua by step or by asset."""
    segment: str | None
    elements: list[Element] = field(default_factory=list)

    def drawn(self, anchor: str, tasks: list[TaskTemplate]) -> list[Element]:
        """The flow of the steps that count from an anchor: a segment, then waits and e-mails in order of time."""
        timed = sorted(
            ((self._seconds(task), task) for task in tasks), key=lambda each: (each[0], each[1].position)
        )
        now = min(0, timed[0][0]) if timed else 0
        flow = [self._segment(anchor, now, timed)]
        for seconds, group in groupby(timed, key=lambda each: each[0]):
            same = [task for _, task in group]
            if seconds > now:
                flow.append(self._wait(seconds - now, same))
                now = seconds
            for task in same:
                email = self._email(task)
                if task.condition:
                    self._place(email, _BESIDE)
                else:
                    self._place(email, _COLUMN)
                    flow.append(email)
        _connect(flow)
        return self.elements

    def _seconds(self, task: TaskTemplate) -> int:
        return seconds_of(self.template, task.due) if task.due else 0

    def _segment(self, anchor: str, begins: int, timed: list[tuple[int, TaskTemplate]]) -> Element:
        title = self.template.anchors[anchor].title
        before = f"{_length(-begins)} before {title}" if begins else title
        recurring = {"isRecurring": "true", "reEvaluationFrequency": "86400"}
        element = self._new(
            "CampaignSegment", f"Contacts of accounts: {before}", recurring | {"isFinished": "false"}
        )
        element["description"] = f"Enters on: {before}. Leads to {_counted(len(timed), 'e-mail')}."
        if self.segment:
            element["segmentId"] = self.segment
        self._place(element, _COLUMN)
        return element

    def _wait(self, seconds: int, ahead_of: list[TaskTemplate]) -> Element:
        element = self._new("CampaignWaitAction", f"Wait {_length(seconds)}", {"waitFor": str(seconds)})
        element["description"] = "; ".join(
            f"{task.title}: {due_in_words(self.template, task)}" for task in ahead_of
        )
        self._place(element, _COLUMN)
        return element

    def _email(self, task: TaskTemplate) -> Element:
        fields = {
            "sendTimePeriod": "sendAllEmailAtOnce",
            "includeListUnsubscribeHeader": "true",
            "isAllowingResend": "false",
            "isAllowingSentToMasterExclude": "false",
            "isAllowingSentToUnsubscribe": "false",
        }
        element = self._new("CampaignEmail", task.title, fields)
        element["description"] = "\n".join(_told(self.template, task))
        email = self.emails.get(task.step) or (self.emails.get(task.asset) if task.asset else None)
        if email:
            element["emailId"] = email
        return element

    def _new(self, type_: str, name: str, fields: dict[str, str]) -> Element:
        return {
            "type": type_,
            "id": "",
            "name": short(name),
            "description": "",
            "position": {},
            "outputTerminals": [],
            **fields,
        }

    def _place(self, element: Element, x: int) -> None:
        """Below what is there already; ids are given in the order of the canvas."""
        element["id"] = str(-len(self.elements) - 1)
        element["position"] = {"type": "Position", "x": str(x), "y": str(_TOP + _ROW * len(self.elements))}
        self.elements.append(element)


def _length(seconds: int) -> str:
    """``1 day and 2 hours``; what is less than a minute is left out."""
    minutes = seconds // 60
    parts = (("day", minutes // 1440), ("hour", minutes // 60 % 24), ("minute", minutes % 60))
    return " and ".join(_counted(count, unit) for unit, count in parts if count) or _counted(0, "minute")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _connect(flow: list[Element]) -> None:
    for at, (element, following) in enumerate(pairwise(flow)):
        element["outputTerminals"] = [
            {
                "type": "CampaignOutputTerminal",
                "id": str(-_FIRST_TERMINAL - at),
                "terminalType": "out",
                "connectedId": following["id"],
                "connectedType": following["type"],
            }
        ]


def _told(template: Template, task: TaskTemplate) -> Iterator[str]:
    if task.description:
        yield task.description
    yield f"Due: {due_in_words(template, task)}"
    if task.condition:
        yield f"Only if: {task.condition}. Connect it behind a decision."
    if task.asset:
        yield f"Content: {task.asset}"
    yield f"Key: {task.key}"
