"""From the characters of a scalar's value back to the characters of the text.

The lines of the scalar are undone one by one (quotes, escapes, indentation) into units: a character of the
value and where it is written. The units are then laid along the value, whose remaining characters
are the folded line breaks. What does not fit is not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from playbook.reader.nodes import Scalar

Unit = tuple[str, int, int]  # a character of the value, and where it is written
_LIMIT = 100_000  # characters; above, a unit each would cost more than a column is worth
_DEEPEST = 200  # columns of indentation that are tried
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_SIMPLE = dict(zip('0abtnvfre "/\\N_LP\t', '\0\a\b\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029\t', strict=True))
_HEX = {"x": 2, "u": 4, "U": 8}


def characters(text: str, node: Scalar, start: int, end: int) -> tuple[int, int] | None:
    """The offsets in ``text`` of the characters ``[start, end)`` of a scalar's value, if they can be told."""
    quotes = 1 if node.style in {"'", '"'} else 0
    first = node.start + quotes
    if text[first : node.end - quotes] == node.text and not {"\n", "\r"} & set(node.text):
        return first + start, first + end
    if node.end - node.start > _LIMIT:
        return None
    for lines in _readings(text, node):
        units = _along(node, lines)
        if units is not None:
            return _stretch(units, start, end)
    return None


def _stretch(units: list[Unit], start: int, end: int) -> tuple[int, int] | None:
    if not units:
        return None
    if start == end:
        at = units[start][1] if start < len(units) else units[-1][2]
        return at, at
    return units[start][1], units[end - 1][2]


def _readings(text: str, node: Scalar) -> Iterator[list[list[Unit]]]:
    """The lines of a scalar as units; for block texts once per possible indentation."""
    if node.style not in {"|", ">"}:
        yield _flow_lines(text, node)
        return
    header, *lines = _lines(text, node.start, node.end)
    depths = [len(line) - len(line.lstrip(" ")) for line, _ in lines if line.strip(" ")]
    indents: Iterable[int] = depths[:1]
    if any(sign.isdigit() for sign in header[0].partition("#")[0]):
        # `|2` counts from a parent unknown here. Too small an indentation leaves blanks that the value does
        # not have, so the first that fits is right.
        indents = range(min(*depths, _DEEPEST) + 1 if depths else 0)
    for indent in indents:
        yield [[(char, at + i, at + i + 1) for i, char in enumerate(line)][indent:] for line, at in lines]


def _lines(text: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    at = start
    while at < end:
        match = _LINE.match(text, at, end)
        if match is None or match.end() == at:
            return
        yield match[0].rstrip("\r\n"), at
        at = match.end()


def _flow_lines(text: str, node: Scalar) -> list[list[Unit]]:
    quotes = 1 if node.style in {"'", '"'} else 0
    raw = list(_lines(text, node.start + quotes, node.end - quotes))
    result: list[list[Unit]] = []
    for number, (line, at) in enumerate(raw):
        units = list(_units(line, at, node.style))
        last = number == len(raw) - 1
        if number:
            units = _without_blanks(units, front=True)
        if not last and units and units[-1][0] == "":
            units.pop()  # an escaped line break: the blanks before it stay
        elif not last:
            units = _without_blanks(units, front=False)
        result.append(units)
    return result


def _without_blanks(units: list[Unit], front: bool) -> list[Unit]:
    """Units without the unescaped blanks at one end, which folding drops."""
    start, end = 0, len(units)
    while start < end and (unit := units[start if front else end - 1]) and _is_blank(unit):
        start, end = (start + 1, end) if front else (start, end - 1)
    return units[start:end]


def _is_blank(unit: Unit) -> bool:
    return unit[0] in {" ", "\t"} and unit[2] - unit[1] == 1


def _units(line: str, at: int, style: str) -> Iterator[Unit]:
    index = 0
    while index < len(line):
        char, length = line[index], 1
        if style == "'" and line.startswith("''", index):
            length = 2
        elif style == '"' and char == "\\":
            char, length = _escape(line, index)
        yield char, at + index, at + index + length
        index += length


def _escape(line: str, index: int) -> tuple[str, int]:
    """The character that an escape means, and the escape's length; empty for an escaped line break."""
    sign = line[index + 1 : index + 2]
    if not sign:
        return "", 1
    if sign in _HEX:
        digits = line[index + 2 : index + 2 + _HEX[sign]]
        try:
            return chr(int(digits, 16)), 2 + len(digits)
        except (ValueError, OverflowError):
            return sign, 2
    return _SIMPLE.get(sign, sign), 2


def _along(node: Scalar, lines: list[list[Unit]]) -> list[Unit] | None:
    """A unit for every character of the value: those of the lines, and line breaks between them."""
    value, breaks = node.text, "\n" if node.style == "|" else " \n"
    result: list[Unit] = []
    end = node.start
    for units in lines:
        if not units:
            continue
        content = "".join(unit[0] for unit in units)
        at = len(result)
        while not value.startswith(content, at):
            if at >= len(value) or value[at] not in breaks:
                return None
            at += 1
        result.extend((char, end, units[0][1]) for char in value[len(result) : at])
        result.extend(units)
        end = units[-1][2]
    rest = value[len(result) :]
    return None if rest.strip(breaks) else [*result, *((char, end, end) for char in rest)]
