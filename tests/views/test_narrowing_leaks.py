"""What is internal is in nothing that is written for customers, in no view and no format."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from marked_workspace import MARK, files, public_texts

from playbook.cli.main import playbook
from playbook.formats.registry import FORMATS
from playbook.language.documents import KINDS, model_of
from playbook.shapes.shown import ShapeName
from playbook.views.narrowing import Selection
from playbook.views.registry import VIEWS
from playbook.views.subject import Subject, narrowed_subject
from playbook.workspace import CompiledPlaybook
from subjects import subject_from

CUSTOMER = Selection("customer")
SHOWN = [(name, shape) for name, view in VIEWS.items() if view.customers for shape in view.gives]
WRITTEN = [(name, form, shape) for name, shape in SHOWN for form in FORMATS if shape in FORMATS[form].takes]


@pytest.fixture(scope="module")
def whole() -> Subject:
    return subject_from(files())


@pytest.fixture(scope="module")
def theirs(whole: Subject) -> Subject:
    return narrowed_subject(whole, CUSTOMER)


def _contents(data: bytes) -> Iterator[bytes]:
    """The bytes of a file, and those of the files that it packs."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from _contents(archive.read(name))
    if data.startswith(b"%PDF"):
        from pypdf import PdfReader

        reader = PdfReader(io.BytesIO(data))
        yield "\n".join(page.extract_text() for page in reader.pages).encode()
        yield repr(reader.metadata).encode()
        # Hyphens and line breaks aside, a word may be drawn letter by letter.
        for packed in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
            try:
                yield zlib.decompress(packed.strip(b"\r\n"))
            except zlib.error:
                continue


def _text(data: bytes) -> str:
    return b"\n".join(_contents(data)).decode("utf-8", "replace")


def _marked(text: str) -> list[str]:
    return re.findall(rf".{{0,40}}{MARK}.{{0,40}}", text, re.IGNORECASE)


def _texts(shown: Any) -> Iterator[str]:
    """All texts in a value, also those of what it leads to."""
    # The values are kept, so that no other one gets the identity of one that is gone.
    seen: dict[int, Any] = {}
    pending = [shown]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            yield value
        elif id(value) in seen:
            continue
        elif isinstance(value, dict):
            pending += [*value, *value.values()]
        elif isinstance(value, list | tuple | set | frozenset):
            pending += value
        elif hasattr(value, "__dict__"):
            pending += vars(value).values()
        elif is_dataclass(value):
            pending += [getattr(value, each.name) for each in fields(value)]
        seen[id(value)] = value


def test_every_key_of_the_language_is_marked() -> None:
    """A new key of any document is in the workspace of these tests by itself."""
    text = "".join(files().values())
    for kind in KINDS:
        for name, info in model_of(kind).model_fields.items():
            assert f'"{info.alias or name}": ' in text, f"{kind}.{name}"
    assert text.lower().count(MARK) > 500


def test_the_marked_workspace_is_as_it_is_meant(whole: Subject) -> None:
    """It is compiled without losing a part; and what is marked is shown to us."""
    broken = {finding.message for finding in whole.workspace.diagnostics if finding.code.startswith("SCH")}
    assert not broken
    assert not whole.playbook.document.pruned
    assert whole.playbook.variants
    for name in ("journey", "raci", "tasks"):
        (shape,) = VIEWS[name].gives
        assert _marked(repr(VIEWS[name].build(shape, whole))), name


def test_nothing_internal_is_in_what_is_kept_for_customers(theirs: Subject) -> None:
    """Not even where no view looks today."""
    assert not [text for text in _texts(theirs) if MARK in text.lower()]


@pytest.mark.parametrize(("name", "shape"), SHOWN)
def test_nothing_internal_is_in_a_view_for_customers(theirs: Subject, name: str, shape: ShapeName) -> None:
    assert not _marked(repr(VIEWS[name].build(shape, theirs)))


