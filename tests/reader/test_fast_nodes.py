"""The hot path to places: it gives the nodes of the careful reading, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml_emitter import emit

from playbook.reader.compose import compose
from playbook.reader.events import has_c_parser
from playbook.reader.fast_nodes import fast_nodes
from playbook.reader.nodes import Mapping, Node, Scalar
from playbook.text.spans import SourceText

pytestmark = pytest.mark.skipif(not has_c_parser(), reason="the hot path needs libyaml")

_FILES = sorted(Path(__file__).parents[2].glob("playbooks/**/*.yaml"))
_PIECES = (
    "a",
    "b: ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ": ",
    "\n",
    "  ",
    "- ",
    "? ",
    "| \n",
    ">\n",
    '"',
    "'",
    "#",
    "~",
    "x:y",
    "é",
)


def _shape(node: Node | None) -> object:
    """All that positions are told from."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return (node.start, node.end, node.text, node.style, node.is_text)
    entries = (
        [(key, _shape(found[0])) for key, found in node.entries.items()] if isinstance(node, Mapping) else None
    )
    return (type(node), node.start, node.end, node.flow, [_shape(child) for child in node.children], entries)


def _same_or_unusual(text: str) -> bool:
    """Whether the hot path reads a text; what it reads must be what the careful reading gives."""
    careful = compose(SourceText("a.yaml", text))
    try:
        found = fast_nodes(text)
    except Exception:
        return False
    assert not careful.findings, text
    assert _shape(found) == _shape(careful.root), text
    return True


@given(st.integers(0, 10**6), st.booleans())
def test_random_documents(seed: int, rare: bool) -> None:
    _same_or_unusual(emit(seed, rare=rare).text)


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_random_texts(text: str) -> None:
    _same_or_unusual(text)


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_shipped_files_take_the_hot_path(path: Path) -> None:
    assert _same_or_unusual(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x",
        "a: 1\na: 2",
        "<<: {a: 1}",
        "{a:1}",
        "a: !!str 1",
        "---\na: 1\n---\nb: 2",
        "? [a]\n: 1",
        "~: 1",
    ],
)
def test_what_is_unusual_is_left_to_the_careful_reading(text: str) -> None:
    assert not _same_or_unusual(text)
