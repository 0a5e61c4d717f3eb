"""Needs with reward: what is set apart is in the books, goes to who did it or back, once, whatever comes in which order."""

from __future__ import annotations

import datetime as dt
import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.community.escrow_rows import adrift, set_apart
from gateway.community.items import rows as items
from gateway.community.items import states, voice_rows
from gateway.community.items.model import NoItem, Rests, SaidToday
from gateway.community.needs import gifts, rows, verbs
from gateway.community.needs.model import (
    HELD_DAYS,
    DoerPaid,
    NeedOver,
    NeedQuoted,
    NeedsOpen,
    NeedTakenBack,
    NeedUp,
    NeedWaits,
    NotSoMuch,
    Offered,
    OfferedAlready,
    OwnNeed,
    SomebodyOffered,
    TooManyNeeds,
)
from gateway.ledger import verbs as ledger
from gateway.ledger.proof.facts import verify
from gateway.members import rows as members
from gateway.members.model import NotEnough, NotTaken, WrongPin
from gateway.money import rewards
from gateway.money.model import LeftUs
from menus.answers import Secret
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from workers.nightly import prove_books

PINS = {WANJIRU: "4715", OTIENO: "5839", ACHIENG: "6274"}


def grown(village: Village) -> None:
    """The usual three, here for a long time: nobody needs to look at what they say first."""
    village.everybody()
    with village.world() as world:
        for number in PINS:
            members.change_member(world, members.by_number(world, number).id, made_at=world.now() - dt.timedelta(days=90))


def post(village: Village, number: str, amount: int = 10_000, key: str = "k1", words: str = "find my brown cow") -> str:
    with village.world() as world:
        found = verbs.post_need(world, number, words, amount, Secret(PINS[number]), key)
        assert isinstance(found, NeedUp | NeedWaits), found
    village.post()
    return found.number


def offer(village: Village, number: str, need: str):
    with village.world() as world:
        return verbs.offer_here(world, number, need)


def pay(village: Village, number: str, need: str, doer: str):
    with village.world() as world:
        id = str(members.by_number(world, doer).id)
        return verbs.say_who_did_it(world, number, need, id, Secret(PINS[number]))


def back(village: Village, number: str, need: str):
    with village.world() as world:
        return verbs.take_need_back(world, number, need)


def look_after(village: Village) -> None:
    with village.world() as world:
        verbs.look_after(world)
        gifts.look_after(world)
    village.post()


def escrow_is_what_is_open(village: Village) -> None:
    for post_all in (lambda: None, village.post):  # before what waits is posted and after
        post_all()
        with village.world() as world:
            assert adrift(world) == 0
            assert verify(world) == []


def test_a_need_sets_money_apart_and_who_did_it_gets_it(village: Village) -> None:
    grown(village)
    need = post(village, WANJIRU)
    assert village.balance(WANJIRU) == 40_000
    with village.world() as world:  # a person has read it: it goes on
        states.go(world, items.by_number(world, need), "looked_at", "grace")
    look_after(village)
    assert isinstance(offer(village, WANJIRU, need), OwnNeed)
    assert isinstance(offer(village, OTIENO, need), Offered)
    assert isinstance(offer(village, OTIENO, need), OfferedAlready)
    assert any("can do what you need" in words and "0722000002" in words for words in village.sms(WANJIRU))
    with village.world() as world:
        otieno = str(members.by_number(world, OTIENO).id)
        assert isinstance(verbs.say_who_did_it(world, WANJIRU, need, otieno, Secret("1111")), WrongPin)
        assert isinstance(verbs.say_who_did_it(world, ACHIENG, need, otieno, Secret("6274")), NoItem)
    assert isinstance(pay(village, WANJIRU, need, ACHIENG), NoItem)  # she has not offered
    for _ in range(2):
        assert isinstance(pay(village, WANJIRU, need, OTIENO), DoerPaid)
        village.post()
    assert (village.balance(OTIENO), village.balance(WANJIRU)) == (10_000, 40_000)
    assert isinstance(back(village, WANJIRU, need), NoItem)
    assert isinstance(offer(village, ACHIENG, need), NeedOver)
    escrow_is_what_is_open(village)


