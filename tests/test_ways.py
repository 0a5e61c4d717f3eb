"""How a caller finds the way: a wrong key, digits in one go, long texts, words that a phone cuts, help."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from gateway.channels.africastalking.handset import Habits
from gateway.community import rows as community
from gateway.community.items import rows as items
from gateway.community.items.verbs import make
from gateway.members import rows as members
from menus.render import OPENING_SEPTETS, fits
from tests.browser import csrf, sign_in
from tests.cast import CODE, OTIENO, SHORTCODE, WANJIRU, Village
from tests.looks import where

HOME = "Hi Wanjiru.\n1 My money\n2 Send or pay\n3 My group\n4 Ask and tips\n5 Ideas and votes\n6 Me and help"


def dial(village: Village, *typed: str, number: str = WANJIRU) -> str:
    village.site.redis.delete(f"pamoja:dropped:{village.organisation.id}:{number}")  # nobody comes back to what was left
    phone = village.phone(number)
    phone.dials()
    for one in typed:
        phone.types(one)
    return phone.screen


def test_the_first_wrong_key_is_named_and_the_second_brings_help(village: Village) -> None:
    village.everybody()

    assert dial(village, "1", "8") == "Not on the list.\n" + dial(village, "1")
    assert dial(village, "1", "8", "77") == "Not on the list.\nThat did not work. What would help?\n1 Try again\n2 Call me back\n00 Home"
    assert dial(village, "1", "8", "77", "9") == "Not on the list.\nThat did not work. What would help?\n1 Try again\n2 Call me back\n00 Home"
    assert dial(village, "1", "8", "77", "1") == dial(village, "1")
    assert dial(village, "1", "8", "77", "2").startswith("Call me about")
    assert dial(village, "1", "8", "77", "2", "0") == dial(village, "1")
    assert dial(village, "1", "8", "77", "00") == HOME
    assert dial(
        village, "1", "8", "1", "8"
    ) == "Not on the list.\nYou have KES 500\nOn the way out: KES 0\nYou can still send KES 249,500 today.\n1 Explain\n2 SMS me\n0 Back 00 Home".replace(
        "249,500", dial(village, "1", "1").split("send KES ")[1].split(" ")[0]
    )


def test_what_is_typed_at_the_question_what_would_help_may_be_the_answer(village: Village) -> None:
    village.everybody()

    assert dial(village, "1", "8", "77", "6").startswith("What is wrong?")
    assert dial(village, "2", "1", "0722000002", "abc", "5").startswith("Please type from 10 to 250,000.\nThat did not work. What would help?")
    assert dial(village, "2", "1", "0722000002", "abc", "5", "100").startswith("Send KES 100 to Otieno")


def test_a_wrong_pin_never_leads_away_from_its_question(village: Village) -> None:
    village.everybody()
    typed = ("2", "1", "0722000002", "100")

    assert dial(village, *typed, "12", "abc", "1").startswith("A PIN is 4 numbers.")


@pytest.mark.parametrize(
    ("digits", "same"),
    [("11", ("1", "1")), ("24", ("2", "4")), ("21", ("2", "1")), ("641", ("6", "4", "1"))],
)
def test_digits_in_one_go_at_home_are_the_path(village: Village, digits: str, same: tuple[str, ...]) -> None:
    village.everybody()
    village.places()

    assert dial(village, digits) == dial(village, *same)
    assert village.phone(WANJIRU).dials(f"{CODE.removesuffix('#')}*{digits}#") == dial(village, *same)


@pytest.mark.parametrize(
    ("digits", "same"), [("698", ("6", "98")), ("6981", ("6", "98", "1")), ("61198", ("6", "1", "1", "98"))]
)  # fmt: skip
def test_98_and_more_than_three_digits_are_a_path_too(village: Village, digits: str, same: tuple[str, ...]) -> None:
    """What has a number is found first; a number that is nobody's may be a path."""
    village.everybody()

    assert dial(village, digits) == dial(village, *same)


