"""Who knows this? The router's best and who keeps the topic are offered; and what an author thinks of an answer is said on the phone too."""

from __future__ import annotations

from gateway.community.helping import keeper_rows, keepers, passing, rows, verbs
from gateway.community.helping.model import AnotherKnower, PassedOn
from gateway.community.items import closing, states, voice_rows
from gateway.community.items import rows as items
from gateway.community.items.closing import GoodNoted
from gateway.community.items.model import NoItem
from gateway.members import rows as members
from gateway.members.model import NotAMember
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd, idea


def helps(world, number: str, topic: str) -> None:
    verbs.turn_topic(world, number, topic)


def test_a_question_is_passed_to_who_fits_or_who_keeps_its_topic(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, OTIENO, "cows")
        some = crowd(world, 4)
        for n, number in enumerate(some):
            helps(world, number, "cows" if n < 3 else "crops")
    with village.world() as world:
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k1")
        question = items.by_number(world, asked.number)
        routed = {one.member_id for one in rows.routes_of(world, question.id)}
        assert len(routed) == 3
        keepers.name_keeper(world, "cows", village.member(world, ACHIENG), "a")
        offered = passing.who_may_know(world, OTIENO, asked.number)
        assert len(offered) == 2, "the one helper of cows who was not asked yet, and somebody else: no keeper has said yes"
        assert offered[-1].value == passing.OTHER
        assert keeper_rows.settle(world, "cows", village.member(world, ACHIENG).id, "yes")
        offered = passing.who_may_know(world, OTIENO, asked.number)
        assert [row.label for row in offered][1:] == ["Achieng, keeper", "Somebody else"]
        (hidden,) = {village.member(world, number).id for number in some[:3]} - routed
        members.change_member(world, hidden, shown_to="nobody")
        assert [row.label for row in passing.who_may_know(world, OTIENO, asked.number)] == ["Achieng, keeper", "Somebody else"], "who hides is named to nobody"
        members.change_member(world, hidden, shown_to="everyone")
        assert isinstance(passing.pick_knower(world, OTIENO, asked.number, passing.OTHER), AnotherKnower)
        assert isinstance(passing.pick_knower(world, OTIENO, asked.number, "99999"), NotAMember)
        assert passing.pick_knower(world, OTIENO, asked.number, offered[1].value) == PassedOn("Achieng")
        passed = next(one for one in rows.routes_of(world, question.id) if one.member_id == village.member(world, ACHIENG).id)
        assert passed.passed_by == village.member(world, OTIENO).id
        assert [row.label for row in passing.who_may_know(world, OTIENO, asked.number)][1:] == ["Somebody else"], "who was asked is offered no more"
    assert "anauliza" in village.sms(ACHIENG)[-1]


def test_who_wrote_an_idea_says_once_on_the_phone_that_the_answer_is_good(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "Pay us on Friday")
        assert not closing.may_say_good(world, WANJIRU, one.number), "nothing is answered"
        states.go(world, one, "declined", "grace", "The bank is closed on Fridays")
        assert closing.may_say_good(world, WANJIRU, one.number)
        assert not closing.may_say_good(world, OTIENO, one.number)
        assert isinstance(closing.say_answer_good(world, OTIENO, one.number), NoItem)
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*5*4#")
    assert "6 Good answer" in phone.types("1")
    assert phone.types("6") == "Noted, thank you. It stands beside the answer for those who gave it."
    with village.world() as world:
        assert not closing.may_say_good(world, WANJIRU, one.number), "once is enough"
        assert isinstance(closing.say_answer_good(world, WANJIRU, one.number), GoodNoted), "the same turn twice is no error"
        assert [change.why for change in voice_rows.changes_of(world, [one.id]) if change.by == closing.AUTHOR] == [closing.AGREES]
