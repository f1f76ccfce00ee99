"""The commands as users meet them: what they say, what they write, how they end."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from running import MINIMAL, ORGANIZATION, TIMEOUT, environment, everything_below, run, write

from playbook import __version__
from playbook.cli.main import COMMANDS

BAD = MINIMAL.replace("A: csm", "A: cms")
KINDS = ("self-serve", "mid-market", "enterprise")


# -- playbook ------------------------------------------------------------------------------------


def test_version(tmp_path: Path) -> None:
    for option in ("--version", "-V"):
        assert run(option, cwd=tmp_path, code=0, fresh=True).out == f"playbook {__version__}\n"


def test_help_of_the_program_lists_the_commands_and_exit_codes(tmp_path: Path) -> None:
    text = run("--help", cwd=tmp_path, code=0).out
    for command in COMMANDS:
        assert f"\n  {command} " in text
    assert "Examples:" in text
    assert "Exit codes: 0 clean, 1 findings, 2 wrong use, 3" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_has_examples(command: str, tmp_path: Path) -> None:
    text = run(command, "--help", cwd=tmp_path, code=0).out
    assert text == run(command, "-h", cwd=tmp_path, code=0).out
    assert "Examples:" in text
    assert f"playbook {command}" in text.split("Examples:")[1]
    assert max(map(len, text.splitlines())) <= 100


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "No such command 'chekc'. Did you mean 'check'?"),
        (["frobnicate"], "No such command 'frobnicate'."),
        (["check", "--formt", "json"], "--format"),
        (["check", "--format", "sarf"], "'sarf' is not one of"),
        (["check", "--select", "RCI1"], "--select: there is no rule or family of rules 'RCI1'. Did you mean RCI?"),
        (["check", "--select", "RCI001,GRF"], None),
        (["check", "--ignore", "RCI001,NOPE"], "--ignore: there is no rule or family of rules 'NOPE'."),
        (["check", "--ignore", "sch01"], "'SCH01'. Did you mean SCH001?"),
        (["check", "--as-of", "tomorrow"], "'tomorrow' does not match the format"),
        (["rule", "RCI00"], "there is no rule 'RCI00'. Did you mean RCI001?"),
        (["show", "minmal"], "there is no playbook 'minmal' here. Did you mean minimal?"),
        (["show", "x"], "there is no playbook 'x' here. Known are: minimal."),
        (["show", "nope.yaml"], "there is no file or folder 'nope.yaml'"),
        (["show", "o.yaml"], "there is no playbook"),
        (["export"], "name a view (overview, journey, swimlanes, "),
        (["export", "racy"], "there is no view or target 'racy'. Did you mean raci?"),
        (["export", "raci"], "--as is missing: one of "),
        (["export", "raci", "--as", "svg"], "raci cannot be written as 'svg': one of "),
        (["export", "journey", "--as", "svgg"], "Did you mean svg?"),
        (["export", "--all", "raci"], "--all stands for every view and format"),
        (["export", "--all"], "several files would be written: name a folder with -o"),
        (["export", "raci", "--as", "csv", "-p", "minimla"], "Did you mean minimal?"),
        (["init", "p.yaml"], "'p.yaml' is a file"),
        (["init", "--kind", "enterprize"], "'enterprize' is not one of"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
    ],
)
def test_wrong_use_is_told_and_ends_with_2(arguments: list[str], message: str | None, tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    before = everything_below(tmp_path)
    result = run(*arguments, cwd=tmp_path, code=0 if message is None else 2)
    assert (message or "") in " ".join(result.err.split())
    assert message is None or result.out == ""
    assert everything_below(tmp_path) == before


def test_a_fault_of_our_own_ends_with_3_and_leaves_its_details(tmp_path: Path) -> None:
    program = (
        "import playbook.checking.check as module\n"
        "def broken(*_, **__): raise RuntimeError('a fault with \\x1b[31m in it')\n"
        "module.check = broken\n"
        "from playbook.cli.main import run\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=environment({"TMPDIR": str(tmp_path)}),
        timeout=TIMEOUT,
        check=False,
    )
    assert done.returncode == 3
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first == "playbook has a fault of its own and stopped; nothing is wrong with your files."
    (details,) = tmp_path.glob("playbook-fault-*.txt")
    assert second == f"Details are in {details}; please report them."
    text = details.read_text(encoding="utf-8")
    assert f"playbook {__version__}" in text
    assert "arguments: ['check']" in text
    assert "RuntimeError: a fault" in text


def test_an_interruption_is_no_fault(tmp_path: Path) -> None:
    program = (
        "import playbook.checking.check as module\n"
        "def stop(*_, **__): raise KeyboardInterrupt\n"
        "module.check = stop\n"
        "from playbook.cli.main import run\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check"], cwd=tmp_path, capture_output=True, timeout=TIMEOUT, check=False
    )
    assert done.returncode == 130
    assert b"Traceback" not in done.stderr


# -- check ---------------------------------------------------------------------------------------


def test_quiet_says_nothing_about_what_is_right(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    assert run("check", "--quiet", cwd=tmp_path, code=0).out == ""
    write(tmp_path, {"p.yaml": BAD})
    out = run("check", "-q", cwd=tmp_path, code=1).out
    assert out.startswith("p.yaml:9:15: error REF002")
    assert "documents checked" not in out


def test_statistics_count_by_rule(tmp_path: Path) -> None:
    files = {"p.yaml": BAD.replace("R: csm", "R: cms"), "o.yaml": ORGANIZATION, "x.yaml": "playbook: [\n"}
    write(tmp_path, files)
    out = run("check", "--statistics", cwd=tmp_path, code=1).out
    assert out.startswith("     2  REF002  error    A role, team, stage")
    assert "     1  SCH001  error    The file is not valid YAML 1.2" in out
    # What cannot be read is told whatever is selected.
    assert "SCH001" in run("check", "--statistics", "--select", "HND", cwd=tmp_path, code=1).out
    (tmp_path / "x.yaml").unlink()
    assert run("check", "--statistics", "--select", "HND", cwd=tmp_path, code=0).out == "no findings\n"
    assert run("check", "--statistics", "-q", "--select", "HND", cwd=tmp_path, code=0).out == ""


def test_rules_can_be_selected_and_ignored(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": BAD, "o.yaml": ORGANIZATION})
    assert "(only RCI, HND001)" in run("check", "--select", "rci,HND001", cwd=tmp_path, code=0).out
    assert "REF002" in run("check", "--select", "REF", "--select", "RCI", cwd=tmp_path, code=1).out
    assert "error REF002" not in run("check", "--ignore", "REF002", cwd=tmp_path).out
    assert run("check", "--ignore", "REF", "--quiet", cwd=tmp_path, code=0).out == ""


def test_one_file_is_seen_with_its_workspace(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"playbook.toml": "", "a/p.yaml": MINIMAL, "b/o.yaml": ORGANIZATION, "b/bad.yaml": "playbook: [\n"},
    )
    assert run("check", "a/p.yaml", cwd=tmp_path, code=0).out.startswith("1 document checked, no findings")
    assert run("check", "p.yaml", cwd=tmp_path / "a", code=0).out.startswith("1 document checked, no findings")
    assert "b/bad.yaml:1:11" in run("check", cwd=tmp_path, code=1).out
    # Names are told from the folder that one is in; what lies elsewhere has its whole path.
    assert f"{tmp_path.as_posix()}/b/bad.yaml:1:11" in run("check", "../b", cwd=tmp_path / "a", code=1).out


def test_infos_alone_are_no_failure(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": MINIMAL})
    out = run("check", cwd=tmp_path, code=0).out
    assert "p.yaml:9:15: info REF002" in out
    assert out.endswith("1 info in 1 file; 1 document checked (profile basic)\n")


# -- init ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_workspace_passes_check_at_once(kind: str, tmp_path: Path) -> None:
    out = run("init", "new", "--kind", kind, cwd=tmp_path, code=0).out
    files = everything_below(tmp_path / "new")
    assert sorted(files) == [
        ".github/workflows/playbook.yml",
        ".vscode/extensions.json",
        ".vscode/playbook.schema.json",
        ".vscode/settings.json",
        "playbook.toml",
        "playbooks/onboarding.yaml",
        "playbooks/organization.yaml",
        "playbooks/tracking.yaml",
    ]
    assert out.count("wrote ") == len(files)
    assert out.endswith("Next: cd new && playbook check && playbook show\n")
    checked = run("check", cwd=tmp_path / "new", code=0, fresh=True)
    assert checked.out == "3 documents checked, no findings (profile team)\n"
    run("show", cwd=tmp_path / "new", code=0)
    for name in (".vscode/settings.json", ".vscode/extensions.json", ".vscode/playbook.schema.json"):
        json.loads(files[name])
    (schema,) = json.loads(files[".vscode/settings.json"])["yaml.schemas"]
    assert schema.removeprefix("./") in files


def test_init_never_overwrites(tmp_path: Path) -> None:
    write(tmp_path, {"playbooks/tracking.yaml": "mine\n", "playbook.toml": "# mine\n"})
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "settings.json").symlink_to("nowhere")
    out = run("init", cwd=tmp_path, code=0).out
    for name in ("playbook.toml", "playbooks/tracking.yaml", ".vscode/settings.json"):
        assert f"kept  {name} (it was there already)\n" in out
    assert out.count("wrote ") == 5
    assert (tmp_path / "playbooks/tracking.yaml").read_text() == "mine\n"
    assert (tmp_path / ".vscode" / "settings.json").is_symlink()
    before = everything_below(tmp_path)
    again = run("init", "--kind", "enterprise", cwd=tmp_path, code=0).out
    assert again.count("kept ") == 8
    assert "wrote " not in again
    assert everything_below(tmp_path) == before


def test_init_below_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"x": "mine\n"})
    result = run("init", "x/y", cwd=tmp_path, code=2)
    assert "x/y" in result.err
    assert everything_below(tmp_path) == {"x": b"mine\n"}


# -- show ----------------------------------------------------------------------------------------


def test_show_of_several_playbooks_lists_them(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": MINIMAL, "b.yaml": MINIMAL.replace("minimal", "other"), "o.yaml": ORGANIZATION})
    out = run("show", cwd=tmp_path, code=0).out
    assert [line.split() for line in out.splitlines()] == [
        ["playbook", "title", "stages", "steps", "file"],
        ["minimal", "Minimal", "1", "1", "a.yaml"],
        ["other", "Other", "1", "1", "b.yaml"],
    ]
    for argument in ("other", "b.yaml"):
        assert run("show", argument, cwd=tmp_path, code=0).out.startswith("Other  other, active\n")
    assert run("show", "other", "--in", "b.yaml", cwd=tmp_path, code=0).out.startswith("Other")


def test_show_points_at_findings(tmp_path: Path) -> None:
    write(tmp_path, {"p.yaml": BAD, "o.yaml": ORGANIZATION})
    assert run("show", cwd=tmp_path, code=0).out.endswith("1 finding: see 'playbook check p.yaml'\n")


def test_show_of_a_playbook_with_holes(tmp_path: Path) -> None:
    holes = "playbook: x\nstages:\n  - {id: a, steps: [{id: s}, {ID: t}, 5]}\n  - {title: no id}\n"
    write(tmp_path, {"p.yaml": holes})
    for view in ((), ("--raci",), ("--tasks",)):
        assert "S" in run("show", *view, cwd=tmp_path, code=0).out


# -- export --------------------------------------------------------------------------------------


def test_export_lists_views_and_formats(tmp_path: Path) -> None:
    from playbook.formats.registry import FORMATS
    from playbook.views.registry import VIEWS

    out = run("export", "--list", cwd=tmp_path, code=0).out
    assert [line.split()[0] for line in out.splitlines()[::2]] == list(VIEWS)
    for line, view in zip(out.splitlines()[1::2], VIEWS.values(), strict=True):
        assert line.strip() == "--as " + ", ".join(
            form.name for form in FORMATS.values() if view.shape_for(form.takes)
        )


def test_export_of_all_writes_a_folder_per_playbook(tmp_path: Path) -> None:
    from playbook.formats.registry import FORMATS
    from playbook.views.registry import VIEWS

    write(tmp_path, {"a.yaml": MINIMAL, "b.yaml": MINIMAL.replace("minimal", "other"), "o.yaml": ORGANIZATION})
    result = run("export", "--all", "-o", "build", cwd=tmp_path, code=0, fresh=True)
    names = [
        f"{view.name}{form.suffix}"
        for view in VIEWS.values()
        for form in FORMATS.values()
        if view.of == "playbook" and view.shape_for(form.takes)
    ]
    expected = sorted(f"{playbook}/{name}" for playbook in ("minimal", "other") for name in names)
    assert sorted(everything_below(tmp_path / "build")) == expected
    assert result.err == f"wrote {len(expected)} files below build\n"
    assert result.out == ""


def test_export_of_two_playbooks_of_one_id_loses_neither(tmp_path: Path) -> None:
    write(tmp_path, {"o.yaml": ORGANIZATION, "a/playbook.toml": "", "b/playbook.toml": ""})
    write(tmp_path, {"a/p.yaml": MINIMAL, "a/o.yaml": ORGANIZATION, "b/p.yaml": MINIMAL, "b/o.yaml": ORGANIZATION})
    run("export", "raci", "--as", "csv", "-C", "a", "-C", "b", "-o", "build", cwd=tmp_path, code=0)
    assert sorted(everything_below(tmp_path / "build")) == ["minimal-2/raci.csv", "minimal/raci.csv"]


@pytest.mark.parametrize(
    ("output", "file"),
    [("x.csv", "x.csv"), ("out/", "out/minimal/raci.csv"), ("there", "there/minimal/raci.csv"), ("a/b", "a/b")],
)
def test_where_an_export_goes(output: str, file: str, tmp_path: Path) -> None:
    write(tmp_path / "w", {"p.yaml": MINIMAL, "o.yaml": ORGANIZATION})
    (tmp_path / "w" / "there").mkdir()
    result = run("export", "raci", "--as", "csv", "-o", output, cwd=tmp_path / "w", code=0)
    assert result.err == f"wrote {file}\n"
    to_screen = run("export", "raci", "--as", "csv", cwd=tmp_path / "w", code=0)
    assert (tmp_path / "w" / file).read_bytes() == to_screen.raw_out


def test_a_playbook_whose_errors_make_the_view_meaningless_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": MINIMAL, "b.yaml": BAD.replace("minimal", "other"), "o.yaml": ORGANIZATION})
    result = run("export", "raci", "--as", "csv", "-o", "build", cwd=tmp_path, code=1)
    assert sorted(everything_below(tmp_path / "build")) == ["minimal/raci.csv"]
    assert result.err == (
        'b.yaml:9:15: error REF002: unknown role or team "cms"\n'
        "    9 |     raci: {A: cms, R: csm}\n"
        "      |               ^^^\n"
        "   expected: one of csm, success\n"
        "   did you mean csm?\n"
        '   fix: replace "cms" with "csm"\n\n'
        "other is not exported: these findings make the view meaningless.\n"
        "wrote build/minimal/raci.csv\n"
    )


def test_a_refused_playbook_leaves_the_old_file(tmp_path: Path) -> None:
    write(tmp_path, {"b.yaml": BAD, "o.yaml": ORGANIZATION, "raci.csv": "old\n"})
    result = run("export", "raci", "--as", "csv", "-o", "raci.csv", cwd=tmp_path, code=1)
    assert (tmp_path / "raci.csv").read_text() == "old\n"
    assert "wrote" not in result.err
    assert run("export", "raci", "--as", "csv", cwd=tmp_path, code=1).out == ""


# -- rule and completion -------------------------------------------------------------------------


def test_rule_lists_and_explains(tmp_path: Path) -> None:
    from playbook.lint.registry import CODES

    assert [line.split()[0] for line in run("rule", cwd=tmp_path, code=0).out.splitlines()] == list(CODES)
    text = run("rule", "rci001", cwd=tmp_path, code=0).out
    assert text.startswith("RCI001 accountable-missing  error, from profile basic, since ")
    for part in ("\nBad\n    ", "\nGood\n    "):
        assert part in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, tmp_path: Path) -> None:
    script = run("completion", shell, cwd=tmp_path, code=0).out
    assert "_PLAYBOOK_COMPLETE" in script
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    with tempfile.NamedTemporaryFile("w", suffix=f".{shell}") as file:
        file.write(script)
        file.flush()
        done = subprocess.run([program, "-n", file.name], capture_output=True, timeout=TIMEOUT, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_completion_answers_the_shell(tmp_path: Path) -> None:
    env = {"_PLAYBOOK_COMPLETE": "bash_complete", "COMP_WORDS": "playbook ch", "COMP_CWORD": "1"}
    assert run(cwd=tmp_path, env=env, fresh=True).out == "plain,check\n"
