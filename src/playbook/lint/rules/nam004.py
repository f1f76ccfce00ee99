"""NAM004: words of ours in what customers read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

from playbook.diagnostics import Severity
from playbook.language.step import ChecklistItem
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

_WORDS = (
    "ACV",
    "ARR",
    "at-risk account",
    "book of business",
    "BANT",
    "churn",
    "closed-won",
    "cross-sell",
    "economic buyer",
    "GRR",
    "ICP",
    "land and expand",
    "MEDDIC",
    "MEDDPICC",
    "MQL",
    "MRR",
    "NRR",
    "QBR",
    "tech touch",
    "TTV",
    "upsell",
    "wallet share",
    "white glove",
)


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """The words of steps that customers do, alone or with us, and the titles of artifacts that they see."""
    words = cast("tuple[str, ...]", context.option(RULE, "words"))
    if not words:
        return
    pattern = _pattern(words)
    for path, text in _seen(playbook):
        found = pattern.search(text)
        if found:
            yield Finding(
                f'the customer reads "{found[0]}" here, a word that we use among ourselves',
                path,
                within=found.span(),
                expected="a word that the customer would use",
            )


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """What finds one of the words; short forms in capitals only, since small letters may be another word."""
    options = (re.escape(word) if word.isupper() else f"(?i:{re.escape(word)}s?)" for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(options)})(?!\w)")


def _seen(playbook: CompiledPlaybook) -> Iterator[tuple[KeyPath, str]]:
    for id_, artifact in playbook.model.artifacts.items():
        if artifact.customer_facing and artifact.title:
            yield ("artifacts", id_, "title"), artifact.title
    for index, stage in enumerate(playbook.model.stages):
        for number, step in enumerate(stage.steps):
            if step.party in ("customer", "joint"):
                path: KeyPath = ("stages", index, "steps", number)
                if step.do:
                    yield (*path, "do"), step.do
                if step.party == "customer":
                    yield from _lines(step.checklist, (*path, "checklist"))


def _lines(lines: Sequence[ChecklistItem], path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    for number, line in enumerate(lines):
        yield (*path, number, "do"), line.do
        yield from _lines(line.checklist, (*path, number, "checklist"))


_STAGES = """\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, ae, admin], C: [marketing, product], I: [revops, sales]}}
    steps:
      - id: write_brief
        do: Write the account brief
        captures: account.use_case
        produces: brief
      - id: review_value
        do: {}
        party: joint
handoffs: null
"""

RULE = Rule(
    code="NAM004",
    name="jargon-for-customers",
    severity=Severity.INFO,
    profile="certified",
    what="A step of the customer's, or an artifact that customers see, has a word that only vendors use.",
    why="Whoever reads of upsell and churn in a shared plan learns what the plan is for.",
    bad=_STAGES.format("Review value and upsell"),
    good=_STAGES.format("Review value and next goals"),
    options=(Option("words", _WORDS, "Words that customers are not to read; in capitals only where written so."),),
    playbook=check,
)
