"""What is looked after without anybody asking: traces to SQL, the books proved, old things forgotten."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from typing import Any

from redis import RedisError, ResponseError

from gateway.calls import HOPS, hop_from
from gateway.community import callbacks, digest, escrow_rows, lineage, minutes, monthly
from gateway.community import rows as community
from gateway.community.bargain import verbs as bargain
from gateway.community.circles import promises
from gateway.community.commons import buys, rules, tools
from gateway.community.courses import verbs as courses
from gateway.community.groups import calling, caring, decided, dues, joining, leading, open_list, votes
from gateway.community.groups.results import TURN_DAYS
from gateway.community.helping import keepers, routing
from gateway.community.items import states
from gateway.community.items import verbs as items
from gateway.community.lending import clock as lending
from gateway.community.needs import gifts
from gateway.community.needs import verbs as needs
from gateway.community.panel import rows as panels
from gateway.community.polls import verbs as polls
from gateway.community.sealed import verbs as sealed
from gateway.community.voices import verbs as voices
from gateway.ledger import verbs as ledger
from gateway.ledger.proof.facts import prove
from gateway.ledger.proof.model import Fault
from gateway.ledger.proof.verbs import keep
from gateway.members import place_rows as places
from gateway.members import rows as members
from gateway.money import airtime, bulk, disputes, imports, standing, waiting
from gateway.money import rows as money
from gateway.observe import log, metrics
from gateway.operators import rows as operators
from gateway.records import rows as records
from gateway.records.model import HOPS_KEPT_DAYS
from gateway.site import Site
from gateway.store import audit, outbox
from gateway.store.engine import OperationalError
from gateway.unread import say_sorry_for_unread

HOPS_AT_ONCE = 500  # traces carried to SQL in one transaction
PROOF_S = 600.0  # time for one read of the proof
REPORTS_KEPT_DAYS = 90
JOBS_KEPT_DAYS = 30
QUESTIONS_KEPT_DAYS = max(calling.ASKED_DAYS, TURN_DAYS) + 1  # as long as a vote that was asked by SMS, or a turn to lead, waits
PASSING_KEPT_DAYS = 2  # counters of a day, choices of a PIN that came to nothing, sessions and tries of the console
LOG_TRIES, LOG_NAP_S = 100, 0.1  # how long we wait for Redis to write its log anew
CARRYING, CARRYING_S = "pamoja:carrying", 10  # one clock at a time carries


def carry_hops(site: Site) -> int:
    """Traces of hops from Redis to SQL. Taken off the list only after the commit: twice is better than never."""
    if not site.redis.set(CARRYING, 1, nx=True, ex=CARRYING_S):
        return 0  # another clock is at it
    try:
        total = carried = _carry(site)
        while carried == HOPS_AT_ONCE:  # a market day: go on until the list is short
            site.redis.expire(CARRYING, CARRYING_S)
            carried = _carry(site)
            total += carried
        return total
    finally:
        site.redis.delete(CARRYING)


def _carry(site: Site) -> int:
    waiting = site.redis.lrange(HOPS, 0, HOPS_AT_ONCE - 1)
    if not waiting:
        return 0
    try:
        _keep(site, waiting)
    except Exception as error:  # one of them is bad: find it, and let the others through
        log.warning("traces_one_by_one", error=type(error).__name__, count=len(waiting))
        for one in waiting:
            try:
                _keep(site, [one])
            except OperationalError:
                raise
            except Exception as bad:
                log.error("trace_dropped", error=type(bad).__name__)
    site.redis.ltrim(HOPS, len(waiting), -1)
    return len(waiting)


def _keep(site: Site, waiting: Sequence[bytes | str]) -> None:
    with site.engine.connect().execution_options(writes=True) as connection, connection.begin():
        records.add_hops(connection, [hop_from(one) for one in waiting])


def prove_books(site: Site) -> int:
    """Check every organisation's books and audit trail; say what is wrong, and stop sending where it is. How many faults."""
    total = 0
    for organisation in site.organisations():
        with site.world(organisation, seconds=PROOF_S, snapshot=True) as world:
            proof = prove(world)
            broken = audit.broken(world)
            adrift = escrow_rows.adrift(world)
        if broken is not None:
            proof.faults.append(Fault(f"audit line {broken.seq}", "its seal does not fit"))
        with site.world(organisation) as world:
            stopped = keep(world, proof)
        for fault in proof.faults:
            log.error("books_wrong", organisation=organisation.id, where=fault.where)
        log.info("books_proved", organisation=organisation.id, count=proof.transfers, head=proof.head)  # kept where the database's owner cannot reach
        if adrift:  # no line of the books is wrong, so nothing stops; a person must look whose it is
            log.error("escrow_differs", organisation=organisation.id, where="ESCROW")
        if stopped:
            log.error("sending_stopped", organisation=organisation.id, count=len(proof.faults))
        metrics.faults.labels(organisation.short_name).set(len(proof.faults) + bool(adrift))
        total += len(proof.faults) + bool(adrift)
    return total


