"""Faults of our own: told in the editor's log, and the server lives on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from playbook.editor import features
from playbook.editor.rename import RefusedError


class Log:
    """Stands in for a server, and remembers what it is told of."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def tell_of_fault(self, doing: str) -> None:
        self.faults.append(doing)


def test_an_answer_that_fails_gives_nothing_and_is_told() -> None:
    async def failing(ls: Any, params: Any) -> None:
        raise ValueError("ours")

    log = Log()
    answer = features._safe("textDocument/hover", failing)
    assert asyncio.run(_awaited(answer, log)) is None
    assert log.faults == ["textDocument/hover"]


def test_a_refusal_is_no_fault() -> None:
    async def refusing(ls: Any, params: Any) -> None:
        raise RefusedError("no id here")

    log = Log()
    with pytest.raises(Exception, match="no id here"):
        asyncio.run(_awaited(features._safe("textDocument/rename", refusing), log))
    assert log.faults == []


async def _awaited(answer: Any, log: Log) -> Any:
    return await answer(log, None)
