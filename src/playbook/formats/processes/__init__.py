"""BPMN 2.0 XML: its names, what writes it and what reads it back."""
