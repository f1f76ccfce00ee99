"""``playbook.toml``: which files belong to a workspace and which rules it is held to."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.text.spans import SourceText
from playbook.text.suggest import nearest

FILE_NAME = "playbook.toml"

Profile = Literal["basic", "team", "governed", "certified"]
PROFILES: tuple[Profile, ...] = ("basic", "team", "governed", "certified")
"""Each profile asks for what the one before it asks, and more."""

_LARGEST = 100_000
_KEYS = {
    "include": "list",
    "exclude": "list",
    "profile": "profile",
    "select": "list",
    "ignore": "list",
    "severity": "severity",
}


@dataclass(frozen=True)
class Config:
    """The effective configuration of one workspace.

    ``include`` and ``exclude`` are glob patterns relative to the workspace; ``select`` replaces the
    profile's rules and ``ignore`` takes rules away, by code or prefix; ``severity`` changes how much a
    rule weighs.
    """

    include: tuple[str, ...] = ("**/*.yaml", "**/*.yml")
    exclude: tuple[str, ...] = ()
    profile: Profile = "basic"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, Severity] = field(default_factory=dict)
    options: dict[str, dict[str, Any]] = field(default_factory=dict)
    source: SourceText | None = field(default=None, repr=False, compare=False)
    """The text of the file, if there is one that could be read."""

    def place_of(self, item: str) -> Place:
        """Where an item of a list, or a key, is written; the file as a whole if it cannot be found."""
        if self.source is None:
            return Place(FILE_NAME)
        match = re.search(
            rf"[\"']({re.escape(item)})[\"']|^\s*({re.escape(item)})\s*=", self.source.text, re.MULTILINE
        )
        if match is None:
            return Place(self.source.name)
        return Place(self.source.name, self.source.span(*match.span(match.lastindex or 0)))


def read_config(folder: Path, name: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration in ``folder``, with findings (code CFG001) for its mistakes.

    ``name`` is how messages call the file. Without a file, the defaults hold.
    """
    path = folder / FILE_NAME
    try:
        if not path.is_file():
            return Config(), ()
        data = path.read_bytes()
        if len(data) > _LARGEST:
            return Config(), (_finding(name, f"the file has {len(data):,} bytes; at most {_LARGEST:,} are read"),)
        text = data.decode("utf-8-sig")
        values = tomllib.loads(text)
    except OSError as error:
        return Config(), (_finding(name, f"cannot be read: {error.strerror or error}"),)
    except UnicodeDecodeError:
        return Config(), (_finding(name, "is not UTF-8"),)
    except tomllib.TOMLDecodeError as error:
        return Config(source=SourceText(name, text)), (_syntax_finding(name, text, str(error)),)
    except RecursionError:
        return Config(), (_finding(name, "is nested too deeply"),)
    return _Reader(SourceText(name, text)).read(values)


class _Reader:
    def __init__(self, source: SourceText) -> None:
        self._source = source
        self._findings: list[Diagnostic] = []

    def read(self, values: dict[str, Any]) -> tuple[Config, tuple[Diagnostic, ...]]:
        known: dict[str, Any] = {}
        for key, value in values.items():
            kind = _KEYS.get(key)
            if kind is None:
                self._report(key, f'unknown key "{key}"', "one of " + ", ".join(_KEYS), nearest(key, _KEYS))
            elif kind == "list":
                self._list(key, value, known)
            elif kind == "profile":
                self._profile(value, known)
            else:
                self._severity(value, known)
        return Config(**known, source=self._source), tuple(self._findings)

    def _list(self, key: str, value: Any, known: dict[str, Any]) -> None:
        if isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value):
            known[key] = tuple(value)
        else:
            self._report(key, f'"{key}" is not a list of texts', f'{key} = ["...", "..."]')

    def _profile(self, value: Any, known: dict[str, Any]) -> None:
        if value in PROFILES:
            known["profile"] = value
        else:
            near = nearest(value, PROFILES) if isinstance(value, str) else None
            self._report("profile", f'"{value}" is not a profile', "one of " + ", ".join(PROFILES), near)

    def _severity(self, value: Any, known: dict[str, Any]) -> None:
        allowed = [severity.value for severity in Severity]
        if not isinstance(value, dict):
            self._report(
                "severity", '"severity" is not a table', '[severity] with lines such as RCI002 = "warning"'
            )
            return
        chosen: dict[str, Severity] = {}
        for code, level in value.items():
            if level in allowed:
                chosen[code] = Severity(level)
            else:
                near = nearest(level, allowed) if isinstance(level, str) else None
                self._report(code, f'"{level}" is not a severity', "one of " + ", ".join(allowed), near)
        known["severity"] = chosen

    def _report(self, key: str, message: str, expected: str, suggestion: str | None = None) -> None:
        # tomllib has no positions; a key stands alone at the start of its line.
        match = re.search(rf"^\s*\[?\s*[\"']?({re.escape(key)})[\"']?\s*[=\].]", self._source.text, re.MULTILINE)
        place = Place(self._source.name, self._source.span(*match.span(1))) if match else Place(self._source.name)
        self._findings.append(
            Diagnostic("CFG001", Severity.ERROR, message, place, expected=expected, suggestion=suggestion)
        )


def _finding(name: str, message: str) -> Diagnostic:
    return Diagnostic("CFG001", Severity.ERROR, message, Place(name))


def _syntax_finding(name: str, text: str, message: str) -> Diagnostic:
    source = SourceText(name, text)
    match = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if match is None:
        return Diagnostic("CFG001", Severity.ERROR, f"is not valid TOML: {message}", Place(name))
    if match[1]:
        # To tomllib only a line feed ends a line.
        before = text.split("\n")[: int(match[1]) - 1]
        offset = sum(len(line) + 1 for line in before) + int(match[2]) - 1
    else:
        offset = max(len(text.rstrip()) - 1, 0)
    place = Place(name, source.span(offset, offset + 1))
    return Diagnostic("CFG001", Severity.ERROR, f"is not valid TOML: {message[: match.start()].strip()}", place)
