"""docs/coverage.md: what published playbooks need, the form of it in the language, and who uses it."""

from __future__ import annotations

from feature_coverage.features import FEATURES, Feature, Form
from feature_coverage.page import coverage_page
from feature_coverage.uses import Use, shipped_uses

__all__ = ["FEATURES", "Feature", "Form", "Use", "coverage_page", "shipped_uses"]
