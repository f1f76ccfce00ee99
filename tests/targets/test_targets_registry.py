"""Every target: declared whole, listed, honest about what it loses, safe and the same on every run."""

from __future__ import annotations

import csv
import io
import re
from importlib import import_module
from pathlib import Path

import openpyxl
import pytest
from tests.formats.samples import HOSTILE
from tests.subjects import template as subject
from tests.targets.samples import hostile_template, sample_plan, sample_template, shipped_templates

from playbook.targets.declared import FEATURES
from playbook.targets.losses import losses_of
from playbook.targets.registry import (
    MODULES,
    all_targets,
    losses_of_workspace,
    plan_files,
    target_of,
    template_files,
    workspace_files,
)
from playbook.targets.settings import settings_of
from playbook.targets.target import File, Mode, Target
from playbook.targets.worked_out import WORKED_OUT
from playbook.text.formulas import STARTS
from playbook.views.registry import VIEWS

PACKAGE = Path(import_module("playbook.targets").__file__ or "").parent
NAMES = tuple(MODULES)
ABSOLUTE = re.compile(rb"20[23]\d-[01]\d-[0-3]\d")
every_target = pytest.mark.parametrize("name", NAMES)


def test_the_list_is_the_folder() -> None:
    found = set()
    for path in PACKAGE.glob("*/*.py"):
        if re.search(r"^TARGET = ", path.read_text(encoding="utf-8"), re.MULTILINE):
            found.add(f"{path.parent.name}.{path.stem}")
    assert found == set(MODULES.values())


def test_no_target_is_called_like_a_view() -> None:
    assert not set(MODULES) & set(VIEWS)


def test_targets_of_a_group_stand_together() -> None:
    groups = [target.group for target in all_targets()]
    assert [group for at, group in enumerate(groups) if at == 0 or groups[at - 1] != group] == list(
        dict.fromkeys(groups)
    )


@every_target
def test_is_declared_whole(name: str) -> None:
    target = target_of(name)
    module = import_module(f"playbook.targets.{MODULES[name]}")
    assert target.name == name
    assert all((target.title, target.tool, target.what, target.form, target.group, target.how, target.evidence))
    assert target.modes
    for mode in ("template", "plan", "workspace"):
        assert hasattr(module, mode) == (mode in target.modes)
    assert set(target.carries) <= set(FEATURES)
    for feature, carried in target.carries.items():
        assert carried.extent == "full" or carried.how, f"{feature}: what becomes of it?"
    assert all(limit.source for limit in target.limits)
    assert all(each.source for each in target.evidence)
    assert len({option.name for option in target.options}) == len(target.options)
    for option in target.options:
        assert not option.choices or option.default in option.choices
    if "keys" in target.carries and target.carries["keys"].extent == "full":
        assert set(target.keys) >= set(target.modes) - {"workspace"}


@every_target
def test_what_a_plan_has_worked_out_is_not_called_lacking(name: str) -> None:
    target = target_of(name)
    if target.modes == ("plan",):
        assert set(target.carries) >= WORKED_OUT.keys() - {"variants"}


def _files(target: Target, *, hostile: bool = False) -> list[File]:
    settings, _ = settings_of(target, {})
    whole = hostile_template() if hostile else sample_template()
    files: list[File] = []
    if "template" in target.modes:
        files += template_files(target.name, whole, settings)
    if "plan" in target.modes:
        second = ("=globex", "=1+1") if hostile else ("globex", 'Globex, Inc. "GX"')
        plans = [sample_plan(whole), sample_plan(whole, *second)]
        files += plan_files(target.name, plans, settings)
    if "workspace" in target.modes:
        files += workspace_files(target.name, subject("enterprise").workspace, settings)
    return files


@every_target
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    target = target_of(name)
    assert _files(target) == _files(target)


