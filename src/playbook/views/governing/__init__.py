"""The parts of the governance view."""
