"""What to offer at a cursor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lsprotocol import types

from playbook.editor.cursor import Cursor, cursor_at
from playbook.editor.offers import Offer, once, references
from playbook.editor.texts import in_comment, in_expression, in_quantity
from playbook.editor.view import View
from playbook.editor.wanted import Key, Wanted, wanted_at
from playbook.language.documents import KINDS, model_of
from playbook.text.emit import scalar

_KINDS_OF_ITEMS = {
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "id": types.CompletionItemKind.Reference,
    "state": types.CompletionItemKind.Event,
    "unit": types.CompletionItemKind.Unit,
    "word": types.CompletionItemKind.Keyword,
    "function": types.CompletionItemKind.Function,
    "code": types.CompletionItemKind.Constant,
}
_AGAIN = types.Command("Go on", "editor.action.triggerSuggest")


def completions(view: View, offset: int, *, again: bool = False) -> list[types.CompletionItem]:
    """The items for the cursor at an offset, the likeliest first.

    With ``again`` they tell an editor of the family of VS Code to offer what comes next.
    """
    cursor = cursor_at(view.buffer.text, offset)
    found, start = _offers(view, cursor, offset)
    items = [_item(view, offer, number, start, max(cursor.end, offset)) for number, offer in enumerate(once(found))]
    if not again:
        for item in items:
            item.command = None
    return items


def _offers(view: View, cursor: Cursor, offset: int) -> tuple[list[Offer], int]:
    """What is offered, and where the word begins that it takes the place of."""
    if cursor.where == "comment":
        offers, word = in_comment(cursor.text, view.catalogue)
        return offers, offset - word
    if cursor.where == "nowhere":
        return [], offset
    if view.kind is None:
        return list(_kinds(cursor)), cursor.start
    wanted = wanted_at(view.kind, cursor.path, view.model_of_part)
    if cursor.where == "key":
        return list(_keys(view, cursor, wanted)), cursor.start
    if cursor.where == "value":
        return _values(view, cursor, wanted, offset)
    offers, start = _values(view, cursor, wanted, offset)
    if cursor.dash or wanted.items is None:
        return [*_keys(view, cursor, wanted), *offers], start
    return [*_listed(view, cursor, wanted), *_keys(view, cursor, wanted), *offers], start


def _kinds(cursor: Cursor) -> Iterator[Offer]:
    if cursor.where == "key" and cursor.path == () and not cursor.in_brackets:
        for kind in KINDS:
            meaning = (model_of(kind).__doc__ or "").strip()
            yield Offer(kind, "key", meaning, f"A document of the kind `{kind}`.", insert=f"{kind}: ")


# -- keys ----------------------------------------------------------------------------------------


def _keys(view: View, cursor: Cursor, wanted: Wanted) -> Iterator[Offer]:
    if len(cursor.path) == 3 and cursor.path[0] == "variants":
        yield from _keys_of_edits(view, cursor)
    for rank, key in enumerate(wanted.keys().values()):
        if key.name not in cursor.present:
            detail = "required" if key.required else _form(key.wanted)
            insert = _inserted(key, cursor)
            again = insert.endswith(": ")
            yield Offer(key.name, "key", detail, _meaning(key), insert, rank=rank, again=again)


def _keys_of_edits(view: View, cursor: Cursor) -> Iterator[Offer]:
    """The keys below ``set`` and ``replace`` of a variant, which name parts of the playbook."""
    if cursor.path[2] == "replace":
        for offer in references(view, "step"):
            if offer.label not in cursor.present:
                yield Offer(offer.label, "id", offer.detail, offer.meaning, insert=f"{offer.label}: ")
    elif cursor.path[2] == "set":
        head, dot, _ = cursor.text.partition(".")
        model = view.model_of_part(head) if dot else None
        if model is None:
            for offer in references(view, "part"):
                yield Offer(offer.label, "id", offer.detail, offer.meaning, insert=f"{offer.label}.", again=True)
            return
        for key in Wanted(((model, None),)).keys().values():
            name = f"{head}.{key.name}"
            if name not in cursor.present:
                yield Offer(name, "key", _form(key.wanted), _meaning(key), insert=f"{name}: ", again=True)


def _inserted(key: Key, cursor: Cursor) -> str:
    wanted = key.wanted
    inside = "\n" + " " * (cursor.column + 2)
    if cursor.in_brackets or wanted.is_text or any(short for _, short in wanted.models):
        return f"{key.name}: "
    if wanted.items is not None and not wanted.bare:
        return f"{key.name}:{inside}- "
    if wanted.items is not None and wanted.items.is_text:
        return f"{key.name}: "
    return f"{key.name}:{inside}"


def _listed(view: View, cursor: Cursor, wanted: Wanted) -> Iterator[Offer]:
    """Items of a list that has no dash yet."""
    assert wanted.items is not None
    names = [key.name for key in wanted.items.keys().values() if key.required] or list(wanted.items.keys())[:1]
    if names:
        first = names[0]
        yield Offer(f"- {first}", "key", "an item of the list", insert=f"- {first}: ", again=True)
    offset = cursor.start
    for offer in _values(view, cursor, wanted.items, offset)[0]:
        yield Offer(f"- {offer.label}", offer.sort, offer.detail, offer.meaning, f"- {offer.insert or offer.label}")


def _form(wanted: Wanted) -> str:
    """In a word or two, what is written behind a key."""
    if wanted.quantity:
        return wanted.quantity
    if wanted.expression:
        return "condition"
    if wanted.flag:
        return "true or false"
    if wanted.references:
        return " or ".join(wanted.references)
    if wanted.values:
        return "one of " + ", ".join(wanted.values[:4]) + ("…" if len(wanted.values) > 4 else "")
    if wanted.items is not None:
        return "list"
    return "by id" if wanted.entries is not None else ""


def _meaning(key: Key) -> str:
    examples = [str(example) for example in key.examples if isinstance(example, str | int)]
    return key.description + (f"\n\nExample: `{'`, `'.join(examples)}`" if examples else "")


# -- values --------------------------------------------------------------------------------------


def _values(view: View, cursor: Cursor, wanted: Wanted, offset: int) -> tuple[list[Offer], int]:
    found: list[Offer] = []
    start = cursor.start
    for form in wanted.as_text():
        found += [Offer(value, "value", insert=_written(value, cursor)) for value in form.values]
        if form.flag:
            found += [Offer("true", "value"), Offer("false", "value")]
        for kind in form.references:
            found += references(view, kind)
        if form.expression:
            offers, word = in_expression(view, cursor.text, _quotes_inside(view, cursor))
            found += offers
            start = offset - word
        if form.quantity:
            offers, word = in_quantity(view, form.quantity, cursor.text)
            found += offers
            start = offset - word
    return found, start


def _quotes_inside(view: View, cursor: Cursor) -> str:
    """The quotes for a text inside an expression: not those that the expression itself stands in."""
    return "'" if view.buffer.text[cursor.start - 1 : cursor.start] == '"' else '"'


def _written(value: str, cursor: Cursor) -> str | None:
    text = scalar(value, cursor.in_brackets)
    return text if text != value else None


# -- for the editor ------------------------------------------------------------------------------


def _item(view: View, offer: Offer, number: int, start: int, end: int) -> types.CompletionItem:
    buffer = view.buffer
    insert = offer.insert or offer.label
    # Behind the cursor may stand what would be written twice.
    if insert.endswith(": ") and re.match(r"[ \t]*:", buffer.text[end : end + 3]):
        insert = insert[:-2]
    if insert[-1:] in ('"', "'") and buffer.text[end : end + 1] == insert[-1]:
        end += 1
    if _is_glued(buffer.text, start):
        insert = f" {insert}"
    return types.CompletionItem(
        label=offer.label,
        kind=_KINDS_OF_ITEMS[offer.sort],
        detail=offer.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, offer.meaning) if offer.meaning else None,
        sort_text=f"{number:05}",
        filter_text=f" {offer.label}" if _is_glued(buffer.text, start) else None,
        text_edit=types.TextEdit(buffer.range(start, end), insert),
        insert_text_mode=types.InsertTextMode.AsIs,
        command=_AGAIN if offer.again else None,
    )


def _is_glued(text: str, start: int) -> bool:
    """Whether a blank is missing between a colon and its value."""
    before = text[max(0, start - 1) : start]
    return before == ":" and bool(re.search(r"(?:^|[\s{,])[\w.-]+:$", text[max(0, start - 100) : start]))
