"""Workspaces of real documents, and ways to spoil them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from hypothesis import strategies as st

REPOSITORY = Path(__file__).parents[2]
NASTY = [
    "null",
    "~",
    "[]",
    "{}",
    "''",
    "-1",
    "1e999",
    ".nan",
    "0x7f",
    "true",
    "yes",
    "'🙂'",
    "x" * 1_000,
    "9" * 5_000,
    "[[]]",
    "{a: {b: c}}",
    "&a [*a]",
    "*nowhere",
    "&a {<<: {x: 1}}",
    "{<<: [1, 2]}",
    "!!python/object:os.system {}",
    "!!binary aGk=",
    "|\n        two\n        lines",
    '"\\e[31m\\n\\t\\0"',
    "a.b and and c.d",
    "5m after nothing",
    "..",
    "not-an-id",
    "[csm, csm, csm]",
    "{any_of: []}",
    "2026-13-45",
    "50% between a and b",
    "%YAML 1.1",
    "# gone",
    ": :",
    "? ?",
    "- -",
]
LINES = [
    "",
    "---",
    "...",
    "\t",
    "  ",
    "x: 1",
    "  - id: x",
    "<<: *a",
    "%TAG ! tag:x,2000:",
    "playbook: two",
    "stages: []",
    "ends: 5",
    "!",
    "&a",
    "# note",
    "\ufeff",
    "\x85",
    "🙂: 🙂",
]


def workspaces() -> dict[str, dict[str, str]]:
    """Every workspace that ships: the templates, the playbooks and the examples."""
    found: dict[str, dict[str, str]] = {}
    for name in ("self_serve", "mid_market", "enterprise"):
        folder = resources.files("playbook.templates").joinpath(name)
        found[name] = {
            part: folder.joinpath(part).read_text(encoding="utf-8")
            for part in ("organization.yaml", "tracking.yaml", "onboarding.yaml")
        }
    for parent in ("playbooks", "examples"):
        for config in sorted((REPOSITORY / parent).rglob("playbook.toml")):
            folder = config.parent
            found[folder.relative_to(REPOSITORY).as_posix()] = {
                path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
                for path in sorted(folder.rglob("*.yaml"))
            }
    return found


@st.composite
def spoiled(draw: st.DrawFn, text: str) -> bytes:
    """A text with one to four mistakes: in its lines, in its values, or in its bytes."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        if not lines:
            break
        at = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        how = draw(
            st.sampled_from(["drop", "double", "swap", "value", "value", "value", "key", "line", "indent", "cut"])
        )
        if how == "drop":
            del lines[at]
        elif how == "double":
            lines.insert(at, lines[at])
        elif how == "swap":
            lines[at], lines[other] = lines[other], lines[at]
        elif how == "value":
            lines[at] = lines[at].split(":")[0] + ": " + draw(st.sampled_from(NASTY))
        elif how == "key":
            lines[at] = lines[at].replace(":", "s:", 1)
        elif how == "line":
            lines.insert(at, draw(st.sampled_from(LINES)))
        elif how == "indent":
            lines[at] = draw(st.sampled_from([" ", "  ", "    ", "\t"])) + lines[at]
        else:
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
    data = "\n".join(lines).encode()
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 3))
        data = data[:place] + draw(st.binary(max_size=3)) + data[place + length :]
    return data
