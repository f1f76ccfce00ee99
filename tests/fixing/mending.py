"""Workspaces in memory, mended; and what must hold of any mending."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from changed_values import comments_of, value_of

from playbook.checking.mend import Mended, mend
from playbook.checking.run import Settings
from playbook.compiler.assembly import Assembly, Compiled
from playbook.compiler.discover import WorkspaceFiles
from playbook.compiler.opening import Text
from playbook.config import Config
from playbook.diagnostics import Severity
from playbook.text.spans import SourceText

ROOT = Path(__file__).resolve().parents[2]
TODAY = Settings(as_of=datetime.date(2026, 10, 1))


def compile_texts(files: Mapping[str, str], config: Config) -> list[Compiled]:
    texts = [Text(name, SourceText(name, text), explicit=True) for name, text in sorted(files.items())]
    return [Assembly(WorkspaceFiles(Path("/w"), config, selected=set(files)), texts).compiled()]


def mended(
    files: Mapping[str, str],
    *,
    unsafe: bool = False,
    wanted: Callable[[str], bool] = lambda _: True,
    profile: str = "certified",
    rounds: int = 10,
    on_compile: Callable[[Mapping[str, str]], object] = lambda _: None,
) -> Mended:
    config = Config(profile=profile)  # type: ignore[arg-type]

    def compile_(texts: Mapping[str, str]) -> list[Compiled]:
        on_compile(texts)
        return compile_texts({**files, **texts}, config)

    return mend(compile_, TODAY, unsafe=unsafe, wanted=wanted, rounds=rounds)


def assert_sound(
    files: Mapping[str, str],
    result: Mended,
    *,
    removes: bool = False,
    unsafe: bool = False,
    config: str = "certified",
    wanted: Callable[[str], bool] = lambda _: True,
) -> None:
    """What holds of every mending: readable, no comment lost, no new error, the findings gone, and done."""
    for name, text in result.texts.items():
        value_of(text)
        before, after = comments_of(files[name]), comments_of(text)
        assert after <= before if removes else after == before, name
    assert not errors_of({**files, **result.texts}) - errors_of(files)
    left = {(each.place.file, each.code, each.message) for each in result.results.findings}
    for offer in result.applied:
        assert (offer.finding.place.file, offer.finding.code, offer.finding.message) not in left, offer
    again = mended({**files, **result.texts}, unsafe=unsafe, profile=config, wanted=wanted)
    assert again.texts == {}, [offer.fix.title for offer in again.applied]


def errors_of(files: Mapping[str, str]) -> Counter[tuple[str, str, str]]:
    """What cannot be read and names that nothing bears."""
    (compiled,) = compile_texts(files, Config())
    return Counter(
        (each.place.file, each.code, each.message)
        for each in compiled.workspace.diagnostics
        if each.severity is Severity.ERROR and each.code[:3] in ("SCH", "REF")
    )


@cache
def real_workspaces() -> dict[str, dict[str, str]]:
    """The shipped playbooks, examples and templates, by the name of their folder."""
    folders = [
        ROOT / "playbooks",
        *(ROOT / "examples").glob("[!.]*/"),
        *(ROOT / "src/playbook/templates").glob("[!._]*/"),
    ]
    found = {}
    for folder in sorted(folders):
        paths = folder.rglob("*.yaml")
        files = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in paths}
        if files:
            found[folder.name] = files
    return found
