"""What counts as a use of a form: tests of a key and its value."""

from __future__ import annotations

from collections.abc import Callable

from feature_coverage.uses import Use
from playbook.text.quantities import Duration, Timing

Test = Callable[[Use], bool]


def key(form: str, name: str, holds: Test = lambda _: True) -> Test:
    """The key of a form is used, with a value for which ``holds``."""
    return lambda use: use.form == form and use.key == name and bool(use.value) and holds(use)


def either(*tests: Test) -> Test:
    """Any of several."""
    return lambda use: any(test(use) for test in tests)


def is_one_of(*values: object) -> Test:
    """The value is one of these."""
    return lambda use: use.value in values


def at_least(number: int) -> Test:
    """The value has so many entries."""
    return lambda use: len(use.value) >= number


def contains(text: str) -> Test:
    """The value, as text, contains a text."""
    return lambda use: text in str(use.value)


def timer(direction: str) -> Test:
    """A timing in a direction."""
    return lambda use: isinstance(use.value, Timing) and use.value.direction == direction


def duration(holds: Callable[[Duration], bool]) -> Test:
    """A duration, alone or in a timing, for which ``holds``."""

    def used(use: Use) -> bool:
        value = use.value.offset if isinstance(use.value, Timing) else use.value
        return isinstance(value, Duration) and holds(value)

    return used


def compares_numbers(use: Use) -> bool:
    """A condition, or one of several, compares by size."""
    text = " ".join(str(getattr(part, "check", part)) for part in parts(use.value))
    return any(f" {sign} " in text for sign in ("<", "<=", ">", ">="))


def parts(value: object) -> tuple[object, ...]:
    """The entries of a list, or the one value that stands for it."""
    return value if isinstance(value, tuple) else (value,)


def is_open(value: Duration) -> bool:
    """A duration without a low or a high end."""
    return value.low is None or value.high is None


def key_of_any(name: str, holds: Test, *forms: str) -> Test:
    """The same key in several forms."""
    return either(*(key(form, name, holds) for form in forms))
