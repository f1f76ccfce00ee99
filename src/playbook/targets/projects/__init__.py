"""Project and task tools."""
