"""Which files form a workspace, how they are called, and which of them were asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from playbook.compiler.compile import compile_paths
from playbook.compiler.discover import discover
from playbook.text.spans import SourceText

DOCUMENT = "calendar: c\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "a.yaml",
        "b.yml",
        "notes.txt",
        ".hidden.yaml",
        ".github/workflows/ci.yaml",
        "node_modules/x/y.yaml",
        "sub/c.yaml",
        "sub/deep/d.yaml",
        "other/e.yaml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(DOCUMENT, encoding="utf-8")
    return tmp_path


def config(folder: Path, text: str = "") -> None:
    (folder / "playbook.toml").write_text(text, encoding="utf-8")


def shown(*paths: Path, home: Path) -> list[tuple[str, list[str], list[str]]]:
    """Each workspace with its root, its files, and those of them that were asked for."""
    return [
        (each.root.relative_to(home).as_posix(), sorted(each.files), sorted(each.selected))
        for each in discover(paths, home)
    ]


ALL = ["a.yaml", "b.yml", "other/e.yaml", "sub/c.yaml", "sub/deep/d.yaml"]


def test_a_folder_without_configuration_is_a_workspace(tree: Path) -> None:
    assert shown(tree, home=tree) == [(".", ALL, ALL)]


def test_a_folder_in_a_workspace_is_a_part_of_it(tree: Path) -> None:
    config(tree)
    assert shown(tree / "sub", home=tree) == [(".", ALL, ["sub/c.yaml", "sub/deep/d.yaml"])]


def test_a_file_sees_its_workspace(tree: Path) -> None:
    config(tree)
    assert shown(tree / "sub" / "c.yaml", home=tree) == [(".", ALL, ["sub/c.yaml"])]


def test_a_file_without_a_workspace_sees_the_files_beside_it(tree: Path) -> None:
    assert shown(tree / "a.yaml", home=tree) == [(".", ["a.yaml", "b.yml"], ["a.yaml"])]


def test_a_workspace_in_a_workspace_stands_for_itself(tree: Path) -> None:
    config(tree)
    config(tree / "sub")
    inner = ["sub/c.yaml", "sub/deep/d.yaml"]
    outer = ["a.yaml", "b.yml", "other/e.yaml"]
    assert shown(tree, home=tree) == [(".", outer, outer), ("sub", inner, inner)]
    assert shown(tree / "sub", home=tree) == [("sub", inner, inner)]
    assert shown(tree / "sub" / "deep", home=tree) == [("sub", inner, ["sub/deep/d.yaml"])]


def test_workspaces_below_a_folder_that_is_none(tree: Path) -> None:
    config(tree / "sub")
    config(tree / "other")
    assert [root for root, _, _ in shown(tree, home=tree)] == [".", "other", "sub"]


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ('include = ["sub/**"]', ["sub/c.yaml", "sub/deep/d.yaml"]),
        ('include = ["sub/*.yaml"]', ["sub/c.yaml"]),
        ('include = ["sub"]', ["sub/c.yaml", "sub/deep/d.yaml"]),
        ('include = ["*.yaml"]', ["a.yaml"]),
        ('include = ["?.yml"]', ["b.yml"]),
        ('include = ["**/d.yaml"]', ["sub/deep/d.yaml"]),
        ('exclude = ["sub/**"]', ["a.yaml", "b.yml", "other/e.yaml"]),
        ('exclude = ["sub/"]', ["a.yaml", "b.yml", "other/e.yaml"]),
        ('exclude = ["**/deep"]', ["a.yaml", "b.yml", "other/e.yaml", "sub/c.yaml"]),
        ('include = ["**/*.yaml"]\nexclude = ["**/*.yaml"]', []),
        ('include = ["(a).yaml"]', []),
        ("include = []", []),
    ],
)
def test_include_and_exclude(text: str, files: list[str], tree: Path) -> None:
    config(tree, text)
    ((_, found, _),) = shown(tree, home=tree)
    assert found == files


def test_an_excluded_file_that_is_asked_for_is_read(tree: Path) -> None:
    config(tree, 'exclude = ["sub/**"]')
    ((_, files, selected),) = shown(tree / "sub" / "c.yaml", home=tree)
    assert "sub/c.yaml" in files
    assert selected == ["sub/c.yaml"]


def test_names_are_told_from_home(tree: Path) -> None:
    (outside,) = discover([tree / "sub"], tree / "other")
    assert sorted(outside.files) == [f"{tree.as_posix()}/sub/c.yaml", f"{tree.as_posix()}/sub/deep/d.yaml"]


def test_paths_that_overlap_are_read_once(tree: Path) -> None:
    config(tree)
    assert shown(tree, tree / "sub", tree / "sub" / "c.yaml", tree / "sub" / "..", home=tree) == [(".", ALL, ALL)]


def test_a_text_stands_in_for_the_file_of_its_name(tree: Path) -> None:
    config(tree)
    text = SourceText("whatever", "calendar: other\n")
    (found,) = compile_paths([tree / "sub" / "c.yaml"], tree, text)
    (document,) = [each for each in found.workspace.documents if each.name == "sub/c.yaml"]
    assert document.id == "other"
    assert [each.name for each in found.workspace.documents].count("sub/c.yaml") == 1
    assert found.selected == {"sub/c.yaml"}


def test_files_of_other_tools_are_passed_over(tmp_path: Path) -> None:
    for name, text in {
        "compose.yaml": "services: {}\n",
        "flow.yaml": "{a: 1}\n",
        "comment.yaml": "# playbook: none\nservices: {}\n",
        "ours.yaml": "# about\n---\ncalendar: c\n",
        "quoted.yaml": '"calendar": d\n',
        "late.yaml": "title: X\ncalendar: e\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (found,) = compile_paths([tmp_path], tmp_path)
    assert found.passed_over == ("comment.yaml", "compose.yaml")
    assert {each.name: each.id for each in found.workspace.documents} == {
        "flow.yaml": None,
        "late.yaml": "e",
        "ours.yaml": "c",
        "quoted.yaml": "d",
    }
