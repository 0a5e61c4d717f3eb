"""What a new member says waits for two of the village, who can only let it through; the own group sees it at once; a person decides the rest."""

from __future__ import annotations

import datetime as dt

import pytest

from gateway.community import let_in, rewording
from gateway.community.groups import rows as groups
from gateway.community.groups.verbs import open_group
from gateway.community.helping import rows as helping
from gateway.community.helping import verbs as asking
from gateway.community.items import looking, rows, states, verbs, voice_rows
from gateway.community.items.model import Counted, CountsLater, ItemShown, NoItem
from gateway.community.let_in import NewNoted, NewShown, NothingNew
from gateway.community.voices import one_person
from gateway.members import rows as members
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd, idea
from tests.test_needs import grown


def of_kiboko(world, *numbers: str) -> None:
    for number in numbers:
        members.change_member(world, members.by_number(world, number).id, village="Kiboko")


def a_newcomer(world, village: str = "Kiboko") -> str:
    number = crowd(world, 1)[0]
    members.change_member(world, members.by_number(world, number).id, village=village, made_at=world.now())
    return number


def test_two_of_the_village_let_it_through_and_its_author_hears(village: Village) -> None:
    grown(village)
    with village.world() as world:
        of_kiboko(world, WANJIRU, OTIENO)
        newcomer = a_newcomer(world, "KIBOKO")
        one = idea(world, newcomer, "a tap beside the school")
        assert one.state == "held"
        assert let_in.may_let_in(world, WANJIRU)
        assert not let_in.may_let_in(world, ACHIENG)  # of another village
        shown = let_in.next_to_let_in(world, WANJIRU)
        assert isinstance(shown, NewShown)
        assert (shown.item, shown.words) == (one.number, "a tap beside the school")
        assert isinstance(let_in.let_in(world, WANJIRU, one.number, "yes"), NewNoted)
        assert isinstance(let_in.let_in(world, WANJIRU, one.number, "yes"), NewNoted)  # the same hop twice is one voice
        assert rows.by_number(world, one.number).state == "held"
        assert not let_in.may_let_in(world, WANJIRU)
        assert isinstance(let_in.let_in(world, ACHIENG, one.number, "yes"), NothingNew)
        let_in.let_in(world, OTIENO, one.number, "yes")
        assert rows.by_number(world, one.number).state == "open"
        assert voice_rows.changes_of(world, [one.id])[-1].by == "2 members of Kiboko"
    assert sum("open" in words for words in village.sms(newcomer)) == 1


def test_who_thinks_it_is_not_fine_leaves_it_to_a_person_who_sees_what_members_say(village: Village) -> None:
    grown(village)
    with village.world() as world:
        of_kiboko(world, WANJIRU, OTIENO, ACHIENG)
        one = idea(world, a_newcomer(world), "the clerk is bad")
        let_in.let_in(world, WANJIRU, one.number, "no")
        let_in.let_in(world, OTIENO, one.number, "no")
        let_in.let_in(world, ACHIENG, one.number, "yes")
        assert rows.by_number(world, one.number).state == "held"  # nobody is hidden by a count, nor let in by one voice
    web = operator(village, "facilitator")
    assert "1 fine, 2 for you to look" in page(web, "moderation")
    assert "done" in press(web, f"moderation/items/{one.number}", what="through")
    with village.world() as world:
        assert rows.by_number(world, one.number).state == "open"
        assert isinstance(let_in.let_in(world, ACHIENG, one.number, "yes"), NothingNew)


def test_newcomers_one_person_with_two_accounts_and_one_phone_are_not_two(village: Village) -> None:
    grown(village)
    with village.world() as world:
        of_kiboko(world, WANJIRU, OTIENO, ACHIENG)
        other_newcomer, newcomer = a_newcomer(world), a_newcomer(world)
        one = idea(world, newcomer, "a tap beside the school")
        assert isinstance(let_in.let_in(world, other_newcomer, one.number, "yes"), NothingNew)
        assert isinstance(let_in.let_in(world, newcomer, one.number, "yes"), NothingNew)
        first, second = (members.by_number(world, number) for number in (WANJIRU, OTIENO))
        one_person.make_one(world, first, second)
        for number in (WANJIRU, OTIENO):
            let_in.let_in(world, number, one.number, "yes")
        assert rows.by_number(world, one.number).state == "held"
        let_in.let_in(world, ACHIENG, one.number, "yes")
        assert rows.by_number(world, one.number).state == "open"


@pytest.mark.parametrize("held_by", ["a word", "reports", "sealed"])
def test_what_holds_a_word_was_reported_or_is_sealed_waits_for_others(village: Village, held_by: str) -> None:
    grown(village)
    with village.world() as world:
        of_kiboko(world, WANJIRU, OTIENO, ACHIENG)
        voice_rows.hold_word(world, "thief", "names somebody a thief", "grace")
        newcomer = a_newcomer(world)
        if held_by == "a word":
            one = idea(world, newcomer, "the clerk is a thief")
        elif held_by == "sealed":
            one = verbs.make(world, newcomer, "idea", "a tap", "k", shown="sealed")
        else:
            one = idea(world, newcomer, "buy my medicine")
            states.go(world, one, "open", "grace")
            states.go(world, rows.by_number(world, one.number), "held", "reports", "3 members reported it")
        for number in (WANJIRU, OTIENO):
            assert isinstance(let_in.next_to_let_in(world, number), NothingNew)
            assert isinstance(let_in.let_in(world, number, one.number, "yes"), NothingNew)
        assert rows.by_number(world, one.number).state == "held"
        if held_by == "a word":  # who has helped some people may say that the word is meant well
            for helper in (WANJIRU, OTIENO):
                for n, asker in enumerate(crowd(world, 3)):
                    question = idea(world, asker, f"how is {helper} thing {n} done", "question")
                    asking.answer(world, helper, question.number, "like this", f"{helper}-{n}")
                    asking.judge_answer(world, members.by_number(world, asker), helping.answers_to(world, [question.id], 1)[0].id, helped=True)
                world.seen.clear()
                let_in.let_in(world, helper, one.number, "yes")
            assert rows.by_number(world, one.number).state == "open"


