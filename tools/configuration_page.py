"""The page about ``playbook.toml`` and all that keeps findings back, made of the code that reads it."""

from __future__ import annotations

from language_pages.markdown import table

from playbook.config import FILE_NAME, Config
from playbook.config.settings import SETTINGS, Setting
from playbook.lint.registry import all_rules
from playbook.lint.rule import OptionValue
from playbook.lint.settings import kind_of, toml
from playbook.lint.settings_schema import SCHEMA_NAME
from playbook.suppression.grammar import FORM

PAGE = "docs/configuration.md"


def configuration_page() -> str:
    """The whole page."""
    return _TEXT.format(
        schema=SCHEMA_NAME,
        keys=table(
            ("Key", "Default", "What it is for"),
            ((f"`{each.name}`", _default(each), each.what) for each in SETTINGS),
        ),
        example="\n".join(example_lines()),
        options=table(
            ("Rule", "Option", "Default", "Must be", "What it is for"),
            (
                (
                    f"[{rule.code}](rules/{rule.code}.md)",
                    f"`{option.name}`",
                    _shortened(option.default),
                    kind_of(option),
                    option.what,
                )
                for rule in all_rules().values()
                for option in rule.options
            ),
        ),
        form=FORM,
    )


def example_lines() -> list[str]:
    """A ``playbook.toml`` with every key that goes with the others: tables stand last, as TOML wants it."""
    # What "select" names takes the place of a profile.
    together = [setting for setting in SETTINGS if setting.name != "select"]
    plain = [setting.example for setting in together if not setting.example.startswith("[")]
    tables = ["\n" + setting.example for setting in together if setting.example.startswith("[")]
    return [*plain, *tables]


def _default(setting: Setting) -> str:
    value = getattr(Config(), setting.name)
    return f"`{toml(value)}`" if value else "none"


def _shortened(default: OptionValue) -> str:
    """A default as TOML has it; of a long list the beginning."""
    if isinstance(default, tuple) and len(default) > _FEW:
        words = ", ".join(map(toml, default[:_FEW]))
        return f"`[{words}, ...]`, {len(default)} in all: see its page"
    return f"`{toml(default)}`"


_FEW = 3

_TEXT = f"""\
<!-- Generated from the code by tools/configuration_page.py; `make docs` writes it anew. -->
# Configuration

A folder with `{FILE_NAME}` is a workspace with all below it. The file says which documents belong to it and which
rules they are held to. Every key is optional; an empty file will do. What is wrong in it is a finding (`CFG001`)
with its place, and what is right holds all the same.

`playbook config` shows the values that hold, each with the place that says so, and `playbook config FILE` also
which rules run on that file.

{{keys}}

Codes are those of [rules](rules/README.md), such as `RCI002`, or the letters of a whole family, such
as `RCI`. Patterns are seen from the folder of the file: `*` and `?` stay within a folder, `**` crosses folders,
and a folder stands for all that is in it.

```toml
#:schema ../schemas/{{schema}}
{{example}}
```

The first line is for editors: with it, the TOML extensions that know JSON Schema (Even Better TOML, taplo)
complete keys and codes and underline mistakes while you type. Name the place of your copy of the schema.

On the command line, `--select` goes before all of `select`, `extend_select`, `ignore` and the profile;
`--ignore` takes away more; `--fail-on` and `--baseline` go before the keys of those names.

## Options of rules

{{options}}
A number must not be negative. An option that is not set keeps its default.

## Keeping a finding back

Whatever keeps a finding back is listed with it in the JSON and SARIF reports: nothing disappears without a
trace. Of several that would, the first of this list is named.

1. `[per_file_ignores]`, for files that are not held to some rules.
2. A waiver in a `governance:` document, for a rule that a playbook may break until a day.
3. A comment beside the finding.
4. The baseline, for what was there when checking began.

`ignore` is not among them: a rule that is ignored does not run.

### Comments

```yaml
steps:
  - id: kickoff
    do: Hold the kickoff
    raci: {{{{A: csm, R: csm}}}} # playbook: ignore[RCI002] until=2027-03-31 reason: merger in progress
  # playbook: ignore[RCI, SLA] reason: the partner does this
  - id: install
    do: Install the connector
```

- Behind a line, it is about the findings that start on that line.
- On a line of its own, it is about the entry or list item that follows, with all that is nested in it.
- `# playbook: ignore-file[...]` on a line of its own at the top is about the whole file.

The form is `# {{form}}`. The codes are needed; the last day and the reason may be left out, but from profile
`governed` on, a reason is asked for ([SUP006](rules/SUP006.md)). On the last day it still holds; from the next
on it keeps nothing back, and says so ([SUP005](rules/SUP005.md)). Comments that keep nothing back
([SUP001](rules/SUP001.md)), are unclear ([SUP003](rules/SUP003.md)) or name no rule ([SUP004](rules/SUP004.md))
are findings too, and `--fix` removes those that are of no use. A `#` inside a text begins no comment.

### Waivers

```yaml
governance: council
waivers:
  two_owners:
    rule: RCI002
    playbook: enterprise_onboarding
    reason: merger in progress
    until: 2027-03-31
```

Without `playbook` it holds everywhere in the workspace.

### The baseline

```
playbook check --write-baseline baseline.json
```

writes all findings of now into a file; with `baseline = "baseline.json"` or `--baseline baseline.json` they are
no longer told, and whatever is new is. Findings are recognized by the rule, the file, the message without its
numbers, and the keys and ids that lead to the place. So lines may move, and steps may be added or put in
another order. What is alike is counted. Entries that are found no more are told as [SUP002](rules/SUP002.md)
until the file is written anew. The file can be read and written from any folder; it has one line per finding,
in a fixed order. If only some files are checked, or only some rules run, the other entries stay as they are.

### What cannot be kept back

What `mandatory` names stays a finding, whatever `ignore`, `[per_file_ignores]`, a comment, a waiver, the
baseline or `--ignore` says; and whoever tries is told ([SUP007](rules/SUP007.md)). A family in `ignore` means
its rules that are not mandatory. `--select` only narrows what one run looks at. Nor can `CFG001` and `SCH001`
be ignored: what cannot be read cannot be said to be clean.

## When it fails

`playbook check` exits with 1 if a finding weighs as much as `fail_on` or more: `error`, `warning` (the
default), `info`, or `never`. What is kept back does not count. If one run covers several workspaces, the
strictest counts. `--max-findings N` shortens what is told to the N findings that weigh most; the exit code is
that of all of them.
"""
