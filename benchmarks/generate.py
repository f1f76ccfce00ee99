"""Writes workspaces of any number of playbooks of 49 steps, the same bytes every time.

Each playbook has 7 stages of 7 steps with letters, times, data, handoffs, milestones, approvals and
conditions, about 16.6 KB as a person would write them; an organization, a tracking plan, a calendar and a
governance document are shared by all. The workspace is held to all rules and has no findings, as one that is
kept in order.
The playbooks differ in names, roles and times, so that no reader can profit from reading the same text twice.

    python benchmarks/generate.py 300 build/bench/300
"""

from __future__ import annotations

import argparse
import random
from itertools import pairwise
from pathlib import Path

from material import (
    CALENDAR,
    GOVERNANCE,
    INTERFACES,
    ORGANIZATION,
    STAGES,
    SYSTEMS,
    TEAM_OF_ACCOUNTABLE,
    TOUCHES,
    StagePlan,
)

STEPS_PER_PLAYBOOK = 49

NAMES = ("enterprise", "mid_market", "growth", "public_sector", "partner", "trial", "renewal", "expansion")


def tracking() -> str:
    """The fields and events that all playbooks of the workspace share."""
    lines = [
        "tracking: acme_tracking",
        "title: Tracking plan",
        "",
        "fields:",
        "  account.arr: {type: number, system: hubspot}",
        "  account.sso_required: {type: boolean, system: hubspot, captured: order form}",
        "  account.active_seats: {type: integer, system: warehouse}",
        "  account.contracted_seats: {type: integer, system: hubspot, captured: order form}",
        "  account.status: {type: choice, values: [open, cancelled], system: hubspot}",
        "  account.go_live_date: {type: date, system: asana}",
        "  account.renewal_date: {type: date, system: hubspot}",
    ]
    for stage in STAGES:
        lines.append(f"  account.{stage.id}_done: {{type: boolean, system: asana}}")
        lines += [
            f"  account.{step}_note: {{type: text, system: hubspot, personal: false}}"
            for step, _ in stage.steps[1:4]
        ]
    lines += [
        "",
        "events:",
        "  deal.closed_won: {title: Deal closed, source: hubspot, owner: revops_lead, properties: account_id}",
    ]
    lines += [
        f"  milestone.{stage.id}_reached: {{source: product_app, owner: product_manager, properties: account_id}}"
        for stage in STAGES[1:]
    ]
    return "\n".join(lines) + "\n"


def playbook(number: int) -> str:
    """The text of playbook `number`, counted from 1."""
    vary = random.Random(number)
    lines = [*_head(number), "", *_outcome(vary), "", *_moments(), "", "stages:"]
    for position, stage in enumerate(STAGES):
        lines += _stage(position, stage, vary)
    lines += ["", "handoffs:", *_handoffs(vary), "", *_tail()]
    return "\n".join(lines) + "\n"


def _head(number: int) -> list[str]:
    name = f"{NAMES[number % len(NAMES)]}_{number:04d}"
    words = name.replace("_", " ").capitalize()
    return [
        f"playbook: {name}",
        f"title: Onboarding {words}",
        f"description: From the signature to first value for {words.lower()} accounts.",
        f"version: {1 + number % 4}.{number % 10}.0",
        "status: active",
        "calendar: emea",
        "review: {next: 2099-01-31}",
        f"changelog: [{{version: {1 + number % 4}.{number % 10}.0, change: First version}}]",
        "",
        "ownership:",
        "  model: customer_success",
        "  accountable: cs_leader",
        "  sponsor: marketing_leader",
        "  decision: owner",
    ]


def _outcome(vary: random.Random) -> list[str]:
    return [
        "outcome:",
        "  statement: The customer's first team closes its month in the product.",
        "  achieved: value_reached.reached and account.active_seats / account.contracted_seats >= 0.6",
        f"  within: {vary.randrange(150, 201, 5)}d after closed_won",
        "  agreed_by: [cs_leader, sales_leader]",
    ]


def _moments() -> list[str]:
    """Anchors, milestones and ends."""
    lines = [
        "anchors:",
        "  closed_won: {event: deal.closed_won, start: true}",
        "  go_live: {field: account.go_live_date, moves: true}",
        "  renewal: {field: account.renewal_date}",
        "",
        "milestones:",
    ]
    for stage in STAGES[1:]:
        value = ", value: true" if stage.id == "value" else ""
        lines.append(
            f"  {stage.id}_reached: {{event: milestone.{stage.id}_reached{value}, "
            f"raci: {{A: {stage.accountable}, R: csm}}}}"
        )
    return [
        *lines,
        "",
        "ends:",
        "  onboarded: {title: Onboarded, success: true}",
        "  stopped: {title: Stopped before value}",
    ]


def _tail() -> list[str]:
    """Interrupts and interfaces."""
    lines = [
        "interrupts:",
        '  cancelled: {when: account.status == "cancelled", end: stopped}',
        "",
        "interfaces:",
    ]
    return lines + [
        f"  {one}_{other}: {{between: [{one}, {other}], channel: The onboarding channel}}"
        for one, other in INTERFACES
    ]


