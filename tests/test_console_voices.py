"""The console's pages about what members say: what is seen there, what is steered there, and that members notice it."""

from __future__ import annotations

import re

from gateway.community import recognition
from gateway.community.caps import CAPS, EACH
from gateway.community.items import brakes, rows, states, verbs, voice_rows
from gateway.community.items.model import HeldWords, Rests
from gateway.ledger.proof.facts import verify
from gateway.members import rows as members
from gateway.money import rewards
from tests.browser import operator, page, press, sign_in
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, idea
from tests.test_needs import grown, offer, post


def said(world, caller: str, words: str) -> str:
    return idea(world, caller, words).number


def test_a_step_shows_who_hears_of_it_before_it_is_taken_and_then_they_do(village: Village) -> None:
    grown(village)
    with village.world() as world:
        number = said(world, WANJIRU, "pay the milk money on Friday")
        verbs.vote(world, OTIENO, number, "for")
    web = sign_in(village)[0]
    assert "pay the milk money on Friday" in page(web, "ideas").replace("Pay", "pay")

    before = press(web, f"items/{number}/step", f"items/{number}", state="done", why="it is paid on Fridays now")
    assert re.search(r"SMS to members</dt><dd>1</dd>", before)
    assert "Is it good? Reply 1 yes, 2 no." in before
    with village.world() as world:
        assert rows.by_number(world, number).state == "open"  # only looked at
    assert village.sms(OTIENO) == []

    press(web, f"items/{number}/take", **{"sure-state": "done", "sure-why": "it is paid on Fridays now"})
    assert any("Done:" in words for words in village.sms(OTIENO))
    assert "it is paid on Fridays now" in page(web, f"items/{number}")
    assert "Not done" in press(web, f"items/{number}/take", **{"sure-state": "trying"})


