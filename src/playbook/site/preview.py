"""The site as it is at the moment: a page is built when somebody asks for it, and again after each change."""

from __future__ import annotations

import secrets
import threading

from playbook.site.contents import Contents
from playbook.site.pages import Build, Frame, missing_page, pages_of


class Preview:
    """The current pages, for several threads at once.

    ``busy`` is held while pages are built; whoever changes what they are built from holds it too.
    """

    def __init__(self) -> None:
        self.busy = threading.RLock()
        self._changed = threading.Condition()
        self._contents: Contents | None = None
        self._pages: dict[str, Build] = {}
        self._built: dict[str, bytes] = {}
        # After a new start, pages that are still open must not take themselves for current.
        self._start = secrets.token_hex(4)
        self._number = 0
        self._closed = False

    @property
    def version(self) -> str:
        """The name of the current state."""
        return f"{self._start}-{self._number}"

    @property
    def closed(self) -> bool:
        """Whether nothing will change any more."""
        return self._closed

    def show(self, contents: Contents) -> None:
        """Show other contents from now on, and tell all who wait."""
        with self.busy, self._changed:
            self._number += 1
            self._contents = contents
            self._pages = pages_of(contents, live=self.version)
            self._built = {}
            self._changed.notify_all()

    def page(self, path: str) -> bytes | None:
        """A file of the site; ``None`` if there is none of that name."""
        with self.busy:
            build = self._pages.get(path)
            if build is None:
                return None
            if path not in self._built:
                self._built[path] = build()
            return self._built[path]

    def missing(self) -> bytes:
        """What is shown for a page that is not there: all findings, since one of them may be why."""
        with self.busy:
            return missing_page(Frame(self._contents, self.version)) if self._contents is not None else b""

    def wait(self, version: str, seconds: float) -> str:
        """Wait until the state is another than ``version``, but not for ever; the current one."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self.version != version, seconds)
            return self.version

    def close(self) -> None:
        """Nothing will change any more: let all go who wait."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
