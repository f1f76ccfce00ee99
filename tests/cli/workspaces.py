"""A small workspace with a dozen different mistakes, and one without any."""

from __future__ import annotations

MISTAKES: dict[str, str] = {
    "playbook.toml": """\
profile = "team"
ignore = ["REF003", "RCI9"]

[severity]
NAM001 = "warning"
""",
    "organization.yaml": """\
organization: acme
teams:
  sales: {title: Sales}
  success: {title: Customer Success, function: customer_succes}
roles:
  ae: {title: Account Executive, team: sales}
  csm: {titel: Customer Success Manager, team: success}
  cs-leader: {title: VP Customer Success, team: success}
""",
    "onboarding.yaml": """\
playbook: onboarding
title: Onboarding
scope: part
version: 3.10
ownership: {accountable: csm, sponsor: cs_leader}
milestones:
  first_value: {event: account.first_report, raci: {A: csm}}
ends:
  onboarded: {title: Onboarded, success: true}
stages:
  - id: handover
    title: Sales to Customer Success
    enter: deal.closed_won
    exit: sales_to_cs.acepted and account.csm_assigned = true
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: aee, I: csm}
        due: 5m after closed_won
        sla: {breach: 2 days}
        produces: brief
      - id: review_brief
        do: The brief
        after: write_breif
        raci: {A: [csm, ae], R: csm}
        need: mandatory
        checklist: [Promises, {do: "=cmd|' /C calc'!A0", need: optional}]
  - id: adoption
    enter: sales_to_cs.accepted
    exit: first_value.reached and account.seats >= 5 and not
    next: [{to: handover}, {to: onboarded, otherwise: yes}]
    steps:
      - id: write_brief
        do: Train the team – 日本 🙂
        takes: 3..1bd
handoffs:
  sales_to_cs: {from: ae, to: csm, at: handover}
stages: []
""",
    "broken.yaml": """\
tracking: signals
fields:
  account.seats: {type: integer}
  account.csm_assigned {type: boolean}
""",
    "empty.yaml": "",
    "docker-compose.yaml": "services: {}\n",
}

CLEAN: dict[str, str] = {
    "organization.yaml": """\
organization: acme
teams:
  sales: {title: Sales}
  success: {title: Customer Success}
  customer: {title: Customer, party: customer}
roles:
  ae: {title: Account Executive, team: sales}
  csm: {title: Customer Success Manager, team: success}
  cs_leader: {title: VP Customer Success, team: success}
  admin: {title: Customer admin, team: customer}
""",
    "onboarding.yaml": """\
playbook: onboarding
title: Onboarding
scope: part
anchors:
  closed_won: {event: deal.closed_won, start: true}
ends:
  onboarded: {title: Onboarded, success: true}
  stopped: {title: Stopped before value}
stages:
  - id: handover
    title: Sales to Customer Success
    enter: deal.closed_won
    exit: {check: brief.accepted, title: the brief is accepted}
    raci: {A: cs_leader}
    steps:
      - id: write_brief
        do: Write the handover brief
        raci: {A: ae, R: ae, I: csm}
        due: 1..2bd after closed_won
        produces: brief
      - id: review_brief
        do: Review the brief
        raci: {A: csm, R: {any_of: [csm, cs_leader]}}
        takes: ~2bh
        approval: {by: csm, within: 1bd, on_reject: {back_to: write_brief, at_most: 2}}
      - {id: promise, do: Promise new features, need: forbidden}
    next:
      - {to: adoption, when: account.status == "active"}
      - {to: stopped, otherwise: true}
  - id: adoption
    enter: brief.accepted
    exit: check.completed
    raci: {A: csm, R: csm}
    parallel: true
    steps:
      - {id: sso, do: Connect single sign-on, when: account.segment == "enterprise", raci: {R: admin}}
      - {id: train, do: Train the team – 日本 🙂, need: recommended}
      - {id: check, do: Check what was learned, after: [sso, train]}
handoffs:
  sales_to_cs: {from: ae, to: csm, at: handover, payload: brief, accept: {within: 1bd}, reject: {end: stopped}}
""",
}
