"""A slip of the hand in a real file is mended to what stood there, or left to people; nothing else changes."""

from __future__ import annotations

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st
from mending import assert_sound, mended, real_workspaces

SEEDS = st.integers(0, 2**40)


def names_only(code: str) -> bool:
    return code[:3] in ("SCH", "REF")


def slipped(rng: random.Random, word: str) -> str:
    at = rng.randrange(1, len(word) - 1)
    return {
        "swap": f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}",
        "drop": word[:at] + word[at + 1 :],
        "double": word[:at] + word[at] + word[at:],
        "other": word[:at] + rng.choice("qxzk") + word[at + 1 :],
        "hyphen": word.replace("_", "-"),
    }[rng.choice(["swap", "drop", "double", "other", "hyphen"])]


def spoiled(rng: random.Random, text: str) -> tuple[str, str]:
    """The text with one word misspelt, and that word."""
    words = [
        match
        for match in re.finditer(r"[a-z_]{5,}", text)
        if "#" not in text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    ]
    match = rng.choice(words)
    word = slipped(rng, match[0])
    return text[: match.start()] + word + text[match.end() :], word


@settings(max_examples=20)
@given(SEEDS)
def test_a_misspelt_word_is_mended_or_left(seed: int) -> None:
    rng = random.Random(seed)
    workspace = real_workspaces()[rng.choice(sorted(real_workspaces()))]
    name = rng.choice(sorted(workspace))
    text, word = spoiled(rng, workspace[name])
    files = {**workspace, name: text}
    result = mended(files, profile="basic", wanted=names_only)
    assert_sound(files, result, config="basic", wanted=names_only)
    # A declaration may be the one that is misspelt: then its only use follows it.
    follows = all(f'"{word}' in offer.fix.title or word in offer.fix.edits[0].text for offer in result.applied)
    assert not result.applied or result.texts == {name: workspace[name]} or follows


@settings(max_examples=10)
@given(SEEDS)
def test_all_fixes_of_a_spoiled_workspace(seed: int) -> None:
    rng = random.Random(seed)
    choices = sorted(name for name, files in real_workspaces().items() if sum(map(len, files.values())) < 40_000)
    files = dict(real_workspaces()[rng.choice(choices)])
    for _ in range(3):
        name = rng.choice(sorted(files))
        files[name] = spoiled(rng, files[name])[0]
    result = mended(files, unsafe=True)
    assert_sound(files, result, removes=True, unsafe=True)
