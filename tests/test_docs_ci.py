"""The page about CI: its workflows, hooks and jobs name what there is.

``UPDATE_GOLDEN=1`` writes the table of the action's inputs into the page.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any

import click
import pytest
from ruamel.yaml import YAML

from playbook.cli.check import command
from shown_commands import ROOT

PAGE = ROOT / "docs" / "ci.md"
TEXT = PAGE.read_text(encoding="utf-8")
ACTION = "your-organization/playbook@"
_BEGIN, _END = "<!-- inputs: begin -->\n", "<!-- inputs: end -->"


def loaded(text: str) -> Any:
    return YAML(typ="safe").load(text)


def blocks(mark: str) -> list[Any]:
    """The blocks of YAML that stand below a mark."""
    return [loaded(found) for found in re.findall(rf"^<!-- {mark} -->\n```yaml\n(.*?)^```$", TEXT, re.M | re.S)]


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def _default(entry: dict[str, Any]) -> str:
    return f"`{entry['default']}`" if entry["default"] else "none"


def table_of_inputs() -> str:
    """All inputs of the action, with what they are for."""
    inputs = loaded((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    rows = "".join(f"| `{name}` | {_default(entry)} | {entry['description']} |\n" for name, entry in inputs.items())
    return f"\n| Input | Default | What it is for |\n|---|---|---|\n{rows}\n"


def test_all_inputs_of_the_action_are_in_the_table() -> None:
    head, _, rest = TEXT.partition(_BEGIN)
    found, _, tail = rest.partition(_END)
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(f"{head}{_BEGIN}{table_of_inputs()}{_END}{tail}", encoding="utf-8")
    assert found == table_of_inputs()


@pytest.mark.parametrize("workflow", blocks("workflow: action"), ids=lambda each: str(each["permissions"]))
def test_workflows_use_what_the_action_has(workflow: dict[str, Any]) -> None:
    known = loaded((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    used = [step.get("with", {}) for step in steps(workflow) if step.get("uses", "").startswith(ACTION)]
    assert len(used) == 1
    assert set(used[0]) <= set(known)


@pytest.mark.parametrize("workflow", blocks("workflow: .*?"), ids=str)
def test_workflows_may_do_what_they_do(workflow: dict[str, Any]) -> None:
    rights = workflow.get("permissions", {})
    text = str(workflow)
    assert (rights.get("security-events") == "write") == ("upload-sarif" in text)
    assert (rights.get("pull-requests") == "write") == ("gh pr comment" in text)
    for step in steps(workflow):
        assert "${{" not in step.get("run", ""), "what users write must not become part of a script"


def test_the_hooks_are_there() -> None:
    ids = {hook["id"] for hook in loaded((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    (shown,) = blocks("hooks")
    assert {hook["id"] for hook in shown["repos"][0]["hooks"]} == ids


def test_the_gitlab_job_is_there() -> None:
    (shown,) = blocks("gitlab")
    job = loaded((ROOT / shown["include"][0]["file"]).read_text(encoding="utf-8"))["playbook"]
    settings = {name for name in job["variables"] if name.startswith("PLAYBOOK_")} - {"PLAYBOOK_CACHE_DIR"}
    assert set(shown["playbook"]["variables"]) <= settings
    assert set(re.findall(r"^\| `(PLAYBOOK_\w+)` \|", TEXT, re.MULTILINE)) == settings


def test_options_are_those_that_there_are() -> None:
    options = {name for option in command.params if isinstance(option, click.Option) for name in option.opts}
    of_others = {"--body-file", "--edit-last", "--create-if-none"}
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]*", TEXT)) - {"--kind"} - of_others <= options
