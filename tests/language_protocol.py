"""One language server as a process: started, spoken to over standard input and output, and ended.

What an editor does with it is said by who builds on this. The protocol is LSP 3.17,
https://microsoft.github.io/language-server-protocol/specification.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any


class ServerError(Exception):
    """The server ended, answered with an error, or did not answer in time."""


class Connection:
    """A running server. ``received`` takes every message that is no answer, and may give one to send back.

    ``said`` adds to what errors tell. It ends only the process that it started.
    """

    def __init__(
        self,
        received: Callable[[dict[str, Any]], dict[str, Any] | None],
        *,
        timeout: float,
        said: Callable[[], str] = lambda: "",
    ) -> None:
        self.timeout = timeout
        self.changed = threading.Condition()
        """Held while something is received; whoever waits is told of it."""
        self._received = received
        self._more = said
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr: IO[bytes] | None = None
        self._writing = threading.Lock()
        self._answers: dict[int, dict[str, Any]] = {}
        self._ended = False
        self._last_id = 0

    def start(self, command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None) -> None:
        """Start the server."""
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - a pipe that nobody reads could fill
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._stderr, cwd=cwd, env=env
        )
        threading.Thread(target=self._listen, name="language-server", daemon=True).start()

    def stop(self, patience: float) -> int | None:
        """Ask the server to end, and end it when it does not; its exit code, if it ran."""
        process = self._process
        if process is None:
            return None
        if process.poll() is None and not self._ended:
            try:
                self.timeout = min(self.timeout, patience)
                self.request("shutdown", None)
                self.notify("exit", None)
                process.wait(timeout=patience)
            except (ServerError, OSError, subprocess.TimeoutExpired):
                process.kill()
        if process.poll() is None:
            process.kill()
        status = process.wait(timeout=patience)
        for stream in (process.stdin, process.stdout, self._stderr):
            if stream is not None:
                with suppress(OSError):  # a pipe to a process that has ended has nothing left to flush
                    stream.close()
        self._process = None
        return status

    def request(self, method: str, params: Any) -> Any:
        """Send a request and return its result."""
        identifier = self.ask(method, params)
        self.wait(lambda: identifier in self._answers, f"an answer to {method}")
        answer = self._answers.pop(identifier)
        if "error" in answer:
            raise ServerError(f"{method}: {answer['error'].get('message')}")
        return answer.get("result")

    def ask(self, method: str, params: Any) -> int:
        """Send a request; its number."""
        self._last_id += 1
        self.send({"id": self._last_id, "method": method, "params": params})
        return self._last_id

    def notify(self, method: str, params: Any) -> None:
        """Send a notification, which has no answer."""
        self.send({"method": method, "params": params})

    def send(self, message: dict[str, Any]) -> None:
        """Send any message."""
        if message.get("params", ...) is None:
            del message["params"]
        self.send_bytes(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def send_bytes(self, body: bytes) -> None:
        """Send any bytes as a message."""
        process = self._process
        if process is None or process.stdin is None:
            raise ServerError("the server is not running")
        with self._writing:
            try:
                process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
                process.stdin.flush()
            except (OSError, ValueError) as error:
                raise ServerError(f"the server ended: {self.said()}") from error

    def wait(self, done: Callable[[], bool], what: str) -> None:
        """Wait for something that the server does."""
        deadline = time.monotonic() + self.timeout
        with self.changed:
            while not done():
                if self._ended:
                    raise ServerError(f"the server ended while waiting for {what}: {self.said()}")
                left = deadline - time.monotonic()
                if left <= 0:
                    raise ServerError(f"no {what} within {self.timeout:g} s: {self.said()}")
                self.changed.wait(left)

    def said(self) -> str:
        """What the server wrote to standard error, and what the editor knows beside."""
        written = b""
        if self._stderr is not None and not self._stderr.closed:
            self._stderr.seek(0)
            written = self._stderr.read()[-3000:]
        return "\n".join(part for part in (self._more(), written.decode(errors="replace").strip()) if part)

    def _listen(self) -> None:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        # A stream that is closed under us is reported by whoever waits.
        with suppress(OSError, ValueError, ServerError):
            while (message := _read_message(process.stdout)) is not None:
                reply = None
                with self.changed:
                    if "method" in message:
                        reply = self._received(message)
                    else:
                        self._answers[message["id"]] = message
                    self.changed.notify_all()
                if reply is not None:
                    self.send(reply)
        with self.changed:
            self._ended = True
            self.changed.notify_all()


def _read_message(stream: IO[bytes]) -> dict[str, Any] | None:
    """Read one message of the base protocol: headers, an empty line, a JSON body of the announced length."""
    length: int | None = None
    while line := stream.readline():
        name, _, value = line.decode("ascii").strip().partition(":")
        if not name:
            break
        if name.lower() == "content-length":
            length = int(value)
    if length is None:
        return None
    body = stream.read(length)
    if len(body) < length:
        return None
    message: dict[str, Any] = json.loads(body)
    return message