def _in_each(site: Site, work: Callable[[Any], int]) -> int:
    """The same for every organisation, each in a transaction of its own; one that fails stops no other."""
    done = 0
    for organisation in site.organisations():
        try:
            with site.world(organisation, seconds=PROOF_S) as world:
                done += work(world)
        except Exception as error:
            log.error("chore_failed", name=work.__name__, organisation=organisation.id, error=type(error).__name__)
    return done


def end_askings(site: Site) -> int:
    """What no leader has answered in two weeks: who asked to join may ask elsewhere."""
    return _in_each(site, joining.end_askings)


def end_holds(site: Site) -> int:
    """Give back every hold whose time has come."""
    return _in_each(site, lambda world: len(ledger.expire_holds(world)))


def run_standing(site: Site) -> int:
    """Ask for every standing order that is due."""
    return _in_each(site, standing.run_due)


def go_on_with_bulk(site: Site) -> int:
    """Ask for the next lines of every bulk payment that two persons have agreed to."""
    return _in_each(site, bulk.go_on_with_all)


def mend_money(site: Site) -> int:
    """What came to nothing behind a decision, or was told while we were writing, is looked at again."""
    return _in_each(site, lambda world: airtime.catch_up(world) + imports.mend(world) + disputes.mend(world))


def tell_first_authors(site: Site) -> int:
    """Whose idea or tip others built on hears of it."""
    return _in_each(site, lineage.tell_first_authors)


def look_after_loans(site: Site) -> int:
    """Loans of groups: end what nobody agreed to, close what is paid back, remind who owes."""
    return _in_each(site, lending.look_after)


def send_parts(site: Site) -> int:
    """The day's tip to everybody who learns day by day."""
    return _in_each(site, courses.send_parts)


def remind_meetings(site: Site) -> int:
    """Who comes to a meeting tomorrow hears of it once more."""
    return _in_each(site, leading.remind_meetings)


def ask_what_was_decided(site: Site) -> int:
    """When a meeting is over its leader is asked what was decided."""
    return _in_each(site, decided.ask_what_was_decided)


def ask_if_done(site: Site) -> int:
    """A month after a group has decided something it is asked whether it was done."""
    return _in_each(site, votes.ask_if_done)


def end_panels(site: Site) -> int:
    """Test groups whose days are over."""
    return _in_each(site, lambda world: panels.end_due(world, world.now()))


def say_sorry(site: Site) -> int:
    """Whoever was promised a call that has not come is told so."""
    return _in_each(site, callbacks.say_sorry)


def say_sorry_for_texts(site: Site) -> int:
    """Whose SMS was kept, and not understood because a process died, is asked to send it again."""
    return _in_each(site, say_sorry_for_unread)


def remind_keepers(site: Site) -> int:
    """Whoever keeps a topic hears once a month which tips are old."""
    return _in_each(site, keepers.remind_keepers)


def ask_how_it_went(site: Site) -> int:
    """A week after a leader cared for somebody, we ask how it went."""
    return _in_each(site, caring.ask_how_it_went)


def call_due_elections(site: Site) -> int:
    """Who leads next, where one has led for a year."""
    return _in_each(site, votes.call_due_elections)


def close_votes(site: Site) -> int:
    """Votes of groups that have ended are counted and said, and what they decide about a rule is written down."""
    return _in_each(site, lambda world: votes.close_votes(world) + rules.write_decided(world) + open_list.turn_decided(world) + dues.set_decided(world))


def ask_about_promises(site: Site) -> int:
    """What somebody of a group promised to do by today."""
    return _in_each(site, promises.ask_about_promises)


