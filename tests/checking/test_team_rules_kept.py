"""Rules of a team's own with what is kept from run to run: a rule that changes is applied anew everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from checking_samples import TODAY, told, write_workspace

from playbook.checking.check import check
from playbook.checking.session import Session
from playbook.checking.settings import Settings

RULE = """\
rules: acme
checks:
  ACME001:
    select: step
    where: step.touch.given
    require: step.touch.kind == "email"
    message: "{step.id} is not done by mail"
  ACME002:
    select: role
    require: role.description.given
    message: "{role.id} is not described"
"""


class Both:
    """Checks of one folder with what is kept, from scratch, and in a session that goes on."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "work"
        self._cache = folder / "cache"
        write_workspace(self.root)
        self._settings = Settings(as_of=TODAY, home=self.root)
        self._session = Session(self.root, self._settings)

    def write(self, text: str | None) -> None:
        path = self.root / "rules.yaml"
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8", newline="\n")

    def found(self) -> list[str]:
        """What the team's rules find, which is the same each way."""
        kept = check([self.root], self.root, self._settings, cache=self._cache)
        again = check([self.root], self.root, self._settings, cache=self._cache)
        fresh = check([self.root], self.root, self._settings, cache=None)
        for path in self.root.iterdir():
            self._session.update(path, None)
        going_on = self._session.results([self.root])
        assert told(kept) == told(again) == told(fresh) == told(going_on)
        assert kept.rules == again.rules == fresh.rules == going_on.rules
        return [f"{each.code} {each.message}" for each in kept.findings if each.code.startswith("ACME")]


@pytest.fixture
def both(tmp_path: Path) -> Both:
    return Both(tmp_path)


def test_a_rule_that_comes_changes_and_goes(both: Both) -> None:
    assert both.found() == []
    both.write(RULE)
    first = both.found()
    assert "ACME001 run_kickoff is not done by mail" in first
    assert "ACME002 csm is not described" in first
    both.write(RULE.replace('"email"', '"call"').replace("is not done by mail", "is no call"))
    second = [each for each in both.found() if "ACME001" in each]
    assert second == ["ACME001 connect_data is no call"]
    both.write(RULE.replace("role.description", "role.team"))
    assert both.found() == [each for each in first if "ACME001" in each]
    both.write(None)
    assert both.found() == []


def test_a_severity_that_changes(both: Both) -> None:
    both.write(RULE)
    both.found()
    both.write(RULE.replace("    select: step\n", "    select: step\n    severity: error\n"))
    both.found()
    results = check([both.root], both.root, Settings(as_of=TODAY, home=both.root), cache=None)
    assert {each.severity.value for each in results.findings if each.code == "ACME001"} == {"error"}
    assert results.rules["ACME001"].severity.value == "error"


def test_a_rule_that_breaks_and_is_mended(both: Both) -> None:
    both.write(RULE)
    first = both.found()
    both.write(RULE.replace("step.touch.kind ==", "step.tuoch.kind =="))
    assert both.found() == [each for each in first if "ACME002" in each]
    both.write("rules: [")
    assert both.found() == []
    both.write(RULE)
    assert both.found() == first


def test_other_files_that_were_asked_for(both: Both) -> None:
    """A rule holds for a file that is checked alone, and tells only of that."""
    both.write(RULE)
    settings = Settings(as_of=TODAY, home=both.root, select=("ACME",))
    results = check([both.root / "playbook.yaml"], both.root, settings, cache=None)
    assert {each.place.file for each in results.findings} == {"playbook.yaml"}
    assert {each.code for each in results.findings} == {"ACME001"}


def test_a_session_sees_the_day_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor stays open over night."""
    write_workspace(tmp_path)
    rule = RULE.partition("  ACME001")[0] + (
        "  ACME001:\n    select: playbook\n    where: playbook.effective.given\n"
        "    require: days_since(playbook.effective.since) < 1\n    message: '{playbook.id} is old'\n"
    )
    (tmp_path / "rules.yaml").write_text(rule, encoding="utf-8", newline="\n")
    playbook = tmp_path / "playbook_3.yaml"
    text = playbook.read_text(encoding="utf-8") + f"effective: {{from: {TODAY}}}\n"
    playbook.write_text(text, encoding="utf-8", newline="\n")
    today = [TODAY]
    monkeypatch.setattr(Settings, "today", property(lambda _: today[0]))
    session = Session(tmp_path, Settings(home=tmp_path))
    assert "ACME001" not in [finding.code for finding in session.results([tmp_path]).findings]
    today[0] = TODAY.replace(day=TODAY.day + 1)
    assert "ACME001" in [finding.code for finding in session.results([tmp_path]).findings]
