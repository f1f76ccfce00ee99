"""The sample workspace that the examples of rules are laid over.

An example shows only the keys that matter; each of its top-level keys takes the place of the same key
of the sample playbook. An example that begins with a kind of document (``organization: ...``) takes the
place of the sample document of that kind. Several documents are parted by a line ``---``; a part that begins
with ``# playbook.toml`` is that file.
"""

from __future__ import annotations

import re

from playbook.language.documents import KINDS

SAMPLE: dict[str, str] = {
    "organization": """\
organization: acme
teams:
  sales: {title: Sales}
  customer_success: {title: Customer Success}
  marketing: {title: Marketing}
  product: {title: Product}
  revops: {title: Revenue Operations}
  customer: {title: Customer, party: customer}
roles:
  ae: {title: Account Executive, team: sales}
  csm: {title: Customer Success Manager, team: customer_success}
  cs_leader: {title: VP Customer Success, team: customer_success}
  cco: {title: Chief Customer Officer, team: customer_success}
  admin: {title: Customer admin, team: customer}
""",
    "tracking": """\
tracking: product
fields:
  account.use_case: {title: Use case}
  account.active_seats: {title: Active seats, type: integer, captured: Product usage}
events:
  account.first_report: {title: First report built, properties: account_id}
""",
    "governance": """\
governance: onboarding
council:
  members: [ae, csm, cs_leader]
  chair: cs_leader
  cadence: monthly
  quorum: 2
  agenda: [KPIs against targets, Escalations, Improvements]
  decision_rights: {playbook_changes: The council by consent}
escalate_within: 2bd
""",
    "playbook": """\
playbook: sample
title: Sample onboarding
version: 1.0.0
changelog: [{version: 1.0.0, change: First version}]
review: {next: 2027-01-31}
ownership: {accountable: cs_leader, sponsor: cco}
outcome:
  achieved: first_value.reached
anchors:
  closed_won: {event: deal.closed_won, start: true}
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
ends:
  onboarded: {title: Onboarded, success: true}
  stopped: {title: Stopped before value}
stages:
  - id: handover
    goal: Customer Success knows what was sold and why
    enter: deal.closed_won
    exit: sales_to_cs.accepted
    raci: {C: [marketing, product], I: revops}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: [csm, revops]}
        due: 1bd after closed_won
        captures: account.use_case
        produces: brief
  - id: adoption
    goal: The first team works with its own data
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.active_seats >= 5
    raci: {A: cs_leader, R: csm, C: [marketing, product], I: [revops, sales]}
    steps:
      - id: run_kickoff
        do: Run the kickoff call
        touch: call
        due: 5bd after closed_won
      - id: connect_data
        do: Connect the data source
        party: customer
        raci: {A: csm, R: admin}
        touch: in_product
        due: 2w after closed_won
handoffs:
  sales_to_cs:
    from: ae
    to: csm
    at: handover
    payload: [brief, account.use_case]
    accept: {within: 1bd}
    reject: {back_to: write_brief, at_most: 2}
calendar: office
interrupts:
  cancelled: {event: subscription.churned, end: stopped}
description: Takes a new customer from the signed deal to the first report.
""",
    "calendar": """\
calendar: office
country: DE
time_zone: Europe/Berlin
working_hours: 09:00-17:00
""",
}


def example_files(example: str) -> dict[str, str]:
    """The files of a workspace that shows ``example``, by file name."""
    files = {f"{kind}.yaml": text for kind, text in SAMPLE.items()}
    for number, part in enumerate(re.split(r"^---\n", example, flags=re.MULTILINE)):
        first = re.match(r"(?:#[^\n]*\n)*([a-z_]+):", part)
        kind = first[1] if first else None
        if not part.strip():
            continue
        other = re.match(r"# (\w+\.(?:toml|json))\n", part)
        if other:
            # No document: the comment is the name of the file.
            files[other[1]] = part[other.end() :]
            continue
        if kind == "playbook" or kind is None:
            # Several playbooks in one example are several files.
            files["playbook.yaml" if number == 0 else f"playbook_{number + 1}.yaml"] = part
        elif kind == "rules":
            files[f"rules_{number + 1}.yaml"] = part
        elif kind in KINDS and (kind != "calendar" or number > 0):
            # At the beginning it is the key of the playbook that names a calendar.
            files[f"{kind}.yaml"] = part
        else:
            files["playbook.yaml"] = _laid_over(SAMPLE["playbook"], part)
    return files


def as_written(example: str) -> str:
    """An example as people read it: what the sample must lack is said in a comment."""
    return re.sub(r"^([a-z_]+): null$", r"# no \1", example, flags=re.MULTILINE)


def _laid_over(base: str, example: str) -> str:
    """``base`` with the top-level keys of ``example`` in place of its own; ``key: null`` drops a key."""
    blocks = _blocks(base)
    for key, text in _blocks(example).items():
        if text.strip() == f"{key}: null":
            blocks.pop(key, None)
        else:
            blocks[key] = text
    return "".join(blocks.values())


def _blocks(text: str) -> dict[str, str]:
    blocks: dict[str, str] = {}
    for part in re.split(r"^(?=[A-Za-z_])", text, flags=re.MULTILINE):
        if part:
            key = part.split(":", 1)[0]
            blocks[key] = part if part.endswith("\n") else part + "\n"
    return blocks
