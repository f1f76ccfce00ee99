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
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

STEPS_PER_PLAYBOOK = 49

ORGANIZATION = """\
organization: acme
title: Acme

teams:
  sales: {title: Sales}
  customer_success: {title: Customer Success}
  marketing: {title: Marketing}
  product: {title: Product}
  revops: {title: Revenue Operations}
  implementation: {title: Implementation}
  customer: {title: Customer, party: customer}

roles:
  ae: {title: Account Executive, team: sales, backup: sales_leader}
  sales_leader: {title: VP Sales, team: sales, backup: ae}
  se: {title: Solutions Engineer, team: sales}
  csm: {title: Customer Success Manager, team: customer_success, backup: cs_leader, assigned_by: cs_leader}
  cs_leader: {title: VP Customer Success, team: customer_success, backup: csm}
  lifecycle: {title: Lifecycle Marketer, team: marketing}
  marketing_leader: {title: VP Marketing, team: marketing}
  product_manager: {title: Product Manager, team: product}
  revops_lead: {title: Revenue Operations Lead, team: revops}
  impl_engineer: {title: Implementation Engineer, team: implementation}
  impl_leader: {title: Head of Implementation, team: implementation, backup: impl_engineer}
  admin: {title: Customer admin, team: customer}
  champion: {title: Customer champion, team: customer}

systems:
  hubspot: {title: HubSpot, purpose: record}
  asana: {title: Asana, purpose: execute}
  product_app: {title: The product, purpose: engage}
  warehouse: {title: Data warehouse, purpose: analyse}
"""

CALENDAR = """\
calendar: emea
title: Europe
time_zone: Europe/Berlin
country: DE
working_hours: 09:00-17:00
"""

GOVERNANCE = """\
governance: onboarding
council:
  title: Onboarding council
  members: [cs_leader, sales_leader, marketing_leader, product_manager, revops_lead, impl_leader]
  chair: cs_leader
  cadence: monthly
  quorum: 4
  agenda: [KPIs, Escalations, Backlog]
  decision_rights: {playbooks: The council changes them by majority}
decisions:
  owner: {title: Who owns onboarding, date: 2026-01-15, decided: Customer Success, by: cs_leader, why: Few handoffs}
escalate_within: 2bd
"""


@dataclass(frozen=True)
class StagePlan:
    """What is fixed about a stage: who answers, who works, what is done."""

    id: str
    title: str
    goal: str
    accountable: str
    works: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]


