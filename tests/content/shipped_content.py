"""What the tests of the shipped content share: compiling, cores as small graphs, sources as graphs."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from playbook.compiler.compile import Compiled, compile_paths
from playbook.diagnostics import Diagnostic
from playbook.lint.catalogue import built_in
from playbook.lint.engine import lint
from playbook.lint.rule import Context
from playbook.workspace import CompiledPlaybook

REPOSITORY = Path(__file__).parents[2]
SHARED = REPOSITORY.parent / "shared"
TODAY = datetime.date(2026, 12, 1)

Edges = set[tuple[str, str]]


def source_text(*parts: str) -> str:
    """A file of the collected sources, which are not part of the repository."""
    path = SHARED.joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"the source {'/'.join(parts)} is not at hand; it lies outside the repository")
    return path.read_text(encoding="utf-8")


@functools.cache
def compiled(folder: str) -> Compiled:
    """A workspace of the repository."""
    (found,) = compile_paths([REPOSITORY / folder], REPOSITORY)
    return found


def playbook_of(folder: str, id_: str) -> CompiledPlaybook:
    """One playbook of a workspace of the repository."""
    return next(playbook for playbook in compiled(folder).workspace.playbooks if playbook.id == id_)


def findings(folder: str) -> tuple[Diagnostic, ...]:
    """What `playbook check` finds under the workspace's own configuration."""
    found = compiled(folder)
    return lint(found.workspace, built_in().chosen(found.config), found.config, Context(TODAY))


def place_lines(folder: str, found: tuple[Diagnostic, ...]) -> list[str]:
    """Findings as file, code and what they are about: stable when messages are reworded or lines move."""
    return [
        f"{Path(item.place.file).name} {item.code} "
        + _subject(compiled(folder).sources[item.place.file].text.splitlines(), item.place.span.start.line - 1)
        for item in found
    ]


def _subject(lines: list[str], at: int) -> str:
    """The line that a finding points at; for letters, also the line of what they belong to."""
    line = lines[at]
    text = re.sub(r"\s+#.*$", "", line).strip()
    if not text.startswith("raci:"):
        return text
    depth = len(line) - len(line.lstrip())
    above = next(
        other for other in reversed(lines[:at]) if other.strip() and len(other) - len(other.lstrip()) < depth
    )
    return f"{above.strip()} / {text}"


# -- graphs --------------------------------------------------------------------------------------

_NODE = r"(\w+)(?:\s*[\[({]+[^\])}]*[\])}]+)?"
_EDGE = re.compile(rf"^\s*{_NODE}\s*(?:--[^>|\n]*?-->|-->)\s*(?:\|[^|]*\|\s*)?{_NODE}\s*$")


def mermaid_edges(text: str, number: int = 0) -> Edges:
    """The edges of one of the flowcharts in a Markdown text."""
    block = re.findall(r"```mermaid\n(.*?)```", text, re.DOTALL)[number]
    edges: Edges = set()
    for line in block.splitlines()[1:]:
        if not line.strip():
            continue
        match = _EDGE.match(line)
        assert match, f"not read as an edge: {line}"
        edges.add((match[1], match[2]))
    return edges


def nodes_of(edges: Edges) -> set[str]:
    """All ends of all edges."""
    return {node for edge in edges for node in edge}


def core_edges(playbook: CompiledPlaybook, box_of: Mapping[str, str]) -> Edges:
    """The core's flows between the boxes of a source.

    Several nodes may stand for one box. Nodes that stand for none (the frames of stages, joins) are
    passed through. A forbidden step is no task; it is put on the way at the place where it is written.
    """
    following: dict[str, set[str]] = {node: set() for node in playbook.process.nodes}
    for flow in playbook.process.flows:
        following[flow.source].add(flow.target)
    for stage in playbook.model.stages:
        for before, step in zip(stage.steps, stage.steps[1:], strict=False):
            if step.need == "forbidden":
                following[f"step.{step.id}"] = following[f"step.{before.id}"]
                following[f"step.{before.id}"] = {f"step.{step.id}"}
    unknown = sorted(set(box_of) - set(following))
    assert not unknown, f"no such nodes: {unknown}"
    edges: Edges = set()
    for node, box in box_of.items():
        for target in _next_boxes(node, following, box_of):
            if target != box:
                edges.add((box, target))
    return edges


def _next_boxes(node: str, following: Mapping[str, set[str]], box_of: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    seen: set[str] = set()
    pending = list(following[node])
    while pending:
        here = pending.pop()
        if here in box_of:
            found.add(box_of[here])
        elif here not in seen:
            seen.add(here)
            pending.extend(following[here])
    return found


def tables_of(text: str) -> list[list[list[str]]]:
    """The pipe tables of a Markdown text: rows of cells, the header first, without the ruler."""
    tables: list[list[list[str]]] = []
    current: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if line.strip().startswith("|"):
            cells = [cell.strip().replace("**", "") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
            if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
                current.append(cells)
        elif current:
            tables.append(current)
            current = []
    return tables
