"""Reads ``playbook.toml``: what is right holds, and every mistake is a finding with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from playbook.config.model import FILE_NAME, Config
from playbook.config.settings import BY_NAME, Setting
from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.text.files import read_at_most
from playbook.text.quote import shown
from playbook.text.spans import SourceText
from playbook.text.suggest import nearest

_LARGEST = 100_000


def read_config(folder: Path, name: str) -> tuple[Config, tuple[Diagnostic, ...]]:
    """The configuration in ``folder``, with findings (code CFG001) for its mistakes.

    ``name`` is how messages call the file. Without a file, the defaults hold.
    """
    path = folder / FILE_NAME
    try:
        if not path.is_file():
            return Config(), ()
        data = read_at_most(path, _LARGEST)
        if len(data) > _LARGEST:
            size = max(path.stat().st_size, len(data))
            return Config(), (_finding(name, f"the file has {size:,} bytes; at most {_LARGEST:,} are read"),)
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
    except ValueError as error:  # a whole number of thousands of digits
        return Config(), (_finding(name, f"cannot be read: {error}"),)
    return _Reader(SourceText(name, text)).read(values)


class _Reader:
    def __init__(self, source: SourceText) -> None:
        self._found = Config(source=source)
        self._findings: list[Diagnostic] = []
        self._readers: dict[str, Callable[[Setting, Any], Any]] = {
            "choice": self._choice,
            "text": self._text,
            "names": self._texts,
            "patterns": self._texts,
            "codes": self._texts,
            "ignores": self._ignores,
            "severities": self._severities,
            "options": self._options,
            "targets": self._targets,
        }

    def read(self, values: dict[str, Any]) -> tuple[Config, tuple[Diagnostic, ...]]:
        known: dict[str, Any] = {}
        for key, value in values.items():
            setting = BY_NAME.get(key)
            if setting is None:
                expected = "one of " + ", ".join(BY_NAME)
                self._report(f'unknown key "{shown(key)}"', (key,), expected, nearest(key, BY_NAME), key=True)
                continue
            read = self._readers[setting.kind](setting, value)
            if read is not None:
                known[key] = read
        return replace(self._found, **known), tuple(self._findings)

    def _choice(self, setting: Setting, value: Any) -> str | None:
        if isinstance(value, str) and value in setting.choices:
            return value
        near = nearest(value, setting.choices) if isinstance(value, str) else None
        what = "profile" if setting.name == "profile" else f'value of "{setting.name}"'
        expected = "one of " + ", ".join(setting.choices)
        self._report(f"{_quoted(value)} is not a {what}", (setting.name,), expected, near)
        return None

    def _text(self, setting: Setting, value: Any) -> str | None:
        if isinstance(value, str) and value.strip():
            return value
        self._report(f'"{setting.name}" is not a text', (setting.name,), setting.example)
        return None

    def _texts(self, setting: Setting, value: Any) -> tuple[str, ...] | None:
        return self._list_at((setting.name,), f'"{setting.name}"', setting.example, value)

    def _list_at(self, path: tuple[str, ...], name: str, example: str, value: Any) -> tuple[str, ...] | None:
        if not isinstance(value, list):
            self._report(f"{name} is not a list of texts", path, example)
            return None
        wrong = [at for at, item in enumerate(value) if not isinstance(item, str) or not item.strip()]
        for at in wrong:
            self._report(f"{name} is not a list of texts: {_quoted(value[at])} is none", (*path, at), example)
        return tuple(item for at, item in enumerate(value) if at not in wrong)

    def _table(self, setting: Setting, value: Any) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        head, _, line = setting.example.partition("\n")
        expected = (
            f"[{setting.name}] with lines such as {line}" if head == f"[{setting.name}]" else f"{head} {line}"
        )
        self._report(f'"{setting.name}" is not a table', (setting.name,), expected, key=True)
        return {}

    def _ignores(self, setting: Setting, value: Any) -> dict[str, tuple[str, ...]]:
        chosen = {}
        example = setting.example.partition("\n")[2]
        for pattern, codes in self._table(setting, value).items():
            read = self._list_at((setting.name, pattern), f'"{shown(pattern)}"', example, codes)
            if read is not None:
                chosen[pattern] = read
        return chosen

    def _severities(self, setting: Setting, value: Any) -> dict[str, Severity]:
        allowed = [severity.value for severity in Severity]
        chosen: dict[str, Severity] = {}
        for code, level in self._table(setting, value).items():
            if isinstance(level, str) and level in allowed:
                chosen[code] = Severity(level)
            else:
                near = nearest(level, allowed) if isinstance(level, str) else None
                message = f"{_quoted(level)} is not a severity"
                self._report(message, (setting.name, code), "one of " + ", ".join(allowed), near)
        return chosen

    def _options(self, setting: Setting, value: Any) -> dict[str, dict[str, Any]]:
        chosen = {}
        for code, options in self._table(setting, value).items():
            if isinstance(options, dict):
                chosen[code] = options
            else:
                message = f'"options.{shown(code)}" is not a table'
                expected = f"[options.{shown(code)}] with a line for each option, such as at_most = 6"
                self._report(message, (setting.name, code), expected, key=True)
        return chosen

    def _targets(self, setting: Setting, value: Any) -> dict[str, dict[str, str]]:
        chosen: dict[str, dict[str, str]] = {}
        for name, options in self._table(setting, value).items():
            if not isinstance(options, dict):
                message = f'"targets.{shown(name)}" is not a table'
                self._report(message, (setting.name, name), f"[targets.{shown(name)}]", key=True)
                continue
            chosen[name] = {}
            for option, given in options.items():
                if isinstance(given, str | int | float):
                    text = str(given).lower() if isinstance(given, bool) else str(given)
                    chosen[name][option] = text
                else:
                    message = f'"{shown(option)}" of the target {shown(name)} is neither a text nor a number'
                    self._report(message, (setting.name, name, option), f'{shown(option)} = "..."')
        return chosen

    def _report(
        self,
        message: str,
        path: tuple[str | int, ...],
        expected: str,
        suggestion: str | None = None,
        *,
        key: bool = False,
    ) -> None:
        place = self._found.place(*path, key=key)
        self._findings.append(
            Diagnostic("CFG001", Severity.ERROR, message, place, expected=expected, suggestion=suggestion)
        )


def _quoted(value: Any) -> str:
    """A value of TOML as a message quotes it: ``"true"``, not Python's ``True``."""
    return f'"{shown(str(value).lower() if isinstance(value, bool) else str(value))}"'


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
