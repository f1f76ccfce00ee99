"""Who holds which letter of a piece of work, once defaults are applied."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.text.paths import KeyPath


@dataclass(frozen=True, slots=True)
class Letter:
    """The holders of one letter: role or team ids, and the key path where they are written.

    ``choice`` says that any one of them may act; otherwise they act together.
    """

    holders: tuple[str, ...]
    path: KeyPath
    choice: bool = False


@dataclass(frozen=True, slots=True)
class Owners:
    """The effective letters of a piece of work. A missing letter is ``None``."""

    accountable: Letter | None = None
    responsible: Letter | None = None
    consulted: Letter | None = None
    informed: Letter | None = None

    def letters(self) -> tuple[tuple[str, Letter], ...]:
        """The letters that are held, as ``("A", letter)`` in the order R, A, C, I."""
        pairs = (
            ("R", self.responsible),
            ("A", self.accountable),
            ("C", self.consulted),
            ("I", self.informed),
        )
        return tuple((name, letter) for name, letter in pairs if letter is not None)

    def everyone(self) -> set[str]:
        """All roles and teams that hold any letter."""
        return {holder for _, letter in self.letters() for holder in letter.holders}


NOBODY = Owners()
