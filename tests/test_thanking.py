"""Thanks for what was said, or to somebody: by name, once for a thing, worth nothing but a thank-you."""

from __future__ import annotations

import datetime as dt

import pytest

from gateway.community import rows as community
from gateway.community import waiting
from gateway.community.dividend import rows as dividend
from gateway.community.items import other_kinds, praised, rows, states, thanking, verbs, voice_rows
from gateway.community.items.model import NoItem, OwnItem, Rests, SaidToday, ThankedFor
from gateway.community.items.praised import PraiseHeard, PraiseNotSo
from gateway.community.items.thanking import THANKS_A_DAY, PraisePassed
from gateway.members import rows as members
from gateway.members.model import Gone
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd, idea
from tests.test_needs import grown


def test_who_said_it_hears_who_thanks_once(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one = idea(world, WANJIRU, "a roof for the scale")
        assert isinstance(thanking.thank_here(world, OTIENO, one.number), ThankedFor)
        assert isinstance(thanking.thank_here(world, OTIENO, one.number), ThankedFor)  # the same hop twice
        assert isinstance(thanking.thank_here(world, WANJIRU, one.number), OwnItem)
        assert isinstance(thanking.thank_here(world, OTIENO, "99999"), NoItem)
        case = idea(world, WANJIRU, "the scale is wrong", "wrong")
        assert isinstance(thanking.thank_here(world, OTIENO, case.number), NoItem)  # a case is between two
    assert [words for words in village.sms(WANJIRU) if words.startswith("Otieno thanks you: a roof for the")] == [village.sms(WANJIRU)[-1]]
    with village.world() as world:
        wanjiru = members.by_number(world, WANJIRU)
        assert community.thanks_to(world, wanjiru.id) == 1
        assert (community.thanks_for_answers(world, wanjiru.id), [one.points for one in community.thankers(world, wanjiru.id, 9)]) == (0, [0])


def test_by_sms_to_a_thing_or_a_person_and_a_lone_asante_is_only_polite(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one, code = idea(world, WANJIRU, "a roof"), members.by_number(world, ACHIENG).code
    village.phone(OTIENO).texts(f"ASANTE {one.number}", SHORTCODE)
    village.phone(OTIENO).texts(f"thank {code}", SHORTCODE)
    village.phone(OTIENO).texts(f"thank {code}", SHORTCODE)
    assert "Otieno thanks you: a roof." in village.sms(WANJIRU)[-1]
    assert sum("msaada wako" in words for words in village.sms(ACHIENG)) == 1
    for words in ("Asante sana", "Asante", "THANK 99999"):
        village.phone(OTIENO).texts(words, SHORTCODE)
    assert ["You are welcome" in words for words in village.sms(OTIENO)[-3:]] == [True, True, False]
    with village.world() as world:
        assert isinstance(thanking.thank_by_text(world, ACHIENG, code), OwnItem)


def test_it_has_an_end_a_switch_and_no_new_accounts_and_earns_nothing(village: Village) -> None:
    grown(village)
    with village.world() as world:
        some = [idea(world, who, f"Idea {n}") for n, who in enumerate(crowd(world, THANKS_A_DAY + 1))]
        for n, one in enumerate(some):
            assert isinstance(thanking.thank_here(world, OTIENO, one.number), ThankedFor if n < THANKS_A_DAY else SaidToday)
        members.change_member(world, members.by_number(world, ACHIENG).id, made_at=world.now() - dt.timedelta(days=1))
        assert isinstance(thanking.thank_here(world, ACHIENG, some[0].number), SaidToday)
        voice_rows.turn(world, "thanks", off=True, why="a quarrel", by="grace")
        assert isinstance(thanking.thank_here(world, WANJIRU, some[0].number), Rests)
        since, until = world.now() - dt.timedelta(days=30), world.now() + dt.timedelta(days=1)
        assert dividend.useful(world, since, until) == {}
        verbs.withdraw(world, some[0], "the author")
        assert isinstance(thanking.thank_here(world, WANJIRU, some[0].number), NoItem)


def test_praise_that_was_passed_on_and_thanks_for_it_are_two_things(village: Village) -> None:
    village.everybody()
    village.clock.passes(days=8)
    with village.world() as world:
        praise = idea(world, WANJIRU, "Otieno weighed where we saw it", "praise")
        praised.tell_praised(world, WANJIRU, praise.number, OTIENO)
        thanking.thank_here(world, OTIENO, praise.number)
    village.workers_run()
    assert any("said of you" in words for words in village.sms(OTIENO))
    assert any("thanks you" in words for words in village.sms(WANJIRU)), "he thanked her, and she hears it"


def praise(village: Village) -> str:
    """Wanjiru praises Otieno, and tells him."""
    village.clock.passes(days=8)
    with village.world() as world:
        one = idea(world, WANJIRU, "weighed where we saw it", "praise")
        assert praised.tell_praised(world, WANJIRU, one.number, OTIENO) == PraisePassed("Otieno")
        assert praised.tell_praised(world, WANJIRU, one.number, OTIENO) == PraisePassed("Otieno")  # the same turn twice
        assert isinstance(praised.tell_praised(world, ACHIENG, one.number, OTIENO), NoItem)  # another's
    return one.number


@pytest.mark.parametrize("said", ["2", "NO", "hapana", "1"])
def test_whom_it_praises_may_say_that_it_is_not_so_and_then_a_person_looks(village: Village, said: str) -> None:
    village.everybody()
    number = praise(village)
    assert [words.startswith("Wanjiru said of you: weighed where we saw it") for words in village.sms(OTIENO)][-1]
    village.phone(OTIENO).texts(said, SHORTCODE)
    with village.world() as world:
        one = rows.by_number(world, number)
        assert one.state == ("open" if said == "1" else "held")
        assert [row for row in other_kinds.praises(world, ACHIENG) if row.value == number] == [] or said == "1"
        assert not praised.answer_praise(world, members.by_number(world, ACHIENG), str(one.id), yes=False), "whom it does not praise"
    if said != "1":
        assert "whom it praises says: not so" in village.sms(WANJIRU)[-1]
        with village.world() as world:
            states.go(world, one, "open", "grace", "it is so")
            assert not praised.answer_praise(world, members.by_number(world, ACHIENG), str(one.id), yes=False)


def test_who_takes_no_sms_finds_the_praise_under_9(village: Village) -> None:
    village.everybody()
    village.phone(OTIENO).texts("STOP", SHORTCODE)
    number = praise(village)
    village.workers_run()
    assert not any("said of you" in words for words in village.sms(OTIENO))
    with village.world() as world:
        [line] = [row.value for row in waiting.waiting_things(world, OTIENO) if row.value.startswith(waiting.PRAISE)]
        assert waiting.open_waiting(world, OTIENO, line) == PraiseHeard("Wanjiru", "weighed where we saw it", number)
        assert isinstance(praised.say_of_praise(world, ACHIENG, line, "no"), Gone), "nobody says it for another"
        assert isinstance(praised.say_of_praise(world, OTIENO, line, "no"), PraiseNotSo)
        assert isinstance(praised.say_of_praise(world, OTIENO, line, "no"), Gone)
        assert rows.by_number(world, number).state == "held"
        assert not [row for row in waiting.waiting_things(world, OTIENO) if row.value.startswith(waiting.PRAISE)]
