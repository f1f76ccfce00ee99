"""A table as a table of a slide."""

from __future__ import annotations

from playbook.formats.layout import style
from playbook.formats.layout.pages.grid import GridCell, GridRow
from playbook.formats.layout.pages.page import TableBlock
from playbook.formats.office.markup import Lines, attribute, emu, fill, outline, paragraphs
from playbook.formats.office.shapes import Numbers

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own name of "No Style, No Grid"."""
_ANCHORS = {"top": "t", "middle": "ctr", "bottom": "b"}


def table_markup(block: TableBlock, numbers: Numbers) -> str:
    """The rows of a table, the first of them its header."""
    grid = block.grid
    columns = "".join(f'<a:gridCol w="{emu(wide)}"/>' for wide in grid.widths)
    rows = "".join(_row(block, row) for row in block.rows)
    place = (
        f'<p:xfrm><a:off x="{emu(block.x)}" y="{emu(block.y)}"/>'
        f'<a:ext cx="{sum(emu(wide) for wide in grid.widths)}" cy="{sum(emu(row.height) for row in block.rows)}"/>'
        "</p:xfrm>"
    )
    name = attribute(grid.title or "Table")
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{numbers.next()}" name={name} descr={name}/>'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/>'
        f"</p:nvGraphicFramePr>{place}<a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="1"><a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def _row(block: TableBlock, row: GridRow) -> str:
    if row.kind == "section":
        others = len(block.grid.widths) - 1
        span = f' gridSpan="{others + 1}"' if others else ""
        cells = (
            _cell(block, row.cells[0], span)
            + '<a:tc hMerge="1"><a:txBody><a:bodyPr/><a:p/></a:txBody></a:tc>' * others
        )
    else:
        turned = [cell.turned for cell in block.grid.header.cells]
        cells = "".join(_cell(block, cell, tight=tight) for cell, tight in zip(row.cells, turned, strict=True))
    return f'<a:tr h="{emu(row.height)}">{cells}</a:tr>'


def _cell(block: TableBlock, cell: GridCell, span: str = "", *, tight: bool = False) -> str:
    grid = block.grid
    # A column under a turned title is hardly wider than its letters.
    side = emu(0 if tight else grid.padding)
    above = emu(grid.padding)
    turned = ' vert="vert270" anchor="ctr"' if cell.turned else f' anchor="{_ANCHORS[cell.stands]}"'
    texts = [
        Lines(tuple(text.split("\n")), grid.size, cell.ink, cell.bold, cell.align)
        for text in (cell.lines if cell.turned else cell.paragraphs)
    ]
    borders = "<a:lnL><a:noFill/></a:lnL><a:lnR><a:noFill/></a:lnR><a:lnT><a:noFill/></a:lnT>" + outline(
        style.FRAME, 0.6
    ).replace("a:ln ", "a:lnB ").replace("</a:ln>", "</a:lnB>")
    return (
        f"<a:tc{span}><a:txBody><a:bodyPr/><a:lstStyle/>{paragraphs(texts)}</a:txBody>"
        f'<a:tcPr marL="{side}" marR="{side}" marT="{above}" marB="{above}"{turned}>{borders}{fill(cell.fill)}'
        "</a:tcPr></a:tc>"
    )
