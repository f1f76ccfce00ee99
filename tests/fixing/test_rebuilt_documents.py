"""What is told from nodes that are there already is what a reading of its own would tell."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from mending import real_workspaces

from playbook.reader.compose import compose
from playbook.reader.concrete import Collection, Leaf, Part
from playbook.reader.transcribe import rebuild, transcribe
from playbook.text.spans import SourceText

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("reader", "formatting")]
from scribble import Scribbler
from yaml_emitter import emit


def told(part: Part | None, text: str) -> object:
    """A tree as plain values. Blank lines behind a block text are nobody's."""
    if part is None:
        return None
    if isinstance(part, Leaf):
        end = len(text[: part.end].rstrip()) if part.is_block else part.end
        return (part.start, max(part.start, end), part.style, part.value, part.properties, part.anchor)
    entries = [
        (entry.start, told(entry.key, text), told(entry.value, text), len(text[: entry.end].rstrip()))
        for entry in part.entries
    ]
    assert isinstance(part, Collection)
    end = part.end if part.flow else len(text[: part.end].rstrip())
    return (part.start, end, part.flow, part.is_mapping, part.column, entries)


def same(text: str) -> bool:
    """Whether both tell the same; ``False`` if the nodes do not tell enough."""
    source = SourceText("x", text)
    composition = compose(source)
    if composition.findings or composition.root is None:
        return False
    rebuilt = rebuild(source, composition.root)
    if rebuilt is None:
        return False
    read = transcribe(source)
    assert told(rebuilt.root, text) == told(read.root, text), text
    assert rebuilt.comments == read.comments, text
    assert (rebuilt.opened, rebuilt.closed) == (read.opened, read.closed)
    return True


@settings(max_examples=200)
@given(st.integers(0, 10**9))
def test_random_documents(seed: int) -> None:
    same(emit(seed, anchors=False).text)
    same(emit(seed).text)


@settings(max_examples=200)
@given(st.integers(0, 10**9))
def test_untidy_documents(seed: int) -> None:
    value = emit(seed, rare=False, anchors=False).value
    if isinstance(value, dict):
        same(Scribbler(random.Random(seed)).document(value))


def test_real_files() -> None:
    texts = [text for files in real_workspaces().values() for text in files.values()]
    assert sum(map(same, texts)) > len(texts) * 0.9
