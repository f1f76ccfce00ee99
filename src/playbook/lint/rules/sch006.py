"""SCH006: a text that another reader takes for something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from playbook.diagnostics import Severity
from playbook.fixing.changes import Quote, Remedy
from playbook.lint.labels import labels_that
from playbook.lint.rule import Context, Finding, Rule
from playbook.lint.scalars import read_elsewhere_as
from playbook.text.paths import KeyPath
from playbook.workspace import Document

if TYPE_CHECKING:
    from playbook.language.calendar import Calendar
    from playbook.language.playbook import Playbook
    from playbook.language.tracking import Tracking


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Unquoted words for people, versions, countries and allowed values; what is quoted is read alike by all."""
    del context
    if document.model is None or document.source is None:
        return
    for path, text in (*labels_that(_is_ambiguous)(document.model), *_other_texts(document)):
        other = read_elsewhere_as(text)
        # Only what looks like something else costs a look at where it is written.
        if other is not None and _is_plain(document, path, text):
            yield Finding(
                f'"{text}" is a text here; most editors and other tools read it as {other}',
                path,
                expected="quotes around a text that looks like something else",
                suggestion=f'"{text}"',
                fix=Remedy(f'quote "{text}"', (Quote(path),)),
            )


def _is_plain(document: Document, path: KeyPath, text: str) -> bool:
    """Whether a text is written as it is, without quotes."""
    place = document.locator.place(path).span
    return document.source is not None and document.source.text[place.start.offset : place.end.offset] == text


def _is_ambiguous(text: str) -> bool:
    return len(text) <= 20 and read_elsewhere_as(text) is not None


def _other_texts(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """Texts that are no words for people."""
    if document.kind == "playbook":
        playbook = cast("Playbook", document.model)
        if playbook.version is not None:
            yield ("version",), playbook.version
        for index, change in enumerate(playbook.changelog):
            yield ("changelog", index, "version"), change.version
        for id_, table in playbook.decisions.items():
            for index, rule in enumerate(table.rules):
                if isinstance(rule.gives, str):
                    yield ("decisions", id_, "rules", index, "gives"), rule.gives
    elif document.kind == "tracking":
        for name, field in cast("Tracking", document.model).fields.items():
            for index, value in enumerate(field.values):
                if isinstance(value, str):
                    yield ("fields", name, "values", index), value
    elif document.kind == "calendar":
        country = cast("Calendar", document.model).country
        if country is not None:
            yield ("country",), country


RULE = Rule(
    code="SCH006",
    name="ambiguous-text",
    severity=Severity.WARNING,
    profile="team",
    what="An unquoted text such as `yes`, `12:30`, `3.10` or `NO` is a truth value, a number or a date to "
    "other readers "
    "of YAML.",
    why="The same file then means two things: the version 3.10 becomes 3.1 in a script, and Norway becomes false.",
    bad="""\
version: 1.10
changelog: [{version: "1.10", change: "No"}]
""",
    good="""\
version: "1.10"
changelog: [{version: "1.10", change: "No"}]
""",
    fix="safe",
    fix_title="puts the text in quotes",
    document=check,
)
