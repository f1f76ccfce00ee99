"""The page of measured numbers: each benchmark writes its own part of it."""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def write_part(program: str, title: str, report: str) -> None:
    """Put a report between the markers of its program; under a title of its own if it is new on the page."""
    begin, end = (f"<!-- benchmarks/{program}: {edge} -->" for edge in ("begin", "end"))
    page = PAGE.read_text(encoding="utf-8")
    if begin not in page:
        page = f"{page.rstrip()}\n\n## {title}\n\n{begin}\n{end}\n"
    before, _, rest = page.partition(begin)
    after = rest.partition(end)[2]
    PAGE.write_text(f"{before}{begin}\n\n{report.strip()}\n\n{end}{after}", encoding="utf-8", newline="\n")
    print(f"Written into docs/{PAGE.name}.")
