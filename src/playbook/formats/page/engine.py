"""Templates: everything that is put into one is escaped, unless it is markup that was made here."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

HERE = "playbook.formats.page"
# HTML has no place for them, not even escaped; bidirectional overrides would turn the lines around them.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def clean(text: str) -> str:
    """A text without the characters that no page can hold."""
    return _FORBIDDEN.sub("\ufffd", text)


def render(template: str, packages: tuple[str, ...] = (), /, **values: object) -> str:
    """A page made of a template of this package, or of one of the ``packages``, which come first."""
    return _environment((*packages, HERE)).get_template(template).render(**values)


def markup(template: str, packages: tuple[str, ...] = (), /, **values: object) -> Markup:
    """A part of a page, to be put into another template as it is."""
    from markupsafe import Markup

    return Markup(render(template, packages, **values))


def asset(name: str) -> str:
    """A file of style or script."""
    return resources.files(HERE).joinpath("assets", name).read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def _environment(packages: tuple[str, ...]) -> Environment:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _printed(value: object) -> object:
    """What stands in the place of a value: texts without what a page cannot hold."""
    if hasattr(value, "__html__"):
        return value
    return "" if value is None else clean(str(value))
