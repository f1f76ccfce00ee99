"""What to offer inside a text: an expression, a quantity of time, a comment.

Each gives its offers and how many characters ahead of the cursor they take the place of.
"""

from __future__ import annotations

import re

from playbook.editor.markdown import of_rule
from playbook.editor.offers import Offer, names_in_expressions, references
from playbook.editor.view import View
from playbook.editor.wanted import Quantity
from playbook.lint.catalogue import Catalogue
from playbook.text.quantities import UNITS

Offered = tuple[list[Offer], int]

_NAME_AHEAD = re.compile(r"[A-Za-z_][\w.]*\Z")
_COMPARED = re.compile(r"([A-Za-z_][\w.]*)\s*(?:==|!=)\s*([\"']?)([^\"'=<>!()\[\]]*)\Z")
_AMONG = re.compile(r"([A-Za-z_][\w.]*)\s+(?:not\s+)?in\s*[\[(](?:[^\])]*,)?\s*([\"']?)([^\"',\[\]()]*)\Z")
_IN_QUOTES = re.compile(r"(?:[^\"']|\"[^\"]*\"|'[^']*')*([\"'])[^\"']*\Z")
_AMOUNT = re.compile(r"(?:\A|[\s.~])(?P<number>\d+(?:\.\d+)?)(?P<unit>[a-z]*)\Z")
_AFTER = re.compile(r"\b(?:after|before|between|and)\s+(?P<name>[\w.]*)\Z")
_DIRECTION = re.compile(r"\d\s*(?:min|bh|h|bd|d|w|mo)\s+(?P<word>[a-z]*)\Z")
_SHARE = re.compile(r"\d%\s+(?P<word>[a-z]*)\Z")
_BETWEEN = re.compile(r"between\s+[\w.]+\s+(?P<word>[a-z]*)\Z")
_IGNORE = re.compile(r"#\s*playbook:\s*ignore(?:-file)?\[(?:[^\]]*,)?\s*(?P<code>\w*)\Z")
_IGNORE_WORD = re.compile(r"#\s*playbook:\s*(?P<word>[\w-]*)\Z")
_COMMENT_BEGUN = re.compile(r"#\s*(?P<word>[a-z]*)\Z")

_RHYTHMS = ("daily", "weekly", "monthly", "quarterly", "yearly")


def in_expression(view: View, text: str, mark: str = '"') -> Offered:
    """Names, states, functions; behind a comparison the values that the name can have, in quotes of ``mark``."""
    for pattern in (_COMPARED, _AMONG):
        match = pattern.search(text)
        if match:
            found = _choices(view, match[1], match[2], mark)
            if found or match[2]:
                # An open quote stays as it is; without one, the quotes come with the value.
                return found, len(match[3]) + len(match[2])
    if _IN_QUOTES.match(text):
        return [], 0
    word = _NAME_AHEAD.search(text)
    return list(names_in_expressions(view)), len(word[0]) if word else 0


def _choices(view: View, name: str, quote: str, default: str) -> list[Offer]:
    type_ = view.type_of(name)
    if type_ is None:
        return []
    mark = quote or default
    if type_.kind == "boolean":
        return [Offer("True", "value"), Offer("False", "value")] if not quote else []
    values = [value for value in type_.values if isinstance(value, str)]
    return [Offer(value, "value", f"value of {name}", insert=f"{mark}{value}{mark}") for value in values]


def in_quantity(view: View, quantity: Quantity, text: str) -> Offered:
    """Units behind a number; for a timing, then its direction, then what it hangs on."""
    if quantity == "timing":
        found = _in_timing(view, text)
        if found is not None:
            return found
    amount = _AMOUNT.search(text)
    if amount:
        number = amount["number"]
        more = " " if quantity == "timing" else ""
        units = [
            Offer(f"{number}{unit}", "unit", names[1], insert=f"{number}{unit}{more}", again=bool(more))
            for unit, names in UNITS.items()
        ]
        return units, len(number) + len(amount["unit"])
    words = [Offer(word, "word", rank=1) for word in _RHYTHMS] if quantity == "cadence" else []
    if text.strip() and not words:
        return [], 0
    examples = ("2d", "5bd", "1w") if quantity != "cadence" else ("1w", "2w")
    offers = [Offer(example, "unit", _spoken(example), rank=0) for example in examples]
    return [*offers, *words], len(text)


def _in_timing(view: View, text: str) -> Offered | None:
    name = _AFTER.search(text)
    if name:
        return list(references(view, "moment")), len(name["name"])
    direction = _DIRECTION.search(text)
    if direction:
        words = ("after", "before")
        return [Offer(word, "word", insert=f"{word} ", again=True) for word in words], len(direction["word"])
    share = _SHARE.search(text)
    if share:
        return [Offer("between", "word", insert="between ", again=True)], len(share["word"])
    second = _BETWEEN.search(text)
    if second:
        return [Offer("and", "word", insert="and ", again=True)], len(second["word"])
    if not text.strip():
        anchors = list(references(view, "anchor"))[:3]
        return [
            Offer(f"{amount} after {anchor.label}", "value", anchor.detail)
            for anchor in anchors
            for amount in ("5bd", "2w")
        ], len(text)
    return None


def _spoken(example: str) -> str:
    number = example.rstrip("abcdefghijklmnopqrstuvwxyz")
    unit = example[len(number) :]
    return f"{number} {UNITS[unit][0 if number == '1' else 1]}"  # type: ignore[index]


def in_comment(text: str, catalogue: Catalogue) -> Offered:
    """The codes of rules in ``# playbook: ignore[...]``."""
    codes = _IGNORE.search(text)
    if codes:
        offers = [Offer(code, "code", rule.name, of_rule(rule)[0]) for code, rule in catalogue.rules.items()]
        offers += [Offer(family, "code", "a whole family", rank=1) for family in catalogue.families]
        return offers, len(codes["code"])
    word = _IGNORE_WORD.search(text)
    if word:
        return [
            Offer("ignore", "word", "not to be told of here", insert="ignore[", again=True),
            Offer("ignore-file", "word", "not to be told of in this file", insert="ignore-file[", again=True),
        ], len(word["word"])
    begun = _COMMENT_BEGUN.search(text)
    if begun:
        return [Offer("playbook: ignore", "word", "a finding here", insert="playbook: ignore[", again=True)], len(
            begun["word"]
        )
    return [], 0
