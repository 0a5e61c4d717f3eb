"""To follow a person takes a yes of both; each stops it with one key; and only what carries the name is shown."""

from __future__ import annotations

import pytest

from gateway.community.helping import news
from gateway.community.items import by_text, looking
from gateway.community.items.model import Followed, NoItem
from gateway.community.model import TooMany
from gateway.community.people import verbs
from gateway.community.people.model import (
    ASKS_A_DAY,
    FollowerShown,
    NobodyThere,
    NothingToOpen,
    PersonAsked,
    PersonAsks,
    PersonFollowed,
    PersonShown,
    SaidOpened,
    TieEnded,
    TieSettled,
)
from gateway.members import rows as members
from gateway.members.model import LOOKUPS_MOST, Yourself
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd, idea
from tests.test_needs import grown


def code(world, number: str) -> str:
    return members.by_number(world, number).code


def id_of(world, number: str) -> str:
    return str(members.by_number(world, number).id)


def asked(village: Village) -> None:
    grown(village)
    with village.world() as world:
        assert isinstance(verbs.follow_person(world, WANJIRU, code(world, OTIENO), "k"), PersonAsked)


def test_nothing_is_shown_before_the_yes_nor_after_the_stop(village: Village) -> None:
    asked(village)
    with village.world() as world:
        number, otieno = idea(world, OTIENO, "a bridge over the river").number, id_of(world, OTIENO)
        assert isinstance(verbs.look_at_person(world, WANJIRU, otieno), PersonAsks)
        assert verbs.said_by_person(world, WANJIRU, otieno) == []
        assert isinstance(verbs.open_said(world, WANJIRU, otieno, number), NothingToOpen)
        assert isinstance(verbs.look_at_person(world, ACHIENG, otieno), NobodyThere)
    assert "Wanjiru would like to see what you say here" in village.sms(OTIENO)[-1]
    village.phone(OTIENO).texts("1", SHORTCODE)
    assert "They see your ideas" in village.sms(OTIENO)[-1]
    with village.world() as world:
        assert isinstance(verbs.look_at_person(world, WANJIRU, otieno), PersonShown)
        assert isinstance(verbs.follow_person(world, WANJIRU, code(world, OTIENO), "k2"), PersonFollowed)
        assert [one.value for one in verbs.said_by_person(world, WANJIRU, otieno)] == [number]
        assert isinstance(verbs.open_said(world, WANJIRU, otieno, number), SaidOpened)
        assert isinstance(verbs.settle_follower(world, OTIENO, id_of(world, WANJIRU), "no"), TieEnded)
        assert verbs.said_by_person(world, WANJIRU, otieno) == []
        assert verbs.people_followed(world, WANJIRU) == []
        assert isinstance(verbs.settle_follower(world, OTIENO, id_of(world, WANJIRU), "all"), NobodyThere)  # an end is an end


def test_only_what_carries_the_name_is_of_the_kinds_that_are_let_and_is_for_all(village: Village) -> None:
    asked(village)
    with village.world() as world:
        otieno, wanjiru = id_of(world, OTIENO), id_of(world, WANJIRU)
        assert isinstance(verbs.look_at_follower(world, OTIENO, wanjiru), FollowerShown)
        assert isinstance(verbs.settle_follower(world, OTIENO, wanjiru, "all"), TieSettled)
        shown = idea(world, OTIENO, "a bridge over the river").number
        looking.share_idea(world, OTIENO, "hide me, I say", "sealed", "hidden")
        idea(world, OTIENO, "somebody took my goat", kind="wrong")
        told = news.send_news(world, OTIENO, "the road is open", "n1")
        assert {one.value for one in verbs.said_by_person(world, WANJIRU, otieno)} == {shown, told.number}
        verbs.settle_follower(world, OTIENO, wanjiru, "tips")
        assert verbs.said_by_person(world, WANJIRU, otieno) == []
        verbs.settle_follower(world, OTIENO, wanjiru, "all")
    village.clock.passes(days=31)
    with village.world() as world:
        assert verbs.said_by_person(world, WANJIRU, otieno) == []


