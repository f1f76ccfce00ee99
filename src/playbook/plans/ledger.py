"""What was handed over: a list of tasks beside an export, so that the next one gives only what is new.

Tools that can only create make every task twice if a file is imported twice. The ledger says which tasks they have:
a CSV file with a line for each task, by its key.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from playbook.plans.plan import Plan, PlannedTask
from playbook.text.formulas import harmless

_COLUMNS = ("key", "account", "stage", "title", "starts", "due", "owner", "content")


class LedgerError(ValueError):
    """A file that is no ledger; the message says why, with the line."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A task as it was handed over. ``content`` is a digest of what is told about it."""

    key: str
    account: str
    stage: str
    title: str
    starts: str
    due: str
    owner: str
    content: str

    def differences(self, other: Entry) -> tuple[str, ...]:
        """What has become of this in ``other``, such as ``due 2026-12-01 → 2026-12-08``."""
        changed = [
            f"{name} {getattr(self, name) or 'none'} → {getattr(other, name) or 'none'}"
            for name in ("stage", "title", "starts", "due", "owner")
            if getattr(self, name) != getattr(other, name)
        ]
        return (*changed, *(("content",) if self.content != other.content else ()))


@dataclass
class Changes:
    """What differs from a ledger. ``handed_over`` are the tasks that a tool has after the new ones are imported."""

    before: Mapping[str, Entry]
    dated_only: bool = False
    """Whether the tool takes no task without a date: such a one is not handed over."""
    new: list[Entry] = field(default_factory=list)
    changed: list[tuple[Entry, tuple[str, ...]]] = field(default_factory=list)
    handed_over: dict[str, Entry] = field(default_factory=dict)
    _renamed: set[str] = field(default_factory=set)
    """Keys of the ledger whose tasks have another one by now (``was:``)."""

    @property
    def gone(self) -> list[Entry]:
        """Tasks of the ledger that there are no more, in accounts that were planned again."""
        accounts = self._accounts()
        return [entry for entry in self._others() if entry.account in accounts]

    @property
    def after(self) -> list[Entry]:
        """The next ledger: what a tool has of accounts that were not planned again, then what it has of these."""
        accounts = self._accounts()
        return [*(entry for entry in self._others() if entry.account not in accounts), *self.handed_over.values()]

    def _accounts(self) -> set[str]:
        return {entry.account for entry in self.handed_over.values()}

    def _others(self) -> Iterator[Entry]:
        """What the ledger has and the plans have not, under whichever key."""
        known = self.handed_over.keys() | self._renamed
        return (entry for key, entry in self.before.items() if key not in known)

    def only_new(self, plans: Iterable[Plan]) -> Iterator[Plan]:
        """The plans with the tasks that the ledger does not have; notes all that differs as they go by."""
        for plan in plans:
            tasks = tuple(planned for planned in plan.tasks if self._is_new(planned))
            if tasks:
                known = any(self._known(planned) is not None for planned in plan.tasks)
                yield replace(plan, tasks=tasks, continued=known)

    def _is_new(self, planned: PlannedTask) -> bool:
        if self.dated_only and planned.due is None:
            return True
        entry = entry_of(planned)
        self.handed_over[entry.key] = entry
        known = self._known(planned)
        if known is None:
            self.new.append(entry)
            return True
        differences = known.differences(entry)
        if known.key != entry.key:
            self._renamed.add(known.key)
            differences = (f"key {known.key} → {entry.key}", *differences)
        if differences:
            self.changed.append((entry, differences))
        return False

    def _known(self, planned: PlannedTask) -> Entry | None:
        """What the ledger has of a task, by its key or by one that it had before it was renamed."""
        return next((self.before[key] for key in (planned.key, *planned.former) if key in self.before), None)


def entry_of(planned: PlannedTask) -> Entry:
    """A task as the ledger has it."""
    task = planned.task
    promised = (task.approval, task.sla, task.repeat, task.for_each)
    told = (task.description, *(line.do for line in task.checklist), task.when, task.condition, *promised)
    return Entry(
        key=planned.key,
        account=planned.account.id,
        stage=task.stage,
        title=planned.title,
        starts=planned.starts.isoformat() if planned.starts else "",
        due=planned.due.isoformat() if planned.due else "",
        owner=planned.owner.key if planned.owner else "",
        content=hashlib.sha256("\n".join(told).encode("utf-8", "backslashreplace")).hexdigest()[:16],
    )


def ledger_bytes(entries: Iterable[Entry]) -> bytes:
    """A ledger as a file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_safe(getattr(entry, name)) for name in _COLUMNS] for entry in entries)
    return out.getvalue().encode("utf-8", "backslashreplace")


def read_ledger(data: bytes) -> dict[str, Entry]:
    """The tasks of a ledger by their keys. Raises :class:`LedgerError`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LedgerError("it is not UTF-8") from error
    entries: dict[str, Entry] = {}
    seen = False
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for row in reader:
            if not seen:
                seen = True
                if tuple(row) != _COLUMNS:
                    raise LedgerError(f"line 1 is not {','.join(_COLUMNS)}")
                continue
            if len(row) != len(_COLUMNS):
                raise LedgerError(f"line {reader.line_num} has {len(row)} cells in the place of {len(_COLUMNS)}")
            entry = Entry(*(_plain(cell) for cell in row))
            entries[entry.key] = entry
    except csv.Error as error:
        raise LedgerError(f"line {reader.line_num}: {error}") from error
    if not seen:
        raise LedgerError("it is empty")
    return entries


def _safe(text: str) -> str:
    """A cell that no spreadsheet runs; an apostrophe of its own is doubled, so that it is read back as it was."""
    return f"'{text}" if text.startswith("'") else harmless(text)


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell
