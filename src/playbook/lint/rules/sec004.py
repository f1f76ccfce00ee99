"""SEC004: a text that runs or loads something where it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.fixing.changes import Remedy, Reword
from playbook.lint.labels import labels_that
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import shortened
from playbook.text.paths import KeyPath
from playbook.workspace import Document

_ACTIVE = re.compile(
    r"<\s*/?\s*(?P<tag>script|iframe|object|embed|applet|frame|frameset|link|meta|base|form|svg|math|style|img|image|"
    r"video|audio|source|template)\b[^>]*>?"
    r"|<\s*[a-z][^>]*?\s(?P<handler>on[a-z]{3,20})\s*=[^>]*>?"
    r"|\b(?P<scheme>(?:java|vb)script:(?=\S)|data:text/html)"
    r"|(?P<image>!\[[^\]\n]*\]\(\s*(?:https?:)?//[^)\s]*\)?)",
    re.IGNORECASE,
)


def check(document: Document, context: Context) -> Iterator[Finding]:
    """The words for people in every document: tags that run or load, handlers, script addresses, images from "
    "outside."""
    del context
    if document.model is None:
        return
    for path, text in labels_that(_is_active)(document.model):
        found = _ACTIVE.search(text)
        if found is not None:
            yield Finding(
                f'"{shortened(found[0], 40)}" {_does(found)} where this text is shown as a page',
                path,
                within=found.span(),
                expected="plain words; a link to a page of yours is fine",
                fix=_without(path, text, found),
            )


def _without(path: KeyPath, text: str, found: re.Match[str]) -> Remedy | None:
    start, end = found.span()
    if text[:start].endswith(" ") and not text[end:].strip():
        start = len(text[:start].rstrip())
    elif text[end : end + 1] == " " and text[:start][-1:] in ("", " "):
        end += 1
    if not (text[:start] + text[end:]).strip():
        return None  # nothing would be left of it
    return Remedy(f'take out "{shortened(found[0], 40)}"', (Reword(path, text[start:end], "", (start, end)),))


def _is_active(text: str) -> bool:
    return ("<" in text or ":" in text or "![" in text) and _ACTIVE.search(text) is not None


def _does(found: re.Match[str]) -> str:
    if found["image"]:
        return "loads a picture from elsewhere, and tells that server who reads it,"
    if found["tag"] and found["tag"].lower() in ("img", "image", "video", "audio", "source", "link"):
        return "loads something from elsewhere"
    return "can run a program"


RULE = Rule(
    code="SEC004",
    name="active-content",
    severity=Severity.ERROR,
    profile="basic",
    what="A text has a script, an HTML tag that runs or loads something, or a picture from another server.",
    why="Texts end up in wikis, mails and customer portals. What runs there runs with the rights of whoever "
    "reads it.",
    bad="""\
description: Welcome! <img src="https://tracker.example/open.gif">
""",
    good="""\
description: Welcome! Our guide is at https://acme.example/start
""",
    fix="safe",
    fix_title="takes the tag, the script address or the picture out of the text",
    document=check,
)
