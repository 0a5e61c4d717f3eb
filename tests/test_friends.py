"""A friend is told of an idea once, in the member's own name, and never again after STOP."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from gateway.community.items import friend_rows, friends, verbs, voice_rows
from gateway.community.items.friends import FarNumber, FriendTold, NewcomerInvited, NoPhone
from gateway.community.items.model import Closed, NoItem, Rests
from gateway.community.model import TooMany
from gateway.members import rows as members
from gateway.members.model import Yourself
from gateway.records import rows as records
from tests.browser import operator, page
from tests.cast import ACHIENG, MALLORY, OTIENO, SHORTCODE, WANJIRU, Village, idea
from tests.test_needs import grown

STRANGER = "+254712345678"


def told(village: Village, number: str = STRANGER) -> list[str]:
    return [words for words in village.sms(number) if "asks you to look" in words or "anakuomba uone" in words]


def test_one_sms_in_her_name_for_a_friend_and_an_idea(village: Village) -> None:
    grown(village)
    with village.world() as world:
        number = idea(world, OTIENO, "a bridge over the river").number
        for n in range(2):
            assert isinstance(friends.tell_friend(world, WANJIRU, number, STRANGER, f"k{n}"), FriendTold)
        assert isinstance(friends.tell_friend(world, ACHIENG, number, STRANGER, "k3"), FriendTold)
        kept = str([tuple(row) for row in world.read.execute(select(friend_rows.friends))])
        assert STRANGER[4:] not in kept
    assert len(told(village)) == 1
    assert told(village)[0].startswith("Wanjiru asks you to look at this in")
    assert f"*384*20417*{number}#" in told(village)[0]


def test_who_said_stop_is_never_told_and_the_member_is_not_told_so(village: Village) -> None:
    grown(village)
    village.phone(MALLORY).texts("STOP", SHORTCODE)
    with village.world() as world:
        number = idea(world, OTIENO, "a bridge over the river").number
        said = friends.tell_friend(world, WANJIRU, number, MALLORY, "k")
        assert isinstance(said, FriendTold)
        assert said.tail == MALLORY[-3:]
    assert not told(village, MALLORY)


def test_few_a_day_for_who_tells_and_few_a_month_for_who_hears(village: Village) -> None:
    grown(village)
    with village.world() as world:
        numbers = [idea(world, OTIENO, words).number for words in ("a bridge", "milk money on friday", "a well in kiboko")]
        for n, number in enumerate(numbers):
            assert isinstance(friends.tell_friend(world, WANJIRU, number, STRANGER, f"k{n}"), FriendTold)
        assert isinstance(friends.tell_friend(world, WANJIRU, numbers[0], MALLORY, "k9"), TooMany)
        assert isinstance(friends.tell_friend(world, WANJIRU, numbers[2], STRANGER, "k2"), FriendTold)  # the same hop once more
    assert len(told(village)) == friends.HEARD_A_MONTH


def test_what_cannot_be_told(village: Village) -> None:
    grown(village)
    with village.world() as world:
        number = idea(world, OTIENO, "a bridge over the river").number
        assert isinstance(friends.tell_friend(world, WANJIRU, number, WANJIRU, "k1"), Yourself)
        assert isinstance(friends.tell_friend(world, WANJIRU, number, "+8821612345678", "k1"), FarNumber)
        assert isinstance(friends.tell_friend(world, WANJIRU, "99999", STRANGER, "k2"), NoItem)
        voice_rows.turn(world, "friends", off=True, why="a campaign", by="grace")
        assert isinstance(friends.tell_friend(world, WANJIRU, number, STRANGER, "k3"), Rests)
        voice_rows.turn(world, "friends", off=False, why="", by="grace")
        verbs.withdraw(world, verbs.find(world, number), "the author")
        assert isinstance(friends.tell_friend(world, WANJIRU, number, STRANGER, "k4"), Closed | NoItem)
    assert not told(village)


def test_friends_who_came_are_counted(village: Village) -> None:
    grown(village)
    since = village.clock() - dt.timedelta(hours=1)
    with village.world() as world:
        number = idea(world, OTIENO, "a bridge over the river").number
        friends.tell_friend(world, WANJIRU, number, ACHIENG, "k1")
        friends.tell_friend(world, WANJIRU, number, STRANGER, "k2")
        assert friends.came(world, since) == (2, 0)
        verbs.vote(world, ACHIENG, number, "for")
        assert friends.came(world, since) == (2, 1)
    village.has("Baraka", STRANGER, 10, "5151")
    with village.world() as world:
        members.change_member(world, members.by_number(world, STRANGER).id, made_at=world.now())
        assert friends.came(world, since) == (2, 2)
    assert "Friends who came" in page(operator(village, "facilitator"), "measures")


def test_no_trace_of_a_call_and_no_key_leads_to_the_friends_number(village: Village) -> None:
    grown(village)
    with village.world() as world:
        number = idea(world, OTIENO, "a bridge over the river").number
    phone = village.phone(WANJIRU)
    phone.dials(f"*384*20417*{number}#")
    for typed in ("1", "1", STRANGER.replace("+254", "0")):
        phone.types(typed)
    village.workers_run()
    with village.world() as world:
        hops = repr([tuple(row) for row in world.read.execute(select(records.hops))])
        keys = set(world.read.scalars(select(records.texts.c.key))) & {f"friend:{key}" for key in world.read.scalars(select(friend_rows.friends.c.key))}
    assert STRANGER[4:] not in hops
    assert not keys
    assert len(told(village)) == 1


def invited(village: Village, number: str = STRANGER) -> list[str]:
    return [words for words in village.sms(number) if "asks you to join" in words]


def test_who_is_no_member_yet_is_invited_once_in_her_name(village: Village) -> None:
    grown(village)
    with village.world() as world:
        before = friends.came(world, world.now() - dt.timedelta(days=1))
        for n, number in enumerate((WANJIRU, WANJIRU, OTIENO)):
            assert isinstance(friends.invite_newcomer(world, number, STRANGER, f"i{n}"), NewcomerInvited)
        assert isinstance(friends.invite_newcomer(world, WANJIRU, ACHIENG, "i4"), NewcomerInvited), "it does not tell who is a member"
        assert isinstance(friends.invite_newcomer(world, WANJIRU, "12345", "i5"), NoPhone)
        assert isinstance(friends.invite_newcomer(world, WANJIRU, "+8821612345678", "i6"), FarNumber)
        assert STRANGER[4:] not in str([tuple(row) for row in world.read.execute(select(friend_rows.newcomers))])
        assert friends.came(world, world.now() - dt.timedelta(days=1)) == (before[0] + 1, before[1])
    assert [words.startswith("Wanjiru asks you to join") for words in invited(village)] == [True]
    assert not invited(village, ACHIENG)
    village.has("Baraka", STRANGER, 0, "9407")
    with village.world() as world:
        members.change_member(world, members.by_number(world, STRANGER).id, made_at=world.now())
        assert friends.came(world, world.now() - dt.timedelta(days=1))[1] == before[1] + 1


def test_an_invitation_counts_with_what_friends_are_told_and_stop_is_stop(village: Village) -> None:
    grown(village)
    village.phone(MALLORY).texts("STOP", SHORTCODE)
    with village.world() as world:
        for n in range(friends.TELLS_A_DAY):
            friends.invite_newcomer(world, WANJIRU, f"+25471234560{n}", f"i{n}")
        assert isinstance(friends.invite_newcomer(world, WANJIRU, STRANGER, "i9"), TooMany)
        number = idea(world, OTIENO, "a bridge over the river").number
        assert isinstance(friends.tell_friend(world, WANJIRU, number, STRANGER, "t1"), TooMany)
        assert isinstance(friends.invite_newcomer(world, OTIENO, MALLORY, "i10"), NewcomerInvited)
        voice_rows.turn(world, "friends", off=True, why="a campaign", by="grace")
        assert isinstance(friends.invite_newcomer(world, OTIENO, STRANGER, "i11"), Rests)
    assert not invited(village, MALLORY)
    assert not invited(village)


def test_from_the_question_to_whom_to_send(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*2*1#")
    assert "2 Invite by SMS" in phone.types("0712345678")
    assert phone.types("2").startswith("If ..678 takes such SMS, one goes there in your name, once.")
    village.workers_run()
    assert len(invited(village)) == 1
