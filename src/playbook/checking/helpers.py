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
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, TypeVar

T = TypeVar("T")
Item = TypeVar("Item")

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

    def share(at: int) -> dict[str, T]:
        """The work of one process."""
        return {name: work(name) for name in names[at::count]}

    started = (_start(partial(share, at)) for at in range(1, count))
    helpers = [helper for helper in started if helper is not None]
    try:
        done = share(0)
        for helper in helpers:
            done.update(helper.answer() or {})
    finally:
        for helper in helpers:
            helper.end()
    # A helper that failed has left its share: if the fault is in the work, it shows itself here.
    return {name: done[name] if name in done else work(name) for name in names}


def one_by_one(items: Iterable[Item], work: Callable[[Item], T], jobs: int = 0) -> Iterator[T]:
    """What ``work`` gives for each item, in order; each is worked on by a process of its own.

    At most ``jobs`` processes (0: one for each processor) run at once, and one more item is taken ahead of them,
    so that memory does not grow with the number of items. ``work`` never gives ``None``.
    """
    most = jobs or _processors()
    if most < 2 or not _can_fork():
        yield from map(work, items)
        return
    running: deque[tuple[Item, _Helper | None]] = deque()
    try:
        for item in items:
            if len(running) == most:
                yield _finished(running, work)
            running.append((item, _start(partial(work, item))))
        while running:
            yield _finished(running, work)
    finally:
        for _, helper in running:
            if helper is not None:
                helper.end()


def _finished(running: deque[tuple[Item, _Helper | None]], work: Callable[[Item], T]) -> T:
    """The answer of the process that was started first; if it failed, the fault shows itself here."""
    item, helper = running[0]
    answer: T | None = helper.answer() if helper is not None else None
    if helper is not None:
        helper.end()
    running.popleft()
    return work(item) if answer is None else answer


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_fork() -> bool:
    """On macOS and Windows a process is started anew, and loading the program takes as long as it would save."""
    return sys.platform == "linux" and threading.active_count() == 1


@dataclass(frozen=True)
class _Helper:
    """A process that works for this one, and the pipe through which it answers."""

    process: int
    pipe: BinaryIO

    def answer(self) -> Any:
        """What it has worked out; ``None`` if it failed."""
        try:
            return pickle.load(self.pipe)
        except (EOFError, OSError, pickle.UnpicklingError):
            return None

    def end(self) -> None:
        """It is needed no longer, be it that it has not answered yet."""
        self.pipe.close()
        with contextlib.suppress(OSError):
            os.kill(self.process, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(self.process, 0)


def _start(work: Callable[[], object]) -> _Helper | None:
    """A process that does some work; ``None`` where the system lets nobody start another one."""
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
            pickle.dump(work(), pipe, pickle.HIGHEST_PROTOCOL)
    finally:
        # Nothing of what was inherited is flushed, closed or told a second time.
        os._exit(0)
