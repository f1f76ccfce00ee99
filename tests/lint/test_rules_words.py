"""Criteria, labels, secrets and formulas: what counts, and above all what does not."""

from __future__ import annotations

import json

import pytest
from lint_samples import Samples, codes

from playbook.lint.examples import SAMPLE
from playbook.lint.secrets import secrets_in
from playbook.lint.verbs import instruction_for, is_no_instruction


@pytest.mark.parametrize(
    ("criteria", "activity_only"),
    [
        ("meeting.attended", True),
        ("meeting.attended and message.sent", True),
        ("run_kickoff.completed", True),
        ("[meeting.attended, run_kickoff.started]", True),
        ("account.demo_given", True),
        ("[meeting.attended, first_value.reached]", False),
        ("meeting.attended and account.active_seats >= 5", False),
        ("run_kickoff.approved", False),
        ("sales_to_cs.accepted", False),
        ("{check: meeting.attended, vote: {share: 0.5}}", False),
        ("subscription.started", False),
    ],
)
def test_exits_on_activity_alone(criteria: str, activity_only: bool, samples: Samples) -> None:
    files = {
        "o.yaml": SAMPLE["organization"],
        "t.yaml": SAMPLE["tracking"] + "  account.demo_given: {activity: true}\n",
        "p.yaml": SAMPLE["playbook"].replace("exit: sales_to_cs.accepted", f"exit: {criteria}"),
    }
    assert ("CRT008" in codes(samples.check(files))) is activity_only


@pytest.mark.parametrize(
    ("stage", "message"),
    [
        ("enter: deal.closed_won", 'the stage "second" has no exit criteria'),
        ("exit: first_value.reached", 'the stage "second" has no entry criteria'),
        ("title: Second", 'the stage "Second" (second) has no entry criteria and no exit criteria'),
    ],
)
def test_gates_that_lack(stage: str, message: str, samples: Samples) -> None:
    text = f"stages:\n  - {{id: first, exit: sales_to_cs.accepted}}\n  - {{id: second, {stage}}}\n"
    assert samples.only("CRT001", text) == [message]


def test_the_exit_before_is_suggested_as_entry(samples: Samples) -> None:
    found = samples.example("stages:\n  - {id: a, exit: first_value.reached}\n  - {id: b, exit: deal.closed_won}\n")
    (finding,) = [finding for finding in found if finding.code == "CRT001"]
    assert finding.suggestion == "enter: first_value.reached"


NO_INSTRUCTIONS = """
Kickoff|Kickoff call|The kickoff call|Onboarding|Onboarding session|Implementation of the plan|Welcome email
Call with the customer|Executive review|Customer training|Setting up the workspace|Weekly sync|Configuration
Follow-up|Review of the brief|Initial demo|Technical validation
"""
INSTRUCTIONS = """
Run the kickoff call|Review the brief|Call the customer|Email the admin|Welcome the customer|Demo the product
Bring the admin in|Implement the plan|Document the decision|Ping the champion|Position the product
Follow up with sales|Ship it|Experience the product|Set up single sign-on|Transition the account
Meet with the sponsor|Report the result|Schedule call|Approve of the plan|Reference the contract
Enhance the data|初回ミーティングを開催する|キックオフ|Провести встречу|Message the users|Survey the users
Check in with the customer|🚀|Balance the load|Section the list|Partner with the agency|Stage the data
Account for the seats|Team up with product
"""


def labels(text: str) -> list[str]:
    return [label for line in text.split("\n") for label in line.split("|") if label]


@pytest.mark.parametrize("label", labels(NO_INSTRUCTIONS))
def test_labels_that_are_no_instructions(label: str) -> None:
    assert is_no_instruction(label)


@pytest.mark.parametrize("label", labels(INSTRUCTIONS))
def test_labels_left_alone(label: str) -> None:
    assert not is_no_instruction(label)


@pytest.mark.parametrize(
    ("label", "instruction"),
    [
        ("Kickoff call", "Hold the kickoff call"),
        ("The welcome email", "Send the welcome email"),
        ("QBR review", "Hold the QBR review"),
        ("Configuration", None),
    ],
)
def test_instructions_that_were_probably_meant(label: str, instruction: str | None) -> None:
    assert instruction_for(label) == instruction


