"""The fence of a call: what a turn that woke up late would save is refused, whichever connection it comes over, and nobody after it is."""

from __future__ import annotations

import json

import pytest
from structlog.testing import capture_logs

from gateway.calls import BUSY, OURS, Call, Calls
from gateway.records.model import Hop
from tests.cast import MONDAY, OTIENO, WANJIRU, Village


def a_call(text: str) -> Call:
    return Call(WANJIRU, "", 0, "", text, False, "home.show", 1, None)


def saved(village: Village) -> str:
    kept = village.site.redis.get("pamoja:call:kit:one")
    return str(json.loads(kept)[4]) if kept else ""


LOCK_OF = "pamoja:lock:1:" + WANJIRU
HOP = Hop(1, "one", WANJIRU, 1, "home.show", "", "", 1, MONDAY)


@pytest.mark.parametrize("line", ["the same", "made anew"])
@pytest.mark.parametrize("other", ["nobody", "took it", "took it and was done", "it ran out"])
def test_a_turn_that_wakes_up_late_saves_nothing_over_another(sqlite_village: Village, line: str, other: str) -> None:
    redis, calls = sqlite_village.site.redis, Calls(sqlite_village.site.redis, "key")
    got, lock, _, _ = calls.enter("kit", "one", 1, WANJIRU)
    assert got == OURS
    if other != "nobody":
        redis.delete(LOCK_OF)
    if other.startswith("took"):
        second = Calls(redis, "key")
        assert second.enter("kit", "one", 1, WANJIRU)[0] == OURS
        if other.endswith("done"):
            redis.set("pamoja:call:kit:one", '[0,0,0,0,"theirs"]')
            redis.delete(LOCK_OF)
    if line == "made anew":
        redis.client_kill_filter(_type="normal", skipme=True)
    calls.leave(lock, a_call("ours"), HOP)
    calls.settle()

    assert saved(sqlite_village) == {"nobody": "ours", "took it": "", "took it and was done": "theirs", "it ran out": ""}[other]
    assert redis.exists(LOCK_OF) == (other == "took it")
    redis.delete(LOCK_OF)
    got, lock, _, _ = calls.enter("kit", "one", 1, WANJIRU)  # and the next turn of this thread is saved as ever
    calls.leave(lock, a_call("next"), HOP)
    calls.settle()
    assert (got, saved(sqlite_village), redis.exists(LOCK_OF)) == (OURS, "next", 0)


def test_who_waited_in_vain_watches_nothing_any_more(sqlite_village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    redis, calls = sqlite_village.site.redis, Calls(sqlite_village.site.redis, "key")
    monkeypatch.setattr("gateway.calls.LOCK_WAIT_S", 0.1)
    redis.set(LOCK_OF, "somebody else")
    assert calls.enter("kit", "one", 1, WANJIRU)[0] == BUSY
    got, lock, _, _ = calls.enter("kit", "two", 1, OTIENO)
    redis.set(LOCK_OF, "somebody else again")
    calls.leave(lock, a_call("ours"), HOP)
    calls.settle()
    assert got == OURS
    assert redis.exists("pamoja:call:kit:two")


def test_a_save_that_redis_refuses_is_said_in_the_log(sqlite_village: Village) -> None:
    redis, calls = sqlite_village.site.redis, Calls(sqlite_village.site.redis, "key")
    _, lock, _, _ = calls.enter("kit", "one", 1, WANJIRU)
    redis.config_set("maxmemory", "1")
    try:
        with capture_logs() as said:
            calls.leave(lock, a_call("ours"), HOP)
            calls.settle()
    finally:
        redis.config_set("maxmemory", "0")
    assert [one["event"] for one in said] == ["call_not_saved"]
    assert saved(sqlite_village) == ""
