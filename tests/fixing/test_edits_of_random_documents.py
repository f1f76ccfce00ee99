"""Whatever a document looks like: an edit changes just what it is to change, or is refused."""

from __future__ import annotations

import random
import sys
from collections import Counter
from pathlib import Path

from changed_values import after, any_change, changed, comments_of, marked, same_but_empty, value_of
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.fixing.changes import Remove, Reword
from playbook.reader import read_values
from playbook.text.scalars import Plain
from playbook.text.spans import SourceText

sys.path += [str(Path(__file__).parents[1] / folder) for folder in ("reader", "formatting")]
from scribble import Scribbler
from yaml_emitter import emit

MADE: Counter[str] = Counter()


def check(seed: int, text: str) -> None:
    if read_values(SourceText("x.yaml", text)).diagnostics:
        return
    value = value_of(text)
    change = any_change(random.Random(seed), value)
    if change is None:
        return
    new = after(text, change)
    kind = type(change).__name__
    MADE[f"{kind} {'refused' if new is None else 'made'}"] += 1
    if new is None:
        return
    found, wanted = value_of(new), changed(value, change)
    context = f"{change}\n--- before\n{text}\n--- after\n{new}"
    if isinstance(change, Remove):
        assert same_but_empty(found, wanted), context
        assert comments_of(new) <= comments_of(text), context
    elif isinstance(change, Reword) and isinstance(_at(value, change), Plain):
        assert marked(found) == marked(wanted) or found == wanted, context
    else:
        assert marked(found) == marked(wanted), context
    if not isinstance(change, Remove):
        assert comments_of(new) == comments_of(text), context
    assert text.count("\r\n") == 0 or "\n" not in new.replace("\r\n", "").strip("\n") or "\\n" in text, context


def _at(value: object, change: Reword) -> object:
    for step in change.path:
        value = value[step]  # type: ignore[index]
    return value


@settings(max_examples=400)
@given(st.integers(0, 10**9))
def test_documents_in_all_styles(seed: int) -> None:
    check(seed, emit(seed).text)


@settings(max_examples=400)
@given(st.integers(0, 10**9))
def test_documents_of_untidy_authors(seed: int) -> None:
    rng = random.Random(seed)
    value = emit(seed, rare=False, anchors=False).value
    if isinstance(value, dict):
        check(seed, Scribbler(rng).document(value))


def test_most_edits_are_made() -> None:
    """A check of the checks: that edits are refused everywhere would pass unseen."""
    MADE.clear()
    for seed in range(400):
        check(seed, emit(seed, anchors=False).text)
    for kind in ("Put", "Add", "Remove", "Rename", "Quote", "Reword"):
        made, refused = MADE[f"{kind} made"], MADE[f"{kind} refused"]
        assert made > 5, (kind, made, refused)
