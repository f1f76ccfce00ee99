"""Inferring what a name is from what it is compared with, where nothing declares it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from playbook.expressions.literals import exact_duration, read_date
from playbook.expressions.tree import dotted_name
from playbook.expressions.types import BOOLEAN, DATE, DURATION, NUMBER, TEXT, Type, TypeKind, Types

_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_INFERRED: dict[TypeKind, Type] = {
    "number": NUMBER,
    "text": TEXT,
    "boolean": BOOLEAN,
    "date": DATE,
    "duration": DURATION,
    "list": Type("list"),
}


def infer(conditions: Sequence[ast.expr], types: Types) -> dict[str, Type | None]:
    """The types of all names that have no declared one; ``None`` if uses contradict each other."""
    inference = _Inference(types)
    for condition in conditions:
        inference.kind(condition, "boolean")
    for condition in conditions:
        for node in ast.walk(condition):
            inference.read(node)
    uses = inference.uses
    for left, right in inference.links:  # one description for names that are compared with each other
        kept, merged = uses[left], uses[right]
        if kept is not merged:
            kept.kinds |= merged.kinds
            kept.literals |= merged.literals
            kept.ordered |= merged.ordered
            uses.update({name: kept for name, found in uses.items() if found is merged})
    return {name: found.type() for name, found in uses.items()}


@dataclass(slots=True)
class _Uses:
    """How a name, or names that are compared with each other, are used."""

    kinds: set[TypeKind] = field(default_factory=set)
    literals: set[str] = field(default_factory=set)
    ordered: bool = False

    def type(self) -> Type | None:
        kinds = set(self.kinds)
        if self.literals:
            kinds.add(self._literal_kind(kinds))
        if not kinds and self.ordered:
            return NUMBER
        if not kinds:
            return TEXT
        return _INFERRED[kinds.pop()] if len(kinds) == 1 else None

    def _literal_kind(self, kinds: set[TypeKind]) -> TypeKind:
        if (self.ordered or "date" in kinds) and all(read_date(text) for text in self.literals):
            return "date"
        if (self.ordered or "duration" in kinds) and all(exact_duration(text) for text in self.literals):
            return "duration"
        return "text"


class _Inference:
    """Collects the uses of names whose type is not declared."""

    def __init__(self, types: Types) -> None:
        self._types = types
        self.uses: dict[str, _Uses] = {}
        self.links: list[tuple[str, str]] = []

    def unknown(self, node: ast.expr) -> str | None:
        name = dotted_name(node)
        return name if name is not None and self._types(name) is None else None

    def kind(self, node: ast.expr, kind: TypeKind) -> None:
        name = self.unknown(node)
        if name is not None:
            self._of(name).kinds.add(kind)

    def read(self, node: ast.AST) -> None:
        if isinstance(node, ast.BoolOp):
            for value in node.values:
                self.kind(value, "boolean")
        elif isinstance(node, ast.UnaryOp):
            self.kind(node.operand, "boolean" if isinstance(node.op, ast.Not) else "number")
        elif isinstance(node, ast.BinOp):
            self._calculation(node)
        elif (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"abs", "min", "max"}
        ):
            for argument in node.args:
                self.kind(argument, "number")
        elif isinstance(node, ast.Compare):
            left = node.left
            for operator, right in zip(node.ops, node.comparators, strict=True):
                self._comparison(left, operator, right)
                left = right

    def _calculation(self, node: ast.BinOp) -> None:
        for operand, other in ((node.left, node.right), (node.right, node.left)):
            date = self._declared(other) == "date" and isinstance(node.op, ast.Sub)
            self.kind(operand, "date" if date else "number")

    def _comparison(self, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> None:
        if isinstance(operator, ast.In | ast.NotIn):
            if isinstance(right, ast.List | ast.Tuple):
                for item in right.elts:
                    self._alike(left, item, ordered=False)
            else:
                self.kind(right, "list")
            return
        ordered = isinstance(operator, _ORDER)
        self._alike(left, right, ordered=ordered)
        self._alike(right, left, ordered=ordered)

    def _alike(self, node: ast.expr, other: ast.expr, *, ordered: bool) -> None:
        name = self.unknown(node)
        if name is None:
            return
        uses = self._of(name)
        uses.ordered |= ordered
        linked = self.unknown(other)
        if linked is not None:
            self._of(linked)
            self.links.append((name, linked))
        elif isinstance(other, ast.Constant) and isinstance(other.value, str):
            uses.literals.add(other.value)
        else:
            kind = self._declared(other) or "number"
            uses.kinds.add("text" if kind == "choice" else kind)

    def _declared(self, node: ast.expr) -> TypeKind | None:
        name = dotted_name(node)
        if name is not None:
            type_ = self._types(name)
            return type_.kind if type_ else None
        if isinstance(node, ast.Constant):
            return "boolean" if isinstance(node.value, bool) else None
        if isinstance(node, ast.BinOp) and "date" in {self._declared(node.left), self._declared(node.right)}:
            return "duration"
        logical = isinstance(node, ast.Compare | ast.BoolOp) or (
            isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
        )
        return "boolean" if logical else None

    def _of(self, name: str) -> _Uses:
        return self.uses.setdefault(name, _Uses())
