"""One file to one document: which kind it is, its model, and the findings on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from playbook.compiler.locate import NoLocator, SourceLocator
from playbook.compiler.losses import lost_ids, lost_kinds
from playbook.compiler.validate import validate
from playbook.diagnostics import Diagnostic, Edit, Place, Severity
from playbook.fixing.changes import Change
from playbook.language.documents import KINDS, model_of
from playbook.reader import read_values
from playbook.text.paths import KeyPath, lost_items, original_path
from playbook.text.quote import shown
from playbook.text.spans import SourceText
from playbook.text.suggest import nearest
from playbook.workspace import Document, Locator

# Possessive (`++`, `*+`): what stands ahead of the first key is read once and never tried another way.
_HEADER = re.compile(
    r"(?:\s++|#[^\n]*+\n?|---|%[^\n]*+\n)*+[\"']?([^\s:#\"'{\[]++)[\"']?[ ]*+:(?:[ \t]++[\"']?([^\s\"']*))?"
)


@dataclass(frozen=True)
class Opened:
    """A document and its findings.

    ``lost`` are ids that its mistakes may have hidden, ``lost_kinds`` kinds of symbols of which it may
    declare some by ids that cannot be told.
    """

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()
    lost: frozenset[str] = frozenset()
    lost_kinds: frozenset[str] = frozenset()
    value: object = field(default=None, repr=False, compare=False)
    """What was read, if nothing about it is unusual or mistaken."""


def unreadable(name: str, diagnostics: tuple[Diagnostic, ...]) -> Opened:
    """A file whose text could not be had at all."""
    return Opened(Document(name, None, None, None, NoLocator(name)), diagnostics)


def open_document(source: SourceText, *, explicit: bool) -> Opened | None:
    """The document in a source text, or ``None`` for a YAML file of another tool.

    A file that was asked for by name (``explicit``) is never passed over.
    """
    header = _HEADER.match(source.text)
    first = header[1] if header else None
    ours = explicit or first in KINDS or (first is not None and nearest(first, KINDS) is not None)
    if not ours and first is not None and not re.search(_KIND_LINE, source.text):
        return None
    values = read_values(source)
    locator = SourceLocator(source)
    if values.failed:
        kind = first if first in KINDS else None
        id_ = header[2] if header and kind else None
        return Opened(Document(source.name, kind, id_, None, locator, source), values.diagnostics)
    if not isinstance(values.value, dict) or not values.value:
        return _no_mapping(values.value, source, locator, values.diagnostics)
    kind, more = _kind_of(values.value, locator)
    if kind is None:
        document = Document(source.name, None, None, None, locator, source)
        return Opened(document, (*values.diagnostics, *more))
    opened = _validated(kind, values.value, source, locator, (*values.diagnostics, *more))
    if not values.simple or opened.diagnostics or not opened.document.whole:
        return opened
    return replace(opened, value=values.value)


def reopen_document(value: object, source: SourceText) -> Opened | None:
    """The document in a source text of which the ``value`` is known; ``None`` if that cannot be."""
    kind = next(iter(value), None) if isinstance(value, dict) else None
    if not isinstance(value, dict) or kind not in KINDS:
        return None
    opened = _validated(kind, value, source, SourceLocator(source), ())
    return None if opened.diagnostics or not opened.document.whole else opened


_KIND_LINE = re.compile(rf"^(?:{'|'.join(KINDS)})[ ]*:", re.MULTILINE)


def _no_mapping(value: object, source: SourceText, locator: Locator, diagnostics: tuple[Diagnostic, ...]) -> Opened:
    what = "the file is empty" if value in (None, {}) else "the file is not a mapping of keys and values"
    if value is None and source.text.strip():
        what = "the file has no content but comments"
    finding = Diagnostic("SCH003", Severity.ERROR, what, Place(source.name), expected=_expected_kinds())
    return Opened(Document(source.name, None, None, None, locator, source), (*diagnostics, finding))


def _expected_kinds() -> str:
    return "a first key that says the kind and the id, such as 'playbook: my_onboarding'; kinds are " + ", ".join(
        KINDS
    )


def _kind_of(value: dict[str, object], locator: Locator) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The kind that the first key says; a finding if it stands elsewhere or is unknown."""
    first = next(iter(value), "")
    if first in KINDS:
        return first, ()
    place = locator.place((first,), key=True)
    later = next((key for key in value if key in KINDS), None)
    if later is not None:
        finding = Diagnostic(
            "SCH003",
            Severity.ERROR,
            f'the first key is "{shown(first)}", not the kind of the document',
            place,
            expected=f'"{later}" as the first key',
            suggestion=f'move the line "{later}: {shown(str(value[later]))}" to the top',
        )
        return later, (finding,)
    finding = Diagnostic(
        "SCH003",
        Severity.ERROR,
        f'unknown kind of document "{shown(first)}"',
        place,
        expected=_expected_kinds(),
        suggestion=nearest(first, KINDS),
    )
    return None, (finding,)


def _validated(
    kind: str,
    value: dict[str, object],
    source: SourceText,
    locator: Locator,
    diagnostics: tuple[Diagnostic, ...],
) -> Opened:
    result = validate(model_of(kind), value, locator)
    id_ = getattr(result.model, kind) if result.model else value.get(kind)
    document = Document(
        source.name,
        kind,
        id_ if isinstance(id_, str) else None,
        result.model,  # type: ignore[arg-type]
        _Shifted(locator, result.pruned) if result.pruned else locator,
        source,
        result.pruned,
    )
    findings = (*diagnostics, *result.diagnostics)
    lost = frozenset(result.misspelled)
    if not result.pruned:
        return Opened(document, findings, lost)
    lost |= lost_ids(value, result.pruned)
    return Opened(document, findings, lost, lost_kinds(kind, value, result.pruned))


class _Shifted:
    """Places for a model whose lists have lost items."""

    def __init__(self, locator: Locator, pruned: tuple[KeyPath, ...]) -> None:
        self._locator = locator
        self._items = lost_items(pruned)

    def place(self, path: KeyPath, *, key: bool = False, within: tuple[int, int] | None = None) -> Place:
        """The place in the file of a path in the model."""
        return self._locator.place(original_path(path, self._items), key=key, within=within)

    def edits(self, changes: tuple[Change, ...]) -> tuple[Edit, ...] | None:
        """The edits in the file that change what stands at paths in the model."""
        moved = (replace(change, path=original_path(change.path, self._items)) for change in changes)
        return self._locator.edits(tuple(moved))
