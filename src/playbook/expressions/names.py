"""The types of names while conditions are decided: as declared, or else inferred from their use."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from playbook.expressions.inference import infer
from playbook.expressions.literals import amount_of, exact_duration
from playbook.expressions.tree import dotted_name
from playbook.expressions.types import Type, TypeKind, Types


class Names:
    """The types and scales of the names in some conditions."""

    def __init__(self, conditions: Sequence[ast.expr], types: Types) -> None:
        self._conditions = conditions
        self._types = types
        self._known: dict[str, Type | None] = {}
        self._inferred: dict[str, Type | None] | None = None
        self._scales: dict[str, frozenset[str]] | None = None

    def type_of(self, name: str) -> Type | None:
        """The declared or inferred type; ``None`` if its uses contradict each other."""
        try:
            return self._known[name]
        except KeyError:
            type_ = self._types(name)
            if type_ is None:
                if self._inferred is None:
                    self._inferred = infer(self._conditions, self._types)
                type_ = self._inferred.get(name)
            self._known[name] = type_
            return type_

    def scales_of(self, name: str) -> frozenset[str]:
        """What a duration is measured on, as told by its unit and by what it is compared with."""
        if self._scales is None:
            self._scales = self._find_scales()
        return self._scales.get(name, frozenset())

    def _find_scales(self) -> dict[str, frozenset[str]]:
        groups: list[tuple[set[str], set[str]]] = []
        for node in (part for condition in self._conditions for part in ast.walk(condition)):
            if isinstance(node, ast.Compare):
                names = {name for name in names_in(node) if self._kind_of(name) == "duration"}
                if names:
                    groups.append((names, {scale for part in ast.walk(node) for scale in scale_of(part)}))
        scales: dict[str, set[str]] = {}
        for names, _ in groups:
            for name in names:
                declared = self.type_of(name)
                scales[name] = scale_of_unit(declared.unit if declared else None)
        for _ in groups:  # names that are compared with each other have one scale
            for names, written in groups:
                common = written.union(*(scales[name] for name in names))
                for name in names:
                    scales[name] = common
        return {name: frozenset(found) for name, found in scales.items()}

    def _kind_of(self, name: str) -> TypeKind | None:
        type_ = self.type_of(name)
        return type_.kind if type_ else None


def names_in(node: ast.AST) -> list[str]:
    """Every dotted name below a node, as often as it stands there."""
    found: list[str] = []
    pending: list[ast.AST] = [node]
    while pending:
        part = pending.pop()
        name = dotted_name(part)
        if name is not None:
            found.append(name)
        elif isinstance(part, ast.Call):
            pending.extend(part.args)
        else:
            pending.extend(ast.iter_child_nodes(part))
    return found


def scale_of(node: ast.AST) -> set[str]:
    """The scale of a literal such as "14d". Nothing at all has every scale: its own is left open."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return set()
    duration = exact_duration(node.value)
    amount = amount_of(duration) if duration is not None else None
    return {amount[0]} if amount is not None and amount[1] else set()


def scale_of_unit(unit: str | None) -> set[str]:
    """The scale of a declared unit of time."""
    return scale_of(ast.Constant(f"1{unit}")) if unit else set()


def written(node: ast.expr) -> str:
    """A term in the one way it is written: with double quotation marks, as in the documents."""
    text = ast.unparse(node)
    return text if '"' in text else text.replace("'", '"')
