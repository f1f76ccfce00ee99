"""Proofs that cannot be made are told as such, once each, and never as an answer."""

from __future__ import annotations

import pytest
from proof_samples import HEAD, TRACKING, findings, messages

PRODUCT = "account.seats * account.users < 4"
WITH_USERS = TRACKING.replace("  account.goal", "  account.users: {type: number, captured: CRM}\n  account.goal")
ONE = "stages: [{id: a, steps: [{id: a1, do: Do it}]}]\n"
BOUND = f"{PRODUCT} and account.seats > 1 and account.users > 5"

QUESTIONS = {
    "segments": f"segments: {{one: {{when: {PRODUCT}}}, other: {{when: account.seats > 1}}}}\n{ONE}",
    "branches": f"""\
stages:
  - {{id: a, steps: [{{id: a1, do: Do it}}],
      next: [{{to: b, when: {PRODUCT}}}, {{to: c, when: account.seats > 1}}]}}
  - {{id: b, steps: [{{id: b1, do: Do it}}], next: done}}
  - {{id: c, steps: [{{id: c1, do: Do it}}]}}
""",
    "lines": f"""\
decisions: {{t: {{hit: unique, rules: [{{when: {PRODUCT}, gives: x}}, {{when: account.seats > 1, gives: y}}]}}}}
{ONE}""",
    "every account that comes here can enter": f"""\
stages:
  - {{id: a, exit: account.seats > 1, steps: [{{id: a1, do: Do it}}]}}
  - {{id: b, enter: {PRODUCT}, steps: [{{id: b1, do: Do it}}]}}
""",
    "any account can meet this condition": f"interrupts: {{odd: {{when: {BOUND}, end: lost}}}}\n{ONE}",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_that_is_left_open(question: str) -> None:
    (message,) = messages("CRT011", QUESTIONS[question], WITH_USERS)
    assert message.startswith("it is not known whether ")
    assert question in message
    assert "account.seats * account.users" in message


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_not_known_is_not_answered(question: str) -> None:
    for code in ("CRT002", "CRT003", "CRT004", "SEG001", "SEG002"):
        assert not findings(code, WITH_USERS, HEAD + QUESTIONS[question]), code
