"""Rules of a team's own, as data: what they look at, what they say and where, and what keeps them from working."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lint_samples import EVERYTHING, Samples, codes

from playbook.compiler.assembly import Assembly, Compiled
from playbook.compiler.compile import compile_paths
from playbook.compiler.discover import WorkspaceFiles
from playbook.compiler.opening import Text
from playbook.config import Config
from playbook.diagnostics import Diagnostic, Severity
from playbook.language.rules import TeamRule
from playbook.lint.catalogue import catalogue_of
from playbook.lint.engine import lint
from playbook.lint.examples import example_files
from playbook.lint.registry import CODES
from playbook.lint.rule import Context
from playbook.lint.team.checks import as_rule
from playbook.lint.team.flaws import flaws_of
from playbook.lint.team.selection import KINDS, kinds_around, properties
from playbook.text.spans import SourceText

TODAY = datetime.date(2026, 10, 1)

FULL = """\
milestones:
  first_value: {title: First value, event: account.first_report, raci: {A: csm}}
routines:
  weekly_call: {title: Weekly call, do: Call the champion, every: 1w, raci: {A: csm, R: csm}, touch: call}
risks:
  low_use: {title: Low use, when: account.active_seats < 3, owner: csm, do: Call the champion}
segments:
  small: {title: Small, when: account.active_seats < 10}
  large: {title: Large, otherwise: true}
decisions:
  size: {title: Size, rules: [{otherwise: true, gives: big}]}
variants:
  lean: {for: small, set: {connect_data.touch: email}}
---
organization: acme
teams:
  customer_success: {title: Customer Success}
  sales: {title: Sales}
  marketing: {title: Marketing}
  product: {title: Product}
  revops: {title: Revenue Operations}
  customer: {title: Customer, party: customer}
roles:
  ae: {title: Account Executive, team: sales}
  csm: {title: Customer Success Manager, team: customer_success}
  cs_leader: {title: VP Customer Success, team: customer_success}
  cco: {title: Chief Customer Officer, team: customer_success}
  admin: {title: Customer admin, team: customer}
systems:
  crm: {title: The CRM}
---
metrics: numbers
kpis:
  adoption: {title: Adoption, kind: score}
