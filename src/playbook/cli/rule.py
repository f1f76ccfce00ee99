"""``playbook rule``: what a rule is about, and whether the examples of the team's own rules are right."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from textwrap import fill
from typing import TYPE_CHECKING

import click

from playbook.cli.compiling import named_paths, paint_for, write_out
from playbook.report.text import Paint
from playbook.text.terminal import printable

if TYPE_CHECKING:
    from playbook.compiler.discover import WorkspaceFiles
    from playbook.lint.catalogue import Catalogue
    from playbook.lint.rule import Rule
    from playbook.lint.told import Told

_CONFIGURATION = """\
CFG001 invalid-configuration  error, in every profile, cannot be ignored

playbook.toml or the baseline that it names has a mistake: it is no TOML or JSON, has an unknown key or a value that
fits no key; or a plugin that it names cannot be used.

A workspace that is held to other rules than its owners believe is not checked. 'playbook config' shows what
holds and where it is written. The keys, all of them optional, are:

{keys}
"""

_EXAMPLES = """\b
Examples:
  playbook rule                  all rules, a line each; the team's own last
  playbook rule RCI002           what it finds, and why
  playbook rule ACME001          the same of a rule of the team's own
  playbook rule --test           try the examples of all rules of the team's own
  playbook rule --test rules/    only of those in a folder or file"""


@click.command("rule", epilog=_EXAMPLES)
@click.argument("arguments", nargs=-1, metavar="[CODE]")
@click.option("--test", is_flag=True, help="Try the examples of the team's own rules, here or in the named paths.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="With --test: the day that counts as today."
)
@click.pass_context
def command(ctx: click.Context, arguments: tuple[str, ...], test: bool, as_of: datetime.datetime | None) -> None:
    """Explain the rule CODE: what, why, a bad and a good example. Without CODE, list all rules.

    Beside those of playbook itself there are those of the workspace here: the team's own (documents that begin
    with 'rules:') and those of the plugins that playbook.toml names.
    """
    if test:
        from playbook.cli.trying import try_and_tell

        ctx.exit(try_and_tell(arguments, as_of.date() if as_of else None))
    if as_of is not None:
        raise click.UsageError("--as-of says on which day the examples are tried; add --test")
    if len(arguments) > 1:
        raise click.UsageError("name one rule, or none for a list of all; --test takes files and folders")
    paint = paint_for(sys.stdout.isatty())
    if arguments:
        write_out(_page(arguments[0], paint))
    else:
        write_out("".join(_line(rule, paint) for rule in _all_rules().values()))


def _line(rule: Rule, paint: Paint) -> str:
    what = f"{printable(rule.what)}{_mark(rule)}"
    severity = paint(rule.severity.value, f"{rule.severity.value:<8}")
    return f"{paint('place', f'{rule.code:<6}')}  {severity} {rule.profile:<10} {what}\n"


def _mark(rule: Rule) -> str:
    """Whose rule it is, if it is none of ours."""
    from playbook.lint.registry import CODES

    if rule.plugin:
        return f" (plugin {printable(rule.plugin)})"
    return "" if rule.code in CODES else " (your own)"


def _all_rules() -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    for _, catalogue in _here():
        for code, rule in catalogue.rules.items():
            rules.setdefault(code, rule)
    return rules


def _here() -> Sequence[tuple[WorkspaceFiles | None, Catalogue]]:
    """The rules of the workspaces here; ours alone if there is none."""
    from playbook.checking.catalogues import catalogue_in
    from playbook.compiler.discover import discover
    from playbook.lint.catalogue import built_in

    return [(files, catalogue_in(files)) for files in discover(*named_paths(()))] or [(None, built_in())]


def _page(asked: str, paint: Paint) -> str:
    from playbook.lint.catalogue import built_in
    from playbook.lint.told import TOLD
    from playbook.text.suggest import nearest

    code = asked.upper()
    if code == "CFG001":
        from playbook.config.settings import SETTINGS

        keys = ", ".join(setting.name for setting in SETTINGS)
        return _CONFIGURATION.format(keys=fill(keys, 108, initial_indent="    ", subsequent_indent="    "))
    if code in TOLD:
        return _told(TOLD[code], paint)
    rules = built_in().rules if code in built_in().rules else _all_rules()
    rule = rules.get(code)
    if rule is None:
        near = nearest(asked, [*rules, *TOLD])
        raise click.UsageError(f"there is no rule '{asked}'.{f' Did you mean {near}?' if near else ''}")
    since = f", since {rule.since}" if rule.since else ""
    name = paint("place", f"{rule.code} {printable(rule.name)}")
    severity = paint(rule.severity.value, rule.severity.value)
    parts = [f"{name}  {severity}, from profile {rule.profile}{since}{_mark(rule)}\n", f"{printable(rule.what)}\n"]
    parts += [f"{printable(rule.why)}\n"] if rule.why else []
    parts += [_settings(rule, paint)] if rule.options else []
    if rule.fix is not None:
        option = "--fix" if rule.fix == "safe" else "--fix --unsafe-fixes"
        parts.append(f"'playbook check {option}' {printable(rule.fix_title)}.\n")
    parts += [_example(title, text, paint) for title, text in (("Bad", rule.bad), ("Good", rule.good)) if text]
    return "\n".join(parts)


def _told(told: Told, paint: Paint) -> str:
    severity = paint(told.severity.value, told.severity.value)
    parts = [f"{paint('place', f'{told.code} {told.name}')}  {severity}, told when {told.by}\n"]
    parts += [f"{fill(text, 118)}\n" for text in (told.what, told.why)]
    parts += [_example(title, text, paint) for title, text in (("Bad", told.bad), ("Good", told.good)) if text]
    return "\n".join(parts)


def _settings(rule: Rule, paint: Paint) -> str:
    """The options of a rule as they stand in ``playbook.toml``, each with what it means."""
    from playbook.lint.settings import toml

    lines = [f"{option.name} = {toml(option.default)}" for option in rule.options]
    width = max(map(len, lines))
    head = f"{paint('place', 'Options')}, with their defaults in playbook.toml"
    listed = [
        f"    {line:<{width}}  # {printable(option.what)}" for line, option in zip(lines, rule.options, strict=True)
    ]
    return "\n".join((head, f"    [options.{rule.code}]", *listed, ""))


def _example(title: str, text: str, paint: Paint) -> str:
    from playbook.lint.examples import as_written

    return f"{paint('place', title)}\n" + "".join(
        f"    {printable(line)}".rstrip() + "\n" for line in as_written(text).splitlines()
    )
