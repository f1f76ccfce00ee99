"""A variant written out: the playbook as it is for its segments, and where each line comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from playbook.text.emit import lines
from playbook.text.paths import KeyPath
from playbook.text.terminal import printable
from playbook.workspace import CompiledPlaybook

Paint = Callable[[str, str], str]


def resolved(base: CompiledPlaybook, variant: CompiledPlaybook, paint: Paint, *, every_line: bool) -> str:
    """The YAML of a variant. A comment behind a line says which edit it comes from.

    With ``every_line`` the lines of the playbook itself say as well where they are written.
    """
    origins = _Origins(base, variant, every_line=every_line)
    text = "".join(f"{paint('dim', f'# {line}')}\n" for line in _head(base, variant, origins))
    for line in lines(origins.applied.value, origins.is_of_one):
        if line.path is not None and len(line.path) == 1 and line.text.endswith(":"):
            text += "\n"
        comment = origins.comment(line.path) if line.path is not None else ""
        text += line.text + (paint("dim", f"  # {comment}") if comment else "") + "\n"
    return text


class _Origins:
    """Says of key paths of a variant which edit put them there."""

    def __init__(self, base: CompiledPlaybook, variant: CompiledPlaybook, *, every_line: bool) -> None:
        assert variant.applied is not None, "a variant says what it has applied"
        self.applied = variant.applied
        self._base = base.document
        self._variant = variant.document
        self._every_line = every_line

    def is_of_one(self, path: KeyPath) -> bool:
        """Whether all below a path comes from one edit, or none of it from any."""
        part: object = self.applied.value
        for key in path:
            part = part[key]  # type: ignore[index]
        edit = self._edit(path)
        return all(self._edit(inner) == edit for inner in _below(part, path))

    def comment(self, path: KeyPath) -> str:
        """Where a line comes from; empty for one that the variant leaves as it is."""
        edit = self._edit(path)
        if not self._every_line:
            return f"{_words(edit)}, line {self._line(path)}" if edit else ""
        place = printable(f"{self._variant.name}:{self._line(path)}")
        return f"{place} {_words(edit)}" if edit else place

    def by(self, path: KeyPath) -> str:
        """The variant and the line of an edit that leaves no line behind."""
        line = self._base.locator.place(path, key="remove" not in path).span.start.line
        return f"by variants.{path[1]}, line {line}"

    def _line(self, path: KeyPath) -> int:
        return self._variant.locator.place(path, key=True).span.start.line

    def _edit(self, path: KeyPath) -> KeyPath | None:
        """The path of an edit: ``variants``, the id, what is done, and its name or number."""
        origin = self.applied.changed_by(path)
        return origin[:4] if origin else None


def _words(edit: KeyPath) -> str:
    _, id_, kind, name = edit
    if kind == "add":
        return f"added by variants.{id_}"
    return printable(f'variants.{id_}.{kind} "{name}"')


def _below(part: object, path: KeyPath) -> Iterator[KeyPath]:
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, inner in entries:
        yield (*path, key)
        yield from _below(inner, (*path, key))


def _head(base: CompiledPlaybook, variant: CompiledPlaybook, origins: _Origins) -> Iterator[str]:
    """What the variant is, and what it takes away."""
    segments = " or ".join(f'account.segment == "{segment}"' for segment in variant.segments)
    yield printable(f"{base.id} as its variant {variant.variant}: for {segments}")
    yield printable(f"written in {base.document.name}; a variant edits it where a comment says so")
    gone: dict[str, list[str]] = {}
    for id_, path in origins.applied.removed.items():
        if id_ not in variant.steps:
            gone.setdefault(f"{path[2]}d {origins.by(path)}", []).append(id_)
    for name, value in base.model.variants[variant.variant or ""].set.items():
        if value is None:
            by = origins.by(("variants", variant.variant or "", "set", name))
            gone.setdefault(f"taken away {by}", []).append(name)
    for edit, ids in gone.items():
        yield printable(f"{edit}: {', '.join(ids)}")
