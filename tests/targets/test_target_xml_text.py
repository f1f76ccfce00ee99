"""XML as targets write it: a reader gives back what was put in, whatever the texts are."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from tests.formats.samples import HOSTILE

from playbook.targets.files.xml_text import XML_HEAD, Element, element, optional, xml_bytes, xml_lines
from playbook.text.markup import for_xml


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_texts_and_attributes_come_back(text: str) -> None:
    root = ElementTree.fromstring(xml_bytes(element("a", Element("b", text, {"c": text}))))
    (child,) = root
    assert (child.text or "") == for_xml(text)
    assert child.get("c") == for_xml(text)


def test_what_is_not_there_is_left_out() -> None:
    root = element("a", optional("b", None), optional("c", ""), optional("d", 0), None, e="1")
    assert xml_bytes(root) == XML_HEAD + b'<a e="1">\n    <d>0</d>\n</a>\n'


def test_flags_numbers_and_empty_elements() -> None:
    assert b"".join(xml_lines((Element("a", True), Element("b", 7), Element("c")), 1)) == (
        b"    <a>true</a>\n    <b>7</b>\n    <c/>\n"
    )
