"""Random YAML documents in many styles, with the value that each must give."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from playbook.text.scalars import resolve_plain

WORDS = [
    "csm",
    "Kickoff",
    "5bd",
    "after",
    "é",
    "😀",
    "12",
    "3.10",
    "true",
    "x#y",
    "a:b",
    "http://x/y",
    "-1",
    "no",
]
TEXTS = [*WORDS, "it's", 'say "hi"', "a\tb", "a: b", "a # b", "\\", "{x}", "[", "", "null", "~", "12", "yes"]
RARE = ["\u2028", "\x85", "\U0001f680\U0001f680", "\u00a0", "\n", "é\n\nx", "\x07", "\0"]


@dataclass
class Document:
    text: str
    value: object
    scalars: list[tuple[tuple[str | int, ...], object, str]] = field(default_factory=list)
    """Path, value and style of every scalar."""


class Emitter:
    def __init__(self, seed: int, *, rare: bool = True, anchors: bool = True) -> None:
        self.rng = random.Random(seed)
        self.rare = rare
        self.scalars: list[tuple[tuple[str | int, ...], object, str]] = []
        self.anchors: dict[str, object] = {}
        self.with_anchors = anchors
        self.count = 0
        self.keeps = False

    def document(self) -> Document:
        text, value = self.block(0, 0, ())
        text = text.removeprefix("\n") if text.startswith("\n") else text.lstrip(" ")
        if self.rng.random() < 0.2:
            text = "# a comment\n---\n" + text
        newline = self.rng.choice(["\n", "\n", "\r\n"])
        return Document(text.replace("\n", newline), value, self.scalars)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def block(self, indent: int, depth: int, path: tuple[str | int, ...]) -> tuple[str, object]:
        """What follows ``key:`` or ``-``, from the blank on, with its line break."""
        kind = self.rng.random()
        if depth and self.with_anchors and self.anchors and self.chance(0.15):
            name = self.rng.choice(list(self.anchors))
            return f" *{name}{self.comment()}\n", self.anchors[name]
        anchor, prefix = self.anchor()
        if (depth == 0 or kind < 0.45) and depth < 4:
            body, value = self.collection(indent, depth, path)
            text = prefix + self.comment() + "\n" + body
        elif kind < 0.6:
            body, value = self.flow(depth, path)
            text = f"{prefix} {body}{self.comment()}\n"
        else:
            body, value = self.scalar(indent, path, flow=False)
            text = f"{prefix} {body}"
        if anchor:
            self.anchors[anchor] = value
        return text, value

    def anchor(self) -> tuple[str, str]:
        if not self.with_anchors or not self.chance(0.15):
            return "", ""
        self.count += 1
        name = f"a{self.count}"
        return name, f" &{name}"

    def collection(self, indent: int, depth: int, path: tuple[str | int, ...]) -> tuple[str, object]:
        pad = " " * indent
        text = ""
        if self.chance(0.35):
            items: list[object] = []
            for number in range(self.rng.randint(1, 4)):
                text += self.noise(pad)
                body, value = self.block(indent + 2, depth + 1, (*path, number))
                text += f"{pad}-{body}"
                items.append(value)
            return text, items
        entries: dict[str, object] = {}
        explicit: dict[str, object] = {}
        merged: dict[str, object] = {}
        for name in self.keys():
            shown = self.rng.choice([name, f'"{name}"', f"'{name}'"])
            text += self.noise(pad)
            body, value = self.block(indent + self.rng.randint(1, 4), depth + 1, (*path, name))
            text += f"{pad}{shown}:{body}"
            explicit[name] = value
        mappings = [name for name, value in self.anchors.items() if isinstance(value, dict)]
        if mappings and self.chance(0.4):
            name = self.rng.choice(mappings)
            merged = self.anchors[name]  # type: ignore[assignment]
            text += f"{pad}<<: *{name}\n"
        entries = {**explicit, **{key: value for key, value in merged.items() if key not in explicit}}
        return text, entries

    def keys(self) -> list[str]:
        names = ["id", "do", "due", "raci", "é", "😀", "title", "12", "two words", "x-y"]
        if not self.rare:  # to ruamel.yaml 12 and "12" are two keys
            names.remove("12")
        return self.rng.sample(names, self.rng.randint(1, 4))

    def noise(self, pad: str) -> str:
        if self.keeps:  # blank lines would belong to the text before
            self.keeps = False
            return ""
        return self.rng.choice(["", "", "", "\n", f"{pad}# note: 'x\n", "# [\n\n"])

    def comment(self) -> str:
        return self.rng.choice(["", "", "", " # why: 'not", "   "])

    def flow(self, depth: int, path: tuple[str | int, ...]) -> tuple[str, object]:
        gap = self.rng.choice(["", " "])
        if self.chance(0.5):
            items: list[object] = []
            parts = []
            for number in range(self.rng.randint(0, 3)):
                body, value = self.flow_value(depth, (*path, number))
                parts.append(body)
                items.append(value)
            return f"[{gap}{', '.join(parts)}{gap}]", items
        entries: dict[str, object] = {}
        parts = []
        for name in self.keys():
            body, entries[name] = self.flow_value(depth, (*path, name))
            parts.append(f"{name}: {body}")
        return "{" + gap + ", ".join(parts) + gap + "}", entries

    def flow_value(self, depth: int, path: tuple[str | int, ...]) -> tuple[str, object]:
        if depth < 4 and self.chance(0.2):
            return self.flow(depth + 1, path)
        return self.scalar(0, path, flow=True)

    def scalar(self, indent: int, path: tuple[str | int, ...], *, flow: bool) -> tuple[str, object]:
        style = self.rng.choice(["plain", "single", "double"] + ([] if flow else ["|", ">", "lines", "wide"]))
        body, value = getattr(self, "as_" + {"|": "literal", ">": "folded"}.get(style, style))(indent)
        self.scalars.append((path, value, style))
        if flow or style in {"|", ">"}:
            return body, value
        return body + self.comment() + "\n", value

    def as_plain(self, indent: int) -> tuple[str, object]:
        text = " ".join(self.rng.choices(WORDS, k=self.rng.randint(1, 3)))
        return text, resolve_plain(text)

    def any_text(self) -> str:
        pieces = self.rng.choices(TEXTS + (RARE[:4] if self.rare else []), k=self.rng.randint(0, 4))
        return self.rng.choice(["", " ", "x"]).join(pieces)

    def as_single(self, indent: int) -> tuple[str, object]:
        text = self.any_text()
        return "'" + text.replace("'", "''") + "'", text

    def as_double(self, indent: int) -> tuple[str, object]:
        text = self.any_text() + (self.rng.choice(RARE) if self.chance(0.3) else "")
        return '"' + "".join(self.escaped(char) for char in text) + '"', text

    def escaped(self, char: str) -> str:
        named = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\0": "\\0", "\x07": "\\a"}
        if char in named:
            return named[char]
        if char in "\u2028\x85" and not self.rare:
            return f"\\u{ord(char):04x}"
        if self.chance(0.1):
            code = ord(char)
            return f"\\x{code:02X}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08X}"
        return char

    def plain_words(self) -> list[str]:
        return [
            "w",
            *self.rng.choices(["is", "due", "😀", "é1", "a:b", "x#y", "'q'", '"z"'], k=self.rng.randint(1, 8)),
        ]

    def as_lines(self, indent: int) -> tuple[str, object]:
        """A plain text over several lines."""
        words = self.plain_words()
        return self.folded_words(words, indent), " ".join(words)

    def as_wide(self, indent: int) -> tuple[str, object]:
        """A quoted text over several lines."""
        words = [word.strip("'\"") for word in self.plain_words()]
        quote = self.rng.choice("'\"")
        return quote + self.folded_words(words, indent) + quote, " ".join(words)

    def folded_words(self, words: list[str], indent: int) -> str:
        text = words[0]
        for word in words[1:]:
            text += self.rng.choice([" ", " ", "\n" + " " * (indent + 1), "  \n" + " " * (indent + 3)]) + word
        return text

    def block_header(self, lines: list[str]) -> tuple[str, str]:
        chomp, end = self.rng.choice([("", "\n"), ("-", ""), ("+", "\n")])
        self.keeps = chomp == "+"
        return chomp, end

    def as_literal(self, indent: int) -> tuple[str, object]:
        lines = ["first", *self.rng.choices(["x: y", "", "  deeper", "# no comment", "😀 é"], k=3), "last"]
        chomp, end = self.block_header(lines)
        pad = " " * (indent + 1)
        body = "".join(f"{pad}{line}\n" if line else "\n" for line in lines)
        return f"|{chomp}{self.rng.choice(['', ' # why'])}\n{body}", "\n".join(lines) + end

    def as_folded(self, indent: int) -> tuple[str, object]:
        lines = ["first", *self.rng.choices(["x: y", "😀 é", "and 'so' on"], k=2), "last"]
        chomp, end = self.block_header(lines)
        pad = " " * (indent + 2)
        text = f">{chomp}\n{pad}{lines[0]}"
        value = lines[0]
        for line in lines[1:]:
            blank = self.chance(0.3)
            text += ("\n\n" if blank else "\n") + pad + line
            value += ("\n" if blank else " ") + line
        return text + "\n", value + end


def emit(seed: int, *, rare: bool = True, anchors: bool = True) -> Document:
    return Emitter(seed, rare=rare, anchors=anchors).document()
