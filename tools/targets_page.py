"""The page about the targets, made of their declarations."""

from __future__ import annotations

from language_pages.markdown import table

from playbook.targets.declared import (
    CERTAINTY,
    COMPARED,
    FEATURES,
    MARKS,
    by_group,
    in_words,
    limit_in_words,
    mark,
    matched_by,
    modes_of,
    sure,
)
from playbook.targets.target import Target

PAGE = "docs/targets.md"


def targets_page() -> str:
    """The whole page."""
    groups = list(by_group())
    count = sum(len(targets) for _, targets in groups)
    parts = [_HEAD.format(count=count), _matrix(groups), _KEY]
    for group, targets in groups:
        parts.append(f"## {group}\n")
        parts += [_section(target) for target in targets]
    return "\n".join(parts).rstrip() + "\n"


def _matrix(groups: list[tuple[str, tuple[Target, ...]]]) -> str:
    heads = ("Target", "Given", "Again", *(words[0].upper() + words[1:] for words in COMPARED.values()), "How sure")
    rows = (
        (
            f"[{target.name}](#{target.name})",
            modes_of(target),
            "updates" if target.updates else "creates",
            *(mark(target, feature) for feature in COMPARED),
            sure(target),
        )
        for _, targets in groups
        for target in targets
    )
    return table(heads, rows)


def _section(target: Target) -> str:
    again = "updates what is there" if target.updates else "makes everything a second time"
    lines = [
        f"### {target.name}\n",
        f"**{target.title}** ({target.form}). {target.what} Given: {modes_of(target)}. A second import {again}.\n",
    ]
    lines += [f"- {sentence}" for sentence in matched_by(target)]
    lines += [""] if target.keys else []
    partly = [
        (words, in_words(target.carried(feature)))
        for feature, words in FEATURES.items()
        if feature in target.carries and target.carried(feature).extent != "full"
    ]
    full = [words for feature, words in FEATURES.items() if target.carried(feature).extent == "full"]
    missing = [words for feature, words in FEATURES.items() if feature not in target.carries]
    if full:
        lines.append(f"Carried: {', '.join(full)}.\n")
    if partly:
        lines.append(table(("In part or not", "What becomes of it"), partly))
    if missing and target.modes != ("workspace",):
        lines.append(f"Not carried: {', '.join(missing)}.\n")
    if target.options:
        rows = (
            (f"`{each.name}`", f"`{each.default}`" if each.default else "none", each.what, ", ".join(each.choices))
            for each in target.options
        )
        lines.append(table(("Option", "Default", "What it is for", "One of"), rows))
    if target.limits:
        rows = ((limit_in_words(limit), limit.sure, limit.source) for limit in target.limits)
        lines.append(table(("Limit", "How sure", "Source"), rows))
    lines += ["How to get it in:\n", *(f"{number}. {step}" for number, step in enumerate(target.how, 1)), ""]
    if target.evidence:
        rows = ((each.what, each.sure, each.source) for each in target.evidence)
        lines.append(table(("What we rely on", "How sure", "Source"), rows))
    return "\n".join(lines)


_HEAD = """\
<!-- Generated from the declarations of the targets by tools/targets_page.py; `make docs` writes it anew. -->

# Targets: the tools that playbooks go to

`playbook export TARGET` writes what a tool takes: a *template* (offsets, roles and conditions; no dates, no
people), a *plan* (the dated work of accounts), or what the whole *workspace* shares, such as events and KPIs.
There are {count} targets. `playbook targets` lists them in the terminal. `playbook export TARGET` prints what does
not arrive in the tool before it writes anything; with `--strict` it then writes nothing.

`playbook check` holds the playbooks to the targets that `playbook.toml` declares (rules [TGT101](rules/TGT101.md),
[TGT103](rules/TGT103.md) and [TGT106](rules/TGT106.md)):

```toml
[targets.hubspot-pipelines]
object = "tickets"
```
"""

_KEY = (
    f"{MARKS['full']} carried, {MARKS['part']} in part or in another form, {MARKS['none']} not carried, "
    "· has no part in it.\n\nHow sure we are of a fact:\n\n"
    + "\n".join(f"- *{name}*: {words}" for name, words in CERTAINTY.items())
    + "\n"
)