def test_two_are_joined_and_parted(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one, other = said(world, WANJIRU, "a cold tank for the milk"), said(world, OTIENO, "a tank that keeps milk cold")
        verbs.vote(world, ACHIENG, one, "for")
        verbs.vote(world, ACHIENG, other, "for")
    web = sign_in(village)[0]
    assert other in page(web, f"items/{one}")  # perhaps the same
    press(web, f"items/{other}/join", f"items/{other}", into=one)
    with village.world() as world:
        assert rows.by_number(world, one).supporters == 2  # Achieng once, and Otieno, whose it was
    press(web, f"items/{other}/part")
    with village.world() as world:
        assert (rows.by_number(world, one).supporters, rows.by_number(world, other).state) == (1, "open")
    assert "Not done" in press(web, f"items/{one}/join", f"items/{one}", into=one)


def test_words_wait_and_a_person_lets_them_through(village: Village) -> None:
    grown(village)
    web = sign_in(village)[0]
    press(web, "moderation/words", word="thief", why="an accusation")
    with village.world() as world:
        number = said(world, WANJIRU, "the clerk is a thief")
        other = said(world, OTIENO, "weigh it where we see it")
        assert isinstance(verbs.say(world, ACHIENG, other, "thief", "c1"), HeldWords)
    held = page(web, "moderation")
    assert "the clerk is a thief" in held.lower()
    press(web, f"moderation/items/{number}", what="through")
    with village.world() as world:
        assert rows.by_number(world, number).state == "open"
        comment = voice_rows.comments_in(world, ("held",), 9)[0].id
    press(web, f"moderation/comments/{comment}", state="open")
    press(web, "moderation/words/free", word="thief")
    with village.world() as world:
        assert brakes.held_word(world, "thief") == ""
        assert rows.by_number(world, other).comments == 1


def test_a_switch_rests_and_comes_back_and_the_months_sms_are_set(village: Village) -> None:
    grown(village)
    web = sign_in(village)[0]
    with village.world() as world:
        number = said(world, WANJIRU, "a second agent")
    assert "A reason is needed" in press(web, "moderation/switches", name="votes", why="")
    press(web, "moderation/switches", name="votes", why="a brigade")
    with village.world() as world:
        assert isinstance(verbs.vote(world, OTIENO, number, "for"), Rests)
    assert "a brigade" in page(web, "moderation")
    press(web, "moderation/switches/on", name="votes")
    with village.world() as world:
        assert not isinstance(verbs.vote(world, OTIENO, number, "for"), Rests)
    press(web, "moderation/budget", most="0")
    press(web, f"items/{number}/take", **{"sure-state": "done"})
    assert village.sms(OTIENO) == []  # it waits under 9


def test_needs_and_the_budget_of_rewards(village: Village) -> None:
    grown(village)
    need = post(village, WANJIRU)
    offer(village, OTIENO, need)
    web = sign_in(village)[0]
    shown = page(web, "needs")
    assert all(words in shown for words in ("KES 100", "the same", "Wanjiru", need))
    maker, checker = operator(village, "maker"), operator(village, "checker")
    assert press(maker, "helpers/budget", "helpers", of="money", amount="0").count("is needed")
    press(maker, "helpers/budget", "helpers", of="money", amount="500")
    press(maker, "helpers/budget", "helpers", of="points", amount="40")
    waiting = page(checker, "approvals")
    assert waiting.count("budget") >= 2
    assert "Budget of rewards" not in page(web, "helpers")  # support does not ask for money
    with village.world() as world:
        assert rewards.left(world)[0] == 0  # asked for, not given


def test_who_hides_is_not_named_to_the_staff_either(village: Village) -> None:
    grown(village)
    with village.world() as world:
        made = verbs.make(world, WANJIRU, "idea", "the chair takes milk home", "k", shown="sealed")
        assert members.by_number(world, WANJIRU)
    web = sign_in(village)[0]
    for path in ("ideas", f"items/{made.number}", "feedback"):
        assert "Wanjiru" not in page(web, path), path


def test_time_and_cost_counts_minutes_and_names_nobody(village: Village) -> None:
    grown(village)
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*5*3#")
    village.clock.passes(seconds=50)
    phone.types("A bridge over the river")
    village.clock.passes(seconds=50)
    phone.types("1")
    village.workers_run()
    shown = page(sign_in(village)[0], "time")
    row = re.findall(r'data-title="([^"]+)"[^>]*>\s*([^<\s][^<]*?)\s*<', shown)[:8]
    assert dict(row)["Members"] == "1"
    assert dict(row)["For others"] == "2"
    assert "Wanjiru" not in shown


def test_thanks_in_a_ring_are_shown_to_a_person_who_may_take_their_points_back(village: Village) -> None:
    grown(village)
    with village.world() as world:
        rewards.fund(world, 100, key="ring", by="board")
    village.post()
    with village.world() as world:
        one, other = (members.by_number(world, number) for number in (WANJIRU, OTIENO))
        for n in range(2):
            recognition.thank(world, one, other, f"t{n}", "milk")
            recognition.thank(world, other, one, f"b{n}", "milk")
    web = sign_in(village)[0]
    ring = page(web, "moderation").split("Thanks that go in a ring", 1)[1].split("Words that wait", 1)[0]
    assert "Wanjiru" in ring
    assert "Otieno" in ring
    village.post()
    with village.world() as world:
        had = {number: rewards.points(world, number).minor for number in (WANJIRU, OTIENO)}
        assert sum(had.values()) == CAPS[EACH].usual
    pair = {"giver": str(one.id), "helper": str(other.id)}
    assert f"{CAPS[EACH].usual} points went back" in press(web, "moderation/rings", **pair)
    assert "Nothing is there that could go back" in press(web, "moderation/rings", **pair)  # once
    assert "changed meanwhile" in press(web, "moderation/rings", giver=str(one.id), helper=str(one.id))
    village.post()
    with village.world() as world:
        assert sum(rewards.points(world, number).minor for number in (WANJIRU, OTIENO)) == 0
        assert verify(world) == []
    for number in (WANJIRU, OTIENO):
        assert sum("thank each other much" in words or "mnashukuriana sana" in words for words in village.sms(number)) == 1


def test_what_was_done_is_asked_about_twice_then_closed_as_silent_and_a_case_is_not(village: Village) -> None:
    grown(village)
    with village.world() as world:
        done, case = idea(world, WANJIRU, "pay on Friday"), idea(world, WANJIRU, "my money is missing", "wrong")
        for one in (done, case):
            states.go(world, one, "done", "grace")
        assert states.close_silent(world) == 0
        assert states.ask_authors_again(world) == 0
    asked = len(village.sms(WANJIRU))
    village.clock.passes(days=8)
    with village.world() as world:
        assert states.ask_authors_again(world) == 2
        assert states.ask_authors_again(world) == 0
        assert states.close_silent(world) == 0
    assert len(village.sms(WANJIRU)) == asked + 2
    village.clock.passes(days=15)
    with village.world() as world:
        assert states.close_silent(world) == 1
        assert states.close_silent(world) == 0
        assert (rows.by_number(world, done.number).state, rows.by_number(world, case.number).state) == ("closed", "done")
        assert [(one.by, one.why) for one in voice_rows.changes_of(world, [done.id]) if one.after == "closed"] == [("the clock", "silent")]
