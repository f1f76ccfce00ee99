"""Reading an expression: its syntax tree, the names it reads, and the place of a mistake.

The grammar is the subset of Python's that has no side effect and stays decidable: names with dots,
literals, ``and or not``, comparisons, ``in``, ``+ - * /`` and calls of named functions.
"""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from functools import lru_cache

from playbook.expressions.tree import Places, depth_of, dotted_name, one_line, without_texts
from playbook.text.suggest import nearest

LONGEST = 2_000
"""Longer expressions are refused: nobody reads them, and the parser is recursive."""

DEEPEST = 100
"""Deeper ones are refused too, so that whoever walks a tree may do so by recursion."""


@dataclass(frozen=True, slots=True)
class NameUse:
    """A dotted name and where it stands in the expression (code points, half open)."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with an expression, and where in it (code points, half open).

    ``suggestion`` could stand in that place; ``expected`` says what is wanted there.
    """

    message: str
    start: int
    end: int
    suggestion: str | None = None
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """A read expression: ``tree`` is ``None`` if there is a mistake."""

    text: str
    tree: ast.expr | None
    names: tuple[NameUse, ...]
    mistakes: tuple[Mistake, ...]


FUNCTIONS = ("abs", "count", "days_since", "max", "min")
"""The functions that can be called. Types and meaning: numbers for ``abs``, ``max`` and ``min``; a
collection for ``count``; a date, event or milestone for ``days_since``."""

EXPECTED = "a condition such as first_value.reached and account.seats >= 5"

_ALLOWED: tuple[type[ast.AST], ...] = (
    ast.BoolOp,
    ast.UnaryOp,
    ast.Compare,
    ast.BinOp,
    ast.Name,
    ast.Attribute,
    ast.Constant,
    ast.List,
    ast.Tuple,
    ast.Call,
    ast.boolop,
    ast.Not,
    ast.USub,
    ast.cmpop,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.expr_context,
)
# What people who know other languages write, and the word that is meant.
_FOREIGN = {
    "&&": "and",
    "||": "or",
    "<>": "!=",
    "===": "==",
    "!==": "!=",
    "=>": ">=",
    "=<": "<=",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "!": "not",
    "AND": "and",
    "OR": "or",
    "NOT": "not",
}
_FOREIGN_OPERATOR = re.compile(r"&&|\|\||<>|!==|===|=>|=<|[≥≤≠]|!(?!=)|\b(?:AND|OR|NOT)\b")
_SINGLE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")
# Literals of other languages, which here would be names of nothing.
_FOREIGN_LITERALS = {"true": "True", "false": "False"}
_FOREIGN_NOTHINGS = frozenset({"null", "NULL", "none", "nil"})


@lru_cache(maxsize=8192)
def parse_expression(text: str) -> Parsed:
    """Read an expression. Mistakes are returned, all of them, never raised."""
    if len(text) > LONGEST:
        return _failed(
            text, f"the expression has {len(text):,} characters; at most {LONGEST:,} are read", 0, len(text)
        )
    flat = one_line(text)
    lead = len(flat) - len(flat.lstrip())
    comment = without_texts(flat).find("#")
    if comment >= 0:
        # Python would leave out all that follows, and here that may be the rest of the condition.
        return _failed(text, "a comment cannot stand in an expression", comment, len(text.rstrip()))
    try:
        with warnings.catch_warnings():
            # Python warns on standard error of what it finds odd; what is wrong is reported below.
            warnings.simplefilter("ignore")
            tree = ast.parse(flat.strip(), mode="eval").body
    except SyntaxError as error:
        return _syntax_error(text, flat, lead, error)
    except (ValueError, RecursionError, MemoryError):
        return _failed(text, "the expression cannot be read", 0, len(text))
    # A level takes at least a character, so short expressions need no measuring.
    if len(text) > DEEPEST and depth_of(tree, DEEPEST) > DEEPEST:
        message = f"the expression is nested more than {DEEPEST} levels deep"
        return _failed(text, message, lead, len(text.rstrip()))
    return _Reader(text).read(text, tree)


