"""Throws spoiled documents at the whole way from bytes to reports, guided by the code that they reach.

    python benchmarks/fuzz.py                  # 1,000,000 inputs, on all processors; writes docs/performance.md
    python benchmarks/fuzz.py --inputs 20000   # fewer; prints only

Each input is read, as far as it can be; a part of them (fuzz_target.py says which) is compiled in a small
workspace, held to all rules, reported in all formats and formatted.
What may not happen: an exception, more than 2 seconds, more than 500 MB, a control character in the text.
Inputs that make it happen are kept in build/fuzz/. With atheris, libFuzzer chooses what to spoil next by the
code that was reached; without it (it has no wheel for some machines) the choice is random.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from page import write_part

REPOSITORY = Path(__file__).resolve().parents[1]
KEPT = REPOSITORY / "build" / "fuzz"
INPUTS = 1_000_000
SECONDS, MEGABYTES = 2.0, 500


class TooSlowError(Exception):
    """An input took longer than it may."""


@dataclass
class Tally:
    """What one process has seen."""

    inputs: int = 0
    read: int = 0
    whole: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    guided: bool = False
    failures: dict[str, str] = field(default_factory=dict)
    """The last line of each kind of failure, with the file of the first input that showed it."""


def main() -> int:
    options = _options()
    if options.worker is not None:
        return _work(options.worker, options.inputs)
    workers = options.jobs or os.cpu_count() or 1
    KEPT.mkdir(parents=True, exist_ok=True)
    share = [options.inputs // workers + (number < options.inputs % workers) for number in range(workers)]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        files = [Path(folder) / f"{number}.json" for number in range(workers)]
        running = [
            subprocess.Popen(
                [sys.executable, __file__, "--worker", str(number), "--inputs", str(count), "--tally", str(file)],
                stderr=subprocess.DEVNULL if not options.verbose else None,
            )
            for number, (count, file) in enumerate(zip(share, files, strict=True))
        ]
        codes = [process.wait() for process in running]
        tallies = [Tally(**json.loads(file.read_text())) for file in files if file.exists()]
        peak = (
            resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1 if sys.platform == "linux" else 1024) / 1000
        )
    if len(tallies) < workers:
        print(f"benchmarks/fuzz.py: a process ended without a result (exit codes {codes})", file=sys.stderr)
        return 1
    report = _report(tallies, peak)
    print(report)
    if options.inputs >= INPUTS:
        write_part("fuzz.py", "Fuzzing", report)
    return 1 if peak > MEGABYTES or any(tally.failures for tally in tallies) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--inputs", type=int, default=INPUTS, help=f"how many (default {INPUTS:,})")
    parser.add_argument("--jobs", type=int, help="processes (default: one for each processor)")
    parser.add_argument("--verbose", action="store_true", help="show what libFuzzer says")
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--tally", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


# -- one process -----------------------------------------------------------------------------------


def _work(number: int, inputs: int) -> int:
    tally = Tally()
    tally_file: Path = _options().tally

    def write() -> None:
        tally_file.write_text(json.dumps(tally.__dict__))

    try:
        import atheris
    except ImportError:
        atheris = None
    with atheris.instrument_imports(include=["playbook"]) if atheris else contextlib.nullcontext():
        from fuzz_inputs import LONGEST, Mutator, seeds
        from fuzz_target import Target
    corpus = seeds()
    mutator = Mutator(corpus)
    tally.guided = atheris is not None
    target = Target()
    signal.signal(signal.SIGALRM, _too_slow)

    def one(data: bytes) -> None:
        _try(target, data, tally)
        if tally.inputs % 1000 == 0 or tally.inputs >= inputs:
            write()
        if tally.inputs >= inputs:
            os._exit(0)

    if atheris is None:
        chance = random.Random(number)
        while True:
            one(mutator.spoil(chance.choice(corpus), chance))
    with tempfile.TemporaryDirectory(prefix="fuzz-corpus-") as folder:
        for data in corpus:
            (Path(folder) / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)

        def spoil(data: bytes, max_size: int, seed: int) -> bytes:
            chance = random.Random(seed)
            if chance.random() < 0.1:
                return bytes(atheris.Mutate(data, max_size))
            return mutator.spoil(data, chance)[:max_size]

        arguments = [
            sys.argv[0],
            folder,
            f"-seed={number + 1}",
            f"-max_len={LONGEST}",
            "-rss_limit_mb=0",
            "-timeout=60",
        ]
        atheris.Setup(arguments, one, custom_mutator=spoil)
        atheris.Fuzz()
    return 0


def _try(target: Any, data: bytes, tally: Tally) -> None:
    tally.inputs += 1
    start = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        is_read, is_whole = target(data)
        tally.read += is_read
        tally.whole += is_whole
    except Exception as error:  # whatever it is, it is the result
        _keep(data, error, tally)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        seconds = time.perf_counter() - start
        tally.seconds += seconds
        tally.slowest = max(tally.slowest, seconds)


def _keep(data: bytes, error: Exception, tally: Tally) -> None:
    frames = traceback.extract_tb(error.__traceback__)
    where = next((frame for frame in reversed(frames) if "playbook" in frame.filename), frames[-1])
    kind = f"{type(error).__name__} in {Path(where.filename).name}:{where.lineno}: {str(error)[:100]}"
    key = f"{type(error).__name__}:{Path(where.filename).name}:{where.lineno}"
    if key not in {known.partition(" | ")[0] for known in tally.failures}:
        file = KEPT / f"{hashlib.sha256(data).hexdigest()[:16]}.yaml"
        file.write_bytes(data)
        tally.failures[f"{key} | {kind}"] = file.relative_to(REPOSITORY).as_posix()


def _too_slow(_signum: int, _frame: FrameType | None) -> None:
    raise TooSlowError(f"more than {SECONDS:g} s")


# -- the report ------------------------------------------------------------------------------------


def _report(tallies: list[Tally], peak: float) -> str:
    inputs = sum(tally.inputs for tally in tallies)
    read = sum(tally.read for tally in tallies)
    whole = sum(tally.whole for tally in tallies)
    failures = {kind: file for tally in tallies for kind, file in sorted(tally.failures.items())}
    how = "chosen by the code they reach" if all(tally.guided for tally in tallies) else "chosen at random"
    lines = [
        f"{inputs:,} spoiled documents ({how}): {read:,} were read as documents in spite of it, {whole:,} went the",
        "whole way to all rules, all reports and the formatter.",
        "",
        f"- exceptions, hangs over {SECONDS:g} s, control characters in reports, meanings changed by formatting: "
        f"**{len(failures)}**",
        f"- slowest {max(tally.slowest for tally in tallies):.2f} s, on average "
        f"{1000 * sum(tally.seconds for tally in tallies) / inputs:.1f} ms; peak of memory {peak:.0f} MB "
        f"(limit {MEGABYTES} MB)",
    ]
    return "\n".join((*lines, *_failures(failures)))


def _failures(failures: dict[str, str]) -> Iterator[str]:
    for kind, file in failures.items():
        yield f"- {kind.partition(' | ')[2]} ({file})"


if __name__ == "__main__":
    sys.exit(main())