def test_the_same_turn_twice_is_one_need_and_what_is_not_there_is_not_set_apart(village: Village) -> None:
    grown(village)
    assert post(village, WANJIRU) == post(village, WANJIRU)
    assert village.balance(WANJIRU) == 40_000
    with village.world() as world:
        assert isinstance(verbs.post_need(world, OTIENO, "a cow", 10_000, Secret("5839"), "k2"), NotEnough)
        assert isinstance(verbs.quote_need(world, OTIENO, 10_000), NotEnough)
        assert isinstance(verbs.quote_need(world, WANJIRU, 1_000), NotSoMuch)
        assert isinstance(verbs.quote_need(world, WANJIRU, 2_000), NeedQuoted)
        voice_rows.turn(world, "needs", off=True, why="misuse", by="grace")
        assert isinstance(verbs.quote_need(world, WANJIRU, 2_000), Rests)
        assert rows.open_needs(world, 9)[0][0].words.lower() == "find my brown cow"
    escrow_is_what_is_open(village)


def test_the_night_says_when_escrow_is_not_what_is_open(village: Village) -> None:
    grown(village)
    post(village, WANJIRU)
    village.post()
    assert prove_books(village.site) == 0
    with village.world() as world:
        world.write.execute(rows.rewards.update().values(amount=rows.rewards.c.amount + 1))
    assert prove_books(village.site) == 1


def test_nobody_has_many_open_and_nobody_offers_all_day(village: Village) -> None:
    grown(village)
    needs = [post(village, WANJIRU, 2_000, f"w{n}", f"need number {n} of mine") for n in range(3)]
    needs += [post(village, ACHIENG, 2_000, f"a{n}", f"need number {n} of hers") for n in range(3)]
    with village.world() as world:
        assert isinstance(verbs.post_need(world, WANJIRU, "one more", 2_000, Secret("4715"), "w9"), TooManyNeeds)
    assert [type(offer(village, OTIENO, need)) for need in needs] == [Offered] * 5 + [SaidToday]


def test_it_is_taken_back_while_nobody_counts_on_it_and_comes_back_by_itself(village: Village) -> None:
    grown(village)
    first, second = post(village, WANJIRU, key="k1"), post(village, WANJIRU, key="k2", words="mend my fence")
    offer(village, OTIENO, second)
    assert isinstance(back(village, WANJIRU, first), NeedTakenBack)
    assert isinstance(back(village, WANJIRU, first), NoItem)
    assert isinstance(back(village, WANJIRU, second), SomebodyOffered)
    escrow_is_what_is_open(village)
    assert village.balance(WANJIRU) == 40_000
    village.clock.passes(days=HELD_DAYS, hours=1)
    look_after(village)
    look_after(village)
    assert village.balance(WANJIRU) == 50_000
    assert isinstance(pay(village, WANJIRU, second, OTIENO), NoItem)
    escrow_is_what_is_open(village)


def test_what_the_staff_declines_goes_back(village: Village) -> None:
    village.everybody()
    with village.world() as world:  # she is new here: a person looks first
        members.change_member(world, members.by_number(world, WANJIRU).id, made_at=world.now())
        assert isinstance(verbs.post_need(world, WANJIRU, "find my cow", 10_000, Secret("4715"), "k1"), NeedWaits)
        assert verbs.open_needs(world, OTIENO) == []
    village.post()
    with village.world() as world:
        states.go(world, rows.needs_of(world, members.by_number(world, WANJIRU).id, 1)[0][0], "refused", "grace", "not this one")
    look_after(village)
    assert village.balance(WANJIRU) == 50_000
    escrow_is_what_is_open(village)


def test_nothing_is_paid_before_it_is_set_apart_and_a_refused_way_out_is_asked_for_again(village: Village) -> None:
    grown(village)
    village.workers_run_at_once = False
    with village.world() as world:
        found = verbs.post_need(world, WANJIRU, "find my cow", 10_000, Secret("4715"), "k1")
        need = found.number
    offer(village, OTIENO, need)
    assert isinstance(pay(village, WANJIRU, need, OTIENO), NotTaken)
    village.post()
    assert isinstance(pay(village, WANJIRU, need, OTIENO), DoerPaid)
    with village.world() as world:  # the account is closed before the worker comes
        ledger.set_status(world, village.account_id(OTIENO), "blocked")
    village.post()
    look_after(village)
    with village.world() as world:
        assert rows.reward(world, items.by_number(world, need).id).state == "held"  # nothing reached him, so she can say it again
        assert items.by_number(world, need).state == "open"
        ledger.set_status(world, village.account_id(OTIENO), "open")
    assert isinstance(pay(village, WANJIRU, need, OTIENO), DoerPaid)
    village.post()
    assert village.balance(OTIENO) == 10_000
    look_after(village)
    with village.world() as world:
        assert verbs.look_after(world) == 0
    escrow_is_what_is_open(village)


