"""One member, several SIMs: one account, one vote; nobody takes a SIM, or a member's place, without the PIN and the SIM."""

from __future__ import annotations

from gateway.community.items import rows as items
from gateway.community.items.verbs import vote
from gateway.members import rows, sim_rows, sims
from gateway.members.guardians import rows as guardians
from gateway.members.model import Gone, NewSim, OtherSim, Right, Stranger, WrongPin, Yourself
from gateway.members.verbs import check_pin, who_is_calling
from gateway.records import rows as records
from menus.answers import Secret
from tests.cast import CODE, OTIENO, SHORTCODE, WANJIRU, Village, idea

SECOND, THIRD, FOURTH = "+254711000091", "+254711000092", "+254711000093"
LOWER = "+254700000091"
PIN = Secret("4715")


def with_second(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        assert isinstance(sims.ask_for_sim(world, WANJIRU, SECOND, PIN), sims.SimAsked)
        assert isinstance(sims.agree_to_sim(world, SECOND, PIN), sims.SimAgreed)


def test_two_sims_have_one_account_and_one_vote(village: Village) -> None:
    with_second(village)
    with village.world() as world:
        one = idea(world, OTIENO, "Pay us on Friday")
        vote(world, WANJIRU, one.number, "for")
        vote(world, SECOND, one.number, "for")
        assert items.by_id(world, one.id).supporters == 1
        vote(world, SECOND, one.number, "against")
        now = items.by_id(world, one.id)
        assert (now.supporters, now.opposers) == (0, 1)
        assert rows.by_number(world, SECOND).id == rows.by_number(world, WANJIRU).id
        assert rows.by_id(world, rows.by_number(world, SECOND).id).number == WANJIRU, "written to on the first"
    village.workers_run()
    assert "one vote" in village.sms(WANJIRU)[-1]
    assert "one vote" in village.sms(SECOND)[-1], "what touches safety is told on every SIM"


def test_the_other_sim_dials_in_with_the_pin_and_is_known_from_then_on(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        sims.ask_for_sim(world, WANJIRU, SECOND, PIN)
        assert isinstance(who_is_calling(world, SECOND, "k-0"), OtherSim)
    phone = village.phone(SECOND)
    phone.dials(CODE)
    assert "says that this SIM is theirs too" in phone.screen
    phone.types("0000")
    assert "Wrong PIN" in phone.screen
    phone.types("4715")
    assert phone.screen.startswith("Hi Wanjiru")


def test_who_has_only_the_sim_or_only_the_pin_gets_nothing(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        assert isinstance(sims.agree_to_sim(world, SECOND, PIN), Gone), "nobody asked"
        assert isinstance(sims.ask_for_sim(world, WANJIRU, SECOND, Secret("0000")), WrongPin)
        assert isinstance(who_is_calling(world, SECOND, "k-0"), Stranger)
        sims.ask_for_sim(world, WANJIRU, SECOND, PIN)
        assert isinstance(sims.refuse_sim(world, SECOND), sims.SimRefused)
        assert isinstance(who_is_calling(world, SECOND, "k-0"), Stranger)
        sims.ask_for_sim(world, WANJIRU, SECOND, PIN)
    village.clock.passes(hours=25)
    with village.world() as world:
        assert isinstance(who_is_calling(world, SECOND, "k-0"), Stranger)
        assert isinstance(sims.agree_to_sim(world, SECOND, PIN), Gone)


def test_a_number_with_an_account_stays_its_own_and_three_are_enough(village: Village) -> None:
    with_second(village)
    with village.world() as world:
        assert isinstance(sims.ask_for_sim(world, WANJIRU, OTIENO, PIN), sims.SimTaken)
        assert isinstance(sims.ask_for_sim(world, WANJIRU, SECOND, PIN), Yourself)
        sims.ask_for_sim(world, WANJIRU, THIRD, PIN)
        sims.agree_to_sim(world, THIRD, PIN)
        assert isinstance(sims.ask_for_sim(world, WANJIRU, FOURTH, PIN), sims.SimsFull)


def test_a_sim_is_taken_off_from_another_and_is_a_strangers_then(village: Village) -> None:
    with_second(village)
    with village.world() as world:
        assert [row.value for row in sims.my_sims(world, SECOND)] == [WANJIRU]
        assert isinstance(sims.drop_sim(world, WANJIRU, WANJIRU, PIN), Gone), "not the one in the phone"
        assert isinstance(sims.drop_sim(world, WANJIRU, OTIENO, PIN), Gone), "not somebody else's"
        assert isinstance(sims.drop_sim(world, SECOND, WANJIRU, PIN), NewSim), "not from the one that came today"
        assert isinstance(sims.drop_sim(world, WANJIRU, SECOND, PIN), sims.SimOff)
        assert rows.by_number(world, SECOND) is None
        assert sim_rows.numbers_of(world, rows.by_number(world, WANJIRU).id) == [WANJIRU]


def test_stop_on_one_sim_is_stop_on_all(village: Village) -> None:
    with_second(village)
    village.phone(SECOND).texts("STOP", SHORTCODE)
    with village.world() as world:
        assert records.stopped(world, WANJIRU)
        assert records.stopped(world, SECOND)
    village.phone(WANJIRU).texts("START", SHORTCODE)
    with village.world() as world:
        assert not records.stopped(world, SECOND)


def test_who_found_the_pin_is_not_left_alone_with_the_account(village: Village) -> None:
    with_second(village)
    with village.world() as world:
        assert isinstance(check_pin(world, SECOND, PIN, "c1-0"), NewSim)
        assert isinstance(check_pin(world, WANJIRU, PIN, "c2-0"), Right)
    village.clock.passes(hours=25)
    with village.world() as world:
        assert isinstance(check_pin(world, SECOND, PIN, "c3-0"), Right)
        assert isinstance(sims.drop_sim(world, SECOND, WANJIRU, PIN), sims.SimOff)
    village.workers_run()
    assert "yours here no more" in village.sms(WANJIRU)[-1], "and the one that was taken off hears of it"


def test_a_stranger_with_a_mistyped_sim_locks_nobodys_pin(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        sims.ask_for_sim(world, WANJIRU, SECOND, PIN)
        assert isinstance(sims.ask_for_sim(world, OTIENO, SECOND, Secret("5839")), sims.SimTaken), "it is asked for already"
        assert isinstance(sims.agree_to_sim(world, SECOND, Secret("1111")), WrongPin)
        assert isinstance(sims.agree_to_sim(world, SECOND, Secret("2222")), Gone)
        assert isinstance(who_is_calling(world, SECOND, "k-0"), Stranger)
        assert rows.by_number(world, WANJIRU).pin_locked_until is None
    village.workers_run()
    assert "wrong PIN twice" in village.sms(WANJIRU)[-1]


def test_a_sim_that_comes_after_stop_is_stopped_and_a_guardian_with_two_is_one(village: Village) -> None:
    village.everybody()
    village.phone(WANJIRU).texts("STOP", SHORTCODE)
    with village.world() as world:
        sims.ask_for_sim(world, WANJIRU, LOWER, PIN)
        sims.agree_to_sim(world, LOWER, PIN)
        assert records.stopped(world, LOWER)
        rows.change_member(world, rows.by_number(world, WANJIRU).id, digest=True)
        assert [one.number for one in rows.readers(world, 0, 9)] == [WANJIRU], "once, on the first"
        guardians.add(world, rows.by_number(world, OTIENO).id, rows.by_number(world, WANJIRU).id, world.now())
        assert len(guardians.of(world, rows.by_number(world, OTIENO).id)) == 1
