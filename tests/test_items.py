"""Items: one member has one vote, whatever is joined, parted and taken back; no words are lost; what reaches many is kept within its bounds."""

from __future__ import annotations

import datetime as dt
import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.community import questions
from gateway.community.helping import verbs as helping
from gateway.community.items import closing, looking, measures, own_words, rows, states, telling, verbs, voice_rows
from gateway.community.items.model import (
    MOVES,
    QUICK_A_DAY,
    Commented,
    Counted,
    OwnItem,
    StatementShown,
    TakenBack,
)
from gateway.community.items.tables import items, votes
from gateway.members import rows as members
from tests.cast import ACHIENG, CODE, OTIENO, SHORTCODE, WANJIRU, Village, a_plan, crowd, idea
from tests.looks import where

PEOPLE = (WANJIRU, OTIENO, ACHIENG)


def recounted(world, root) -> tuple[int, int]:
    """For and against, counted from the bare votes: the last of each member over everything that is joined, the author left out."""
    ids = rows.cluster(world, root.id)
    last: dict[int, tuple[dt.datetime, int, int]] = {}
    for vote in world.read.execute(votes.select().where(votes.c.item_id.in_(ids))):
        key = (vote.at, vote.item_id, vote.choice)
        if vote.member_id not in last or last[vote.member_id] < key:
            last[vote.member_id] = key
    choices = [choice for member_id, (_, _, choice) in last.items() if member_id != root.member_id]
    return choices.count(1), choices.count(-1)


def test_one_member_has_one_vote(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        for choice, expected in (("for", (1, 0)), ("for", (1, 0)), ("against", (0, 1)), ("pass", (0, 0)), ("for", (1, 0))):
            said = verbs.vote(world, OTIENO, one.number, choice)
            assert isinstance(said, Counted)
            assert (said.supporters, said.opposers) == expected
        assert isinstance(verbs.vote(world, WANJIRU, one.number, "for"), OwnItem)
        assert isinstance(verbs.take_back(world, OTIENO, one.number), TakenBack)
        assert rows.by_number(world, one.number).supporters == 0


actions = st.lists(
    st.one_of(
        st.tuples(st.just("vote"), st.integers(0, 2), st.integers(0, 4), st.sampled_from(["for", "against", "pass"])),
        st.tuples(st.just("back"), st.integers(0, 2), st.integers(0, 4), st.just("")),
        st.tuples(st.just("merge"), st.integers(0, 4), st.integers(0, 4), st.just("")),
        st.tuples(st.just("part"), st.integers(0, 4), st.integers(0, 4), st.sampled_from(["grace", "the author"])),
        st.tuples(st.just("unsay"), st.integers(0, 2), st.integers(0, 4), st.just("")),
        st.tuples(st.just("say"), st.integers(0, 2), st.integers(0, 4), st.just("words that stay")),
    ),
    max_size=25,
)
counter = itertools.count()


def take_step(world, made: list[str], said: list[str], what: str, who: int, which: int, more: str) -> None:
    """One thing that somebody does; `said` are the words that must be there at the end."""
    item = rows.by_number(world, made[which])
    if what == "vote":
        verbs.vote(world, PEOPLE[who], item.number, more)
    elif what == "back":  # a vote, or an item of one's own with all that was joined to it
        verbs.take_back(world, PEOPLE[who], item.number)
    elif what == "merge" and item.state == "open":
        try:
            states.merge(world, item, rows.by_number(world, made[who]), "grace")
        except states.CannotGo:
            return
    elif what == "part" and item.state == "merged":
        if more == "grace":
            states.unmerge(world, item, more)
        else:
            closing.not_the_same(world, item.phone, item.number)
    elif what == "unsay":  # the last words of one's own; what nobody took back stays
        mine = voice_rows.last_words(world, rows.cluster(world, item.root_id), members.by_number(world, PEOPLE[who]).id, ("open",))
        if mine and isinstance(own_words.take_words_back(world, PEOPLE[who], str(mine.id), item.number), TakenBack):
            said.remove(mine.words)
    elif what == "say" and isinstance(verbs.say(world, PEOPLE[who], item.number, f"{more} {len(said)}", f"k{world.new_id()}"), Commented):
        said.append(f"{more} {len(said)}")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions)
