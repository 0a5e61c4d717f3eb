"""Every verb of the menus that can move money is flagged, so that the check asks for its amount, its receiver and its PIN; what is not flagged says why."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from gateway.phrasebook import PHRASEBOOK

HOUSE = Path(__file__).parent.parent
DOORS = {("gateway.ledger.verbs", "reserve"), ("gateway.members.payments", "pay")}  # into the books: alone, and together with others who pay now

# What reaches the books and asks for no PIN, each with its reason. (`gateway/README.md`, decision of 2026-11-28.)
NO_PIN = {
    "say_of_cash": "the caller's own money does not move: the office's box pays into the group what the leader holds, and the payer says that it is so",
    "ask_back": "nothing moves: it is held until two persons have looked, or the receiver gives it back",
    "take_need_back": "the caller's own money comes back to them",
    "it_did_not_help": "the same hands as `it_helped`, which give nothing for a no",
    "it_helped": "points of the budget, to somebody else, capped for each pair and week",
}


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
def _uses(module: str, name: str) -> frozenset[tuple[str, str]]:
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


def moves(module: str, name: str) -> bool:
    """Whether a function comes to the books by whatever way."""
    seen, ahead = set(), [(module, name)]
    while ahead:
        here = ahead.pop()
        if here in DOORS:
            return True
        if here not in seen:
            seen.add(here)
            ahead += _uses(*here)
    return False


def test_a_verb_that_comes_to_the_books_is_flagged_or_says_why() -> None:
    unflagged = {name for name, verb in PHRASEBOOK.verbs.items() if not verb.moves_money and moves(verb.act.__module__, verb.act.__name__)}

    assert unflagged == set(NO_PIN)


def test_the_way_to_the_books_is_found() -> None:
    assert moves("gateway.money.places", "pay_group")
    assert not moves("gateway.money.places", "find_group")
