"""What a variant is an edit of."""

from __future__ import annotations

from playbook.language.playbook import Playbook
from playbook.workspace import CompiledPlaybook


def base_of(playbook: CompiledPlaybook) -> Playbook | None:
    """The playbook that a variant edits, as it is written; ``None`` for one that is no variant."""
    symbol = playbook.workspace_symbols["playbook"].get(playbook.id) if playbook.variant is not None else None
    return symbol.value if symbol is not None and isinstance(symbol.value, Playbook) else None
