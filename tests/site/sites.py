"""Sites to look at: of our own playbooks, and of one with hostile texts everywhere."""

from __future__ import annotations

import json
from pathlib import Path

from playbook.checking.run import results_of
from playbook.checking.settings import Settings
from playbook.compiler.compile import compile_paths
from playbook.site.building import build_all
from playbook.site.contents import EVERYTHING, Contents, contents_of
from playbook.site.pages import pages_of
from playbook.views.narrowing import Selection

ROOT = Path(__file__).resolve().parents[2]


def contents(folder: Path, selection: Selection = EVERYTHING) -> Contents:
    """What a site of a folder shows."""
    every = [each for each in compile_paths([folder], folder) if each.checked]
    return contents_of(every, results_of(every, Settings(home=folder)), selection)


def site(folder: Path, selection: Selection = EVERYTHING) -> dict[str, bytes]:
    """The files of a site of a folder."""
    return build_all(pages_of(contents(folder, selection)))


def put(files: dict[str, bytes], folder: Path) -> Path:
    """Write the files below a folder, as they are."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def workspace(folder: Path, files: dict[str, str]) -> Path:
    """A workspace of some documents."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def with_texts(texts: list[str]) -> dict[str, str]:
    """A workspace in which each place that takes a text for people has each of the texts once."""

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    roles = "".join(f"  role_{at}: {{title: {quoted(text)}, team: team_{at}}}\n" for at, text in enumerate(texts))
    teams = "".join(f"  team_{at}: {{title: {quoted(text)}}}\n" for at, text in enumerate(texts))
    kpis = "".join(
        f"  kpi_{at}: {{title: {quoted(text)}, kind: rate, description: {quoted(text)}, target: {quoted(text)}, "
        f"numerator: {quoted(text)}, denominator: {quoted(text)}, owner: role_{at}}}\n"
        for at, text in enumerate(texts)
    )
    stages = "".join(_stage(at, quoted(text)) for at, text in enumerate(texts))
    title = quoted(texts[0])
    return {
        "organization.yaml": f"organization: acme\ntitle: {title}\nteams:\n{teams}roles:\n{roles}",
        "metrics.yaml": f"metrics: numbers\nkpis:\n{kpis}",
        "onboarding.yaml": f"playbook: onboarding\ntitle: {title}\ndescription: {title}\n"
        f"outcome: {{statement: {title}}}\n"
        f"ends: {{done: {{title: {title}, success: true}}}}\nstages:\n{stages}",
    }


def _stage(at: int, text: str) -> str:
    return (
        f"  - id: stage_{at}\n    title: {text}\n    goal: {text}\n"
        f"    enter: {{check: step_{at}.completed, title: {text}}}\n"
        f"    raci: {{A: role_{at}, R: role_{at}}}\n"
        f"    steps:\n      - {{id: step_{at}, do: {text}, description: {text}, checklist: [{text}]}}\n"
    )
