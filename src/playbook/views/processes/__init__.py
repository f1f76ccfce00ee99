"""The parts of the process view: how the core becomes BPMN, and how it is read back."""