def _stage(position: int, stage: StagePlan, vary: random.Random) -> list[str]:
    enter = "deal.closed_won" if position == 0 else f"account.{STAGES[position - 1].id}_done"
    informed = "" if stage.accountable == "csm" else ", csm"
    lines = [
        f"  - id: {stage.id}",
        f"    title: {stage.title}",
        f"    enter: {enter}",
        f"    exit: account.{stage.id}_done",
        f"    goal: {stage.goal}",
        f"    raci: {{A: {stage.accountable}, C: [product_manager, se], I: [lifecycle, revops_lead{informed}]}}",
        "    steps:",
    ]
    for index in range(len(stage.steps)):
        lines += _step(position, index, stage, vary)
    return lines


def _step(position: int, index: int, stage: StagePlan, vary: random.Random) -> list[str]:
    step, what = stage.steps[index]
    letters = f"R: {vary.choice(stage.works)}"
    if index == 3:
        letters += f", I: [{vary.choice(('champion', 'admin'))}, marketing_leader]"
    low = vary.randrange(1, 4)
    lines = [
        f"      - id: {step}",
        f"        do: {what}",
        f"        raci: {{{letters}}}",
        f"        due: {8 * position + index + 1}bd after closed_won",
    ]
    if index not in (4, 6):
        lines.append(f"        takes: {low}..{low + vary.randrange(1, 4)}bd")
    if index % 3 == 0:
        lines.append(f"        touch: {vary.choice(TOUCHES)}")
    if index % 3 == 1:
        lines.append(f"        system: {vary.choice(SYSTEMS)}")
    if index == 0:
        lines.append(f"        produces: {stage.id}_notes")
    if 1 <= index <= 3:
        lines.append(f"        captures: account.{step}_note")
    if index == 2:
        lines.append("        when: account.sso_required and account.arr >= 10_000")
    if index == 3:
        lines.append(f"        automation: {vary.choice(('assisted', 'automated'))}")
    if index == 4:
        lines.append(f"        after: [{stage.steps[2][0]}, {stage.steps[3][0]}]")
        lines.append("        checklist: [Prepared, Written down]")
    if index == 5:
        lines.append(f"        needs: {stage.id}_notes")
        lines.append("        description: Done once nobody has a question left.")
        lines.append(
            f"        sla: {{warn: {vary.randrange(2, 7)}bh, breach: {vary.randrange(4, 7)}bd, "
            f"escalate: {'cs_leader' if stage.accountable == 'csm' else stage.accountable}}}"
        )
    if index == 6:
        lines.append(
            f"        approval: {{by: {stage.accountable}, within: {vary.randrange(1, 4)}bd, "
            f"on_silence: escalate, on_reject: {{back_to: {stage.steps[0][0]}, at_most: 2}}}}"
        )
    return lines


def _handoffs(vary: random.Random) -> list[str]:
    """One handoff wherever the team that answers changes from a stage to the next."""
    lines: list[str] = []
    for giver, receiver in pairwise(STAGES):
        if TEAM_OF_ACCOUNTABLE[giver.accountable] == TEAM_OF_ACCOUNTABLE[receiver.accountable]:
            continue
        lines += [
            f"  {giver.id}_to_{receiver.id}:",
            f"    from: {giver.accountable}",
            f"    to: {receiver.accountable}",
            f"    at: {giver.id}",
            f"    payload: [{giver.id}_notes, account.{giver.steps[1][0]}_note]",
            f"    accept: {{within: {vary.randrange(1, 4)}bd}}",
            f"    reject: {{back_to: {giver.steps[1][0]}, at_most: 2}}",
        ]
    return lines


def write_workspace(folder: Path, count: int) -> list[Path]:
    """Write a workspace of `count` playbooks and return the paths of all its documents."""
    (folder / "playbooks").mkdir(parents=True, exist_ok=True)
    (folder / "playbook.toml").write_text('profile = "certified"\n', encoding="utf-8", newline="\n")
    documents = {
        folder / "organization.yaml": ORGANIZATION,
        folder / "tracking.yaml": tracking(),
        folder / "calendar.yaml": CALENDAR,
        folder / "governance.yaml": GOVERNANCE,
        **{folder / "playbooks" / f"{number:04d}.yaml": playbook(number) for number in range(1, count + 1)},
    }
    for path, text in documents.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(documents)


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a workspace of generated playbooks.")
    parser.add_argument("count", type=int, help="how many playbooks")
    parser.add_argument("folder", type=Path, help="where to")
    options = parser.parse_args()
    documents = write_workspace(options.folder, options.count)
    size = sum(path.stat().st_size for path in documents)
    print(f"{len(documents)} documents, {size / 1e6:.2f} MB in {options.folder}")


if __name__ == "__main__":
    main()
