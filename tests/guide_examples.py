"""The examples of the language guide, each as the files of a workspace.

The words behind ``yaml`` at a fence say what an example is: ``whole`` workspace, the ``base`` of the guide,
``over base`` (its keys take the place of the base playbook's), or ``in <stage>`` (of the keys of that stage
of the base). A part that begins with a kind of document is a file of its own. ``gives`` names the findings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from playbook.language.documents import KINDS
from playbook.lint.examples import _laid_over as laid_over

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "language" / "guide.md"
_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_INFO = re.compile(r"yaml (?P<place>whole|base|over base|in (?P<stage>\w+))(?: gives (?P<codes>[A-Z0-9, ]+))?")
_STAGE_INDENT = " " * 4


@dataclass(frozen=True)
class Example:
    """A fenced block of the guide."""

    heading: str
    number: int
    place: str
    stage: str | None
    gives: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{self.heading} {self.number}"


def fences(text: str) -> list[tuple[str, str]]:
    """Every fenced block of a text: its info string and its content."""
    return [(match["info"], match["text"]) for match in _FENCE.finditer(text)]


def examples(text: str) -> Iterator[Example]:
    """Every example of the guide."""
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        heading = section.partition("\n")[0]
        for number, (info, content) in enumerate(fences(section), 1):
            match = _INFO.fullmatch(info)
            assert match, f"{heading}: a fence must say what its example is, not {info!r}"
            codes = tuple(code.strip() for code in (match["codes"] or "").split(",") if code)
            yield Example(heading, number, match["place"], match["stage"], codes, content)


def files_of(example: Example, base: dict[str, str]) -> dict[str, str]:
    """The files of the workspace that an example stands for, by name."""
    files = {} if example.place in ("whole", "base") else dict(base)
    for part in re.split(r"^---\n", example.text, flags=re.MULTILINE):
        keys = re.findall(r"^([a-z_]+):", part, re.MULTILINE)
        if keys[0] in KINDS and (keys[0] == "playbook" or "stages" not in keys):
            files[_file_name(part, keys[0])] = part
        elif example.stage is not None:
            files["playbook.onboarding.yaml"] = _in_stage(files["playbook.onboarding.yaml"], example.stage, part)
        else:
            files["playbook.onboarding.yaml"] = laid_over(files["playbook.onboarding.yaml"], part)
    return files


def _file_name(part: str, kind: str) -> str:
    """Of playbooks and calendars there may be several; of the other kinds the guide has one each."""
    id_ = part.partition("\n")[0].partition(":")[2].strip()
    return f"{kind}.{id_}.yaml" if kind in ("playbook", "calendar") else f"{kind}.yaml"


def _in_stage(playbook: str, stage: str, part: str) -> str:
    """The playbook with the keys of ``part`` in one of its stages."""
    match = re.search(rf"^  - id: {stage}\n(?P<keys>(?:{_STAGE_INDENT}.*\n)+)", playbook, re.MULTILINE)
    assert match, f"the base has no stage {stage}"
    keys = re.sub(rf"^{_STAGE_INDENT}", "", match["keys"], flags=re.MULTILINE)
    edited = indent(laid_over(keys, part), _STAGE_INDENT)
    return playbook[: match.start("keys")] + edited + playbook[match.end("keys") :]
