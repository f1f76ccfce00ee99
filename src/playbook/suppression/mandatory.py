"""Rules whose findings nothing can keep back, and who tries it all the same (SUP007)."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Place, Related, Severity
from playbook.lint.catalogue import Catalogue
from playbook.lint.registry import ALWAYS
from playbook.text.quote import shown


class Mandatory:
    """The codes that one configuration lets nothing keep back, with those that are so everywhere."""

    def __init__(self, config: Config, catalogue: Catalogue) -> None:
        self._config = config
        self._catalogue = catalogue
        self.codes = catalogue.mandatory(config) | ALWAYS

    def holds(self, code: str) -> bool:
        """Whether findings of that code stay, whatever is written."""
        return code in self.codes or code.startswith("SUP")

    def refuses(self, named: str) -> bool:
        """Whether all that a code or family stands for is mandatory: whoever names it asks in vain.

        A family of which only some rules are mandatory is no attempt: it means the others.
        """
        codes = self._catalogue.matching(named)
        return bool(codes) and set(codes) <= self.codes

    def attempt(self, named: str, place: Place, what: str) -> Diagnostic:
        """The finding for something that names a mandatory rule to have it silent."""
        name = shown(named.upper())
        return Diagnostic(
            "SUP007",
            Severity.ERROR,
            f"{what} {name}, which is mandatory: its findings stay",
            place,
            self._said_at(named),
            expected=f"no {name} here; what is wrong has to be mended",
        )

    def attempts_of_configuration(self, ignored: tuple[str, ...], *, with_file: bool) -> Iterator[Diagnostic]:
        """Findings for ``per_file_ignores``, ``--ignore`` and, ``with_file``, the ``ignore`` of the file.

        A command line has no place: it is told where the rule was made mandatory.
        """
        config = self._config
        for at, named in enumerate(config.ignore):
            if with_file and self.refuses(named):
                yield self.attempt(named, config.place("ignore", at), '"ignore" names')
        for pattern, codes in config.per_file_ignores.items():
            for at, named in enumerate(codes):
                if self.refuses(named):
                    place = config.place("per_file_ignores", pattern, at)
                    yield self.attempt(named, place, f'"{shown(pattern)}" under [per_file_ignores] names')
        for named in ignored:
            if self.refuses(named) and self._index(named) is not None:
                yield self.attempt(named, config.place("mandatory", self._index(named) or 0), "--ignore names")

    def _said_at(self, named: str) -> tuple[Related, ...]:
        index = self._index(named)
        return () if index is None else (Related("made mandatory here", self._config.place("mandatory", index)),)

    def _index(self, named: str) -> int | None:
        """Which item of ``mandatory`` takes in the first rule of a code or family."""
        first = self._catalogue.matching(named)[:1]
        for index, item in enumerate(self._config.mandatory):
            if set(first) & set(self._catalogue.matching(item)):
                return index
        return None
