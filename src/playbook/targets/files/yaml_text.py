"""Plain data → YAML that readers of YAML 1.1 and of 1.2 understand alike.

PyYAML and others read ``no``, ``12:30`` or ``1e3`` as something else than text, so every text that is not plainly
words is in quotes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

_WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[ ./-][A-Za-z0-9_]+)*\Z")
_NOT_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
_HALVES = re.compile("[\ud800-\udfff]")


def yaml_bytes(value: Any, comments: Iterable[str] = ()) -> bytes:
    """One YAML document in UTF-8, keys in the order in which they were put, below some lines of comment."""
    from ruamel.yaml import YAML
    from ruamel.yaml.representer import RoundTripRepresenter

    class Representer(RoundTripRepresenter):
        """Texts in double quotes unless they are plainly words."""

        def text(self, text: str) -> Any:
            text = _HALVES.sub("\ufffd", text)
            plain = _WORDS.match(text) and text.lower() not in _NOT_WORDS
            return self.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')

        def ignore_aliases(self, data: Any) -> bool:
            """The same list in two places is written twice."""
            del data
            return True

    Representer.add_representer(str, Representer.text)
    yaml = YAML()
    yaml.Representer = Representer
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    for comment in comments:
        out.write(f"# {_HALVES.sub('', ' '.join(comment.split()))}\n")
    yaml.dump(value, out)
    return out.getvalue().encode()
