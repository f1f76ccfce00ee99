"""The work of a check: only what is not known already is compiled and held to the rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playbook.checking.helpers import shared_out
from playbook.checking.inputs import Inputs, settings_key
from playbook.checking.memory import Entry, Memory, Unit, unit_of
from playbook.checking.run import applied_to
from playbook.checking.settings import Settings
from playbook.checking.stamp import stamp
from playbook.compiler.assembly import Assembly, Compiled
from playbook.compiler.opening import Text
from playbook.lint.yields import Applied, Yields, yields_of
from playbook.reader import decode
from playbook.text.digests import digest


@dataclass(frozen=True)
class Checked:
    """A workspace, with what the rules yield for its playbooks and what is to be remembered of it."""

    compiled: Compiled
    yields: dict[str, Yields]
    memory: Memory


_NOTHING = Unit("", (), (), {}, Yields())
"""Stands for what is not known yet."""


def texts_in(inputs: Inputs) -> list[Text]:
    """The texts of the files, in the order of their names."""
    texts = []
    for name, (data, findings) in inputs.data.items():
        source, problems = decode(data, name) if data is not None else (None, findings)
        texts.append(Text(name, source, problems, explicit=name in inputs.files.explicit))
    return texts


def check_workspace(assembly: Assembly, settings: Settings, memory: Memory, jobs: int = 1) -> Checked:
    """Check a workspace as far as that is not known already, in at most ``jobs`` processes (0: as many as pay)."""
    common = _common(assembly, settings)
    known = _still_known(assembly, memory, common)
    missing = [name for name in assembly.playbooks if name not in known]
    applied = applied_to(assembly.compiled(dict.fromkeys(assembly.playbooks, _NOTHING)), settings)
    found = shared_out(missing, lambda name: _check(assembly, name, applied, common), jobs)
    units = {name: known[name] if name in known else found[name] for name in assembly.playbooks}
    compiled = assembly.compiled(units)
    yields = {name: unit.yields for name, unit in units.items()}
    return Checked(compiled, yields, _remembered(assembly, units, keeps_values=memory.keeps_values))


def _remembered(assembly: Assembly, units: Mapping[str, Unit], *, keeps_values: bool) -> Memory:
    """What is to be known the next time."""
    entries = {
        name: Entry(text.digest, assembly.outlines[name], units.get(name)) for name, text in assembly.texts.items()
    }
    entries.update((text.name, Entry(text.digest, None)) for text in assembly.passed)
    if not keeps_values:
        return Memory(entries)
    values = {
        name: (text.digest, value)
        for name, text in assembly.texts.items()
        if (value := assembly.value(name)) is not None
    }
    return Memory(entries, lambda: values)


def _common(assembly: Assembly, settings: Settings) -> str:
    """A digest of all that everything depends on."""
    source = assembly.files.config.source
    config = (source.name, source.text) if source is not None else None
    return digest(repr((stamp(), settings_key(settings), config, assembly.surroundings.common)))


def _still_known(assembly: Assembly, memory: Memory, common: str) -> dict[str, Unit]:
    """What is known of playbooks and still holds."""
    found: dict[str, Unit] = {}
    for name in assembly.playbooks:
        unit = memory.unit(assembly.texts[name])
        if unit is None or not unit.holds(common, assembly.surroundings):
            continue
        if unit.checked or name not in assembly.files.selected:
            found[name] = unit
    return found


def _check(assembly: Assembly, name: str, applied: Applied, common: str) -> Unit:
    """Compile a playbook; hold it to the rules if somebody has asked for it."""
    part = assembly.part(name)
    checked = name in assembly.files.selected
    yields = yields_of(assembly.opening(name).document, part.playbook, applied) if checked else Yields()
    return unit_of(part, yields, common, checked=checked)
