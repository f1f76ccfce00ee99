"""Every bad input that the product names: a clear finding or message, the right exit code, no hang."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest
from running import MINIMAL, ORGANIZATION, run, template, write


def heads(out: str) -> list[str]:
    """The first line of each finding."""
    return [line for line in out.splitlines() if ": error " in line or ": warning " in line or ": info " in line]


# -- a file that is no document ------------------------------------------------------------------

FILES = {
    "empty": (b"", "1:1", "SCH003", "the file is empty"),
    "only a mark": (b"\xef\xbb\xbf", "1:1", "SCH003", "the file is empty"),
    "blank lines": (b"\n" * 200, "1:1", "SCH003", "the file is empty"),
    "a comment": (b"# nothing yet\n", "1:1", "SCH003", "the file has no content but comments"),
    "only dashes": (b"---\n", "1:1", "SCH003", "the file has no content but comments"),
    "a list": (b"- playbook: x\n", "1:1", "SCH003", "the file is not a mapping of keys and values"),
    "a word": (b"playbook\n", "1:1", "SCH003", "the file is not a mapping of keys and values"),
    "many lines before a bracket": (b"\n" * 500 + b"[]\n", "1:1", "SCH003", "the file is not a mapping"),
    "UTF-16": ("playbook: x\n".encode("utf-16"), "1:1", "SCH001", "encoded in UTF-16"),
    "UTF-16 without a mark": ("playbook: x\n".encode("utf-16-be"), "1:1", "SCH001", "encoded in UTF-16"),
    "UTF-32": ("playbook: x\n".encode("utf-32"), "1:1", "SCH001", "encoded in UTF-32"),
    "Latin-1": ("playbook: x\ntitle: Größe\n".encode("latin-1"), "2:10", "SCH001", "not valid UTF-8"),
    "an image": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 50, "1:1", "SCH001", "not valid UTF-8"),
    "NUL bytes": (b"playbook: x\x00\x00\n", "1:12", "SCH001", "U+0000"),
    "an escape sequence": (b"playbook: x\ntitle: \x1b[31mred\n", "2:8", "SCH001", "U+001B"),
    "a tab": (b"playbook: x\nends:\n\tdone: {}\n", "3:1", "SCH001", "tab used for indentation"),
    "an open bracket": (b"playbook: x\nstages: [\n", "2:9", "SCH001", '"[" is never closed'),
    "a duplicate key": (b"playbook: x\nstages: []\nstages: []\n", "3:1", "SCH001", "duplicate key"),
    "two documents": (b"playbook: x\nstages: []\n---\nplaybook: y\n", "3:1", "SCH001", "document"),
    "a merge conflict": (b"<<<<<<< HEAD\nplaybook: x\n=======\nplaybook: y\n>>>>>>> b\n", "1:1", "SCH001", ""),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_is_no_document(what: str, tmp_path: Path) -> None:
    content, place, code, message = FILES[what]
    write(tmp_path, {"x.yaml": content})
    result = run("check", "x.yaml", "--select", "SCH", cwd=tmp_path, code=1)
    assert result.err == ""
    first = heads(result.out)[0]
    assert first.startswith(f"x.yaml:{place}: error {code}: ")
    assert message in first


def test_an_unknown_kind_that_was_asked_for_by_name(tmp_path: Path) -> None:
    write(tmp_path, {"docker-compose.yaml": "services: {}\n"})
    out = run("check", "docker-compose.yaml", cwd=tmp_path, code=1).out
    assert 'docker-compose.yaml:1:1: error SCH003: unknown kind of document "services"' in out
    assert "kinds are playbook, organization, tracking, metrics, governance, maturity, calendar" in out


def test_a_kind_that_is_nearly_right_is_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": "playbok: x\nstages: []\n", "o.yaml": ORGANIZATION})
    out = run("check", cwd=tmp_path, code=1).out
    assert 'x.yaml:1:1: error SCH003: unknown kind of document "playbok"' in out
    assert "did you mean playbook?" in out


def test_a_kind_that_is_not_the_first_key(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "x.yaml": MINIMAL.replace("playbook: minimal\nscope: part\n", "") + "playbook: minimal\nscope: part\n",
            "o.yaml": ORGANIZATION,
        },
    )
    (head,) = heads(run("check", cwd=tmp_path, code=1).out)
    assert head == 'x.yaml:1:1: error SCH003: the first key is "ends", not the kind of the document'


def test_files_of_other_tools_are_passed_over_and_said_to_be(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "p.yaml": MINIMAL,
            "o.yaml": ORGANIZATION,
            "docker-compose.yaml": "services: {}\n",
            "ci.yml": "on: push\n",
        },
    )
    assert run("check", cwd=tmp_path, code=0).out == (
        "2 documents checked, no findings (profile basic); 2 other YAML files passed over\n"
    )
    json = run("check", "--format", "json", cwd=tmp_path, code=0).out
    assert '"passed_over": [\n    "ci.yml",\n    "docker-compose.yaml"\n  ]' in json


def test_a_folder_with_files_of_other_tools_only(tmp_path: Path) -> None:
    write(tmp_path, {"docker-compose.yaml": "services: {}\n"})
    result = run("check", cwd=tmp_path, code=2)
    assert "there is no playbook document in this folder (1 other YAML file was passed over)" in result.err
    assert "playbook init" in result.err
    assert result.out == ""


# -- files that cannot be read -------------------------------------------------------------------


@pytest.mark.parametrize("named", [True, False], ids=["by name", "in a folder"])
@pytest.mark.parametrize("what", ["dangling link", "link to itself", "pipe", "locked", "too large"])
def test_an_unreadable_file(what: str, named: bool, tmp_path: Path) -> None:
    path = write(tmp_path, {"o.yaml": ORGANIZATION, "p.yaml": MINIMAL}) / "x.yaml"
    reason = {
        "dangling link": "no such file",
        "link to itself": "symbolic links",
        "pipe": "not a regular file",
        "locked": "permission denied",
        "too large": "the file is too large to be a playbook: the limit is 5,000,000 bytes",
    }[what]
    if what == "pipe":
        os.mkfifo(path)
    elif what == "too large":
        with path.open("wb") as file:
            file.truncate(100_000_000)
    elif what == "locked":
        if os.geteuid() == 0:
            pytest.skip("root may read every file")
        path.touch(mode=0)
    else:
        path.symlink_to("nowhere" if what == "dangling link" else "x.yaml")
    result = run("check", *(["x.yaml"] if named else []), cwd=tmp_path, code=1, fresh=True)
    (head,) = heads(result.out)
    assert head.startswith("x.yaml:1:1: error SCH001: ")
    assert reason in head


def test_a_folder_that_is_called_like_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml/p.yaml": MINIMAL, "x.yaml/o.yaml": ORGANIZATION})
    for path in (".", "x.yaml"):
        assert "2 documents checked, no findings" in run("check", path, cwd=tmp_path, code=0).out


def test_a_device_is_not_read(tmp_path: Path) -> None:
    assert "not a regular file" in run("check", "/dev/zero", cwd=tmp_path, code=1).out


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    result = run("check", "nope.yaml", cwd=tmp_path, code=2)
    assert "there is no file or folder 'nope.yaml'" in result.err
    assert result.out == ""


def test_one_bad_file_hides_no_finding_of_another(tmp_path: Path) -> None:
    bad = MINIMAL.replace("A: csm", "A: cms")
    write(tmp_path, {"o.yaml": ORGANIZATION, "a.yaml": "playbook: [\n", "b.yaml": b"\xff\xfe\x00", "z.yaml": bad})
    found = heads(run("check", cwd=tmp_path, code=1).out)
    assert [head.split(":")[0] for head in found] == ["a.yaml", "b.yaml", "z.yaml"]
    assert 'z.yaml:9:15: error REF002: unknown role or team "cms"' in found


# -- documents that do not go together -----------------------------------------------------------


def test_two_documents_with_one_id(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": MINIMAL, "b.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    out = run("check", cwd=tmp_path, code=1).out
    assert heads(out) == ['b.yaml:1:11: error REF001: duplicate playbook id "minimal"']
    assert "first used for a playbook here: a.yaml:1:11" in out


@pytest.mark.parametrize(
    "broken",
    [
        "organization: acme\nteams: [\n",
        "organization: acme\nrolez: {csm: {title: X}}\n",
        "organization: acme\nroles: {CSM: {title: X}}\n",
        "organisation: acme\nroles: {csm: {title: X}}\n",
        "\x00",
        "organization: Acme Inc\nroles: {csm: {title: X}}\n",
        "organization: acme\nroles: 5\n",
        "organization: acme\nroles: {csm: 5}\n",
        "organization: acme\nroles:\n\tcsm: {}\n",
        "organization:\nroles: {csm: {title: X}}\n",
        "roles: {csm: {title: X}}\norganization: acme\nteams: 5\n",
    ],
)
def test_a_reference_into_a_document_that_failed_is_no_second_finding(broken: str, tmp_path: Path) -> None:
    write(tmp_path, {"organization.yaml": broken, "p.yaml": MINIMAL})
    found = heads(run("check", cwd=tmp_path, code=1).out)
    assert found
    assert [head for head in found if not head.startswith("organization.yaml")] == []
    assert len(found) <= 2


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("ends:\n  done: {success: true}", "ends: 5"),
        ("  done: {success: true}", "  Done: {success: true}"),
        ("      - id: greet\n        do: Greet the customer\n", "      - 5\n"),
        ("      - id: greet\n        do: Greet the customer\n", "      - do: Greet\n"),
        ("id: greet", "id: Greet"),
        ("    steps:\n      - id: greet\n        do: Greet the customer\n", "    steps: 5\n"),
        ("milestones: {first_value: {event: deal.closed_won, raci: {A: csm}}}", "milestones: 5"),
    ],
)
def test_a_reference_to_a_part_that_failed_is_no_second_finding(right: str, wrong: str, tmp_path: Path) -> None:
    rest = "    next: done\nmilestones: {first_value: {event: deal.closed_won, raci: {A: csm}}}\n"
    text = MINIMAL.replace("greet.completed", "greet.completed and first_value.reached") + rest
    write(tmp_path, {"o.yaml": ORGANIZATION, "p.yaml": text})
    assert run("check", cwd=tmp_path, code=0)
    assert right in text
    write(tmp_path, {"p.yaml": text.replace(right, wrong)})
    (head,) = heads(run("check", cwd=tmp_path, code=1).out)
    assert "SCH003" in head


def test_a_playbook_that_runs_one_that_failed(tmp_path: Path) -> None:
    runs = MINIMAL.replace("do: Greet the customer", "run: rescue")
    write(tmp_path, {"o.yaml": ORGANIZATION, "p.yaml": runs, "rescue.yaml": "playbook: rescue\nstages: [\n"})
    found = heads(run("check", cwd=tmp_path, code=1).out)
    assert [head.split(":")[0] for head in found] == ["rescue.yaml"]


# -- input made to hurt --------------------------------------------------------------------------


def bomb(levels: int) -> str:
    lines = ["playbook: x", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines) + "\n"


HOSTILE = {
    "a YAML bomb": (bomb(12), "SCH001"),
    "a bomb of merges": (
        "playbook: x\na0: &a0 {k0: 1, l0: 1}\n"
        + "".join(f"a{n}: &a{n} {{x: {{<<: *a{n - 1}}}, y: {{<<: *a{n - 1}}}}}\n" for n in range(1, 40)),
        "SCH001",
    ),
    "an anchor inside itself": ("playbook: x\nstages: &a [*a]\n", "SCH001"),
    "deep nesting": ("playbook: x\nstages: " + "[" * 20_000 + "]" * 20_000 + "\n", "SCH001"),
    "deep mappings": ("playbook: x\nstages: " + "{a: " * 2_000 + "}" * 2_000 + "\n", "SCH001"),
    "10,000 levels of mappings": ("playbook: x\nstages: " + "{a: " * 10_000 + "1" + "}" * 10_000 + "\n", "SCH001"),
    "levels by indentation": (
        "playbook: x\nstages:\n" + "".join(" " * n + "a:\n" for n in range(1, 2_000)),
        "SCH001",
    ),
    "10 MB in one value": ("playbook: x\nstages: []\ntitle: " + "x" * 10_000_000 + "\n", "SCH001"),
    "a block of 4 MB": ("playbook: x\ntitle: |\n" + "  word word word word\n" * 190_000 + "stage: []\n", "SCH002"),
    "many aliases of one stage": (
        "playbook: x\nstages:\n  - &a {id: a, enter: b.c, exit: d.e}\n" + "  - *a\n" * 20_000,
        "REF001",
    ),
    "many findings of rules": (
        "playbook: x\nstages:\n  - id: a\n    steps:\n"
        + "".join(f"      - {{id: s{n}, do: =x, when: a.b{n} == 1}}\n" for n in range(3_000)),
        "SEC003",
    ),
    "a very long line": ("playbook: x\ntitle: " + "x" * 4_000_000 + "\nstage: []\n", "SCH002"),
    "a very long key": ("playbook: x\n? " + "k" * 200_000 + "\n: 1\nstages: []\n", "SC"),
    "many lines": ("playbook: x\nstages: []\n" + "#\n" * 2_000_000, "GRF"),
    "many unknown keys": ("playbook: x\nstages: []\n" + "".join(f"k{n}: 1\n" for n in range(5_000)), "SCH002"),
    "a huge integer": ("playbook: x\nstages: []\ncontext: {volume: " + "9" * 100_000 + "}\n", "SCH003"),
    "a huge duration": (MINIMAL + "        takes: " + "9" * 5_000 + "bd\n", "SCH003"),
    "a huge duration that fits": (MINIMAL + "        takes: " + "9" * 30 + "bd\n", "SCH003"),
    "blanks in a timing": (MINIMAL + "        due: x" + " " * 100_000 + "y\n", "SCH003"),
    "a deep expression": (MINIMAL + "        when: " + "(" * 1_900 + "\n", "SCH003"),
    "a long expression": (MINIMAL + "        when: " + "a.b and " * 50_000 + "a.b\n", "SCH003"),
}


@pytest.mark.parametrize("profile", ["basic", "certified"])
@pytest.mark.parametrize("what", HOSTILE)
def test_input_made_to_hurt_is_answered_in_time(what: str, profile: str, tmp_path: Path) -> None:
    text, code = HOSTILE[what]
    write(tmp_path, {"x.yaml": text, "o.yaml": ORGANIZATION, "playbook.toml": f'profile = "{profile}"\n'})
    start = time.perf_counter()
    result = run("check", "x.yaml", cwd=tmp_path, code=1)
    assert time.perf_counter() - start < 20
    assert any(f"error {code}" in head for head in heads(result.out)), result.out[:2000]
    # However long a value is, a message about it stays readable.
    assert max(map(len, result.out.splitlines()[:50])) < 500


def cycle(length: int) -> str:
    """Steps that come after each other, the first after the last."""
    steps = [f"      - {{id: s{n}, do: Do it, after: s{(n - 1) % length}}}\n" for n in range(length)]
    return MINIMAL.split("      - id: greet")[0].replace("greet.completed", "deal.closed_won") + "".join(steps)


def test_a_cycle_of_a_thousand_steps(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": cycle(1_000), "o.yaml": ORGANIZATION})
    result = run("check", cwd=tmp_path, code=1)
    (head,) = [head for head in heads(result.out) if "GRF010" in head]
    assert head.startswith("x.yaml:11:")
    assert len(head) < 500
    assert len(heads(result.out)) < 10
    shown = run("show", cwd=tmp_path, code=0)
    assert shown.out.count("Do it") == 1_000


def test_a_playbook_that_runs_itself(tmp_path: Path) -> None:
    write(tmp_path, {"x.yaml": MINIMAL.replace("do: Greet the customer", "run: minimal"), "o.yaml": ORGANIZATION})
    result = run("check", "--select", "REF005", cwd=tmp_path, code=1)
    assert "playbooks run each other in a circle: minimal → minimal" in result.out
    assert "Minimal" in run("show", cwd=tmp_path, code=0).out


WRONG = [
    "5",
    "[]",
    "{}",
    "null",
    "true",
    '""',
    "[[[]]]",
    "{a: b}",
    "-1",
    "1e999",
    ".nan",
    "2026-01-01",
    "🙂",
    "' '",
]


@pytest.mark.parametrize("value", WRONG)
def test_wrong_types_everywhere(value: str, tmp_path: Path) -> None:
    """One playbook in which every key has a value of the wrong type; only findings may come of it."""
    from playbook.language.documents import KINDS, model_of

    lines = {
        kind: [
            f"{kind}: x",
            *(f"{info.alias or name}: {value}" for name, info in model_of(kind).model_fields.items()),
        ]
        for kind in KINDS
    }
    files = {f"{kind}.yaml": "\n".join(dict.fromkeys(text)) + "\n" for kind, text in lines.items()}
    files["step.yaml"] = MINIMAL.replace("minimal", "two") + "".join(
        f"        {key}: {value}\n"
        for key in ("after", "when", "due", "takes", "sla", "touch", "approval", "repeat")
    )
    write(tmp_path, files)
    assert heads(run("check", cwd=tmp_path, code=1).out)


# -- folders -------------------------------------------------------------------------------------


def test_a_folder_without_configuration_works_with_the_defaults(tmp_path: Path) -> None:
    write(tmp_path, {"deep/p.yaml": MINIMAL, "o.yml": ORGANIZATION})
    assert run("check", cwd=tmp_path, code=0).out == "2 documents checked, no findings (profile basic)\n"


def test_an_empty_folder(tmp_path: Path) -> None:
    for command in (["check"], ["show"], ["export", "raci", "--as", "csv"]):
        result = run(*command, cwd=tmp_path, code=2)
        assert "there is no playbook" in result.err
        assert "playbook init" in result.err
        assert result.out == ""


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("a folder in use cannot be removed")
    gone = tmp_path / "gone"
    gone.mkdir()
    result = run(
        "check",
        cwd=tmp_path,
        preexec_fn=lambda: (os.chdir(gone), os.rmdir(gone)),  # noqa: PTH106
    )
    assert result.code == 2
    assert "folder" in result.err


def test_names_that_try_a_terminal(tmp_path: Path) -> None:
    write(tmp_path, {"ev\x1b[31mil\n.yaml": "playbook: [\n", "o.yaml": ORGANIZATION})
    result = run("check", cwd=tmp_path, code=1)
    assert b"\x1b" not in result.raw_out
    assert "ev\\x1b[31mil\\x0a.yaml:1:11: error SCH001" in result.out


def test_a_name_that_is_no_utf_8(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.yaml"
    try:
        with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path of bytes
            file.write("playbook: [\n")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    for options in ([], ["--format", "json"]):
        result = run("check", *options, cwd=tmp_path, code=1)
        assert "caf" in result.out


@pytest.mark.parametrize("template_name", ["self_serve", "mid_market", "enterprise"])
def test_windows_line_ends_and_a_mark_change_nothing(template_name: str, tmp_path: Path) -> None:
    files = {
        name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        for name, text in template(template_name).items()
    }
    assert "no findings" in run("check", cwd=write(tmp_path, files), code=0).out
