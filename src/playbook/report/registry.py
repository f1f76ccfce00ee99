"""The explicit list of formats. A test compares it with the folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from playbook.report.parts.paint import Paint, no_paint
from playbook.results import Results


@dataclass(frozen=True, slots=True)
class Format:
    """A format of reports: its name, its module, what it is for, and the ends of file names that mean it.

    ``painted`` ones can be coloured for a terminal.
    """

    name: str
    module: str
    meaning: str
    endings: tuple[str, ...] = ()
    painted: bool = False

    def write(self, results: Results, paint: Paint = no_paint) -> str:
        """The whole report, which UTF-8 can hold."""
        module = import_module(f"playbook.report.{self.module}")
        if self.painted:
            text = cast("Callable[[Results, Paint], str]", module.write)(results, paint)
        else:
            text = cast("Callable[[Results], str]", module.write)(results)
        # Half a character, as an escape in a file can write it, is shown as such an escape.
        return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


FORMATS: dict[str, Format] = {
    form.name: form
    for form in (
        Format("text", "text", "for people, with the lines that are meant", (".txt",), painted=True),
        Format("concise", "concise", "one line per finding, for grep and editors", painted=True),
        Format("json", "json_v1", "for programs; its keys are only ever added to", (".json",)),
        Format("sarif", "sarif", "SARIF 2.1.0, for review tools and editors", (".sarif", ".sarif.json")),
        Format("github-sarif", "github_sarif", "SARIF as GitHub's code scanning takes it"),
        Format("github", "github", "marks beside the lines of a pull request, from GitHub Actions"),
        Format("github-summary", "github_summary", 'for the end of "$GITHUB_STEP_SUMMARY"'),
        Format("gitlab", "gitlab", "GitLab Code Quality", ("gl-code-quality-report.json",)),
        Format("junit", "junit", "JUnit XML, for servers that show tests", (".xml",)),
        Format("markdown", "markdown", "a comment on a pull request", (".md", ".markdown")),
    )
}


def format_of_file(file: str) -> Format | None:
    """The format that the end of a file's name means: of several ends that fit, the longest."""
    fitting = [
        (len(ending), form) for form in FORMATS.values() for ending in form.endings if file.lower().endswith(ending)
    ]
    return max(fitting, key=lambda item: item[0])[1] if fitting else None