"""
"""A workspace with at least one of each kind, but for content."""


def rules_of(*entries: dict[str, str], name: str = "acme", first: int = 1) -> str:
    """A document with rules ``ACME001`` and so on."""
    lines = [f"rules: {name}\nchecks:\n"]
    for number, entry in enumerate(entries, first):
        lines.append(f"  ACME{number:03}:\n")
        lines += [f"    {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in entry.items()]
    return "".join(lines)


def rule(select: str, require: str, message: str = "{%.id} is wrong", **more: str) -> dict[str, str]:
    return {"select": select, "require": require, "message": message.replace("%", select), **more}


def compiled(files: dict[str, str]) -> Compiled:
    """A workspace that is on no disk."""
    root = Path("/workspace")
    found = WorkspaceFiles(root, EVERYTHING, files={name: root / name for name in files}, selected=set(files))
    return Assembly(found, [Text(name, SourceText(name, files[name])) for name in sorted(files)]).compiled()


def findings(*entries: dict[str, str], example: str = FULL) -> list[Diagnostic]:
    """What some rules find in an example."""
    return found_in(compiled({**example_files(example), "acme.yaml": rules_of(*entries)}))


def found_in(workspace: Compiled) -> list[Diagnostic]:
    catalogue = catalogue_of(workspace.workspace.documents, EVERYTHING, "/workspace")
    chosen = catalogue.chosen(EVERYTHING, ("ACME", "RUL"))
    every = lint(workspace.workspace, chosen, EVERYTHING, Context(TODAY))
    return [each for each in every if each.code.startswith(("ACME", "RUL")) and each.code != "RUL002"]


def messages(*entries: dict[str, str], example: str = FULL) -> list[str]:
    return [finding.message for finding in findings(*entries, example=example)]


def at(finding: Diagnostic, example: str = FULL) -> str:
    """The text that is underlined."""
    span = finding.place.span
    return example_files(example)[finding.place.file][span.start.offset : span.end.offset]


# -- what is looked at ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("playbook", ["sample"]),
        ("stage", ["handover", "adoption"]),
        ("step", ["write_brief", "run_kickoff", "connect_data"]),
        ("milestone", ["first_value"]),
        ("handoff", ["sales_to_cs"]),
        ("routine", ["weekly_call"]),
        ("risk", ["low_use"]),
        ("interrupt", ["cancelled"]),
        ("segment", ["small", "large"]),
        ("decision", ["size"]),
        ("team", ["customer_success", "sales", "marketing", "product", "revops", "customer"]),
        ("role", ["ae", "csm", "cs_leader", "cco", "admin"]),
        ("system", ["crm"]),
        ("field", ["account.use_case", "account.active_seats"]),
        ("event", ["account.first_report"]),
        ("kpi", ["adoption"]),
    ],
)
def test_each_kind_can_be_selected(kind: str, ids: list[str]) -> None:
    found = findings(rule(kind, f'{kind}.id == ""', "{%.id}"))
    assert [each.message for each in found] == ids
    for each in found:
        # A stage or step is underlined at its id; the rest is a key.
        assert at(each) == each.message


def test_content_can_be_selected() -> None:
    example = "governance: onboarding\ncontent:\n  brief_form: {title: Form of the brief, owner: csm}\n"
    assert messages(rule("content", "content.review.given"), example=example) == ["brief_form is wrong"]


@pytest.mark.parametrize("kind", KINDS)
def test_everything_that_can_be_asked_can_be_read(kind: str) -> None:
    """For each property of each kind: neither asking nor telling it fails, and each is in the file or follows."""
    entries = [
        rule(
            kind,
            f"1 == 2 and {f'count({kind}.{name}) == 1' if each.type.kind == 'list' else test}",
            f"{{{kind}.{name}}}",
        )
        for name, each in properties(kind).items()
        for test in (f"{kind}.{name}" if each.type.kind == "boolean" else f"{kind}.{name} == {kind}.{name}",)
    ]
    found = findings(*entries)
    assert [each for each in found if each.code.startswith("RUL")] == []
    selected = 0 if kind == "content" else len(findings(entries[0]))
    assert sum(not each.variants for each in found) == selected * len(entries)


def test_what_is_not_meant_is_left_out() -> None:
    assert messages(rule("step", "step.touch.given", where="not step.party.given")) == ["write_brief is wrong"]
    assert messages(rule("step", "step.touch.given", where='step.party == "customer"')) == []


def test_what_is_around_can_be_asked() -> None:
    told = messages(
        rule("step", 'stage.id != "adoption"', "{step.id} in {stage.id} of {playbook.title}"),
        rule("milestone", 'playbook.id == "other"', "{milestone.label} of {playbook.id}"),
    )
    assert sorted(told) == [
        "First value of sample",
        "connect_data in adoption of Sample onboarding",
        "run_kickoff in adoption of Sample onboarding",
    ]
    assert kinds_around("team") == ("team",)


def test_letters_are_those_that_hold() -> None:
    told = messages(
        rule("step", '"cs_leader" not in step.accountable', "{step.id}: {step.accountable}, {step.team}"),
        rule(
            "handoff", "handoff.giver_team == handoff.receiver_team", "{handoff.giver_team} to {handoff.receiver}"
        ),
        rule("step", "step.raci.given", "{step.id} takes its letters from its stage"),
    )
    assert sorted(told) == [
        "run_kickoff takes its letters from its stage",
        "run_kickoff: cs_leader, customer_success",
        "sales to csm",
    ]


# -- what is said --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("select", "name", "shown"),
    [
        ("playbook", "playbook.version", "1.0.0"),
        ("playbook", "playbook.review.next", "2027-01-31"),
        ("playbook", "playbook.review.given", "yes"),
        ("handoff", "handoff.accept.within", "1bd"),
        ("handoff", "handoff.reject.at_most", "2"),
        ("handoff", "handoff.payload", "brief, account.use_case"),
        ("handoff", "handoff.raci.A", "nothing"),
        ("milestone", "milestone.when", "nothing"),
        ("milestone", "milestone.when.given", "no"),
        ("routine", "routine.every", "1w"),
        ("routine", "routine.touch.kind", "call"),
    ],
)
def test_values_in_messages(select: str, name: str, shown: str) -> None:
    assert messages(rule(select, "1 == 2", f"<{{{name}}}>")) == [f"<{shown}>"]


def test_a_long_text_is_cut_and_stays_on_one_line() -> None:
    example = f"description: |\n  First line.\n  {'word ' * 100}\n"
    (told,) = messages(rule("playbook", "1 == 2", "{playbook.description}"), example=example)
    assert told.startswith("First line. word")
    assert "\n" not in told
    assert len(told) < 100


def test_what_is_no_name_stays_as_it_is() -> None:
    assert messages(rule("playbook", "1 == 2", "{} {1} {{playbook.id}}")) == ["{} {1} {sample}"]


def test_severity_expectation_and_suggestion() -> None:
    more = {"severity": "error", "expected": "a touch", "suggestion": "touch: email"}
    (finding,) = findings(rule("step", "step.touch.given", **more))
    assert (finding.severity, finding.expected, finding.suggestion) == (Severity.ERROR, "a touch", "touch: email")
    (plain,) = findings(rule("step", "step.touch.given"))
    assert (plain.severity, plain.expected, plain.suggestion) == (Severity.WARNING, "step.touch.given", None)


# -- where ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "underlined"),
    [
        (rule("step", 'step.due != "5bd after closed_won"'), "5bd after closed_won"),
        (rule("step", 'step.touch.kind != "call"', where='step.id == "run_kickoff"'), "call"),
        (rule("step", "step.takes.given", where='step.id == "run_kickoff"'), "run_kickoff"),
        (rule("step", 'step.need == "optional"', where='step.id == "run_kickoff"'), "run_kickoff"),
        (rule("stage", "stage.overlaps.given", where='stage.id == "handover"'), "handover"),
        (rule("playbook", 'playbook.title == "Other"'), "Sample onboarding"),
        (rule("playbook", "playbook.ownership.accountable == playbook.ownership.sponsor"), "cs_leader"),
        (rule("playbook", "playbook.interface.given"), "sample"),
        (rule("handoff", "handoff.reject.at_most > 3"), "2"),
        (rule("handoff", "handoff.when.given"), "sales_to_cs"),
        (rule("kpi", 'kpi.kind == "rate"'), "score"),
        (rule("kpi", "kpi.owner.given"), "adoption"),
    ],
)
def test_a_finding_stands_where_the_thing_is_written_or_at_the_id(entry: dict[str, str], underlined: str) -> None:
    found = [at(each) for each in findings(entry)]
    assert found == [underlined]


def test_a_variant_is_looked_at_too() -> None:
    reached = rule("step", 'step.touch.kind != "email"', "{step.id} is done by mail", where="step.touch.given")
    (finding,) = findings(reached)
    assert finding.variants == ("lean",)
    assert finding.message == 'connect_data is done by mail (in variant "lean")'
    assert at(finding) == "email"


# -- what keeps it from working ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "said", "suggestion"),
    [
        (rule("step", "step.tuoch.given"), 'a step has no "step.tuoch.given"', "step.touch.given"),
        (rule("step", "stp.touch.given"), 'a step has no "stp.touch.given"', "step.touch.given"),
        (rule("step", "handoff.payload.given"), 'a step has no "handoff.payload.given"', None),
        (rule("kpi", 'playbook.id == "x"'), 'a kpi has no "playbook.id"', None),
        (rule("step", 'step.party == "custommer"'), 'step.party has no value "custommer"', '"customer"'),
        (rule("step", "step.takes > 3"), "a duration", None),
        (rule("step", "step.do"), "the condition gives a text, not true or false", None),
        (rule("step", "step.touch.given or"), "the expression ends too early", None),
        (rule("step", "step.due.given", "{step.deu} is late"), 'a step has no "step.deu"', "step.due"),
        (rule("step", "step.due.given", where="step.x == 1"), 'a step has no "step.x"', None),
    ],
)
def test_a_broken_rule_is_told_and_does_not_run(entry: dict[str, str], said: str, suggestion: str | None) -> None:
    (finding,) = findings(entry)
    assert finding.code == "RUL001"
    assert said in finding.message
    assert finding.place.file == "acme.yaml"
    if suggestion is not None:
        assert finding.suggestion == suggestion


def test_its_place_is_the_word(samples: Samples) -> None:
    text = rules_of(rule("step", 'step.due.given and step.party == "custommer"'))
    (finding,) = (each for each in samples.check({"acme.yaml": text}) if each.code == "RUL001")
    span = finding.place.span
    assert text[span.start.offset : span.end.offset] == '\\"custommer\\"'


@pytest.mark.parametrize("code", ["RCI900", "CFG002", "SCH001", "RUL010"])
def test_families_of_playbook_are_taken(code: str, samples: Samples) -> None:
    text = rules_of(rule("step", "step.due.given")).replace("ACME001", code)
    found = samples.check({**example_files(FULL), "acme.yaml": text})
    (finding,) = (each for each in found if each.code == "RUL001")
    assert finding.message == f'the code "{code}" belongs to the rules of playbook itself'
    workspace = samples.compile({"acme.yaml": text}).workspace
    assert set(catalogue_of(workspace.documents, EVERYTHING, workspace.root).rules) == set(CODES)


def test_two_documents_with_one_code() -> None:
    one = rules_of(rule("playbook", "1 == 2", "first"))
    other = rules_of(rule("playbook", "1 == 2", "second"), name="other")
    found = found_in(compiled({**example_files(""), "a.yaml": one, "b.yaml": other}))
    assert [(each.code, each.message) for each in found if each.code != "RUL003"] == [("ACME001", "first")]
    (finding,) = (each for each in found if each.code == "RUL003")
    assert finding.place.file == "b.yaml"
    assert [(each.place.file, each.place.span.start.line) for each in finding.related] == [("a.yaml", 3)]


def test_a_code_twice_in_a_document_is_told_with_both_places(samples: Samples) -> None:
    text = rules_of(rule("playbook", "1 == 2")) + rules_of(rule("playbook", "1 == 2")).partition("checks:\n")[2]
    found = samples.check({"acme.yaml": text})
    (finding,) = (each for each in found if "duplicate" in each.message)
    assert [each.place.span.start.line for each in finding.related] == [3]


def test_what_a_rule_should_have() -> None:
    whole = rule("step", "step.due.given", why="Because.", bad="title: x", good="title: y")
    half = rule("step", "step.due.given", bad="title: x")
    workspace = compiled({"acme.yaml": rules_of(whole, half)}).workspace
    chosen = catalogue_of(workspace.documents, EVERYTHING, "/workspace").chosen(EVERYTHING, ("RUL002",))
    (finding,) = lint(workspace, chosen, EVERYTHING, Context(TODAY))
    assert finding.message == 'ACME002 has no "why" and no "good"'


# -- which rules run -----------------------------------------------------------------------------


def test_profiles_and_severities_hold(samples: Samples) -> None:
    text = rules_of(
        rule("playbook", "1 == 2"), rule("playbook", "1 == 2", profile="team"), rule("kpi", "kpi.tile == 1")
    )
    files = {**example_files(""), "acme.yaml": text}
    assert [code for code in codes(samples.check(files, Config())) if code[0] == "A"] == ["ACME001"]
    assert [code for code in codes(samples.check(files, Config(profile="team"))) if code[0] == "A"] == [
        "ACME001",
        "ACME002",
    ]
    severe = Config(severity={"ACME001": Severity.INFO})
    (finding,) = (each for each in samples.check(files, severe) if each.code == "ACME001")
    assert finding.severity is Severity.INFO


def test_the_catalogue() -> None:
    text = rules_of(rule("playbook", "1 == 2"), rule("kpi", "kpi.tile == 1"))
    documents = compiled({"acme.yaml": text}).workspace.documents
    catalogue = catalogue_of(documents, Config(), "/workspace")
    assert catalogue.codes == (*CODES, "ACME001", "ACME002")
    assert catalogue.broken == {"ACME002"}
    assert catalogue.matching("acme") == catalogue.matching("AC") == ("ACME001", "ACME002")
    assert list(catalogue.chosen(Config(), ("ACME",))) == ["ACME001"]
    assert catalogue.nearest("ACMR001") == "ACME001"
    assert catalogue.nearest("ACM") == "ACME"
    assert "ACME" in catalogue.families
    assert catalogue.is_unknown("ACME003")


def test_a_family_is_not_the_beginning_of_another() -> None:
    text = rules_of(rule("playbook", "1 == 2")).replace("ACME001", "RCIX001")
    catalogue = catalogue_of(compiled({"acme.yaml": text}).workspace.documents, Config(), "/workspace")
    assert "RCIX001" not in catalogue.matching("RCI")
    assert catalogue.matching("RCIX") == ("RCIX001",)


@pytest.mark.parametrize("text", ["rules: [", "rules: acme\nchecks: {ACME001: {select: stp}}\n"])
def test_while_rules_cannot_be_read_no_code_is_unknown(text: str, samples: Samples) -> None:
    config = Config(extend_select=("ACME001",), severity={"ACME009": Severity.INFO})
    files = {**example_files(""), "acme.yaml": text}
    assert "CFG001" not in codes(samples.check(files, config))
    assert "CFG001" in codes(samples.check(example_files(""), config))


def test_other_files_that_cannot_be_read_hide_no_rules(samples: Samples) -> None:
    config = Config(extend_select=("ACME001",), ignore=("RCI999", "not-a-code"))
    for broken, hidden in (("stages: [", 3), ("x: [\nrules: acme", 2)):
        found = samples.check({**example_files(""), "broken.yaml": broken}, config)
        assert codes(found).count("CFG001") == hidden, broken


# -- in general ----------------------------------------------------------------------------------

_TOKENS = (
    *("step.due", "step.takes", "step.touch.given", "step.accountable", "step.sla.warn", "stage.id", "{step.id}"),
    *("playbook.review.next", "{x}", "and", "or", "not", "in", "==", "<", "-", "+", "(", ")", "[", "]", ",", "'"),
    *('"2bd"', "3", "True", "count(", "days_since(", "max("),
)
WORDS = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(_TOKENS),
        max_size=8,
    ).map(" ".join),
)


@settings(max_examples=150)
@given(kind=st.sampled_from(KINDS), where=st.none() | WORDS, require=WORDS, message=WORDS)
def test_whatever_is_written_nothing_is_raised(kind: str, where: str | None, require: str, message: str) -> None:
    entry = TeamRule.model_construct(select=kind, where=where, require=require, message=message)
    flaws = list(flaws_of("ACME001", entry))
    for flaw in flaws:
        assert flaw.message
        text = {"where": where, "require": require, "message": message}[flaw.key or "where"] or ""
        assert flaw.within is not None
        assert 0 <= flaw.within[0] <= flaw.within[1] <= len(text)
    if not flaws:
        built = as_rule("ACME001", entry)
        for finding in lint(_SAMPLE.workspace, {"ACME001": built}, EVERYTHING, Context(TODAY)):
            assert isinstance(finding.message, str)


_SAMPLE = compiled(example_files(FULL))


def test_expressions_are_read_once_for_all_playbooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a rule costs does not grow by reading its texts again for each of 300 playbooks."""
    from playbook.lint.team import checks

    (tmp_path / "acme.yaml").write_text(rules_of(rule("step", "step.touch.given")), encoding="utf-8")
    for name, text in example_files("").items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    sample = example_files("")["playbook.yaml"]
    for number in range(20):
        text = sample.replace("playbook: sample", f"playbook: sample_{number}")
        (tmp_path / f"playbook_{number}.yaml").write_text(text, encoding="utf-8")
    (workspace,) = compile_paths([tmp_path], tmp_path)
    catalogue = catalogue_of(workspace.workspace.documents, EVERYTHING, str(tmp_path))
    chosen = catalogue.chosen(EVERYTHING, ("ACME",))
    read: list[str] = []
    original = checks.parse_expression
    monkeypatch.setattr(checks, "parse_expression", lambda text: (read.append(text), original(text))[1])
    found: Sequence[Diagnostic] = lint(workspace.workspace, chosen, EVERYTHING, Context(TODAY))
    assert len([each for each in found if each.code == "ACME001"]) == 21
    assert len(read) == 2
