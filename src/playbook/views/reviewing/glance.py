"""What the journey is, in a few facts and figures."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from playbook.diagnostics import Severity
from playbook.raci_analysis import raci_analysis
from playbook.shapes.document import Figures, Paragraphs, Section
from playbook.shapes.timeline import Timeline
from playbook.text.ids import words_of
from playbook.views.journey import criterion_in_words
from playbook.views.narrowing.excerpt import is_for_customers
from playbook.views.parts.words import together, when
from playbook.views.subject import Subject
from playbook.workspace import CompiledPlaybook

_MODELS = {
    "marketing": "Marketing",
    "customer_success": "Customer Success",
    "dedicated": "a dedicated onboarding team",
    "shared": "several teams together",
}
_MOTIONS = {
    "self_serve": "self-serve",
    "low_touch": "low touch",
    "mid_touch": "mid touch",
    "high_touch": "high touch",
}


def glance(subject: Subject, timeline: Timeline | None) -> Section:
    """The first section: what it is for, how large it is, who answers for it."""
    playbook = subject.playbook
    described = (playbook.model.description,) if playbook.model.description else ()
    facts = tuple(f"{label}: {text}" for label, text in _facts(playbook) if text)
    parts = (
        Paragraphs(described),
        Figures(tuple(_figures(subject, timeline))),
        Paragraphs(facts, bullets=True),
    )
    return Section("At a glance", tuple(part for part in parts if part != Paragraphs(()) and not _is_empty(part)))


def _is_empty(part: Paragraphs | Figures) -> bool:
    return not (part.texts if isinstance(part, Paragraphs) else part.pairs)


def subtitle(playbook: CompiledPlaybook) -> str:
    """One line about the document: its version, its standing, and who answers for the journey."""
    model = playbook.model
    words = ["Onboarding review" if model.scope == "journey" else "Review"]
    if is_for_customers(playbook):
        return "How we work together"
    if model.version:
        words.append(f"version {model.version}")
    words.append({"draft": "draft", "active": "in use", "retired": "retired"}[model.status])
    accountable = model.ownership.accountable if model.ownership else None
    if accountable:
        words.append(f"{playbook.owner_name(accountable)} answers for it")
    return " · ".join(words)


def footer(playbook: CompiledPlaybook) -> str:
    """What stands at the foot of every page."""
    version = f" · version {playbook.model.version}" if playbook.model.version else ""
    return f"{playbook.title}{version}"


# -- figures -------------------------------------------------------------------------------------


def _figures(subject: Subject, timeline: Timeline | None) -> Iterator[tuple[str, str]]:
    playbook = subject.playbook
    analysis = playbook.remembered(raci_analysis)
    roles = [owner for owner in analysis.columns if playbook.role(owner)]
    yield _counted(len(playbook.stages), "stage")
    yield _counted(len(playbook.process.tasks), "step")
    yield _counted(len(roles or analysis.columns), "role", "with a part in it")
    if playbook.model.handoffs:
        yield _counted(len(playbook.model.handoffs), "handoff")
    if playbook.model.milestones:
        yield _counted(len(playbook.model.milestones), "milestone")
    duration = _duration(timeline) if timeline else None
    if timeline and duration:
        yield f"working days planned from {timeline.panels[0].label} on", duration
    if is_for_customers(playbook):
        return
    open_ = [finding for finding in subject.findings if finding.severity is not Severity.INFO]
    yield _counted(len(open_), "open finding")


def _counted(count: int, what: str, more: str = "") -> tuple[str, str]:
    word = what if count == 1 else f"{what}s"
    return f"{word} {more}".strip(), str(count)


def _duration(timeline: Timeline) -> str | None:
    """How long the work takes that hangs on the first anchor, in working days."""
    bars = timeline.panels[0].bars if timeline.panels else ()
    if not bars:
        return None
    least, most = ceil(max(bar.ends for bar in bars)), ceil(max(bar.ends_latest for bar in bars))
    if most <= 0:
        return None
    return f"{most}" if least >= most or least <= 0 else f"{least} to {most}"


# -- facts ---------------------------------------------------------------------------------------


def _facts(playbook: CompiledPlaybook) -> Iterator[tuple[str, str]]:
    model = playbook.model
    outcome = model.outcome
    if outcome:
        gets = "What comes of it" if model.scope == "programme" else "What the customer gets"
        yield gets, outcome.statement or ""
        reached = "; ".join(criterion_in_words(playbook, each) for each in outcome.achieved)
        yield "Reached when", reached
        yield "By when", when(playbook, outcome.within)
        agreed = together(playbook.owner_name(owner) for owner in outcome.agreed_by)
        day = f" on {outcome.agreed_on}" if outcome.agreed_on else ""
        yield "Agreed by", f"{agreed}{day}" if agreed else ""
    if model.ownership:
        owns = _MODELS.get(model.ownership.model or "", "")
        sponsor = model.ownership.sponsor
        stands_behind = f"; sponsor: {playbook.owner_name(sponsor)}" if sponsor else ""
        yield "Where onboarding sits", f"{owns}{stands_behind}".removeprefix("; ")
    yield "Setting", ", ".join(_setting(playbook))
    yield "Kinds of accounts", ", ".join(each.title or words_of(id_) for id_, each in model.segments.items())
    if model.effective:
        until = f" to {model.effective.until}" if model.effective.until else ""
        yield "Holds for accounts that start", f"from {model.effective.since}{until}"


def _setting(playbook: CompiledPlaybook) -> Iterator[str]:
    context = playbook.model.context
    if context is None:
        return
    if context.motion:
        yield _MOTIONS[context.motion]
    if context.complexity:
        yield f"{context.complexity} complexity"
    if context.growth_stage:
        yield f"{context.growth_stage} business"
    if context.volume is not None:
        yield f"{context.volume} new accounts a month"
