"""TCH004: more messages on one day than people read."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.lint.customer_messages import Collision, Message, collisions_within
from playbook.lint.letters import step_name
from playbook.lint.rule import Context, Finding, Option, Rule
from playbook.lint.words import listed, named
from playbook.workspace import CompiledPlaybook

_A_DAY = {"min": 1440, "h": 24}


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Messages on one channel to one persona, counted by day; and steps repeated many times a day.

    Those of different teams are TCH002's.
    """
    most = context.number(RULE, "at_most")
    meeting: dict[str, list[Collision]] = {}
    for pair in collisions_within(playbook, 1):
        if pair.first.channel == pair.second.channel and pair.first.team == pair.second.team:
            meeting.setdefault(pair.second.task.id, []).append(pair)
    for pairs in meeting.values():
        others = [pair for pair in pairs if pair.days < 1]
        if len(others) + 1 > most:
            yield _finding(playbook, others, most)
    for task in playbook.process.tasks.values():
        step = playbook.steps[task.step]
        if step.repeat is None or step.touch is None or step.touch.kind not in ("chat", "email", "in_product"):
            continue
        every = step.repeat.every
        times = _A_DAY.get(every.unit, 0) / every.count
        if times > most:
            yield Finding(
                f"the step {named(step.do, step.id)} sends {_channel(step.touch.kind)} every {every.in_words()}, "
                f"{times:.0f} times a day",
                (*task.path, "repeat", "every"),
                expected=f"at most {most:g} a day on one channel",
            )


def _finding(playbook: CompiledPlaybook, pairs: list[Collision], most: float) -> Finding:
    last: Message = pairs[0].second
    place = playbook.document.locator.place
    steps = listed(step_name(playbook, message.task) for message in (*(pair.first for pair in pairs), last))
    personas = dict.fromkeys(who for pair in pairs for who in pair.personas)
    return Finding(
        f"{listed(personas)} {'gets' if len(personas) == 1 else 'get'} {_channel(last.channel)} {len(pairs) + 1} "
        f"times on one day, from {steps}",
        (*last.task.path, "due"),
        related=tuple(Related("on the same day", place((*pair.first.task.path, "due"))) for pair in pairs[:3]),
        expected=f"at most {most:g} a day on one channel",
    )


def _channel(kind: str) -> str:
    return {"chat": "a chat message", "email": "a mail", "in_product": "an in-product message"}.get(
        kind, "a survey"
    )


_STAGES = """\
stages:
  - id: adoption
    enter: deal.closed_won
    exit: first_value.reached and account.active_seats >= 5
    raci: {{A: cs_leader, R: [csm, ae], C: [marketing, product], I: [revops, sales]}}
    steps:
      - {{id: write_brief, do: Write the account brief, captures: account.use_case, produces: brief}}
      - {{id: send_welcome, do: Send the welcome mail, due: 3d after closed_won,
         touch: {{kind: email, audience: admin}}}}
      - {{id: send_login, do: Send the login, due: {due} after closed_won, touch: {{kind: email, audience: admin}}}}
handoffs: null
"""

RULE = Rule(
    code="TCH004",
    name="too-many-messages",
    severity=Severity.WARNING,
    profile="certified",
    what="One persona gets more than one message a day on one channel, on some way through the playbook.",
    why="The second mail of a day is not read, and the third one makes people unsubscribe from all of them.",
    bad=_STAGES.format(due="3d"),
    good=_STAGES.format(due="4d"),
    graph=True,
    options=(Option("at_most", 1, "so many messages a day on one channel are not too many"),),
    playbook=check,
)