def test_the_own_group_sees_it_at_once_and_may_support_it(village: Village) -> None:
    grown(village)
    with village.world() as world:
        newcomer = a_newcomer(world, "")
        group = open_group(world, "Umoja")
        for one in (newcomer, WANJIRU):
            groups.put(world, group.id, members.by_number(world, one).id, state="member")
        said = verbs.make(world, newcomer, "idea", "a tap beside the school", "k", group_id=group.id)
        assert said.state == "held"
        assert isinstance(looking.look_at_item(world, WANJIRU, said.number), ItemShown)
        assert [row.value for row in looking.near_ideas(world, WANJIRU)] == [said.number]
        assert isinstance(verbs.vote(world, WANJIRU, said.number, "for"), Counted | CountsLater)
        assert isinstance(looking.look_at_item(world, OTIENO, said.number), NoItem)
        assert isinstance(verbs.vote(world, OTIENO, said.number, "for"), NoItem)
        states.go(world, rows.by_number(world, said.number), "open", "grace")
        states.go(world, rows.by_number(world, said.number), "held", "reports", "3 members reported it")
        assert isinstance(looking.look_at_item(world, WANJIRU, said.number), NoItem)  # a person looks, also in the group
        assert looking.near_ideas(world, WANJIRU) == []


def test_a_question_that_is_let_in_goes_to_helpers(village: Village) -> None:
    grown(village)
    with village.world() as world:
        of_kiboko(world, WANJIRU, OTIENO)
        asking.turn_topic(world, ACHIENG, "cows")
        newcomer = a_newcomer(world)
        asked = asking.ask_helpers(world, newcomer, "cows", "my cow does not eat", "k")
        number = asked.number if hasattr(asked, "number") else rows.of_member(world, members.by_number(world, newcomer).id, ("question",), 1)[0].number
        for one in (WANJIRU, OTIENO):
            let_in.let_in(world, one, number, "yes")
        assert rows.by_number(world, number).state == "open"
    assert any(number in words for words in village.sms(ACHIENG))


def test_a_no_leaves_it_to_a_person_whatever_others_say(village: Village) -> None:
    grown(village)
    with village.world() as world:
        neighbours = crowd(world, 3)[:2]
        of_kiboko(world, WANJIRU, OTIENO, *neighbours)
        for number in neighbours:
            members.change_member(world, members.by_number(world, number).id, made_at=world.now() - dt.timedelta(days=30))
        newcomer = crowd(world, 4)[3]
        members.change_member(world, members.by_number(world, newcomer).id, village="Kiboko", made_at=world.now())
        one = idea(world, newcomer, "the clerk is bad")
        let_in.let_in(world, WANJIRU, one.number, "no")
        for number in (OTIENO, *neighbours):
            assert isinstance(let_in.let_in(world, number, one.number, "yes"), NewNoted)
        assert rows.by_number(world, one.number).state == "held"


def test_a_question_to_one_member_is_shown_to_nobody_else(village: Village) -> None:
    grown(village)
    with village.world() as world:
        of_kiboko(world, WANJIRU, OTIENO)
        newcomer = a_newcomer(world)
        asked = asking.ask_fellow(world, newcomer, members.by_number(world, OTIENO).code, "my goat coughs", "f1")
        assert type(asked).__name__ == "AskedHeld"
        (held,) = rows.newest(world, ("question",), ("held",), 5)
        assert not let_in.may_let_in(world, WANJIRU)
        assert isinstance(let_in.let_in(world, WANJIRU, held.number, "yes"), NothingNew)


def test_new_words_of_a_newcomer_wait_again_and_are_found_fine_anew(village: Village) -> None:
    grown(village)
    with village.world() as world:
        of_kiboko(world, WANJIRU, OTIENO)
        newcomer = a_newcomer(world)
        one = idea(world, newcomer, "a tap beside the school")
        let_in.let_in(world, WANJIRU, one.number, "yes")
        assert isinstance(rewording.reword(world, newcomer, one.number, "buy from my brother"), rewording.Reworded)
        let_in.let_in(world, OTIENO, one.number, "yes")
        assert rows.by_number(world, one.number).state == "held"  # the first yes was for other words
        let_in.let_in(world, WANJIRU, one.number, "yes")
        assert rows.by_number(world, one.number).state == "open"
        assert isinstance(rewording.reword(world, newcomer, one.number, "buy from my sister"), rewording.Reworded)
        assert rows.by_number(world, one.number).state == "held"


def test_staff_read_why_it_waits_also_after_its_words_were_changed(village: Village) -> None:
    grown(village)
    with village.world() as world:
        newcomer = a_newcomer(world)
        one = idea(world, newcomer, "a tap beside the school")
        rewording.reword(world, newcomer, one.number, "a tap behind the school")
    shown = page(operator(village, "facilitator"), "moderation")
    assert verbs.NEW_HERE in shown
    assert rewording.WAS not in shown
