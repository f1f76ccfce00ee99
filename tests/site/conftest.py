"""One browser for all tests of the site: to start it takes longer than most of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from browsing import Window, browsing, missing


@pytest.fixture(scope="package")
def window() -> Iterator[Window]:
    if missing() is not None:
        pytest.skip(str(missing()))
    with browsing("file:") as window:
        yield window
