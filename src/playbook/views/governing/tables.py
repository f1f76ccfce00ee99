"""What a governance document says, as tables. ``subject``, ``what``, ``who`` and ``when`` mean the same in all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playbook.language.governance import BacklogItem, Governance
from playbook.shapes.table import Cell, Column, Table
from playbook.text.ids import words_of
from playbook.views.governing.reviews import reviews_due
from playbook.views.parts.shared_names import condition_in_words, owner_title, owner_titles, title_of
from playbook.workspace import Workspace

Rows = Iterator[tuple[Cell, ...]]

_STATUS = {"open": "open", "planned": "planned", "doing": "being done", "done": "done", "dropped": "dropped"}


def every(workspace: Workspace, governance: Governance) -> Iterator[Table]:
    """All tables, also those without a row."""
    made: tuple[tuple[str, str, tuple[Column, ...], Callable[[Workspace, Governance], Rows]], ...] = (
        ("rights", "Who decides what", (_SUBJECT, Column("what", "Who decides")), _rights),
        ("goals", "Goals of the teams", (_WHO_TEAM, _SUBJECT, _KPI, _TARGET, Column("when", "Period")), _goals),
        ("incentives", "Pay that hangs on onboarding", (_WHO, _SUBJECT, _KPI, _WEIGHT), _incentives),
        ("reviews_due", "What is looked at again", (_WHEN, _SUBJECT, _WHAT, _WHO), _reviews_due),
        ("decisions", "Decision log", (_WHEN, _SUBJECT, _WHAT, _WHO, _WHY, _OPTIONS, _REVISIT), _decisions),
        ("evolve", "Signs to decide anew", (_SUBJECT, Column("what", "When")), _evolve),
        ("backlog", "Improvements", (_SUBJECT, _STATE, _PRIORITY, _WHO, _KPI, _PLAYBOOK, _EVIDENCE), _backlog),
        ("coverage", "Accounts per person", (_WHO, _SUBJECT_SEGMENT, _ACCOUNTS), _coverage),
        ("held", "Reviews that were held", (_WHEN, _WHO, Column("what", "What came of it")), _held),
        ("waivers", "Rules that may be broken for a while", (_SUBJECT, _WHAT, _WHO, _UNTIL), _waivers),
    )
    for key, title, columns, rows in made:
        yield Table(f"governance.{key}", title, columns, tuple(rows(workspace, governance)))


_SUBJECT = Column("subject", "Subject")
_SUBJECT_SEGMENT = Column("subject", "Segment")
_WHAT = Column("what", "What")
_WHO = Column("who", "Who")
_WHO_TEAM = Column("who", "Team")
_WHEN = Column("when", "When")
_UNTIL = Column("when", "Until")
_KPI = Column("kpi", "KPI")
_TARGET = Column("target", "Target")
_WEIGHT = Column("weight", "Share of variable pay", "right")
_WHY = Column("why", "Why")
_OPTIONS = Column("options", "What else was weighed")
_REVISIT = Column("revisit", "Looked at again")
_STATE = Column("state", "State")
_PRIORITY = Column("priority", "Priority", "right")
_PLAYBOOK = Column("playbook", "Playbook")
_EVIDENCE = Column("evidence", "Evidence")
_ACCOUNTS = Column("accounts", "Accounts", "right")


def _rights(workspace: Workspace, governance: Governance) -> Rows:
    del workspace
    for subject, who in (governance.council.decision_rights if governance.council else {}).items():
        yield words_of(subject), who


def _goals(workspace: Workspace, governance: Governance) -> Rows:
    symbols = workspace.symbols
    for id_, goal in governance.goals.items():
        symbol = symbols["kpi"].get(goal.kpi)
        target = goal.target or getattr(symbol.value, "target", None) if symbol else goal.target
        title = goal.title or words_of(id_)
        yield (
            title_of(symbols, "team", goal.team),
            title,
            title_of(symbols, "kpi", goal.kpi),
            target or "",
            goal.period or "",
        )


def _incentives(workspace: Workspace, governance: Governance) -> Rows:
    symbols = workspace.symbols
    for id_, incentive in governance.incentives.items():
        weight = f"{incentive.weight:.0%}" if incentive.weight is not None else ""
        title = incentive.title or words_of(id_)
        yield owner_title(symbols, incentive.role), title, title_of(symbols, "kpi", incentive.kpi), weight


def _reviews_due(workspace: Workspace, governance: Governance) -> Rows:
    for due in reviews_due(workspace, governance):
        yield due.day.isoformat(), due.subject, due.what, due.who


def _decisions(workspace: Workspace, governance: Governance) -> Rows:
    latest_first = sorted(governance.decisions.items(), key=lambda pair: pair[1].date, reverse=True)
    for id_, decision in latest_first:
        yield (
            decision.date.isoformat(),
            decision.title or words_of(id_),
            decision.decided,
            owner_titles(workspace.symbols, decision.by),
            decision.why or "",
            decision.options,
            decision.revisit.isoformat() if decision.revisit else "",
        )


def _evolve(workspace: Workspace, governance: Governance) -> Rows:
    for id_, trigger in governance.evolve.items():
        yield trigger.title or words_of(id_), condition_in_words(workspace.symbols, trigger.when)


def _backlog(workspace: Workspace, governance: Governance) -> Rows:
    """Those with the highest priority first; those of which it cannot be said in their order."""
    symbols = workspace.symbols
    ranked = sorted(governance.backlog.items(), key=lambda pair: -(_priority(pair[1]) or 0))
    for id_, item in ranked:
        priority = _priority(item)
        yield (
            item.title or words_of(id_),
            _STATUS[item.status],
            f"{priority:.3g}" if priority is not None else "",
            owner_title(symbols, item.owner),
            title_of(symbols, "kpi", item.kpi) if item.kpi else "",
            title_of(symbols, "playbook", item.playbook) if item.playbook else "",
            item.evidence or "",
        )


def _priority(item: BacklogItem) -> float | None:
    """Reach x impact x confidence / effort (RICE); ``None`` where one of them is missing."""
    numbers = (item.reach, item.impact, item.confidence, item.effort)
    if any(number is None for number in numbers) or not item.effort:
        return None
    return (item.reach or 0) * (item.impact or 0) * (item.confidence or 0) / item.effort


def _coverage(workspace: Workspace, governance: Governance) -> Rows:
    for each in governance.coverage:
        segment = _segment_title(workspace, each.segment) if each.segment else "all"
        yield owner_title(workspace.symbols, each.role), segment, each.accounts


def _segment_title(workspace: Workspace, id_: str) -> str:
    """Segments are declared by playbooks; the first that has it gives its title."""
    for playbook in workspace.playbooks:
        segment = playbook.model.segments.get(id_)
        if segment is not None and segment.title:
            return segment.title
    return words_of(id_)


def _held(workspace: Workspace, governance: Governance) -> Rows:
    for review in sorted(governance.reviews, key=lambda review: review.date, reverse=True):
        yield review.date.isoformat(), owner_titles(workspace.symbols, review.attended), review.notes or ""


def _waivers(workspace: Workspace, governance: Governance) -> Rows:
    for id_, waiver in governance.waivers.items():
        where = f" in {title_of(workspace.symbols, 'playbook', waiver.playbook)}" if waiver.playbook else ""
        yield (
            waiver.title or words_of(id_),
            f"{waiver.rule}{where}: {waiver.reason}",
            owner_title(workspace.symbols, waiver.by),
            waiver.until.isoformat(),
        )
