"""The KPIs of a workspace, and what their names say they measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbook.language.metrics import Kpi
from playbook.lint.kinds import metrics_of
from playbook.lint.words import named
from playbook.workspace import Document, Symbol, Workspace

_WORD = re.compile(r"[a-z0-9]+")


def kpis_of(document: Document) -> Iterator[tuple[str, Kpi]]:
    """The KPIs of a library by id; none of another document."""
    metrics = metrics_of(document)
    if metrics is not None:
        yield from metrics.kpis.items()


def kpi_name(id_: str, kpi: Kpi) -> str:
    """How messages name it: ``the KPI "Time-to-Value" (time_to_value)``."""
    return f"the KPI {named(kpi.title, id_)}"


def name_words(*names: str | None) -> frozenset[str]:
    """The words of ids and titles in lower case."""
    return frozenset(word for name in names if name for word in _WORD.findall(name.lower()))


def points(workspace: Workspace, kind: str, name: str) -> list[Symbol]:
    """What the playbooks declare under the name of a milestone or anchor; a KPI does not say in which one."""
    return [
        playbook.symbols[kind][name] for playbook in workspace.playbooks if name in playbook.symbols.get(kind, {})
    ]
