"""From files to a workspace: discover, read, validate, resolve, desugar. Collects findings, never raises
on a user's mistake."""
