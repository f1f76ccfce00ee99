"""What the tests of project tools share: all that a target writes, its settings, its golden files."""

from __future__ import annotations

import csv
import io
import os
from functools import lru_cache
from pathlib import Path

from tests.targets.samples import hostile_template, sample_plan, sample_template, shipped_templates

from playbook.plans.plan import Plan
from playbook.plans.template import Template
from playbook.targets.registry import plan_files, target_of, template_files
from playbook.targets.settings import settings_of
from playbook.targets.target import File, Mode, Settings

GOLDEN = Path(__file__).parent / "golden"
CONTRACTS = Path(__file__).parents[3] / "shared" / "contracts"


def settings(name: str, **chosen: str) -> Settings:
    """The options of a target, as its callers give them."""
    found, wrong = settings_of(target_of(name), {key.rstrip("_"): value for key, value in chosen.items()})
    assert not wrong
    return found


@lru_cache
def templates() -> dict[str, Template]:
    """Every shipped template, and one made of what breaks formats."""
    return {**shipped_templates(), "hostile": hostile_template()}


@lru_cache
def plans() -> dict[str, Plan]:
    """A plan of each of them."""
    return {name: sample_plan(template) for name, template in templates().items()}


def files_of(name: str, mode: Mode, template: Template, **chosen: str) -> list[File]:
    """What a target writes of a template or of its sample plan."""
    options = settings(name, **chosen)
    if mode == "template":
        return list(template_files(name, template, options))
    return list(plan_files(name, [sample_plan(template)], options))


def cells(data: bytes, separator: str = ",") -> list[list[str]]:
    """The cells of a CSV file, as RFC 4180 has them; every row is as long as the first."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline=""), delimiter=separator, strict=True))
    assert all(len(row) == len(rows[0]) for row in rows)
    return rows


def records(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file by the names of the columns, which are unique."""
    header, *rows = cells(data)
    assert len(set(header)) == len(header)
    return [dict(zip(header, row, strict=True)) for row in rows]


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if cell.startswith("'") else cell


def is_golden(name: str, files: list[File]) -> None:
    """Compare the one file that there is with its golden copy, or write that with ``UPDATE_GOLDEN=1``."""
    (file,) = files
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file.data)
    assert file.data == path.read_bytes()


def sample() -> Template:
    """The template of the golden files."""
    return sample_template("mid_market")
