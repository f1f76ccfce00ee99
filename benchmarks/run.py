"""Measures `playbook check` beside other readers of the same files, all in one run.

    python benchmarks/run.py            # 1, 300 and 3,000 playbooks; writes docs/performance.md
    python benchmarks/run.py --quick    # 1 and 50 playbooks; prints only

Every contender is run the way people run it: one whole process over the whole workspace, its output thrown
away. `playbook check` is measured three times: for the first time, when nothing is kept from an earlier run;
with nothing changed since; and with one playbook changed. The repetitions take turns (first all contenders
once, then all again), so that a machine that slows down slows them alike; the median counts. The floor, bare
compose, is what libyaml needs to build the node tree of the same files through PyYAML, measured inside its
process without the start of Python.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from generate import STEPS_PER_PLAYBOOK, write_workspace
from page import write_part

REPOSITORY = Path(__file__).resolve().parents[1]
SCHEMA = REPOSITORY / "schemas" / "playbook.schema.json"

# Slow contenders stop here: minutes of waiting would say nothing that the smaller sizes don't say.
LARGEST_FOR_OTHERS = 300

CHECK = "playbook check"
UNCHANGED = "playbook check, nothing changed"
CHANGED = "playbook check, one changed"
YAMLLINT = "yamllint"
RELAXED = "yamllint -d relaxed"
SCHEMA_CHECK = "check-jsonschema"
COMPOSE = "compose, PyYAML on libyaml"
RUAMEL = "compose, ruamel.yaml on libyaml"

COMPOSE_PROGRAM = """
import sys, time
from pathlib import Path
import yaml
texts = [Path(name).read_bytes() for name in sys.stdin.read().split("\\n") if name]
start = time.perf_counter()
for text in texts:
    yaml.compose(text, Loader=yaml.CSafeLoader)
print(time.perf_counter() - start)
"""

RUAMEL_PROGRAM = """
import sys, time
from pathlib import Path
from ruamel.yaml import YAML
texts = [Path(name).read_bytes() for name in sys.stdin.read().split("\\n") if name]
start = time.perf_counter()
for text in texts:
    YAML(typ="safe").compose(text)
