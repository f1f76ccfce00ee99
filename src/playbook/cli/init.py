"""``playbook init``: a workspace that passes ``check`` at once."""

from __future__ import annotations

import json
import shlex
from importlib import resources
from pathlib import Path

import click

from playbook.cli.writing import write_file

_KINDS = {"self-serve": "self_serve", "mid-market": "mid_market", "enterprise": "enterprise"}

_CONFIG = """\
# How this workspace is checked. 'playbook rule' lists all rules.
profile = "team"          # basic, team, governed or certified
include = ["playbooks/**/*.yaml"]
"""

_WORKFLOW = """\
# Checks the playbooks on each pull request.
name: playbook
on:
  pull_request:
  push: {branches: [main]}
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.12"}
      - name: Install playbook
        env:
          # What pip installs: the address of a repository, or a package of your own index.
          PLAYBOOK_PACKAGE: ${{ vars.PLAYBOOK_PACKAGE }}
        run: pip install "${PLAYBOOK_PACKAGE:?set this variable to what pip installs playbook from}"
      - run: playbook check --format github --output "github-summary=$GITHUB_STEP_SUMMARY"
"""

_SETTINGS = {
    "yaml.schemas": {".vscode/playbook.schema.json": ["playbooks/**/*.yaml"]},
    "yaml.schemaStore.enable": False,
}
_EXTENSIONS = {"recommendations": ["redhat.vscode-yaml"]}


@click.command(
    "init",
    epilog="\b\nExamples:\n  playbook init\n  playbook init onboarding --kind enterprise",
)
@click.argument("folder", metavar="[DIR]", default=".")
@click.option(
    "--kind",
    type=click.Choice(list(_KINDS)),
    default="mid-market",
    show_default=True,
    help="Which customers it is for.",
)
def command(folder: str, kind: str) -> None:
    """Start a workspace in DIR (by default here). Files that exist are left as they are."""
    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise click.UsageError(f"'{folder}' is a file")
    written, kept = [], []
    for name, text in _files(kind).items():
        path = root / name
        if path.exists() or path.is_symlink():
            kept.append(name)
        else:
            write_file(path, text.encode())
            written.append(name)
    for name in written:
        click.echo(f"wrote {root / name}")
    for name in kept:
        click.echo(f"kept  {root / name} (it was there already)")
    if not written:
        click.echo("Nothing was written: all of these files are there already, and they stay as they are.")
        return
    prefix = "" if folder == "." else f"cd {shlex.quote(folder)} && "
    click.echo(f"Next: {prefix}playbook check && playbook show")


def _files(kind: str) -> dict[str, str]:
    """The files of a new workspace by their path in it."""
    from playbook.language.schemas import document_schema

    template = resources.files("playbook.templates").joinpath(_KINDS[kind])
    playbooks = {
        f"playbooks/{name}": template.joinpath(name).read_text(encoding="utf-8")
        for name in ("organization.yaml", "tracking.yaml", "onboarding.yaml")
    }
    return {
        "playbook.toml": _CONFIG,
        **playbooks,
        ".vscode/settings.json": _json(_SETTINGS),
        ".vscode/extensions.json": _json(_EXTENSIONS),
        ".vscode/playbook.schema.json": _json(document_schema()),
        ".github/workflows/playbook.yml": _WORKFLOW,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
