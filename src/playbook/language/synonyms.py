"""Words that people write for keys of the language, and what they mean."""

from __future__ import annotations

from collections.abc import Collection

from playbook.text.suggest import nearest

_SYNONYMS: dict[str, tuple[str, ...]] = {
    "accountable": ("A", "accountable", "owner", "raci"),
    "actions": ("steps",),
    "activities": ("steps",),
    "assignee": ("R", "raci", "owner"),
    "channel": ("touch",),
    "condition": ("when",),
    "conditions": ("when",),
    "consulted": ("C", "raci"),
    "criteria": ("exit",),
    "deadline": ("due", "within"),
    "depends_on": ("after",),
    "dependencies": ("after",),
    "due_date": ("due",),
    "duration": ("takes", "lasts"),
    "else": ("otherwise",),
    "entry": ("enter",),
    "entry_criteria": ("enter",),
    "exit_criteria": ("exit",),
    "followed_by": ("next",),
    "goes_to": ("to", "next"),
    "if": ("when",),
    "informed": ("I", "raci"),
    "label": ("title", "do"),
    "manager": ("reports_to",),
    "name": ("title", "do"),
    "outputs": ("produces",),
    "inputs": ("needs",),
    "owner": ("owner", "raci", "accountable"),
    "owners": ("raci",),
    "phases": ("stages",),
    "requires": ("needs", "after"),
    "responsible": ("R", "raci"),
    "role": ("raci",),
    "roles": ("raci",),
    "sender": ("from",),
    "receiver": ("to",),
    "summary": ("description",),
    "task": ("do",),
    "tasks": ("steps",),
    "text": ("description",),
    "tool": ("system",),
}
"""By the word, folded: the keys that it may stand for, the likeliest first."""


def meant_key(word: str, keys: Collection[str]) -> str | None:
    """The one of ``keys`` that a word was probably meant to be: a slip of the hand, or another word for it."""
    near = nearest(word, keys)
    if near is not None:
        return near
    folded = word.casefold().replace("-", "_").replace(" ", "_")
    return next((key for key in _SYNONYMS.get(folded, ()) if key in keys), None)
