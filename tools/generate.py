"""Writes what is generated: schemas, pages about rules, language and coverage, a picture. ``--check`` compares."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

FOLDERS = ("schemas", "docs/rules", "docs/language", "docs/images")
"""The folders in which a file that is no longer generated is taken away."""


def generated() -> dict[str, str]:
    """Every generated file by its path from the repository's root."""
    from configuration_page import PAGE, configuration_page
    from feature_coverage import coverage_page
    from language_pages import language_pages
    from targets_page import PAGE as TARGETS
    from targets_page import targets_page
    from team_rules_page import PAGE as TEAM_RULES
    from team_rules_page import team_rules_page

    from playbook.checking.example_fixes import example_diff
    from playbook.language.schemas import all_schemas
    from playbook.lint.pages import rule_index, rule_page
    from playbook.lint.registry import all_rules
    from playbook.lint.settings_schema import SCHEMA_NAME, configuration_schema

    files = {
        f"schemas/{name}": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in all_schemas().items()
    }
    files[f"schemas/{SCHEMA_NAME}"] = json.dumps(configuration_schema(), ensure_ascii=False, indent=2) + "\n"
    rules = list(all_rules().values())
    files["docs/rules/README.md"] = rule_index(rules)
    files.update({f"docs/rules/{rule.code}.md": rule_page(rule, example_diff(rule)) for rule in rules})
    files.update(language_pages())
    files[PAGE] = configuration_page()
    files[TEAM_RULES] = team_rules_page(ROOT)
    files[TARGETS] = targets_page()
    files["docs/coverage.md"] = coverage_page()
    files["docs/images/enterprise_onboarding.svg"] = _picture("enterprise")
    files["docs/images/schedule.svg"] = _schedule("enterprise")
    return files


def _picture(kind: str) -> str:
    """The journey map of the playbook that ``playbook init --kind`` writes."""
    from playbook.compiler.compile import compile_paths
    from playbook.formats.svg import write
    from playbook.views.journey import diagram
    from playbook.views.subject import Subject

    (compiled,) = compile_paths([ROOT / "src" / "playbook" / "templates" / kind], ROOT)
    return write(diagram(Subject(compiled.playbooks[0], compiled.workspace))).decode()


def _schedule(kind: str) -> str:
    """The dates of one customer who follows it, as ``playbook schedule`` draws them."""
    from playbook.cli.account_case import Case
    from playbook.cli.schedule_output import data_of
    from playbook.cli.scheduling import scheduled
    from playbook.compiler.compile import compile_paths

    (compiled,) = compile_paths([ROOT / "src" / "playbook" / "templates" / kind], ROOT)
    anchors = {"closed_won": date(2026, 12, 1), "go_live": date(2027, 1, 18)}
    return data_of(scheduled(Case(compiled.playbooks[0]), anchors), "svg").decode()


def main() -> int:
    """Write, or with ``--check`` say what differs. Returns the exit code."""
    from language_pages import BY_HAND

    stale = []
    files = generated()
    for name, text in files.items():
        path = ROOT / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).glob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and name not in files and name not in BY_HAND:
                stale.append(f"{name} (no longer generated)")
                if "--check" not in sys.argv:
                    path.unlink()
    print("\n".join(stale) or "everything generated is up to date")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
