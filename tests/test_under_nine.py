"""What a group, an asker or a leader wants of somebody waits under 9 too: for who wants no SMS, and where a group's month is used up."""

from __future__ import annotations

import pytest

from gateway.community import waiting, waiting_rows
from gateway.community.groups import asker_rows, asking_all, ballot_rows, cash, joining, leading, rows, verbs, votes, ways
from gateway.community.groups.model import AskedToJoin, CashAsked, CashEnough, CashWritten, LetIn
from gateway.community.groups.vote_model import VoteOpen
from gateway.community.helping import may_call
from gateway.community.items import voice_rows
from gateway.members import rows as members
from gateway.members.model import Gone
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_groups import chama
from tests.test_needs import grown
from tests.test_open_list import founded
from tests.test_small_keys import answered
from workers import nightly


def lines(village: Village, number: str, begins: str) -> list[str]:
    with village.world() as world:
        return [row.value for row in waiting.waiting_things(world, number) if row.value.startswith(begins)]


def asks(village: Village, number: str = ACHIENG) -> object:
    with village.world() as world:
        return joining.ask_to_join(world, number, "1001")


def wishes_to_call(village: Village) -> None:
    """Wanjiru, whom Otieno has answered."""
    with village.world() as world:
        assert isinstance(may_call.ask_to_call(world, WANJIRU, answered(village, world), "", "k1"), may_call.CallAsked)


def test_who_asks_to_join_stands_under_9_of_who_leads_until_it_is_answered(village: Village) -> None:
    chama(village)
    village.phone(WANJIRU).texts("STOP", SHORTCODE)
    with village.world() as world:
        before = int(waiting.waiting_count(world, WANJIRU))
    assert isinstance(asks(village), AskedToJoin)
    assert lines(village, WANJIRU, waiting.ASKER) == ["asker-1001"]
    assert lines(village, OTIENO, waiting.ASKER) == [], "he does not lead it"
    with village.world() as world:
        assert int(waiting.waiting_count(world, WANJIRU)) == before + 1
        assert waiting.open_waiting(world, WANJIRU, "asker-1001") == waiting.AskerWaits("1001", "Tumaini grp")
        achieng = str(members.by_number(world, ACHIENG).id)
        assert isinstance(leading.decide_asker(world, WANJIRU, "1001", achieng, "yes", "k1"), LetIn)
    assert lines(village, WANJIRU, waiting.ASKER) == []


def test_an_asking_can_be_taken_back(village: Village) -> None:
    chama(village)
    asks(village)
    with village.world() as world:
        assert joining.find_group_to_join(world, ACHIENG, 1001) == joining.AskingStill("1001", "Tumaini grp")
        for _ in range(2):  # the same turn twice
            assert joining.take_asking_back(world, ACHIENG, "1001") == joining.AskingTakenBack("Tumaini grp")
        assert not isinstance(joining.take_asking_back(world, OTIENO, "1001"), joining.AskingTakenBack), "he is in it, and stays"
        assert rows.membership(world, rows.by_number(world, "1001").id, members.by_number(world, OTIENO).id).state == "member"
    assert lines(village, WANJIRU, waiting.ASKER) == []
    assert isinstance(asks(village), joining.AsksEnough), "not again at once"
    with village.world() as world:
        others = [
            str(verbs.start_group(world, WANJIRU, "Night watch").group),
            *(str(verbs.start_group(world, OTIENO, name).group) for name in ("Bees", "Wells")),
        ]
        said = []
        for group in others:  # taking back buys no more askings
            said.append(type(joining.ask_to_join(world, ACHIENG, group)))
            joining.take_asking_back(world, ACHIENG, group)
        assert said == [AskedToJoin, AskedToJoin, joining.AsksEnough]
        leading.invite(world, WANJIRU, "1001", ACHIENG, "i1")
        assert rows.membership(world, rows.by_number(world, "1001").id, members.by_number(world, ACHIENG).id).state == "invited", (
            "a leader may ask all the same"
        )
        verbs.decline_invitation(world, ACHIENG, "1001")
    village.clock.passes(days=joining.ASK_AGAIN_DAYS, hours=1)
    assert isinstance(asks(village), AskedToJoin)


