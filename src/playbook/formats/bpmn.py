"""BPMN 2.0 XML with diagram interchange, as modelling tools and engines read it."""

from __future__ import annotations

from playbook.shapes.process import ProcessModel


def write(model: ProcessModel) -> bytes:
    """The file of a process: its elements and where they are drawn."""
    from playbook.formats.layout.processes.arranging import arrange
    from playbook.formats.processes.picture import add_picture
    from playbook.formats.processes.writing import definitions
    from playbook.formats.processes.xml import document

    root = definitions(model)
    add_picture(root, model, arrange(model))
    return document(root)


def read(data: bytes) -> ProcessModel:
    """The process in a file that :func:`write` has made. No reader for the BPMN of other programs."""
    from playbook.formats.processes.reading import model_from

    return model_from(data)
