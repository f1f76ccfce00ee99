"""Writes the values of a document as an untidy author would: any order, any style, comments everywhere."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

from playbook.text.scalars import Plain, resolve_plain

_SAFE = re.compile(r"[A-Za-z0-9_<>=][A-Za-z0-9_ .<>=/()%'-]*\Z")


@dataclass
class Scribbler:
    """One author. Comments are numbered and say what they are about: ``# 7 above due``, ``# 8 behind due``."""

    rng: random.Random
    comments: bool = True
    count: int = 0
    above: dict[str, str] = field(default_factory=dict)
    behind: dict[str, str] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)

    def document(self, value: dict[str, object]) -> str:
        lines = self.mapping(value, 0)
        if self.chance(0.2):
            lines = ["---", *lines]
        text = "\n".join(lines)
        return (
            text.replace("\n", "\r\n")
            if self.chance(0.1) and "|" not in text
            else text + "\n" * self.rng.choice([0, 1, 3])
        )

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def comment(self, what: str, about: str) -> str:
        self.count += 1
        text = f"# {self.count} {what} {about}"
        if what == "end of":
            self.loose.append(text)
        else:
            (self.above if what == "above" else self.behind)[text] = about
        return text

    def comments_above(self, about: str, indent: int) -> list[str]:
        lines: list[str] = []
        if self.chance(0.15):
            lines += [self.rng.choice(["", "   "])] * self.rng.randint(1, 2)
        if self.comments and self.chance(0.15):
            for _ in range(self.rng.choice([1, 1, 2])):
                lines.append(" " * indent + self.comment("above", about))
            if self.chance(0.2):
                lines.append("")
        return lines

    def comment_behind(self, about: str) -> str:
        if not (self.comments and self.chance(0.15)):
            return " " * self.rng.choice([0, 0, 0, 2])
        return " " * self.rng.randint(1, 4) + self.comment("behind", about)

    def comment_below(self, about: str, indent: int) -> list[str]:
        return [" " * indent + self.comment("end of", about)] if self.comments and self.chance(0.1) else []

    # -- blocks --------------------------------------------------------------------------------

    def mapping(self, value: dict[str, object], indent: int, about: str = "the file") -> list[str]:
        keys = list(value)
        self.rng.shuffle(keys)
        lines: list[str] = []
        for key in keys:
            lines += self.comments_above(key, indent)
            lines += self.entry(" " * indent + self.key(key) + ":", value[key], indent, key)
        return lines + self.comment_below(about, indent)

    def sequence(self, value: list[object], indent: int, about: str) -> list[str]:
        lines: list[str] = []
        for item in value:
            lines += self.comments_above("-", indent)
            head = " " * indent + "-"
            if isinstance(item, dict) and item and self.chance(0.5):
                inner = self.mapping(item, indent + 2, "-")
                if inner[0].strip() and not inner[0].lstrip().startswith("#"):
                    lines += [head + " " + inner[0].lstrip(), *inner[1:]]
                else:
                    lines += [head, *inner]
            else:
                lines += self.entry(head, item, indent, "-")
        return lines + self.comment_below(about, indent)

    def entry(self, head: str, value: object, indent: int, about: str) -> list[str]:
        if isinstance(value, (dict, list)) and value and self.chance(0.6):
            step = self.rng.choice([1, 2, 2, 4])
            if isinstance(value, dict):
                return [head + self.comment_behind(about), *self.mapping(value, indent + step, about)]
            step = step if about == "-" else self.rng.choice([0, step])
            return [head + self.comment_behind(about), *self.sequence(value, indent + step, about)]
        if isinstance(value, (dict, list)):
            text = self.several_lines(value, indent + 1) if self.chance(0.3) else self.flow(value)
            return f"{head} {text}{self.comment_behind(about)}".split("\n")
        return self.scalar(head, value, indent, about)

    def scalar(self, head: str, value: object, indent: int, about: str) -> list[str]:
        if isinstance(value, str) and not isinstance(value, Plain) and value.strip() == value:
            if self.chance(0.1) and value and "\n" not in value:
                return [f"{head} |-{self.comment_behind(about)}", " " * (indent + 3) + value]
            words = value.split(" ")
            if self.chance(0.1) and len(words) > 3 and all(words) and _SAFE.match(value):
                half = len(words) // 2
                first, second = " ".join(words[:half]), " ".join(words[half:])
                sign = self.rng.choice(["'", '"']) if "'" not in value else '"'
                return [f"{head} {sign}{first}", f"    {' ' * indent}{second}{sign}{self.comment_behind(about)}"]
        return [f"{head}{' ' * self.rng.choice([1, 1, 1, 5])}{self.word(value)}{self.comment_behind(about)}"]

    # -- brackets ------------------------------------------------------------------------------

    def flow(self, value: object) -> str:
        pad = self.rng.choice(["", "", " "])
        comma = self.rng.choice([", ", ",", "  , "])
        if isinstance(value, dict):
            keys = list(value)
            self.rng.shuffle(keys)
            return "{" + pad + comma.join(f"{self.key(key)}: {self.flow(value[key])}" for key in keys) + pad + "}"
        if isinstance(value, list):
            return "[" + pad + comma.join(self.flow(item) for item in value) + pad + "]"
        return self.word(value)

    def several_lines(self, value: dict[str, object] | list[object], indent: int) -> str:
        pad = "\n" + " " * indent
        if isinstance(value, dict):
            keys = list(value)
            self.rng.shuffle(keys)
            parts = [(key, f"{self.key(key)}: {self.flow(value[key])}") for key in keys]
        else:
            parts = [("-", self.flow(item)) for item in value]
        text = "{" if isinstance(value, dict) else "["
        for index, (about, part) in enumerate(parts):
            above = "".join(pad + line.strip() for line in self.comments_above(about, 0))
            comma = "," if index < len(parts) - 1 or self.chance(0.3) else ""
            text += above + pad + part + comma + self.comment_behind(about)
        return text + pad + ("}" if isinstance(value, dict) else "]")

    # -- texts ---------------------------------------------------------------------------------

    def key(self, key: str) -> str:
        return f'"{key}"' if self.chance(0.05) else key

    def word(self, value: object) -> str:
        if value is None:
            return self.rng.choice(["null", "~"])
        text = str(value)
        if isinstance(value, Plain):
            return text
        plain = _SAFE.match(text) and text == text.strip() and resolve_plain(text) == text and text not in "<<"
        if plain and not isinstance(resolve_plain(text), Plain) and self.chance(0.8):
            return text
        if text.isprintable() and self.chance(0.5):
            return "'" + text.replace("'", "''") + "'"
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
