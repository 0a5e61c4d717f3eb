"""What is parted stands where it stood, and what rests rests by every way in."""

from __future__ import annotations

import pytest

from gateway.community.helping import passing, routing
from gateway.community.helping import rows as helping_rows
from gateway.community.helping import verbs as helping
from gateway.community.items import looking, rows, states, verbs, voice_rows
from gateway.community.items.model import NoItem, Rests
from gateway.members import rows as members
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, a_plan, idea


@pytest.mark.parametrize("way", ["not the same", "the first is taken back"])
def test_what_was_planned_is_planned_again_when_it_is_parted(village: Village, way: str) -> None:
    village.everybody()
    with village.world() as world:
        first, planned, read = (idea(world, WANJIRU, words) for words in ("pay us on Friday", "pay us on Fridays", "pay us every Friday"))
        states.go(world, rows.by_number(world, planned.number), "planned", "grace", "from May", plan=a_plan(world))
        states.go(world, rows.by_number(world, read.number), "looked_at", "grace")
        for one in (planned, read):
            states.merge(world, rows.by_number(world, one.number), rows.by_number(world, first.number), "grace")
        if way == "not the same":
            for one in (planned, read):
                states.unmerge(world, rows.by_number(world, one.number), "the author")
        else:
            verbs.part_joined(world, rows.by_number(world, first.number), "the author", "taken back")
        assert [rows.by_number(world, one.number).state for one in (planned, read)] == ["planned", "looked_at"]


def test_a_quick_vote_counts_only_while_votes_are_taken(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        made = idea(world, WANJIRU, "pay us on Friday")
        voice_rows.turn(world, "votes", off=True, why="a crowd of new numbers", by="grace")
        assert isinstance(looking.vote_quickly(world, OTIENO, made.number, "for"), Rests)
        voice_rows.turn(world, "votes", off=False, why="", by="grace")
        states.go(world, rows.by_number(world, made.number), "done", "grace", "since today")
        assert isinstance(looking.vote_quickly(world, OTIENO, made.number, "for"), NoItem)
        assert rows.by_number(world, made.number).supporters == 0


def test_while_questions_rest_nobody_is_asked_by_any_way(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for number in (ACHIENG, OTIENO):
            helping_rows.put_helper(world, members.by_number(world, number).id, topics="cows")
        asked = helping.ask_helpers(world, WANJIRU, "cows", "why does my cow cough", "q1")
        routes = len(helping_rows.routes_of(world, rows.by_number(world, asked.number).id))
        voice_rows.turn(world, "questions", off=True, why="too many", by="grace")
    village.clock.passes(days=2)
    with village.world() as world:
        assert routing.ask_more(world) == 0
        assert isinstance(passing.pass_on(world, OTIENO, asked.number, ACHIENG), Rests)
        assert len(helping_rows.routes_of(world, rows.by_number(world, asked.number).id)) == routes