def look_after_commons(site: Site) -> int:
    """Shares of what is bought together go where they belong; tools that nobody answered for are free again."""
    return _in_each(site, lambda world: buys.look_after(world) + tools.free_unanswered(world))


def mix_sealed(site: Site) -> int:
    """Words without a name to the inbox, several at once; only when Redis's log has forgotten the calls that they came on."""

    def mix(world: Any) -> int:
        mixed = sealed.mix(world) if sealed.may_mix(world) and _log_is_short(site) else 0
        return mixed + sealed.forget_halves(world)

    return _in_each(site, mix)


def _log_is_short(site: Site) -> bool:
    """Let Redis write its log anew and wait for it. One that others run for us may not allow it: then they answer for how long it is kept."""
    try:
        if not site.redis.info("persistence").get("aof_enabled"):
            return True
        site.redis.bgrewriteaof()
        for _ in range(LOG_TRIES):
            time.sleep(LOG_NAP_S)
            found = site.redis.info("persistence")
            if not found.get("aof_rewrite_in_progress") and not found.get("aof_rewrite_scheduled"):
                return found.get("aof_last_bgrewrite_status") == "ok"
    except RedisError as error:
        log.warning("redis_log_not_rewritten", error=type(error).__name__)
        return isinstance(error, ResponseError)
    return False


def measure_paces(site: Site) -> int:
    """How long readers take with each screen, for all figures of minutes."""
    return _in_each(site, minutes.keep_paces)


def count_board(site: Site) -> int:
    """Who takes part, and who was thanked, for the board."""
    return _in_each(site, voices.count_board)


def count_fair_share(site: Site) -> int:
    """The month that is over: what members made and what came back to them."""
    return _in_each(site, bargain.count_months)


def close_polls(site: Site) -> int:
    """Polls and quizzes whose days are over."""
    return _in_each(site, polls.close_ended)


def look_after_needs(site: Site) -> int:
    """What is set apart for a need goes back when its time is over; what others added goes where the reward has gone."""
    return _in_each(site, needs.look_after) + _in_each(site, gifts.look_after)


def write_digest(site: Site) -> int:
    """The next batch of the weekly digest, on its day: one at a time, for the clock has other things to do in between."""
    return _in_each(site, digest.write_some)


def write_five_minutes(site: Site) -> int:
    """The next batch of what members gave and have back of last month, in its first days."""
    return _in_each(site, monthly.write_some)


def ask_more_helpers(site: Site) -> int:
    """Questions that nobody has answered in a day are asked of others."""
    return _in_each(site, routing.ask_more)


def ask_authors_again(site: Site) -> int:
    """Who has not said in a week whether what was done is good."""
    return _in_each(site, states.ask_authors_again)


def look_again(site: Site) -> int:
    """What was refused and many want all the same."""
    return _in_each(site, states.look_again)


def close_silent(site: Site) -> int:
    """What was done, was asked about twice, and nobody said anything."""
    return _in_each(site, states.close_silent)


def count_grown_up(site: Site) -> int:
    """Votes of accounts that have become old enough count from today."""
    return _in_each(site, items.count_grown_up)


def end_approvals(site: Site) -> int:
    """What nobody decided in time is not done."""
    return _in_each(site, money.expire_approvals)


def end_drafts(site: Site) -> int:
    """Payments that nobody agreed to with the PIN in time."""
    return _in_each(site, waiting.end_late_drafts)


def forget(site: Site) -> int:
    """What has been kept as long as it is needed: traces, reports, ended sessions, old counters, jobs that are done."""
    now, gone = site.now(), 0
    chores: tuple[tuple[Callable[[Any, dt.datetime], int], int], ...] = (
        (records.forget_hops, HOPS_KEPT_DAYS), (records.forget_reports, REPORTS_KEPT_DAYS), (outbox.forget_done, JOBS_KEPT_DAYS),
        (members.forget_passing, PASSING_KEPT_DAYS), (places.forget_places, PASSING_KEPT_DAYS),
        (operators.forget_passing, PASSING_KEPT_DAYS), (community.forget_questions, QUESTIONS_KEPT_DAYS),
    )  # fmt: skip
    for forget_old, days in chores:
        with site.engine.connect().execution_options(writes=True) as connection, connection.begin():
            gone += forget_old(connection, now - dt.timedelta(days=days))
    return gone
