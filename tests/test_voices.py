"""Who takes part, whose voice is missing, who leads the way, how groups do: against facts that are counted by hand."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from gateway.community import rows as community
from gateway.community.groups import health
from gateway.community.groups import rows as groups
from gateway.community.groups.verbs import open_group
from gateway.community.items import rows as items
from gateway.community.items import states, verbs
from gateway.community.voices import challenge_rows, challenges, rows
from gateway.community.voices import verbs as voices
from gateway.community.voices.model import FAR_MINUTES, FEWEST, Ahead, Part, leads, ratio
from gateway.members import rows as members
from gateway.money import rows as money
from tests.browser import operator, page, press, sign_in
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd, idea
from tests.test_groups import chama
from workers import nightly


@given(st.lists(st.tuples(st.integers(FEWEST, 50), st.integers(0, 90)), min_size=1, max_size=6))
def test_voices_weighed_by_their_numbers_are_one_in_all(parts: list[tuple[int, int]]) -> None:
    everybody, votes = sum(heads for heads, _ in parts), sum(cast for _, cast in parts)
    loud = [ratio(Part("x", heads, 0, cast), everybody, votes) for heads, cast in parts]

    if votes:
        assert abs(sum(one * heads for one, (heads, _) in zip(loud, parts, strict=True)) / everybody - 1) < 0.02
    else:
        assert loud == [None] * len(parts)


def test_who_came_to_nothing_and_was_never_early_does_not_lead() -> None:
    found = leads({1: Ahead((3, 3)), 2: Ahead((0, 50), first_uses=9, uses=900), 3: Ahead((1, 9)), 4: Ahead(support=1, uses=3)}, 9)

    assert {one.member_id for one in found} == {1, 3, 4}


def test_what_a_member_says_of_themselves_is_kept_changed_and_forgotten(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    assert phone.dials("*384*20417*6*6*3#").startswith("Who are you? To see if all are heard. You need not say. Kept: nothing yet")
    assert phone.types("1").startswith("Thank you. Kept for numbers only: woman.")
    phone.dials("*384*20417*6*6*3*3#")
    phone.types("4")
    assert "Kept: woman, over 60" in phone.dials("*384*20417*6*6*3#")
    assert phone.types("4").startswith("Forgotten.")
    with village.world() as world:
        assert rows.traits_of(world, village.member(world, WANJIRU).id) == ("", "")
        voices.say_trait(world, OTIENO, "man")
        members.change_member(world, village.member(world, OTIENO).id, status="left")
        rows.forget_left(world)
    with village.world() as world:
        assert not list(world.read.execute(rows.traits.select()))


def test_the_voice_of_each_part_is_what_they_voted(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        some = crowd(world, 12)
        for n, number in enumerate(some):
            voices.say_trait(world, number, "woman" if n < 6 else "man")
            members.change_member(world, members.by_number(world, number).id, village="Kiboko" if n < 6 else "kiboko" if n < 8 else "Ruiru")
        one, two = idea(world, WANJIRU, "pay us on Friday"), idea(world, OTIENO, "a cold tank")
        for n in (0, 6, 7, 8, 9, 10):
            verbs.vote(world, some[n], one.number, "for")
        verbs.vote(world, some[0], two.number, "for")
        community.put_village_time(world, "kiboko", FAR_MINUTES, "grace")
        found, everybody, votes = voices.heard(world)
        by = {name: {part.name: (part.members, part.took_part, part.votes) for part in parts} for name, parts in found}

    assert (everybody, votes) == (15, 7)
    assert by["sex"] == {"woman": (6, 1, 2), "man": (6, 5, 5), "": (3, 2, 0)}
    assert by["village"] == {"kiboko": (8, 3, 4), "ruiru": (4, 3, 3), "": (3, 2, 0)}
    assert by["way"] == {"far": (8, 3, 4), "": (7, 5, 3)}
    web = sign_in(village)[0]
    shown = page(web, "heard")
    assert re.search(r"far: 120 minutes and more", shown)
    assert re.search(r">women<.*?too quiet.*?>men<", shown.replace("\n", ""), re.S)
    assert re.search(r"Ruiru.*?under 5.*?–", shown, re.S)


def test_the_board_is_counted_by_share_and_shows_nobody_who_does_not_want_it(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        some = crowd(world, 11)
        big, small = open_group(world, "Big"), open_group(world, "Small")
        for n, number in enumerate(some):
            groups.put(world, (big if n < 6 else small).id, members.by_number(world, number).id, state="member")
        one = idea(world, WANJIRU, "pay us on Friday")
        for number in [*some[:3], *some[6:10]]:
            verbs.vote(world, number, one.number, "for")
        ids = {number: village.member(world, number).id for number in (WANJIRU, OTIENO, ACHIENG)}
        for n, (giver, helper) in enumerate([(OTIENO, WANJIRU), (ACHIENG, WANJIRU), (WANJIRU, OTIENO), (WANJIRU, ACHIENG)]):
            community.add_thanks(world, giver_id=ids[giver], helper_id=ids[helper], ref=f"t{n}")
        for number in (WANJIRU, OTIENO):
            assert isinstance(voices.turn_board(world, number), voices.OnBoard)
    assert nightly.count_board(village.site) > 0
    nightly.count_board(village.site)  # and anew: nothing is counted twice
    with village.world() as world:
        assert [one.label for one in voices.groups_taking_part(world, WANJIRU)] == ["Small: 80%", "Big: 50%"]
        assert [one.label for one in voices.most_thanked(world, WANJIRU)] == ["Wanjiru: 2", "Otieno: 1"]  # Achieng never said that she may stand there
        assert isinstance(voices.turn_board(world, OTIENO), voices.OffBoard)
        assert [one.label for one in voices.most_thanked(world, WANJIRU)] == ["Wanjiru: 2"]  # at once
    village.clock.passes(days=31)
    nightly.count_board(village.site)
    with village.world() as world:
        assert voices.groups_taking_part(world, WANJIRU) == []


def test_lead_members_are_named_with_their_reasons(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        verbs.vote(world, OTIENO, one.number, "for")
        verbs.vote(world, ACHIENG, one.number, "against")
        idea(world, ACHIENG, "nobody wants this")
        states.go(world, items.by_number(world, one.number), "done", "grace")
        found = {village.member(world, number).id: number for number in (WANJIRU, OTIENO, ACHIENG)}
        told = {found[lead.member_id]: (lead.why.hits, lead.why.support, lead.why.first_uses) for lead in voices.lead_members(world)}

    assert told == {WANJIRU: ((1, 1), 0, 1), OTIENO: ((0, 0), 1, 1)}
    web = sign_in(village)[0]
    assert "Who leads the way" in page(web, "heard")
    steps = page(web, "steps")
    assert "2 lead members; 1 of 1 ideas that came to something are theirs" in steps
    assert "1 of the last 1 changes name who had the idea" in steps


def test_a_group_that_wants_a_person_is_named_with_the_reason(village: Village) -> None:
    chama(village)
    group = "1001"
    with village.world() as world:
        found = groups.by_number(world, group)
        groups.put(world, found.id, village.member(world, ACHIENG).id, state="member")
        new = health.health(world, found)
        assert "no meeting, no notice" not in new.signals  # it has only just begun
        assert {"few take part", "few have paid in"} <= set(new.signals)
        assert {why for _, why in health.kind_words(world, found)} == {"new"}
    village.clock.passes(days=60)
    with village.world() as world:
        found = groups.by_number(world, group)
        verbs.vote(world, OTIENO, idea(world, WANJIRU, "a cold tank").number, "for")
        assert "no meeting, no notice" in health.health(world, found).signals
        why = {village.member(world, number).id: number for number in (WANJIRU, OTIENO, ACHIENG)}
        assert {why[one.id]: said for one, said in health.kind_words(world, found) if one.id in why} == {
            WANJIRU: "not paid in", OTIENO: "not paid in", ACHIENG: "silent",
        }  # fmt: skip
        labels = [row.label for row in health.who_needs_a_word(world, WANJIRU, group)]
        assert "Achieng: silent" in labels
        assert not any("Wanjiru" in label for label in labels)  # nobody is told to be kind to themselves
        assert health.who_needs_a_word(world, OTIENO, group) == []  # leaders only
    village.clock.passes(days=400)
    with village.world() as world:
        assert "the leader's turn is long over" in health.health(world, groups.by_number(world, group)).signals
    assert "no meeting, no notice" in page(sign_in(village)[0], "health")


def test_groups_stand_in_a_challenge_from_its_beginning_to_its_end(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        some = crowd(world, 11)
        big, small = open_group(world, "Big"), open_group(world, "Small")
        for n, number in enumerate(some):
            groups.put(world, (big if n < 6 else small).id, members.by_number(world, number).id, state="member")
        one, other = idea(world, WANJIRU, "pay us on Friday"), idea(world, WANJIRU, "a cold tank")
        verbs.vote(world, some[6], one.number, "for")  # before it began
    assert village.phone(WANJIRU).dials("*384*20417*5*98*1*3#").startswith("No challenge between groups now.")
    village.clock.passes(minutes=1)
    web = operator(village, "facilitator")
    assert "are needed" in press(web, "challenge", "health", title="Long rains", days="3")
    assert "It runs." in press(web, "challenge", "health", title="Long rains", days="30")
    with village.world() as world:
        assert not challenges.begin(world, "Another", 30, "grace")
        for number in (*some[:3], some[7]):
            verbs.vote(world, number, other.number, "for")
    nightly.count_board(village.site)
    assert "Long rains, until 23 Dec" in page(web, "health")
    phone = village.phone(WANJIRU)
    assert phone.dials("*384*20417*5*98*1*3#").startswith("Long rains, until 23 Dec: which group takes part most?")
    assert phone.types("1").split("\n")[:3] == ["Of 100 members took part", "Big: 50%", "Small: 20%"]
    village.clock.passes(days=31)
    nightly.count_board(village.site)
    nightly.count_board(village.site)  # and what was counted last stands
    with village.world() as world:
        assert challenge_rows.newest(world).state == "over"
        assert challenges.standing(world, 9) == [("Big", 50), ("Small", 20)]
        assert challenges.begin(world, "Short rains", 30, "grace")
        assert challenges.standing(world, 9) == []
    web = operator(village, "support")
    assert "It is over." in press(web, "challenge/end", "health")
    with village.world() as world:
        assert not challenge_rows.end(world)


def test_of_two_who_begin_a_challenge_at_once_one_does(village: Village) -> None:
    village.everybody()

    def begins(title: str) -> bool:
        with village.world() as world:
            return challenges.begin(world, title, 30, "grace")

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(begins, ("Long rains", "Short rains"))) == [False, True]


def test_a_shortcut_that_others_take_up_and_a_place_among_the_best_count_too(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        some = crowd(world, 12)
        ids = [members.by_number(world, number).id for number in some]
        for n, id in enumerate(ids[:7]):
            village.clock.passes(minutes=1)
            money.add_shortcut(world, member_id=id, kind="group", to="1001" if n < 6 else "1002", amount=20_000)
        for amount in range(6):  # one member's own, for several amounts: no others
            money.add_shortcut(world, member_id=ids[8], kind="group", to="1003", amount=1_000 * (amount + 1))
        for n, number in enumerate(some[:11]):
            made = idea(world, number, f"idea {n} of many things")
            for voter in some[: 1 + (n == 3) * 9]:
                verbs.vote(world, voter, made.number, "for")
        found = {lead.member_id: lead.why for lead in voices.lead_members(world)}
    assert found[ids[0]].taken_up == 1  # five others pay the same group
    assert ids[8] not in found or found[ids[8]].taken_up == 0
    assert found[ids[3]].hits == (1, 1)  # the best of eleven
    assert ids[6] not in found
