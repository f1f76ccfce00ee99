"""CRT007: a criterion that is met when somebody feels that it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import cast

from playbook.diagnostics import Severity
from playbook.expressions.parse import NameUse, parse_expression
from playbook.language.stage import Criterion
from playbook.language.tracking import TrackedEvent, TrackedField
from playbook.lint.letters import stage_name
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import listed, named, shortened
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook

_WORDS = (
    "comfortable",
    "confident",
    "convinced",
    "delighted",
    "enthusiastic",
    "excited",
    "feels",
    "good",
    "happy",
    "motivated",
    "pleased",
    "satisfied",
    "smooth",
    "smoothly",
    "unhappy",
    "well",
)
_OBSERVED = frozenset({"number", "integer", "money", "date", "datetime", "duration"})
"""Types whose values are counted or come from a clock: a score out of a survey is no opinion of ours."""


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Criteria on a name that says a feeling, and goals or titles that say one over criteria that somebody "
    "ticks."""
    words = cast("tuple[str, ...]", context.option(RULE, "words"))
    if not words:
        return
    if not _may_have(playbook, words):
        return
    in_names, in_texts = _patterns(words)
    yield from _names(playbook, in_names)
    for index, stage in enumerate(playbook.model.stages):
        yield from _titles(playbook, stage.enter, ("stages", index, "enter"), in_texts, in_names)
        yield from _titles(playbook, stage.exit, ("stages", index, "exit"), in_texts, in_names)
        found = in_texts.search(stage.goal) if stage.goal else None
        if found and stage.exit:
            ticked = _ticked(playbook, stage.exit, in_names)
            if ticked:
                yield Finding(
                    f'the goal of {stage_name(stage)} is "{found[0]}", and it is left when somebody sets '
                    f"{listed(ticked)}: nothing shows it",
                    ("stages", index, "goal"),
                    within=found.span(),
                    expected="an exit that others can see too: use, an event, an answer of the customer",
                )


def _may_have(playbook: CompiledPlaybook, words: tuple[str, ...]) -> bool:
    """Whether one of the words is somewhere at all: most playbooks have none, and this is the fastest way to "
    "know."""
    texts = [text for path, text in playbook.expressions if path[-1] == "check"]
    for stage in playbook.model.stages:
        texts += [each.title for each in (*stage.enter, *stage.exit) if each.title]
        texts += [stage.goal] if stage.goal else []
    every = "\n".join(texts).casefold()
    return any(word.casefold() in every for word in words)


@lru_cache(maxsize=8)
def _patterns(words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds one of the words as a part of a name, and as a word of a text."""
    options = "|".join(re.escape(word.casefold()) for word in words)
    return (
        re.compile(rf"(?<![a-z0-9])(?:{options})(?![a-z0-9])"),
        re.compile(rf"\b(?:{options})\b", re.IGNORECASE),
    )


def _names(playbook: CompiledPlaybook, pattern: re.Pattern[str]) -> Iterator[Finding]:
    said: set[str] = set()
    for path, text in playbook.expressions:
        if path[-1] != "check" or not pattern.search(text):
            continue
        for use in parse_expression(text).names:
            found = pattern.search(use.name)
            if found and use.name not in said and _is_opinion(playbook, use.name):
                said.add(use.name)
                yield _of_name(use, found[0], path)


def _of_name(use: NameUse, word: str, path: KeyPath) -> Finding:
    return Finding(
        f'{use.name} asks whether somebody finds it "{word}": two people will not answer alike',
        path,
        within=(use.start, use.end),
        expected="something that others can see too: use, an event, a score out of a survey (captured: ...)",
    )


def _titles(
    playbook: CompiledPlaybook,
    criteria: Sequence[Criterion],
    path: KeyPath,
    in_texts: re.Pattern[str],
    in_names: re.Pattern[str],
) -> Iterator[Finding]:
    for number, criterion in enumerate(criteria):
        found = in_texts.search(criterion.title) if criterion.title else None
        if found:
            ticked = _ticked(playbook, [criterion], in_names)
            if ticked:
                yield Finding(
                    f"the criterion {named(None, shortened(criterion.title or ''))} is met when somebody sets "
                    f'{listed(ticked)}: what is "{found[0]}" is not said',
                    (*path, number, "title"),
                    within=found.span(),
                    expected="a check of something that others can see too",
                )


def _ticked(playbook: CompiledPlaybook, criteria: Sequence[Criterion], in_names: re.Pattern[str]) -> list[str]:
    """What some criteria read, if all of it is an opinion that is not told already by its own name."""
    if any(criterion.vote for criterion in criteria):
        return []
    names = dict.fromkeys(use.name for each in criteria for use in parse_expression(each.check).names)
    opinions = all(_is_opinion(playbook, name) and not in_names.search(name) for name in names)
    return list(names) if opinions else []


def _is_opinion(playbook: CompiledPlaybook, name: str) -> bool:
    """Whether somebody of ours says it: a yes or a word that no system, survey or customer gives."""
    symbol = playbook.workspace_symbols["field"].get(name)
    if symbol is not None:
        field = cast(TrackedField, symbol.value)
        return field.type not in _OBSERVED and not field.captured and not _is_given(playbook, name)
    symbol = playbook.workspace_symbols["event"].get(name)
    if symbol is not None:
        return cast(TrackedEvent, symbol.value).source is None
    id_, _, state = name.rpartition(".")
    milestone = playbook.model.milestones.get(id_) if state == "reached" else None
    return milestone is not None and milestone.event is None and not milestone.when


def _is_given(playbook: CompiledPlaybook, name: str) -> bool:
    """Whether a step captures it in which not one of us answers."""
    return any(
        name in step.captures
        and (
            step.party in ("customer", "system")
            or step.automation == "automated"
            or (step.touch is not None and step.touch.kind == "survey")
        )
        for step in playbook.steps.values()
    )


_TRACKING = """\
tracking: product
fields:
  account.use_case: {{title: Use case}}
  account.active_seats: {{title: Active seats, type: integer, captured: Product usage}}
  {0}
events:
  account.first_report: {{title: First report built}}
---
stages:
  - id: handover
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {{C: [marketing, product], I: revops}}
    steps:
      - {{id: write_brief, do: Write the handover brief, raci: {{A: ae, R: ae, I: [csm, revops]}}, produces: brief,
         captures: account.use_case}}
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5 and {1}
    raci: {{A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: run_kickoff, do: Run the kickoff call, due: 5bd after closed_won}}
      - {{id: ask_customer, do: Ask how it goes, touch: {2}, raci: {{A: csm, R: [csm, admin]}},
         captures: {3}}}
"""

RULE = Rule(
    code="CRT007",
    name="subjective-criterion",
    severity=Severity.WARNING,
    profile="team",
    what="A criterion asks for a feeling (happy, comfortable, went well), or a title or goal promises one over a "
    "criterion that somebody just ticks.",
    why="What cannot be seen by others is met on the day on which it must be met.",
    bad=_TRACKING.format(
        "account.is_happy: {title: Customer is happy, type: boolean}",
        "account.is_happy",
        "call",
        "account.is_happy",
    ),
    good=_TRACKING.format(
        "account.csat: {title: Satisfaction, type: integer}", "account.csat >= 4", "survey", "account.csat"
    ),
    options=(Option("words", _WORDS, "Words that say a feeling or an opinion, in names, titles and goals."),),
    playbook=check,
)
