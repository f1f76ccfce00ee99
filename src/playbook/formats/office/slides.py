"""What stands on a page, as the shapes of a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playbook.formats.layout import style
from playbook.formats.layout.pages.look import DECK
from playbook.formats.layout.pages.page import Block, Card, Page, PictureBlock, TextBlock
from playbook.formats.office.markup import (
    RECTANGLE,
    Lines,
    element,
    fill,
    outline,
    place,
    rounded,
    run_style,
    shape,
    text_body,
)
from playbook.formats.office.master import (
    COVER,
    FOOTER,
    FOOTER_BOX,
    NUMBER,
    NUMBER_BOX,
    clear,
    number_field,
)
from playbook.formats.office.shapes import Numbers, picture_markup
from playbook.formats.office.tables import table_markup

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck


def add_slide(deck: Deck, page: Page) -> None:
    """A slide with all that stands on the page."""
    layout = next(each for each in deck.slide_layouts if (each.name == COVER) == page.cover)
    slide = deck.slides.add_slide(layout)
    clear(slide.shapes._spTree)
    numbers = Numbers()
    kinds = ['type="ctrTitle"', 'type="subTitle" idx="1"'] if page.cover else ['type="title"']
    parts = [_filled(page.title, kinds.pop(0), "Title", numbers)]
    for block in page.blocks:
        if kinds and isinstance(block, TextBlock):
            parts.append(_filled(block, kinds.pop(0), "Subtitle", numbers))
        else:
            parts.append(_markup(block, numbers))
    if not page.cover:
        parts += [_footer(page, numbers), _number(page, numbers)]
    for part in parts:
        slide.shapes._spTree.append(element(part))


def _markup(block: Block, numbers: Numbers) -> str:
    if isinstance(block, TextBlock):
        at = place(block.x, block.y, block.width, block.height)
        body = text_body(_texts(block))
        return shape(numbers.next(), "Text", at, RECTANGLE, fill(None), body, text_box=True)
    if isinstance(block, Card):
        return _card(block, numbers)
    if isinstance(block, PictureBlock):
        return picture_markup(block, numbers)
    return table_markup(block, numbers)


def _texts(block: TextBlock) -> list[Lines]:
    return [
        Lines(
            tuple(paragraph.text.split("\n")),
            block.size,
            block.color,
            block.bold,
            before=block.size * 0.5 if number else 0,
            bullet=block.bullets,
        )
        for number, paragraph in enumerate(block.paragraphs)
    ]


def _card(card: Card, numbers: Numbers) -> str:
    lines = [
        Lines((" ".join(card.value.lines),), card.value_size, style.EARLY, bold=True),
        Lines((" ".join(card.label.lines),), card.label_size, style.SOFT),
    ]
    return shape(
        numbers.next(),
        card.label.text or card.value.text,
        place(card.x, card.y, card.width, card.height),
        rounded(5, card.width, card.height),
        fill(style.CARD) + outline(style.FRAME, 0.8),
        text_body(lines, insets=(10, 10, 10, 10)),
    )


# -- placeholders --------------------------------------------------------------------------------


def _filled(block: TextBlock, kind: str, name: str, numbers: Numbers) -> str:
    at = place(block.x, block.y, block.width, block.height)
    return _placeholder(kind, name, at, text_body(_texts(block)), numbers)


def _footer(page: Page, numbers: Numbers) -> str:
    body = text_body([Lines((page.foot,), DECK.small, style.SOFT)], wrap=False)
    return _placeholder(FOOTER, "Footer", place(*FOOTER_BOX), body, numbers)


def _number(page: Page, numbers: Numbers) -> str:
    looks = Lines(("",), DECK.small, style.SOFT, align="right")
    run = f"<a:rPr {run_style(looks)}</a:rPr>"
    body = text_body([looks]).replace("<a:endParaRPr", number_field(str(page.number), run) + "<a:endParaRPr")
    return _placeholder(NUMBER, "Slide number", place(*NUMBER_BOX), body, numbers)


def _placeholder(kind: str, name: str, at: str, body: str, numbers: Numbers) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{numbers.next()}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{at}</p:spPr>{body}</p:sp>"
    )
