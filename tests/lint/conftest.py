"""What the tests of rules share."""

from __future__ import annotations

from pathlib import Path

import pytest
from lint_samples import Samples


@pytest.fixture
def samples(tmp_path: Path) -> Samples:
    """Compiles and checks small workspaces below a temporary folder."""
    return Samples(tmp_path)