@every_target
def test_names_of_files_are_safe_and_used_once(name: str) -> None:
    target = target_of(name)
    settings, _ = settings_of(target, {})
    for mode in target.modes:
        if mode == "template":
            files = list(template_files(name, sample_template(), settings))
        elif mode == "plan":
            plans = [sample_plan(sample_template()), sample_plan(sample_template(), "../globex", "Globex")]
            files = list(plan_files(name, plans, settings))
        else:
            files = list(workspace_files(name, subject("enterprise").workspace, settings))
        names = [file.name.lower() for file in files]
        assert names or _is_refused(target, mode)
        assert len(names) == len(set(names))
        for each in names:
            assert not each.startswith(("/", ".."))
            assert "/../" not in each
            assert "\\" not in each


@every_target
def test_a_template_has_no_dates(name: str) -> None:
    target = target_of(name)
    if "template" not in target.modes:
        pytest.skip("takes no template")
    settings, _ = settings_of(target, {})
    for file in template_files(name, sample_template(), settings):
        assert not ABSOLUTE.search(file.data), file.name


@every_target
def test_the_keys_of_all_tasks_are_in_what_is_written(name: str) -> None:
    target = target_of(name)
    if target.carried("keys").extent != "full" or "plan" not in target.modes:
        pytest.skip("says that it does not carry keys in plans")
    settings, _ = settings_of(target, {})
    plan = sample_plan(sample_template())
    written = b"".join(file.data for file in plan_files(name, [plan], settings))
    lost = {step for loss in losses_of(target, plan.template, "plan", settings) for step in loss.where}
    missing = [task.key for task in plan.tasks if _key(task.key) not in _unfolded(written)]
    assert not [key for key in missing if key.split("/")[1] not in lost]


def _is_refused(target: Target, mode: Mode) -> bool:
    settings, _ = settings_of(target, {})
    if mode == "workspace":
        losses = losses_of_workspace(target.name, subject("enterprise").workspace, settings)
    else:
        losses = losses_of(target, sample_template(), mode, settings)
    return any(loss.refused for loss in losses)


def _key(key: str) -> bytes:
    return key.encode()


def _unfolded(data: bytes) -> bytes:
    """What is written, without the line breaks that calendars put into long lines."""
    return data.replace(b"\r\n ", b"")


@every_target
def test_hostile_texts_survive_and_no_cell_is_a_formula(name: str) -> None:
    for file in _files(target_of(name), hostile=True):
        assert file.data
        if file.name.endswith(".csv"):
            rows = csv.reader(io.StringIO(file.data.decode("utf-8-sig"), newline=""))
            cells = [cell for row in rows for cell in row]
            formulas = [cell for cell in cells if cell.startswith(STARTS) and not _is_number(cell)]
            assert not formulas
        if file.name.endswith(".xlsx"):
            sheets = openpyxl.load_workbook(io.BytesIO(file.data)).worksheets
            assert all(cell.data_type != "f" for sheet in sheets for row in sheet.iter_rows() for cell in row)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?", cell) is not None


@every_target
def test_whatever_is_shipped_can_be_exported(name: str) -> None:
    target = target_of(name)
    settings, _ = settings_of(target, {})
    for template in shipped_templates().values():
        mode = "template" if "template" in target.modes else target.modes[0]
        losses = losses_of(target, template, mode, settings)
        assert all(loss.what and loss.why and not loss.why.endswith(".") for loss in losses)
        if "template" in target.modes and not any(loss.refused for loss in losses):
            assert list(template_files(name, template, settings))


def test_there_are_enough_hostile_texts() -> None:
    assert len(HOSTILE) > 15


def test_several_targets_can_be_written_into_one_folder() -> None:
    """What one of them wrote stays, unless another writes the very same file (such as that of a project)."""
    written: dict[str, tuple[str, bytes]] = {}
    for target in all_targets():
        for file in _files(target):
            name, data = written.setdefault(file.name, (target.name, file.data))
            assert name == target.name or data == file.data, f"{file.name}: {name} and {target.name}"
