"""Edits of texts in every layout: just the place, in the style of what stands around it."""

from __future__ import annotations

import pytest
from changed_values import after, edits_of

from playbook.fixing.changes import Add, Change, Put, Quote, Remove, Rename, Reword
from playbook.text.scalars import Plain

MADE: dict[str, tuple[str, tuple[Change, ...], str]] = {
    "a value": ("a: 1 # why\n", (Put(("a",), "x"),), "a: x # why\n"),
    "a value in single quotes": ("a: 'x' # why\n", (Put(("a",), "y"),), "a: 'y' # why\n"),
    "a value in double quotes": ('a: "x"\n', (Put(("a",), 'say "hi"'),), "a: 'say \"hi\"'\n"),
    "a value over several lines": ("a: x\n  y # why\nb: 1\n", (Put(("a",), "z"),), "a: z # why\nb: 1\n"),
    "a block text": ("a: |\n  x\n  y\n\nb: 1\n", (Put(("a",), "z"),), "a: z\n\nb: 1\n"),
    "a value that needs quotes": ("a: x\n", (Put(("a",), "y: z"),), 'a: "y: z"\n'),
    "a text that looks like a number": ("a: x\n", (Put(("a",), "12"),), 'a: "12"\n'),
    "a number": ("a: x\n", (Put(("a",), 12),), "a: 12\n"),
    "a flag": ("a: 'yes'\n", (Put(("a",), True),), "a: true\n"),
    "a value where only the key is": ("a: # why\nb: 1\n", (Put(("a",), "x"),), "a: x # why\nb: 1\n"),
    "a value where only the dash is": ("a:\n  -\n  - y\n", (Put(("a", 0), "x"),), "a:\n  - x\n  - y\n"),
    "a mapping where nothing is": ("a: ~ # why\n", (Put(("a", "b"), "x"),), "a: {b: x} # why\n"),
    "a mapping where only the key is": (
        "a:\nb: 1\n",
        (Put(("a",), {"x": {"y": 1}, "z": {"y": 2}}),),
        "a:\n  x: {y: 1}\n  z: {y: 2}\nb: 1\n",
    ),
    "a value instead of a block": ("a:\n  - x\n  - y\nb: 1\n", (Put(("a",), "x"),), "a: x\nb: 1\n"),
    "a value inside an alias's neighbour": (
        "a: &x {b: 1}\nc: *x\nd: 1\n",
        (Put(("d",), 2),),
        "a: &x {b: 1}\nc: *x\nd: 2\n",
    ),
    "another value instead of an alias": ("a: &x {b: 1}\nc: *x\n", (Put(("c",), "y"),), "a: &x {b: 1}\nc: y\n"),
    "a key in brackets": ("a: {b: 1} # why\n", (Put(("a", "c"), "x"),), "a: {b: 1, c: x} # why\n"),
    "a key in brackets with a last comma": ("a: {b: 1, }\n", (Put(("a", "c"), "x"),), "a: {b: 1, c: x, }\n"),
    "a key in brackets over several lines": (
        "a: {\n  b: 1, # why\n  d: 2 # not\n}\n",
        (Put(("a", "c"), "x, y"),),
        'a: {\n  b: 1, # why\n  d: 2, c: "x, y" # not\n}\n',
    ),
    "a key in empty brackets": ("a: {}\n", (Put(("a", "b"), "x"),), "a: {b: x}\n"),
    "a key in brackets with blanks": ("a: {  }\n", (Put(("a", "b"), "x"),), "a: {b: x}\n"),
    "a key below a comment": (
        "a:\n  b: 1 # why\n  # the end of a\nc: 1\n",
        (Put(("a", "x"), "y"),),
        "a:\n  b: 1 # why\n  x: y\n  # the end of a\nc: 1\n",
    ),
    "a key below what stands deeper": (
        "a:\n  b:\n    - 1\n    # the end of b\n  # the end of a\n",
        (Put(("a", "x"), "y"),),
        "a:\n  b:\n    - 1\n    # the end of b\n  x: y\n  # the end of a\n",
    ),
    "a key below a block text": (
        "a:\n  b: |\n    x\n\nc: 1\n",
        (Put(("a", "x"), 1),),
        "a:\n  b: |\n    x\n  x: 1\n\nc: 1\n",
    ),
    "a key in an item": ("- a: 1\n  b: 2\n- c\n", (Put((0, "x"), "y"),), "- a: 1\n  b: 2\n  x: y\n- c\n"),
    "a key in an item of an item": ("- - a: 1\n", (Put((0, 0, "x"), "y"),), "- - a: 1\n    x: y\n"),
    "a key in wide indentation": (
        "a:\n      b: 1\n",
        (Put(("a", "x"), {"y": {"z": 1}}),),
        "a:\n      b: 1\n      x:\n        y: {z: 1}\n",
    ),
    "a key at the end without a line break": ("a: 1", (Put(("b",), "x"),), "a: 1\nb: x"),
    "a key between CRLF": (
        "a:\r\n  b: 1\r\nc: 1\r\n",
        (Put(("a", "x"), {"y": {"z": 1}}),),
        "a:\r\n  b: 1\r\n  x:\r\n    y: {z: 1}\r\nc: 1\r\n",
    ),
    "a key beside tabs": (
        "a:\t1\t# why\nb: 2\n",
        (Put(("a",), "x"), Put(("c",), "y")),
        "a:\tx\t# why\nb: 2\nc: y\n",
    ),
    "a key beside emoji": ("😀: {é: 1} # 😀\n", (Put(("😀", "x"), "y"),), "😀: {é: 1, x: y} # 😀\n"),
    "a key in the order of the language": (
        "playbook: x\ntitle: X\nstages: []\n",
        (Put(("version",), "1.0.0"), Put(("ends", "done"), {"success": True})),
        "playbook: x\ntitle: X\nversion: 1.0.0\nends:\n  done: {success: true}\nstages: []\n",
    ),
    "letters in the order of the language": (
        "playbook: x\nstages:\n  - {id: a, raci: {A: x, C: y}}\n",
        (Put(("stages", 0, "raci", "R"), "z"),),
        "playbook: x\nstages:\n  - {id: a, raci: {A: x, R: z, C: y}}\n",
    ),
    "a letter before all others": (
        "playbook: x\nstages:\n  - id: a\n    raci:\n      C: y # why\n",
        (Put(("stages", 0, "raci", "A"), "z"),),
        "playbook: x\nstages:\n  - id: a\n    raci:\n      A: z\n      C: y # why\n",
    ),
    "a letter before all others in brackets": (
        "playbook: x\nstages:\n  - {id: a, raci: {C: y}}\n",
        (Put(("stages", 0, "raci", "A"), "z"),),
        "playbook: x\nstages:\n  - {id: a, raci: {A: z, C: y}}\n",
    ),
    "a block set apart like the others": (
        "playbook: x\n\nanchors:\n  a: {event: e}\n\nstages: []\n",
        (Put(("ends", "done"), {"title": "Done", "success": True}),),
        "playbook: x\n\nanchors:\n  a: {event: e}\n\nends:\n  done: {title: Done, success: true}\n\nstages: []\n",
    ),
    "an item": ("a: [x, y] # why\n", (Add(("a",), "z"),), "a: [x, y, z] # why\n"),
    "an item of an empty list": ("a: [ ]\n", (Add(("a",), "x, y"),), 'a: ["x, y"]\n'),
    "an item of a list that is not there": ("a: 1\n", (Add(("b",), "x"),), "a: 1\nb: [x]\n"),
    "an item beside a single value": ("a: x # why\n", (Add(("a",), "y"),), "a: [x, y] # why\n"),
    "an item beside a single value that brackets would cut": ("a: x, y\n", (Add(("a",), "z"),), 'a: ["x, y", z]\n'),
    "an item beside a single mapping": ("a: {b: 1}\n", (Add(("a",), {"b": 2}),), "a: [{b: 1}, {b: 2}]\n"),
    "an item of a block": ("a:\n- x # why\n- y\n# end\n", (Add(("a",), "z"),), "a:\n- x # why\n- y\n- z\n# end\n"),
    "an item of a block with several lines": (
        "a:\n  - b: 1\n    c: 2\n",
        (Add(("a",), {"b": 3, "c": 4}),),
        "a:\n  - b: 1\n    c: 2\n  - b: 3\n    c: 4\n",
    ),
    "an item of a block of brackets": (
        "a:\n  - {b: 1}\n",
        (Add(("a",), {"b": 3, "c": [1]}),),
        "a:\n  - {b: 1}\n  - {b: 3, c: [1]}\n",
    ),
    "an entry gone": ("a: 1\nb: 2 # why b\nc: 3\n", (Remove(("b",)),), "a: 1\nc: 3\n"),
    "an entry gone with its comments": (
        "a: 1\n\n# apart\n\n# about b\nb:\n  c: 1\n  # end of b\nd: 1\n",
        (Remove(("b",)),),
        "a: 1\n\n# apart\n\nd: 1\n",
    ),
    "an entry gone with a blank line": ("a: 1\n\nb: 2\n\nc: 3\n", (Remove(("b",)),), "a: 1\n\nc: 3\n"),
    "the last entry gone, no line break": ("a: 1\nb: 2", (Remove(("b",)),), "a: 1"),
    "the last entry gone": ("a: 1\r\nb: 2\r\n", (Remove(("b",)),), "a: 1\r\n"),
    "the first entry of an item gone": ("- a: 1 \n  b: 2\n", (Remove((0, "a")),), "- b: 2\n"),
    "the only entry gone with its block": ("a:\n  b:\n    c: 1\nd: 1\n", (Remove(("a", "b", "c")),), "d: 1\n"),
    "an item gone": ("a:\n  - x\n  - y\n", (Remove(("a", 0)),), "a:\n  - y\n"),
    "the first in brackets gone": ("a: {b: 1, c: 2}\n", (Remove(("a", "b")),), "a: {c: 2}\n"),
    "the last in brackets gone": ("a: [b, c ] # why\n", (Remove(("a", 1)),), "a: [b ] # why\n"),
    "the only one in brackets gone": ("a: {b: 1}\n", (Remove(("a", "b")),), "a: {}\n"),
    "a key renamed": ("a: 1\n'b' : 2 # why\n", (Rename(("b",), "c"),), "a: 1\n'c' : 2 # why\n"),
    "a key renamed in brackets": ("a: {b: 1}\n", (Rename(("a", "b"), "c, d"),), 'a: {"c, d": 1}\n'),
    "a text quoted": ("a: 12:30 # why\n", (Quote(("a",)),), 'a: "12:30" # why\n'),
    "a flag quoted": ("a: [yes, no]\n", (Quote(("a", 1)),), 'a: [yes, "no"]\n'),
    "a text with quotes quoted": ('a: x "y"\n', (Quote(("a",)),), "a: 'x \"y\"'\n"),
    "a word": ("a: x.frist > 1 # why\n", (Reword(("a",), "x.frist", "x.first", (0, 7)),), "a: x.first > 1 # why\n"),
    "a word in quotes": ("a: 'it''s frist'\n", (Reword(("a",), "frist", "first", (5, 10)),), "a: 'it''s first'\n"),
    "a word behind an escape": (
        'a: "\\t\\u00e9 frist"\n',
        (Reword(("a",), "frist", "first", (3, 8)),),
        'a: "\\t\\u00e9 first"\n',
    ),
    "a word that gets quotes": ("a: x y\n", (Reword(("a",), "y", "#y", (2, 3)),), 'a: "x #y"\n'),
    "a word over several lines": (
        "a: x\n  frist\n  y\n",
        (Reword(("a",), "frist", "first", (2, 7)),),
        "a: x\n  first\n  y\n",
    ),
    "a word in a folded text": (
        "a: >-\n  x\n  frist # y\n",
        (Reword(("a",), "frist", "first", (2, 7)),),
        "a: >-\n  x\n  first # y\n",
    ),
    "a short form": ("a: frist\n", (Reword(("a", 0, "check"), "frist", "first"),), "a: first\n"),
    "an item without brackets": ("a: {b: 1}\n", (Put(("a", 0, "b"), 2),), "a: {b: 2}\n"),
    "a name that means nothing": ("a: nul\n", (Reword(("a",), "nul", "null"),), 'a: "null"\n'),
    "no sign before a word": ("a: '=Sum'\n", (Reword(("a",), "=", "", (0, 1)),), "a: 'Sum'\n"),
    "two changes of one entry": (
        "a: {when: x}\n",
        (Put(("a", "when"), True), Rename(("a", "when"), "otherwise")),
        "a: {otherwise: true}\n",
    ),
    "a number that stays one": ("a: 5\n", (Add(("a",), 6),), "a: [5, 6]\n"),
    "a plain value": ("a: x\n", (Put(("a",), Plain("3.10")),), "a: 3.10\n"),
}

