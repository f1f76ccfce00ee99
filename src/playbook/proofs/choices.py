"""Where conditions alone choose: branches of stages, lines of decision tables, segments."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from playbook.expressions.cases import Verdict
from playbook.proofs.axioms import of_variant
from playbook.proofs.branches import Alternatives, examine
from playbook.proofs.conditions import binding, tree_of, trees_of
from playbook.proofs.facts import facts_of
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives with their conditions, as written: ``paths`` and ``texts`` go together."""

    what: str
    path: KeyPath
    paths: tuple[KeyPath, ...]
    texts: tuple[str, ...]
    answers: Alternatives

    @property
    def unknown(self) -> list[Verdict]:
        """The verdicts without an answer."""
        every = [verdict for _, _, verdict in self.answers.overlaps]
        every += [self.answers.gap] if self.answers.gap else []
        return [verdict for verdict in every if verdict.found == "unknown"]


def choices_of(playbook: CompiledPlaybook) -> list[Choice]:
    """All that is chosen by conditions; ask with ``playbook.remembered(choices_of)``."""
    return [*_branches(playbook), *_tables(playbook)]


def segments_of(playbook: CompiledPlaybook) -> Choice | None:
    """The segments, as alternatives; ask with ``playbook.remembered(segments_of)``."""
    if playbook.variant is not None:
        # A variant has the segments of its base, of which it is asked.
        return None
    segments = playbook.model.segments
    written = [(id_, segment.when) for id_, segment in segments.items() if segment.when]
    read = [(("segments", id_, "when"), when, tree) for id_, when in written if (tree := tree_of(when)) is not None]
    if len(read) < len(written) or not read:
        return None
    otherwise = any(segment.otherwise for segment in segments.values())
    return _choice(playbook, "segments", ("segments",), read, otherwise=otherwise)


_Read = tuple[KeyPath, str, ast.expr]


def _choice(
    playbook: CompiledPlaybook,
    what: str,
    path: KeyPath,
    read: Sequence[_Read],
    assumed: list[ast.expr] | None = None,
    *,
    otherwise: bool,
    exclusive: bool = True,
) -> Choice:
    conditions = [tree for _, _, tree in read]
    answers = examine(playbook, conditions, assumed or [], otherwise=otherwise, exclusive=exclusive)
    return Choice(what, path, tuple(each for each, _, _ in read), tuple(text for _, text, _ in read), answers)


def _branches(playbook: CompiledPlaybook) -> Iterator[Choice]:
    facts = playbook.remembered(facts_of)
    for index, stage in enumerate(playbook.model.stages):
        conditional = [branch for branch in stage.next if branch.when]
        if not conditional or playbook.stages.get(stage.id) is not stage:
            continue
        place: KeyPath = ("stages", index, "next")
        read = [
            ((*place, number, "when"), branch.when, tree)
            for number, branch in enumerate(stage.next)
            if branch.when and (tree := tree_of(branch.when)) is not None
        ]
        if len(read) < len(conditional):
            continue
        node = f"exit.{stage.id}"
        assumed = trees_of(binding(stage.exit)) + of_variant(playbook)
        assumed += facts.held(facts.knowledge.before(node), lasting=True)
        # A way out without a condition, and `otherwise`, take what no other way does.
        open_way = any(branch.otherwise or not branch.when for branch in stage.next)
        yield _choice(playbook, "branches", place, read, assumed, otherwise=open_way)


def _tables(playbook: CompiledPlaybook) -> Iterator[Choice]:
    for id_, table in playbook.model.decisions.items():
        lines = [(number, rule.when) for number, rule in enumerate(table.rules) if rule.when]
        read = [
            (("decisions", id_, "rules", number, "when"), when, tree)
            for number, when in lines
            if (tree := tree_of(when)) is not None
        ]
        if len(read) == len(lines) and read:
            otherwise = any(rule.otherwise or not rule.when for rule in table.rules)
            unique = table.hit == "unique"
            place: KeyPath = ("decisions", id_)
            yield _choice(playbook, "lines", place, read, otherwise=otherwise, exclusive=unique)
