"""Texts for tools that customers read too: what is theirs, and what is for the team alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from playbook.plans.template import Template
from playbook.targets.files.notes import checklist_lines
from playbook.targets.projects.wording import description
from playbook.targets.projects.work import Work


def shared_text(work: Work, *, checklist: bool = True) -> str:
    """What the playbook says to whoever does the task: its description, and its checklist; without the key."""
    if work.task is None:
        return ""
    lines = checklist_lines(work.task.checklist if checklist else ())
    return "\n\n".join(filter(None, (work.task.description, "\n".join(lines))))


def team_notes(template: Template, work: Work, after: Iterable[str] = ()) -> str:
    """All else that is known: roles, conditions, promises, fields; the last line is the key."""
    task = replace(work.task, description="", checklist=()) if work.task else None
    return description(template, replace(work, task=task), after=after)
