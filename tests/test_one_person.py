"""Two accounts of one person are one voice when a person says so: no vote is lost in silence, none counts twice, and it can be undone."""

from __future__ import annotations

import pytest

from gateway.community.items import rows, verbs
from gateway.community.items.model import OwnItem
from gateway.community.voices import one_person, pair_rows
from gateway.members import rows as members
from tests.browser import page, press, sign_in
from tests.cast import ACHIENG, OTIENO, Village, crowd, idea


@pytest.fixture
def twins(village: Village) -> tuple[str, str]:
    """Two accounts with one name and village."""
    village.everybody()
    with village.world() as world:
        first, second, other = crowd(world, 3)
        for number in (first, second, other):
            members.change_member(world, members.by_number(world, number).id, name="Mary Wambui", village="Kiboko")
    return first, second


def vote_alike(village: Village, first: str, second: str) -> list[str]:
    """Both for the same two ideas within minutes, and one for a third."""
    with village.world() as world:
        made = [idea(world, OTIENO, f"idea {n} of ours").number for n in range(3)]
    for number, minutes in ((first, 0), (second, 3)):
        village.clock.passes(minutes=minutes)
        with village.world() as world:
            for one in made[:2]:
                verbs.vote(world, number, one, "for")
    with village.world() as world:
        verbs.vote(world, second, made[2], "against")
    return made


def test_who_votes_alike_within_minutes_is_shown_and_nobody_else(village: Village, twins: tuple[str, str]) -> None:
    made = vote_alike(village, *twins)
    village.clock.passes(hours=3)
    with village.world() as world:
        late = next(one for one in members.by_ids(world, [id for pair in pair_rows.same_name(world) for id in pair]).values() if one.number not in twins)
        for one in made:
            verbs.vote(world, late.number, one, "for")  # a namesake, hours later
        pairs = one_person.perhaps_one(world)
        assert [{pair.first_id, pair.second_id} for pair in pairs] == [{members.by_number(world, number).id for number in twins}]
        assert pairs[0].alike == 2


def test_one_person_has_one_vote_and_what_only_the_second_said_stays(village: Village, twins: tuple[str, str]) -> None:
    made = vote_alike(village, *twins)
    with village.world() as world:
        first, second = (members.by_number(world, number) for number in twins)
        assert one_person.make_one(world, first, second) == 2
        assert [rows.by_number(world, one).supporters for one in made] == [1, 1, 0]
        assert rows.by_number(world, made[2]).opposers == 1  # it went over
        verbs.vote(world, twins[1], made[0], "against")  # whichever phone says it, it is one vote, changed
        assert (rows.by_number(world, made[0]).supporters, rows.by_number(world, made[0]).opposers) == (0, 1)
        mine = idea(world, twins[0], "an idea of mine").number
        assert isinstance(verbs.vote(world, twins[1], mine, "for"), OwnItem)
        assert one_person.perhaps_one(world) == []
        verbs.take_back(world, twins[1], made[0])
        assert rows.by_number(world, made[0]).opposers == 0
    assert all("one person, one vote" in village.sms(number)[-1] for number in twins)


def test_a_person_says_so_in_the_console_and_can_undo_it(village: Village, twins: tuple[str, str]) -> None:
    made = vote_alike(village, *twins)
    web = sign_in(village)[0]
    with village.world() as world:
        first, second = sorted(members.by_number(world, number).id for number in twins)
        stranger = members.by_number(world, ACHIENG).id
    pair = {"first": str(first), "second": str(second)}
    assert "Mary Wambui" in page(web, "moderation").split("Perhaps one person", 1)[1]
    assert "changed meanwhile" in press(web, "moderation/pairs", what="one", first=str(first), second=str(stranger))
    assert "Counted as one voice, 2 votes fell away" in press(web, "moderation/pairs", what="one", **pair)
    assert "Counted as one voice" in page(web, "moderation")
    assert "Each has a voice of their own" in press(web, "moderation/pairs", what="two", **pair)
    with village.world() as world:
        assert members.by_id(world, second).voice == second
        verbs.vote(world, members.by_id(world, second).number, made[0], "for")
        assert rows.by_number(world, made[0]).supporters == 2
        assert one_person.perhaps_one(world) == []  # nobody looks at them again
