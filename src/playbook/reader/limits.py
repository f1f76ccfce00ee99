"""What the reader refuses to read on, so that no file can hang it or exhaust the memory."""

from __future__ import annotations

MAX_BYTES = 5_000_000
"""Bytes of one file. A playbook of a thousand steps has about 0.5 MB; five million parse in a second."""

MAX_DEPTH = 64
"""Mappings and lists inside one another, aliases followed. The language itself needs less than 15. The limit
keeps every recursive reader downstream far from Python's limit, and libyaml from its quadratic case."""

MAX_NODES = 500_000
"""Keys, values, mappings and lists of one document, aliases and merges followed. A file of ``MAX_BYTES`` in
the usual density (13 bytes a node) has about 400,000; a "billion laughs" has more."""

MAX_CHARACTERS = 800_000
"""Of one file that is mended: to know how each of its lines is written takes as long as twenty checks."""

MAX_FINDINGS = 200
"""Findings in one file after which it is read no further: the first ones are mended first."""
