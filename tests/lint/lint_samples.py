"""Compiles and checks small workspaces, for the tests of rules."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from playbook.checking.run import findings_of
from playbook.checking.settings import Settings
from playbook.compiler.compile import Compiled, compile_paths
from playbook.config import Config
from playbook.diagnostics import Diagnostic
from playbook.lint.engine import lint
from playbook.lint.examples import example_files
from playbook.lint.registry import all_rules
from playbook.lint.rule import Context
from playbook.text.scalars import Plain

TODAY = Context(datetime.date(2026, 10, 1))
EVERYTHING = Config(profile="certified")


class Samples:
    """A folder for workspaces; each check gets one of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def compile(self, files: Mapping[str, str]) -> Compiled:
        self._count += 1
        root = self._folder / str(self._count)
        root.mkdir()
        for name, text in files.items():
            (root / name).write_text(text, encoding="utf-8", newline="\n")
        return compile_paths([root], root)[0]

    def check(self, files: Mapping[str, str], config: Config = EVERYTHING) -> tuple[Diagnostic, ...]:
        compiled = self.compile(files)
        if compiled.config.source is not None:
            # The example has a configuration of its own, which is held to the same profile.
            config = replace(compiled.config, profile=config.profile)
        settings = Settings(as_of=TODAY.as_of, home=Path(compiled.workspace.root))
        return findings_of(replace(compiled, config=config), settings)

    def example(self, text: str, config: Config = EVERYTHING) -> tuple[Diagnostic, ...]:
        """The findings of an example laid over the sample workspace."""
        return self.check(example_files(text), config)

    def only(self, code: str, text: str) -> list[str]:
        """The messages of one rule alone."""
        compiled = self.compile(example_files(text))
        rules = {code: all_rules()[code]}
        return [finding.message for finding in lint(compiled.workspace, rules, EVERYTHING, TODAY)]


def codes(findings: Iterable[Diagnostic]) -> list[str]:
    return [finding.code for finding in findings]


def shown(finding: Diagnostic) -> str:
    """A finding as golden files hold it."""
    start, end = finding.place.span.start, finding.place.span.end
    lines = [
        f"{finding.place.file}:{start.line}:{start.column}-{end.line}:{end.column}: "
        f"{finding.severity.value} {finding.code}: {finding.message}"
    ]
    for related in finding.related:
        place = related.place.span.start
        lines.append(f"  {related.message}: {related.place.file}:{place.line}:{place.column}")
    if finding.expected:
        lines.append(f"  expected: {finding.expected}")
    if finding.suggestion:
        lines.append(f"  suggestion: {finding.suggestion}")
    if finding.sensitive:
        lines.append("  (sensitive)")
    return "\n".join(lines) + "\n"


def to_yaml(value: object) -> str:
    """Values of the reader as YAML in flow style; a plain scalar stays plain."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {to_yaml(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(to_yaml, value)) + "]"
    if isinstance(value, Plain):
        return str(value)
    return "null" if value is None else json.dumps(value, ensure_ascii=False)


def file_of(value: dict[str, object]) -> str:
    """A document, one line per top-level key."""
    return "".join(f"{key}: {to_yaml(part)}\n" for key, part in value.items())
