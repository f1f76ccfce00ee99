"""A file for each account: a customer is a project, a list or a board of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.rows import Row, Sheet
from playbook.targets.files.stable import account_file
from playbook.targets.target import File


def account_sheets(sheet: Sheet, plans: Iterable[Plan]) -> Iterator[File]:
    """A CSV file for each account: ``<playbook>.<account>.<tool>.csv``."""
    for plan in plans:
        yield File(account_file(plan, f".{sheet.name}{sheet.suffix}"), sheet.head + sheet.written(sheet.rows(plan)))


def template_sheet(sheet: Sheet, template: Template, rows: Iterable[Row]) -> Iterator[File]:
    """The one CSV file of a template: ``<playbook>.<tool>.csv``."""
    yield File(f"{template.name}.{sheet.name}{sheet.suffix}", sheet.head + sheet.written(rows))
