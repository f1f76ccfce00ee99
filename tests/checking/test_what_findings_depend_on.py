"""Each thing that findings in another file depend on: when it changes, they are looked for again; else not."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from checking_samples import TODAY, told, write_workspace

from playbook.checking.check import check
from playbook.checking.settings import Settings
from playbook.compiler import assembly
from playbook.compiler.opening import Opening
from playbook.compiler.part import Part
from playbook.compiler.surroundings import Surroundings

_FOLLOWER = """\
playbook: follower
scope: programme
ends: {done: {title: Done, success: true}}
stages:
  - id: follow
    enter: deal.closed_won
    exit: account.active_seats >= 5
    raci: {A: csm, R: csm}
    steps:
      - {id: read_it, do: Read what is known, needs: account.use_case}
      - {id: rescue_it, do: Rescue it, run: {playbook: rescue, version: 2.0.0, give: {brief: account.use_case}}}
"""


class Checks:
    """Checks of one folder: with what is kept, and from scratch."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "work"
        self._cache = folder / "cache"
        write_workspace(self.root)
        self.write("follower.yaml", _FOLLOWER)

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8", newline="\n")

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.root / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def of_follower(
        self, day: datetime.date = TODAY, **more: tuple[str, ...]
    ) -> list[tuple[str, str, str, str | None]]:
        """The findings in the file that nobody edits, which are those of a check from scratch."""
        settings = Settings(as_of=day, home=self.root, **more)  # type: ignore[arg-type]
        kept = check([self.root], self.root, settings, cache=self._cache)
        fresh = check([self.root], self.root, settings, cache=None)
        assert told(kept) == told(fresh)
        found = [finding for finding in kept.findings if finding.place.file == "follower.yaml"]
        return [(each.code, each.severity.value, each.message, each.expected) for each in found]


@pytest.fixture
def checks(tmp_path: Path) -> Checks:
    return Checks(tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param("playbook.yaml", "captures: account.use_case", "description: None", id="yielded elsewhere"),
        pytest.param("playbook_2.yaml", "playbook: rescue", "playbook: rescued", id="an id that is gone"),
        pytest.param("playbook_2.yaml", "version: 2.0.0", "version: 3.0.0", id="a version that is run"),
        pytest.param("playbook_2.yaml", "needs: brief}\nends", "needs: [brief, list]}\nends", id="an interface"),
        pytest.param("organization.yaml", "  csm:", "  manager:", id="a role"),
        pytest.param("tracking.yaml", "account.active_seats: {", "account.seats: {", id="a field"),
        pytest.param("tracking.yaml", "type: integer", "type: text", id="the type of a field"),
        pytest.param("playbook.toml", "team", "certified", id="the profile"),
        pytest.param("playbook.toml", 'profile = "team"', '[severity]\nREF005 = "info"', id="a severity"),
    ],
)
def test_a_change_elsewhere_is_seen(checks: Checks, name: str, old: str, new: str) -> None:
    if "severity" in new:
        checks.replace("playbook_2.yaml", "version: 2.0.0", "version: 3.0.0")
    before = checks.of_follower()
    checks.replace(name, old, new)
    assert checks.of_follower() != before
    checks.replace(name, new, old)
    assert checks.of_follower() == before


def test_a_name_that_a_mistake_elsewhere_may_hide(checks: Checks) -> None:
    checks.replace("follower.yaml", "enter: deal.closed_won", "enter: first_sight.reached")
    unknown = checks.of_follower()
    assert any("first_sight" in message for _, _, message, _ in unknown)
    # It may be what the other playbook declares where it cannot be read.
    checks.replace(
        "playbook.yaml", "  first_value: {event: account.first_report, raci: {A: csm}}", "  first_sight: 12"
    )
    assert not any("first_sight" in message for _, _, message, _ in checks.of_follower())


def test_a_playbook_that_comes_and_goes(checks: Checks) -> None:
    checks.replace("follower.yaml", "playbook: rescue,", "playbook: second,")
    before = checks.of_follower()
    checks.write(
        "second.yaml", (checks.root / "playbook_2.yaml").read_text(encoding="utf-8").replace("rescue", "second")
    )
    assert checks.of_follower() != before
    (checks.root / "second.yaml").unlink()
    assert checks.of_follower() == before


def test_the_names_of_all_playbooks(checks: Checks) -> None:
    checks.replace("follower.yaml", "playbook: rescue,", "playbook: nobody,")
    before = checks.of_follower()
    checks.replace("playbook_3.yaml", "playbook: renewal", "playbook: upsell")
    assert checks.of_follower() != before


def test_the_day_and_the_chosen_rules(checks: Checks) -> None:
    checks.replace("follower.yaml", "playbook: follower", "playbook: follower\nreview: {next: 2026-11-01}")
    checks.replace("playbook.toml", "team", "certified")
    today = checks.of_follower()
    assert checks.of_follower(datetime.date(2027, 6, 1)) != today
    assert checks.of_follower(select=("CRT",)) != today
    assert checks.of_follower(ignore=tuple({code for code, *_ in today})) == []
    assert checks.of_follower() == today


def test_a_comment_and_a_baseline(checks: Checks) -> None:
    checks.replace("follower.yaml", "playbook: rescue,", "playbook: resceu,")
    before = checks.of_follower()
    checks.replace(
        "follower.yaml", "playbook: resceu,", "playbook: resceu,  # playbook: ignore[REF002] reason: soon\n       "
    )
    suppressed = checks.of_follower()
    assert suppressed != before
    checks.write("playbook.toml", 'profile = "team"\nbaseline = "known.json"\n')
    checks.write("known.json", "{}")
    damaged = checks.of_follower()
    checks.write("known.json", '{"version": 1, "findings": []}')
    checks.of_follower()
    assert damaged == suppressed


def test_nothing_but_the_changed_playbook_is_compiled(checks: Checks, monkeypatch: pytest.MonkeyPatch) -> None:
    checks.of_follower()
    compiled: list[str] = []
    original = assembly.compile_part

    def noted(opening: Opening, surroundings: Surroundings) -> Part:
        compiled.append(opening.document.name)
        return original(opening, surroundings)

    monkeypatch.setattr(assembly, "compile_part", noted)
    settings = Settings(as_of=TODAY, home=checks.root)
    checks.replace("playbook_3.yaml", "Ask how it is", "Ask how it goes")
    check([checks.root], checks.root, settings, cache=checks.root.parent / "cache")
    assert [name for name in compiled if name.startswith(("playbook", "follower"))] == ["playbook_3.yaml"]
    compiled.clear()
    check([checks.root], checks.root, settings, cache=checks.root.parent / "cache")
    assert compiled == []
    # Those that run it are looked at again, since they may see all of it.
    checks.replace("playbook_2.yaml", "Call the customer", "Call them")
    check([checks.root], checks.root, settings, cache=checks.root.parent / "cache")
    assert {name for name in compiled if name.startswith(("playbook", "follower"))} == {
        "playbook.yaml",
        "playbook_2.yaml",
        "playbook_3.yaml",
        "follower.yaml",
    }
