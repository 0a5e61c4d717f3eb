"""The book as a picture, in Mermaid."""

from __future__ import annotations

from collections.abc import Collection

from menus.screens import Book, Do, Tell


def draw(book: Book, only: Collection[str] = ()) -> str:
    """A flow chart: a box for a screen, a hexagon for a verb, a rounded box for an ending. Of `only` some flows, where their ways lead out of them too."""
    lines = ["flowchart TD"]
    for flow in book.flows:
        if only and flow.name not in only:
            continue
        lines.append(f"  subgraph {flow.name}")
        for step in flow.steps:
            shape = "{{%s}}" if isinstance(step, Do) else "([%s])" if isinstance(step, Tell) else "[%s]"
            lines.append(f"    {flow.name}.{step.name}{shape % step.name}")
        lines.append("  end")
    for place, _ in book:
        if only and place.partition(".")[0] not in only:
            continue
        lines += [f"  {place} --> {book.lead(place, way)}" for way in dict.fromkeys(book.ways_on(place))]
    return "\n".join(lines)
