"""Rules about calendars: what they name must exist, and somebody must work some time."""

from __future__ import annotations

import pytest
from lint_samples import Samples, shown

from playbook.lint.examples import SAMPLE


def findings(samples: Samples, *keys: str) -> list[str]:
    text = "calendar: office\n" + "".join(f"{key}\n" for key in keys)
    found = samples.check({**{f"{kind}.yaml": text for kind, text in SAMPLE.items()}, "calendar.yaml": text})
    return [shown(finding) for finding in found if finding.code.startswith("CAL")]


@pytest.mark.parametrize(
    ("keys", "message", "suggestion"),
    [
        (["country: UK"], None, None),
        (["country: XQ"], "no public holidays are known of a country 'XQ'", None),
        (["country: EN"], "no public holidays are known of a country 'EN'", "GB"),
        (["country: DE", "subdivision: DE-BY"], "no subdivision 'DE-BY' of DE", "BY"),
        (["country: DE", "subdivision: Bayern"], None, None),
        (["country: DE", "subdivision: Bayrn"], "no subdivision 'Bayrn' of DE", "Bayern"),
        (["country: FR", "subdivision: XX"], "no subdivision 'XX' of FR", None),
        (["subdivision: BY"], "the subdivision 'BY' has no country", None),
        (["time_zone: berlin"], "there is no time zone 'berlin'", "Europe/Berlin"),
        (["time_zone: America/New York"], "there is no time zone 'America/New York'", "America/New_York"),
        (["time_zone: UTC"], None, None),
        (["time_zone: ../../etc/passwd"], "there is no time zone '../../etc/passwd'", None),
        (["working_hours: 17:00-09:00"], "the working hours '17:00-09:00' have no time", "09:00-17:00"),
        (["working_hours: 09:00-09:00"], "the working hours '09:00-09:00' have no time", None),
        (["working_hours: 09:00-24:30"], "the working hours '09:00-24:30' end after midnight", None),
        (["working_hours: 00:00-24:00"], None, None),
        (["closures: [2026-12-24, {from: 2026-12-31, until: 2026-12-30}]"], "a closure ends on 2026-12-30", None),
        (["closures: [{from: 2026-12-31, until: 2026-12-31}]"], None, None),
        (["working_days: []"], "the calendar has no working days", None),
        (["working_days: [sun, mon]", "windows: {deploy: [sun]}"], None, None),
        (["windows: {deploy: [sat], test: [fri, sat]}"], 'the change window "deploy" is never open', None),
        (["windows: {deploy: []}"], 'the change window "deploy" is never open: it has no days', None),
    ],
)
def test_what_a_calendar_cannot_mean(
    keys: list[str], message: str | None, suggestion: str | None, samples: Samples
) -> None:
    found = findings(samples, *keys)
    assert len(found) == (message is not None), found
    if message is not None:
        assert message in found[0]
        assert ("suggestion: " in found[0]) == (suggestion is not None), found[0]
        assert suggestion is None or f"suggestion: {suggestion}\n" in found[0]
