"""Findings about what keeps findings back: comments that do nothing, are unclear, have ended or give no reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from playbook.diagnostics import Diagnostic, Edit, Fix, Place
from playbook.suppression.apply import Sieve
from playbook.suppression.comments import Ignore
from playbook.suppression.grammar import Code, Directive
from playbook.suppression.waivers import mistakes_of
from playbook.text.quote import shown
from playbook.text.spans import SourceText


def findings_about(sieve: Sieve) -> Iterator[Diagnostic]:
    """The findings about comments, waivers and patterns, after all other findings have been sifted.

    Only those of rules that run; an attempt to silence what is mandatory is told in any case.
    """
    situation = sieve.situation
    for finding in _found(sieve):
        if finding.code == "CFG001" or (finding.code == "SUP007" and not situation.select):
            yield finding
        elif finding.code in situation.applied and finding.code not in sieve.ignored_in(finding.place.file):
            yield _weighed(finding, sieve)


def _found(sieve: Sieve) -> Iterator[Diagnostic]:
    situation = sieve.situation
    # On the command line, "--select" says what is wanted, whatever the file ignores.
    yield from sieve.mandatory.attempts_of_configuration(situation.ignore, with_file=not situation.select)
    for finding in mistakes_of(situation.waivers, sieve.mandatory, situation.catalogue):
        if finding.place.file in situation.sources:
            yield finding
    for file, ignores in sieve.comments.items():
        speaker = _Speaker(sieve, situation.sources[file])
        for ignore in ignores:
            yield from speaker.about(ignore)


def _weighed(finding: Diagnostic, sieve: Sieve) -> Diagnostic:
    chosen = sieve.situation.config.severity.get(finding.code)
    return finding if chosen is None else replace(finding, severity=chosen)


class _Speaker:
    """Says what is wrong with the comments of one file."""

    def __init__(self, sieve: Sieve, source: SourceText) -> None:
        self._sieve = sieve
        self._catalogue = sieve.situation.catalogue
        self._source = source

    def about(self, ignore: Ignore) -> Iterator[Diagnostic]:
        directive = ignore.directive
        if directive.mistake:
            yield self._diagnostic(
                "SUP003",
                directive.mistake,
                directive.mistake_at,
                expected=directive.expected,
                suggestion=directive.suggestion,
            )
            return
        yield from self._about_codes(directive)
        if self._sieve.has_ended(ignore):
            yield self._ended(ignore)
            return
        if not directive.reason:
            yield self._diagnostic(
                "SUP006",
                f"'ignore[{_listed(directive.codes)}]' gives no reason",
                (directive.start, directive.end),
                expected='"reason: why" behind the codes',
            )
        yield from self._unused(ignore)

    def _about_codes(self, directive: Directive) -> Iterator[Diagnostic]:
        for code in directive.codes:
            at = (code.start, code.end)
            if code.name.startswith("SUP"):
                message = f"{code.name} is about comments such as this one, and none can keep it back"
                yield self._diagnostic(
                    "SUP003", message, at, expected="per_file_ignores or ignore in playbook.toml"
                )
            elif self._catalogue.is_unknown(code.name):
                near = self._catalogue.nearest(code.name)
                message = f"there is no rule or family of rules '{shown(code.name)}'"
                expected = "the code of a rule that 'playbook rule' lists"
                yield self._diagnostic("SUP004", message, at, expected=expected, suggestion=near)
            elif self._sieve.mandatory.refuses(code.name):
                place = Place(self._source.name, self._source.span(*at))
                yield self._sieve.mandatory.attempt(code.name, place, "this comment names")

    def _ended(self, ignore: Ignore) -> Diagnostic:
        directive = ignore.directive
        assert directive.until is not None, "without a last day it does not end"
        return self._diagnostic(
            "SUP005",
            f"'ignore[{_listed(directive.codes)}]' ended on {directive.until.isoformat()}",
            (directive.start, directive.end),
            expected="a later last day, or no comment and the finding mended",
            fix=Fix("Remove the comment that has ended", (self._removed(ignore),), safe=True),
        )

    def _unused(self, ignore: Ignore) -> Iterator[Diagnostic]:
        """One finding for all codes of a comment that keep nothing back."""
        directive = ignore.directive
        used = self._sieve.used.get(ignore, set())
        unused = [code for code in directive.codes if code.name not in used and self._is_judged(code.name)]
        if not unused or not self._sieve.situation.is_complete():
            return
        kept = [code for code in directive.codes if code not in unused]
        if kept:
            first, last = directive.codes[0], directive.codes[-1]
            edit = Edit(self._source.name, first.start, last.end, ", ".join(code.name for code in kept))
            fix = Fix(f"Ignore {_listed(tuple(kept))} only", (edit,), safe=True)
            at = (unused[0].start, unused[0].end)
        else:
            fix = Fix("Remove the comment that keeps nothing back", (self._removed(ignore),), safe=True)
            at = (directive.start, directive.end)
        yield self._diagnostic(
            "SUP001",
            f"'ignore[{_listed(tuple(unused))}]' keeps nothing back: nothing of the kind is found here",
            at,
            expected="a comment at the place of a finding, or none",
            fix=fix,
        )

    def _is_judged(self, name: str) -> bool:
        """Whether a code or family would have kept back what it can in this run: all of its rules ran."""
        situation = self._sieve.situation
        codes = set(self._catalogue.matching(name)) & situation.chosen
        left_out = self._sieve.ignored_in(self._source.name)
        silent = any(
            code in left_out or self._sieve.mandatory.holds(code) for code in self._catalogue.matching(name)
        )
        return bool(codes) and codes <= situation.applied and not silent

    def _removed(self, ignore: Ignore) -> Edit:
        return Edit(self._source.name, *ignore.whole, "")

    def _diagnostic(
        self,
        code: str,
        message: str,
        at: tuple[int, int],
        *,
        expected: str,
        suggestion: str | None = None,
        fix: Fix | None = None,
    ) -> Diagnostic:
        place = Place(self._source.name, self._source.span(*at))
        fixes = (fix,) if fix is not None else ()
        severity = self._catalogue.rules[code].severity
        return Diagnostic(code, severity, message, place, expected=expected, suggestion=suggestion, fixes=fixes)


def _listed(codes: tuple[Code, ...]) -> str:
    return ", ".join(dict.fromkeys(code.name for code in codes))
