"""The page itself."""

from __future__ import annotations

from feature_coverage.features import FEATURES, Feature, Form
from feature_coverage.uses import Use, shipped_uses

_GENERATED = "<!-- Generated from the shipped files by tools/generate.py; `make docs` writes it anew. -->"


def coverage_page() -> str:
    """The table of features, with the first use of each form."""
    rows = "\n".join(_row(feature) for feature in FEATURES)
    return f"""{_GENERATED}
# Coverage

Eighteen published playbooks of onboarding and handover were read before the language was made. These are the
{len(FEATURES)} features without which some of them could not be written faithfully, and for how many. The last
column is found in the compiled files: the first key that uses the form, in the examples if there is one.

| Feature | Of 18 | In the language | Used by |
|---|---|---|---|
{rows}
"""


def first_use(form: Form) -> Use | None:
    """The first shipped key that uses a form; examples come before our own playbooks."""
    return next((use for use in shipped_uses() if form.used_by(use)), None)


def _row(feature: Feature) -> str:
    forms = "<br>".join(form.written for form in feature.forms)
    uses = "<br>".join(_link(first_use(form)) for form in feature.forms)
    return f"| {feature.name} | {feature.of_18} | {forms} | {uses} |"


def _link(use: Use | None) -> str:
    if use is None:
        return "no shipped file yet"
    folder, _, name = use.file.rpartition("/")
    where = use.path if use.form == "finding" else f"`{use.path}`"
    return f"[{folder.rpartition('/')[2]}/{name}](../{use.file}) {where}"