# Written in pieces, so that no scanner takes the tests for a leak.
SECRETS = {
    "AKIA" + "IOSFODNN7EXAMPLE": "an AWS access key",
    "ghp_" + "a1B2" * 9: "a GitHub token",
    "github_pat_" + "a1B2" * 9: "a GitHub token",
    "glpat-" + "a1B2" * 5: "a GitLab token",
    "xoxb-" + "123456789012-abcdef": "a Slack token",
    "https://hooks.slack.com/services/" + "T000/B000/" + "x1" * 12: "a Slack webhook",
    "sk_live_" + "a1B2" * 6: "a Stripe key",
    "pat-na1-" + "01234567-89ab-cdef-0123-456789abcdef": "a HubSpot token",
    "AIza" + "a1B2c3D" * 5: "a Google API key",
    "eyJ" + "hbGciOiJI.eyJzdWIiOiIx.dozjgNryP4J3": "a signed token (JWT)",
    "00D" + "50000000IZ3Z" + "!" + "AQ0A" * 12: "a Salesforce session id",
    "-----BEGIN RSA " + "PRIVATE KEY-----": "a private key",
    "password: " + "hunter2": "the value of a password",
    "db_password: " + '"s3cret!x"': "the value of a password",
    "API_KEY: " + "abcd1234": "the value of a api_key",
    "{user: a, client_secret: " + "abcd1234}": "the value of a client_secret",
}


@pytest.mark.parametrize("text", SECRETS, ids=SECRETS.values())
def test_secrets_are_found_and_not_told(text: str) -> None:
    around = f"title: x\nnote: y\n{text}\nmore: z\n"
    (secret,) = secrets_in(around)
    assert secret.what == SECRETS[text]
    found = around[secret.start : secret.end]
    assert found in text
    assert len(secret.shown.removesuffix("...")) <= 4
    assert found not in secret.what + secret.shown


@pytest.mark.parametrize(
    "text",
    [
        "do: Reset the password",
        "password: ${VAULT_PASSWORD}",
        "password: <from the vault>",
        "password: null",
        "password: Reset the password with the admin",
        "account.api_key: {title: API key}",
        "fields: {account.password: {type: text}}",
        "password_reset: done",
        "due: 100d after closed_won",
        "token: required",
        "AKIA is how keys begin",
        "pat-na1-not-a-token",
        "secret: {need: required}",
        "risk-based variations, task-key, monkey: business",
    ],
)
def test_what_is_no_secret(text: str) -> None:
    assert list(secrets_in(text + "\n")) == []


def test_a_secret_is_found_in_any_file_and_marked_sensitive(samples: Samples) -> None:
    key = "AKIA" + "IOSFODNN7EXAMPLE"
    files = {"playbook.yaml": f"playbook: broken: x\n# {key}\n", "tracking.yaml": f"tracking: t\ntitle: {key}\n"}
    found = [finding for finding in samples.check(files) if finding.code == "SEC001"]
    assert [finding.place.file for finding in found] == ["playbook.yaml", "tracking.yaml"]
    assert all(finding.sensitive and key not in repr(finding) for finding in found)
    assert found[0].place.span.start.line == 2


@pytest.mark.parametrize("text", ["=1+1", "+cmd|'/c calc'!A1", "-2+3", "@SUM(1)", "  =A1"])
def test_formulas_in_any_document(text: str, samples: Samples) -> None:
    label = json.dumps(text)
    documents = {
        "playbook": f"playbook: p\ntitle: {label}\nstages: [{{id: a, goal: {label}, statuses: {label}, "
        f"steps: [{{id: b, do: {label}, checklist: [{label}, {{do: x, checklist: [{label}]}}]}}]}}]\n",
        "organization": f"organization: o\nteams: {{t: {{title: {label}}}}}\n"
        f"roles: {{r: {{also: [x, {label}]}}}}\n",
        "metrics": f"metrics: m\nkpis: {{k: {{kind: rate, per: {label}}}}}\n",
        "governance": f"governance: g\ncouncil: {{agenda: [{label}], decision_rights: {{x: {label}}}}}\n",
        "maturity": f"maturity: m\ndimensions: {{d: {{from: {label}, to: b}}}}\n",
        "tracking": f"tracking: t\nevents: {{a.b: {{properties: {label}}}}}\n",
    }
    found = samples.check({f"{kind}.yaml": text for kind, text in documents.items()})
    files = [finding.place.file.removesuffix(".yaml") for finding in found if finding.code == "SEC003"]
    assert {kind: files.count(kind) for kind in documents} == {
        "playbook": 6,
        "organization": 2,
        "metrics": 1,
        "governance": 2,
        "maturity": 1,
        "tracking": 1,
    }


@pytest.mark.parametrize("text", ["-5%", "+12.5", "- 3 d", "a = b", "5 + 3", ">= 80%", "<= 45d"])
def test_what_is_no_formula(text: str, samples: Samples) -> None:
    text = f"metrics: m\nkpis: {{k: {{kind: rate, owner: csm, target: {json.dumps(text)}}}}}\n"
    assert samples.only("SEC003", text) == []
