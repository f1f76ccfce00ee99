"""All pages, built by as many processes as there are processors."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from playbook.checking.helpers import shared_out
from playbook.site.pages import Build

Progress = Callable[[str], None]
"""Told which page is built now; of several processes, this one's."""


def build_all(pages: Mapping[str, Build], jobs: int = 0, progress: Progress | None = None) -> dict[str, bytes]:
    """The content of every file, in the order of the pages; ``jobs`` processes at most, 0: as many as pay."""
    ours = os.getpid()

    def work(name: str) -> bytes:
        if progress is not None and os.getpid() == ours:
            progress(name)
        return pages[name]()

    # A page is much more work than a rule: two of them are worth a process.
    built = shared_out(list(pages), work, jobs, worth=2)
    return {name: built[name] for name in pages}
