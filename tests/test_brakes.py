"""What keeps the community from being misused: waiting votes, held words, reports, bursts, bounds, switches. Nobody is shut out by a machine."""

from __future__ import annotations

import pytest

from gateway.community.groups import rows as groups
from gateway.community.groups.verbs import open_group
from gateway.community.helping import tips
from gateway.community.items import brakes, looking, ranking, rows, states, verbs, voice_rows
from gateway.community.items.model import (
    NEW_ACCOUNT_DAYS,
    Closed,
    Counted,
    CountsLater,
    HeldWords,
    NoItem,
    NoMoreToday,
    Rests,
    SaidToday,
)
from gateway.members import rows as members
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd, idea


def test_votes_of_a_new_account_wait_and_then_count(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        members.change_member(world, members.by_number(world, OTIENO).id, made_at=world.now())
        assert isinstance(verbs.vote(world, OTIENO, one.number, "for"), CountsLater)
        assert rows.by_number(world, one.number).supporters == 0
        assert idea(world, OTIENO, "mine is looked at first").state == "held"
    village.clock.passes(days=NEW_ACCOUNT_DAYS)
    with village.world() as world:
        assert verbs.count_grown_up(world) == 1
        assert rows.by_number(world, one.number).supporters == 1


def test_a_word_on_the_list_makes_it_wait_and_the_author_hears(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        voice_rows.hold_word(world, "thief", "names somebody a thief", "grace")
        one, other = idea(world, WANJIRU, "the clerk is a Thief!"), idea(world, WANJIRU, "thieves steal my milk")
        assert one.state == "held"
        assert isinstance(verbs.vote(world, OTIENO, one.number, "for"), NoItem)
        open_one = idea(world, WANJIRU, "pay us on Friday")
        assert isinstance(verbs.say(world, OTIENO, open_one.number, "the clerk is a thief", "k1"), HeldWords)
        assert rows.by_number(world, open_one.number).comments == 0
        assert other.state in ("open", "held")


def test_three_reports_rest_it_and_a_person_decides(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "Otieno is a bad man")
        for number in (OTIENO, OTIENO, ACHIENG):
            states.report(world, number, one.number, "insult")
        assert rows.by_number(world, one.number).state == "open"  # two members, not three
        states.report(world, crowd(world, 1)[0], one.number, "lie")
        assert rows.by_number(world, one.number).state == "held"
        assert rows.by_number(world, one.number).words == "Otieno is a bad man"
    assert any("3 members reported it" in words for words in village.sms(WANJIRU))
    with village.world() as world:
        states.go(world, one, "open", "grace")
        assert voice_rows.reporters(world, one.id, 0) == []
    assert any("it stays" in words for words in village.sms(OTIENO))


def test_words_that_three_report_wait_and_their_author_hears(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        verbs.say(world, OTIENO, one.number, "you are all fools", "c1")
        said = voice_rows.comments_on(world, [one.id], 1)[0]
        for number in (WANJIRU, *crowd(world, 2)):
            states.report(world, number, one.number, "insult", said.id)
        assert rows.by_number(world, one.number).comments == 0
    assert "waits for a person" in village.sms(OTIENO)[-1]
    with village.world() as world:
        states.mark_comment(world, voice_rows.comment(world, said.id), "hidden")
    assert "not shown" in village.sms(OTIENO)[-1]
    assert "not shown any more" in village.sms(WANJIRU)[-1]


def test_what_cannot_be_declined_tells_nobody_that_it_was(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        states.report(world, OTIENO, one.number, "lie")
        states.go(world, one, "done", "grace", tell=False)
        with pytest.raises(states.CannotGo):
            states.go(world, one, "declined", "grace", "it breaks our rules")
        assert len(voice_rows.reporters(world, one.id, 0)) == 1
    assert village.sms(OTIENO) == []


def test_a_burst_from_one_side_is_braked_kept_and_released(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        ring = open_group(world, "Ring")
        for number in crowd(world, 24):
            groups.put(world, ring.id, members.by_number(world, number).id, state="member")
            verbs.vote(world, number, one.number, "for")
        braked = rows.by_number(world, one.number)
        assert braked.braked_at is not None
        assert braked.supporters == ranking.BURST_LEAST - 1 or braked.supporters == ranking.BURST_LEAST
        brakes.release(world, braked)
        assert verbs.recount(world, rows.lock(world, one.id)).supporters == 24


def test_a_crowd_from_many_groups_is_no_burst(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        many = [open_group(world, f"Group {n}") for n in range(6)]
        for n, number in enumerate(crowd(world, 24)):
            groups.put(world, many[n % 6].id, members.by_number(world, number).id, state="member")
            verbs.vote(world, number, one.number, "for")
        assert rows.by_number(world, one.number).braked_at is None
        assert rows.by_number(world, one.number).supporters == 24


def test_more_votes_than_a_thumb_makes_are_for_tomorrow(sqlite_village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    sqlite_village.everybody()
    monkeypatch.setattr(verbs, "VOTES_A_DAY", 3)
    with sqlite_village.world() as world:
        made = [idea(world, WANJIRU, f"idea {n}") for n in range(4)]
        said = [verbs.vote(world, OTIENO, one.number, "for") for one in made]
        assert [isinstance(one, Counted) for one in said] == [True, True, True, False]
        assert isinstance(said[3], SaidToday)
    sqlite_village.clock.passes(days=1)
    with sqlite_village.world() as world:
        assert isinstance(verbs.vote(world, OTIENO, made[3].number, "for"), Counted)


def test_a_switch_rests_it_and_says_so(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        voice_rows.turn(world, "votes", off=True, why="a ring of phones", by="grace")
        assert isinstance(verbs.vote(world, OTIENO, one.number, "for"), Rests)
        assert isinstance(looking.pick_statement(world, OTIENO), NoMoreToday)
    village.phone(OTIENO).texts(f"VOTE {one.number}", SHORTCODE)
    assert village.sms(OTIENO)[-1].startswith("This rests for a while: a ring of phones. Nothing was kept.")


def test_asking_to_follow_rests_too_and_nobody_is_written_to(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        code = village.member(world, WANJIRU).code
        voice_rows.turn(world, "following", off=True, why="too many asks.", by="grace")
    before = len(village.sms(WANJIRU))
    village.phone(OTIENO).texts(f"FOLLOW {code}", SHORTCODE)
    assert village.sms(OTIENO)[-1] == "This rests for a while: too many asks. Nothing was kept. Try again later."
    assert len(village.sms(WANJIRU)) == before
    with village.world() as world:
        voice_rows.turn(world, "following", off=False, why="", by="grace")
    village.phone(OTIENO).texts(f"FOLLOW {code}", SHORTCODE)
    assert village.sms(OTIENO)[-1].startswith("Wanjiru is asked.")


def test_whatever_is_switched_off_says_that_it_rests(sqlite_village: Village) -> None:
    village = sqlite_village
    village.everybody()
    with village.world() as world:
        for name in ("ideas", "questions", "tips", "news", "comments"):
            voice_rows.turn(world, name, off=True, why="a flood", by="grace")
    said = {
        words: (village.phone(OTIENO).texts(words, SHORTCODE), village.sms(OTIENO)[-1])[1]
        for words in ("IDEA a bridge for us", "ASK why is my cow thin", "NEWS the bridge is down")
    }

    assert set(said.values()) == {"This rests for a while: a flood. Nothing was kept. Try again later."}
    with village.world() as world:
        assert rows.newest(world, ("idea", "question", "news"), ("new", "held", "open"), 9) == []
        assert isinstance(tips.write_tip(world, OTIENO, "cows", "boil the milk", "k-tip"), Rests)


def test_a_vote_that_is_over_and_a_number_that_is_nobodys(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        states.go(world, one, "declined", "grace", "too dear")
        assert isinstance(verbs.vote(world, OTIENO, one.number, "for"), Counted), "enough of them have it looked at again"
        done = idea(world, WANJIRU, "a cold tank")
        states.go(world, done, "done", "grace", "it stands at the road")
        assert isinstance(verbs.vote(world, OTIENO, done.number, "for"), Closed)
        assert isinstance(verbs.vote(world, OTIENO, "9999", "for"), NoItem)
        case = verbs.make(world, WANJIRU, "wrong", "the scale is off", "k-case")
        assert isinstance(verbs.vote(world, OTIENO, case.number, "for"), NoItem)
        assert isinstance(looking.look_at_item(world, OTIENO, case.number), NoItem)


def test_joining_what_is_braked_does_not_let_its_votes_through(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        root, braked = idea(world, WANJIRU, "a cold tank"), idea(world, OTIENO, "one cold tank")
        before, *after = crowd(world, 6)
        verbs.vote(world, before, braked.number, "for")
        rows.change(world, braked.id, braked_at=world.now())
        for number in after:
            verbs.vote(world, number, braked.number, "for")
        states.merge(world, rows.by_id(world, braked.id), root, "grace")
        assert rows.by_id(world, root.id).supporters == 2 - 1  # who voted before; what the author of the other casts by joining came after the brake
        brakes.release(world, rows.by_id(world, braked.id))
        verbs.recount(world, rows.lock(world, root.id))
        assert rows.by_id(world, root.id).supporters == 7
