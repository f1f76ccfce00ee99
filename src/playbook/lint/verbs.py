"""Whether a label says what is done. English only, and in doubt for the author."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LATIN = re.compile(r"[A-Za-zÀ-ɏ’'-]+\Z")
_ARTICLES = frozenset({"a", "an", "the"})

# Words that never begin an instruction: no verb is spelt like them.
_NEVER_VERBS = _words(
    """
    admin agenda annual api biweekly business checklist customer daily data discovery executive final
    first handoff handover initial intro introductory internal kick-off kickoff legal monthly
    new newsletter optional post-launch post-sale pre-launch pre-sales quarterly sales second security
    session sso status technical third webinar weekly workshop yearly
    """
)
# Endings of nouns, less the verbs that have them.
_NOUN_ENDINGS = ("tion", "sion", "ment", "ance", "ence", "ness", "ship", "ing")
_VERBS_ALL_THE_SAME = _words(
    """
    advance apportion augment auction balance bring caption caution cement comment commence commission
    complement compliment condition dance decommission document enhance envision evidence experience
    experiment fence ferment finance fling function glance implement influence instrument lance mention
    motion partition partnership petition ping position provision question reference ration reposition
    requisition ring romance sanction section segment sequence ship silence sing sling spring station
    sting string supplement swing transition transplant witness wring
    """
)
# Verb and noun in one: a preposition behind them shows the noun.
_EITHER = _words(
    "call chat check-in demo e-mail email follow-up interview mail message report review survey tour visit"
)
_NOUN_BEFORE = frozenset({"about", "between", "for", "of", "with"})
_VERBS_WITH_OF = _words("approve assure conceive consist convince dispose hear inform know learn notify think")

_DONE_WITH = {
    "call": "Hold",
    "demo": "Give",
    "email": "Send",
    "handoff": "Make",
    "handover": "Make",
    "invitation": "Send",
    "kickoff": "Run",
    "mail": "Send",
    "meeting": "Hold",
    "message": "Send",
    "newsletter": "Send",
    "review": "Hold",
    "session": "Hold",
    "survey": "Send",
    "training": "Hold",
    "webinar": "Hold",
    "workshop": "Hold",
}
"""What is done with things that stand at the end of such labels."""
_KINDS_OF_TOUCH = frozenset(_DONE_WITH)


def is_no_instruction(label: str) -> bool:
    """Whether a label is surely not verb + object: one word, an article, or a noun at its head."""
    words = label.split(None, 2)
    if not words:
        return False
    first = words[0]
    if len(words) == 1:
        return _LATIN.match(first) is not None
    head = first.casefold()
    if head in _ARTICLES or head in _NEVER_VERBS:
        return True
    if head.endswith(_NOUN_ENDINGS) and len(head) > 5:
        return head not in _VERBS_ALL_THE_SAME and _LATIN.match(first) is not None
    second = words[1].casefold()
    if head in _EITHER:
        return second in _NOUN_BEFORE
    if second == "of":
        return head not in _VERBS_WITH_OF and _LATIN.match(first) is not None
    return head == "welcome" and second in _KINDS_OF_TOUCH


def instruction_for(label: str) -> str | None:
    """What was probably meant, for things of which it is known what is done with them."""
    words = label.split()
    if words and words[0].casefold() in _ARTICLES:
        words = words[1:]
    if not words or len(words) > 4:
        return None
    verb = _DONE_WITH.get(words[-1].casefold())
    if verb is None:
        return None
    first = words[0] if words[0][1:] != words[0][1:].lower() else words[0].lower()
    return " ".join([verb, "the", first, *words[1:]])
