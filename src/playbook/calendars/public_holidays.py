"""Public holidays by country and subdivision, as the ``holidays`` package knows them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from playbook.calendars.days import FIRST_YEAR, LAST_YEAR

_NAMES_IN = "en_US"


@lru_cache(maxsize=64)
def public_holidays(country: str | None, subdivision: str | None = None) -> Mapping[date, str]:
    """The public holidays with their names (in English where the package has them), in order.

    A holiday that is kept on another day, since it falls on a weekend, is there on that day too. Nothing for no
    country and for one that the package does not know; of a subdivision that it does not know, the country's.
    Most countries are known up to the year 2100.
    """
    if country is None or country not in countries():
        return {}
    import holidays

    known = subdivision if subdivision in subdivisions(country) else None
    language = _NAMES_IN if _NAMES_IN in _languages(country) else None
    with warnings.catch_warnings():
        # Some countries are known for fewer years than others, and say so aloud.
        warnings.simplefilter("ignore")
        found = holidays.country_holidays(
            country, subdiv=known, years=range(FIRST_YEAR, LAST_YEAR + 1), observed=True, language=language
        )
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The codes of the countries whose holidays are known (ISO 3166-1 alpha-2)."""
    return frozenset(code for code in _supported() if len(code) == 2)


@lru_cache(maxsize=256)
def subdivisions(country: str) -> tuple[str, ...]:
    """The subdivisions of a country that have holidays of their own: codes first, then other names of them."""
    if country not in countries():
        return ()
    import holidays

    entity = holidays.country_holidays(country)
    return tuple(dict.fromkeys((*entity.subdivisions, *entity.subdivisions_aliases)))


@lru_cache(maxsize=1)
def _supported() -> Mapping[str, list[str]]:
    import holidays

    found: Mapping[str, list[str]] = holidays.list_supported_countries(include_aliases=True)
    return found


def _languages(country: str) -> tuple[str, ...]:
    import holidays

    # Without a language the package asks the environment, and the same playbook would read otherwise elsewhere.
    return tuple(holidays.country_holidays(country).supported_languages)
