"""SEG004: a variant that changes nothing, or what another one changes already."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Related, Severity
from playbook.fixing.changes import Remedy, Remove
from playbook.language.playbook import Variant
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.words import listed, named
from playbook.text.paths import KeyPath
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """Variants without edits, with edits that leave the base as it is, and with the edits of an earlier one."""
    del context
    variants = playbook.model.variants
    if playbook.variant is not None or not variants:
        return
    compiled = {variant.variant: variant for variant in playbook.variants}
    seen: list[tuple[str, Variant]] = []
    for id_, variant in variants.items():
        path: KeyPath = ("variants", id_)
        twin = next((other for other, earlier in seen if _edits(earlier) == _edits(variant)), None)
        segments = listed(variant.segments)
        if id_ in compiled and _is_base(playbook, variant, compiled[id_]):
            yield Finding(
                f"the variant {named(variant.title, id_)} changes nothing: {segments} "
                f"{'is' if len(variant.segments) == 1 else 'are'} onboarded as the playbook says anyway",
                path,
                on_key=True,
                expected="a variant that changes something, or none: a segment without a variant follows the base",
                fix=Remedy(f"remove the variant {id_}", (Remove(path),), safe=variant.description is None),
            )
        elif twin is not None:
            both = ", ".join((*variants[twin].segments, *variant.segments))
            yield Finding(
                f"the variant {named(variant.title, id_)} makes the same changes as {twin}",
                path,
                on_key=True,
                related=(
                    Related("the same changes", playbook.document.locator.place(("variants", twin), key=True)),
                ),
                expected="one variant for all segments that are onboarded alike",
                suggestion=f"for: [{both}] under {twin}",
            )
        seen.append((id_, variant))


def _edits(variant: Variant) -> tuple[object, ...]:
    """What a variant changes; the order of removals and of values set means nothing."""
    return frozenset(variant.remove), variant.set, variant.add, variant.replace


def _is_base(base: CompiledPlaybook, variant: Variant, compiled: CompiledPlaybook) -> bool:
    if variant.remove or variant.add:
        return False
    if not variant.set and not variant.replace:
        return True
    own, edited = base.model.__dict__, compiled.model.__dict__
    # The keys of an edit come first: they are the likeliest to differ.
    return all(own[key] == edited[key] for key in own if key != "variants")


_SEGMENTS = """\
segments:
  small: {{when: account.active_seats < 10}}
  large: {{otherwise: true}}
variants:
  light: {{for: small, set: {{run_kickoff.due: 10bd after closed_won}}}}
  {}
"""

RULE = Rule(
    code="SEG004",
    name="variant-without-difference",
    severity=Severity.WARNING,
    profile="team",
    what="A variant leaves the playbook as it is, or makes the same changes as another variant.",
    why="A change is then made in one of the two and forgotten in the other, and nobody can say why they differ.",
    bad=_SEGMENTS.format("full: {for: large, set: {run_kickoff.due: 5bd after closed_won}}"),
    good=_SEGMENTS.format("full: {for: large, set: {run_kickoff.due: 3bd after closed_won}}"),
    fix="safe",
    fix_title="removes a variant that changes nothing",
    playbook=check,
)
