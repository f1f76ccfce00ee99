"""A reader that others wrote, run by Node on many texts at once."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

ORACLES = Path(__file__).parent / "oracles"


def answers_of(script: str, texts: dict[str, str]) -> dict[str, Any]:
    """What a script of tests/oracles says of each text, by its name."""
    done = subprocess.run(
        ["node", script],
        cwd=ORACLES,
        input=json.dumps(texts).encode(),
        capture_output=True,
        timeout=300,
        check=True,
    )
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers
