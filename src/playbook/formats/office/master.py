"""What the slides of a deck share: their size, their theme, their master and two layouts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from playbook.formats.layout import style
from playbook.formats.layout.pages.look import DECK
from playbook.formats.office.markup import RECTANGLE, element, emu, fill, outline, place, shape

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck

COVER, CONTENT = "Title Slide", "Title Only"
FOOTER = 'type="ftr" sz="quarter" idx="11"'
NUMBER = 'type="sldNum" sz="quarter" idx="12"'

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SLIDES = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_THEME = {
    "dk1": style.INK,
    "lt1": style.PAPER,
    "dk2": style.SOFT,
    "lt2": style.HEADER,
    "accent1": style.EARLY,
    "accent2": style.TONES["customer"].stroke,
    "accent3": style.TONES["success"].stroke,
    "accent4": style.BACK,
    "accent5": style.TONES["partner"].stroke,
    "accent6": style.TONES["system"].stroke,
    "hlink": style.EARLY,
    "folHlink": style.TONES["partner"].stroke,
}
_PROGRAM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>playbook</Application><PresentationFormat>Widescreen</PresentationFormat></Properties>"
)
_FOOT_HEIGHT, _NUMBER_WIDTH = 16.0, 60.0
FOOT_Y = DECK.height - DECK.bottom / 2 - _FOOT_HEIGHT / 2
FOOTER_BOX = (DECK.margin, FOOT_Y, DECK.inner - _NUMBER_WIDTH, _FOOT_HEIGHT)
NUMBER_BOX = (DECK.width - DECK.margin - _NUMBER_WIDTH, FOOT_Y, _NUMBER_WIDTH, _FOOT_HEIGHT)

_Box = tuple[float, float, float, float]


def new_deck() -> Deck:
    """A deck without slides: 16:9, with the type and the colours of our pictures."""
    from pptx import Presentation
    from pptx.util import Emu

    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(emu(DECK.width)), Emu(emu(DECK.height))
    for layout in list(deck.slide_layouts):
        if layout.name not in (COVER, CONTENT):
            deck.slide_layouts.remove(layout)
    _drop_leftovers(deck)
    _set_theme(deck)
    _set_master(deck.slide_master._element)
    for layout in deck.slide_layouts:
        clear(layout._element.cSld.spTree)
        for part in _cover() if layout.name == COVER else _content():
            layout._element.cSld.spTree.append(element(part))
    return deck


def clear(tree: Any) -> None:
    """Take away all shapes of a slide, a layout or a master."""
    for child in list(tree)[2:]:
        tree.remove(child)


def _drop_leftovers(deck: Deck) -> None:
    """The template remembers somebody's printer, its own first slide, and the program that made it."""
    package = deck.part.package
    for part in package.iter_parts():
        if part.partname == "/docProps/app.xml":
            part._blob = _PROGRAM.encode()
    for relations in (deck.part.rels, package._rels):
        for id_, relation in list(relations.items()):
            if relation.reltype.endswith(("/printerSettings", "/thumbnail")):
                relations.pop(id_)


def _set_theme(deck: Deck) -> None:
    from pptx.opc.oxml import serialize_part_xml
    from pptx.oxml import parse_xml

    relations = deck.slide_master.part.rels.values()
    part = next(each.target_part for each in relations if each.reltype.endswith("/theme"))
    theme: Any = parse_xml(part.blob)
    theme.set("name", "Playbook")
    for name, color in _THEME.items():
        entry = theme.find(f".//{_DRAWING}clrScheme/{_DRAWING}{name}")
        for child in list(entry):
            entry.remove(child)
        entry.append(element(f'<a:srgbClr val="{color[1:].upper()}"/>'))
    for kind in ("majorFont", "minorFont"):
        theme.find(f".//{_DRAWING}{kind}/{_DRAWING}latin").set("typeface", "Arial")
    part._blob = serialize_part_xml(theme)


def _set_master(master: Any) -> None:
    tree = master.cSld.spTree
    clear(tree)
    title = (DECK.margin, DECK.top, DECK.inner, DECK.title * 1.25)
    body = (DECK.margin, 90, DECK.inner, DECK.floor - 90)
    for part in (
        _placeholder(2, "Title", 'type="title"', title),
        _placeholder(3, "Text", 'type="body" idx="1"', body),
        _placeholder(4, "Footer", FOOTER, FOOTER_BOX, size=DECK.small),
        _placeholder(5, "Slide number", NUMBER, NUMBER_BOX, size=DECK.small),
    ):
        tree.append(element(part))
    master.replace(master.find(f"{_SLIDES}txStyles"), element(_text_styles()))


def _cover() -> Iterator[str]:
    """The layout of the title slide: a band of colour, a title and what it is about."""
    paint = fill(style.EARLY) + outline(None, 0)
    yield shape(2, "Band", place(0, 0, DECK.margin, DECK.height), RECTANGLE, paint)
    left, wide = 2 * DECK.margin, DECK.width - 3 * DECK.margin
    yield _placeholder(3, "Title", 'type="ctrTitle"', (left, 120, wide, 120), size=DECK.cover)
    yield _placeholder(4, "Subtitle", 'type="subTitle" idx="1"', (left, 250, wide, 100), size=DECK.lead)


def _content() -> Iterator[str]:
    """The layout of all other slides."""
    yield _placeholder(2, "Title", 'type="title"', None)
    yield _placeholder(3, "Footer", FOOTER, FOOTER_BOX, size=DECK.small)
    yield _placeholder(4, "Slide number", NUMBER, NUMBER_BOX, size=DECK.small)


def _placeholder(id_: int, name: str, kind: str, box: _Box | None, *, size: float | None = None) -> str:
    """A place that slides fill. Its text is shown only while a slide is edited."""
    at = place(*box) + RECTANGLE if box else ""
    color = "tx1" if name == "Title" else "tx2"
    align = "r" if kind == NUMBER else "l"
    sized = (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/><a:defRPr sz="{round(size * 100)}">'
        f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        if size
        else ""
    )
    run = number_field("‹#›") if kind == NUMBER else f'<a:r><a:rPr lang="en-US"/><a:t>{name}</a:t></a:r>'
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{id_}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr><p:spPr>{at}</p:spPr>"
        '<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></a:bodyPr>'
        f"<a:lstStyle>{sized}</a:lstStyle><a:p>{run}</a:p></p:txBody></p:sp>"
    )


def number_field(text: str, style_: str = '<a:rPr lang="en-US"/>') -> str:
    """The number of a slide, which PowerPoint keeps right when slides are moved."""
    return f'<a:fld id="{{C1FF6DA9-008F-8B48-92A6-B652298478BF}}" type="slidenum">{style_}<a:t>{text}</a:t></a:fld>'


def _text_styles() -> str:
    def level(size: float, font: str, more: str = "", bold: str = "") -> str:
        return (
            f'<a:lvl1pPr{more}><a:buNone/><a:defRPr sz="{round(size * 100)}"{bold}>'
            f'<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="{font}"/></a:defRPr>'
            "</a:lvl1pPr>"
        )

    left, bold = ' marL="0" indent="0" algn="l"', ' b="1"'
    return (
        f"<p:txStyles><p:titleStyle>{level(DECK.title, '+mj-lt', left, bold)}</p:titleStyle>"
        f"<p:bodyStyle>{level(DECK.body, '+mn-lt', left)}</p:bodyStyle>"
        f"<p:otherStyle>{level(DECK.body, '+mn-lt')}</p:otherStyle></p:txStyles>"
    )
