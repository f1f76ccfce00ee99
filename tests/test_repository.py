"""What must hold for the repository itself, whatever the code does."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]

# Written in pieces, so that this file doesn't contain what it looks for.
FORBIDDEN = {
    "the address of a package registry": re.compile(
        r"pypi\.org/(?:" + "simple" + r"|pypi)"
        r"|files\.python" + r"hosted"
        r"|registry\.(?:npm" + r"js|yarn" + r"pkg)"
        r"|proxy\.gol" + r"ang\.org"
        r"|index" + r"-url\s*="
    ),
    "an absolute path of one machine": re.compile(
        r"(?<![\w.~}/-])/(?:" + "|".join(["ro" + "ot", "wo" + "rk", "ho" + r"me/\w+", "Us" + r"ers/\w+"]) + r")/"
        r"|file:///(?!\{|…)\w"
        r"|\b[A-Z]:\\" + r"Users\\"
    ),
}


def tracked_files() -> list[Path]:
    """The files that are, or with the next `git add` will be, in the repository."""
    if shutil.which("git") is None or not (REPOSITORY / ".git").exists():
        pytest.skip("not a git checkout")
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    ).stdout.decode()
    return [path for name in names.split("\0") if name and (path := REPOSITORY / name).is_file()]


def text_of(path: Path) -> str | None:
    """The text of a file, or None for a binary one."""
    content = path.read_bytes()
    return None if b"\0" in content else content.decode("utf-8", errors="replace")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    found = [
        f"{path.relative_to(REPOSITORY)}:{number}: {line.strip()[:120]}"
        for path in tracked_files()
        for number, line in enumerate((text_of(path) or "").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found, f"{what}:\n" + "\n".join(found)


def test_the_patterns_find_what_they_should() -> None:
    registry, machine = FORBIDDEN.values()
    for text in (
        "https://pypi.org/" + "simple/click",
        "https://registry.npm" + "js.org/x",
        "index" + "-url = x",
    ):
        assert registry.search(text), text
    for text in ("/ro" + "ot/x", "cd /wo" + "rk/main", '"/ho' + 'me/ada/x"', "C:\\" + "Users\\ada"):
        assert machine.search(text), text
    for text in ("https://example.com/work/main", "~/work/x", "./home/a/b", "docs/root/", "file:///{path}"):
        assert not machine.search(text), text


def test_text_files_end_lines_as_git_stores_them() -> None:
    found = [
        str(path.relative_to(REPOSITORY))
        for path in tracked_files()
        if b"\0" not in (content := path.read_bytes()) and b"\r\n" in content and "tests" not in path.parts
    ]
    assert found == []


def makefile_targets() -> set[str]:
    """The public targets of the Makefile; `oracles` and `programs` are parts of `test`."""
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    return set(phony.split()) - {"oracles", "programs"}


def test_make_help_lists_each_target() -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=REPOSITORY, check=True, capture_output=True, text=True
    ).stdout
    listed = dict(re.findall(r"^ *make (\w+) +(\S.*)$", shown, re.MULTILINE))
    assert set(listed) == makefile_targets()
    assert set(listed) >= {"demo", "test", "lint", "format", "docs", "bench", "clean", "help"}


def test_changelog_has_a_place_for_the_next_change() -> None:
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[Unreleased\]$", changelog, re.MULTILINE)


def test_license_is_the_one_that_the_package_names() -> None:
    text = (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert 'license = "Apache-2.0"' in (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")


def test_performance_page_keeps_the_place_of_its_table() -> None:
    page = (REPOSITORY / "docs" / "performance.md").read_text(encoding="utf-8")
    assert page.index("<!-- benchmarks/run.py: begin -->") < page.index("<!-- benchmarks/run.py: end -->")


def test_test_modules_have_names_of_their_own() -> None:
    """Two modules of one name are one to Python, and the second is not run."""
    names = Counter(
        path.name for path in (REPOSITORY / "tests").rglob("test_*.py") if "node_modules" not in path.parts
    )
    assert [name for name, count in names.items() if count > 1] == []
