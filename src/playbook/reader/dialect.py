"""What the parsers read differently from YAML 1.2, set right without moving any offset.

libyaml breaks lines at U+0085, U+2028 and U+2029 (YAML 1.1), and ends an unquoted text inside brackets
at ``:`` and ``?`` even where no blank follows: ``{url: https://x, due: 12:30}``, ``[Is it live?]``.
Such characters are replaced by private ones that the text does not use, one for one, before parsing, and put
back into the values.
"""

from __future__ import annotations

import re

from playbook.reader.events import NextEvent, Problem, ScalarEvent, open_events

_BREAKS = "\x85\u2028\u2029"
_PRIVATE = range(0xE000, 0xF900)

# Tags and directives keep their colons; so does a colon behind a quote or a bracket, as JSON writes it.
_INSIDE_TEXT = re.compile(
    r"(?P<keep>^%.*$|(?<![^\s,\[\]{}])!\S*)"
    r"|(?<=[^\s,\[\]{}\"'])(?::(?=[^\s,\[\]{}])|\?)",
    re.MULTILINE,
)


def has_foreign_breaks(text: str) -> bool:
    """Whether a text has characters at which libyaml breaks lines and YAML 1.2 does not."""
    return not text.isascii() and any(char in text for char in _BREAKS)


class Disguise:
    """A text with private characters in place of those that the parser would misread."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._back: dict[int, str] = {}
        if has_foreign_breaks(text):
            self._replace(_BREAKS)

    def next_events(self) -> NextEvent:
        """The events of the text, with their values as written."""
        next_event = open_events(self.text)
        if not self._back:
            return next_event

        def restored() -> object:
            event = next_event()
            if event.__class__ is ScalarEvent:
                event.value = event.value.translate(self._back)
            return event

        return restored

    def helps(self, problem: Problem) -> bool:
        """Whether the parser stumbled over a ``:`` or ``?`` that is plain text; it is then hidden."""
        at = problem.at
        if at is None or at >= len(self.text) or self.text[at] not in ":?":
            return False
        if "found unexpected ':'" not in problem.text and "expected ','" not in problem.text:
            return False
        masks = self._masks(":?")
        hidden = _INSIDE_TEXT.sub(lambda match: match["keep"] or masks[match[0]], self.text)
        if hidden[at] == self.text[at]:
            return False
        self.text = hidden
        self._back |= {ord(mask): char for char, mask in masks.items()}
        return True

    def _replace(self, chars: str) -> None:
        masks = self._masks(chars)
        self.text = self.text.translate({ord(char): mask for char, mask in masks.items()})
        self._back |= {ord(mask): char for char, mask in masks.items()}

    def _masks(self, chars: str) -> dict[str, str]:
        used = set(self.text)
        free = (chr(code) for code in _PRIVATE if chr(code) not in used)
        # A text that uses all 6,400 private characters keeps what it has: it is misread, not refused.
        return {char: next(free, char) for char in chars}
