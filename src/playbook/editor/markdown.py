"""Texts of a document in the Markdown that editors show.

What somebody wrote in a file is shown as it is. Rendered, an image in it would be fetched from a server as
soon as somebody points at a word, and a link could lead anywhere.
"""

from __future__ import annotations

import re

from playbook.lint.catalogue import built_in
from playbook.lint.rule import Rule

_MARKUP = re.compile(r"[\\`*\[\]<>]")
_MARKS = re.compile("`+")


def words(text: str) -> str:
    """A text without any markup."""
    return _MARKUP.sub(r"\\\g<0>", text)


def code(text: str) -> str:
    """A text as code, on one line."""
    line = " ".join(text.split())
    longest = max(map(len, _MARKS.findall(line)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {line} {fence}" if longest else f"`{line}`"


def of_rule(rule: Rule) -> tuple[str, str]:
    """What a rule finds, and why it matters. Those of a team stand in its files; our own are Markdown."""
    is_ours = rule.code in built_in().rules
    return (rule.what, rule.why) if is_ours else (words(rule.what), words(rule.why))
