"""The search over everything: one file with all names and where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterator

from playbook.formats.page.engine import clean
from playbook.site.contents import Area, Contents, Entry
from playbook.site.facts import variant_title
from playbook.site.findings import told
from playbook.text.ids import words_of

Found = tuple[str, str, str, str, str]
"""The kind of thing, its name, what else is known by it, the page, and the place on the page."""


def index_of(contents: Contents) -> bytes:
    """The file, as a script: a page that is opened from a disk may load nothing else."""
    pages: dict[str, int] = {}
    rows = []
    for kind, name, more, page, anchor in _everything(contents):
        rows.append([kind, clean(name), clean(more), pages.setdefault(page, len(pages)), anchor])
    text = json.dumps({"pages": list(pages), "found": rows}, separators=(",", ":"))
    return f"window.PLAYBOOK_SEARCH={text};\n".encode()


def _everything(contents: Contents) -> Iterator[Found]:
    for area in contents.areas:
        for family in area.families:
            yield from _of_playbook(family.main, "")
            for variant in family.variants:
                title = variant_title(variant)
                yield "Variant", variant.playbook.title, title, variant.path, ""
        if contents.internal:
            yield from _of_area(area)
    if not contents.internal:
        return
    for entry in contents.entries:
        if entry.playbook.variant is None:
            for each in told(entry.subject.findings, contents.results):
                yield "Finding", each.message, f"{each.code}, {entry.playbook.title}", entry.path, each.anchor


def _of_playbook(entry: Entry, more: str) -> Iterator[Found]:
    playbook = entry.playbook
    yield "Playbook", playbook.title, more, entry.path, ""
    for id_, stage in playbook.stages.items():
        tasks = playbook.tasks_by_stage[id_]
        # A stage without steps has no place in the task list.
        yield "Stage", stage.label, playbook.title, entry.path, f"stage.{id_}" if tasks else ""
        for task in tasks:
            label = playbook.steps[task.step].label
            yield "Step", label, f"{stage.label}, {playbook.title}", entry.path, f"step.{task.step}"


def _of_area(area: Area) -> Iterator[Found]:
    symbols = area.compiled.workspace.symbols
    for kind, name, anchor in (("role", "Role", "roles"), ("kpi", "KPI", "kpis"), ("field", "Field", "tracking")):
        for id_, symbol in symbols[kind].items():
            title = getattr(symbol.value, "title", None) or words_of(id_.replace(".", " "))
            yield name, title, area.title, area.path, f"{anchor}.{id_}"
