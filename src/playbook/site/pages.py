"""The pages of the site: each is a function of the contents, so that any one can be built alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from playbook.formats.page.engine import render
from playbook.formats.page.tables import Linking, grid_of, table_markup
from playbook.results import Results, RuleSummary
from playbook.shapes.table import Table
from playbook.site.contents import Area, Contents, Entry
from playbook.site.facts import card, family_of, figures, outcome, overview, status, variant_title
from playbook.site.findings import counts, in_words, told
from playbook.site.look import site_script, site_style
from playbook.site.records import SITE
from playbook.site.search import index_of
from playbook.site.sections import Section, sections_of, workspace_sections

Build = Callable[[], bytes]
POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; img-src data:; base-uri 'none'; "
    "form-action 'none'"
)
"""Nothing from elsewhere. ``file:`` is what a page on a disk is, for browsers to which it has no origin."""


@dataclass(frozen=True)
class Frame:
    """What all pages share. ``live`` is for the preview: the name of the state that the page shows.

    The page is then loaded again when the state is another, and findings stand beside the pictures.
    """

    contents: Contents
    live: str = ""

    def render(self, template: str, path: str, title: str, /, **values: object) -> bytes:
        """A page at a path."""
        # A server knows where it begins; files only know each other.
        root = "/" if self.live else "../" * path.count("/")
        policy = POLICY + ("; connect-src 'self'" if self.live else "")
        shared = {"contents": self.contents, "root": root, "policy": policy, "live": self.live, "path": path}
        return render(template, (SITE,), **shared, title=title, **values).encode()


def pages_of(contents: Contents, *, live: str = "") -> dict[str, Build]:
    """All files of the site by their paths."""
    frame = Frame(contents, live)
    pages: dict[str, Build] = {
        "index.html": partial(start_page, frame),
        "assets/page.css": lambda: site_style().encode(),
        "assets/page.js": lambda: site_script(live=bool(live)).encode(),
        "assets/search.js": partial(index_of, contents),
    }
    for area in contents.areas:
        for entry in area.entries:
            pages[entry.path] = partial(playbook_page, frame, area, entry)
        if contents.internal:
            pages[area.path] = partial(workspace_page, frame, area)
    if contents.internal:
        pages["rules.html"] = partial(rules_page, frame)
    return pages


def start_page(frame: Frame) -> bytes:
    """All playbooks as cards."""
    contents = frame.contents
    areas = [(area, [card(family) for family in area.families]) for area in contents.areas]
    return frame.render("start.html", "index.html", contents.title, areas=areas)


def playbook_page(frame: Frame, area: Area, entry: Entry) -> bytes:
    """A playbook, or a variant, with all its views and findings."""
    contents = frame.contents
    playbook = entry.playbook
    sections = sections_of(entry, internal=contents.internal)
    findings = told(entry.subject.findings, contents.results)
    family = family_of(entry, area)
    siblings = [(each.path, _sibling(each), each is entry) for each in family.members]
    return frame.render(
        "playbook.html",
        entry.path,
        playbook.title,
        area=area,
        playbook=playbook,
        sections=sections,
        findings=findings,
        counts=counts(entry.subject.findings),
        words=in_words(entry.subject.findings),
        siblings=siblings if len(siblings) > 1 else [],
        status=status(playbook),
        outcome=outcome(playbook),
        figures=tuple(figures(playbook)),
        overview=tuple(overview(playbook)),
    )


def workspace_page(frame: Frame, area: Area) -> bytes:
    """What holds for all playbooks: people, indicators, governance, maturity, tracking; and findings there."""
    contents = frame.contents
    sections = [
        *_lists(area),
        *workspace_sections(area.compiled.workspace, (family.main.playbook for family in area.families)),
    ]
    others = [finding for finding in contents.elsewhere if _is_of(finding.place.file, area, contents)]
    return frame.render(
        "workspace.html",
        area.path,
        f"{area.title}: workspace",
        area=area,
        sections=sections,
        findings=told(others, contents.results),
        counts=counts(others),
        words=in_words(others),
    )


def missing_page(frame: Frame) -> bytes:
    """In the place of a page that is not there: most often because of a mistake that was just written."""
    results = frame.contents.results
    findings = told(results.findings, results)
    words = in_words(results.findings)
    return frame.render("missing.html", "index.html", "There is no such page now", findings=findings, words=words)


def rules_page(frame: Frame) -> bytes:
    """What the rules that have found something are about."""
    return frame.render("rules.html", "rules.html", "Rules", rules=_rules(frame.contents.results))


def _sibling(entry: Entry) -> str:
    return variant_title(entry) if entry.playbook.variant else "As it is written"


def _lists(area: Area) -> list[Section]:
    from playbook.site import lists

    found: list[tuple[str, str, Table | None]] = [
        ("roles", "People", lists.roles(area)),
        ("kpis", "KPIs", lists.kpis(area)),
    ]
    return [
        Section(
            id_, heading, (table_markup(grid_of(table, Linking("id", f"{id_}."), ("id",)), id_, caption=False),)
        )
        for id_, heading, table in found
        if table is not None
    ]


def _is_of(file: str, area: Area, contents: Contents) -> bool:
    """Whether a file belongs to a workspace; what belongs to none is told with the first one."""
    if file in area.compiled.sources or file in area.compiled.paths:
        return True
    known = any(file in each.compiled.sources or file in each.compiled.paths for each in contents.areas)
    return not known and area is contents.areas[0]


def _rules(results: Results) -> list[RuleSummary]:
    codes = sorted({finding.code for finding in results.findings})
    return [results.rules[code] for code in codes if code in results.rules]
