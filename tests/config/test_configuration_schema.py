"""The schema and the page of ``playbook.toml`` say what the reader does."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from playbook.config import FILE_NAME, Config, read_config
from playbook.config.settings import SETTINGS
from playbook.lint.catalogue import catalogue_of
from playbook.lint.settings import read_options, settings_findings
from playbook.lint.settings_schema import configuration_schema
from playbook.suppression.grammar import directives_in

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("playbooks", "examples", "src", "docs")
    for path in (ROOT / folder).rglob(FILE_NAME)
)
SCHEMA = Draft7Validator(configuration_schema())


def mistakes(folder: Path) -> list[str]:
    config, findings = read_config(folder, FILE_NAME)
    catalogue = catalogue_of((), config, folder.as_posix())
    found = (*findings, *settings_findings(config, catalogue), *read_options(config, catalogue)[1])
    return [finding.message for finding in found]


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(configuration_schema())


def test_it_has_every_key_of_the_configuration() -> None:
    names = [setting.name for setting in SETTINGS]
    assert list(configuration_schema()["properties"]) == names
    assert set(names) == set(Config.__dataclass_fields__) - {"source"}


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_configurations_are_right(name: str) -> None:
    path = ROOT / name
    SCHEMA.validate(tomllib.loads(path.read_text(encoding="utf-8")))
    assert mistakes(path.parent) == []


RIGHT = (
    "",
    *(setting.example for setting in SETTINGS),
    'ignore = []\nfail_on = "never"\n',
    'select = ["SUP", "SUP001"]\n',
    "[options.RCI007]\n",
    "[per_file_ignores]\n'*' = []\n",
)
WRONG = (
    'profil = "team"',
    'profile = "taem"',
    "profile = 1",
    'include = "a"',
    "include = [1]",
    'include = [""]',
    'select = ["RCI999"]',
    'extend_select = ["xyz"]',
    "mandatory = [true]",
    'fail_on = "warnings"',
    "baseline = 1",
    'plugins = "acme_rules"',
    'baseline = " "',
    "per_file_ignores = []",
    '[per_file_ignores]\na = "RCI"',
    '[per_file_ignores]\na = ["no-rule"]',
    "severity = 'error'",
    '[severity]\nRCI = "info"',
    '[severity]\nRCI001 = "warn"',
    "options = 1",
    "[options.RCI999]\na = 1",
    "[options.RCI007]\nat_mots = 1",
    "[options.RCI007]\nat_most = -1",
    "[options.RCI007]\nat_most = 1.5",
    "[options.RCI007]\nat_most = true",
    '[options.CRT007]\nwords = "a"',
    "[options.CRT007]\nwords = [1]",
)

UNKNOWN = (
    'extend_select = ["XYZ"]',
    '[per_file_ignores]\na = ["NO"]',
    "[severity]\nNO001 = 'info'",
    "[options.NO001]\na = 1",
    'plugins = ["no_plugin"]',
)
"""What may be a rule of the team's own or a plugin: no schema knows."""

pytestmark = pytest.mark.usefixtures("acme_rules")


@pytest.mark.parametrize("text", RIGHT)
def test_what_both_accept(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    SCHEMA.validate(tomllib.loads(text))
    assert mistakes(tmp_path) == []


@pytest.mark.parametrize("text", WRONG)
def test_what_both_refuse(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    assert not SCHEMA.is_valid(tomllib.loads(text))
    assert mistakes(tmp_path) != []


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_only_the_check_refuses(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    SCHEMA.validate(tomllib.loads(text))
    assert len(mistakes(tmp_path)) == 1


def test_the_example_of_the_page_is_right(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    match = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert match is not None
    (tmp_path / FILE_NAME).write_text(match[1], encoding="utf-8")
    SCHEMA.validate(tomllib.loads(match[1]))
    assert mistakes(tmp_path) == []
    (schema,) = re.findall(r"#:schema \.\./(\S+)", match[1])
    assert json.loads((ROOT / schema).read_text(encoding="utf-8"))["title"] == FILE_NAME


def test_the_comments_of_the_page_are_understood() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    blocks = "".join(re.findall(r"```yaml\n(.*?)```", page, re.DOTALL))
    found = [directive for line in blocks.splitlines() for directive in directives_in(line)]
    assert len(found) == 2
    assert not any(directive.mistake for directive in found)
