"""Compares the proof of soundness with a plain search of all markings, and measures how long the proof takes.

    python benchmarks/soundness.py            # 100,000 random nets, 1,000 graphs of 100 blocks; a few minutes
    python benchmarks/soundness.py --quick    # 5,000 and 100, printed only

The nets and the search are those of tests/core: two thirds are nets of blocks, most of them with some random
changes, one third are nets of random playbooks. One difference in the verdict ends the benchmark with exit code 1.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "tests" / "core"))  # the oracle and the generators are those of the tests

from page import write_part  # noqa: E402
from random_nets import block_net, random_net  # noqa: E402
from random_processes import random_process, random_process_net  # noqa: E402
from state_search import replay, search  # noqa: E402

from playbook.core.net import Net  # noqa: E402
from playbook.core.soundness import decide  # noqa: E402
from playbook.core.token_game import net_of  # noqa: E402

MARKINGS = 5_000
"""Nets with more markings are not compared: the plain search would take most of the time for them."""
CHUNK = 250
GOAL = 2.0
"""Milliseconds, the median for a graph of 100 blocks."""


@dataclass
class Compared:
    """How many nets of which kind; the seeds of those for which verdict, kinds of flaws or ways differ."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Compared) -> None:
        self.counts.update(other.counts)
        self.wrong.extend(other.wrong)


def net_of_seed(seed: int) -> tuple[str, Net]:
    return ("playbooks", random_process_net(seed)) if seed % 3 == 2 else random_net(seed)


def compare(first: int, last: int) -> Compared:
    result = Compared()
    for seed in range(first, last):
        _compare(seed, result)
    return result


def _compare(seed: int, result: Compared) -> None:
    family, net = net_of_seed(seed)
    counts = result.counts
    counts["nets"] += 1
    expected = search(net, MARKINGS)
    if not expected.complete:
        counts["too large"] += 1
        return
    given = decide(net)
    counts["compared"] += 1
    counts[f"family {family}"] += 1
    counts[f"sound {family}"] += expected.sound
    counts["sound"] += expected.sound
    counts["unknown"] += given.unknown
    counts["by reduction"] += given.states == 0
    counts.update(f"flaw {kind}" for kind in expected.kinds)
    kinds = {flaw.kind for flaw in given.flaws}
    if given.unknown or given.sound != expected.sound or not kinds <= expected.kinds:
        result.wrong.append(f"{seed}: {sorted(kinds)} and not {sorted(expected.kinds)}")
    for flaw in given.flaws:
        counts["ways"] += 1
        if flaw.kind != "dead" and replay(net, flaw) is False:
            result.wrong.append(f"{seed}: {flaw} is not so")


def _chunk(numbers: tuple[int, int]) -> Compared:
    return compare(*numbers)


def compare_all(count: int, processes: int) -> Compared:
    chunks = [(first, min(first + CHUNK, count)) for first in range(0, count, CHUNK)]
    total = Compared()
    start = time.perf_counter()
    with multiprocessing.Pool(processes) as pool:
        for done, part in enumerate(pool.imap_unordered(_chunk, chunks), 1):
            total.add(part)
            print(
                f"\r{total.counts['nets']:,} of {count:,} nets, {len(total.wrong)} differences, "
                f"{time.perf_counter() - start:.0f} s",
                end="" if done < len(chunks) else "\n",
                file=sys.stderr,
                flush=True,
            )
    total.wrong.sort()
    return total


# -- time ------------------------------------------------------------------------------------------------


@dataclass
class Timed:
    """Milliseconds, and how the graphs were decided."""

    name: str
    times: list[float] = field(default_factory=list)
    nodes: list[int] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, net: Net) -> None:
        start = time.perf_counter()
        given = decide(net)
        self.times.append((time.perf_counter() - start) * 1000)
        self.nodes.append(len(net.origin))
        self.counts["sound"] += given.sound
        self.counts["searched"] += given.states > 0
        self.counts["unknown"] += given.unknown

    def part(self, share: float) -> float:
        return sorted(self.times)[int(share * (len(self.times) - 1))]


def timed(count: int) -> Iterator[Timed]:
    for mutations in (0, 1, 3):
        blocks = Timed(f"100 blocks, {mutations} of them broken" if mutations else "100 blocks")
        for seed in range(count):
            blocks.add(block_net(seed, 100, mutations))
        yield blocks
    steps = Timed("playbook of about 100 steps")
    seed = 0
    while len(steps.times) < count:
        net = net_of(random_process(seed, 12, 15, 0.05))
        if net is not None:
            steps.add(net)
        seed += 1
    yield steps


# -- report ----------------------------------------------------------------------------------------------


def report(compared: Compared, graphs: list[Timed]) -> str:
    counts = compared.counts
    total = counts["compared"]

    def share(name: str) -> str:
        return f"{counts[name] / total:.1%}"

    families = ", ".join(
        f"{counts[name]:,} {name.removeprefix('family ')} ({counts[name.replace('family', 'sound')]:,} sound)"
        for name in sorted(counts)
        if name.startswith("family")
    )
    flaws = ", ".join(f"{name.removeprefix('flaw ')} {share(name)}" for name in sorted(counts) if "flaw " in name)
    lines = [
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}.",
        "",
        f"- {counts['nets']:,} random nets, {total:,} compared ({counts['too large']:,} have more than "
        f"{MARKINGS:,} markings): **{len(compared.wrong)} differences**; {counts['unknown']} unknown.",
        f"- {families}.",
        f"- Sound {share('sound')}; what goes wrong in the others, by the search of all markings: {flaws}.",
        f"- Decided by reduction alone: {share('by reduction')}. Ways to a flaw played again: {counts['ways']:,}.",
        "",
        "| graphs | number | nodes | median ms | p95 ms | most ms | sound | searched | unknown |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for graph in graphs:
        number = len(graph.times)
        shares = " | ".join(f"{graph.counts[name] / number:.1%}" for name in ("sound", "searched", "unknown"))
        lines.append(
            f"| {graph.name} | {number:,} | {sorted(graph.nodes)[number // 2]} | {graph.part(0.5):.2f} "
            f"| {graph.part(0.95):.2f} | {graph.part(1):.1f} | {shares} |"
        )
    median = graphs[0].part(0.5)
    reached = "reached" if median <= GOAL else "not reached"
    lines += ["", f"Goal: at most {GOAL:g} ms for a graph of 100 blocks, median: {median:.2f} ms, {reached}."]
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description="Compare the proof of soundness with a search of all markings.")
    parser.add_argument("--quick", action="store_true", help="5,000 nets and 100 graphs, printed only")
    parser.add_argument("--nets", type=int, help="how many random nets")
    parser.add_argument("--graphs", type=int, help="how many graphs of each kind are timed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--print-only", action="store_true", help="leave docs/performance.md as it is")
    options = parser.parse_args()
    nets = options.nets or (5_000 if options.quick else 100_000)
    graphs = options.graphs or (100 if options.quick else 1_000)
    compared = compare_all(nets, options.processes)
    text = report(compared, list(timed(graphs)))
    print(text)
    for each in compared.wrong[:20]:
        print(each, file=sys.stderr)
    if compared.wrong:
        return 1
    if not options.quick and not options.print_only:
        write_part("soundness.py", "Soundness", text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