print(time.perf_counter() - start)
"""


class BenchmarkError(Exception):
    """A contender could not be run."""


@dataclass(frozen=True)
class Contender:
    """A program to run over a workspace; `timed_inside`: it reads paths and prints its own seconds."""

    name: str
    command: list[str]
    timed_inside: bool = False
    prepare: Callable[[Workspace], None] = lambda _: None
    """What is done to the workspace before each run; not timed."""


@dataclass
class Measured:
    """The repetitions of one contender on one workspace."""

    seconds: list[float] = field(default_factory=list)
    peak_bytes: list[int] = field(default_factory=list)
    exit_codes: set[int] = field(default_factory=set)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def peak(self) -> int:
        return max(self.peak_bytes)


@dataclass(frozen=True)
class Workspace:
    """A generated workspace and what was measured on it."""

    count: int
    folder: Path
    documents: list[Path]
    results: dict[str, Measured]

    @property
    def megabytes(self) -> float:
        return sum(path.stat().st_size for path in self.documents) / 1e6


def main() -> int:
    options = _options()
    sizes = options.sizes or ([1, 50] if options.quick else [1, 300, 3000])
    build = REPOSITORY / "build"
    build.mkdir(exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as temporary:
            measured = [
                _measure(Path(temporary) / str(size), size, options.repeat, options.check) for size in sizes
            ]
            report = _report(measured, options.repeat)
    except BenchmarkError as error:
        print(f"benchmarks/run.py: {error}", file=sys.stderr)
        return 1
    print(report)
    if not options.quick and not options.print_only:
        write_part("run.py", "Checking", report)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure playbook check beside other readers of the same files.")
    parser.add_argument("--quick", action="store_true", help="1 and 50 playbooks, printed only")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="N", help="other numbers of playbooks")
    parser.add_argument(
        "--repeat", type=int, default=3, help="repetitions (default 3; one playbook: 5 times as many)"
    )
    parser.add_argument("--print-only", action="store_true", help="leave docs/performance.md as it is")
    parser.add_argument(
        "--check",
        type=shlex.split,
        default=None,
        metavar="COMMAND",
        help="what to run instead of `playbook check`",
    )
    return parser.parse_args()


def _tool(name: str) -> str:
    """The path of a program of this virtual environment."""
    folder = Path(sys.executable).parent
    for path in (folder / name, folder / f"{name}.exe"):
        if path.is_file():
            return str(path)
    raise BenchmarkError(f"{name} is not installed here; `make bench` installs what is needed")


def _contenders(workspace: Workspace, check: list[str] | None) -> Iterator[Contender]:
    command = check or [_tool("playbook"), "check"]
    yield Contender(CHECK, command, prepare=_forget)
    yield Contender(UNCHANGED, command)
    yield Contender(CHANGED, command, prepare=_edit)
    yield Contender(COMPOSE, [sys.executable, "-c", COMPOSE_PROGRAM], timed_inside=True)
    if workspace.count > LARGEST_FOR_OTHERS:
        return
    yield Contender(RUAMEL, [sys.executable, "-c", RUAMEL_PROGRAM], timed_inside=True)
    yield Contender(YAMLLINT, [_tool("yamllint"), "."])
    yield Contender(RELAXED, [_tool("yamllint"), "-d", "relaxed", "."])
    if SCHEMA.is_file():
        playbooks = [str(path) for path in workspace.documents if path.parent.name == "playbooks"]
        yield Contender(SCHEMA_CHECK, [_tool("check-jsonschema"), "--schemafile", str(SCHEMA), *playbooks])


def _forget(workspace: Workspace) -> None:
    """Take away what is kept from earlier runs."""
    shutil.rmtree(workspace.folder / ".playbook_cache", ignore_errors=True)


def _edit(workspace: Workspace) -> None:
    """Change a playbook, each time in another way."""
    playbook = next(path for path in workspace.documents if path.parent.name == "playbooks")
    with playbook.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"# {time.perf_counter_ns()}\n")


def _measure(folder: Path, count: int, repeat: int, check: list[str] | None) -> Workspace:
    workspace = Workspace(count, folder, write_workspace(folder, count), {})
    contenders = list(_contenders(workspace, check))
    if count == 1:
        repeat *= 5  # short runs scatter more
        for contender in contenders:
            _run(contender, workspace)  # fills the disk cache and the byte code; not counted
    for turn in range(repeat):
        for contender in contenders:
            print(f"{count} playbooks, {turn + 1}/{repeat}: {contender.name}", file=sys.stderr)
            seconds, peak, code = _run(contender, workspace)
            result = workspace.results.setdefault(contender.name, Measured())
            result.seconds.append(seconds)
            result.peak_bytes.append(peak)
            result.exit_codes.add(code)
    return workspace


def _run(contender: Contender, workspace: Workspace) -> tuple[float, int, int]:
    """Run one process; return its seconds, the peak of its memory in bytes and its exit code."""
    contender.prepare(workspace)
    environment = {name: value for name, value in os.environ.items() if name != "PLAYBOOK_CACHE_DIR"}
    scratch = tempfile.TemporaryFile
    with scratch() as given, scratch() as output, scratch() as errors:
        given.write("\n".join(map(str, workspace.documents)).encode())
        given.seek(0)
        start = time.perf_counter()
        try:
            process = subprocess.Popen(
                contender.command,
                cwd=workspace.folder,
                env=environment,
                stdin=given,
                stdout=output,
                stderr=errors,
            )
        except OSError as error:
            raise BenchmarkError(f"{contender.name}: {error}") from error
        # wait4 and not getrusage(RUSAGE_CHILDREN): the latter only knows the largest child of all.
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):  # 1: there are findings
            errors.seek(0)
            said = errors.read()[-2000:].decode(errors="replace")
            raise BenchmarkError(f"{contender.name} ended with {process.returncode}:\n{said}")
        if contender.timed_inside:
            output.seek(0)
            seconds = float(output.read())
    # Linux counts in kilobytes, macOS in bytes.
    return seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), process.returncode


def _report(workspaces: list[Workspace], repeat: int) -> str:
    lines = [
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors; median of {repeat} runs ({repeat * 5} for one playbook), seconds.",
        "",
    ]
    names = list(dict.fromkeys(name for workspace in workspaces for name in workspace.results))
    lines.append("| playbooks | steps | MB | " + " | ".join(names) + " |")
    lines.append("|--:" * (3 + len(names)) + "|")
    for workspace in workspaces:
        cells = [f"{workspace.results[name].median:.3f}" if name in workspace.results else "–" for name in names]
        lines.append(
            f"| {workspace.count:,} | {workspace.count * STEPS_PER_PLAYBOOK:,} | {workspace.megabytes:.2f} | "
            + " | ".join(cells)
            + " |"
        )
    names = [name for name in names if name in (CHECK, YAMLLINT, SCHEMA_CHECK)]
    lines += ["", "| playbooks | peak memory of " + " | of ".join(names) + " |"]
    lines.append("|--:" * (1 + len(names)) + "|")
    for workspace in workspaces:
        cells = [
            f"{workspace.results[name].peak / 1e6:.0f} MB" if name in workspace.results else "–" for name in names
        ]
        lines.append(f"| {workspace.count:,} | " + " | ".join(cells) + " |")
    lines += ["", "| goal | measured | |", "|---|--:|---|", *_goals(workspaces)]
    if any(1 in workspace.results[CHECK].exit_codes for workspace in workspaces):
        lines += ["", "`playbook check` had findings in these files; printing them is part of its time."]
    return "\n".join(lines) + "\n"


_LIMITS_OF_ONE = ((CHECK, YAMLLINT, 2.5), (UNCHANGED, YAMLLINT, 1.0))
_LIMITS = (
    (CHECK, YAMLLINT, 0.15),
    (UNCHANGED, YAMLLINT, 0.02),
    (CHANGED, YAMLLINT, 0.05),
    (CHECK, COMPOSE, 3.0),
)


def _shown(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"


def _goals(workspaces: list[Workspace]) -> Iterator[str]:
    """What we want to reach, as ratios, so that it means the same on slow and fast machines."""
    for workspace in workspaces:
        for name, other, goal in _LIMITS_OF_ONE if workspace.count == 1 else _LIMITS:
            if other not in workspace.results:
                continue
            ratio = workspace.results[name].median / workspace.results[other].median
            reached = "reached" if ratio <= goal else "not reached"
            subject = f"{workspace.count:,} playbook" + ("s" if workspace.count > 1 else "")
            case = name.removeprefix(CHECK)
            yield f"| {subject}{case}: at most {goal:g} × {other} | {_shown(ratio)} × | {reached} |"
    if len(workspaces) > 1:
        first, last = workspaces[0], workspaces[-1]
        growth = (last.results[CHECK].peak - first.results[CHECK].peak) / (last.count - first.count)
        text = (last.megabytes - first.megabytes) / (last.count - first.count)
        yield (
            f"| memory grows only with the compiled result | {growth / 1e3:.0f} kB a playbook "
            f"| {growth / 1e6 / text:.1f} × its text |"
        )


if __name__ == "__main__":
    sys.exit(main())
