"""A browser for the tests of the site that look at it in one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browsing import Window, browsing, missing


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    if missing() is not None:
        pytest.skip(str(missing()))
    with browsing("file:") as window:
        yield window
