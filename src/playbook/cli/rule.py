"""``playbook rule``: what a rule is about."""

from __future__ import annotations

import sys
from textwrap import fill

import click

from playbook.cli.compiling import paint_for, write_out
from playbook.report.text import Paint

_CONFIGURATION = """\
CFG001 invalid-configuration  error, in every profile, cannot be ignored

playbook.toml or the baseline that it names has a mistake: it is no TOML or JSON, has an unknown key or a value that
fits no key.

A workspace that is held to other rules than its owners believe is not checked. 'playbook config' shows what
holds and where it is written. The keys, all of them optional, are:

{keys}
"""


@click.command(
    "rule", epilog="\b\nExamples:\n  playbook rule            all rules, a line each\n  playbook rule RCI002"
)
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain the rule CODE: what, why, a bad and a good example. Without CODE, list all rules."""
    from playbook.lint.registry import all_rules
    from playbook.text.suggest import nearest

    rules = all_rules()
    paint = paint_for(sys.stdout.isatty())
    if code is None:
        lines = [
            f"{paint('place', rule.code)}  {paint(rule.severity.value, f'{rule.severity.value:<8}')} "
            f"{rule.profile:<10} {rule.what}\n"
            for rule in rules.values()
        ]
        write_out("".join(lines))
        return
    rule = rules.get(code.upper())
    if code.upper() == "CFG001":
        from playbook.config.settings import SETTINGS

        keys = ", ".join(setting.name for setting in SETTINGS)
        write_out(_CONFIGURATION.format(keys=fill(keys, 108, initial_indent="    ", subsequent_indent="    ")))
        return
    if rule is None:
        near = nearest(code, rules)
        raise click.UsageError(f"there is no rule '{code}'.{f' Did you mean {near}?' if near else ''}")
    head = f"{paint('place', f'{rule.code} {rule.name}')}  {paint(rule.severity.value, rule.severity.value)}, "
    write_out(
        f"{head}from profile {rule.profile}, since {rule.since}\n\n"
        f"{rule.what}\n\n{rule.why}\n\n"
        f"{_example('Bad', rule.bad, paint)}\n{_example('Good', rule.good, paint)}"
    )


def _example(title: str, text: str, paint: Paint) -> str:
    from playbook.lint.examples import as_written

    return f"{paint('place', title)}\n" + "".join(
        f"    {line}".rstrip() + "\n" for line in as_written(text).splitlines()
    )
