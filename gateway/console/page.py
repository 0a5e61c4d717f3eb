"""A page of lists and forms: what most subjects need, said as values and shown by one template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response


@dataclass(frozen=True)
class Cell:
    """What stands in a table: a text, perhaps with a link, or a state that is shown as a tag."""

    text: Any
    link: str = ""
    state: bool = False
    kind: str = ""


@dataclass(frozen=True)
class Deed:
    """A button in a row: it posts its fields to an address. `number` is the name of a number that may be typed beside it."""

    label: str
    url: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    about: str = ""
    number: str = ""


@dataclass(frozen=True)
class Line:
    cells: Sequence[Cell]
    deeds: Sequence[Deed] = ()


@dataclass(frozen=True)
class Table:
    """`columns` are (title, class); an empty table says `empty`."""

    caption: str
    columns: Sequence[tuple[str, str]]
    lines: Sequence[Line]
    empty: str = "Nothing here yet."


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Ask:
    """A form that changes something: its title, its fields, the word on its button."""

    title: str
    form: Any
    url: str
    button: str
    words: str = ""


def show(
    title: str, *, words: str = "", facts: Sequence[tuple[str, Any]] = (), links: Sequence[Link] = (), filter: Any = None, clear: str = "",
    tables: Sequence[Table] = (), asks: Sequence[Ask] = (), older: str | None = None,
) -> str:  # fmt: skip
    return render_template(
        "page.html", title=title, words=words, facts=facts, links=links, filter=filter, clear=clear, tables=tables, asks=asks, older=older
    )  # fmt: skip


def said(words: str, there: str, *, wrong: bool = False) -> Response:
    """Go to a page and say there what came of it."""
    flash(words, "why" if wrong else "done")
    return redirect(there)
