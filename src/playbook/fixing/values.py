"""Values as YAML for a place in somebody's file: in brackets if they are short, else line by line."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.text.emit import WIDTH, scalar
from playbook.text.scalars import Plain

_STEP = "  "


def plain(value: object) -> object:
    """A value as the reader would give it."""
    if isinstance(value, bool):
        return Plain("true" if value else "false")
    if isinstance(value, int | float):
        return Plain(value)
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value


def on_one_line(value: object, in_brackets: bool = False) -> str:
    """A value on one line; collections with brackets."""
    if isinstance(value, dict):
        inner = ", ".join(f"{scalar(key, True)}: {on_one_line(part, True)}" for key, part in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(on_one_line(part, True) for part in value)}]"
    return scalar(value, in_brackets)


def entry(key: str, value: object, indent: int) -> list[str]:
    """The lines of a mapping's entry. The first has no indentation: it comes to stand where one is."""
    head = f"{scalar(key)}:"
    short = f"{head} {on_one_line(value)}"
    if not _is_nested(value) and (not _is_collection(value) or indent + len(short) <= WIDTH):
        return [short]
    return [head, *(" " * indent + _STEP + line for line in _block(value, indent + len(_STEP)))]


def item(value: object, indent: int, *, short: bool) -> list[str]:
    """The lines of a list's item, the first without indentation; ``short`` if others stand in brackets."""
    line = f"- {on_one_line(value)}"
    if not isinstance(value, dict) or not value or (short and indent + len(line) <= WIDTH):
        return [line]
    first, *rest = _block(value, indent + len(_STEP))
    return [f"- {first}", *(" " * indent + _STEP + line for line in rest)]


def _block(value: object, indent: int) -> Iterator[str]:
    """The lines of a collection, without the indentation of the whole."""
    if isinstance(value, dict):
        for key, part in value.items():
            first, *rest = entry(key, part, indent)
            yield first
            yield from (line[indent:] for line in rest)
    elif isinstance(value, list):
        for part in value:
            first, *rest = item(part, indent, short=True)
            yield first
            yield from (line[indent:] for line in rest)


def _is_collection(value: object) -> bool:
    return isinstance(value, dict | list) and bool(value)


def _is_nested(value: object) -> bool:
    """Whether people would look for a value's parts on lines of their own: a map of things."""
    return isinstance(value, dict) and any(isinstance(part, dict) and part for part in value.values())


def in_style(text: str, style: str, *, in_brackets: bool) -> str:
    """A text in the quotes of a style, as far as they can hold it; without a style, in those that it needs."""
    if not style or not text.isprintable():
        return scalar(text, in_brackets)
    if style == '"' and not ('"' in text or "\\" in text):
        return f'"{text}"'
    return f"'{text.replace(chr(39), chr(39) * 2)}'"
