"""A small workspace whose documents depend on each other, and ways to edit it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import strategies as st

from playbook.checking.settings import Settings
from playbook.lint.examples import example_files
from playbook.report import json_v1, text
from playbook.results import Results

_MORE = """\
segments:
  small: {when: account.active_seats < 10}
  large: {otherwise: true}
variants:
  light:
    for: small
    set: {run_kickoff.due: 10bd after closed_won}
risks:
  low_use: {when: account.active_seats < 5, owner: csm, run: {playbook: rescue, version: 1.0.0}}
---
playbook: rescue
scope: part
version: 2.0.0
interface: {needs: brief}
ends: {revived: {title: Back at work, success: true}}
stages:
  - id: contact
    enter: deal.closed_won
    exit: account.active_seats >= 5
    raci: {A: csm, R: csm}
    steps:
      - {id: call_customer, do: Call the customer, needs: brief, captures: account.mood}
---
playbook: renewal
ends: {renewed: {title: Renewed, success: true}}
stages:
  - id: renew
    enter: deal.closed_won
    exit: account.mood == "good"
    raci: {A: csm, R: csm}
    steps:
      - {id: ask, do: Ask how it is, needs: account.mood, run: {playbook: rescue}}
---
metrics: onboarding
kpis:
  time_to_value:
    title: Time to value
    formula: days_between(deal.closed_won, first_value.reached)
    owner: cs_leader
    unit: days
"""

CONFIG = 'profile = "team"\n'
TODAY = datetime.date(2026, 10, 1)

_SWAPS = (
    ("csm", "cs_leader"),
    ("brief", "letter"),
    ("account.mood", "account.use_case"),
    ("first_value", "first_valeu"),
    ("playbook: rescue", "playbook: rescued"),
    ("version: 2.0.0", "version: 1.0.0"),
    ("captures: ", "produces: "),
    ("organization: acme", "organisation: acme"),
    ("stages:", "stagse:"),
    ("{", "["),
    ("Sample", "Sämple 🚀"),
    ("id: ", "id:  # playbook: ignore[RCI001] reason: later\n      "),
    ("ae:", "sdr:"),
    ("success: true", "success: false"),
)
_COMMENTS = (
    "# a note",
    "# playbook: ignore[REF002] reason: for now",
    "# playbook: ignore-file[RCI]",
    "  - oops: [",
)
_CONFIGS = (
    CONFIG,
    "",
    'profile = "certified"\nignore = ["RCI"]\n',
    'profile = "governed"\n[severity]\nREF002 = "info"\n',
    'exclude = ["playbook_2.yaml"]\n[per_file_ignores]\n"playbook*.yaml" = ["SLA", "RCI"]\n',
    "profile = 12\n",
    'baseline = "known.json"\n',
)


@dataclass(frozen=True)
class Edit:
    """A change of a folder, with a name that a failing test shows."""

    name: str
    make: Callable[[Path], None]

    def __repr__(self) -> str:
        return self.name


def write_workspace(root: Path) -> None:
    """The workspace as it is before it is edited."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "playbook.toml").write_text(CONFIG, encoding="utf-8")
    for name, content in example_files(_MORE).items():
        (root / name).write_text(content, encoding="utf-8", newline="\n")
    (root / "compose.yaml").write_text("services: {web: {image: nginx}}\n", encoding="utf-8")


def _files(root: Path) -> list[Path]:
    return sorted(root.glob("*.yaml"))


def _swap(at: int, pair: tuple[str, str], *, every: bool) -> Edit:
    def make(root: Path) -> None:
        files = _files(root)
        if files:
            path = files[at % len(files)]
            content = path.read_text(encoding="utf-8")
            path.write_text(content.replace(*pair, -1 if every else 1), encoding="utf-8", newline="\n")

    return Edit(f"replace {pair} in file {at}", make)


def _insert(at: int, line: int, content: str) -> Edit:
    def make(root: Path) -> None:
        files = _files(root)
        if files:
            path = files[at % len(files)]
            lines = path.read_text(encoding="utf-8").split("\n")
            lines.insert(line % (len(lines) + 1), content)
            path.write_text("\n".join(lines), encoding="utf-8", newline="\n")

    return Edit(f"insert {content!r} at line {line} of file {at}", make)


def _remove_line(at: int, line: int) -> Edit:
    def make(root: Path) -> None:
        files = _files(root)
        if files:
            path = files[at % len(files)]
            lines = path.read_text(encoding="utf-8").split("\n")
            del lines[line % len(lines)]
            path.write_text("\n".join(lines), encoding="utf-8", newline="\n")

    return Edit(f"remove line {line} of file {at}", make)


def _rename(at: int, name: str) -> Edit:
    def make(root: Path) -> None:
        files = _files(root)
        if files:
            files[at % len(files)].replace(root / name)

    return Edit(f"rename file {at} to {name}", make)


def _copy(at: int, name: str) -> Edit:
    def make(root: Path) -> None:
        files = _files(root)
        if files:
            (root / name).write_bytes(files[at % len(files)].read_bytes())

    return Edit(f"copy file {at} to {name}", make)


def _remove(at: int) -> Edit:
    def make(root: Path) -> None:
        files = _files(root)
        if len(files) > 1:
            files[at % len(files)].unlink()

    return Edit(f"remove file {at}", make)


def _restore() -> Edit:
    return Edit("write everything anew", write_workspace)


def _configure(content: str) -> Edit:
    def make(root: Path) -> None:
        (root / "playbook.toml").write_text(content, encoding="utf-8")

    return Edit(f"configure {content!r}", make)


_AT = st.integers(0, 8)
_LINE = st.integers(0, 60)
_NAMES = st.sampled_from(("a.yaml", "m.yaml", "zz.yaml"))

EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(_swap, _AT, st.sampled_from(_SWAPS), every=st.booleans()),
    st.builds(_swap, _AT, st.sampled_from([(new, old) for old, new in _SWAPS]), every=st.booleans()),
    st.builds(_insert, _AT, _LINE, st.sampled_from(_COMMENTS)),
    st.builds(_remove_line, _AT, _LINE),
    st.builds(_rename, _AT, _NAMES),
    st.builds(_copy, _AT, _NAMES),
    st.builds(_remove, _AT),
    st.builds(_restore),
    st.builds(_configure, st.sampled_from(_CONFIGS)),
)

SETTINGS: st.SearchStrategy[Settings] = st.builds(
    Settings,
    select=st.sampled_from(((), (), ("RCI",), ("REF", "SCH", "CRT"))),
    ignore=st.sampled_from(((), (), ("RCI001",))),
    as_of=st.sampled_from((TODAY, TODAY, datetime.date(2027, 6, 1))),
)


def told(results: Results) -> tuple[str, str, Results]:
    """Everything that can be seen of results: both reports, and the results without their texts."""
    return (
        json_v1.write(results),
        text.write(results),
        replace(results, sources={}),
    )
