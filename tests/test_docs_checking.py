"""The page about ``playbook check`` names all of its options and formats.

``UPDATE_GOLDEN=1`` writes the table of formats into the page.
"""

from __future__ import annotations

import os
import re

import click
import pytest

from playbook.cli.check import command
from playbook.config import PROFILES
from playbook.report.registry import FORMATS
from shown_commands import ROOT

PAGE = ROOT / "docs" / "checking.md"
_BEGIN, _END = "<!-- formats: begin -->\n", "<!-- formats: end -->"


def table_of_formats() -> str:
    """All formats with what they are for, and the file names that mean them."""
    rows = "".join(
        f"| `{form.name}` | {form.meaning} | {', '.join(f'`{ending}`' for ending in form.endings)} |\n"
        for form in FORMATS.values()
    )
    return f"\n| Format | What it is for | Names of files that mean it |\n|---|---|---|\n{rows}\n"


def test_all_formats_are_in_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(_BEGIN)
    found, _, tail = rest.partition(_END)
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(f"{head}{_BEGIN}{table_of_formats()}{_END}{tail}", encoding="utf-8")
    assert found == table_of_formats()


OPTIONS = [name for option in command.params if isinstance(option, click.Option) for name in option.opts]


@pytest.mark.parametrize("option", OPTIONS)
def test_each_option_is_named(option: str) -> None:
    assert re.search(rf"`(?:playbook check[^`]* )?{option}(?![\w-])", PAGE.read_text(encoding="utf-8"))


def test_each_option_that_is_named_is_there() -> None:
    named = re.findall(r"(?<![\w-])--[a-z][\w-]*", PAGE.read_text(encoding="utf-8"))
    assert set(named) - {"--kind"} <= set(OPTIONS)


def test_each_profile_has_its_line() -> None:
    assert re.findall(r"^\| `(\w+)` \|.*\|.*\|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)[:4] == list(
        PROFILES
    )
