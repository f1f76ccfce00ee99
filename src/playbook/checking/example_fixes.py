"""What ``--fix`` makes of the bad examples of rules: the pages of rules show it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from playbook.checking.mend import Mended, mend, patches_of
from playbook.checking.run import Settings
from playbook.compiler.assembly import Assembly, Compiled
from playbook.compiler.discover import WorkspaceFiles
from playbook.compiler.opening import Text
from playbook.config import Config
from playbook.lint.examples import example_files
from playbook.lint.rule import Rule
from playbook.text.spans import SourceText

_ROOT = Path("/")
_CONFIG = Config(profile="certified")
_SETTINGS = Settings(as_of=datetime.date(2026, 10, 1))


def mended_example(rule: Rule) -> Mended:
    """The bad example of a rule after all fixes of that rule, also the unsafe ones."""
    files = example_files(rule.bad)

    def compile_(texts: Mapping[str, str]) -> list[Compiled]:
        sources = [Text(name, SourceText(name, texts.get(name, text))) for name, text in sorted(files.items())]
        return [Assembly(WorkspaceFiles(_ROOT, _CONFIG, selected=set(files)), sources).compiled()]

    return mend(compile_, _SETTINGS, unsafe=True, wanted=rule.code.__eq__)


def example_diff(rule: Rule) -> str:
    """How the bad example of a rule changes, as a patch; empty if nothing mends it."""
    return patches_of(mended_example(rule))
