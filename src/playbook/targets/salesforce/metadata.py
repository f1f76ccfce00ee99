"""Salesforce metadata as files: documents of the Metadata API, their manifest, and the project around them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from playbook.targets.files.json_text import json_bytes
from playbook.targets.files.xml_text import Element, xml_bytes
from playbook.targets.target import File, Option

NAMESPACE = "http://soap.sforce.com/2006/04/metadata"
FOLDER = "force-app/main/default"
"""Where source-format metadata lies in a project of the ``sf`` command line."""

API_VERSION = Option("api_version", "The version of the Metadata API that is written.", "64.0")


def document(tag: str, children: Iterable[Element | None]) -> bytes:
    """One piece of metadata, in the order in which it is given."""
    return xml_bytes(Element(tag, tuple(child for child in children if child is not None), {"xmlns": NAMESPACE}))


def project(name: str, members: Mapping[str, Iterable[str]], version: str) -> tuple[File, File]:
    """What makes some metadata a project that can be deployed: its manifest, and the file that ``sf`` looks for.

    ``members`` are the full names of the pieces, by metadata type. ``name`` is that of the manifest, so that
    a second export into the same project leaves the first one's as it is.
    """
    types = (
        Element("types", (*(Element("members", name) for name in sorted(names)), Element("name", type_)))
        for type_, names in sorted(members.items())
        if names
    )
    described = {
        "packageDirectories": [{"path": "force-app", "default": True}],
        "namespace": "",
        "sourceApiVersion": version,
    }
    return (
        File(f"manifest/{name}.xml", document("Package", (*types, Element("version", version)))),
        File("sfdx-project.json", json_bytes(described)),
    )