class _Reader:
    """Collects names and refuses what the language does not have."""

    def __init__(self, text: str) -> None:
        self._places = Places(text)
        self._names: list[NameUse] = []
        self._mistakes: list[Mistake] = []

    def read(self, text: str, tree: ast.expr) -> Parsed:
        pending: list[ast.AST] = [tree]
        while pending:
            node = pending.pop()
            if isinstance(node, ast.Name | ast.Attribute):
                self._name(node, pending)
            elif isinstance(node, ast.Call):
                self._call(node)
                pending.extend(node.args)
            elif isinstance(node, ast.Compare) and any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
                negated = isinstance(node.ops[0], ast.IsNot)
                self._refuse(node, "'is' is not part of the language", "!=" if negated else "==")
                pending.extend(operand for operand in (node.left, *node.comparators) if not _is_none(operand))
            elif isinstance(node, ast.Constant) and not isinstance(node.value, bool | int | float | str):
                self._refuse(node, f"the literal {ast.unparse(node)} is not part of the language")
            elif isinstance(node, ast.BinOp | ast.UnaryOp) and not isinstance(node.op, _ALLOWED):
                self._refuse(node, f"{_kind(node.op)} is not part of the language")
                pending.extend(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr))
            elif not isinstance(node, _ALLOWED):
                self._refuse(node, f"{_kind(node)} is not part of the language")
            else:
                pending.extend(ast.iter_child_nodes(node))
        self._names.sort(key=lambda use: use.start)
        self._mistakes.sort(key=lambda mistake: mistake.start)
        return Parsed(text, None if self._mistakes else tree, tuple(self._names), tuple(self._mistakes))

    def _call(self, node: ast.Call) -> None:
        if not isinstance(node.func, ast.Name) or node.keywords:
            self._refuse(node, "only named functions with plain arguments can be called")
        elif node.func.id not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            message = f"there is no function '{node.func.id}'; there are {known}"
            self._refuse(node.func, message, nearest(node.func.id, FUNCTIONS))

    def _name(self, node: ast.Name | ast.Attribute, pending: list[ast.AST]) -> None:
        name = dotted_name(node)
        if name is None:
            inner: ast.expr = node
            while isinstance(inner, ast.Attribute):
                inner = inner.value
            self._refuse(node, "only a name may stand before a dot")
            pending.append(inner)
            return
        if name in _FOREIGN_LITERALS:
            self._refuse(node, f"'{name}' is not a literal of the language", _FOREIGN_LITERALS[name])
            return
        if name in _FOREIGN_NOTHINGS:
            self._refuse(node, f"'{name}' is no value; a comparison with a value that is missing never holds")
            return
        self._names.append(NameUse(name, *self._places.of(node)))

    def _refuse(self, node: ast.AST, message: str, suggestion: str | None = None) -> None:
        start, end = self._places.of(node)
        self._mistakes.append(Mistake(message, start, end, suggestion))


def _kind(node: ast.AST) -> str:
    names = {
        "IfExp": "a conditional (x if y else z)",
        "Subscript": "an index ([...])",
        "Lambda": "a function",
        "JoinedStr": "a formatted text",
        "Dict": "a mapping",
        "Set": "a set",
        "NamedExpr": "an assignment",
        "Pow": "**",
        "Mod": "%",
        "FloorDiv": "//",
        "UAdd": "a leading +",
        "BitAnd": "&",
        "BitOr": "|",
        "BitXor": "^",
        "Invert": "~",
        "ListComp": "a loop",
        "SetComp": "a loop",
        "DictComp": "a loop",
        "GeneratorExp": "a loop",
        "Starred": "a leading *",
        "Await": "await",
    }
    return names.get(type(node).__name__, "this")


def _syntax_error(text: str, flat: str, lead: int, error: SyntaxError) -> Parsed:
    bare = without_texts(flat)
    foreign = _FOREIGN_OPERATOR.search(bare)
    if foreign is not None:
        return _failed(text, f"'{foreign[0]}' is not an operator", *foreign.span(), _FOREIGN[foreign[0]])
    single = _SINGLE_EQUALS.search(bare)
    if single is not None:
        return _failed(text, "'=' compares nothing", *single.span(), "==")
    length = len(flat.strip())
    if not 0 < (error.offset or 0) <= length:
        # Python has read all of it and waits for more.
        last = max(lead + length - 1, 0) if length else 0
        return _failed(text, "the expression ends too early", last, min(last + 1, len(text)))
    start = (error.offset or 1) - 1 + lead
    end = (error.end_offset or 0) - 1 + lead
    return _failed(text, "the expression cannot be read here", start, min(max(end, start + 1), len(text)))


def _is_none(node: ast.expr) -> bool:
    is_foreign = isinstance(node, ast.Name) and node.id in _FOREIGN_NOTHINGS
    return is_foreign or (isinstance(node, ast.Constant) and node.value is None)


def _failed(text: str, message: str, start: int, end: int, suggestion: str | None = None) -> Parsed:
    return Parsed(text, None, (), (Mistake(message, start, end, suggestion),))
