"""Who has paid in is seen by name when the group has said so by its own vote; before that each sees their own, and leaders all."""

from __future__ import annotations

from gateway.community.groups import ballot_rows, facts, open_list, rows, votes
from gateway.community.groups.model import NotInGroup
from gateway.community.groups.verbs import open_group
from gateway.community.groups.vote_model import VoteOpen, VotesByMembers
from gateway.members import rows as members
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd
from tests.test_needs import grown

ALL, NONE = ["Achieng not yet", "Otieno not yet", "Wanjiru not yet"], ["Otieno not yet"]


def founded(world) -> str:
    group = open_group(world, "Umoja women")
    for number, role in ((WANJIRU, "leader"), (OTIENO, "member"), (ACHIENG, "member")):
        members.change_member(world, members.by_number(world, number).id, language="en")
        rows.put(world, group.id, members.by_number(world, number).id, state="member", role=role)
    return str(group.number)


def payers(world, number: str, group: str) -> list[str]:
    world.seen.clear()
    return [row.label for row in facts.payers(world, number, group)]


def vote(village: Village, group: str, *choices: str, key: str) -> None:
    with village.world() as world:
        assert isinstance(open_list.ask_for_list(world, OTIENO, group, key), VoteOpen)
        assert isinstance(open_list.ask_for_list(world, OTIENO, group, key), VoteOpen)  # the same turn twice is one vote
        id = str(ballot_rows.vote_by_key(world, key).id)
        for number, choice in zip((WANJIRU, OTIENO, ACHIENG), choices, strict=False):
            votes.cast_ballot(world, number, id, choice, group)
    village.clock.passes(days=open_list.LIST_VOTE_DAYS, hours=1)
    with village.world() as world:
        votes.close_votes(world)
        open_list.turn_decided(world)
        assert open_list.turn_decided(world) == 0  # once


def test_a_new_group_hides_names_until_it_votes_to_see_them_and_again(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
        assert payers(world, OTIENO, group) == NONE
        assert payers(world, WANJIRU, group) == ALL  # who keeps the book sees it
        assert open_list.who_sees_names(world, OTIENO, group) == open_list.CLOSED
        assert isinstance(open_list.ask_for_list(world, crowd(world, 1)[0], group, "k0"), NotInGroup)
    vote(village, group, "yes", "yes", "no", key="k1")
    with village.world() as world:
        assert payers(world, OTIENO, group) == ALL
        assert isinstance(open_list.ask_for_list(world, OTIENO, group, "k2"), VotesByMembers)  # the two places go round
    assert "all of it" in page(operator(village, "facilitator"), f"groups/{group}")
    village.clock.passes(days=8)
    vote(village, group, "no", "yes", "yes", key="k3")
    with village.world() as world:
        assert payers(world, OTIENO, group) == NONE


def test_a_no_and_too_few_leave_it_as_it_is(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
    vote(village, group, "no", "yes", "no", key="k1")
    village.clock.passes(days=8)
    vote(village, group, "yes", key="k2")
    with village.world() as world:
        assert payers(world, ACHIENG, group) == ["Achieng not yet"]


def test_the_group_is_asked_this_once_at_a_time_and_a_clock_that_stood_still_does_what_was_decided(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
        assert isinstance(open_list.ask_for_list(world, OTIENO, group, "k1"), VoteOpen)
        for number in (WANJIRU, ACHIENG):
            assert isinstance(open_list.ask_for_list(world, number, group, f"again-{number}"), VotesByMembers)
        id = str(ballot_rows.vote_by_key(world, "k1").id)
        for number in (WANJIRU, OTIENO, ACHIENG):
            votes.cast_ballot(world, number, id, "yes", group)
        found = rows.by_number(world, group)
        assert open_list.seen_by(world, OTIENO, group) == "In its book."
    village.clock.passes(days=open_list.LIST_VOTE_DAYS + 20)
    with village.world() as world:
        votes.close_votes(world)
        assert open_list.turn_decided(world) == 1
        assert rows.by_id(world, found.id).open_list
        world.seen.clear()
        assert open_list.seen_by(world, OTIENO, group) == "All see it."
        assert open_list.seen_by(world, crowd(world, 1)[0], group) == "In its book."  # of others nothing is told
