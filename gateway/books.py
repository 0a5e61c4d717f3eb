"""The menus a call began with: kept while calls of them live, so that a deploy never changes a question under a caller's thumb.

A book is kept in Redis, beside the calls that need it: when it is gone, so are they.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import replace
from functools import lru_cache
from typing import Any

import redis

from gateway.observe import log
from gateway.words import whole
from menus import data
from menus.check.graph import dead_ends, unknown_words
from menus.engine import Engine
from menus.screens import Book, When
from menus.session import Session

KEPT_S = 2 * 86_400  # far longer than a call, or what it left behind, lives
KEEP_AGAIN_S = 60.0  # how often a process that speaks a book looks whether it is still there
VERSION_LENGTH = 12


class Books:
    """The engine of the newest book, and those of the books that are still being spoken."""

    def __init__(self, client: redis.Redis, newest: Engine) -> None:
        self._client, self._kept_at = client, -KEEP_AGAIN_S
        self._written = _written(newest)
        self.newest = replace(newest, version=hashlib.sha256(self._written.encode()).hexdigest()[:VERSION_LENGTH])
        self._older: dict[str, Engine] = {}

    def keep(self) -> None:
        """Let every other release find this book, also after Redis has been emptied."""
        if time.monotonic() - self._kept_at >= KEEP_AGAIN_S:
            if not self._client.expire(_key(self.newest.version), KEPT_S):
                self._client.set(_key(self.newest.version), self._written, ex=KEPT_S)
            self._kept_at = time.monotonic()

    def of(self, session: Session | None) -> Engine:
        """The engine of the book that this call began with; the newest when that one is gone, or cannot be spoken any more."""
        if session is None or session.version in ("", self.newest.version):
            return self.newest
        known = self._older.get(session.version) or self._read(session.version)
        if known:
            self._older[session.version] = known
        return known or self.newest

    def _read(self, version: str) -> Engine | None:
        found: Any = self._client.get(_key(version))
        if not found:
            log.warning("book_is_gone", name=version)
            return None
        kept = json.loads(found)
        try:
            book = Book(
                *(data.from_data(flow) for flow in kept["flows"]), help=When(*kept["help"]) if kept["help"] else None, numbers=kept["numbers"],
                by_sms=kept["by_sms"], news=kept.get("news", ""),
            )  # fmt: skip
        except (data.NotAFlow, KeyError) as error:
            log.warning("book_cannot_be_read", name=version, error=type(error).__name__)
            return None
        if [*dead_ends(book), *unknown_words(book, self.newest.phrasebook, ())]:
            log.warning("book_needs_words_that_are_gone", name=version)
            return None
        return replace(self.newest, book=book, catalogs=kept["catalogs"], version=version)


def _key(version: str) -> str:
    return f"pamoja:book:{version}"


@lru_cache(maxsize=4)
def _written(engine: Engine) -> str:
    book = engine.book
    return json.dumps({
        "flows": [data.to_data(flow) for flow in book.flows], "help": [book.help.fact, book.help.target] if book.help else None,
        "numbers": book.numbers, "by_sms": book.by_sms, "news": book.news,
        "catalogs": {language: whole(catalog) for language, catalog in engine.catalogs.items()},
    }, sort_keys=True)  # fmt: skip