@pytest.mark.parametrize("rests", [False, True])
def test_what_no_leader_answers_ends_and_who_asked_may_ask_again(village: Village, rests: bool) -> None:
    chama(village)
    asks(village)
    village.clock.passes(days=joining.ASKED_DAYS, minutes=-5)
    assert nightly.end_askings(village.site) == 0
    village.clock.passes(minutes=10)
    with village.world() as world:
        if rests:
            voice_rows.turn(world, "group_sms", off=True, why="rest", by="grace")
    assert (nightly.end_askings(village.site), nightly.end_askings(village.site)) == (1, 0)
    assert any("siku 14" in words for words in village.sms(ACHIENG)) != rests
    assert lines(village, WANJIRU, waiting.ASKER) == []
    assert isinstance(asks(village), AskedToJoin)
    assert lines(village, WANJIRU, waiting.ASKER) == ["asker-1001"]


def test_who_wants_no_sms_is_asked_under_9_whether_they_may_be_called(village: Village) -> None:
    grown(village)
    with village.world() as world:
        given = answered(village, world)
    village.phone(OTIENO).texts("STOP", SHORTCODE)
    with village.world() as world:
        assert isinstance(may_call.ask_to_call(world, WANJIRU, given, "", "k1"), may_call.CallAsked)
    [line] = lines(village, OTIENO, waiting.MAY_CALL)
    with village.world() as world:
        shown = waiting.open_waiting(world, OTIENO, line)
        assert isinstance(shown, may_call.MayTheyCall)
        assert shown.from_name == "Wanjiru"
        assert isinstance(may_call.say_of_call(world, ACHIENG, line, "yes"), Gone), "nobody answers for another"
        assert isinstance(may_call.say_of_call(world, OTIENO, line, "yes"), may_call.CallAgreed)
    assert lines(village, OTIENO, waiting.MAY_CALL) == []
    assert sum("you may call 0722000002" in words for words in village.sms(WANJIRU)) == 1


def test_a_no_under_9_gives_no_number(village: Village) -> None:
    grown(village)
    wishes_to_call(village)
    [line] = lines(village, OTIENO, waiting.MAY_CALL)
    with village.world() as world:
        assert isinstance(may_call.say_of_call(world, OTIENO, line, "no"), may_call.CallRefused)
        assert isinstance(may_call.say_of_call(world, OTIENO, "call-1,1", "yes"), Gone)
    assert lines(village, OTIENO, waiting.MAY_CALL) == []
    assert not any("0722000002" in words for words in village.sms(WANJIRU))


