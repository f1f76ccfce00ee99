"""What a rule is: a check, with the evidence for it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from playbook.config import Profile
from playbook.diagnostics import Related, Severity
from playbook.fixing.changes import Remedy
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook, Document, Workspace


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check yields: a message and the key path it is about.

    ``on_key`` underlines the key instead of the value; ``within`` a stretch of the value's text; ``span``
    a stretch (start and end offset) of the file's whole text. A path that does not exist has the place
    of its nearest ancestor. ``sensitive`` keeps the place's text out of reports. ``document`` is needed
    only from checks of a whole workspace. ``fix`` says how to mend it, where that is known.
    """

    message: str
    path: KeyPath
    on_key: bool = False
    within: tuple[int, int] | None = None
    span: tuple[int, int] | None = None
    related: tuple[Related, ...] = ()
    expected: str | None = None
    suggestion: str | None = None
    sensitive: bool = False
    document: Document | None = None
    fix: Remedy | None = None


OptionValue = int | float | str | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A setting of one rule: ``[options.RCI007]`` with a line ``at_most = 6``.

    The type of ``default`` is the type that it must have; a whole number or share must not be negative.
    """

    name: str
    default: OptionValue
    what: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may depend on beside the workspace.

    ``as_of`` is the day that counts as today; ``options`` are the settings of rules, by code and name, as
    far as the configuration has them.
    """

    as_of: datetime.date
    options: Mapping[str, Mapping[str, OptionValue]] = field(default_factory=dict)
    targets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What is declared as a target of the workspace, by name, each with all its options."""

    def number(self, rule: Rule, name: str) -> float:
        """The number that an option of a rule is set to, or its default."""
        value = self.option(rule, name)
        assert isinstance(value, int | float), f"{rule.code}.{name} is no number"
        return value

    def option(self, rule: Rule, name: str) -> OptionValue:
        """What an option of a rule is set to, or its default."""
        known = {option.name: option.default for option in rule.options}
        return self.options.get(rule.code, {}).get(name, known[name])


PlaybookCheck = Callable[[CompiledPlaybook, Context], Iterator[Finding]]
DocumentCheck = Callable[[Document, Context], Iterator[Finding]]
WorkspaceCheck = Callable[[Workspace, Context], Iterator[Finding]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One check, with the evidence for it: its examples are its tests and its documentation page.

    ``playbook``, ``document`` and ``workspace`` are checks of just that; a rule may have several of them.
    A rule with none is found while reading or compiling. Documents come to a check even if they could
    not be read (their model is then ``None``). ``bad`` and ``good`` are laid over the sample
    workspace of :mod:`playbook.lint.examples`, or stand alone if they begin with a kind of document.
    ``graph`` marks checks that mean nothing once a stage or step could not be read. ``instead_of`` are
    rules whose findings at the same place say the same less well; they are left out. ``options`` are what
    a team may set; a check reads them from its context. ``fix`` says whether findings
    of the rule can be mended by ``--fix`` (``safe``) or only by ``--unsafe-fixes``, and ``fix_title`` what
    that does. ``plugin`` is the installed plugin that a rule comes from: what it raises is told as RUL004.
    """

    code: str
    name: str
    severity: Severity
    profile: Profile
    what: str
    why: str
    bad: str
    good: str
    since: str = "0.1.0"
    graph: bool = False
    instead_of: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    fix: Literal["safe", "unsafe"] | None = None
    fix_title: str = ""
    plugin: str = ""
    playbook: PlaybookCheck | None = None
    document: DocumentCheck | None = None
    workspace: WorkspaceCheck | None = None
