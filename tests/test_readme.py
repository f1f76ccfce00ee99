"""What the README and the pages in ``docs/`` show is what happens: their commands are run, in order.

``UPDATE_GOLDEN=1`` writes the true output into the pages.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from shown_commands import PAGES, ROOT, page_as_it_should_be, run

README = ROOT / "README.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_shown_output_is_true(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    expected = page_as_it_should_be(text, tmp_path)
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(expected, encoding="utf-8")
    assert text == expected


def test_the_pages_that_are_tried() -> None:
    assert {page.name for page in PAGES} >= {"README.md", "checking.md", "adoption.md", "ci.md"}


def test_another_output_is_noticed(tmp_path: Path) -> None:
    written = "<!-- file: a/b.txt -->\n```text\nhello\n```\n"
    page = f"{written}<!-- run: cp a/b.txt c -->\n```console\n$ cat c\nbye\n```\n"
    assert page_as_it_should_be(page, tmp_path) == page.replace("bye", "hello")


def test_the_twenty_line_playbook_is_valid(tmp_path: Path) -> None:
    sample = re.search(
        r"^```yaml\n(playbook: pilot.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert sample
    (tmp_path / "pilot.yaml").write_text(sample[1], encoding="utf-8")
    output = run("playbook check pilot.yaml; echo $?", tmp_path)
    assert output.endswith("\n0\n"), output
