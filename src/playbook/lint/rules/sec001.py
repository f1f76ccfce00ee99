"""SEC001: something that looks like a secret."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.diagnostics import Severity
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.secrets import secrets_in
from playbook.workspace import Document


def check(document: Document, context: Context) -> Iterator[Finding]:
    """The raw text of every file, comments and unreadable files included. The secret itself is not told."""
    del context
    if document.source is None:
        return
    said: list[tuple[int, int]] = []
    for secret in secrets_in(document.source.text):
        if any(start < secret.end and secret.start < end for start, end in said):
            continue
        said.append((secret.start, secret.end))
        yield Finding(
            f"this looks like {secret.what}" + (f': "{secret.shown}"' if secret.shown else ""),
            (),
            span=(secret.start, secret.end),
            expected="the name under which a vault keeps it, never the secret itself",
            suggestion="revoke it and make a new one: whoever has the repository has it, even once it is deleted",
            sensitive=True,
        )


RULE = Rule(
    code="SEC001",
    name="secret",
    severity=Severity.ERROR,
    profile="basic",
    what="A file contains what looks like a secret: a key, a token, a password.",
    why="Playbooks are read by many and kept for ever; a secret in one is everybody's, in every old version too.",
    bad="""\
title: Sample onboarding
description: Upload the data with the key AKIAIOSFODNN7EXAMPLE
""",
    good="""\
title: Sample onboarding
description: Upload the data with the key from the vault entry onboarding-upload
""",
    document=check,
)
