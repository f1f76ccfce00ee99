"""Under which keys and ids a line stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.text.outline import Outline

TEXT = """\
playbook: journey  #@ playbook
ends:
  done: {success: true}  #@ ends/done
# a comment  #@ ends/done
stages:
  - id: first  #@ stages/first/id
    raci:
      A: csm  #@ stages/first/raci/A
    steps:
      - id: greet  #@ stages/first/steps/greet/id
        do: "Greet: all"  #@ stages/first/steps/greet/do

      - do: Train  #@ stages/first/steps/train/do
        "id": train
      - {id: close, do: Close}  #@ stages/first/steps/close
      - - 1
        - x: 2  #@ stages/first/steps///x
  - id: 'second'
    text: |
      a line  #@ stages/second/text
handoffs:
- id: h1
  to: csm  #@ handoffs/h1/to
- id: h2  #@ handoffs/h2/id
last: 1  #@ last
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_paths(ending: str) -> None:
    outline = Outline(TEXT.replace("\n", ending))
    for number, line in enumerate(TEXT.splitlines(), 1):
        if "#@" in line:
            assert outline.path(number) == line.partition("#@ ")[2], line


def test_lines_that_are_not_there() -> None:
    assert Outline("").path(1) == ""
    assert Outline("a: 1\nb: 2").path(99) == "b"
    assert Outline("a: 1\nb: 2").path(0) == "a"


@given(st.text(alphabet="ab:- #\n\t{}'\"id\r", max_size=60), st.integers(-3, 9))
def test_any_text_has_an_outline(text: str, line: int) -> None:
    assert Outline(text).path(line) == Outline(text).path(line)
