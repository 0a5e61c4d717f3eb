"""An SMS is kept whole before anything that may break looks at it; who wrote hears what became of it, and a person sees it."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from gateway import unread
from gateway.records import rows
from gateway.records.model import DOTS
from gateway.texting import TRIES, Texting
from tests.browser import operator, page
from tests.cast import OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_group_calls import by_sms
from tests.test_group_votes import with_three
from workers.nightly import say_sorry_for_texts

BROKE = "Something broke on our side and your SMS was not read."


def texts(village: Village, words: str) -> None:
    village.phone(WANJIRU).texts(words, SHORTCODE)


def kept(village: Village) -> list[tuple[str, str]]:
    with village.world() as world:
        return [tuple(row) for row in world.read.execute(select(rows.texts_in.c.words, rows.texts_in.c.meaning))]


def breaks(monkeypatch: pytest.MonkeyPatch, times: int) -> list[int]:
    """Understanding a message breaks so often, after it has written something."""
    understand, broke = Texting._understand, [0]

    def broken(self: Texting, world: object, *more: object) -> object:
        came = understand(self, world, *more)  # type: ignore[arg-type]
        if broke[0] < times:
            broke[0] += 1
            raise RuntimeError("boom")
        return came

    monkeypatch.setattr(Texting, "_understand", broken)
    return broke


def test_what_breaks_once_is_understood_at_the_second_try(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    breaks(monkeypatch, 1)
    texts(village, "BAL")

    assert kept(village) == [("BAL", "bal")]
    (reply,) = village.sms(WANJIRU)
    assert reply.startswith("You have KES 500")


def test_what_breaks_again_and_again_is_kept_and_its_author_hears_so(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    broke = breaks(monkeypatch, TRIES)
    texts(village, "my pump is broken and the clerk 4715 laughs")

    assert broke == [TRIES], "it is tried so often, and no more"
    assert kept(village) == [(f"my pump is broken and the clerk {DOTS} laughs", rows.FAILED)]
    assert [one.startswith(BROKE) for one in village.sms(WANJIRU)] == [True]
    shown = page(operator(village, "maker"), "calls")
    assert "my pump is broken" in shown
    assert WANJIRU not in shown


def test_a_message_whose_process_died_is_answered_by_the_clock(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        rows.keep_text_in(world, provider_id="m-1", number=WANJIRU, words="PUMP", network="", meaning=rows.HEARD, at=world.now())
    assert say_sorry_for_texts(village.site) == 0, "somebody may be at it"
    village.clock.passes(seconds=unread.UNREAD_S + 1)
    assert say_sorry_for_texts(village.site) == 1
    assert say_sorry_for_texts(village.site) == 0

    assert [one.startswith(BROKE) for one in village.sms(WANJIRU)] == [True]


def test_what_may_be_a_ballot_is_seen_by_nobody(village: Village) -> None:
    with_three(village)
    by_sms(village)
    with village.world() as world:
        rows.keep_text_in(world, provider_id="m-1", number=OTIENO, words="2", network="", meaning=rows.HEARD, at=world.now() - dt.timedelta(hours=1))
    say_sorry_for_texts(village.site)

    assert kept(village) == [(DOTS, rows.FAILED)]