STAGES = (
    StagePlan(
        "handover",
        "Sales to Customer Success",
        "Customer Success knows what was promised, and to whom.",
        "sales_leader",
        ("ae", "se"),
        (
            ("collect_contract", "Collect the signed contract and the order form"),
            ("write_brief", "Write the handover brief"),
            ("map_stakeholders", "Map the stakeholders and their goals"),
            ("record_success_criteria", "Record the success criteria"),
            ("list_integrations", "List the integrations that were promised"),
            ("review_brief", "Review the brief with the receiving team"),
            ("introduce_csm", "Introduce the success manager to the champion"),
        ),
    ),
    StagePlan(
        "kickoff",
        "Kickoff",
        "Both sides agree on the outcome, the plan and the dates.",
        "cs_leader",
        ("csm", "lifecycle"),
        (
            ("prepare_kickoff", "Prepare the kickoff agenda"),
            ("send_welcome", "Send the welcome mail with the plan"),
            ("run_kickoff", "Run the kickoff call"),
            ("confirm_outcome", "Confirm the outcome in the customer's words"),
            ("agree_go_live", "Agree on the go-live date"),
            ("name_admin", "Name the customer's administrator"),
            ("approve_plan", "Approve the success plan"),
        ),
    ),
    StagePlan(
        "setup",
        "Technical setup",
        "The product runs with the customer's own accounts.",
        "impl_leader",
        ("impl_engineer", "se"),
        (
            ("create_workspace", "Create the customer's workspace"),
            ("connect_sso", "Connect single sign-on"),
            ("import_users", "Import the users and their groups"),
            ("connect_crm", "Connect the customer relationship system"),
            ("configure_roles", "Configure roles and permissions"),
            ("test_integrations", "Test the integrations end to end"),
            ("accept_setup", "Accept the technical setup"),
        ),
    ),
    StagePlan(
        "migration",
        "Data migration",
        "The customer's history is in the product and is right.",
        "impl_leader",
        ("impl_engineer", "csm"),
        (
            ("take_inventory", "Take the inventory of the source data"),
            ("map_objects", "Map the objects and their fields"),
            ("dry_run_import", "Run a trial import on a sample"),
            ("fix_mapping", "Fix what the trial import found"),
            ("import_history", "Import the full history"),
            ("reconcile_counts", "Reconcile the counts with the source"),
            ("sign_off_data", "Sign off the migrated data"),
        ),
    ),
    StagePlan(
        "enablement",
        "Enablement",
        "The people who will use the product know how, and why.",
        "csm",
        ("csm", "lifecycle"),
        (
            ("plan_training", "Plan the training with the administrator"),
            ("train_admins", "Train the administrators"),
            ("train_teams", "Train the first teams"),
            ("publish_guides", "Publish the guides in the resource centre"),
            ("start_campaign", "Start the in-product campaign"),
            ("hold_office_hours", "Hold the weekly office hours"),
            ("check_readiness", "Check that the teams are ready"),
        ),
    ),
    StagePlan(
        "launch",
        "Launch",
        "The first team works in the product every day.",
        "csm",
        ("csm", "product_manager"),
        (
            ("freeze_changes", "Freeze changes to the configuration"),
            ("announce_launch", "Announce the launch to the users"),
            ("switch_over", "Switch the first team over"),
            ("watch_first_days", "Watch the first days closely"),
            ("collect_feedback", "Collect feedback from the first users"),
            ("solve_blockers", "Solve what blocks the first users"),
            ("confirm_launch", "Confirm the launch with the champion"),
        ),
    ),
    StagePlan(
        "value",
        "First value",
        "The outcome that was promised is seen in the customer's own numbers.",
        "cs_leader",
        ("csm", "revops_lead"),
        (
            ("measure_usage", "Measure usage against the plan"),
            ("recap_progress", "Recap the progress for the sponsor"),
            ("extend_teams", "Extend the product to further teams"),
            ("verify_outcome", "Verify the outcome with the sponsor"),
            ("write_story", "Write the story of the first value"),
            ("plan_next_quarter", "Plan the next quarter together"),
            ("close_onboarding", "Close the onboarding and hand over to adoption"),
        ),
    ),
)

TOUCHES = ("internal", "meeting", "email", "in_product", "call", "document")
SYSTEMS = ("hubspot", "asana", "product_app", "warehouse")
TEAM_OF_ACCOUNTABLE = {
    "sales_leader": "sales",
    "cs_leader": "customer_success",
    "csm": "customer_success",
    "impl_leader": "implementation",
}
INTERFACES = (
    ("sales", "product"),
    ("customer_success", "product"),
    ("customer_success", "sales"),
    ("implementation", "product"),
    ("implementation", "sales"),
)
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
    name = f"{NAMES[number % len(NAMES)]}_{number:04d}"
    words = name.replace("_", " ").capitalize()
    lines = [
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
        "",
        "outcome:",
        "  statement: The customer's first team closes its month in the product.",
        "  achieved: value_reached.reached and account.active_seats / account.contracted_seats >= 0.6",
        f"  within: {vary.randrange(150, 201, 5)}d after closed_won",
        "  agreed_by: [cs_leader, sales_leader]",
        "",
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
    lines += [
        "",
        "ends:",
        "  onboarded: {title: Onboarded, success: true}",
        "  stopped: {title: Stopped before value}",
        "",
        "stages:",
    ]
    for position, stage in enumerate(STAGES):
        lines += _stage(position, stage, vary)
    lines += ["", "handoffs:", *_handoffs(vary)]
    lines += [
        "",
        "interrupts:",
        '  cancelled: {when: account.status == "cancelled", end: stopped}',
        "",
        "interfaces:",
    ]
    lines += [
        f"  {one}_{other}: {{between: [{one}, {other}], channel: The onboarding channel}}"
        for one, other in INTERFACES
    ]
    return "\n".join(lines) + "\n"


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
