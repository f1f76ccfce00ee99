"""What the configuration says of rules, held against the rules that there are."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.config import Config
from playbook.diagnostics import Diagnostic, Severity
from playbook.lint.registry import CODES, matching
from playbook.text.quote import shown
from playbook.text.suggest import nearest


def unknown_codes(config: Config) -> Iterator[Diagnostic]:
    """Findings for what the configuration calls rules and is none."""
    families = sorted({code.rstrip("0123456789") for code in CODES})
    named = dict.fromkeys((*config.select, *config.ignore))
    unknown = [(code, "rule or family of rules", [*CODES, *families]) for code in named if not matching(code)]
    # A severity is that of one rule: a family would be passed over in silence.
    unknown += [(code, "rule", list(CODES)) for code in config.severity if code not in CODES]
    for code, what, known in unknown:
        yield Diagnostic(
            "CFG001",
            Severity.ERROR,
            f"there is no {what} '{shown(code)}'",
            config.place_of(code),
            expected=f"a {what} that 'playbook rule' lists",
            suggestion=nearest(code, known),
        )
