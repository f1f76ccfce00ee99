"""Approvals, SLAs and rhythms in the words that tools are given: all that the playbook says of them."""

from __future__ import annotations

from playbook.plans.template import TaskTemplate
from playbook.plans.templating import template_of
from subjects import subject_from

HEAD = """
playbook: p
anchors: {won: {start: true}}
ends: {lost: {title: Given up}}
stages:
  - id: one
    steps:
      - {id: draft, do: Write the draft}
"""
ORGANIZATION = """
organization: o
roles:
  vp: {title: VP Sales}
  cro: {title: Chief Revenue Officer}
"""


def task(keys: str) -> TaskTemplate:
    """A step with these keys."""
    text = f"{HEAD}      - {{id: last, do: Do it, {keys}}}\n"
    return template_of(subject_from({"p.yaml": text, "o.yaml": ORGANIZATION}).playbook).task("last")


def test_an_approval_says_until_when_and_where_a_no_leads() -> None:
    assert task("approval: {by: vp}").approval == "VP Sales"
    assert task("approval: {by: {any_of: [vp, cro]}, within: 1bd}").approval == (
        "VP Sales or Chief Revenue Officer within 1 business day"
    )
    rejected = "{back_to: draft, at_most: 2, end: lost}"
    assert task(f"approval: {{by: vp, within: 2bd, on_silence: reject, on_reject: {rejected}}}").approval == (
        "VP Sales within 2 business days; no answer in time counts as a no; "
        "a no leads back to Write the draft, at most 2 times, then to the end Given up"
    )
    assert task("approval: {by: vp, on_reject: {end: lost}}").approval == "VP Sales; a no leads to the end Given up"
    assert task("approval: {by: [vp, cro], vote: {share: 0.5, within: 3d}}").approval == (
        "VP Sales and Chief Revenue Officer; 50% of the votes carry, open for 3 days"
    )


def test_an_sla_says_who_hears_of_it() -> None:
    assert task("sla: {breach: 2bd}").sla == "within 2 business days"
    assert task("sla: {breach: 2bd, warn: 1bd, starts: draft, escalate: [vp, cro]}").sla == (
        "within 2 business days of Write the draft; warned of after 1 business day; "
        "a breach goes to VP Sales, then Chief Revenue Officer"
    )
    assert task("sla: {breach: 2bd, pause_while: waiting}").sla == (
        "within 2 business days; the clock stands still while waiting is true"
    )


def test_a_rhythm_says_when_it_stops() -> None:
    assert task("repeat: {every: week, lasts: 2w, then: {every: month, at_most: 1}}").repeat == (
        "every week for 2 weeks, then every month, at most once"
    )
    assert task("repeat: {every: 2w, until: launched}").repeat == "every 2 weeks until launched is true"


def test_what_it_is_done_for_each_of_says_which_of_them() -> None:
    assert task("for_each: {of: open_cases}").for_each == "open cases"
    assert task('for_each: {of: contacts, where: contact.role == "admin"}').for_each == (
        "contacts where contact role is admin"
    )
    assert task("takes: 1bd").for_each == ""
