"""Rules of plugins may fail; that is a finding (RUL004) and never the end of a check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Related, Severity
from playbook.lint.plugins import told
from playbook.lint.rule import Finding, Rule
from playbook.text.paths import KeyPath
from playbook.workspace import Document

FAILED = "RUL004"


@dataclass(frozen=True, slots=True)
class Yielded:
    """A finding of a rule, and the key path that it is about."""

    path: KeyPath
    finding: Diagnostic


def guarded(
    rule: Rule, document: Document | None, check: Callable[[], list[Yielded]], config: Config
) -> list[Yielded]:
    """What a check yields. If it is one of a plugin and fails, the finding that says so takes its place."""
    if not rule.plugin:
        return check()
    try:
        return check()
    except (Exception, SystemExit) as error:
        return [_failure(rule, document, error, config)]


def _failure(rule: Rule, document: Document | None, error: BaseException, config: Config) -> Yielded:
    path: KeyPath = () if document is None or document.kind is None else (document.kind,)
    at = config.plugins.index(rule.plugin) if rule.plugin in config.plugins else 0
    place = config.place("plugins", at) if document is None else document.locator.place(path)
    return Yielded(
        path,
        Diagnostic(
            FAILED,
            config.severity.get(FAILED, Severity.ERROR),
            f"the rule {rule.code} of the plugin {rule.plugin} failed: {told(error)}",
            place,
            expected="a check that comes to its end: the authors of the plugin can mend it, "
            f"and --ignore {rule.code} leaves it out",
        ),
    )


def sound(rule: Rule, found: Iterator[Finding]) -> Iterator[Finding]:
    """The findings of a rule. Raises :class:`TypeError` for what the check of a plugin must not yield."""
    return found if not rule.plugin else _each_sound(found)


def _each_sound(found: Iterator[object]) -> Iterator[Finding]:
    for finding in found:
        yield _sound(finding)


def _sound(finding: object) -> Finding:
    if not isinstance(finding, Finding):
        raise TypeError(f"it yields a {type(finding).__name__} where a Finding is wanted")
    texts = [finding.message, *(each for each in (finding.expected, finding.suggestion) if each is not None)]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("it yields a Finding whose words are no texts")
    if not isinstance(finding.path, tuple) or not all(isinstance(key, str | int) for key in finding.path):
        raise TypeError("it yields a Finding whose path is no tuple of keys and indexes")
    if not all(isinstance(related, Related) for related in finding.related):
        raise TypeError("it yields a Finding whose related places are none")
    return finding
