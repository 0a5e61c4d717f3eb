"""Keeps the gettext files in step with what the book says: new texts are added, gone ones dropped, nothing is guessed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from gateway.words import LOCALES
from menus.book.reviewed import REVIEWERS, review_of

BORN = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)  # a date that moves would make every refresh a change


HEADER = "# What Pamoja says. Texts about money, PINs and consent are reviewed by a named person: see menus/README.md."


def refresh(language: str, texts: Mapping[str, str], folder: Path = LOCALES) -> tuple[int, int]:
    """Write `<language>.po` with every text of the book, in the book's order. Returns (said, still to be said)."""
    file = folder / f"{language}.po"
    known: dict[str, str] = {}
    if file.exists():
        with file.open("rb") as stream:
            known = {str(one.id): str(one.string) for one in read_po(stream, locale=language) if one.id and one.string}
    catalog = Catalog(
        locale=language, project="Pamoja", version="1", fuzzy=False, revision_date=BORN, creation_date=BORN,
        copyright_holder="the Pamoja authors", msgid_bugs_address="", last_translator="", language_team=language, header_comment=HEADER,
    )  # fmt: skip
    for text, place in texts.items():
        kind = review_of(place)
        catalog.add(text, known.get(text, ""), auto_comments=[f"{place}. Must be read by {REVIEWERS[kind]}: {kind}" if kind else place])
    with file.open("wb") as stream:
        write_po(stream, catalog, width=100, omit_header=False)
    said = sum(text in known for text in texts)
    return said, len(texts) - said
