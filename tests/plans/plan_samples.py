"""A small workspace, tables of accounts and what they give, for the tests of accounts and plans."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache

from tests.subjects import subject_from

from playbook.plans.account import Account
from playbook.plans.accounts.problems import AccountProblem
from playbook.plans.accounts.table import read_table
from playbook.workspace import CompiledPlaybook

ORGANIZATION = """
organization: acme
teams:
  success: {title: Success}
  customer: {title: Customer, party: customer}
roles:
  csm: {title: CSM, team: success, pool: round_robin, backup: lead}
  lead: {title: Lead, team: success}
  engineer: {title: Engineer, team: success, pool: least_loaded}
  trainer: {title: Trainer, team: success, backup: lead}
  writer: {title: Writer, team: success}
  buyer: {title: Buyer, team: customer}
people:
  ada@acme.example: {roles: csm, name: Ada Lovelace, hubspot_owner: "1"}
  bob@acme.example: {roles: [csm, engineer], name: Bob Byte, hubspot_owner: "2"}
  cyd@acme.example: {roles: [csm, engineer], until: 2026-12-31}
  lea@acme.example: {roles: lead, name: Lea Lead}
  tim@acme.example: {roles: trainer, since: 2030-01-01}
"""

TRACKING = """
tracking: plan
entities:
  contact: {title: Contact, plural: contacts}
fields:
  account.arr: {title: ARR, type: money, unit: EUR, at_least: 0}
  account.sso: {title: SSO, type: boolean}
  account.tier: {title: Tier, type: choice, values: [gold, silver, 3]}
  account.tags: {title: Tags, type: list}
  account.live_on: {title: Live on, type: date}
  account.notice: {title: Notice, type: duration}
  account.seats: {title: Seats, type: integer}
  contact.role: {title: Role, type: choice, values: [admin, user]}
"""

PLAYBOOK = """
playbook: start
was: begin
title: Start
effective: {from: 2026-01-01, until: 2027-12-31}
anchors:
  won: {event: deal.closed_won, start: true}
  live: {field: account.live_on, moves: true}
milestones:
  value: {title: Value, due: 30d after won, event: value.seen}
segments:
  small: {when: account.arr < 1000}
  large: {when: account.arr >= 1000}
stages:
  - id: prepare
    steps:
      - {id: brief, was: old_brief, do: Write the brief, raci: {A: csm}, due: 1bd after won, takes: 1bd}
      - {id: sso, do: Connect SSO, raci: {A: engineer}, when: account.sso, takes: 1bd}
      - {id: never, do: Never do it, raci: {A: csm}, need: forbidden}
      - id: train
        raci: {A: trainer}
        for_each: {of: contacts, where: contact.role == "admin", at_least: 1}
      - {id: test, do: Test, raci: {A: trainer}, for_each: {of: contacts, where: contact.role == "admin"}}
      - {id: text, do: Write the text, raci: {A: writer}}
      - {id: call, do: Call, raci: {A: csm, I: lead}, due: 10bd after won, repeat: {every: 1w, at_most: 3}}
  - id: finish
    steps:
      - {id: launch, do: Launch, raci: {A: csm}, due: 1bd before live, takes: 2bd}
    next:
      - {to: extra, when: account.seats > 100}
      - {to: done, otherwise: true}
  - id: extra
    steps:
      - {id: more, do: Do more, raci: {A: csm}}
ends:
  done: {title: Done, success: true}
variants:
  big:
    for: large
    add:
      - {after: launch, step: {id: party, do: Hold a party, raci: {A: csm}, takes: 1bd}}
"""


@lru_cache(maxsize=1)
def sample() -> CompiledPlaybook:
    """The playbook ``start`` with a variant, an organization and a tracking plan."""
    return subject_from({"a.yaml": ORGANIZATION, "b.yaml": TRACKING, "c.yaml": PLAYBOOK}).playbook


def read(text: str | bytes, playbook: CompiledPlaybook | None = None) -> list[Account | AccountProblem]:
    """What a table gives."""
    data = text if isinstance(text, bytes) else text.encode()
    stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type,type-var]
    return list(read_table(stream, "accounts.csv", playbook or sample()))


def accounts_of(found: list[Account | AccountProblem]) -> list[Account]:
    """The accounts among what was read."""
    return [each for each in found if isinstance(each, Account)]


def codes_of(found: list[Account | AccountProblem]) -> list[str]:
    """The codes of all findings, in order."""
    return [finding.code for each in found if isinstance(each, AccountProblem) for finding in each.findings]


def the_problem(found: list[Account | AccountProblem]) -> AccountProblem:
    """The only problem among what was read."""
    (problem,) = [each for each in found if isinstance(each, AccountProblem)]
    return problem


CONTACTS: tuple[Mapping[str, str], ...] = (
    {"name": "Ann Lee", "contact.role": "admin"},
    {"name": "Bea", "contact.role": "user"},
    {"name": "Zoë", "contact.role": "admin"},
)
