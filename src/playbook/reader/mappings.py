"""What a mapping means: keys by their text, duplicates, and merges (``<<: *defaults``)."""

from __future__ import annotations

from playbook.diagnostics import Diagnostic
from playbook.reader.excerpts import quote_hint
from playbook.reader.findings import finding, quoted, related_place
from playbook.reader.limits import MAX_FINDINGS
from playbook.reader.nodes import UNREADABLE, Mapping, Node, Scalar, Sequence
from playbook.text.spans import SourceText

MERGE = "<<"


def close_mapping(source: SourceText, node: Mapping, findings: list[Diagnostic]) -> None:
    """Fill a complete mapping's ``entries`` from its ``children``, and report what is wrong with its keys.

    Of duplicate keys the first one wins. A merged key stands where its ``<<`` is written; an explicit key
    wins over it, and so does an earlier source (YAML 1.1, "Merge Key Language-Independent Type").
    """
    if len(node.children) % 2:  # the parser stopped behind a key
        last = node.children[-1]
        node.children.append(Scalar(last.end, last.end, "", UNREADABLE))
    pairs = list(zip(node.children[::2], node.children[1::2], strict=True))
    explicit: dict[str, Scalar] = {}
    kept: list[tuple[Scalar, Node]] = []
    for key, value in pairs:
        if len(findings) >= MAX_FINDINGS:
            break
        if isinstance(key, Scalar) and node.flow:
            key, value = _spaced(source, key, value, findings)  # noqa: PLW2901
        if isinstance(key, Scalar) and _usable(source, key, findings):
            first = explicit.setdefault(key.text, key)
            if first is key:
                kept.append((key, value))
            else:
                findings.append(_duplicate(source, key, first))
        elif not isinstance(key, Scalar):
            findings.append(_collection_key(source, key))
    for key, value in kept:
        if _is_merge(key):
            _merge(source, node, value, explicit, findings)
        else:
            node.entries[key.text] = (key, value)


def _is_merge(key: Scalar) -> bool:
    return key.text == MERGE and not key.style and not key.is_text


def _merge(
    source: SourceText, node: Mapping, value: Node, explicit: dict[str, Scalar], findings: list[Diagnostic]
) -> None:
    sources = value.children if isinstance(value, Sequence) else [value]
    for merged in sources:
        if isinstance(merged, Scalar) and merged.style == UNREADABLE:
            continue  # reported already
        if not isinstance(merged, Mapping):
            message = f'"{MERGE}" can only merge mappings'
            expected = "<<: *anchor of a mapping, or a list of such"
            findings.append(finding(source, message, merged.start, merged.end, expected=expected))
            continue
        for name, entry in merged.entries.items():
            if name not in explicit:
                node.entries.setdefault(name, entry)


def _spaced(source: SourceText, key: Scalar, value: Node, findings: list[Diagnostic]) -> tuple[Scalar, Node]:
    """``{due:5bd}`` as it is meant: to YAML it is a key ``due:5bd`` without a value, which nobody writes."""
    colon = key.text.find(":")
    at = key.start + colon
    if key.style or colon <= 0 or source.text[at : at + 1] != ":" or source.text[key.end : key.end + 1] == ":":
        return key, value
    if not isinstance(value, Scalar) or value.start != value.end or key.end - key.start != len(key.text):
        return key, value
    meant = Scalar(key.start, at, key.text[:colon], "")
    rest = Scalar(at + 1, key.end, key.text[colon + 1 :], "")
    hint = f"{meant.text}: {rest.text}"
    findings.append(finding(source, 'missing space after ":"', at, at + 1, expected='": "', suggestion=hint))
    return meant, rest


def _usable(source: SourceText, key: Scalar, findings: list[Diagnostic]) -> bool:
    if key.value() is not None:
        return True
    message = f"{quoted(key.text)} is no key: it means no value" if key.text else "a key is missing"
    hint = f'quote it: "{key.text}"' if key.text else None
    findings.append(finding(source, message, key.start, key.end, expected="a key", suggestion=hint))
    return False


def _duplicate(source: SourceText, key: Scalar, first: Scalar) -> Diagnostic:
    hint = f"{MERGE}: [*first, *second]" if _is_merge(key) else None
    related = (related_place(source, "first defined here", first.start, first.end),)
    message = f"duplicate key {quoted(key.text)}"
    return finding(source, message, key.start, key.end, related=related, suggestion=hint)


def _collection_key(source: SourceText, key: Sequence | Mapping) -> Diagnostic:
    if source.text[key.start - 1 : key.start + 1] == "{{" and key.start:
        message = 'an unquoted value cannot begin with "{{"'
        end = source.text.find("}}", key.start, key.start + 100)
        written = source.text[key.start - 1 : end + 2] if end >= 0 else ""
        return finding(
            source,
            message,
            key.start - 1,
            key.start + 1,
            expected="quotes around the value",
            suggestion=quote_hint(written),
        )
    kind = "mapping" if isinstance(key, Mapping) else "list"
    return finding(source, f"a {kind} cannot be a key", key.start, key.end, expected="a text")
