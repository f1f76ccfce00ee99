"""From files through mending to files, as the command line does it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from playbook.checking.mend import Mended, mend, patches_of
from playbook.compiler.assembly import Compiled
from playbook.compiler.compile import compile_paths
from playbook.fixing.disk import Rewrite, write_all
from playbook.text.spans import SourceText

TEXT = "playbook: small\r\nends: {done: {title: Dône 😀, succes: true}} # why\r\n"
MENDED = TEXT.replace("succes", "success")


def mend_files(folder: Path, *paths: Path) -> Mended:
    def compile_(texts: Mapping[str, str]) -> list[Compiled]:
        return compile_paths(paths or [folder], folder, overlays=texts)

    return mend(compile_)


def write(mended: Mended) -> None:
    write_all(
        Rewrite(mended.paths[name], name, mended.sources[name].text, text) for name, text in mended.texts.items()
    )


def test_a_file_with_mark_and_crlf_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    result = mend_files(tmp_path)
    assert path.read_bytes() == b"\xef\xbb\xbf" + TEXT.encode()
    write(result)
    assert path.read_bytes() == b"\xef\xbb\xbf" + MENDED.encode()
    assert mend_files(tmp_path).texts == {}


def test_a_link_in_a_workspace(tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "real.txt"
    real.parent.mkdir()
    real.write_text(TEXT, newline="")
    link = tmp_path / "small.yaml"
    link.symlink_to(real)
    write(mend_files(tmp_path, link))
    assert link.is_symlink()
    assert real.read_bytes() == MENDED.encode()


def test_what_changes_is_a_patch(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(TEXT.replace("\r\n", "\n"))
    lines = patches_of(mend_files(tmp_path)).splitlines()
    assert lines[:2] == ["--- small.yaml", "+++ small.yaml"]
    assert [line for line in lines[3:] if line[0] in "+-"] == [
        "-ends: {done: {title: Dône 😀, succes: true}} # why",
        "+ends: {done: {title: Dône 😀, success: true}} # why",
    ]


def test_a_text_that_is_no_file(tmp_path: Path) -> None:
    def compile_(texts: Mapping[str, str]) -> list[Compiled]:
        text = SourceText("small.yaml", texts.get("small.yaml", TEXT))
        return compile_paths([tmp_path / "small.yaml"], tmp_path, text)

    result = mend(compile_)
    assert result.texts == {"small.yaml": MENDED}
    assert "small.yaml" not in result.paths
