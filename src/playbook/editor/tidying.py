"""Throwing away what is no longer needed while nobody waits.

Python looks for such objects whenever many new ones were made, which is while a document is checked, and
in a large workspace it takes as long as many checks do. So it is told to look only when nobody types, or
when that has not been for long.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable

_QUIET = 2.0
"""Seconds without anything to do before it is time to tidy up."""
_AT_MOST = 50
"""So many checks may go by without it."""


class Tidying:
    """Decides when to tidy up; ``run`` does the work where it disturbs nobody."""

    def __init__(self, run: Callable[[Callable[[], object]], None]) -> None:
        self._run = run
        self._timer: asyncio.TimerHandle | None = None
        self._checks = 0

    def start(self) -> None:
        """From now on nothing is thrown away by itself."""
        gc.disable()

    def checked(self) -> None:
        """Something was checked, and what was known before is of no more use."""
        self._checks += 1
        if self._timer is not None:
            self._timer.cancel()
        wait = 0.0 if self._checks >= _AT_MOST else _QUIET
        self._timer = asyncio.get_running_loop().call_later(wait, self._tidy)

    def _tidy(self) -> None:
        self._timer = None
        self._checks = 0
        self._run(gc.collect)
