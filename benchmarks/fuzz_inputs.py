"""Inputs for fuzzing: real documents as seeds, and what people, tools and attackers do to them."""

from __future__ import annotations

import random
import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
CASES = REPOSITORY.parent / "shared" / "cases"

LONGEST = 8_000
"""Longer seeds and inputs are cut: the time is better spent on many small ones."""

HOSTILE: tuple[bytes, ...] = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *(
            "&a",
            "*a",
            "<<: *a",
            "&a [*a]",
            "!!python/object:os.system x",
            "!!binary |",
            "!local",
            "? x",
            "%YAML 1.1",
        ),
        *(
            "{",
            "}",
            "[",
            "]",
            '"',
            "'",
            "|",
            ">",
            "|+9",
            ">-",
            "- - -",
            "---",
            "...",
            "#",
            ":",
            ": ",
            ",",
            "\t",
            "\r",
        ),
        *("5m", "5 bd", "1..2", "..", "-1d", "1e400", ".inf", ".nan", "0x7f", "0o8", "1_000", "9" * 400, "-0", "~"),
        *("null", "yes", "on", "true", "2026-02-30", "12:30", "=1+1", "@x", "a.b.c", "a..b", ".a", "a.", "__x__"),
        *(
            "x and",
            "not",
            "(" * 50,
            "a < b < c",
            "1 / 0",
            'x in ["a"]',
            "days_since(x)",
            "lambda: 0",
            "a if b else c",
        ),
        *(
            "\x00",
            "\x1b[31m",
            "\x07",
            "\u202e",
            "\u2028",
            "\x85",
            "\ufeff",
            "\ufffe",
            "\U0001f600",
            "é",
            "é",
            "ß" * 40,
        ),
        *(
            "{any_of: [csm]}",
            "{a: {b: {c: d}}}",
            "[[[[]]]]",
            "* ",
            "& ",
            "a: b: c",
            "playbook: ",
            "{otherwise: true}",
        ),
        *("# playbook: ignore[", "# playbook: ignore[RCI002] until=2026-13-01", "# playbook: ignore-file[ALL]"),
        *("5bd after ", "50% between a and b", "every 1w", "first week", "14d before before", "csm", "cs_leader"),
    )
)
NOT_UTF8 = (b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xfe\xff\x00p", b"\x00p\x00l")


def seeds() -> list[bytes]:
    """Documents to begin with: examples of rules, shipped files and the real playbooks of others."""
    from playbook.lint.examples import SAMPLE, example_files
    from playbook.lint.registry import all_rules

    texts = dict.fromkeys(SAMPLE.values())
    for rule in all_rules().values():
        for example in (rule.bad, rule.good):
            texts.update(dict.fromkeys(example_files(example).values()))
    found = [text.encode() for text in texts]
    folders = [REPOSITORY / name for name in ("playbooks", "examples", "src/playbook/templates")]
    for folder in (*folders, CASES):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".yaml", ".yml", ".toml", ".md", ".csv", ".json") and path.is_file():
                data = path.read_bytes()
                found += [data[at : at + LONGEST] for at in range(0, min(len(data), 10 * LONGEST), LONGEST)]
    return found


class Mutator:
    """Spoils documents: by bytes, by lines, by words, and by parts of other documents."""

    def __init__(self, corpus: list[bytes]) -> None:
        self._corpus = corpus
        self._words = sorted({word for text in corpus for word in re.findall(rb"[\w.]{2,30}", text)})
        self._lines = sorted({line for text in corpus for line in text.split(b"\n") if 2 < len(line) < 200})

    def spoil(self, data: bytes, chance: random.Random) -> bytes:
        """One to three changes."""
        for _ in range(chance.choice((1, 1, 1, 1, 2, 3))):
            data = chance.choice(self._WAYS)(self, data, chance)
        return data[:LONGEST]

    def _bytes(self, data: bytes, chance: random.Random) -> bytes:
        at = chance.randint(0, len(data))
        new = chance.choice((*NOT_UTF8, bytes([chance.randrange(256)]), b"", bytes([chance.randrange(32, 127)])))
        return data[:at] + new + data[at + chance.randint(0, 3) :]

    def _cut(self, data: bytes, chance: random.Random) -> bytes:
        start = chance.randint(0, len(data))
        return data[:start] + data[start + chance.randint(0, 200) :]

    def _line(self, data: bytes, chance: random.Random) -> bytes:
        lines = data.split(b"\n")
        at = chance.randrange(len(lines))
        how = chance.randrange(6)
        if how == 0:
            del lines[at]
        elif how == 1:
            lines.insert(chance.randrange(len(lines) + 1), lines[at])
        elif how == 2:
            other = chance.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        elif how == 3:
            lines[at] = b" " * chance.choice((1, 2, 4, 9)) + lines[at]
        elif how == 4:
            lines[at] = lines[at][chance.choice((1, 2, 4)) :]
        else:
            lines.insert(at, chance.choice(self._lines))
        return b"\n".join(lines)

    def _word(self, data: bytes, chance: random.Random) -> bytes:
        words = list(re.finditer(rb"[\w.]+", data))
        if not words:
            return data
        word = chance.choice(words)
        return data[: word.start()] + chance.choice(self._words) + data[word.end() :]

    def _hostile(self, data: bytes, chance: random.Random) -> bytes:
        places = list(re.finditer(rb"(?<=: )[^\n]*|(?<=- )[^\n]*|[\w.]+", data))
        if not places:
            return data + chance.choice(HOSTILE)
        place = chance.choice(places)
        end = place.end() if chance.random() < 0.7 else place.start()
        return data[: place.start()] + chance.choice(HOSTILE) + data[end:]

    def _spliced(self, data: bytes, chance: random.Random) -> bytes:
        other = chance.choice(self._corpus).split(b"\n")
        start = chance.randrange(len(other))
        lines = data.split(b"\n")
        at = chance.randrange(len(lines) + 1)
        return b"\n".join([*lines[:at], *other[start : start + chance.randint(1, 30)], *lines[at:]])

    def _repeated(self, data: bytes, chance: random.Random) -> bytes:
        start = chance.randint(0, len(data))
        part = data[start : start + chance.randint(1, 40)]
        return data[:start] + part * chance.choice((2, 3, 50)) + data[start:]

    _WAYS = (_bytes, _cut, _line, _line, _word, _word, _hostile, _hostile, _spliced, _repeated)
