"""The fonts of pictures: the same picture everywhere, nothing wider than measured, text that can be selected."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import HOSTILE, SAMPLE, hostile_diagram

from playbook.formats.layout import fonts, machine_fonts
from playbook.formats.layout.measure import width, wrap
from playbook.formats.layout.scene import Box, Scene, Words
from playbook.formats.png import rasterized
from playbook.formats.registry import FORMATS

LATIN = "Kickoff for Müller & Søn: “10–20 %” is ≥ ½, a façade… naïve, €5 • ÅÉÎÕÜ"
SCRIPTS = {
    "greek": "Παράδοση στον πελάτη",
    "cyrillic": "Передача клиента Щёголь ЖЮЩ",
    "polish": "Zażółć gęślą jaźń ŻŹĆŁ",
    "vietnamese": "Khởi động dự án Việt",
    "hebrew": "שלום עולם",
    "arabic": "تأهيل العميل",
    "chinese": "客户成功经理负责",
    "japanese": "顧客のオンボーディング",
    "korean": "고객 온보딩",
    "thai": "การเริ่มต้นใช้งานของลูกค้า",
    "hindi": "ग्राहक ऑनबोर्डिंग प्रक्रिया",
    "tamil": "வாடிக்கையாளர் வரவேற்பு",
    "symbols": "→ ✓ ★ ⚠ ∑",
}
_ACROSS = 4
"""Pixels to the point."""


def ink(text: str, *, bold: bool) -> float:
    """How far to the right a text is painted, in points from where it begins."""
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    room = max(40, round(width(text, 10, bold=bold) * 2))
    scene = Scene(room, 30, "", "", [Box(0, 0, room, 30, "#ffffff"), Words(5, 20, text, 10, "#000000", bold)])
    picture = image.open(io.BytesIO(rasterized(scene, round(room * _ACROSS)))).convert("L")
    painted = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    return painted[2] / _ACROSS - 5 if painted else 0.0


@pytest.mark.parametrize("bold", [False, True], ids=["regular", "bold"])
@pytest.mark.parametrize("text", [LATIN, "WWWMMM@@%%", "{}{}||~~^^``", *SCRIPTS.values()])
def test_nothing_is_painted_wider_than_it_was_measured(text: str, bold: bool) -> None:
    assert ink(text, bold=bold) <= width(text, 10, bold=bold) + 0.5


@given(
    st.text(st.characters(max_codepoint=0x17F, categories=("L", "N", "P", "S", "Zs")), max_size=60), st.booleans()
)
def test_measured_is_never_less_than_the_fonts_that_draw(text: str, bold: bool) -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    if fonts.is_covered(text):
        assert fonts.font(bold=bold).stringWidth(text, 10) <= width(text, 10, bold=bold) + 1e-6
    if all(ord(char) < 0x80 for char in text):
        assert stringWidth(text, "Helvetica-Bold" if bold else "Helvetica", 10) <= width(text, 10, bold=bold) + 1e-6
    assert all(len(line) == 1 or width(line, 10, bold=bold) <= 80 for line in wrap(text, 10, 80, bold=bold))


def test_every_character_of_western_europe_is_bundled() -> None:
    assert fonts.is_covered(LATIN)
    assert fonts.is_covered("".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])) + "ŒœŠšŽžŸ–—‘’“”…€")
    assert not fonts.is_covered("客")


def test_latin_pictures_are_the_same_where_there_are_no_fonts_at_all(tmp_path: Path) -> None:
    """A machine without fonts, another home folder, another language."""
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]);"
        "from playbook.formats.layout import machine_fonts;"
        "machine_fonts._folders = lambda: [];"
        "from samples import SAMPLE; from playbook.formats.registry import FORMATS;"
        "print(*[hashlib.sha256(FORMATS[name].write(SAMPLE)).hexdigest() for name in ('png', 'pdf')])"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "LC_ALL": "C", "FONTCONFIG_FILE": os.devnull}
    done = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent)],
        env=environment,
        capture_output=True,
        check=True,
        text=True,
    )
    here = [hashlib.sha256(FORMATS[name].write(SAMPLE)).hexdigest() for name in ("png", "pdf")]
    assert done.stdout.split() == here


def test_a_pdf_embeds_all_its_fonts_and_its_text_can_be_selected() -> None:
    page = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"].write(hostile_diagram(LATIN)))).pages[0]
    assert "".join(LATIN.split()) in "".join(page.extract_text().split())
    used = [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    assert used
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


@pytest.mark.parametrize("name", ["greek", "cyrillic", "polish"])
def test_letters_of_a_machine_font_can_be_selected_too(name: str) -> None:
    text = SCRIPTS[name]
    if machine_fonts.plain_face(text) is None:
        pytest.skip("no font on this machine has these letters")
    page = pypdf.PdfReader(io.BytesIO(FORMATS["pdf"].write(hostile_diagram(text)))).pages[0]
    assert "".join(text.split()) in "".join(page.extract_text().split())


@pytest.mark.parametrize("name", ["arabic", "hebrew", "hindi", "thai"])
def test_what_must_be_shaped_is_not_written_letter_by_letter(name: str) -> None:
    assert machine_fonts.plain_face(SCRIPTS[name]) is None


@pytest.mark.parametrize("name", SCRIPTS)
def test_other_scripts_are_painted(name: str) -> None:
    """No boxes for letters that are missing: two texts of one script look different."""
    text = SCRIPTS[name]
    if not machine_fonts.choice_for(text).complete:
        pytest.skip("no font on this machine has these letters")
    letters = [char for char in dict.fromkeys(text) if char.isalpha() and not fonts.is_covered(char)][:2]

    def painted(char: str) -> bytes:
        scene = Scene(30, 30, "", "", [Box(0, 0, 30, 30, "#ffffff"), Words(5, 20, char, 12, "#000000")])
        return rasterized(scene, 60)

    assert len({painted(char) for char in [*letters, " "]}) == len(letters) + 1


@pytest.mark.parametrize("text", [HOSTILE["surrogate"], HOSTILE["controls"], HOSTILE["emoji"], "", "\u0301"])
def test_no_text_at_all_fails(text: str) -> None:
    machine_fonts.choice_for(text)
    machine_fonts.plain_face(text)
    assert width(text, 10) >= 0
