"""Table, Diagram, Timeline, Document → one HTML file that needs nothing beside it.

Style and scripts are inside, and the page forbids itself everything else (Content Security Policy, Level 3):
it opens from a disk, in a mail or in a wiki, and sends nothing anywhere.
"""

from __future__ import annotations

import base64
import hashlib

from playbook.formats.page.engine import render
from playbook.formats.page.look import script, style
from playbook.formats.page.parts import document_markup, part_markup
from playbook.shapes.diagram import Diagram
from playbook.shapes.document import Document
from playbook.shapes.table import Table
from playbook.shapes.timeline import Timeline


def write(shown: Table | Diagram | Timeline | Document) -> bytes:
    """The page, as UTF-8."""
    from markupsafe import Markup

    if isinstance(shown, Document):
        content, subtitle = document_markup(shown, "section"), shown.subtitle
    else:
        content, subtitle = part_markup(shown, "part", caption=False), ""
    text = render(
        "alone.html",
        title=shown.title,
        subtitle=subtitle,
        content=content,
        style=Markup(style()),
        script=Markup(script()),
        policy=_policy(),
    )
    return text.encode()


def _policy() -> str:
    """Nothing from elsewhere, and no script or style but ours: they are named by their digests."""
    return (
        f"default-src 'none'; style-src {_named(style())}; script-src {_named(script())}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _named(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