def test_a_no_is_not_told_and_not_asked_again_for_long(village: Village) -> None:
    asked(village)
    village.sms(OTIENO)
    village.phone(OTIENO).texts("2", SHORTCODE)
    before = len(village.sms(OTIENO))
    with village.world() as world:
        assert isinstance(verbs.follow_person(world, WANJIRU, code(world, OTIENO), "k2"), PersonAsked)  # as if it had been asked
    assert len(village.sms(OTIENO)) == before
    village.clock.passes(days=91)
    with village.world() as world:
        verbs.follow_person(world, WANJIRU, code(world, OTIENO), "k3")
    assert len(village.sms(OTIENO)) == before + 1


def test_who_stops_is_gone_and_nobody_hears_of_it(village: Village) -> None:
    asked(village)
    village.sms(OTIENO)
    village.phone(OTIENO).texts("1", SHORTCODE)
    before = len(village.sms(OTIENO))
    with village.world() as world:
        assert isinstance(verbs.stop_following(world, WANJIRU, id_of(world, OTIENO)), TieEnded)
        assert verbs.my_followers(world, OTIENO) == []
    assert len(village.sms(OTIENO)) == before


def test_limits_and_who_cannot_be_followed(village: Village) -> None:
    grown(village)
    with village.world() as world:
        assert isinstance(verbs.follow_person(world, WANJIRU, code(world, WANJIRU), "k"), Yourself)
        assert isinstance(verbs.follow_person(world, WANJIRU, "99999", "k"), NobodyThere)
        members.change_member(world, members.by_number(world, ACHIENG).id, shown_to="nobody")
        assert isinstance(verbs.follow_person(world, WANJIRU, code(world, ACHIENG), "k"), NobodyThere)
        some = crowd(world, ASKS_A_DAY + 1)
        said = [verbs.follow_person(world, WANJIRU, one, f"k{n}") for n, one in enumerate(some)]
        assert [isinstance(one, PersonAsked) for one in said] == [True] * ASKS_A_DAY + [False]
        assert isinstance(said[-1], TooMany)
    assert "People followed" in page(operator(village, "facilitator"), "measures")


def test_who_has_left_is_not_shown(village: Village) -> None:
    asked(village)
    village.sms(OTIENO)
    village.phone(OTIENO).texts("1", SHORTCODE)
    village.sms(OTIENO)
    with village.world() as world:
        idea(world, OTIENO, "a bridge over the river")
        assert verbs.said_by_person(world, WANJIRU, id_of(world, OTIENO))
        members.change_member(world, members.by_number(world, OTIENO).id, status="left")
    with village.world() as world:
        otieno = str(verbs.rows.followed_by(world, members.by_number(world, WANJIRU).id)[0].followed_id)
        assert verbs.said_by_person(world, WANJIRU, otieno) == []


def test_by_sms_a_code_asks_a_member_and_a_number_follows_an_item(village: Village) -> None:
    grown(village)
    with village.world() as world:
        mine, number = code(world, OTIENO), idea(world, OTIENO, "a bridge over the river").number
    village.phone(WANJIRU).texts(f"FOLLOW {mine}", SHORTCODE)
    assert "Otieno is asked" in village.sms(WANJIRU)[-1]
    village.phone(WANJIRU).texts(f"FUATA {number}", SHORTCODE)
    assert "You follow it" in village.sms(WANJIRU)[-1]
    with village.world() as world:
        assert isinstance(by_text.follow_by_text(world, ACHIENG, number, "k"), Followed)
        assert isinstance(by_text.follow_by_text(world, ACHIENG, "12", "k"), NoItem)
        for n in range(LOOKUPS_MOST):
            by_text.follow_by_text(world, ACHIENG, mine, f"k{n}")
        assert isinstance(by_text.follow_by_text(world, ACHIENG, mine, "k99"), NobodyThere)


@pytest.mark.parametrize("typed", ["x", "", "999", "\u00b2"])
def test_what_is_nobody_is_no_error(village: Village, typed: str) -> None:
    grown(village)
    with village.world() as world:
        assert isinstance(verbs.look_at_person(world, WANJIRU, typed), NobodyThere)
        assert isinstance(verbs.look_at_follower(world, WANJIRU, typed), NobodyThere)
