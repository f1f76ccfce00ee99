"""What a target is: the tool, what it carries, its limits, and how sure we are of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["template", "plan", "workspace"]
"""``template``: a playbook without dates and people. ``plan``: the dated work of accounts. ``workspace``: what
all playbooks share, such as events and KPIs."""

Feature = Literal[
    "stages",
    "offsets",
    "business_days",
    "start_dates",
    "durations",
    "roles",
    "people",
    "raci",
    "dependencies",
    "lags",
    "conditions",
    "checklists",
    "descriptions",
    "means",
    "custom_fields",
    "approvals",
    "milestones",
    "handoffs",
    "routines",
    "for_each",
    "repeats",
    "slas",
    "variants",
    "keys",
]
"""What a playbook may have and a tool may lack."""

Extent = Literal["full", "part", "none"]

Certainty = Literal["proven", "documented", "reported", "recalled"]
"""How sure a fact is: ``proven`` by a schema or reader that runs in our tests, ``documented`` in the vendor's own
text, ``reported`` by others, ``recalled`` without a source: to be tried before it is relied on."""


@dataclass(frozen=True, slots=True)
class Carried:
    """How far a tool takes a feature over. Unless it is ``full``, ``how`` says what becomes of it, and why.

    With a ``mode`` this holds in that one alone, and the feature is taken over in full in any other.
    """

    extent: Extent
    how: str = ""
    mode: Mode | None = None


FULL = Carried("full")


def part(how: str, mode: Mode | None = None) -> Carried:
    """Carried in part, or in another form; with a ``mode`` in that one alone."""
    return Carried("part", how, mode)


def none(why: str) -> Carried:
    """Not carried."""
    return Carried("none", why)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of the tool: ``what`` may be at most ``most`` (of ``unit``)."""

    what: str
    most: int
    unit: str
    sure: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that the target relies on, how sure it is, and where that is from."""

    what: str
    sure: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Option:
    """Something that the user decides: ``--set name=value``, or a line of ``[targets.<target>]``."""

    name: str
    what: str
    default: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """One file that an export writes. ``name`` is seen from the folder of the export, with ``/``."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Loss:
    """What an export leaves out or turns into something else.

    ``where`` are the steps (or other ids) that it concerns; ``why`` is a sentence without a full stop. One that
    is ``refused`` keeps the target from working with the playbook at all, as a limit does that is exceeded.
    """

    what: str
    why: str
    where: tuple[str, ...] = ()
    part: bool = False
    """Whether it arrives in another form rather than not at all."""
    refused: bool = False
    whole: bool = False
    """Whether the steps in ``where`` are left out whole, so that nothing else needs to be said of them."""
    mode: Mode | None = None
    """The only mode in which it is lost; ``None`` for every one."""


Settings = Mapping[str, str]
"""The options of a target by name, each with a value."""


@dataclass(frozen=True)
class Target:
    """A target: a module of :mod:`playbook.targets` with ``TARGET`` and a function for each mode it has.

    - ``template(template: Template, settings: Settings) -> Iterator[File]``
    - ``plan(plans: Iterable[Plan], settings: Settings) -> Iterator[File]``: files are given one by one as the
      plans are read, so that any number of accounts fits into memory. Each keeps to the limits of the tool.
    - ``sheet(settings: Settings) -> Sheet``, if the files of ``plan`` are those of one sheet: so very many accounts
      are written row by row.
    - ``workspace(workspace: Workspace, settings: Settings) -> Iterator[File]``
    - ``losses(template: Template, settings: Settings) -> Iterator[Loss]``, if there are any beside those that
      follow from ``carries``: limits exceeded, names that are not unique, steps that are refused.
    - ``workspace_losses(workspace: Workspace, settings: Settings) -> Iterator[Loss]``, the same of a workspace.

    ``carries`` says how far each feature is taken over; one that is not named is not. ``updates`` is false
    where the tool only ever creates: then a second import makes everything twice, and ``--changes-since`` is
    offered instead. ``how`` are the steps by which a person gets the files into the tool.
    """

    name: str
    title: str
    tool: str
    what: str
    form: str
    """What is written: ``CSV``, ``JSON`` …"""
    modes: tuple[Mode, ...]
    carries: Mapping[Feature, Carried]
    updates: bool
    how: tuple[str, ...]
    limits: tuple[Limit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    options: tuple[Option, ...] = ()
    group: str = ""
    """The kind of tool, under which it is listed."""
    dated_only: bool = False
    """Whether it leaves out tasks without a date, since the tool takes none."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Where the stable key of a task stands in what is written, by mode."""

    def carried(self, feature: Feature) -> Carried:
        """How far a feature is taken over."""
        return self.carries.get(feature, Carried("none"))