def test_votes_merges_and_take_backs_in_any_order_keep_one_vote_and_all_words(sqlite_village: Village, steps: list[tuple[str, int, int, str]]) -> None:
    if next(counter) == 0:
        sqlite_village.everybody()
    said: list[str] = []
    with sqlite_village.world() as world:
        world.write.execute(votes.delete())
        made = [idea(world, PEOPLE[n % 3], f"idea {n} {random.random()}").number for n in range(5)]
        words = {number: rows.by_number(world, number).words for number in made}
        sqlite_village.clock.passes(days=2)
        for step in steps:
            take_step(world, made, said, *step)
        for number in made:
            item = rows.by_number(world, number)
            assert item.words == words[number]
            if item.state != "merged":
                assert (item.supporters, item.opposers) == recounted(world, item)
                assert item.supporters + item.opposers <= len(PEOPLE)
            else:
                assert rows.by_id(world, item.merged_into).state == "open"
        roots = [rows.by_number(world, number) for number in made]
        kept = [one.words for root in roots if root.state != "merged" for one in voice_rows.comments_on(world, rows.cluster(world, root.id), 99)]
        assert sorted(kept) == sorted(said)


def test_what_is_joined_counts_each_phone_once_and_parts_again_whole(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one, other = idea(world, WANJIRU, "pay us on Friday"), idea(world, OTIENO, "pay us before the weekend")
        verbs.vote(world, ACHIENG, one.number, "for")
        verbs.vote(world, ACHIENG, other.number, "for")
        root = states.merge(world, other, one, "grace")
        assert root.supporters == 2  # Achieng once, and Otieno whose words it was
        assert verbs.find(world, other.number).id == one.id
        assert isinstance(verbs.vote(world, ACHIENG, other.number, "against"), Counted)
        assert rows.by_number(world, one.number).supporters == 1
        parted = states.unmerge(world, rows.by_number(world, other.number), "grace")
        assert parted.supporters == 1
        assert rows.by_number(world, one.number).opposers == 1


def test_a_joined_one_whose_root_is_taken_back_stands_again(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one, other = idea(world, WANJIRU, "pay us on Friday"), idea(world, OTIENO, "pay us before the weekend")
        states.merge(world, other, one, "grace")
        verbs.take_back(world, WANJIRU, one.number)
        assert rows.by_number(world, other.number).state == "open"
        assert rows.by_number(world, one.number).state == "withdrawn"


def test_only_the_author_closes_and_not_yet_opens_again(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        states.go(world, one, "done", "grace")
    assert "Is it good? Reply 1 yes, 2 not yet." in village.sms(WANJIRU)[-1]
    village.phone(OTIENO).texts("1", SHORTCODE)
    with village.world() as world:
        assert rows.by_number(world, one.number).state == "done"
    village.phone(WANJIRU).texts("Not yet.", SHORTCODE)
    with village.world() as world:
        assert rows.by_number(world, one.number).state == "open"


@pytest.mark.parametrize("before", list(MOVES))
def test_a_state_leads_only_where_the_machine_says(sqlite_village: Village, before: str) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        for after in MOVES:
            one = idea(world, WANJIRU, f"words {before} {after}")
            if before == "merged":
                other = idea(world, OTIENO, f"others {before} {after}")
                states.merge(world, one, other, "grace")
            else:
                rows.change(world, one.id, state=before)
            if after in MOVES[before] and after != "merged" and before != "merged":
                assert states.go(world, rows.by_id(world, one.id), after, "grace", "because", plan=a_plan(world, stop="nobody comes")).state == after
            elif after not in MOVES[before]:
                with pytest.raises(states.CannotGo):
                    states.go(world, rows.by_id(world, one.id), after, "grace", "because", plan=a_plan(world, stop="nobody comes"))


def test_members_are_told_why_before_it_is_declined(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world, pytest.raises(states.CannotGo, match="say why"):
        states.go(world, idea(world, WANJIRU, "a helicopter for the milk"), "declined", "grace", "  ")


def test_all_voters_hear_when_it_is_done_within_the_months_sms(village: Village) -> None:
    """Three voters and two SMS: two are written to, one finds it under 9, and the preview had said so."""
    village.everybody()
    with village.world() as world:
        voters = crowd(world, 3)
        one = idea(world, WANJIRU, "a cold tank at Kiboko")
        for number in voters:
            assert isinstance(verbs.vote(world, number, one.number, "for"), Counted)
        voice_rows.turn(world, "voice_budget", off=False, why="3", by="grace")
        would = telling.preview(world, one, "done")
        assert (would.author, would.voters, would.texts, would.left, would.short) == (1, 3, 3, 2, 1)
        states.go(world, one, "done", "grace", "it stands")
    village.workers_run()
    got = [len(village.far_side.messages_to(number)) for number in voters]
    with village.world() as world:
        waiting = [len(voice_rows.unheard(world, members.by_number(world, number).id, 99)) for number in voters]
    assert sorted(got) == [0, 1, 1]
    assert waiting == [1, 1, 1]


def test_nobody_who_said_stop_is_written_to_and_nobody_at_night(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "a cold tank at Kiboko")
        for number in (OTIENO, ACHIENG):
            verbs.vote(world, number, one.number, "for")
    village.phone(OTIENO).texts("STOP", SHORTCODE)
    before = {number: len(village.sms(number)) for number in PEOPLE}
    village.clock.passes(hours=12)  # half past nine in the evening
    with village.world() as world:
        states.go(world, rows.by_number(world, one.number), "done", "grace")
    assert {number: len(village.sms(number)) for number in PEOPLE} == before
    village.clock.passes(hours=11)
    assert [len(village.sms(number)) - before[number] for number in (WANJIRU, OTIENO, ACHIENG)] == [1, 0, 1]
    with village.world() as world:
        assert len(voice_rows.unheard(world, members.by_number(world, OTIENO).id, 99)) == 1


def test_quick_votes_come_by_need_and_chance_never_ones_own_and_end(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        for n in range(12):
            idea(world, ACHIENG if n % 2 else WANJIRU, f"statement {n} about {random.random()}")
        seen = []
        while isinstance(shown := looking.pick_statement(world, WANJIRU), StatementShown):
            assert rows.by_number(world, shown.item).member_id == members.by_number(world, ACHIENG).id
            looking.vote_quickly(world, WANJIRU, shown.item, "pass")
            seen.append(shown.item)
        assert len(seen) == len(set(seen)) == QUICK_A_DAY


def test_the_fourth_place_of_a_list_is_for_what_few_have_seen(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        made = [idea(world, WANJIRU, f"idea {n} {random.random()}") for n in range(9)]
        for n, one in enumerate(made):
            rows.change(world, one.id, score=float(9 - n), seen=n and 50)
        rows.change(world, made[8].id, seen=0)
        listed = looking.top_ideas(world, OTIENO)
        assert [row.value for row in listed[:3]] == [one.number for one in made[:3]]
        assert listed[3].value == made[8].number
        assert listed[3].label.endswith("NEW")


@pytest.mark.parametrize(
    ("words", "like"),
    [
        ("Pay us on Fridays because of market day", "Pay us on Friday, it is market day"),
        ("Tulipeni Ijumaa kwa sababu ya soko", "Tulipe Ijumaa, ni siku ya soko"),
        ("PAY US FRIDAY!!! market day", "Pay us on Friday, it is market day"),
    ],
)
def test_what_was_said_before_is_found(sqlite_village: Village, words: str, like: str) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        for other in ("A cold tank for the milk", "Dawa ya ng'ombe kijijini", "A borehole near the school", like):
            idea(world, WANJIRU, other)
        assert [one.words for one, _ in verbs.look_alikes(world, words, ("idea",))][:1] == [like]
        assert verbs.look_alikes(world, "nothing of the kind whatsoever", ("idea",)) == []


def test_me_too_counts_and_keeps_the_words(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "Pay us on Friday, it is market day")
        looking.me_too(world, OTIENO, one.number, "Pay us on Fridays, the market is on", "k1")
        assert rows.by_number(world, one.number).supporters == 1
        assert [said.words for said in voice_rows.comments_on(world, [one.id], 9)] == ["Pay us on Fridays, the market is on"]


def test_promises_are_counted_from_what_happened(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        early, late = idea(world, WANJIRU, "pay us on Friday"), idea(world, WANJIRU, "a cold tank")
        states.go(world, early, "looked_at", "grace")
    village.clock.passes(days=4)
    with village.world() as world:
        kept = measures.looked_at_in_time(world)
        assert (kept.due, kept.kept, [one.number for one in kept.overdue]) == (2, 1, [late.number])
        states.go(world, rows.by_number(world, late.number), "looked_at", "grace")
        assert measures.looked_at_in_time(world).share == "50"


def test_an_author_who_hides_is_hidden(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = verbs.make(world, WANJIRU, "idea", "pay us on Friday", "k1", shown="sealed")
        states.go(world, one, "done", "grace")
        assert looking.look_at_change(world, OTIENO, one.number).author == "a member"
    village.workers_run()
    phone = village.phone(OTIENO)
    phone.dials(f"{CODE.removesuffix('#')}*5*6*1*1#")
    assert "Wanjiru" not in phone.screen


def test_a_pin_in_words_is_dots_everywhere(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "my pin is 4715 and I want Friday")
        verbs.say(world, OTIENO, one.number, "mine is 5839", "k1")
        assert "4715" not in one.words
        assert "5839" not in voice_rows.comments_on(world, [one.id], 9)[0].words
        kept = [value for row in world.read.execute(items.select()) for value in row if isinstance(value, str)]  # ids are drawn, and may hold any digits
        assert not any(where("4715", value) for value in kept)


def test_an_official_answer_is_nobodys_and_voters_still_hear(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "when is the money paid", "question")
        verbs.vote(world, OTIENO, one.number, "for")
        helping.answer_officially(world, one, "on Fridays", "Grace (support)", "o1")
        assert telling.preview(world, one, "planned").voters == 1
        states.go(world, one, "planned", "grace", "from January", plan=a_plan(world))
    assert voice_waits(village, OTIENO) == 2  # the answer, and what became of it


def voice_waits(village: Village, number: str) -> int:
    with village.world() as world:
        return len(voice_rows.unheard(world, members.by_number(world, number).id, 99))


def test_the_authors_not_yet_does_not_take_the_answers_place(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "a roof for the scale")
        states.go(world, one, "done", "grace", "it stands since Monday")
    village.sms(WANJIRU)
    village.phone(WANJIRU).texts("2", SHORTCODE)
    village.workers_run()
    with village.world() as world:
        found = rows.by_number(world, one.number)
        assert (found.state, found.answer) == ("open", "it stands since Monday")


def test_an_author_who_said_stop_finds_it_under_9_and_is_asked_nothing(village: Village) -> None:
    village.everybody()
    village.phone(WANJIRU).texts("STOP", SHORTCODE)
    with village.world() as world:
        one = idea(world, WANJIRU, "a roof for the scale")
        assert telling.preview(world, one, "done").author == 0
        states.go(world, one, "done", "grace")
        assert questions.still_open(world, WANJIRU) == []
    assert voice_waits(village, WANJIRU) == 1


def test_what_changed_is_what_was_done_and_closing_it_makes_it_no_newer(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        first, second, never = (idea(world, WANJIRU, words) for words in ("a roof", "a tank", "a helicopter"))
        for one in (first, second):
            states.go(world, one, "done", "grace")
        states.go(world, never, "declined", "grace", "too dear")
    village.clock.passes(days=15)
    with village.world() as world:
        states.go(world, never, "closed", "grace")
        states.go(world, first, "closed", "grace")
        listed = voice_rows.newest_done(world, ("idea",), 9)
        assert [one.words for one in listed] == ["a tank", "a roof"]
        assert all(one.state_at < world.now() - dt.timedelta(days=14) for one in listed)


def test_a_vote_from_before_a_brake_stays_when_it_is_said_again(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "a roof")
        for number in (OTIENO, ACHIENG):
            verbs.vote(world, number, one.number, "for")
        rows.change(world, one.id, braked_at=world.now())
        assert verbs.vote(world, OTIENO, one.number, "for").supporters == 2


@pytest.mark.parametrize("kind", ["wrong", "need"])
def test_a_case_and_a_need_are_joined_to_nothing(sqlite_village: Village, kind: str) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        one, other = idea(world, WANJIRU, "my money is gone", kind), idea(world, OTIENO, "mine too", kind)
        with pytest.raises(states.CannotGo):
            states.merge(world, one, other, "grace")
