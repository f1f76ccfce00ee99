"""How the property tests run: the same examples on every run of CI, new ones on every run of a developer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from plugin_samples import ACME_RULES, install

# Tests of one folder use samples of another (``tests.targets.samples``); `pytest`, other than `python -m pytest`,
# does not look for modules where it is started.
sys.path.append(str(Path(__file__).resolve().parents[1]))

settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")


@pytest.fixture(scope="session")
def acme_rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The plugin that examples name is installed."""
    folder = str(install(tmp_path_factory.mktemp("installed"), "acme_rules", ACME_RULES))
    sys.path.append(folder)
    yield
    sys.path.remove(folder)
