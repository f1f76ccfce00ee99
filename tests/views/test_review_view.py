"""The onboarding review: its sections, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playbook.diagnostics import Diagnostic, Place, Severity
from playbook.shapes.document import Document, Figures, Paragraphs, Section
from playbook.shapes.table import Table
from playbook.views.narrowing import Selection
from playbook.views.registry import VIEWS
from playbook.views.subject import Subject, narrowed_subject
from subjects import shipped, subject_from, template

SMALL = """\
playbook: small
title: Small
ends: {done: {success: true}}
stages:
  - id: only
    steps:
      - {id: call, do: Call the customer, raci: {A: csm, R: csm}}
"""


def review(subject: Subject) -> Document:
    shown = VIEWS["review"].build("document", subject)
    assert isinstance(shown, Document)
    return shown


def titles(document: Document) -> list[str]:
    return [section.title for section in document.sections]


def section(document: Document, title: str) -> Section:
    return next(each for each in document.sections if each.title == title)


def finding(severity: Severity, code: str = "RCI001", message: str = 'step "x" has no owner') -> Diagnostic:
    return Diagnostic(code, severity, message, Place("small.yaml"), expected="an owner")


def test_the_sections_of_the_enterprise_review() -> None:
    document = review(template("enterprise"))
    found = titles(document)
    order = [
        "At a glance",
        "The journey at a glance",
        "Stage 1: Handover",
        "How much each role carries",
        "Who does what",
        "Handoffs",
        "Timeline",
        "Risks and interrupts",
    ]
    shown = [title for title in found if title in order]
    assert shown == [title for title in order if title in shown]
    assert {"At a glance", "Who does what", "How much each role carries"} <= set(found)
    assert document.footer.startswith(document.title)
    assert "Onboarding review" in document.subtitle


def test_figures_count_what_is_there() -> None:
    subject = template("enterprise")
    (figures,) = [part for part in section(review(subject), "At a glance").parts if isinstance(part, Figures)]
    said = dict(figures.pairs)
    assert said["stages"] == str(len(subject.playbook.stages))
    assert said["steps"] == str(len(subject.playbook.steps))
    assert said["handoffs"] == str(len(subject.playbook.model.handoffs))


def test_what_is_empty_is_left_out() -> None:
    document = review(subject_from({"small.yaml": SMALL}))
    assert not {"Handoffs", "KPIs", "Risks", "Open findings", "Next review"} & set(titles(document))
    assert all(part != Paragraphs(()) for each in document.sections for part in each.parts)
    (figures,) = [part for part in section(document, "At a glance").parts if isinstance(part, Figures)]
    assert ("stage", "1") in figures.pairs
    assert ("step", "1") in figures.pairs
    assert not any("handoff" in label or "milestone" in label for label, _ in figures.pairs)


def test_findings_are_listed_the_weightiest_first() -> None:
    subject = subject_from({"small.yaml": SMALL})
    found = (finding(Severity.INFO), finding(Severity.WARNING, "TIM001"), finding(Severity.ERROR, "RCI002"))
    parts = section(review(replace(subject, findings=found)), "Open findings").parts
    (table,) = [part for part in parts if isinstance(part, Table)]
    assert [row[0] for row in table.rows] == ["error", "warning", "info"]
    assert table.columns[0].kind == "severity"
    assert parts[0] == Paragraphs(("The check of small.yaml found 1 error, 1 warning, 1 hint.",))


def test_findings_come_right_after_the_journey() -> None:
    subject = subject_from({"small.yaml": SMALL})
    document = review(replace(subject, findings=(finding(Severity.ERROR, "RCI002"),)))
    assert titles(document)[:3] == ["At a glance", "The journey at a glance", "Open findings"]


def test_a_timeline_shows_what_has_a_time() -> None:
    assert "Timeline" not in titles(review(subject_from({"small.yaml": SMALL})))
    timed = SMALL.replace("do: Call the customer,", "do: Call the customer, takes: 2bd,")
    assert "Timeline" in titles(review(subject_from({"small.yaml": timed})))


def test_who_carries_what_has_no_empty_columns() -> None:
    alone = SMALL.replace("{A: csm, R: csm}", "{R: csm}")
    (table,) = [
        part
        for part in section(review(subject_from({"small.yaml": alone})), "How much each role carries").parts
        if isinstance(part, Table)
    ]
    assert [column.title for column in table.columns] == ["Role", "Responsible", "Steps in all", "Busiest stage"]


def test_many_findings_are_cut_and_it_is_said() -> None:
    subject = subject_from({"small.yaml": SMALL})
    found = tuple(finding(Severity.WARNING, message=f"number {number}") for number in range(100))
    parts = section(review(replace(subject, findings=found)), "Open findings").parts
    (table,) = [part for part in parts if isinstance(part, Table)]
    assert len(table.rows) == 20
    assert parts[-1] == Paragraphs(("And 80 more; “playbook check” lists them all.",))


def test_what_errors_make_meaningless_is_left_out_and_named() -> None:
    subject = subject_from({"small.yaml": SMALL})
    document = review(replace(subject, findings=(finding(Severity.ERROR, "REF001"),)))
    assert "Who does what" not in titles(document)
    said = [
        text
        for part in section(document, "Open findings").parts
        if isinstance(part, Paragraphs)
        for text in part.texts
    ]
    assert any(text.startswith("Left out until the errors are mended:") and "raci" in text for text in said)


def test_of_a_programme_the_outcome_is_not_what_customers_get() -> None:
    for name, said in (("customer_onboarding", True), ("ownership_programme", False)):
        glance = repr(section(review(shipped()[name]), "At a glance"))
        assert ("What the customer gets" in glance) is said
        assert ("What comes of it" in glance) is not said


def test_customers_see_nothing_that_is_about_us() -> None:
    subject = shipped()["customer_onboarding"]
    found = (finding(Severity.WARNING),)
    narrow = narrowed_subject(replace(subject, findings=found), Selection("customer"))
    # Whoever forgets to narrow the rest of the subject shows no more.
    for seen in (narrow, replace(narrow, findings=found, workspace=subject.workspace)):
        document = review(seen)
        hidden = {
            "How much each role carries",
            "Handoffs",
            "KPIs",
            "Risks and interrupts",
            "Open findings",
            "Next review",
        }
        assert not hidden & set(titles(document))
        assert "finding" not in repr(section(document, "At a glance"))
        assert "Who does what" in titles(document)


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_playbook_has_a_review(name: str) -> None:
    document = review(shipped()[name])
    assert document.sections
    for each in document.sections:
        assert each.title
        assert each.parts
        for part in each.parts:
            if isinstance(part, Table):
                assert all(len(row) == len(part.columns) for row in (*part.rows, *part.summary))
                assert part.rows


def test_people_read_no_ids_and_no_expressions() -> None:
    """What stands in the review's own sections is English."""
    document = review(shipped()["customer_onboarding"])
    for title in ("At a glance", "Risks and interrupts", "Next review", "How much each role carries"):
        texts: list[str] = []
        for part in section(document, title).parts:
            if isinstance(part, Paragraphs):
                texts += part.texts
            elif isinstance(part, Figures):
                texts += [text for pair in part.pairs for text in pair]
            elif isinstance(part, Table):
                texts += [str(cell) for row in part.rows for cell in row]
        assert not [text for text in texts if "_" in text or "==" in text or ">=" in text]
