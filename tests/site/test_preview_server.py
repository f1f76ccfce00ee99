"""The preview's server: for this machine only, only what was built, and it tells of changes."""

from __future__ import annotations

import http.client
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from sites import contents, workspace

from playbook.site.preview import Preview
from playbook.site.serving import HOST, PortTaken, Server

NO_MORE: Mapping[str, str] = {}
LONG = 30
"""Seconds after which a test gives up; far more than it takes."""
SMALL = "playbook: small\ntitle: {}\nscope: part\nstages:\n  - {{id: one, steps: [{{id: a, do: Do it}}]}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return workspace(tmp_path, {"small.yaml": SMALL.format("Small")})


@pytest.fixture
def preview(folder: Path) -> Preview:
    preview = Preview()
    preview.show(contents(folder))
    return preview


@pytest.fixture
def server(preview: Preview) -> Iterator[Server]:
    with Server(preview, 0) as server:
        yield server


def answer(
    server: Server, path: str, host: str | None = None, method: str = "GET", more: Mapping[str, str] = NO_MORE
) -> tuple[int, bytes, http.client.HTTPMessage]:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=LONG)
    connection.request(method, path, headers={**more, **({"Host": host} if host is not None else {})})
    response = connection.getresponse()
    return response.status, response.read(), response.headers


def test_pages_and_their_parts_are_served(server: Server) -> None:
    for path in ("/", "/index.html", "/playbooks/small.html", "/playbooks/small.html?x=1", "/assets/page.css"):
        status, data, headers = answer(server, path)
        assert status == 200, path
        assert data
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
    status, data, headers = answer(server, "/", method="HEAD")
    assert (status, data) == (200, b"")
    assert answer(server, "/", method="POST")[0] == 501


def test_findings_stand_beside_the_pictures(server: Server) -> None:
    assert b'class="beside-findings"' in answer(server, "/playbooks/small.html")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/small.yaml",
        "/playbooks/",
        "/playbooks",
        "/assets/",
        "/../small.yaml",
        "/%2e%2e/small.yaml",
        "/playbooks/..%2f..%2fsmall.yaml",
        "/etc/passwd",
        "http://[",
        "//etc/passwd",
        "/\x7f",
        "/%00",
    ],
)
def test_only_pages_are_served(server: Server, path: str) -> None:
    with socket.create_connection((HOST, server.port), timeout=LONG) as line:
        line.sendall(f"GET {path} HTTP/1.0\r\nHost: {HOST}:{server.port}\r\n\r\n".encode("latin-1"))
        data = b""
        while part := line.recv(65536):
            data += part
    assert data.startswith((b"HTTP/1.0 404", b"HTTP/1.0 400"))
    assert b"scope: part" not in data
    assert b"root:" not in data


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", f"{HOST}:1", "", "localhost.evil.example:{port}"]
)
def test_other_names_for_this_machine_are_refused(server: Server, host: str) -> None:
    status, data, _ = answer(server, "/", host.format(port=server.port))
    assert status == 403
    assert b"Small" not in data


@pytest.mark.parametrize("path", ["/", "/assets/search.js", "/changes?since=x"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_pages_of_others_may_lead_here_but_not_read_along(server: Server, path: str, site: str) -> None:
    """A page of another origin, or of another port of this machine, that fetches or includes something."""
    for mode in ("no-cors", "cors", "websocket", ""):
        status, data, headers = answer(server, path, more={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode})
        assert status == 403
        assert b"Small" not in data
        assert "Access-Control-Allow-Origin" not in headers
    status, _, headers = answer(server, "/", more={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"})
    assert status == 200
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_it_answers_to_localhost(server: Server) -> None:
    assert answer(server, "/", f"localhost:{server.port}")[0] == 200


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert server.address == f"http://127.0.0.1:{server.port}/"
    with pytest.raises(PortTaken, match="cannot be used"):
        Server(Preview(), server.port)


def test_a_change_is_told_and_shown(server: Server, preview: Preview, folder: Path) -> None:
    page = answer(server, "/playbooks/small.html")[1]
    version = re.search(rb'data-version="([^"]+)"', page)
    assert version
    connection = http.client.HTTPConnection(HOST, server.port, timeout=LONG)
    connection.request("GET", f"/changes?since={version[1].decode()}")
    response = connection.getresponse()
    assert response.headers["Content-Type"].startswith("text/event-stream")
    workspace(folder, {"small.yaml": SMALL.format("Changed")})
    threading.Timer(0.1, lambda: preview.show(contents(folder))).start()
    assert response.readline() == b"event: changed\n"
    assert b"Changed" in answer(server, "/playbooks/small.html")[1]


def test_a_page_from_before_is_told_at_once(server: Server) -> None:
    connection = http.client.HTTPConnection(HOST, server.port, timeout=LONG)
    connection.request("GET", "/changes?since=another-run-7")
    assert connection.getresponse().readline() == b"event: changed\n"


def test_a_page_that_cannot_be_read_any_more_says_why(server: Server, preview: Preview, folder: Path) -> None:
    workspace(folder, {"small.yaml": "playbook: small\nstages: [\n"})
    preview.show(contents(folder))
    status, data, _ = answer(server, "/playbooks/small.html")
    assert status == 404
    assert b"small.yaml, line" in data
    assert b"data-version" in data


def test_a_fault_ends_nothing(preview: Preview, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    with Server(preview, 0, fault=told.append) as server:
        monkeypatch.setattr(preview, "page", lambda path: 1 / 0)
        status, data, _ = answer(server, "/")
        assert status == 500
        assert b"Traceback" not in data
        assert "ZeroDivisionError" in told[0]
        monkeypatch.undo()
        assert answer(server, "/")[0] == 200


def test_it_ends_while_somebody_waits(preview: Preview) -> None:
    with Server(preview, 0) as server:
        connection = http.client.HTTPConnection(HOST, server.port, timeout=LONG)
        connection.request("GET", f"/changes?since={preview.version}")
        response = connection.getresponse()
    assert response.readline() == b"event: bye\n"
