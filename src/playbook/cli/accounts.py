"""The accounts that an option names: a table, or data with lists inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playbook.plans.account import Account
    from playbook.plans.accounts.problems import AccountProblem
    from playbook.workspace import CompiledPlaybook

_NESTED = (".yaml", ".yml", ".json")


def accounts_from(path: Path, playbook: CompiledPlaybook) -> Iterator[Account | AccountProblem]:
    """The accounts of a file for a playbook, in order, with the problems that the file has.

    By the end of its name it is YAML or JSON; all else is a table (CSV). Nothing is raised.
    """
    from playbook.plans.accounts.nested import accounts_in
    from playbook.plans.accounts.problems import AccountProblem
    from playbook.plans.accounts.table import read_accounts

    if path.suffix.lower() not in _NESTED:
        yield from read_accounts(path, playbook)
        return
    from playbook.compiler.plain import read_plain
    from playbook.text.paths import file_name

    data = read_plain(path)
    if data.findings:
        yield AccountProblem(data.findings, "file", source=data.source)
        return
    places = data.locator
    found = accounts_in(data.value, lambda key, on_key: places.place(key, key=on_key), file_name(path), playbook)
    for each in found:
        yield replace(each, source=data.source) if isinstance(each, AccountProblem) else each
