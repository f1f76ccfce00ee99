"""``task-json``: templates and plans as JSON, version 1, with all that they hold.

``tasks.v1.schema.json`` beside this file describes it; keys are only ever added.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.json_text import json_bytes
from playbook.targets.files.stable import account_file
from playbook.targets.standards.plain_data import plan_data, template_data
from playbook.targets.target import FULL, Evidence, File, Option, Settings, Target

_MOST_BYTES = 32_000_000
"""How large a file of lines becomes before the next one begins."""

_KEYS = "`key` of a task"

TARGET = Target(
    name="task-json",
    title="Tasks as JSON",
    tool="programs of your own",
    what="Templates and plans with all that they hold, for programs of your own.",
    form="JSON",
    group="Standards",
    modes=("template", "plan"),
    carries={
        "stages": FULL,
        "offsets": FULL,
        "business_days": FULL,
        "start_dates": FULL,
        "durations": FULL,
        "roles": FULL,
        "people": FULL,
        "raci": FULL,
        "dependencies": FULL,
        "lags": FULL,
        "conditions": FULL,
        "checklists": FULL,
        "descriptions": FULL,
        "means": FULL,
        "custom_fields": FULL,
        "approvals": FULL,
        "milestones": FULL,
        "handoffs": FULL,
        "routines": FULL,
        "for_each": FULL,
        "repeats": FULL,
        "slas": FULL,
        "variants": FULL,
        "keys": FULL,
    },
    updates=True,
    how=(
        "Read it with any JSON library; `version` is 1, and `kind` says whether it is a template or a plan.",
        "A plan names its template, which is written beside it; a task of a plan names its step there.",
        "Match by `key` at a later export.",
    ),
    options=(
        Option(
            "files",
            "A file for each account, or files with a plan on each line (JSON Lines).",
            "account",
            ("account", "lines"),
        ),
    ),
    evidence=(
        Evidence(
            "The files are as the schema says, and hold all that templates and plans do",
            "proven",
            "jsonschema (draft 2020-12), and read back into the same templates and plans in the tests",
        ),
    ),
    keys={"template": _KEYS, "plan": _KEYS},
)


def template(template: Template, settings: Settings) -> Iterator[File]:
    """The template as one object."""
    del settings
    yield _template_file(template)


def plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]:
    """The plans, and ahead of the first of each template that template."""
    seen: set[str] = set()
    lines = _Lines()
    for each in plans:
        if each.template.name not in seen:
            seen.add(each.template.name)
            yield _template_file(each.template)
        if settings["files"] == "account":
            yield File(account_file(each, ".plan.json"), json_bytes(plan_data(each)))
        else:
            yield from lines.add(each)
    yield from lines.rest()


def _template_file(template: Template) -> File:
    return File(f"{template.name}.template.json", json_bytes(template_data(template)))


class _Lines:
    """Plans as lines of JSON, in files of a bounded size."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._size = 0
        self._number = 1

    def add(self, plan: Plan) -> Iterator[File]:
        text = json.dumps(plan_data(plan), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        line = text.encode("utf-8", "backslashreplace") + b"\n"
        if self._lines and self._size + len(line) > _MOST_BYTES:
            yield from self.rest()
        self._lines.append(line)
        self._size += len(line)

    def rest(self) -> Iterator[File]:
        if self._lines:
            name = f"plans{f'-{self._number}' if self._number > 1 else ''}.jsonl"
            yield File(name, b"".join(self._lines))
            self._lines, self._size, self._number = [], 0, self._number + 1
