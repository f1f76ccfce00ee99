"""Measures how long an editor waits for findings: from a keystroke to the diagnostics of `playbook lsp`.

    python benchmarks/lsp.py            # workspaces of 1 and 300 playbooks
    python benchmarks/lsp.py --quick    # of 1 and 50

A real server is spoken to over its pipes. A playbook of 49 steps is open; each keystroke breaks a reference in
another way, so that each is answered by diagnostics. Measured with the pause that the server waits for
the next keystroke, and without it.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "editor"))

from client import Editor
from generate import write_workspace
from page import write_part

GOAL = 100
"""Milliseconds, the median without the pause."""
KEYSTROKES = 30


def latencies(root: Path, pause: float) -> list[float]:
    """Milliseconds from each keystroke to its diagnostics."""
    file = next(path for path in sorted(root.rglob("*.yaml")) if path.read_text().startswith("playbook:"))
    text = file.read_text()
    found = []
    with Editor(root, pause=pause) as editor:
        document = editor.open(file.relative_to(root).as_posix(), text)
        editor.checked(document)
        for number in range(KEYSTROKES):
            before = len(editor.publications)
            start = time.perf_counter()
            # Another text each time, so that nothing is remembered.
            editor.change(document, re.sub(r"accountable: (\w+)", rf"accountable: \1_{number}", text, count=1))
            version = document.version
            editor.wait(
                lambda before=before, version=version: any(
                    params.get("version") == version for _, params in editor.publications[before:]
                ),
                "diagnostics",
            )
            arrived = next(at for at, params in editor.publications[before:] if params.get("version") == version)
            found.append((arrived - start) * 1000)
    return found


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description="How long an editor waits for findings.")
    parser.add_argument("--quick", action="store_true", help="smaller workspaces, printed only")
    quick = parser.parse_args().quick
    lines = ["| workspace | pause | median ms | 95 % within ms | goal |", "|---|--:|--:|--:|---|"]
    for size in (1, 50) if quick else (1, 300):
        with tempfile.TemporaryDirectory() as folder:
            write_workspace(Path(folder), size)
            for pause in (0, 0.15):
                found = sorted(latencies(Path(folder), pause))
                median, slowest = statistics.median(found), found[int(len(found) * 0.95)]
                verdict = f"at most {GOAL}: {'reached' if median <= GOAL else 'not reached'}" if pause == 0 else ""
                name = f"{size} playbook{'s' if size > 1 else ''}"
                lines.append(f"| {name} | {pause * 1000:.0f} ms | {median:.0f} | {slowest:.0f} | {verdict} |")
    report = f"{KEYSTROKES} keystrokes each, from the change of a text to its diagnostics.\n\n" + "\n".join(lines)
    print(report)
    if not quick:
        write_part("lsp.py", "In the editor", report)


if __name__ == "__main__":
    main()
