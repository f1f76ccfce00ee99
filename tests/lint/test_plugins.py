"""Rules of installed packages: found by name, kept apart from what is checked, and never the end of a check."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from lint_samples import EVERYTHING, TODAY, Samples, codes

from playbook.checking.check import check
from playbook.checking.run import results_of
from playbook.checking.settings import Settings
from playbook.config import Config
from playbook.diagnostics import Diagnostic
from playbook.lint.catalogue import built_in, catalogue_of
from playbook.lint.examples import example_files
from playbook.lint.plugins import plugin_rules, trusted_paths
from playbook.lint.registry import CODES
from plugin_samples import ACME_RULES, install

ROOT = Path(__file__).resolve().parents[2]

HEAD = """\
from playbook.diagnostics import Severity
from playbook.lint.rule import Finding, Rule


def rule(code, **more):
    words = dict(name="x", severity=Severity.WARNING, profile="basic", what="What.", why="Why.", bad="", good="")
    return Rule(code=code, **{**words, **more})


"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that Python imports from, beside the workspaces of a test."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def toml(*plugins: str, more: str = "") -> dict[str, str]:
    names = ", ".join(f'"{name}"' for name in plugins)
    return {"playbook.toml": f"plugins = [{names}]\n{more}"}


def told(samples: Samples, files: dict[str, str], prefix: tuple[str, ...] = ("CFG", "RUL", "ACME")) -> list[str]:
    found = samples.check({**example_files(""), **files}, Config())
    return [f"{each.code} {each.message}" for each in found if each.code.startswith(prefix)]


def rules_of(config: Config) -> list[str]:
    return [code for code in catalogue_of((), config, "/workspace").rules if code not in CODES]


def test_a_plugin_is_found_by_its_name(samples: Samples, site: Path) -> None:
    code = (
        "RULES = rule('PLUG001', playbook=lambda playbook, context: [Finding('found', ('title',), expected='x')])"
    )
    install(site, "one_rule", HEAD + code)
    found = samples.check({**example_files(""), **toml("one_rule")}, Config())
    (finding,) = (each for each in found if each.code == "PLUG001")
    assert (finding.message, finding.place.file, finding.place.span.start.line) == ("found", "playbook.yaml", 2)
    assert rules_of(Config(plugins=("one_rule",))) == ["PLUG001"]


@pytest.mark.parametrize(
    "given", ["[rule('PLUG010')]", "(rule(f'PLUG01{n}') for n in range(2))", "{rule('PLUG010')}"]
)
def test_it_may_give_many(given: str, site: Path) -> None:
    given = given.replace(")", ", document=lambda document, context: [])", 1)
    name = f"many_{abs(hash(given))}"
    install(site, name, f"{HEAD}RULES = {given}")
    assert rules_of(Config(plugins=(name,)))[0] == "PLUG010"


def test_without_plugins_nothing_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> None:
        raise AssertionError("looked for packages")

    monkeypatch.setattr("importlib.metadata.distributions", refuse)
    assert catalogue_of((), Config(), "/workspace") is built_in()


def test_an_unknown_plugin(samples: Samples, acme_rules: None) -> None:
    found = samples.check(
        {**example_files(""), **toml("acme_ruls", more='extend_select = ["ACME100"]\n')}, Config()
    )
    (finding,) = (each for each in found if each.code == "CFG001")
    assert finding.message == "there is no plugin 'acme_ruls'"
    assert finding.suggestion == "acme_rules"
    assert finding.expected is not None
    assert "acme_rules" in finding.expected
    assert (finding.place.span.start.line, finding.place.span.start.column) == (1, 13)


@pytest.mark.parametrize("name", ["./acme_rules.py", "/etc", "acme_rules:RULES", "../site/acme_rules", "os"])
def test_a_path_or_module_is_no_plugin(name: str, acme_rules: None) -> None:
    (finding,) = plugin_rules(Config(plugins=(name,)), "/workspace", {}).findings
    assert finding.message == f"there is no plugin '{name}'"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise ValueError('no  licence\\n here')", "cannot be loaded: ValueError: no licence here"),
        ("import sys; sys.exit(3)", "cannot be loaded: SystemExit: 3"),
        ("import nothing_like_that", "cannot be loaded: ModuleNotFoundError: No module named 'nothing_like_that'"),
        ("RULE = 1", "cannot be loaded: AttributeError: module "),
        ("RULES = 3", "cannot be loaded: TypeError: 'int' object is not iterable"),
        ("def many():\n    yield 1 / 0\nRULES = many()", "cannot be loaded: ZeroDivisionError: division by zero"),
        ("RULES = ['PLUG020']", "gives str where a Rule is wanted"),
        ("RULES = [rule('PLUG020')]", "has a rule PLUG020 that checks nothing"),
        ("RULES = [rule('PLUG020', playbook=3)]", "has a rule PLUG020 that checks nothing"),
        ("RULES = [rule('plug020', playbook=print)]", "has a rule of the code 'plug020', which is not of the form"),
        ("RULES = [rule(20, playbook=print)]", "has a rule of the code 20, which is not of the form ACME001"),
        ("RULES = [rule('RCI900', playbook=print)]", "has a rule RCI900, a code of the rules of playbook itself"),
        ("RULES = [rule('PLUG020', profile='x', playbook=print)]", "without a severity or profile that there is"),
        ("RULES = [rule('PLUG020', what=3, playbook=print)]", "has a rule PLUG020 whose words are no texts"),
        ("RULES = [rule('PLUG020', playbook=print)] * 2", "has two rules of the code PLUG020"),
    ],
)
def test_a_plugin_that_cannot_be_used(code: str, said: str, site: Path, request: pytest.FixtureRequest) -> None:
    name = f"spoiled_{abs(hash(request.node.name))}"
    install(site, name, HEAD + code)
    found = plugin_rules(Config(plugins=(name,)), "/workspace", {})
    (finding,) = found.findings
    assert finding.code == "CFG001"
    assert finding.message.startswith(f"the plugin {name} ")
    assert said in finding.message
    assert finding.expected
    assert not found.complete


def test_a_damaged_package_is_passed_over(site: Path, acme_rules: None) -> None:
    (site / "damaged-1.0.dist-info").mkdir()
    (site / "damaged-1.0.dist-info" / "entry_points.txt").write_text("[playbook.rules]\ndamaged = damaged:RULES\n")
    (site / "worse-1.0.dist-info").mkdir()
    (site / "worse-1.0.dist-info" / "entry_points.txt").write_bytes(b"\xff[playbook.rules")
    found = plugin_rules(Config(plugins=("acme_rules",)), "/workspace", {})
    assert list(found.rules) == ["ACME100"]


def test_two_packages_with_a_plugin_of_one_name(site: Path) -> None:
    for name in ("twin_one", "twin_two"):
        install(site, name, HEAD + "RULES = [rule('TWIN001', playbook=print)]", entry=f"twins = {name}:RULES")
    (finding,) = plugin_rules(Config(plugins=("twins",)), "/workspace", {}).findings
    assert finding.message == "several installed packages have a plugin 'twins': twin_one and twin_two"


def test_codes_that_others_use(samples: Samples, site: Path) -> None:
    for name in ("first_of_two", "second_of_two"):
        install(site, name, HEAD + "RULES = [rule('CLASH001', playbook=lambda playbook, context: [])]")
    files = toml("first_of_two", "second_of_two")
    clash = "CFG001 the rule CLASH001 of the plugin second_of_two never runs: the plugin first_of_two has one"
    assert [each.startswith(clash) for each in told(samples, files)] == [True]
    own = "rules: a\nchecks: {CLASH001: {select: playbook, require: 1 == 2, message: own}}\n"
    found = told(samples, {**toml("first_of_two"), "own.yaml": own}, ("CFG", "CLASH"))
    assert found == [
        "CFG001 the rule CLASH001 of the plugin first_of_two never runs: a rules document of this workspace has "
        "one of that code",
        "CLASH001 own",
    ]


# -- nothing that is checked is run --------------------------------------------------------------


def test_what_lies_in_the_workspace_is_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = f"import pathlib\npathlib.Path({str(tmp_path / 'run')!r}).write_text('')\nRULES = []\n"
    workspace = tmp_path / "workspace"
    for folder in (workspace, workspace / "deep"):
        install(folder, "planted", code)
        monkeypatch.syspath_prepend(str(folder))
    (finding,) = plugin_rules(Config(plugins=("planted",)), str(workspace), {}).findings
    assert finding.message == "there is no plugin 'planted'"
    monkeypatch.chdir(workspace)
    assert plugin_rules(Config(plugins=("planted",)), str(tmp_path / "elsewhere"), {}).findings
    assert not (tmp_path / "run").exists()


