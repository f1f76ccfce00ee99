"""Codes of commands that read something else than playbooks; ``playbook rule`` explains them as it does rules."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Told:
    """What a code means that is told elsewhere than in ``check``. ``by`` are the commands that tell it."""

    code: str
    name: str
    severity: Severity
    by: str
    what: str
    why: str
    bad: str = ""
    good: str = ""


_ACCOUNTS = "an accounts file is read ('playbook export --accounts', 'playbook schedule --account')"

_DATES = "a plan gets its dates ('playbook schedule')"

_TOLD = (
    Told(
        "ACC001",
        "unreadable-accounts",
        Severity.ERROR,
        _ACCOUNTS,
        "The accounts file cannot be read: it is missing, no UTF-8 text, or no table at all.",
        "Nothing of it could be trusted. Spreadsheets save it as 'CSV UTF-8'.",
    ),
    Told(
        "ACC002",
        "accounts-header",
        Severity.ERROR,
        _ACCOUNTS,
        "The header lacks the column 'account', has a column without a name, or one name twice.",
        "Every row is read by the header, so that nothing could be right after it.",
        "name,closed_won\nAcme Ltd,2026-12-01\n",
        "account,name,closed_won\nacme,Acme Ltd,2026-12-01\n",
    ),
    Told(
        "ACC003",
        "unknown-account-column",
        Severity.WARNING,
        _ACCOUNTS,
        "A column (or key) is named like nothing that the playbook reads, and is passed over.",
        "It is often a slip of the pen, and the date or value that was meant is then missing for all accounts.",
        "account,closed_one\nacme,2026-12-01\n",
        "account,closed_won\nacme,2026-12-01\n",
    ),
    Told(
        "ACC004",
        "account-row",
        Severity.ERROR,
        _ACCOUNTS,
        "A row has more cells than the header, wrong quotes, or characters that no text has; it is left out.",
        "A cell too many moves all cells behind it into the wrong columns.",
        "account,name\nacme,Acme, Inc.\n",
        'account,name\nacme,"Acme, Inc."\n',
    ),
    Told(
        "ACC005",
        "account-without-id",
        Severity.ERROR,
        _ACCOUNTS,
        "An account has no id, or one that is too long or has characters that no id has.",
        "The id is the stable part of every key: a second export finds the account's tasks by it.",
    ),
    Told(
        "ACC006",
        "duplicate-account",
        Severity.ERROR,
        _ACCOUNTS,
        "Two accounts have one id; the second one is left out.",
        "Their tasks would have the same keys, and tools would take them for one.",
    ),
    Told(
        "ACC007",
        "account-date",
        Severity.ERROR,
        _ACCOUNTS,
        "A date is not written as 2026-12-31, or is no day that there is.",
        "01/06/2026 is June to some and January to others; nothing is guessed.",
        "account,closed_won\nacme,01/06/2026\n",
        "account,closed_won\nacme,2026-06-01\n",
    ),
    Told(
        "ACC008",
        "account-value",
        Severity.ERROR,
        _ACCOUNTS,
        "A value does not fit the type that the tracking plan gives its field.",
        "Which segment an account belongs to and which steps are done for it follows from such values.",
        "account,account.arr\nacme,12k\n",
        "account,account.arr\nacme,12000\n",
    ),
    Told(
        "ACC009",
        "account-person",
        Severity.WARNING,
        _ACCOUNTS,
        "A person who is named for a role of ours is not among the people of the organization.",
        "The organization file has the ids of people in tools; without one, tools cannot assign the task.",
    ),
    Told(
        "ACC010",
        "account-items",
        Severity.ERROR,
        _ACCOUNTS,
        "What a collection such as contacts holds is neither names, nor a number, nor a list that can be read.",
        "Steps with 'for_each' are done once for each item.",
        "account,contacts,contact.role\nacme,Ann;Bob,admin\n",
        "account,contacts,contact.role\nacme,Ann;Bob,admin;user\n",
    ),
    Told(
        "ACC011",
        "no-start-date",
        Severity.WARNING,
        _ACCOUNTS,
        "No column has the date of the anchor with which the journey starts.",
        "What follows from the start then has no date in any plan.",
        "account,name\nacme,Acme Ltd\n",
        "account,name,closed_won\nacme,Acme Ltd,2026-12-01\n",
    ),
    Told(
        "PLN001",
        "impossible-plan",
        Severity.ERROR,
        _DATES,
        "With these dates, something is due before the work that leads to it can be done, however fast that goes.",
        "A plan that cannot hold is seen on the first day instead of in the week of the go-live. Move the date, "
        "take work out, let steps go side by side, or begin sooner.",
    ),
    Told(
        "PLN002",
        "due-before-start",
        Severity.ERROR,
        _DATES,
        "With these dates, something is due before the journey begins.",
        "It would be late from the first day on. As a rule a date is mistyped, or customers who are in such a "
        "hurry need a shorter variant.",
    ),
    Told(
        "PLN003",
        "no-change-window",
        Severity.ERROR,
        _DATES,
        "There is time for the work, but no day of its change window until it is due.",
        "What may be done on some days of the week only waits for the next of them.",
    ),
    Told(
        "PLN004",
        "tight-plan",
        Severity.INFO,
        _DATES,
        "Something can be in time only if work on the way to it takes less time than it may.",
        "Nothing is wrong yet, but there is no room: any day that is lost there is lost for the date.",
    ),
    Told(
        "PLN005",
        "dates-too-close",
        Severity.INFO,
        _DATES,
        "A step is due too soon after the one that it waits for: if that is done on the day it is due, it is late.",
        "Their dates hang on different anchors, or nobody has counted the work between them. People work towards "
        "the day that they are given, so give the first one an earlier day, or the second one a later.",
    ),
)

TOLD: dict[str, Told] = {told.code: told for told in _TOLD}
"""By code. A code that was once released never changes its meaning."""