REFUSED: dict[str, tuple[str, tuple[Change, ...]]] = {
    "inside an anchor that is named": ("a: &x {b: 1}\nc: *x\n", (Put(("a", "b"), 2),)),
    "inside an alias": ("a: &x {b: 1}\nc: *x\n", (Put(("c", "b"), 2),)),
    "below a list inside an anchor": ("a: &x [{b: 1}]\nc: *x\n", (Add(("a",), 2),)),
    "an anchor that is named, gone": ("a: {b: &x 1}\nc: *x\n", (Remove(("a",)),)),
    "an anchor that is named, put over": ("a: {b: &x 1}\nc: *x\n", (Put(("a",), 1),)),
    "a key that may be merged": ("a: &x {b: 1}\nc: {<<: *x}\n", (Put(("c", "d"), 2),)),
    "a merged key": ("a: &x {b: 1}\nc: {<<: *x}\n", (Put(("c", "b"), 2),)),
    "a value with a tag": ("a: !!str 12\n", (Put(("a",), 13),)),
    "the document itself": ("a: 1\n", (Put((), 1),)),
    "the only entry of the document": ("a: 1\n", (Remove(("a",)),)),
    "what is not there": ("a: 1\n", (Remove(("b",)),)),
    "a name of something that is not there": ("a: 1\n", (Rename(("b",), "c"),)),
    "a name that is taken": ("a: 1\nb: 2\n", (Rename(("a",), "b"),)),
    "a key below a text": ("a: x\n", (Put(("a", "b"), 1),)),
    "another text than was meant": ("a: x\n", (Reword(("a",), "y", "z"),)),
    "a text between comments": ("a: [x, # why\n  y]\n", (Remove(("a", 0)),)),
    "empty brackets with a comment": ("a: { # why\n}\n", (Put(("a", "b"), 1),)),
    "a key below blank lines that are text": ("a:\n  b: |+\n    x\n\nc: 1\n", (Put(("a", "x"), 1),)),
    "a list without brackets of its own": ("a: [b: 1]\n", (Put(("a", 0, "c"), 1),)),
    "a file with a duplicate key": ("a: 1\na: 2\nb: 1\n", (Put(("b",), 2),)),
    "a file that cannot be read": ("a: [\n", (Put(("b",), 2),)),
    "a file with a space too few": ("a: {due:5bd}\n", (Put(("a", "x"), 2),)),
    "an empty file": ("# nothing\n", (Put(("b",), 2),)),
    "two changes of one place": ("a: 1\n", (Put(("a",), 2), Put(("a",), 3))),
    "one key twice": ("a: 1\n", (Put(("b", "c"), 2), Put(("b", "d"), 3))),
    "an item far behind the end": ("a: [x]\n", (Put(("a", 3), "y"),)),
}


@pytest.mark.parametrize("name", MADE)
def test_an_edit_changes_just_the_place(name: str) -> None:
    before, changes, wanted = MADE[name]
    assert after(before, *changes) == wanted


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_exactly_is_not_done(name: str) -> None:
    before, changes = REFUSED[name]
    assert edits_of(before, *changes) is None


def test_an_edit_is_no_larger_than_what_changes() -> None:
    (edit,) = edits_of("a: account.frist_report > 1\n", Reword(("a",), "frist", "first", (8, 13))) or ()
    assert (edit.start, edit.end, edit.text) == (11, 16, "first")
