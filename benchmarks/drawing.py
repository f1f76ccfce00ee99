"""Measures how long pictures, papers and pages take, beside Graphviz drawing the same diagrams.

python benchmarks/drawing.py            # some minutes, written into docs/performance.md
python benchmarks/drawing.py --quick    # a site of 5 playbooks, printed only
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import write_workspace
from page import write_part

from playbook.compiler.compile import compile_paths
from playbook.formats.registry import FORMATS, Format
from playbook.shapes.diagram import Diagram
from playbook.views.registry import VIEWS, View
from playbook.views.subject import Subject

EXPORT_GOAL = 5.0
"""Seconds for all views of a playbook of 49 steps in all formats."""
SITE_GOAL = 20.0
"""Seconds for the site of 50 playbooks."""
PAGE_GOAL = 500
"""Kilobytes of the heaviest page."""
RUNS = 3


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def process(*arguments: str | Path) -> float:
    """A whole process of playbook; its seconds."""
    command = [sys.executable, "-m", "playbook", *map(str, arguments)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    return seconds(lambda: subprocess.run(command, check=True, env=environment, capture_output=True))


def subject_below(folder: Path) -> Subject:
    (compiled,) = compile_paths([folder], folder)
    return Subject(compiled.playbooks[0], compiled.workspace)


# -- one playbook --------------------------------------------------------------------------------


def exports(folder: Path) -> tuple[float, int]:
    """The median of some whole exports, and how many files each writes."""
    times = []
    for run in range(RUNS):
        times.append(process("export", "--all", "-C", folder, "-o", folder.parent / f"build{run}"))
    written = [path for path in (folder.parent / "build0").rglob("*") if path.is_file()]
    return statistics.median(times), len(written)


def by_format(subject: Subject) -> list[str]:
    """Rows of a table: milliseconds for every view in every format, in one process, one after the other."""
    rows = ["| view | " + " | ".join(FORMATS) + " |", "|---|" + "--:|" * len(FORMATS)]
    for view in VIEWS.values():
        cells = [_milliseconds(view, form, subject) for form in FORMATS.values()]
        rows.append(f"| {view.name} | " + " | ".join(cells) + " |")
    return rows


def _milliseconds(view: View, form: Format, subject: Subject) -> str:
    """What writing takes, as text; a blank where the format cannot show the view."""
    shape = view.shape_for(form.takes)
    if shape is None:
        return ""
    shown = view.build(shape, subject)
    return f"{seconds(lambda: form.write(shown)) * 1000:,.0f}"


# -- beside Graphviz -----------------------------------------------------------------------------


def beside_graphviz(subject: Subject) -> list[str]:
    """Rows of a table: our layout and Graphviz's dot for the same diagrams, as SVG."""
    import pygraphviz

    from playbook.formats.drawing import scene_of
    from playbook.formats.svg import svg_text

    rows = [
        "| diagram | ours, ms | Graphviz, ms | ratio | ours, width : height | Graphviz |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name in ("overview", "journey", "swimlanes"):
        diagram = VIEWS[name].build("diagram", subject)
        assert isinstance(diagram, Diagram)
        scene_of.cache_clear()
        ours = seconds(lambda diagram=diagram: svg_text(scene_of(diagram)))  # type: ignore[misc]
        scene = scene_of(diagram)
        dot = FORMATS["dot"].write(diagram).decode()
        graph = pygraphviz.AGraph(string=dot)
        theirs = seconds(lambda graph=graph: graph.draw(format="svg", prog="dot"))  # type: ignore[misc]
        graph.layout(prog="dot")
        left, bottom, right, top = map(float, graph.graph_attr["bb"].split(","))
        rows.append(
            f"| {name} | {ours * 1000:,.0f} | {theirs * 1000:,.0f} | {ours / theirs:.2f} × "
            f"| {scene.width / scene.height:.2f} | {(right - left) / (top - bottom):.2f} |"
        )
    return rows


# -- the site ------------------------------------------------------------------------------------


def site(folder: Path, count: int) -> tuple[float, int, float]:
    """Seconds for the site of so many playbooks, its number of pages, and the heaviest in kilobytes."""
    write_workspace(folder / "many", count)
    took = process("site", "-C", folder / "many", "-o", folder / "site")
    pages = [path.stat().st_size / 1000 for path in (folder / "site").rglob("*.html")]
    return took, len(pages), max(pages)


def report(count: int) -> str:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_workspace(folder / "one", 1)
        subject = subject_below(folder / "one")
        whole, files = exports(folder / "one")
        took, pages, heaviest = site(folder, count)
        by_format(subject)  # what is loaded once for all is not the time of the first
        rows = [*by_format(subject), "", *beside_graphviz(subject)]
    goals = [
        "| goal | measured | |",
        "|---|--:|---|",
        _goal(
            f"all views of 49 steps in all formats ({files} files): at most {EXPORT_GOAL:g} s",
            whole,
            EXPORT_GOAL,
            "s",
        ),
        _goal(f"site of {count} playbooks ({pages} pages): at most {SITE_GOAL:g} s", took, SITE_GOAL, "s"),
        _goal(f"heaviest page: at most {PAGE_GOAL} kB", heaviest, PAGE_GOAL, "kB"),
    ]
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    head = f"Python {platform.python_version()} on {machine}."
    told = "Milliseconds for one playbook of 49 steps, one after the other in one process:"
    return "\n".join([head, "", *goals, "", told, "", *rows])


def _goal(words: str, measured: float, goal: float, unit: str) -> str:
    return f"| {words} | {measured:,.1f} {unit} | {'reached' if measured <= goal else 'not reached'} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer playbooks, printed only")
    quick = parser.parse_args().quick
    text = report(5 if quick else 50)
    print(text)
    if not quick:
        write_part("drawing.py", "Pictures, papers and pages", text)


if __name__ == "__main__":
    main()
