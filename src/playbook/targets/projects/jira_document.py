"""Lines of text → a document in Atlassian's format, which Jira's API takes from version 3 on.

Source: "Atlassian Document Format", developer.atlassian.com/cloud/jira/platform/apis/document/structure: a ``doc``
of ``version`` 1 with blocks; a paragraph holds ``text`` nodes, which are never empty.
"""

from __future__ import annotations

from typing import Any


def document(text: str) -> dict[str, Any]:
    """A document with a paragraph for each line; empty lines are left out, since paragraphs have a distance."""
    lines = [line.replace("\0", "\ufffd") for line in text.splitlines() if line.strip()]
    return {"type": "doc", "version": 1, "content": [_paragraph(line) for line in lines]}


def _paragraph(line: str) -> dict[str, Any]:
    return {"type": "paragraph", "content": [{"type": "text", "text": line}]}
