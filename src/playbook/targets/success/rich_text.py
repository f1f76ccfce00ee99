"""Notes of a task as HTML, for fields that hold rich text."""

from __future__ import annotations

from html import escape

from playbook.text.markup import for_xml


def as_html(text: str) -> str:
    """Plain text as paragraphs with line breaks. Markup in it is shown, never run."""
    blocks = (block.strip("\n") for block in for_xml(text).replace("\r\n", "\n").split("\n\n"))
    return "".join(f"<p>{escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block)
