"""The parts of the Office formats: packages, sheets and slides."""
