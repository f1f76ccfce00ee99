"""SEG001: an account that belongs to two segments."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.lint.cases import account
from playbook.lint.rule import Context, Finding, Rule
from playbook.proofs.choices import segments_of
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Each pair of segments that share an account, and each `otherwise` beside another."""
    del context
    choice = playbook.remembered(segments_of)
    for first, second, verdict in choice.answers.overlaps if choice else ():
        if verdict.found == "yes" and choice is not None:
            one, other = choice.paths[first], choice.paths[second]
            yield Finding(
                f"{account(verdict)} is in the segment {other[1]} and also in {one[1]}",
                other,
                related=(Related("the other segment", playbook.document.locator.place(one)),),
                expected="segments of which every account is in one",
            )
    yield from _variants(playbook)
    rest = [id_ for id_, segment in playbook.model.segments.items() if segment.otherwise]
    for id_ in rest[1:]:
        yield Finding(
            f"the segment {id_} is otherwise, as {rest[0]} is already",
            ("segments", id_, "otherwise"),
            expected="one segment that takes all accounts that no other does",
        )


def _variants(playbook: CompiledPlaybook) -> Iterator[Finding]:
    """Segments for which there are two variants."""
    first: dict[str, str] = {}
    for id_, variant in playbook.model.variants.items():
        for index, segment in enumerate(variant.segments):
            if segment in first:
                yield Finding(
                    f"the segment {segment} has the variant {id_} and also {first[segment]}"
                    if first[segment] != id_
                    else f"the variant {id_} names the segment {segment} twice",
                    ("variants", id_, "for", index),
                    expected="one variant for a segment",
                )
            first.setdefault(segment, id_)


RULE = Rule(
    code="SEG001",
    name="overlapping-segments",
    severity=Severity.ERROR,
    profile="basic",
    what="An account can belong to two segments.",
    why="Then two playbooks hold for it, and which one is followed depends on who looks.",
    bad="""\
segments:
  small: {when: account.active_seats <= 10}
  large: {when: account.active_seats >= 10}
variants:
  light: {for: small, set: {run_kickoff.due: 10bd after closed_won}}
  full: {for: large, set: {run_kickoff.due: 3bd after closed_won}}
""",
    good="""\
segments:
  small: {when: account.active_seats < 10}
  large: {when: account.active_seats >= 10}
variants:
  light: {for: small, set: {run_kickoff.due: 10bd after closed_won}}
  full: {for: large, set: {run_kickoff.due: 3bd after closed_won}}
""",
    playbook=check,
)
