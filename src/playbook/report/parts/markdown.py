"""Texts in Markdown that GitHub and GitLab render: shown as they are, whatever they hold."""

from __future__ import annotations

import re
from html import escape

from playbook.text.terminal import printable

# What means something within a line; what does so at its beginning never stands there.
_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_MARKUP_OF_CODE = re.compile(rf"{_MARKUP.pattern}|:(?=//)|(?<=www)\.", re.IGNORECASE)
# Names of people, numbers of issues, addresses: a server makes links and sends mail for them.
_REFERENCE = re.compile(r"([@#!~%$&]|\bGH-|://|www\.)(?=[\w\"\[*])", re.IGNORECASE)
_JOINT = "\N{ZERO WIDTH SPACE}"
_SURROGATE = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """A text in a paragraph or table cell, on one line."""
    parted = _REFERENCE.sub(rf"\1{_JOINT}", _line(text))
    return escape(_MARKUP.sub(r"\\\g<0>", parted), quote=False)


def code(text: str) -> str:
    """A text as code, also where Markdown is not read, as in a ``summary``."""
    shown = escape(_line(text), quote=False)
    # Within HTML, Markdown is still read: what it would take for markup is written as a number.
    return f"<code>{_MARKUP_OF_CODE.sub(lambda match: f'&#{ord(match[0])};', shown)}</code>"


def _line(text: str) -> str:
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", printable(text))
