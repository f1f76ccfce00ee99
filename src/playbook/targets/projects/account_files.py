"""A file for each account: a customer is a project, a list or a board of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.files.rows import Row, Sheet
from playbook.targets.standards.stable import file_stem
from playbook.targets.target import File


def name_of(plan: Plan, end: str) -> str:
    """The name of the file of an account: ``<playbook>.<account><end>``."""
    return f"{plan.template.name}.{file_stem(plan.account.id)}{end}"


def account_sheets(sheet: Sheet, plans: Iterable[Plan]) -> Iterator[File]:
    """A CSV file for each account."""
    for plan in plans:
        yield File(name_of(plan, sheet.suffix), sheet.head + sheet.written(sheet.rows(plan)))


def template_sheet(sheet: Sheet, template: Template, rows: Iterable[Row]) -> Iterator[File]:
    """The one CSV file of a template: ``<playbook>.<tool>.csv``."""
    yield File(f"{template.name}.{sheet.name}{sheet.suffix}", sheet.head + sheet.written(rows))
