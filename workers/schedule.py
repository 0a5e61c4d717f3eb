"""What runs when. One clock is enough; two do no harm."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from gateway.observe import log
from gateway.site import Site
from workers.nightly import (
    ask_about_promises,
    ask_authors_again,
    ask_how_it_went,
    ask_if_done,
    ask_more_helpers,
    ask_what_was_decided,
    call_due_elections,
    carry_hops,
    close_polls,
    close_silent,
    close_votes,
    count_board,
    count_fair_share,
    count_grown_up,
    end_approvals,
    end_askings,
    end_drafts,
    end_holds,
    end_panels,
    forget,
    go_on_with_bulk,
    look_after_commons,
    look_after_loans,
    look_after_needs,
    look_again,
    measure_paces,
    mend_money,
    mix_sealed,
    prove_books,
    remind_keepers,
    remind_meetings,
    run_standing,
    say_sorry,
    say_sorry_for_texts,
    send_parts,
    tell_first_authors,
    write_digest,
    write_five_minutes,
)
from workers.relay import relay

LISTEN_S = 1.0  # how long the relay listens before it sweeps anyway: what the bell lost is found within this


@dataclass(frozen=True)
class Chore:
    work: Callable[[Site], int]
    every_s: float


CHORES = (
    Chore(carry_hops, 1.0),
    Chore(go_on_with_bulk, 5.0),
    Chore(end_holds, 20.0),
    Chore(run_standing, 30.0),
    Chore(mend_money, 30.0),
    Chore(end_approvals, 60.0),
    Chore(end_drafts, 60.0),
    Chore(remind_meetings, 300.0),
    Chore(send_parts, 300.0),
    Chore(look_after_loans, 600.0),
    Chore(tell_first_authors, 120.0),
    Chore(ask_what_was_decided, 900.0),
    Chore(close_votes, 120.0),
    Chore(call_due_elections, 24 * 3600.0),
    Chore(ask_if_done, 3_600.0),
    Chore(ask_how_it_went, 3_600.0),
    Chore(say_sorry, 600.0),
    Chore(say_sorry_for_texts, 60.0),
    Chore(remind_keepers, 24 * 3600.0),
    Chore(end_panels, 3_600.0),
    Chore(end_askings, 3_600.0),
    Chore(close_polls, 300.0),
    Chore(count_board, 3600.0),
    Chore(measure_paces, 24 * 3600.0),
    Chore(mix_sealed, 3600.0),
    Chore(count_fair_share, 3600.0),
    Chore(ask_about_promises, 900.0),
    Chore(count_grown_up, 3 * 3600.0),
    Chore(ask_authors_again, 3600.0),
    Chore(close_silent, 3600.0),
    Chore(look_again, 3600.0),
    Chore(ask_more_helpers, 3600.0),
    Chore(write_digest, 5.0),
    Chore(write_five_minutes, 30.0),
    Chore(look_after_needs, 60.0),
    Chore(look_after_commons, 60.0),
    Chore(prove_books, 24 * 3600.0),
    Chore(forget, 24 * 3600.0),
)


def run_clock(site: Site, stop: threading.Event | None = None) -> None:
    """Relay what is due; the chores have a thread each, so that no long one holds up money. Until told to stop."""
    stop = stop or _stop_on_signals()
    for chore in CHORES:
        threading.Thread(target=_do, args=(chore, site, stop), daemon=True).start()
    while not stop.is_set():
        _try(relay, site)
        if not stop.is_set() and not site.bell.sleep(LISTEN_S):
            stop.wait(0.05)


def _do(chore: Chore, site: Site, stop: threading.Event) -> None:
    while not stop.is_set():
        _try(chore.work, site)
        stop.wait(chore.every_s)


def _try(work: Callable[[Site], int], site: Site) -> None:
    """A chore that fails is tried again at its next time, and stops no other."""
    try:
        work(site)
    except Exception as error:
        log.error("chore_failed", name=work.__name__, error=type(error).__name__)
        time.sleep(0.2)


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    return stop
