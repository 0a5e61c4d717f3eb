"""Every figure of the page Measures counted anew, from bare rows and in another way: in Python over what happened, without a query of ours."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import itertools
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import pytest

from gateway.community import instead_rows, minutes, saved
from gateway.community import rows as community
from gateway.community.bargain import rows as bargain_rows
from gateway.community.bargain.model import Sides
from gateway.community.circles import rows as circles
from gateway.community.circles.model import FEWEST, LISTENS, LISTENS_FEWEST
from gateway.community.drills import rows as drill_rows
from gateway.community.drills.model import TASKS, drawn, week_of
from gateway.community.items import friend_rows, tables
from gateway.community.people import rows as people
from gateway.community.polls import rows as polls
from gateway.community.stars import rows as stars
from gateway.community.voices.measures import all_measures
from gateway.ledger import tables as ledger
from gateway.ledger.verbs import REWARDS
from gateway.members import rows as members
from gateway.operators import rows as operators
from gateway.records import rows as records
from menus.alphabet import sms_parts
from tests.season_promises import promises_recounted

CLOCK, DONE = "the clock", ("done", "closed")
ANSWERED = ("planned", "trying", "done", "declined", "already_there", "refused")
ENDED = ("done", "declined", "already_there", "refused")


def facts(world: Any, table: Any) -> list[Any]:
    return list(world.read.execute(table.select()))


def share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f} of 100" if whole else "–"


class Bare:
    """What happened, row by row."""

    def __init__(self, world: Any) -> None:
        self.world, self.now = world, world.now()
        self.month, self.year = self.now - dt.timedelta(days=30), self.now - dt.timedelta(days=365)
        self.items, self.votes, self.comments, self.changes = (facts(world, one) for one in (tables.items, tables.votes, tables.comments, tables.changes))
        self.changes.sort(key=lambda one: one.id)
        self.texts, self.thanks = facts(world, records.texts), facts(world, community.thanks)
        self.hops = [one for one in facts(world, records.hops) if one.note != "again"]
        self.callbacks = facts(world, community.callbacks)
        self.people = sum(one.status == "active" for one in facts(world, members.members))

    def calls(self, since: dt.datetime, until: dt.datetime) -> dict[str, list[Any]]:
        """The hops of each call in a span, in their order."""
        found: dict[str, list[Any]] = defaultdict(list)
        for one in sorted(self.hops, key=lambda one: (one.at, one.id)):
            if since <= one.at < until:
                found[one.call].append(one)
        return found

    def spent(self, since: dt.datetime, until: dt.datetime) -> tuple[float, float]:
        """Seconds of all members for themselves, and for others."""
        paces, spent = minutes.paces_here(self.world), [0.0, 0.0]
        for some in self.calls(since, until).values():
            for here, after in itertools.pairwise([*some, None]):
                slow, usual = paces.get(here.label, (60.0, 0.0))
                seconds = min((after.at - here.at).total_seconds(), slow) if after else usual
                spent[here.label.partition(".")[0] in minutes.TOGETHER] += seconds
        return spent[0], spent[1]

    def services(self, since: dt.datetime, until: dt.datetime) -> Counter[str]:
        """How often each was done by phone: once in a call."""
        return Counter(service for some in self.calls(since, until).values() for service in {saved.ENDS[one.label] for one in some if one.label in saved.ENDS})

    def staff_minutes(self, since: dt.datetime, until: dt.datetime) -> float:
        """n x h x c, less the calls about it all the same."""
        times, said = facts(self.world, community.service_times), facts(self.world, instead_rows.instead)
        of_all = [one.says for one in said if one.says != "skip" and one.at >= self.year]

        def would(service: str) -> float:
            own = [one.says for one in said if one.says != "skip" and one.at >= self.year and one.service == service]
            asked = own if len(own) >= 5 else of_all if len(of_all) >= 5 else ["come"]
            return sum(says != "nothing" for says in asked) / len(asked)

        whole = sum(self.services(since, until)[one.service] * one.staff_minutes * would(one.service) for one in times)
        ends = [(one.number, one.at) for one in self.hops if since <= one.at < until and one.label in saved.ENDS]
        again = sum(
            call.minutes for call in self.callbacks
            if call.minutes is not None and call.about != "pin" and since <= call.made_at < until
            and any(phone == call.phone and at <= call.made_at <= at + dt.timedelta(hours=72) for phone, at in ends)
        )  # fmt: skip
        return max(whole - again, 0.0)


def survived_by_half(ended: list[float], waiting: list[float]) -> str:
    """When the half have come to it (Kaplan and Meier): walking along time, each end takes its part of those who are still under way."""
    line = sorted([(at, 0) for at in ended] + [(at, 1) for at in waiting])
    left = 1.0
    for at, some in itertools.groupby(enumerate(line), key=lambda one: one[1][0]):
        here = list(some)
        if gone := sum(kind == 0 for _, (_, kind) in here):
            left *= 1 - gone / (len(line) - here[0][0])
            if left <= 0.5:
                return f"{at:.1f} days"
    return "not half yet"


def minutes_recounted(bare: Bare) -> dict[str, str]:
    own, others = (seconds / 60 for seconds in bare.spent(bare.month, bare.now))
    staff = bare.staff_minutes(bare.month, bare.now)
    made = [one for one in bare.items if one.made_at >= bare.month and one.state != "withdrawn"]
    meant = {name for names in minutes.BY_SMS.values() for name in names}
    typed = sum(len(one.words) for one in facts(bare.world, records.texts_in) if one.meaning in meant and bare.month <= one.at < bare.now)
    return {
        "Five-minute index": f"{(own + others) / (bare.people * 30):.2f} min", "Minutes for others": share(others, own + others),
        "Staff minutes saved": f"{staff:,.0f}", "Downsourcing ratio": f"{(own + others) / staff:.1f}" if staff else "–",
        "Feedback yield": f"{1000 * len(made) / len(bare.calls(bare.month, bare.now)):.0f}",
        "Said in its place": share(sum(bool(one.about or one.screen) for one in made), len(made)), "Typing by SMS, est.": f"{typed / 0.6 / 60:,.0f} min",
    }  # fmt: skip


def loop_recounted(bare: Bare) -> dict[str, str]:
    lived = [one for one in bare.items if one.kind == "idea" and one.made_at >= bare.year and one.state not in ("withdrawn", "merged")]

    def waited(states: Iterable[str]) -> str:
        first = {one.item_id: one.at for one in reversed(bare.changes) if one.after in states and one.by != CLOCK}
        took = [(one.made_at, first.get(one.id)) for one in lived]
        ended, waiting = [(at - made) for made, at in took if at], [(bare.now - made) for made, at in took if not at]
        return survived_by_half(*([one.total_seconds() / 86_400 for one in some] for some in (ended, waiting)))

    ends = {one.id: one.after for one in bare.changes if one.after in ENDED}
    told = [one for one in facts(bare.world, tables.tidings) if one.change_id in ends and one.at >= bare.year]
    got = {one.key for one in bare.texts if one.state == "delivered"}
    by_text = [one for one in told if one.texted and f"{ends[one.change_id]}:{one.change_id}:{one.member_id}" in got]
    assert [one for one in by_text if not one.heard_at]  # some heard by SMS alone
    closed = [one for one in bare.changes if one.after == "closed" and one.before == "done" and one.at >= bare.year]
    silent, yes = ({one.item_id for one in closed if (one.by == CLOCK) is by_clock} for by_clock in (True, False))
    asked = len(silent) + len(yes) + sum(one.state == "done" and one.member_id is not None and one.state_at >= bare.year for one in bare.items)
    state, made = {one.id: one.state for one in bare.items}, [one for one in bare.items if one.made_at >= bare.year]
    changed = [one for one in made if one.state in DONE or (one.state == "merged" and state.get(one.merged_into) in DONE)]
    done = [one for one in bare.items if one.kind == "idea" and one.state in DONE and one.state_at >= bare.year]
    breadth = []
    for one in done:
        sizes = Counter(vote.group_id for vote in bare.votes if vote.item_id == one.id and vote.choice == 1 and vote.group_id is not None).values()
        breadth.append(1 / sum((size / sum(sizes)) ** 2 for size in sizes) if sizes else 0.0)
    return {
        "Until a person looks": waited(("looked_at", *ANSWERED)), "Until an answer": waited(ANSWERED), "Until it is done": waited(("done",)),
        "Until it is closed": waited(("closed",)),
        "The loop is closed": share(len({(one.change_id, one.member_id) for one in [*by_text, *(one for one in told if one.heard_at)]}), len(told)),
        "Confirmed": share(len(yes), asked), "Closed in silence": share(len(silent), asked),
        "Changed something": share(len(changed), sum(one.state != "withdrawn" for one in made)),
        "Ideas with a name": share(sum(one.shown == "name" and one.member_id is not None for one in done), len(done)),
        "Breadth": f"{statistics.fmean(breadth):.1f}" if breadth else "–",
    }  # fmt: skip


def peers_recounted(bare: Bare) -> dict[str, str]:
    since = bare.month
    said = [(one.member_id, one.made_at) for one in (*bare.comments, *bare.items) if one.member_id]
    acts = [*said, *((one.member_id, one.at) for one in (*bare.votes, *facts(bare.world, polls.answers)) if one.member_id)]
    lately, before = Counter(who for who, at in acts if at >= since), {who for who, at in acts if at < since}
    given = sorted([*lately.values(), *[0] * (bare.people - len(lately))])
    spread = sum(abs(a - b) * n * m for a, n in Counter(given).items() for b, m in Counter(given).items()) / (2 * len(given) * sum(given))
    top = sum(sorted(lately.values(), reverse=True)[: max(len(lately) // 100, 1)])
    asked = {one.id: one.made_at for one in bare.items if one.kind == "question" and one.made_at >= since and one.state != "withdrawn"}
    good: dict[int, dt.datetime] = {}
    for one in sorted(bare.comments, key=lambda one: one.made_at):
        if one.kind == "answer" and one.helped and one.item_id in asked:
            good.setdefault(one.item_id, one.made_at)
    thanks = [one for one in bare.thanks if one.at >= since]
    return {
        "Solved by members": share(len(good), len(asked)),
        "Time to that answer": f"{statistics.median((at - asked[id]).total_seconds() for id, at in good.items()) / 60:.0f} min" if good else "–",
        "Who takes part": share(len(lately), bare.people), "Unevenness": f"{spread:.2f}", "By the busiest hundredth": share(top, sum(lately.values())),
        "Friends who came": _friends(bare), "New voices": f"{len(set(lately) - before):,}",
        "Thanks without points": share(sum(not one.points for one in thanks), len(thanks)),
        "Points for a helpful act": f"{sum(one.points or 0 for one in thanks) / len(thanks):.1f}" if thanks else "–",
    }  # fmt: skip


def _friends(bare: Bare) -> str:
    told = [one for one in facts(bare.world, friend_rows.friends) if one.sent and one.at >= bare.month]
    invited = [one for one in facts(bare.world, friend_rows.newcomers) if one.sent and one.at >= bare.month]
    voted = sum(any((vote.item_id, vote.member_id) == (one.item_id, one.friend_id) and vote.at >= one.at for vote in bare.votes) for one in told)
    since = {one.id: one.made_at for one in facts(bare.world, members.members)}
    new = [one.number for one in facts(bare.world, members.numbers) if since[one.member_id] >= bare.month]
    marks = {
        hmac.new(key, f"friend|{bare.world.organisation.id}|{number}".encode(), hashlib.sha256).hexdigest()
        for number in new for key in bare.world.secrets.peppers.values()
    }  # fmt: skip
    came = {one.mark for one in [*invited, *(one for one in told if one.friend_id is None)]} & marks
    return share(voted + len(came), len(told) + len(invited))


def care_recounted(bare: Bare) -> dict[str, str]:
    since, changes = bare.month, [one for one in bare.changes if one.at >= bare.month]
    unasked = [one for one in bare.texts if one.kind == "service" and one.made_at >= since and one.sent_at]
    held, freed = {one.item_id for one in changes if one.after == "held"}, {one.item_id for one in changes if (one.before, one.after) == ("held", "open")}
    outcomes = {one.item_id for one in changes if one.after in ENDED and one.before != one.after}
    voice = sum(one.about == "voice" and one.made_at >= since for one in bare.texts)
    months = sorted({one.month for one in facts(bare.world, stars.stars)}, reverse=True)[:3]
    liked = [[one.stars for one in facts(bare.world, stars.stars) if one.month == month] for month in months]
    notes = facts(bare.world, drill_rows.notes)
    return {
        "SMS a member and week": f"{len(unasked) / bare.people / (30 / 7):.2f}",
        "SMS outside 7 to 19": f"{sum(not 7 <= bare.world.organisation.local(one.sent_at).hour < 19 for one in unasked):,}",
        "Said STOP": f"{1000 * len(facts(bare.world, records.stops)) / bare.people:.0f} of 1,000", "Held and let through": share(len(freed), len(held)),
        "People followed": f"{sum(one.state == 'yes' for one in facts(bare.world, people.ties)):,}",
        "Stars": next((f"{sum(some) / len(some):.1f} of 5" for some in liked if len(some) >= 5), "–"), **_self_check(bare), "Leaders as members": _drills(bare),
        "Fixes from that": f"{sum(bool(one.fixed_at and one.fixed_at >= since) for one in notes):,}",
        "Hidden after reports": f"{len({one.item_id for one in changes if one.after == 'refused' or (one.before, one.after) == ('held', 'declined')}):,}",
        "SMS for an outcome": f"{voice / len(outcomes):.1f}" if outcomes else "–",
        "Bursts braked": f"{sum(bool(one.braked_at and one.braked_at >= since) for one in bare.items):,}",
    }  # fmt: skip


def _self_check(bare: Bare) -> dict[str, str]:
    weigh = {"can": 100, "will": 50, "should": 0}
    ratings = [one for one in facts(bare.world, circles.ratings) if one.at >= bare.now - dt.timedelta(days=90)]
    of_leader: dict[int, list[str]] = defaultdict(list)
    seen: dict[tuple[int, str], list[int]] = defaultdict(list)
    for one in ratings:
        seen[one.statement, one.role].append(weigh[one.rating])
        if one.statement == LISTENS and one.role == "member":
            of_leader[one.group_id].append(one.rating)
    listens = [round(100 * some.count("can") / len(some)) for some in of_leader.values() if len(some) >= LISTENS_FEWEST]
    both = [(seen[n, "member"], seen[n, "leader"]) for n in {n for n, _ in seen}]
    gaps = [round(sum(ours) / len(ours) - sum(led) / len(led)) for ours, led in both if min(len(ours), len(led)) >= FEWEST]
    return {
        "Leaders listen": f"{round(statistics.fmean(listens))} of 100" if listens else "–",
        "Self-check gap": f"{round(statistics.fmean(gaps)):+}" if gaps else "–",
    }


def _drills(bare: Bare) -> str:
    here = bare.world.organisation.local(bare.now)
    monday = here.replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=here.weekday())
    number = {one.member_id: one.number for one in facts(bare.world, members.numbers)}
    mine = {one.login: number[one.member_id] for one in facts(bare.world, drill_rows.as_members) if one.confirmed}
    staff, done = [one.login for one in facts(bare.world, operators.operators) if one.status == "active"], 0
    for login, back in itertools.product(staff, range(1, 5)):
        since = monday - dt.timedelta(days=7 * back)
        labels = {one.label for one in bare.hops if one.number == mine.get(login) and since <= one.at < since + dt.timedelta(days=7)}
        done += sum(bool(labels & set(TASKS[task][1])) for task in drawn(week_of(since.date()), login))
    return share(done, len(staff) * 4 * 3)


def bargain_recounted(bare: Bare, fair: Sides | None) -> dict[str, str]:
    until = bare.now - dt.timedelta(hours=72)
    since, calls = until - dt.timedelta(days=30), bare.calls(until - dt.timedelta(days=30), until)
    ends = {label: service for label, service in saved.ENDS.items() if service != "complaint"}
    flows = {label.partition(".")[0]: service for label, service in ends.items()}
    begun = {(call, flows[flow]) for call, some in calls.items() for one in some if (flow := one.label.partition(".")[0]) in flows}
    done = {(call, ends[one.label]): one for call, some in calls.items() for one in some if one.label in ends}
    spoke = [(one.phone, one.made_at) for one in bare.callbacks if since <= one.made_at < bare.now]
    alone = sum(not any(phone == one.number and one.at <= at <= one.at + dt.timedelta(hours=72) for phone, at in spoke) for one in done.values())
    (rates,) = facts(bare.world, bargain_rows.rates)
    parts = sum(sms_parts(one.words) for one in bare.texts if since <= one.made_at < until)
    cost = len(calls) * rates.call + parts * rates.text + rates.month
    took = [one.minutes for one in bare.callbacks if one.minutes is not None and bare.month <= one.done_at < bare.now]
    local = bare.world.organisation.local(bare.now)
    quarter = local.replace(month=(local.month - 1) // 3 * 3 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
    said = [one.says for one in facts(bare.world, bargain_rows.trust) if quarter - dt.timedelta(days=85) < one.at < quarter and one.says != "skip"]
    return {
        "Fair share": "–" if fair is None or not fair.made else f"{min(max(round(100 * fair.got / fair.made), 0), 999)} of 100",
        "Served by the phone alone": share(alone, len(begun | set(done))),
        "Cost of a service by phone": str(bare.world.organisation.money(round(cost / len(done)))),
        "What is still hard": f"{statistics.fmean(took):.0f} min" if took else "–",
        "Trust": share(said.count("yes"), len(said)) if len(said) >= 20 else "–",
    }  # fmt: skip


def month_recounted(world: Any) -> Sides:
    """Both sides of the last calendar month."""
    bare, local = Bare(world), world.organisation.local(world.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    since, until = (local - dt.timedelta(days=1)).replace(day=1).astimezone(dt.UTC), local.astimezone(dt.UTC)
    (rates,) = facts(world, bargain_rows.rates)
    counter = {one.service: one for one in facts(world, community.service_times)}
    far = {one.village: one.there_minutes for one in facts(world, community.village_times)}
    village = {one.id: (one.village or "").lower() for one in facts(world, members.members)}
    whose = {one.number: village[one.member_id] for one in facts(world, members.numbers)}
    paces, there = minutes.paces_here(world), 0.0
    for some in bare.calls(since, until).values():
        counted, spent = set(), 0.0
        for before, here in itertools.pairwise([None, *some]):
            if before is not None:
                spent += min((here.at - before.at).total_seconds(), paces[before.label].slow if before.label in paces else 60.0)
            if (service := saved.ENDS.get(here.label)) and (before is None or before.label != here.label):
                if service not in counted:
                    there += far.get(whose.get(here.number, ""), counter[service].there_minutes)
                counted, there, spent = counted | {service}, there - spent / 60, 0.0
    gave = {one.id: one for one in facts(world, ledger.transfers) if one.subtype in ("points", "airtime", "dividend")}
    account, out = world.system_accounts[REWARDS], Counter[bool]()
    for end in facts(world, ledger.ends):
        one = gave.get(end.transfer_id)
        if one and end.state == "posted" and since <= end.done_at < until:
            way = 1 if one.source_id == account else -1 if one.destination_id == account and one.reversal_of else 0
            out[one.subtype == "dividend"] += way * end.posted_amount
    services = bare.services(since, until)
    return Sides(
        fees=sum(times * counter[service].dearer for service, times in services.items()), rewards=out[False], dividend=out[True],
        time=round(there * rates.hour / 60), staff=round(bare.staff_minutes(since, until) * rates.staff_hour / 60),
        given=round(bare.spent(since, until)[1] / 60 * rates.hour / 60),
    )  # fmt: skip


def measures_are_what_a_recount_says(world: Any, fair: Sides | None, *, of_each: bool = True) -> None:
    """All of them, and of each there is something to count."""
    shown, bare = {one.name: one.value for one in all_measures(world)}, Bare(world)
    recounted = {
        **minutes_recounted(bare), **loop_recounted(bare), **promises_recounted(world), **peers_recounted(bare), **care_recounted(bare),
        **bargain_recounted(bare, fair),
    }  # fmt: skip
    assert recounted == shown
    spent = minutes.given(world, bare.month, bare.now, len(bare.hops))
    assert tuple(sum(each[n] for each in spent.values()) for n in (0, 1)) == pytest.approx(bare.spent(bare.month, bare.now))
    assert not of_each or sum(bare.spent(bare.month, bare.now)) > 600
    empty = {name for name, value in shown.items() if value in ("–", "0", "0 of 100")}
    assert not (of_each and empty), f"nothing happened for {empty}"
