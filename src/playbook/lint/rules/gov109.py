"""GOV109: a rule is waived by nothing that still holds."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.kinds import governance_of
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import counted, named
from playbook.workspace import Document

_NO_REASONS = frozenset({"", "na", "none", "noreason", "tba", "tbd", "todo", "unknown", "xxx"})


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Waivers that have run out, and such whose reason is a placeholder. That both are there, the form asks for."""
    governance = governance_of(document)
    for id_, waiver in governance.waivers.items() if governance is not None else ():
        what = f"the waiver {named(waiver.title, id_)} of {waiver.rule}"
        if waiver.until < context.as_of:
            ago = counted((context.as_of - waiver.until).days, "day")
            yield Finding(
                f"{what} ran out on {waiver.until}, {ago} ago",
                ("waivers", id_, "until"),
                expected="the rule kept and the waiver removed, or a new decision with a new day",
            )
        if "".join(filter(str.isalpha, waiver.reason)).casefold() in _NO_REASONS:
            yield Finding(
                f'{what} has no reason but "{waiver.reason}"',
                ("waivers", id_, "reason"),
                expected="why the rule may be broken for a while",
            )


RULE = Rule(
    code="GOV109",
    name="waiver-expired",
    severity=Severity.ERROR,
    profile="team",
    what="A waiver has run out, or gives no reason.",
    why="An exception that nobody ends becomes the rule.",
    bad="""\
governance: onboarding
waivers:
  no_sponsor_yet: {rule: GOV101, reason: The CCO starts in May, until: 2026-05-31}
""",
    good="""\
governance: onboarding
waivers:
  no_sponsor_yet: {rule: GOV101, reason: The CCO starts in May, until: 2099-05-31}
""",
    document=check,
)
