"""Which functions of ours a function comes to, by whatever way: read from the source, nothing is called."""

from __future__ import annotations

import ast
from collections.abc import Collection
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parent.parent


@cache
def _module(name: str) -> tuple[dict[str, ast.FunctionDef], dict[str, tuple[str, str]]]:
    """(its functions, its imported names: module and name there, which is empty for a module)."""
    file = HOUSE / (name.replace(".", "/") + ".py")
    file = file if file.exists() else HOUSE / name.replace(".", "/") / "__init__.py"
    tree = ast.parse(file.read_text()) if file.exists() else ast.Module([], [])
    known: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("gateway"):
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                is_module = (HOUSE / (whole.replace(".", "/") + ".py")).exists() or (HOUSE / whole.replace(".", "/")).is_dir()
                known[one.asname or one.name] = (whole, "") if is_module else (node.module, one.name)
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}, known


@cache
def uses(module: str, name: str) -> frozenset[tuple[str, str]]:
    """Which functions of ours a function names."""
    functions, known = _module(module)
    found = set()
    for node in ast.walk(functions[name]) if name in functions else ():
        if isinstance(node, ast.Name):
            if node.id in functions and node.id != name:
                found.add((module, node.id))
            elif node.id in known and known[node.id][1]:
                found.add(known[node.id])
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (there := known.get(node.value.id)) and not there[1]:
            found.add((there[0], node.attr))
    return frozenset(found)


@cache
def reached(module: str, name: str) -> frozenset[tuple[str, str]]:
    """All functions that a function comes to, with itself."""
    seen: set[tuple[str, str]] = set()
    ahead = [(module, name)]
    while ahead:
        if (here := ahead.pop()) not in seen:
            seen.add(here)
            ahead += uses(*here)
    return frozenset(seen)


def comes_to(module: str, name: str, doors: Collection[tuple[str, str]]) -> bool:
    return not reached(module, name).isdisjoint(doors)
