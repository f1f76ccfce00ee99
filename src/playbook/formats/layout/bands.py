"""How blocks are folded and put into bands, so that the picture fills a screen or a sheet of paper."""

from __future__ import annotations

from playbook.formats.layout import style
from playbook.formats.layout.grid import Block


def banded(blocks: list[Block], count: int) -> list[Block]:
    """Put the blocks into ``count`` bands, the widest as narrow as can be."""
    units = _units(blocks)
    place: dict[int, int] = {}
    for unit, band in zip(units, _split([_band_width(unit) for unit in units], count), strict=True):
        for block in unit:
            block.band, block.place = band, place.get(band, 0)
            place[band] = block.place + 1
    return blocks


def _units(blocks: list[Block]) -> list[list[Block]]:
    """Blocks that stay in one band: the start with the first stage, the ends with the last one."""
    units: list[list[Block]] = []
    for block in blocks:
        is_outer = not (block.framed or block.is_card)
        started = units and not (units[-1][-1].framed or units[-1][-1].is_card)
        if units and (is_outer or started):
            units[-1].append(block)
        else:
            units.append([block])
    return units


def estimated_size(blocks: list[Block]) -> tuple[float, float]:
    """The width and height of the picture, as far as they are known before the arrows run."""
    bands = [[b for b in blocks if b.band == number] for number in range(max(b.band for b in blocks) + 1)]
    width = max(_band_width(band) for band in bands) + 2 * style.MARGIN
    height = sum(max(block.height for block in band) + style.BAND_GAP + 24 for band in bands) + 110
    return width, height


def misfit(width: float, height: float, ratio: float | None = None) -> float:
    """How large a page must be for the picture; more, if the picture is a ribbon, or worse, a tower.

    Where the form of the page is given, nothing counts but its size.
    """
    if ratio is not None:
        return max(width / ratio, height, style.ENOUGH)
    page = max(width / style.PAGE_RATIO, height)
    ratio = width / height
    return page * (1 + max(0.0, 0.5 * (ratio - 2.0), 1.5 * (1.2 - ratio)))


def limits(blocks: list[Block]) -> list[float]:
    """Heights of columns that are worth a try: parts of the highest blocks."""
    heights = sorted({round(block.height - block.head, 2) for block in blocks}, reverse=True)[:4]
    found = {height / parts + style.ROW_GAP for height in heights for parts in (1, 1.5, 2, 3, 4)}
    return sorted(limit for limit in found if limit > 150) or [max(found, default=150)]


def _band_width(blocks: list[Block]) -> float:
    return sum(block.width for block in blocks) + style.GUTTER * (len(blocks) - 1)


def _split(widths: list[float], count: int) -> list[int]:
    """The band of each unit, so that the widest of ``count`` bands is as narrow as can be."""
    low, high = max(widths), sum(widths) + style.GUTTER * (len(widths) - 1)
    for _ in range(24):
        middle = (low + high) / 2
        if max(_greedy(widths, middle)) < count:
            high = middle
        else:
            low = middle
    return _greedy(widths, high)


def _greedy(widths: list[float], limit: float) -> list[int]:
    bands: list[int] = []
    band, used = 0, 0.0
    for width in widths:
        wider = used + (style.GUTTER if used else 0) + width
        if used and wider > limit + 1e-6:
            band, wider = band + 1, width
        used = wider
        bands.append(band)
    return bands
