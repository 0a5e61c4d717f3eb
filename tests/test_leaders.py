"""Since when who leads a group, and the page on which facilitators see it."""

from __future__ import annotations

from gateway.community.groups import ballot_rows, rows, term_rows, turns, verbs, votes
from gateway.community.groups.health import health
from gateway.members import rows as members
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from tests.test_group_votes import with_three
from tests.test_groups import chama


def terms(world) -> list[tuple[int, bool]]:
    """(whose, whether it goes on), the oldest first."""
    group = rows.by_number(world, "1001")
    return [(one.member_id, one.until is None) for one in reversed(term_rows.of_groups(world, [group.id])[group.id])]


def test_a_term_begins_and_ends_with_the_role(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        group, wanjiru, otieno = rows.by_number(world, "1001"), *(members.by_number(world, one).id for one in (WANJIRU, OTIENO))
        assert terms(world) == [(wanjiru, True)]
    village.clock.passes(days=10)
    with village.world() as world:
        rows.give_role(world, group.id, wanjiru, "member")
        rows.give_role(world, group.id, wanjiru, "member")  # twice is once
        rows.give_role(world, group.id, otieno, "leader")
        rows.give_role(world, group.id, otieno, "leader")
        assert terms(world) == [(wanjiru, False), (otieno, True)]
        assert [one.days(world.now()) for one in term_rows.of_groups(world, [group.id])[group.id]] == [0, 10]
    village.clock.passes(days=5)
    with village.world() as world:
        rows.put(world, group.id, otieno, state="left")
        rows.give_role(world, group.id, wanjiru, "leader")
        assert terms(world) == [(wanjiru, False), (otieno, False), (wanjiru, True)]


def test_whom_a_vote_chose_leads_from_then_on_and_not_since_they_joined(village: Village) -> None:
    with_three(village)
    village.clock.passes(days=400)
    with village.world() as world:
        group = rows.by_number(world, "1001")
        assert "the leader's turn is long over" in health(world, group).signals
        votes.call_election(world, OTIENO, "1001", "k1")
        vote = str(ballot_rows.vote_by_key(world, "k1").id)
        for number in (WANJIRU, OTIENO, ACHIENG):
            votes.elect(world, number, vote, str(members.by_number(world, OTIENO).id), "1001")
    village.clock.passes(days=8)
    with village.world() as world:
        votes.close_votes(world)
        assert turns.answer_turn(world, members.by_number(world, OTIENO), int(vote), takes=True)
        assert "the leader's turn is long over" not in health(world, group).signals
        assert list(term_rows.leading_since(world, group.id)) == [members.by_number(world, OTIENO).id]


def test_a_facilitator_sees_who_leads_and_for_how_long(village: Village) -> None:
    chama(village)
    with village.world() as world:
        verbs.open_group(world, "Nobodys", number="1013")
    village.clock.passes(days=12)
    shown = page(operator(village, "facilitator"), "leaders")
    assert "Wanjiru" in shown
    assert ">12<" in shown.replace("\n", "").replace(" ", "")
    assert "nobody leads it" in shown
