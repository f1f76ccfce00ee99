"""``playbook targets``: the tools that playbooks go to, and what each of them takes."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from playbook.cli.compiling import write_out
from playbook.cli.destinations import no_such_target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playbook.targets.target import Carried, Target

_EXAMPLES = """\b
Examples:
  playbook targets                     all, with what they carry
  playbook targets hubspot-workflow    limits, what is lost, how to import it, how sure we are
  playbook targets --format json
  playbook export hubspot-workflow -o build"""


@click.command("targets", epilog=_EXAMPLES)
@click.argument("target", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is written.")
def command(target: str | None, form: str) -> None:
    """List the targets of 'playbook export', or explain TARGET: what it carries, limits, options, evidence."""
    from playbook.targets.registry import MODULES, all_targets, target_of

    if target is not None and target not in MODULES:
        raise no_such_target(target)
    if form == "json":
        found: Any = asdict(target_of(target)) if target else [asdict(each) for each in all_targets()]
        write_out(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    elif target is not None:
        write_out(_page(target_of(target)))
    else:
        write_out(_matrix())


def _matrix() -> str:
    from playbook.targets.declared import COMPARED, MARKS, by_group, mark, modes_of, sure

    everything = [target for _, targets in by_group() for target in targets]
    width = max(len(target.name) for target in everything)
    given = max(len(modes_of(target)) for target in everything)
    numbers = " ".join(str(at) for at in range(len(COMPARED)))
    lines = [
        "What each target carries of a playbook:",
        *(
            f"  {line}"
            for line in wrap("   ".join(f"{at} {words}" for at, words in enumerate(COMPARED.values())), 96)
        ),
        f"  {MARKS['full']} carried   {MARKS['part']} in part   {MARKS['none']} not   · has no part in it",
        "",
        f"{'':<{width}}  {'given':<{given}}  {'again':<7}  {numbers}  how sure",
    ]
    for group, targets in by_group():
        lines.append(f"\n{group}")
        for target in targets:
            marks = " ".join(mark(target, feature) for feature in COMPARED)
            again = "updates" if target.updates else "creates"
            lines.append(
                f"{target.name:<{width}}  {modes_of(target):<{given}}  {again:<7}  {marks}  {sure(target)}"
            )
    lines += [
        "",
        "given: a template (no dates, no people), a plan (the dated work of accounts), or the workspace",
        "again: what a second import does: it updates what is there, or creates all anew",
        "'playbook targets NAME' says what becomes of the rest, how to get it in, and how sure we are.",
    ]
    return "".join(f"{line}".rstrip() + "\n" for line in lines)


def _page(target: Target) -> str:
    from playbook.targets.declared import FEATURES, limit_in_words, matched_by, modes_of

    again = "updates what is there" if target.updates else "creates everything anew"
    lines = [
        f"{target.name}  {target.title} ({target.form})",
        "",
        target.what,
        f"Given: {modes_of(target)}. A second import {again}.",
    ]
    lines += matched_by(target)
    lines += _part("What it carries", list(_carried(target)))
    missing = [words for feature, words in FEATURES.items() if feature not in target.carries]
    if missing and target.modes != ("workspace",):
        lines += _part("Not carried", [", ".join(missing)])
    lines += _part("Limits", [f"{limit_in_words(limit)} ({limit.sure}: {limit.source})" for limit in target.limits])
    options = [
        f"{option.name}={option.default}  {option.what}"
        + (f" ({', '.join(option.choices)})" if option.choices else "")
        for option in target.options
    ]
    lines += _part("Options, for --set and for playbook.toml", options)
    lines += _part("How to get it in", [f"{number}. {step}" for number, step in enumerate(target.how, 1)])
    lines += _part("How sure we are", [f"{each.sure}: {each.what} ({each.source})" for each in target.evidence])
    return _wrapped(lines)


def _carried(target: Target) -> Iterator[str]:
    """What is carried, then what is in part, then what is not; things of which one thing is said stand together."""
    from playbook.targets.declared import FEATURES, MARKS, in_words

    alike: dict[Carried, list[str]] = {}
    for feature, words in FEATURES.items():
        if feature in target.carries:
            alike.setdefault(target.carries[feature], []).append(words)
    extents = list(MARKS)
    for carried, things in sorted(alike.items(), key=lambda each: extents.index(each[0].extent)):
        yield f"{MARKS[carried.extent]} {', '.join(things)}: {in_words(carried)}"


def _part(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def _wrapped(lines: list[str]) -> str:
    out = io.StringIO()
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()))
        parts = wrap(line, 100, subsequent_indent=f"{indent}  ", break_on_hyphens=False) or [""]
        out.writelines(f"{part}\n" for part in parts)
    return out.getvalue()