@pytest.mark.parametrize("digits", ["19", "88", "211", "210722000002", "1111111"])
def test_digits_that_lead_nowhere_leave_the_caller_at_home(village: Village, digits: str) -> None:
    """Also past a question: a dial string is no place for an amount, and less for a PIN."""
    village.everybody()

    assert dial(village, digits) == "Not on the list.\n" + HOME


def test_what_has_a_number_is_found_by_it(village: Village) -> None:
    village.everybody()
    village.places()
    dial(village, "5", "3", "a bridge over the river", "1")
    dial(village, "1", "6", "5", "the scale is off")
    with village.world() as world:
        case, idea = (said.number for said in items.page(world, before=None, most=2))
        code = village.member(world, OTIENO).code

    assert dial(village, case).startswith(f"{case}: waits for a person, ")
    assert dial(village, case, number=OTIENO).startswith("There is nothing with that number")
    assert dial(village, idea, number=OTIENO).startswith("a bridge over the river\n0 for, 0 groups. open\n1 Support")
    assert dial(village, "1001").startswith("Group ")
    assert dial(village, "5501").startswith("Shop ")
    assert dial(village, code) == "Member Otieno\n1 Send to member\n0 Back 00 Home"
    assert dial(village, "9998").startswith("There is nothing with that number.")
    assert dial(village, "9998", "0").startswith("Which number?")
    assert dial(village, "9998", "0", "0") == HOME


