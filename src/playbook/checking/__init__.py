"""From files to results: compile, lint, and keep back what is suppressed."""