def test_a_module_in_the_workspace_does_not_stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two modules of one name, Python takes that of the earlier folder: here it is not looked at."""
    site, workspace = tmp_path / "site", tmp_path / "workspace"
    install(site, "shadowed", HEAD + "RULES = [rule('SHADOW001', playbook=lambda playbook, context: [])]")
    workspace.mkdir()
    (workspace / "shadowed.py").write_text("raise SystemExit('run')\n")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.syspath_prepend(str(workspace))
    before = sys.path[:]
    found = plugin_rules(Config(plugins=("shadowed",)), str(workspace), {})
    assert (list(found.rules), found.findings) == (["SHADOW001"], ())
    assert sys.path == before


def test_which_folders_are_trusted(tmp_path: Path) -> None:
    root = str(tmp_path / "work")
    inside = [root, f"{root}/src", f"{root}/a/../b", "", f"{tmp_path}/x/../work/y"]
    outside = [f"{tmp_path}/other", f"{root}er", f"{root}/.venv/lib/python3.11/site-packages"]
    assert trusted_paths([*inside, *outside], [root]) == tuple(outside)


# -- rules that fail -----------------------------------------------------------------------------

FAILING = """
def broken(code, check, **more):
    return rule(code, **{more.pop("kind", "playbook"): check}, **more)

class Odd(Exception):
    def __str__(self):
        raise RuntimeError

def late(playbook, context):
    yield Finding("before", ("title",))
    raise KeyError("gone")

def odd(playbook, context):
    raise Odd

def leave(playbook, context):
    raise SystemExit

def deep(playbook, context):
    return deep(playbook, context)

RULES = [
    broken("FAIL001", late),
    broken("FAIL002", odd),
    broken("FAIL003", leave),
    broken("FAIL004", deep),
    broken("FAIL005", lambda playbook, context: None),
    broken("FAIL006", lambda playbook, context: ["found"]),
    broken("FAIL007", lambda playbook, context: [Finding(3, ())]),
    broken("FAIL008", lambda playbook, context: [Finding("x", "title")]),
    broken("FAIL009", lambda playbook, context: [Finding("x", (), related=("there",))]),
    broken("FAIL010", lambda document, context: 1 / 0, kind="document"),
    broken("FAIL011", lambda workspace, context: 1 / 0, kind="workspace"),
    broken("FAIL012", lambda workspace, context: [Finding("x", ())], kind="workspace"),
    broken("FAIL013", lambda playbook, context: [Finding("x", (), expected=b"y")]),
]
"""


@pytest.fixture
def failing(site: Path) -> None:
    install(site, "failing_rules", HEAD + FAILING)


def failures(samples: Samples, number: int, config: Config = EVERYTHING) -> list[Diagnostic]:
    compiled = samples.compile({**example_files(""), **toml("failing_rules")})
    settings = Settings(select=(f"FAIL{number:03}",), as_of=TODAY.as_of, home=Path(compiled.workspace.root))
    return list(results_of([compiled], settings).findings)


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (1, "KeyError: 'gone'"),
        (2, "Odd"),
        (3, "SystemExit"),
        (4, "RecursionError: maximum recursion depth exceeded"),
        (5, "TypeError: 'NoneType' object is not iterable"),
        (6, "TypeError: it yields a str where a Finding is wanted"),
        (7, "TypeError: it yields a Finding whose words are no texts"),
        (8, "TypeError: it yields a Finding whose path is no tuple of keys and indexes"),
        (9, "TypeError: it yields a Finding whose related places are none"),
        (11, "ZeroDivisionError: division by zero"),
        (12, "AssertionError: FAIL012 checks a workspace and must say which document"),
        (13, "TypeError: it yields a Finding whose words are no texts"),
    ],
)
def test_a_rule_that_fails_is_a_finding(number: int, error: str, samples: Samples, failing: None) -> None:
    (finding,) = failures(samples, number)
    assert finding.code == "RUL004"
    assert finding.severity.value == "error"
    assert finding.message.startswith(f"the rule FAIL{number:03} of the plugin failing_rules failed: {error}")
    where = "playbook.toml" if number in (11, 12) else "playbook.yaml"
    assert (finding.place.file, finding.place.span.start.line) == (where, 1)


def test_each_document_says_so(samples: Samples, failing: None) -> None:
    found = failures(samples, 10)
    assert [each.place.file for each in found] == sorted(name for name in example_files(""))


def test_the_other_rules_go_on(samples: Samples, failing: None) -> None:
    found = samples.check({**example_files("title: null\nmilestones: null\n"), **toml("failing_rules")}, EVERYTHING)
    assert "REF002" in codes(found)
    assert "RUL004" in codes(found)


def test_nothing_keeps_a_failure_back(samples: Samples, failing: None) -> None:
    text = example_files("")["playbook.yaml"]
    files = {"playbook.yaml": f"# playbook: ignore-file[RUL004] reason: x\n{text}"}
    compiled = samples.compile({**example_files(""), **files, **toml("failing_rules", more='ignore = ["RUL"]\n')})
    found = results_of([compiled], Settings(select=("FAIL001",), home=Path(compiled.workspace.root))).findings
    assert "RUL004" in codes(found)


def test_a_failing_rule_can_be_left_out(samples: Samples, failing: None) -> None:
    files = {**example_files(""), **toml("failing_rules", more='ignore = ["FAIL"]\n')}
    assert "RUL004" not in codes(samples.check(files))


# -- with everything else ------------------------------------------------------------------------


def test_what_a_plugin_says_takes_the_place_of_nothing(samples: Samples, site: Path) -> None:
    check = "lambda playbook, context: [Finding('found', ('stages', 0, 'raci', 'A'))]"
    install(site, "greedy", f"{HEAD}RULES = [rule('GREED001', instead_of=('RCI002', 'RCI001'), playbook={check})]")
    found = catalogue_of((), Config(plugins=("greedy",)), "/workspace").rules["GREED001"]
    assert found.instead_of == ()
    assert found.plugin == "greedy"


def test_options_and_severities_of_plugins(samples: Samples, site: Path) -> None:
    code = """