def earned(village: Village, points: int = 300) -> None:
    """All three have been thanked a lot."""
    with village.world() as world:
        rewards.fund(world, 3 * points, key="f", by="t")
    village.post()
    with village.world() as world:
        for number in PINS:
            rewards.reward(world, members.by_number(world, number), points, "thanks", key=f"e{number}", by="t")
    village.post()


def has_points(village: Village, number: str) -> int:
    with village.world() as world:
        return rewards.points(world, number).minor


def post_in_points(village: Village, number: str, points: int = 25, key: str = "k1", words: str = "water my beans"):
    with village.world() as world:
        found = verbs.post_need_in_points(world, number, words, points, Secret(PINS[number]), key)
    village.post()
    return found


def add_points(village: Village, number: str, need: str, points: int = 5, key: str = "g1"):
    with village.world() as world:
        return gifts.add_points_to_need(world, number, need, points, Secret(PINS[number]), key)


def test_points_are_set_apart_like_money_and_go_to_who_did_it_with_what_others_added(village: Village) -> None:
    grown(village)
    earned(village)
    with village.world() as world:
        assert isinstance(verbs.quote_need_in_points(world, WANJIRU, 4), NotSoMuch)
        assert isinstance(verbs.quote_need_in_points(world, WANJIRU, 400), NotEnough)
        assert verbs.quote_need_in_points(world, WANJIRU, 25).amount == "25 points"
    up = post_in_points(village, WANJIRU)
    assert isinstance(up, NeedUp)
    assert up.amount == "25 points"
    assert post_in_points(village, WANJIRU).number == up.number, "the same turn twice is one need"
    assert has_points(village, WANJIRU) == 275
    need = up.number
    with village.world() as world:
        assert isinstance(gifts.which_gift(world, ACHIENG, need), gifts.GiftInPoints)
        assert isinstance(gifts.quote_gift(world, ACHIENG, need, 5_000), NeedOver), "money is not added to points"
        assert rewards.in_escrow(world, points=True) == set_apart(world, points=True) == 25
    assert isinstance(add(village, ACHIENG, need), NeedOver)
    added = add_points(village, ACHIENG, need)
    assert (added.amount, added.together) == ("pointi 5", "pointi 30"), "as she reads it"
    village.post()
    offer(village, OTIENO, need)
    assert pay(village, WANJIRU, need, OTIENO).amount == "30 points"
    village.post()
    look_after(village)
    look_after(village)
    assert [has_points(village, number) for number in PINS] == [275, 330, 295]
    assert [village.balance(number) for number in PINS] == [50_000, 0, 120_000], "no shilling moved"
    assert any(words.startswith("25 points kept safe for: water my beans. You have 275 points") for words in village.sms(WANJIRU))
    escrow_is_what_is_open(village)


def test_points_that_nobody_earned_come_back(village: Village) -> None:
    grown(village)
    earned(village)
    up = post_in_points(village, WANJIRU)
    add_points(village, ACHIENG, up.number)
    village.clock.passes(days=HELD_DAYS, hours=1)
    for _ in range(3):
        look_after(village)
        village.clock.passes(minutes=2)
    assert [has_points(village, number) for number in PINS] == [300, 300, 300]
    escrow_is_what_is_open(village)


def test_who_never_earned_points_gives_none(village: Village) -> None:
    grown(village)
    with village.world() as world:
        assert not verbs.has_points(world, WANJIRU)
        assert isinstance(verbs.quote_need_in_points(world, WANJIRU, 5), NotEnough)
    assert isinstance(post_in_points(village, WANJIRU), NotEnough)
    escrow_is_what_is_open(village)


