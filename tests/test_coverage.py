"""What docs/coverage.md claims is so: the named key of the named file uses the form."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from playbook.reader import read_values
from playbook.text.spans import SourceText

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from feature_coverage import FEATURES, Feature, Form, Use, shipped_uses  # noqa: E402
from feature_coverage.features import UNUSED  # noqa: E402
from feature_coverage.page import first_use  # noqa: E402

FORMS = [form for feature in FEATURES for form in feature.forms]
NEEDS = ROOT.parent / "shared" / "design" / "needs.md"


def value_at(use: Use) -> object:
    """What stands at the key of a use in the file itself, read without the models."""
    text = (ROOT / use.file).read_text(encoding="utf-8")
    value: object = read_values(SourceText(use.file, text)).value
    for key in use.place:
        if isinstance(value, list):
            value = value[int(key)]
        elif isinstance(value, dict):
            value = value[key]
        elif key not in (0, "check", "do", "kind", "of", "playbook", "stage", "status", "to"):
            # One value without brackets, or a form that is written as the value of its main key.
            return None
    return value


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.written)
def test_a_shipped_file_uses_it(form: Form) -> None:
    use = first_use(form)
    assert (use is None) == (form.written in UNUSED)
    if use is not None and use.form != "finding":
        assert value_at(use) not in (None, "", [], {}), use


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_every_feature_is_used_in_some_form(feature: Feature) -> None:
    assert any(first_use(form) for form in feature.forms)


def test_what_is_unused_is_a_form() -> None:
    assert {form.written for form in FORMS} >= UNUSED


def test_most_forms_are_selective() -> None:
    """A form that everything uses would prove nothing."""
    uses = shipped_uses()
    for form in FORMS:
        assert sum(map(form.used_by, uses)) < len(uses) / 20, form.written


def test_all_features_of_the_study_are_there() -> None:
    if not NEEDS.is_file():
        pytest.skip("the study lies outside the repository")
    counts = re.findall(r"^\| .+ \| (\d+) \|$", NEEDS.read_text(encoding="utf-8"), re.MULTILINE)
    assert [feature.of_18 for feature in FEATURES] == [int(count) for count in counts]


def test_the_page_has_one_row_for_each() -> None:
    text = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| \d+ \|", text, re.MULTILINE)
    assert rows == [feature.name for feature in FEATURES]
