"""What others add to a need: it goes where the reward goes, or back, and never waits for somebody who cannot be paid."""

from __future__ import annotations

from gateway.community.items import rows as items
from gateway.community.items import voice_rows
from gateway.community.items.model import Rests
from gateway.community.needs import gift_rows, gifts, rows, verbs
from gateway.community.needs.gifts import GiftAdded, GiftAlready, GiftQuoted, GiftsEnough, GiftTooBig
from gateway.community.needs.model import HELD_DAYS, RETRY_HOURS, DoerPaid, NeedOver, NeedsOpen, NotSoMuch, OwnNeed
from gateway.ledger import verbs as ledger
from gateway.members import rows as members
from gateway.members.model import NotEnough, WrongPin
from menus.answers import Secret
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from tests.test_needs import add, back, escrow_is_what_is_open, grown, look_after, offer, pay, post


def test_what_others_add_goes_where_the_reward_goes(village: Village) -> None:
    grown(village)
    need = post(village, WANJIRU)
    added = add(village, ACHIENG, need)
    assert isinstance(added, GiftAdded)
    assert (added.amount, added.together) == ("KES 50", "KES 150")
    assert isinstance(add(village, ACHIENG, need), GiftAdded)  # the same turn twice
    assert isinstance(add(village, ACHIENG, need, key="g2"), GiftAlready)
    assert isinstance(add(village, WANJIRU, need), OwnNeed)
    assert isinstance(add(village, OTIENO, need), NotEnough)
    village.post()
    escrow_is_what_is_open(village)
    assert village.balance(ACHIENG) == 115_000
    assert any("Achieng adds KES 50" in words for words in village.sms(WANJIRU))
    offer(village, OTIENO, need)
    with village.world() as world:
        assert isinstance(verbs.may_leave(world, ACHIENG), NeedsOpen)
        assert [row.label for row in verbs.open_needs(world, OTIENO)] == ["find my brown cow KES 150"]
        assert verbs.look_at_doer(world, WANJIRU, need, str(members.by_number(world, OTIENO).id)).amount == "KES 150"
    assert isinstance(pay(village, WANJIRU, need, OTIENO), DoerPaid)
    village.post()
    for _ in range(4):
        look_after(village)
    assert village.balance(OTIENO) == 15_000
    assert isinstance(add(village, ACHIENG, need, key="g3"), NeedOver)
    with village.world() as world:
        assert gift_rows.not_ended(world, members.by_number(world, ACHIENG).id) == 0
        assert gifts.look_after(world) == 0
    escrow_is_what_is_open(village)


def test_what_others_add_comes_back_to_them_and_may_be_added_again_to_another(village: Village) -> None:
    grown(village)
    need = post(village, WANJIRU)
    add(village, ACHIENG, need)
    village.post()
    back(village, WANJIRU, need)
    village.post()
    for _ in range(4):
        look_after(village)
    assert (village.balance(WANJIRU), village.balance(ACHIENG)) == (50_000, 120_000)
    escrow_is_what_is_open(village)


def test_who_cannot_be_paid_what_was_added_gives_it_back(village: Village) -> None:
    grown(village)
    village.workers_run_at_once = False
    need = post(village, WANJIRU)
    add(village, ACHIENG, need)
    village.post()
    offer(village, OTIENO, need)
    pay(village, WANJIRU, need, OTIENO)
    village.post()
    with village.world() as world:
        verbs.look_after(world)
        ledger.set_status(world, village.account_id(OTIENO), "blocked")
    for _ in range(gifts.AWARD_TRIES + 4):
        look_after(village)
        village.clock.passes(hours=RETRY_HOURS * (gifts.AWARD_TRIES + 1))
    assert (village.balance(OTIENO), village.balance(ACHIENG)) == (10_000, 120_000)
    escrow_is_what_is_open(village)


def test_one_need_brings_no_more_than_thanks_for_a_deed(village: Village) -> None:
    grown(village)
    need = post(village, WANJIRU)
    with village.world() as world:
        assert isinstance(gifts.quote_gift(world, ACHIENG, need, 1_000), NotSoMuch)
        assert isinstance(gifts.quote_gift(world, ACHIENG, need, 5_000), GiftQuoted)
        assert isinstance(gifts.quote_gift(world, ACHIENG, "99999", 5_000), NeedOver)
        assert isinstance(gifts.add_to_need(world, ACHIENG, need, 5_000, Secret("1111"), "g"), WrongPin)
    for n in range(5):
        number = f"+25473400000{n}"
        village.has("Rehema", number, 3_000, "7391")
        with village.world() as world:
            given = gifts.add_to_need(world, number, need, 200_000, Secret("7391"), f"r{n}")
            assert isinstance(given, GiftAdded if n < 4 else GiftTooBig), n
    with village.world() as world:
        assert given.still == "KES 1,900"  # and so much still fits
        assert isinstance(gifts.add_to_need(world, number, need, 190_000, Secret("7391"), "fits"), GiftAdded)
        assert isinstance(gifts.quote_gift(world, ACHIENG, need, 5_000), GiftsEnough)
        voice_rows.turn(world, "needs", off=True, why="misuse", by="grace")
        assert isinstance(gifts.quote_gift(world, ACHIENG, need, 5_000), Rests)
    escrow_is_what_is_open(village)


def test_what_was_added_comes_back_although_the_poster_cannot_be_paid(village: Village) -> None:
    """Others do not pay for it that somebody's account is stopped; and to who is stopped nothing more is added."""
    grown(village)
    need = post(village, WANJIRU)
    add(village, ACHIENG, need)
    village.post()
    with village.world() as world:
        members.change_member(world, members.by_number(world, WANJIRU).id, status="blocked")
        ledger.set_status(world, village.account_id(WANJIRU), "blocked")
        assert isinstance(gifts.quote_gift(world, OTIENO, need, 5_000), NeedOver)
        look = gifts.look_after(world)
    assert look == 0  # its time is not over yet
    assert isinstance(add(village, OTIENO, need, key="g4"), NeedOver)
    village.clock.passes(hours=24 * (HELD_DAYS + 1))
    for _ in range(4):
        look_after(village)
        village.clock.passes(hours=2)
    assert village.balance(ACHIENG) == 120_000
    with village.world() as world:
        assert rows.reward(world, items.by_number(world, need).id).state == "held"  # hers waits for her
        assert gift_rows.not_ended(world, members.by_number(world, ACHIENG).id) == 0
    escrow_is_what_is_open(village)
