"""People, programs and places in texts: what is reported, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lint_samples import Samples, codes

from playbook.lint import secrets
from playbook.lint.links import private_host

ORGANIZATION = """\
organization: acme
teams: {{cs: {{title: Customer Success}}}}
roles: {{csm: {{title: Customer Success Manager, team: cs}}}}
people:
  ada.lovelace@acme.example: {{roles: [csm], name: Ada Lovelace, asana_user: ada.lovelace@acme.example}}
  # until May: grace.hopper@acme.example
  desk: {{roles: [csm], name: Onboarding Desk, salesforce_queue: "00G"}}
{0}"""


# -- SEC002 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask ada@acme.example", ["ada@acme.example is the address of a person"]),
        ("Ask support@acme.example or crm-support+1@acme.example", []),
        ("Clone git@github.example:acme/x.git", []),
        ("Open https://user@acme.example/page", []),
        ("Ask @ada in the chat", []),
        ("Ping ada@acme", []),
    ],
)
def test_addresses(text: str, found: list[str], samples: Samples) -> None:
    assert samples.only("SEC002", f'description: "{text}"\n') == found
    assert samples.only("SEC002", f"# {text}\ntitle: x\n") == found


def test_people_stand_under_people(samples: Samples) -> None:
    assert samples.only("SEC002", ORGANIZATION.format("")) == []
    (message,) = samples.only("SEC002", ORGANIZATION.format("description: grace.hopper@acme.example\n"))
    assert message == "grace.hopper@acme.example is the address of a person"


def test_names_of_people_that_are_known(samples: Samples) -> None:
    text = (
        ORGANIZATION.format("") + "---\ndescription: Ask Ada Lovelace, the Onboarding Desk or Ada. Ada Lovelace!\n"
    )
    assert samples.only("SEC002", text) == ["Ada Lovelace is a person"]


def test_a_person_as_an_owner_is_one_finding(samples: Samples) -> None:
    found = samples.example("workstreams: {messaging: {A: ada@acme.example}}\n")
    assert [code for code in codes(found) if code in ("SEC002", "REF002")] == ["SEC002"]


# -- SEC004 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "Read < SCRIPT src=//evil.example>",
        "<b onclick='x()'>Go</b>",
        "<a href='javascript:alert(1)'>Go</a>",
        "[Go](JavaScript:alert(1))",
        "<img src=x>",
        "![logo](https://cdn.example/logo.png)",
        "![logo](//cdn.example/logo.png)",
        "<iframe src='https://x.example'></iframe>",
        "Open data:text/html;base64,xx",
    ],
)
def test_active_content(text: str, samples: Samples) -> None:
    (message,) = samples.only("SEC004", f'description: "{text}"\n')
    assert message.endswith("where this text is shown as a page")


@pytest.mark.parametrize(
    "text",
    [
        "<b>Important</b>",
        "seats < 10 and > 5",
        "[Guide](https://acme.example/guide)",
        "![logo](images/logo.png)",
        "Write the javascript: it comes first",
        "Agree <on=off> the setting",
    ],
)
def test_passive_content(text: str, samples: Samples) -> None:
    assert samples.only("SEC004", f'description: "{text}"\n') == []


def test_comments_are_shown_nowhere(samples: Samples) -> None:
    assert samples.only("SEC004", "# <script>alert(1)</script>\ntitle: x\n") == []


# -- SEC005 -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://localhost:8000/x", "localhost"),
        ("https://127.0.0.1", "127.0.0.1"),
        ("http://10.1.2.3/x", "10.1.2.3"),
        ("http://172.20.0.1", "172.20.0.1"),
        ("http://169.254.169.254/latest", "169.254.169.254"),
        ("http://[::1]/", "::1"),
        ("file:" + "///x/guide.md", "this computer"),
        ("http://172.32.0.1", None),
        ("https://10.example", None),
        ("https://wiki.corp/page", None),
        ("https://acme.example/localhost", None),
        ("http://[bad", None),
    ],
)
def test_hosts(url: str, host: str | None, samples: Samples) -> None:
    assert private_host(url) == host
    assert len(samples.only("SEC005", f'description: "See {url}."\n')) == (host is not None)


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("../brief.md", 1),
        ("templates/../../brief.md", 1),
        ("/var/shared/brief.md", 1),
        ("C" + ":/shared/brief.md", 1),
        ("~/brief.md", 1),
        ("templates/../brief.md", 0),
        ("/sites/onboarding/brief", 0),
        ("Brief, see the wiki", 0),
        ("https://acme.example/../x", 0),
    ],
)
def test_paths(place: str, found: int, samples: Samples) -> None:
    assert len(samples.only("SEC005", f'artifacts: {{brief: {{template: "{place}"}}}}\n')) == found


# -- secrets ------------------------------------------------------------------------------------------

_PIECES = st.sampled_from(
    [
        *("AKIA", "ABCDEFGHIJKLMNOP", "ghp_" + "a1" * 20, "sk-ant-" + "b" * 25, "xoxb-1234567890ab", "whsec_"),
        *(
            "password: hunter22",
            "Client-Secret : 'abcd123'",
            "api_key:\tzzzz99,",
            "TOKEN",
            "-----BEGIN PRIVATE KEY-----",
        ),
        *("\n", "\r\n", " ", "İ", "→", ".", "#", "}", "milestone.password: abcde"),
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_the_fast_search_finds_what_the_patterns_find(text: str) -> None:
    slow = [(what, found.span()) for what, _, _, form in secrets._FORMS for found in form.finditer(text)]
    slow += [
        (f"the value of a {found['name'].lower()}", found.span("value"))
        for found in secrets._PAIR.finditer(text)
        if not (
            text[max(0, found.start() - 1) : found.start()].isalnum()
            or text[found.start() - 1 : found.start()] == "."
        )
    ]
    assert [(secret.what, (secret.start, secret.end)) for secret in secrets.secrets_in(text)] == slow