def test_a_long_text_takes_as_many_screens_as_it_needs(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    first = dial(village, "6", "1", "1")
    second = phone.types("98")
    words = " ".join([first.rpartition("\n")[0], second.rpartition("\n")[0]]).split()

    assert first.endswith("98 More 0 Back 00 Home")
    assert words[:4] == ["Press", "a", "number,", "then"]
    assert second.endswith("0 Back 00 Home")
    assert "98 More" not in second
    assert words[-5:] == ["is", "your", "balance.", "1", "Practise"], "the options stand on the last screen"
    assert phone.types("0") == first
    assert phone.types("7") == "Not on the list.\n" + first or phone.screen.startswith("Not on the list.")


def test_words_that_the_phone_may_have_cut_are_asked_about(village: Village) -> None:
    village.everybody()
    words = "We would like the milk lorry to come at six in the morning and not at eight, bec"
    assert len(words) == 80
    assert dial(village, "5", "3", words).startswith("Your phone may have cut it. It ends: nd not at eight, bec\n")
    assert dial(village, "5", "3", words[:79]).startswith("Show your name?")
    assert dial(village, "5", "3", words, "0").startswith("Say: I want")
    assert dial(village, "5", "3", words, "5").startswith("Not on the list.\nYour phone may have cut it.")
    assert dial(village, "5", "3", words, "1").startswith("Show your name?")


@pytest.mark.parametrize("kind", ["idea", "question", "tip", "need", "news"])
def test_the_number_of_a_thing_opens_the_screen_of_its_kind(village: Village, kind: str) -> None:
    village.everybody()
    with village.world() as world:
        one = make(world, OTIENO, kind, "a cow that does not eat", "k1")
        items.change(world, one.id, state="open")
    said = dial(village, one.number)
    verbs = {"idea": "1 Support", "question": "1 Answer", "tip": "1 Helped", "news": "1 True, I saw it", "need": "This need is over."}

    assert verbs[kind] in said
    assert one.number not in said


def test_a_question_is_answered_and_read_by_its_number(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = make(world, OTIENO, "question", "a cow that does not eat", "k1")
        items.change(world, one.id, state="open")

    assert dial(village, one.number, "4").startswith("Nobody has said anything yet.")
    assert dial(village, one.number, "1", "Give it salt and water").startswith("Sent to Otieno.")
    assert dial(village, one.number, "4").startswith("What members say\n1 Wanjiru: Give it salt")
    assert dial(village, one.number, number=OTIENO).startswith("Answers\n1 Wanjiru: Give it salt")  # the asker says what helped
    assert dial(village, one.number, "2").startswith("Added. You hear the answers under 9.")


def test_a_line_of_calls_is_first_come_first_served(village: Village) -> None:
    village.everybody()

    assert dial(village, "6", "1", "3", "1").startswith("You are number 1 in line.")
    assert dial(village, "6", "1", "3", "2", number=OTIENO).startswith("You are number 2 in line.")
    assert dial(village, "6", "1", "3", "4").startswith("You are in line already, number 1.")
    with village.world() as world:
        first = community.callbacks_waiting(world)[0]
        assert community.end_callback(world, first.id, "grace")
        assert not community.end_callback(world, first.id, "grace")
    assert dial(village, "6", "1", "3", "1", number=OTIENO).startswith("You are in line already, number 1.")


def test_who_wants_it_is_told_once_a_day_that_a_call_broke_off(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    village.workers_run()
    before = len(village.far_side.messages_to(WANJIRU))

    def breaks_off(*typed: str) -> list[str]:
        dial(village, *typed)
        phone.hangs_up()
        village.workers_run()
        return [one.words for one in village.far_side.messages_to(WANJIRU)[before:]]

    assert breaks_off("2", "1") == []
    dial(village, "00") if phone.open else phone.dials()
    phone.hangs_up("Success")
    village.site.redis.flushdb()
    dial(village, "6", "4", "2", "1")
    assert breaks_off("2", "1") == [f"Your call broke off at: Send to member. Dial {CODE} within 15 minutes to carry on. No such SMS? Dial 6, 4, 2."]
    village.site.redis.flushdb()
    assert len(breaks_off("2", "1")) == 1
    village.clock.passes(days=1, hours=1)
    village.site.redis.flushdb()
    assert len(breaks_off("2", "1", "0722000002", "100")) == 1  # at the PIN: a payment is never taken up again
    village.site.redis.flushdb()
    assert len(breaks_off("2", "1")) == 2


def test_the_first_three_dials_show_what_is_needed_first(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        from gateway.members import rows as members

        members.change_member(world, village.member(world, WANJIRU).id, dials=0)
    less = "Hi Wanjiru.\n1 My money\n2 Send or pay\n6 Me and help"

    assert dial(village) == less
    assert dial(village, "5").startswith("Ideas and votes")  # the same digits, unsaid
    assert dial(village, "1", "00") == less
    assert dial(village) == HOME


def test_a_member_with_nothing_left_can_leave_and_come_back(village: Village) -> None:
    village.everybody()

    assert dial(village, "6", "98", "5").startswith("You have KES 500 here.")
    dial(village, "6", "98", "5", number=OTIENO)
    phone = village.phone(OTIENO)
    assert phone.types("1111").startswith("Wrong PIN. Tries left: 2.")
    assert phone.types("5839").startswith("You have left.")
    assert phone.dials().startswith("Karibu Umoja!")
    assert dial(village, "2", "1", "0722000002").startswith("0722000002 is not a member yet.")
    assert village.money_of_all() == 0


def test_a_payment_whose_answer_nobody_saw_is_told_first(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU, Habits(end="never"))
    dial(village, "2", "1", "0722000002", "100", "4715")

    assert phone.dials().splitlines()[0].startswith("Sent: KES 100 Otieno ")
    assert phone.screen.endswith(HOME)
    phone.hangs_up()
    village.clock.passes(minutes=16)
    village.site.redis.flushdb()
    assert phone.dials() == HOME


def test_a_payment_whose_answer_was_seen_is_not_told_again(village: Village) -> None:
    village.everybody()
    dial(village, "2", "1", "0722000002", "100", "4715")

    assert dial(village) == HOME


def test_a_payment_that_is_still_on_its_way_says_so(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False
    phone = village.phone(WANJIRU, Habits(end="never"))
    assert dial(village, "2", "1", "0722000002", "100", "4715").startswith("We are sending")

    assert phone.dials().splitlines()[0].startswith("On its way: KES 100 Otieno ")
    village.post()
    assert phone.dials().splitlines()[0].startswith("Sent: KES 100 Otieno ")


def test_news_that_have_no_room_above_the_first_screen_have_one_of_their_own(village: Village) -> None:
    """So it is in most languages when something waits too: an opening has 140 septets."""
    village.everybody()
    with village.world() as world:
        world.write.execute(members.members.update().values(language="sw"))
    phone = village.phone(WANJIRU, Habits(end="never"))
    dial(village, "2", "1", "0722000002", "100.50", "4715")

    assert phone.dials().startswith("Imetumwa: KES 100.50 Otieno ")
    assert phone.screen.endswith("\n1 Endelea")
    assert fits(phone.screen, OPENING_SEPTETS)
    assert phone.types("1").startswith("Habari Wanjiru.\n1 Pesa zangu\n")
    assert phone.types("2").startswith("Tuma au lipa")


def test_the_office_sees_who_waits_and_stops_what_smells(village: Village) -> None:
    """In the console: who waits to be called, which PINs are being rescued, and both are ended there, once."""

    village.everybody()
    dial(village, "6", "1", "3", "1")
    with village.world() as world:
        from gateway.members.guardians import rows as rescues

        rescues.begin_rescue(world, village.member(world, OTIENO).id, world.now() + dt.timedelta(hours=1))
    web, _ = sign_in(village)
    page = web.get("/console/calls").get_data(as_text=True)
    ways = [way for way in re.findall(r'action="(/console/calls/[^"]+)"', page) if not way.endswith("no-answer")]

    assert len(ways) == 2
    assert "0 of 2" in page
    for way in ways:
        web.post(way, data={"csrf_token": csrf(page)})
        assert "already" in web.post(way, data={"csrf_token": csrf(page)}, follow_redirects=True).get_data(as_text=True)
    page = web.get("/console/calls").get_data(as_text=True)
    assert "Nobody waits to be called." in page
    assert "Nobody asks for a new PIN." in page


def test_a_payment_by_sms_is_a_payment_while_words_are_waited_for(village: Village) -> None:
    village.everybody()
    dial(village, "5", "3", "1")
    phone = village.phone(WANJIRU)
    phone.texts("SEND 200 0722000002", SHORTCODE)
    phone.texts("HELP", SHORTCODE)
    phone.texts("Pay for the milk on Friday", SHORTCODE)
    village.workers_run()
    said = [one.words for one in village.far_side.messages_to(WANJIRU)][-3:]

    assert said[0].startswith("Ready: KES 200 to Otieno")
    assert said[1].startswith("BAL, MINI")
    assert said[2].startswith("Idea ")


@pytest.mark.parametrize("words", ["1", "0", "00", "98"])
def test_keys_are_no_keys_by_sms(village: Village, words: str) -> None:
    village.everybody()
    dial(village, "5", "3", "1")
    phone = village.phone(WANJIRU)
    phone.texts(words, SHORTCODE)
    phone.texts("a bridge over the river", SHORTCODE)
    with village.world() as world:
        kept = [one.words for one in items.page(world, before=None, most=5, kinds=("idea",))]

    assert kept == ["a bridge over the river"]


def test_a_pin_in_cut_words_is_not_in_redis(village: Village) -> None:
    village.everybody()
    words = "I cannot see my money since yesterday and I do not know why, my pin is this 7391"
    assert len(words) == 80
    asked = dial(village, "5", "3", words)
    village.phone(WANJIRU).types("2")
    held = b" ".join(village.site.redis.get(key) or b"" for key in village.site.redis.scan_iter("pamoja:*") if village.site.redis.type(key) == b"string")

    assert "7391" not in asked
    assert not where("7391", held.decode())


def test_a_call_that_is_carried_on_with_shows_the_question_and_means_it(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    dial(village, "2", "4", "8", "8")
    phone.hangs_up()
    assert phone.dials().startswith("You were in the middle of")
    phone.types("1")

    assert phone.types("2").startswith("Ask for cash at the office.")


@pytest.mark.parametrize(("key", "language", "said"), [("3", "fr", "Bonjour"), ("5", "luo", "Habari"), ("4", "ki", "Habari")])
def test_every_language_is_spoken_on_the_screen(village: Village, key: str, language: str, said: str) -> None:
    village.everybody()

    assert dial(village, "6", "4", "1", key).startswith(said)
    assert dial(village).startswith(said)
    with village.world() as world:
        assert village.member(world, WANJIRU).language == language
