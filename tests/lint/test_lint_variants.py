"""Rules over variants: as strict as over the base, and nothing told twice."""

from __future__ import annotations

from lint_samples import EVERYTHING, Samples

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Severity
from playbook.lint.examples import example_files

SEGMENTS = "segments: {small: {when: account.active_seats < 10}, large: {otherwise: true}}\n"


def found(samples: Samples, variants: str, config: Config = EVERYTHING) -> list[Diagnostic]:
    return list(samples.example(f"{SEGMENTS}variants:\n{variants}", config))


def told(findings: list[Diagnostic]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(finding.code, finding.message, finding.variants) for finding in findings]


def test_a_variant_is_held_to_the_rules_of_its_base(samples: Samples) -> None:
    findings = found(samples, "  v: {for: small, set: {write_brief.raci: {A: [ae, csm], R: ae}}}\n")
    message = '2 are accountable for the step "Write the handover brief" (write_brief): ae and csm (in variant "v")'
    assert told([each for each in findings if each.code == "RCI002"]) == [("RCI002", message, ("v",))]


def test_its_place_is_the_edit(samples: Samples) -> None:
    variants = "  v:\n    for: small\n    set:\n      write_brief.raci: {A: [ae, csm], R: ae}\n"
    (finding,) = (each for each in found(samples, variants) if each.code == "RCI002")
    text = example_files(f"{SEGMENTS}variants:\n{variants}")[finding.place.file]
    start = finding.place.span.start
    assert text.splitlines()[start.line - 1][start.column - 1 :] == "[ae, csm], R: ae}"


def test_a_finding_of_several_variants_is_told_once(samples: Samples) -> None:
    variants = "".join(f"  v{at}: {{for: small, set: {{adoption.raci: null}}}}\n" for at in (1, 2))
    findings = [each for each in found(samples, variants) if each.code == "RCI001"]
    assert [each.variants for each in findings] == [("v1", "v2")]
    assert findings[0].message.endswith('(in variants "v1" and "v2")')


def test_a_finding_of_the_base_is_not_told_of_variants(samples: Samples) -> None:
    text = "milestones: {first_value: {event: account.first_report, raci: {A: [csm, ae]}}}\n"
    alone = samples.example(text + SEGMENTS + "variants: {v: {for: small}}\n")
    assert [each.variants for each in alone if each.code == "RCI002"] == [()]


def test_severities_and_choice_of_rules_hold_for_variants(samples: Samples) -> None:
    variants = "  v: {for: small, set: {write_brief.raci: {A: [ae, csm], R: ae}}}\n"
    milder = Config(profile="certified", severity={"RCI002": Severity.WARNING})
    assert [each.severity for each in found(samples, variants, milder) if each.code == "RCI002"] == [
        Severity.WARNING
    ]
    without = Config(profile="certified", ignore=("RCI002",))
    assert [each for each in found(samples, variants, without) if each.code == "RCI002"] == []


def test_an_empty_variant_brings_no_finding_of_the_base_again(samples: Samples) -> None:
    assert [each.code for each in found(samples, "  v: {for: small}\n")] == ["SEG004"]


def test_what_a_rule_says_better_is_not_said_twice(samples: Samples) -> None:
    findings = found(samples, "  v: {for: small, set: {write_brief.raci.A: everyone}}\n")
    assert [each.code for each in findings] == ["RCI004"]
