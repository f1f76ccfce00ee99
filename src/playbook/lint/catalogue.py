"""The rules that there are for a workspace: those of playbook itself, the team's own, and those of plugins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from playbook.config import PROFILES, Config
from playbook.diagnostics import Diagnostic
from playbook.lint.registry import all_rules, family_of, matching
from playbook.text.suggest import nearest

if TYPE_CHECKING:
    from playbook.lint.rule import Rule
    from playbook.workspace import Document


@dataclass(frozen=True)
class Catalogue:
    """All rules by code, and what their codes and families stand for.

    ``broken`` are the codes of rules that cannot work and so never run. ``complete`` says whether all rules
    could be read: if not, a code that is not there may yet be one. ``findings`` are the mistakes of plugins.
    """

    rules: Mapping[str, Rule]
    broken: frozenset[str] = frozenset()
    complete: bool = True
    findings: tuple[Diagnostic, ...] = ()

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes: ours, then the team's, then those of plugins."""
        return tuple(self.rules)

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The letters that codes begin with."""
        return tuple(sorted({family_of(code) for code in self.rules}))

    @cached_property
    def _matched(self) -> dict[str, tuple[str, ...]]:
        return {}

    def matching(self, prefix: str) -> tuple[str, ...]:
        """The codes that a code or a family such as ``RCI`` stands for; none if it is unknown."""
        if prefix not in self._matched:
            self._matched[prefix] = matching(prefix, self.codes)
        return self._matched[prefix]

    def is_unknown(self, prefix: str) -> bool:
        """Whether there certainly is no such rule or family of rules."""
        if self.matching(prefix):
            return False
        may_be_own = family_of(prefix.upper()) not in self.families and prefix.isalnum()
        return self.complete or not may_be_own

    def nearest(self, name: str, *, families: bool = True) -> str | None:
        """What somebody may have meant who wrote a code or family that there is not."""
        return nearest(name, [*self.codes, *(self.families if families else ())])

    def mandatory(self, config: Config) -> frozenset[str]:
        """The codes that a configuration lets nothing keep back."""
        return self._all(config.mandatory)

    def chosen(self, config: Config, select: tuple[str, ...] = (), ignore: tuple[str, ...] = ()) -> dict[str, Rule]:
        """The rules that a run applies: the selected ones, or those of the profile, less the ignored ones.

        ``select`` and ``ignore`` of the command line go before the configuration's: what is asked for by name
        there is shown, whatever the file selects or ignores. What is mandatory is not ignored, and a rule that
        is so by its code runs even if the profile lacks it.
        """
        dropped = self._all((*(() if select else config.ignore), *ignore)) - self.mandatory(config)
        codes = self._all(select) if select else self._of_configuration(config)
        wanted = codes - dropped - self.broken
        return {code: rule for code, rule in self.rules.items() if code in wanted}

    def _of_configuration(self, config: Config) -> frozenset[str]:
        """The codes that a configuration asks for."""
        if config.select:
            codes = self._all(config.select)
        else:
            level = PROFILES.index(config.profile)
            codes = frozenset(code for code, rule in self.rules.items() if PROFILES.index(rule.profile) <= level)
        by_code = {prefix.upper() for prefix in config.mandatory}
        return codes | self._all(config.extend_select) | by_code.intersection(self.rules)

    def _all(self, prefixes: Iterable[str]) -> frozenset[str]:
        return frozenset(code for prefix in prefixes for code in self.matching(prefix))


@cache
def built_in() -> Catalogue:
    """The rules of playbook itself."""
    return Catalogue(all_rules())


def catalogue_of(documents: Iterable[Document], config: Config, root: str) -> Catalogue:
    """The rules for a workspace of these documents: with those that the team has written or named plugins for.

    ``root`` is the folder of the workspace, from which no code is ever run.
    """
    read = [document for document in documents if document.kind == "rules" or _may_be_rules(document)]
    if not read and not config.plugins:
        return built_in()
    from playbook.lint.plugins import plugin_rules
    from playbook.lint.team.checks import team_rules

    own = team_rules(read)
    rules = {**all_rules(), **own.rules}
    plugins = plugin_rules(config, root, rules)
    complete = all(document.whole for document in read) and plugins.complete
    return Catalogue({**rules, **plugins.rules}, own.broken, complete, plugins.findings)


def _may_be_rules(document: Document) -> bool:
    """Whether a file of which not even the kind could be read may have rules in it."""
    if document.kind is not None:
        return False
    source = document.source
    return source is None or re.search(r"^[\"']?rules[\"']?[ ]*:", source.text, re.MULTILINE) is not None
