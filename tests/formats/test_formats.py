"""Every format against samples (goldens) and against hostile texts, read back by somebody else's reader."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pypdf
import pytest
from markdown_it import MarkdownIt
from samples import HOSTILE, SAMPLES, hostile_diagram, hostile_table

from playbook.formats import registry
from playbook.formats.registry import FORMATS
from playbook.shapes.table import Column, Table

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def test_the_list_of_formats_is_the_folder() -> None:
    files = {path.stem for path in Path(registry.__file__).parent.glob("*.py")} - {
        "__init__",
        "drawing",
        "registry",
    }
    assert files == set(FORMATS)


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.binary])
def test_golden(name: str) -> None:
    form = FORMATS[name]
    written = form.write(SAMPLES[form.takes[0]])
    if name == "html":
        # Style and scripts, and their digests in the policy, would change it whenever a colour does; test_html.py
        # and the tests of the site open them in a browser.
        written = re.sub(rb"sha256-[\w+/=]+", b"sha256-", written)
        written = re.sub(rb"(?s)<(style|script)>.*?</\1>", rb"<\1></\1>", written)
    golden = GOLDEN / f"sample{form.suffix}"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_bytes(written)
    assert written == golden.read_bytes()


def test_the_same_bytes_on_any_machine() -> None:
    """Other hash seeds, languages and time zones change nothing."""
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]);"
        "from samples import SAMPLES; from playbook.formats.registry import FORMATS;"
        "written = [f.write(SAMPLES[shape]) for f in FORMATS.values() for shape in f.takes];"
        "print([hashlib.sha256(data).hexdigest() for data in written])"
    )
    answers = set()
    for seed, language, zone in (("1", "C", "UTC"), ("2", "C.UTF-8", "Asia/Kolkata")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": language, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", code, str(Path(__file__).parent)],
            env=environment,
            capture_output=True,
            check=True,
        )
        answers.add(done.stdout)
    assert len(answers) == 1


def words(text: str) -> list[str]:
    """A text as a picture can show it: without control characters, in words."""
    return CONTROLS.sub("\ufffd", text.replace("\r", "\n").replace("\u200e", "").replace("\u200f", "")).split()


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_svg_shows_it(text: str) -> None:
    root = ET.fromstring(FORMATS["svg"].write(hostile_diagram(text)))
    assert {element.tag for element in root.iter()} <= {
        SVG + tag for tag in ("svg", "title", "desc", "g", "rect", "path", "polygon", "text")
    }
    shown = "".join("".join(element.itertext()) for element in root.iter(f"{SVG}text"))
    # Lines break inside long words, so white space does not count; each place that has a text shows it.
    wanted = "".join(words(text))
    assert re.sub(r"\s", "", shown).count(wanted) >= (8 if wanted else 0)
    assert not [
        name for element in root.iter() for name in element.attrib if name.startswith("on") or "href" in name
    ]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_png_is_a_picture(text: str) -> None:
    data = FORMATS["png"].write(hostile_diagram(text))
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(data[16:20]) > 300


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_pdf_is_a_page(text: str) -> None:
    reader = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"].write(hostile_diagram(text))))
    assert len(reader.pages) == 1
    shown = re.sub(r"\s", "", reader.pages[0].extract_text())
    assert "Fixedlabel" in shown
    if text.isascii() and text.isprintable():
        assert shown.count("".join(words(text))) >= (1 if text.strip() else 0)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_dot_is_read_by_graphviz(text: str) -> None:
    pygraphviz = pytest.importorskip("pygraphviz", reason="pygraphviz has no wheel here")
    diagram = hostile_diagram(text)
    graph = pygraphviz.AGraph(string=FORMATS["dot"].write(diagram).decode())
    assert {str(node) for node in graph.nodes()} == {node.id for node in diagram.nodes}
    assert {(str(a), str(b)) for a, b in graph.edges()} == {(edge.source, edge.target) for edge in diagram.edges}
    assert "Fixed label" in graph.get_node("step.end").attr["label"]
    # Graphviz lays it out and finds no mistake in any label.
    drawn = ET.fromstring(graph.draw(format="svg", prog="dot"))
    texts = [element.text or "" for element in drawn.iter(f"{SVG}text")]
    assert len(texts) >= 4 if text.strip() else True


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_csv_is_safe_and_whole(text: str) -> None:
    table = hostile_table(text)
    data = FORMATS["csv"].write(table).decode()
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert len(rows) == 1 + len(table.rows)
    for row in rows:
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    safe = text.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode()
    assert rows[1][0].removeprefix("'") == safe
    assert rows[1][2].removeprefix("'") == f"{safe}; {safe}"


def test_csv_keeps_numbers() -> None:
    table = Table("t", "T", (Column("n", "N"),), ((-5,), (2.5,), (True,), (None,)))
    assert FORMATS["csv"].write(table) == b'N\r\n-5\r\n2.5\r\ntrue\r\n""\r\n'


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_json_is_whole(text: str) -> None:
    content = json.loads(FORMATS["json"].write(hostile_table(text)))
    safe = text.encode("utf-8", "backslashreplace").decode()
    assert content["version"] == 1
    assert content["rows"][0] in ({"section": text, "value": text, "many": [text, text]},) or safe != text
    assert content["columns"][2] == {"key": "many", "title": "Many", "align": "left", "kind": "text"}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_markdown_shows_it(text: str) -> None:
    """GitHub's tables: the same number of cells in each row, each showing the text and nothing else."""
    written = FORMATS["markdown"].write(hostile_table(text)).decode()
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(written)
    # Only what a table needs: nothing of the text became markup.
    tags = set(re.findall(r"<([a-z0-9]+)", html))
    assert tags <= {"h1", "table", "thead", "tbody", "tr", "th", "td", "p", "strong", "br"}
    assert html.count("<tr>") in (4, 3 if not text.strip() else 4, 5)
    shown = [cell.split() for cell in re.findall(r"<td[^>]*>(.*?)</td>", html, re.DOTALL)]
    unescaped = [
        " ".join(ET.fromstring(f"<x>{' '.join(c).replace('<br>', ' ')}</x>").itertext()).split() for c in shown
    ]
    wanted = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", "\ufffd", text.replace("\r", "\n")
    )
    wanted = wanted.encode("utf-8", "backslashreplace").decode()
    assert wanted.split() in unescaped or not wanted.split()