def add(village: Village, number: str, need: str, amount: int = 5_000, key: str = "g1"):
    with village.world() as world:
        return gifts.add_to_need(world, number, need, amount, Secret(PINS[number]), key)


WHAT = st.sampled_from(["post", "post_points", "offer", "add", "add_points", "pay", "back", "days", "decline", "clock"])
DEEDS = st.lists(st.tuples(WHAT, st.integers(0, 2), st.integers(0, 5)), max_size=25)
count = itertools.count()
DO = {
    "offer": offer, "back": back, "add": lambda village, person, need: add(village, person, need, 2_000, f"a{next(count)}"),
    "add_points": lambda village, person, need: add_points(village, person, need, 7, f"a{next(count)}"),
}  # fmt: skip


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=DEEDS)
def test_escrow_is_what_is_open_after_whatever(sqlite_village: Village, deeds) -> None:
    village, people, needs = sqlite_village, list(PINS), []
    if members_missing(village):
        grown(village)
        earned(village)
    before = village.money_of_all()
    for what, who, which in deeds:
        person, need = people[who], needs[which % len(needs)] if needs else None
        if what == "post":
            with village.world() as world:
                found = verbs.post_need(world, person, f"need {next(count)}", 2_000 + which, Secret(PINS[person]), f"p{next(count)}")
                if isinstance(found, NeedUp | NeedWaits):
                    needs.append(found.number)
        elif what == "post_points":
            found = post_in_points(village, person, 5 + which, f"p{next(count)}", f"need {next(count)}")
            needs += [found.number] if isinstance(found, NeedUp | NeedWaits) else []
        elif what == "days":
            village.clock.passes(days=which * 3)
        elif what == "clock":
            look_after(village)
        elif need and what in DO:
            DO[what](village, person, need)
        elif need and what == "pay":
            pay(village, person, need, people[which % 3])
        elif need and what == "decline":
            with village.world() as world:
                one = items.by_number(world, need)
                if one.state in ("open", "held"):
                    states.go(world, one, "declined", "grace", "no", tell=False)
        if which % 2:
            village.post()
    village.clock.passes(hours=26)
    escrow_is_what_is_open(village)
    assert village.money_of_all() == before == 0
    with village.world() as world:
        assert sum(rewards.points(world, number).minor for number in PINS) + rewards.in_escrow(world, points=True) == 900


def members_missing(village: Village) -> bool:
    with village.world() as world:
        return members.by_number(world, WANJIRU) is None


def test_who_holds_money_for_a_need_does_not_leave_and_points_keep_nobody(village: Village) -> None:
    grown(village)
    need = post(village, WANJIRU, 50_000)
    with village.world() as world:
        assert isinstance(verbs.may_leave(world, WANJIRU), NeedsOpen)
        assert isinstance(verbs.leave(world, WANJIRU, Secret("4715")), NeedsOpen)
        rewards.fund(world, 100, key="f", by="t")
    village.post()
    with village.world() as world:
        rewards.reward(world, members.by_number(world, OTIENO), 5, "thanks", key="e", by="t")
    village.post()
    with village.world() as world:
        assert isinstance(verbs.leave(world, OTIENO, Secret("5839")), LeftUs)
    back(village, WANJIRU, need)
    village.post()
    escrow_is_what_is_open(village)


def test_a_clock_that_comes_late_leaves_a_need_that_was_opened_again(village: Village) -> None:
    grown(village)
    village.workers_run_at_once = False
    need = post(village, WANJIRU)
    offer(village, OTIENO, need)
    pay(village, WANJIRU, need, OTIENO)
    with village.world() as world:
        ledger.set_status(world, village.account_id(OTIENO), "blocked")
    village.post()
    with village.world() as world:
        listed = rows.to_look_after(world, 9)
        verbs.look_after(world)
        for id in listed:  # the second clock has the same list
            verbs._look_after(world, rows.lock(world, id))
        assert rows.reward(world, items.by_number(world, need).id).state == "held"
        assert items.by_number(world, need).state == "open"


def test_only_its_own_way_takes_a_need_back(village: Village) -> None:
    grown(village)
    need = post(village, WANJIRU)
    offer(village, OTIENO, need)
    village.phone(WANJIRU).texts(f"OFF {need}", "20417")
    village.workers_run()
    look_after(village)
    assert village.balance(WANJIRU) == 40_000
