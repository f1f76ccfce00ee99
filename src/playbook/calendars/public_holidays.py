"""Public holidays by country and subdivision, as the ``holidays`` package knows them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from playbook.calendars.years import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from holidays import HolidayBase

_NAMES_IN = "en_US"


@lru_cache(maxsize=64)
def public_holidays(country: str | None, subdivision: str | None = None) -> Mapping[date, str]:
    """The public holidays with their names (in English where the package has them), in order.

    A holiday that is kept on another day, since it falls on a weekend, is there on that day too. Nothing for no
    country and for one that the package does not know; of a subdivision that it does not know, the country's.
    Most countries are known up to the year 2100.
    """
    entity = _entity(country) if country is not None else None
    if country is None or entity is None:
        return {}
    import holidays

    known = subdivision if subdivision in subdivisions(country) else None
    # Without a language the package asks the environment, and the same playbook would read otherwise elsewhere.
    language = _NAMES_IN if _NAMES_IN in entity.supported_languages else None
    with warnings.catch_warnings():
        # Some countries are known for fewer years than others, and say so aloud.
        warnings.simplefilter("ignore")
        found = holidays.country_holidays(
            country, subdiv=known, years=range(FIRST_YEAR, LAST_YEAR + 1), observed=True, language=language
        )
    return dict(sorted(found.items()))


def is_country(code: str) -> bool:
    """Whether the public holidays of a country are known, by its code of two letters (ISO 3166-1)."""
    return _entity(code) is not None


def subdivision_codes(country: str) -> tuple[str, ...]:
    """The subdivisions of a country whose holidays are known, by their codes."""
    entity = _entity(country)
    return tuple(entity.subdivisions) if entity is not None else ()


def subdivisions(country: str) -> tuple[str, ...]:
    """The same codes, and other names of them."""
    entity = _entity(country)
    return (*subdivision_codes(country), *entity.subdivisions_aliases) if entity is not None else ()


@lru_cache(maxsize=256)
def _entity(country: str) -> HolidayBase | None:
    """What the package knows of a country, without any year. Only the module of that country is loaded."""
    import holidays

    try:
        return holidays.country_holidays(country)
    except NotImplementedError:
        return None
