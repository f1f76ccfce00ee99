"""Anything → PPTX: a deck of 16:9 in which texts, tables and pictures are PowerPoint's own and can be edited."""

from __future__ import annotations

import io

from playbook.formats.layout.pages.flow import pages_of
from playbook.formats.layout.pages.look import DECK
from playbook.formats.layout.pages.words import clean
from playbook.formats.office.package import settled
from playbook.shapes.diagram import Diagram
from playbook.shapes.document import Document
from playbook.shapes.table import Table
from playbook.shapes.timeline import Timeline


def write(shown: Document | Diagram | Timeline | Table) -> bytes:
    """A document as a deck with a title slide; anything else as one slide or, of a long table, several."""
    from playbook.formats.office.master import new_deck
    from playbook.formats.office.slides import add_slide

    deck = new_deck()
    for page in pages_of(shown, DECK):
        add_slide(deck, page)
    properties = deck.core_properties
    properties.title = clean(shown.title)[:255]
    properties.author = properties.last_modified_by = "playbook"
    properties.revision = 1
    out = io.BytesIO()
    deck.save(out)
    return settled(out.getvalue())