from playbook.lint.rule import Option
def check(playbook, context):
    yield Finding(f"at most {context.number(RULES[0], 'most')}", ("title",), expected="x")
RULES = [rule("OPTION001", playbook=check, options=(Option("most", 3, "How many."),))]
"""
    install(site, "with_options", HEAD + code)
    more = '[options.OPTION001]\nmost = 5\n[severity]\nOPTION001 = "error"\n'
    assert told(samples, toml("with_options", more=more), ("CFG", "OPTION")) == ["OPTION001 at most 5"]
    wrong = "[options.OPTION001]\nmots = 5\n"
    assert told(samples, toml("with_options", more=wrong), ("CFG",)) == ["CFG001 OPTION001 has no option 'mots'"]


def test_with_plugins_nothing_is_kept(tmp_path: Path, site: Path) -> None:
    code = """
import os
RULES = [rule("SEEN001", playbook=lambda playbook, context: [Finding(os.environ["SEEN"], ("title",))])]
"""
    install(site, "looks_around", HEAD + code)
    root = tmp_path / "work"
    root.mkdir()
    for name, text in {**example_files(""), **toml("looks_around")}.items():
        (root / name).write_text(text, encoding="utf-8")
    for seen in ("one", "other"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SEEN", seen)
            found = check([root], root, Settings(as_of=TODAY.as_of, select=("SEEN",))).findings
        assert [each.message for each in found] == [seen]
    assert sorted(path.name for path in root.iterdir()) == sorted({**example_files(""), "playbook.toml": ""})


def test_the_example_of_the_page(samples: Samples, site: Path) -> None:
    page = (ROOT / "docs" / "team-rules.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    entry, plugins = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert '[project.entry-points."playbook.rules"]' in entry
    offered = entry.splitlines()[-1].replace('"', "").replace("acme_rules ", "page ")
    install(site, "rules_of_the_page", code, entry=offered.replace("acme_rules:", "rules_of_the_page:"))
    raci = "raci: {A: csm, R: [ae, csm, cs_leader, cco]}"
    text = example_files("")["playbook.yaml"].replace("raci: {A: ae, R: ae, I: [csm, revops]}", raci)
    files = {"playbook.yaml": text, "playbook.toml": plugins.replace("acme_rules", "page")}
    assert told(samples, files) == ["ACME100 4 roles work on the stage handover"]


def test_the_plugin_of_the_examples(acme_rules: None) -> None:
    assert "ACME100" in ACME_RULES
    assert rules_of(Config(plugins=("acme_rules",))) == ["ACME100"]
