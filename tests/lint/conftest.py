"""What the tests of rules share."""

from __future__ import annotations

from pathlib import Path

import pytest
from lint_samples import Samples


@pytest.fixture
def samples(tmp_path: Path, acme_rules: None) -> Samples:
    """Compiles and checks small workspaces below a temporary folder."""
    del acme_rules  # RUL004 is about a plugin
    return Samples(tmp_path)
