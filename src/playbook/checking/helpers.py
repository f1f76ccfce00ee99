"""Other processes that take a share of the work, where there is enough of it and more than one processor.

They are forked when all files have been read, so nothing needs to be sent to them; what they have found,
or written for an export or a site, comes back through pipes. Where processes cannot be forked, or one of them
fails, everything is done here.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

T = TypeVar("T")

WORTH = 40
"""From so many pieces of work on it pays to start another process."""


def shared_out(
    names: Sequence[str], work: Callable[[str], T], jobs: int, *, worth: int | None = None
) -> dict[str, T]:
    """What ``work`` gives for each name, worked out by at most ``jobs`` processes (0: as many as pay).

    ``worth`` is how many pieces of work are worth another process; by default so many as are quick checks.
    """
    count = min(jobs or _processors(), max(1, len(names) * 2 // (worth or WORTH)), len(names))
    if count < 2 or not _can_fork():
        return {name: work(name) for name in names}
    started = (_start(names[at::count], work) for at in range(1, count))
    helpers = [helper for helper in started if helper is not None]
    try:
        done = {name: work(name) for name in names[0::count]}
        for helper in helpers:
            done.update(helper.answer())
    finally:
        for helper in helpers:
            helper.end()
    # A helper that failed has left its share: if the fault is in the work, it shows itself here.
    return {name: done[name] if name in done else work(name) for name in names}


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_fork() -> bool:
    """On macOS and Windows a process is started anew, and loading the program takes as long as it would save."""
    return sys.platform == "linux" and threading.active_count() == 1


@dataclass(frozen=True)
class _Helper:
    process: int
    pipe: BinaryIO

    def answer(self) -> dict[str, Any]:
        """What it has worked out; nothing if it failed."""
        try:
            found: dict[str, Any] = pickle.load(self.pipe)
        except (EOFError, OSError, pickle.UnpicklingError):
            return {}
        return found

    def end(self) -> None:
        self.pipe.close()
        with contextlib.suppress(OSError):
            os.kill(self.process, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(self.process, 0)


def _start(names: Sequence[str], work: Callable[[str], T]) -> _Helper | None:
    """A process that does some of the work; ``None`` where the system lets nobody start another one."""
    try:
        ours, theirs = os.pipe()
    except OSError:
        return None
    try:
        process = os.fork()
    except OSError:
        os.close(ours)
        os.close(theirs)
        return None
    if process:
        os.close(theirs)
        return _Helper(process, open(ours, "rb"))  # noqa: PTH123
    try:
        os.close(ours)
        with open(theirs, "wb") as pipe:  # noqa: PTH123
            pickle.dump({name: work(name) for name in names}, pipe, pickle.HIGHEST_PROTOCOL)
    finally:
        # Nothing of what was inherited is flushed, closed or told a second time.
        os._exit(0)
