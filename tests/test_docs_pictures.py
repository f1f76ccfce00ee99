"""The page about views names every view, every format, and every option of the commands that write them."""

from __future__ import annotations

import re

import click
import pytest

from playbook.cli import export, preview, site
from playbook.formats.registry import FORMATS
from playbook.views.registry import VIEWS
from shown_commands import ROOT

PAGE = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
TOOLS = (ROOT / "docs" / "tools.md").read_text(encoding="utf-8")
"""What is about targets stands there."""
COMMANDS = {"export": export.command, "site": site.command, "preview": preview.command}
OPTIONS = sorted(
    {
        max(option.opts, key=len)
        for command in COMMANDS.values()
        for option in command.params
        if isinstance(option, click.Option)
    }
)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_says_what_it_is_for(view: str) -> None:
    table = PAGE.partition("## Which view for what")[2].partition("\n## ")[0]
    assert f"`{view}`" in table


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_has_something_good_to_know(form: str) -> None:
    table = PAGE.partition("## Formats")[2].partition("\n## ")[0]
    names = " ".join(re.findall(r"^\| ([^|]*) \|", table, re.MULTILINE)).lower()
    assert re.search(rf"\b{form}\b", names)


@pytest.mark.parametrize("option", OPTIONS)
def test_each_option_is_named(option: str) -> None:
    assert re.search(rf"{option}(?![\w-])", PAGE + TOOLS)


def test_each_option_that_is_named_is_there() -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][\w-]*", PAGE))
    assert named - set(OPTIONS) - {"--help", "--kind"} == set()
