"""Pictures inside of a page: SVG whose ids are its own, with a link at each box that has an entry elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from playbook.formats.svg import svg_text
from playbook.shapes.diagram import Diagram
from playbook.shapes.timeline import Timeline

if TYPE_CHECKING:
    from markupsafe import Markup

    from playbook.formats.layout.scene import Scene

_SVG = "http://www.w3.org/2000/svg"
_REFERENCES = ("aria-labelledby", "aria-describedby")


def drawing(shown: Diagram | Timeline, prefix: str, targets: Collection[str] = ()) -> Markup:
    """The picture as SVG. Boxes whose id is one of the ``targets`` lead there; all ids begin with ``prefix``."""
    from markupsafe import Markup

    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(svg_text(_scene(shown)))
    _link(root, targets)
    _prefix(root, prefix)
    _label(root, prefix)
    _gather(root)
    return Markup(ElementTree.tostring(root, encoding="unicode"))


def _scene(shown: Diagram | Timeline) -> Scene:
    from playbook.formats.drawing import scene_of

    return scene_of(shown)


def _link(root: ElementTree.Element, targets: Collection[str]) -> None:
    """Put a link around each box that has an entry."""
    if not targets:
        return
    for parent in list(root.iter()):
        for at, child in enumerate(list(parent)):
            if child.get("class") == "node" and (id_ := child.get("id")) in targets:
                anchor = ElementTree.Element(f"{{{_SVG}}}a", {"href": f"#{id_}"})
                anchor.append(child)
                anchor.tail, child.tail = child.tail, None
                parent[at] = anchor


def _prefix(root: ElementTree.Element, prefix: str) -> None:
    """Several pictures stand on one page: each has ids of its own, and refers to those."""
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, f"{prefix}-{value}")
            elif name in _REFERENCES:
                element.set(name, " ".join(f"{prefix}-{each}" for each in value.split()))
            elif value.startswith("url(#"):
                element.set(name, f"url(#{prefix}-{value[5:]}")


def _gather(root: ElementTree.Element) -> None:
    """Say once what neighbouring texts have in common: a page holds many pictures, and must stay light."""
    for parent in list(root.iter()):
        runs = [(look, list(run)) for look, run in groupby(parent, key=_look)]
        parent[:] = [
            each for look, run in runs for each in ([_gathered(look, run)] if look and len(run) > 1 else run)
        ]


def _look(element: ElementTree.Element) -> dict[str, str] | None:
    """How a text looks, wherever it stands; nothing for what is no text."""
    if element.tag != f"{{{_SVG}}}text":
        return None
    return {name: value for name, value in element.attrib.items() if name not in ("x", "y")}


def _gathered(look: dict[str, str], texts: list[ElementTree.Element]) -> ElementTree.Element:
    group = ElementTree.Element(f"{{{_SVG}}}g", look)
    for text in texts:
        text.attrib = {name: value for name, value in text.attrib.items() if name in ("x", "y")}
        group.append(text)
    group.tail = "\n"
    return group


def _label(root: ElementTree.Element, prefix: str) -> None:
    """Name the picture by its own title. With links inside it is a group of things and no single image."""
    title = root.find(f"{{{_SVG}}}title")
    if title is not None and "aria-labelledby" not in root.attrib:
        title.set("id", f"{prefix}-title")
        root.set("aria-labelledby", f"{prefix}-title")
    linked = root.find(f".//{{{_SVG}}}a") is not None
    root.set("role", "group" if linked else "img")