@pytest.mark.parametrize(("name", "form", "shape"), WRITTEN)
def test_nothing_internal_is_in_a_file_for_customers(
    theirs: Subject, name: str, form: str, shape: ShapeName
) -> None:
    assert not _marked(_text(FORMATS[form].write(VIEWS[name].build(shape, theirs))))


@pytest.mark.parametrize(
    "selection",
    [
        Selection("customer", stage=f"{MARK}_stage"),
        Selection("customer", stage=f"{MARK}_hidden"),
        Selection("customer", stage=f"{MARK}_last"),
        Selection("customer", role=f"{MARK}_admin"),
        Selection("customer", role=f"{MARK}_doer"),
        Selection("customer", role=f"{MARK}_role"),
        Selection("customer", role=f"{MARK}_admin", stage=f"{MARK}_last"),
    ],
)
def test_nothing_internal_is_in_a_part_for_customers(whole: Subject, selection: Selection) -> None:
    part = narrowed_subject(whole, selection)
    assert not [text for text in _texts(part) if MARK in text.lower()]
    for name, shape in SHOWN:
        assert not _marked(repr(VIEWS[name].build(shape, part))), name


def test_nothing_internal_is_in_a_variant_for_customers(whole: Subject) -> None:
    """Not even which variant it is: a segment is our word for them."""
    (variant,) = whole.playbook.variants
    shown = narrowed_subject(Subject(variant, whole.workspace), CUSTOMER)
    assert not [text for text in _texts(shown) if MARK in text.lower()]
    due = shown.playbook.steps["step_1"].due
    assert due is not None
    assert due.text == "4bd after anchor_1"


def test_what_is_theirs_is_there(theirs: Subject) -> None:
    """Every text of the customers' own part comes through, and stands in some view."""
    kept = set(_texts(theirs.playbook))
    assert public_texts() <= kept
    written = "".join(repr(VIEWS[name].build(shape, theirs)) for name, shape in SHOWN)
    for text in public_texts() - {"PUBLIC document", "PUBLIC team of ours", "PUBLIC customer"}:
        assert text in written


def test_customers_see_no_findings_and_no_other_documents(theirs: Subject) -> None:
    assert theirs.findings == ()
    assert theirs.workspace.documents == ()
    assert theirs.workspace.diagnostics == ()
    shown: CompiledPlaybook = theirs.playbook
    assert {kind for kind, table in shown.workspace_symbols.items() if table} == {"role", "team"}
    assert shown.title == "PUBLIC title of the playbook, for customers"


def test_nothing_internal_is_in_an_export_for_customers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole way, as a user goes it: no file, and no name of a file."""
    for name, text in files().items():
        (tmp_path / f"{MARK}_{name}").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(playbook, ["export", "--all", "--audience", "customer", "-o", "out"])
    assert result.exit_code == 0, result.output
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path.suffix for path in written} == {
        form.suffix for form in FORMATS.values() if _is_written(form.takes)
    }
    for path in written:
        assert not _marked(str(path.relative_to(tmp_path))), path
        assert not _marked(_text(path.read_bytes())), path


def _is_written(takes: tuple[ShapeName, ...]) -> bool:
    return any(view.customers and view.shape_for(takes) for view in VIEWS.values())


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "png"])
def test_a_leak_would_be_found(whole: Subject, form: str) -> None:
    """What is searched here is readable in each format: with the whole playbook, the marks are found."""
    for name, shape in SHOWN:
        if shape in FORMATS[form].takes:
            assert _marked(_text(FORMATS[form].write(VIEWS[name].build(shape, whole))))
            return


def test_nothing_internal_is_in_a_site_for_customers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither on its pages nor in what its search finds."""
    for name, text in files().items():
        (tmp_path / f"{MARK}_{name}").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(playbook, ["site", "--audience", "customer", "-o", "out"])
    assert result.exit_code == 0, result.output
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert "PUBLIC last task" in "".join(path.read_text(encoding="utf-8") for path in written)
    for path in written:
        assert MARK not in path.relative_to(tmp_path).as_posix()
        assert not _marked(path.read_text(encoding="utf-8")), path.name