def test_cash_is_asked_of_one_payer_so_often_a_day_and_within_the_groups_month(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
        otieno = members.by_number(world, OTIENO)

        def written(key: str) -> object:
            return cash.write_cash(world, WANJIRU, group, str(otieno.id), 5_000, key)

        for n in range(cash.A_DAY_MOST):
            assert isinstance(written(f"c{n}"), CashWritten)
            cash.answer_cash(world, otieno, ballot_rows.cash_by_key(world, f"c{n}").id, agrees=False)
        assert written("more") == CashEnough(cash.A_DAY_MOST), "a no frees no place for the next"
        assert isinstance(written("c0"), CashWritten), "the same turn, heard again"
    village.clock.passes(days=1, hours=1)
    before = len(village.sms(OTIENO))
    with village.world() as world:
        voice_rows.turn(world, "group_sms", off=True, why="rest", by="grace")
        assert isinstance(written("late"), CashWritten)
        id = ballot_rows.cash_by_key(world, "late").id
        assert isinstance(waiting.open_waiting(world, OTIENO, f"cash-{id}"), CashAsked), "under 9 all the same"
    assert len(village.sms(OTIENO)) == before


def test_what_waits_is_forgotten_with_its_time(village: Village) -> None:
    grown(village)
    wishes_to_call(village)
    with village.world() as world:
        otieno = members.by_number(world, OTIENO)
        assert [kind for kind, _, _ in waiting_rows.chosen(world, otieno)] == ["may_call"]
    village.clock.passes(days=waiting_rows.FRESH_DAYS, hours=1)
    with village.world() as world:
        assert waiting_rows.chosen(world, otieno) == []
        assert verbs.group_of(world, otieno, "1001") is None


def test_who_is_in_two_groups_is_told_what_to_dial_for_this_one(village: Village) -> None:
    chama(village)
    with village.world() as world:
        group = rows.by_number(world, "1001")
        wanjiru, otieno = (members.by_number(world, number).id for number in (WANJIRU, OTIENO))
        assert ways.codes_to(world, [wanjiru, otieno], group, "4") == dict.fromkeys((wanjiru, otieno), "*384*20417*3*4#")
        verbs.start_group(world, OTIENO, "A first one")
        assert ways.codes_to(world, [wanjiru, otieno], group, "4") == {wanjiru: "*384*20417*3*4#", otieno: "*384*20417*3*2*4#"}
        assert ways.code_to_meeting(world, OTIENO, "1001") == "*384*20417*3*2*3#"
        votes.start_vote(world, WANJIRU, "1001", "Shall we buy a tank", "", "3", "no", "v1")
    assert "Shall we buy a tank" in village.phone(OTIENO).dials("*384*20417*3*2*4#")


def test_a_vote_on_who_asked_ends_when_they_take_it_back(village: Village) -> None:
    chama(village)
    asks(village)
    with village.world() as world:
        achieng = members.by_number(world, ACHIENG)
        assert isinstance(asking_all.ask_about_asker(world, WANJIRU, "1001", str(achieng.id)), VoteOpen)
        joining.take_asking_back(world, ACHIENG, "1001")
        [one] = ballot_rows.votes_of(world, rows.by_number(world, "1001").id, 9)
        assert (one.state, one.said) == ("closed", "off")


def test_who_was_let_in_meanwhile_is_not_thrown_out_by_the_clock(village: Village) -> None:
    chama(village)
    asks(village)
    village.clock.passes(days=joining.ASKED_DAYS, minutes=5)
    with village.world() as world:
        group, achieng = rows.by_number(world, "1001"), members.by_number(world, ACHIENG)
        [late] = asker_rows.asked_before(world, world.now())
        leading.decide_asker(world, WANJIRU, "1001", str(achieng.id), "yes", "k1")
        assert not asker_rows.end_asking(world, late)
        assert rows.membership(world, group.id, achieng.id).state == "member"


@pytest.mark.parametrize("said", ["1", "ndiyo", "YES"])
def test_what_no_sms_has_asked_no_sms_answers(village: Village, said: str) -> None:
    """Who gets no SMS may write a bare 1 about something else: nothing is agreed to that they have not read."""
    grown(village)
    with village.world() as world:
        given = answered(village, world)
    village.phone(OTIENO).texts("STOP QUESTIONS", SHORTCODE)
    with village.world() as world:
        assert isinstance(may_call.ask_to_call(world, WANJIRU, given, "", "k1"), may_call.CallAsked)
        assert isinstance(may_call.ask_to_call(world, WANJIRU, given, "", "k2"), may_call.CallAsked), "once"
    village.phone(OTIENO).texts(said, SHORTCODE)
    assert not any("0722000002" in words for words in village.sms(WANJIRU))
    assert len(lines(village, OTIENO, waiting.MAY_CALL)) == 1, "it waits still"


def test_what_was_answered_by_sms_is_answered_under_9(village: Village) -> None:
    grown(village)
    wishes_to_call(village)
    [line] = lines(village, OTIENO, waiting.MAY_CALL)
    village.phone(WANJIRU).texts("STOP", SHORTCODE)
    village.workers_run()
    village.phone(OTIENO).texts("1", SHORTCODE)
    with village.world() as world:
        assert isinstance(may_call.say_of_call(world, OTIENO, line, "no"), Gone), "the number has gone"
    assert sum("you may call 0722000002" in words for words in village.sms(WANJIRU)) == 1, "she asked for it"
