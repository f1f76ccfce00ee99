"""What comes first, when texts, questions and checks come at once: the server, without its pipes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from playbook.editor import features
from playbook.editor.desk import Desk
from playbook.editor.server import Server

TEXT = "playbook: p\nstages: []\n"


class Spoken(Server):
    """A server that remembers what it would tell an editor."""

    def __init__(self, root: Path, pause: float = 0) -> None:
        super().__init__(pause)
        self.desk = Desk(root)
        self.uri = (root / "p.yaml").as_uri()
        self.told: list[tuple[int | None, list[str]]] = []
        self.faults: list[str] = []

    def text_document_publish_diagnostics(self, params: types.PublishDiagnosticsParams) -> None:
        self.told.append((params.version, [str(each.code) for each in params.diagnostics]))

    def tell_of_fault(self, doing: str) -> None:
        self.faults.append(doing)

    async def until_told_of(self, version: int | None) -> None:
        async with asyncio.timeout(30):
            while not any(told == version for told, _ in self.told):
                await asyncio.sleep(0.001)

    def keep_busy(self) -> threading.Event:
        """Nothing is worked on until the event is set."""
        free = threading.Event()
        self._submit(free.wait, 30)
        return free


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


@pytest.fixture
def server(tmp_path: Path) -> Spoken:
    return Spoken(tmp_path)


def test_no_text_is_lost_with_a_question_that_is_taken_back(server: Spoken) -> None:
    async def typing() -> None:
        free = server.keep_busy()
        server.take(server.uri, TEXT, 1)
        question = asyncio.ensure_future(server.ask(lambda desk: desk.buffer(server.uri)))
        await asyncio.sleep(0)
        question.cancel()
        with suppress(asyncio.CancelledError):
            await question
        free.set()
        await server.until_told_of(1)

    run(typing())
    assert server.told[0][1]


def test_a_text_that_comes_during_a_check_is_checked_next(server: Spoken) -> None:
    async def typing() -> None:
        free = server.keep_busy()
        server.take(server.uri, TEXT, 1)
        await asyncio.sleep(0.01)
        assert server._checking is not None
        server.take(server.uri, TEXT + "x: 1\n", 2)
        await asyncio.sleep(0.01)
        assert server._timer is None, "it waits for the check, and does not ask for it again and again"
        free.set()
        await server.until_told_of(2)

    run(typing())


def test_a_question_is_answered_of_the_text_that_it_was_asked_of(server: Spoken) -> None:
    async def typing() -> list[int | None]:
        free = server.keep_busy()
        questions = []
        for version in (1, 2, 3):
            server.take(server.uri, TEXT, version)
            questions.append(asyncio.ensure_future(server.ask(lambda desk: desk.buffer(server.uri))))
            await asyncio.sleep(0)
        free.set()
        return [buffer.version if (buffer := await question) else None for question in questions]

    assert asyncio.run(typing()) == [1, 2, 3]


def test_after_a_fault_the_next_text_is_checked(server: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(desk: Desk) -> None:
        raise ValueError("ours")

    async def typing() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "diagnostics", failing)
            server.take(server.uri, TEXT, 1)
            async with asyncio.timeout(30):
                while not server.faults:
                    await asyncio.sleep(0.001)
        server.take(server.uri, TEXT, 2)
        await server.until_told_of(2)

    run(typing())
    assert server.faults == ["checking"]


def test_a_document_that_is_closed_at_once_leaves_nothing_behind(server: Spoken) -> None:
    async def typing() -> None:
        free = server.keep_busy()
        server.take(server.uri, TEXT, 1)
        server.drop(server.uri)
        server.take(server.uri, TEXT, 7)
        free.set()
        await server.until_told_of(7)
        server.drop(server.uri)
        await server.until_told_of(None)

    run(typing())
    assert [version for version, _ in server.told] == [7, None]
    assert server.told[-1][1] == []


def test_places_are_those_of_a_file_as_it_is_now(tmp_path: Path) -> None:
    desk, file = Desk(tmp_path), tmp_path / "playbook.toml"
    for text in ("ignore = []\n", "# other\nignore = []\n"):
        file.write_text(text, encoding="utf-8")
        desk.changed_on_disk()
        source = desk.source_of("playbook.toml")
        assert source is not None
        assert source.text == text


def test_where_nobody_tells_of_files_saving_one_looks_at_all(server: Spoken, tmp_path: Path) -> None:
    plan = tmp_path / "tracking.yaml"
    plan.write_text("tracking: t\nfields: {account.a: {type: integer}}\n", encoding="utf-8")
    text = TEXT + "segments: {small: {when: account.b > 1}}\n"

    def found() -> list[str]:
        return [codes for version, codes in server.told if version == 1][-1]

    async def saving() -> None:
        server.take(server.uri, text, 1)
        await server.until_told_of(1)
        assert "REF002" in found()
        plan.write_text("tracking: t\nfields: {account.b: {type: integer}}\n", encoding="utf-8")
        features._saved(server, types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(server.uri)))
        async with asyncio.timeout(30):
            while "REF002" in found():
                await asyncio.sleep(0.001)

    run(saving())
