"""REF005: a playbook that is run at another version, without what it needs, or in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.language.playbook import Playbook
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.runs import RunUse, runs_of
from playbook.text.suggest import nearest
from playbook.workspace import CompiledPlaybook


def check(playbook: CompiledPlaybook, context: Context) -> Iterator[Finding]:
    """What does not fit between a playbook and those that it runs."""
    del context
    for use in runs_of(playbook):
        if use.target is not None:
            yield from _version(use, use.target)
            yield from _needs(playbook, use, use.target)
            yield from _circle(playbook, use)


def _version(use: RunUse, target: Playbook) -> Iterator[Finding]:
    pinned = use.run.version
    if pinned is not None and pinned != target.version:
        has = f"is at {target.version}" if target.version else "has no version"
        yield Finding(
            f"{use.run.playbook} is run at version {pinned}, but {has}",
            (*use.path, "version"),
            expected="the version that it has, once its changes have been looked at",
            suggestion=target.version,
        )


def _needs(playbook: CompiledPlaybook, use: RunUse, target: Playbook) -> Iterator[Finding]:
    needs = target.interface.needs if target.interface else ()
    for name in use.run.give:
        if name not in needs:
            yield Finding(
                f"{use.run.playbook} is given {name}, which it does not need",
                (*use.path, "give", name),
                on_key=True,
                expected=f"one of {', '.join(needs)}" if needs else "an interface: with needs in that playbook",
                suggestion=nearest(name, needs),
            )
    artifacts = playbook.symbols["artifact"]
    lacking = [name for name in needs if "." not in name and name not in use.run.give and name not in artifacts]
    if lacking:
        yield Finding(
            f"{use.run.playbook} needs {', '.join(lacking)}, which it is not given",
            (*use.path, "give") if use.run.give else use.path,
            expected=f"give: {{{lacking[0]}: ...}}, with an artifact or a field of this playbook",
        )


def _circle(playbook: CompiledPlaybook, use: RunUse) -> Iterator[Finding]:
    """The shortest chain of runs that leads back to this playbook."""
    chains: list[tuple[str, ...]] = [(use.run.playbook,)]
    seen = {use.run.playbook}
    for chain in chains:
        if chain[-1] == playbook.id:
            yield Finding(
                f"playbooks run each other in a circle: {' → '.join((playbook.id, *chain))}",
                (*use.path, "playbook"),
                expected="a chain of playbooks that ends",
            )
            return
        symbol = playbook.workspace_symbols["playbook"].get(chain[-1])
        for name in _run_by(symbol.value) if symbol and isinstance(symbol.value, Playbook) else ():
            if name not in seen:
                seen.add(name)
                chains.append((*chain, name))


def _run_by(model: Playbook) -> list[str]:
    steps = [step.run for stage in model.stages for step in stage.steps]
    maps = (model.interrupts, model.routines, model.risks)
    others = [entry.run for entries in maps for entry in entries.values()]
    return [run.playbook for run in (*steps, *others) if run is not None]


RULE = Rule(
    code="REF005",
    name="run-does-not-fit",
    severity=Severity.ERROR,
    profile="basic",
    what="A playbook is run at a version that it is not at, with what it does not need or without what it needs, "
    "or playbooks run each other in a circle.",
    why="A pinned version says which text was agreed on; what is not handed over is asked for in front of the "
    "customer.",
    bad="""\
risks:
  low_use: {when: account.active_seats < 5, owner: csm, run: {playbook: rescue, version: 1.0.0}}
---
playbook: rescue
scope: part
version: 2.0.0
changelog: [{version: 2.0.0, change: Shorter}]
review: {next: 2027-01-31}
ownership: {accountable: cs_leader, sponsor: cco}
interface: {needs: brief}
ends: {revived: {title: Back at work, success: true}}
stages:
  - id: contact
    enter: deal.closed_won
    exit: account.active_seats >= 5
    raci: {A: csm, R: csm, C: [marketing, product, sales], I: revops}
    steps: [{id: call_customer, do: Call the customer, needs: brief}]
""",
    good="""\
risks:
  low_use: {when: account.active_seats < 5, owner: csm, run: {playbook: rescue, version: 2.0.0}}
---
playbook: rescue
scope: part
version: 2.0.0
changelog: [{version: 2.0.0, change: Shorter}]
review: {next: 2027-01-31}
ownership: {accountable: cs_leader, sponsor: cco}
interface: {needs: brief}
ends: {revived: {title: Back at work, success: true}}
stages:
  - id: contact
    enter: deal.closed_won
    exit: account.active_seats >= 5
    raci: {A: csm, R: csm, C: [marketing, product, sales], I: revops}
    steps: [{id: call_customer, do: Call the customer, needs: brief}]
""",
    playbook=check,
)
