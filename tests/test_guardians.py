"""A forgotten PIN: two guardians open it, everything waits a day, and a thief finds no shorter way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from gateway.ledger import rows as ledger_rows
from gateway.members.guardians import rows, verbs
from gateway.members.guardians.model import GUARDIANS_MOST
from gateway.money import approvals
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village

KAMAU = "+254744000004"


def dial(village: Village, number: str, *typed: str) -> str:
    village.site.redis.delete(f"pamoja:dropped:{village.organisation.id}:{number}")
    phone = village.phone(number)
    phone.dials()
    for one in typed:
        phone.types(one)
    return phone.screen


def with_guardians(village: Village) -> None:
    village.everybody()
    village.has("Kamau", KAMAU, 100, "8361")
    for guardian in ("0722000002", "0733000003"):
        said = dial(village, WANJIRU, "6", "5", "2", "3", guardian, "4715")
        assert said.startswith("Done. ")
    village.clock.passes(hours=25)


def test_two_guardians_open_a_forgotten_pin(village: Village) -> None:
    with_guardians(village)

    assert dial(village, WANJIRU, "6", "5", "4").startswith("We asked your 2 guardians.")
    assert "forgot the PIN and named you" in village.sms(OTIENO)[-1]
    assert dial(village, OTIENO, "6", "5", "3", "1", "5839").startswith("Thank you.")
    assert dial(village, WANJIRU, "6", "5", "4").startswith("1 of 2 guardians have said yes.")
    assert dial(village, OTIENO, "6", "5", "3").startswith("Nobody asks you now.")  # one guardian has one yes
    dial(village, ACHIENG, "6", "5", "3", "1", "6274")
    assert "Two guardians said yes" in village.sms(WANJIRU)[-1]

    done = dial(village, WANJIRU, "6", "5", "4", "9361", "9361")
    assert done.startswith("Your new PIN works from ")
    assert dial(village, WANJIRU, "2", "1", "0722000002", "100", "9361").startswith("PIN locked to keep you safe.")
    assert dial(village, WANJIRU, "2", "1", "0722000002", "100", "4715").startswith("PIN locked to keep you safe.")
    assert village.balance(WANJIRU) == 50_000
    village.clock.passes(hours=25)
    assert dial(village, WANJIRU, "2", "1", "0722000002", "100", "9361").startswith("Sent KES 100 to Otieno.")


def test_a_guardian_counts_from_tomorrow_on(village: Village) -> None:
    village.everybody()
    dial(village, WANJIRU, "6", "5", "2", "3", "0722000002", "4715")
    dial(village, WANJIRU, "6", "5", "2", "3", "0733000003", "4715")

    assert "Otieno*, Achieng*" in dial(village, WANJIRU, "6", "5", "2")
    assert dial(village, WANJIRU, "6", "5", "4").startswith("You have no two guardians yet.")
    assert "made you a guardian" in village.sms(OTIENO)[-1]


def test_a_guardian_that_is_removed_counts_for_another_day(village: Village) -> None:
    with_guardians(village)

    assert dial(village, WANJIRU, "6", "5", "2", "4", "1", "1111").startswith("Wrong PIN.")
    assert dial(village, WANJIRU, "6", "5", "2", "4", "1", "4715").startswith("Done. It ends in 24 h")
    assert dial(village, WANJIRU, "6", "5", "4").startswith("We asked your 2 guardians.")
    village.clock.passes(hours=49)
    assert dial(village, WANJIRU, "6", "5", "4").startswith("You have no two guardians yet.")


def test_who_is_no_guardian_is_not_asked_and_cannot_say_yes(village: Village) -> None:
    with_guardians(village)
    dial(village, WANJIRU, "6", "5", "4")

    assert dial(village, KAMAU, "6", "5", "3").startswith("Nobody asks you now.")
    with village.world() as world:
        from gateway.members.model import Gone
        from menus.answers import Secret

        wanjiru = village.member(world, WANJIRU)
        assert isinstance(verbs.vouch(world, KAMAU, str(wanjiru.id), Secret("8361"), "k-1"), Gone)
    assert dial(village, WANJIRU, "6", "5", "4").startswith("0 of 2 guardians have said yes.")


def test_a_new_pin_needs_both_at_the_moment_it_is_taken(village: Village) -> None:
    """A call that has waited at the PIN since yesterday finds the door closed again."""
    with_guardians(village)
    dial(village, WANJIRU, "6", "5", "4")
    dial(village, OTIENO, "6", "5", "3", "1", "5839")
    dial(village, ACHIENG, "6", "5", "3", "1", "6274")
    dial(village, WANJIRU, "6", "5", "4", "9361")
    with village.world() as world:
        assert verbs.stop_rescue(world, village.member(world, WANJIRU).id, "grace")

    assert village.phone(WANJIRU).types("9361").startswith("That took too long.")
    assert dial(village, WANJIRU, "6", "5", "4").startswith("You have no two guardians yet.")  # and a person must help now
    assert dial(village, WANJIRU, "2", "1", "0722000002", "100", "4715").startswith("Sent KES 100")


def test_a_new_pin_can_be_stopped_until_it_works_and_the_guardians_hear_of_it(village: Village) -> None:
    with_guardians(village)
    dial(village, WANJIRU, "6", "5", "4")
    dial(village, OTIENO, "6", "5", "3", "1", "5839")
    dial(village, ACHIENG, "6", "5", "3", "1", "6274")
    dial(village, WANJIRU, "6", "5", "4", "9361", "9361")
    assert "chose a new PIN with your help" in village.sms(OTIENO)[-1]
    with village.world() as world:
        member = village.member(world, WANJIRU).id
        assert [one.chosen_at is not None for one in rows.open_rescues(world)] == [True]
        assert verbs.stop_rescue(world, member, "grace")
        assert not verbs.stop_rescue(world, member, "grace")
    village.clock.passes(days=30)

    assert dial(village, WANJIRU, "2", "1", "0722000002", "100", "9361").startswith("PIN locked to keep you safe.")


def test_a_second_rescue_does_not_hide_a_chosen_pin_from_who_stops_it(village: Village) -> None:
    with_guardians(village)
    dial(village, WANJIRU, "6", "5", "4")
    dial(village, OTIENO, "6", "5", "3", "1", "5839")
    dial(village, ACHIENG, "6", "5", "3", "1", "6274")
    dial(village, WANJIRU, "6", "5", "4", "9361", "9361")
    assert dial(village, WANJIRU, "6", "5", "4").startswith("A new PIN was chosen and works from 25 Nov")
    with village.world() as world:
        assert verbs.stop_rescue(world, village.member(world, WANJIRU).id, "grace")
    village.clock.passes(hours=30)
    assert not dial(village, WANJIRU, "2", "1", "0722000002", "100", "9361").startswith("Sent")


def test_there_are_at_most_five(village: Village) -> None:
    village.everybody()
    for n in range(GUARDIANS_MOST):
        number = f"+25476600000{n}"
        village.has(f"Friend{chr(65 + n)}", number, 0, "8361")
        assert dial(village, WANJIRU, "6", "5", "2", "3", "0" + number[4:], "4715").startswith("Done. ")

    assert dial(village, WANJIRU, "6", "5", "2", "3", "0722000002").startswith("You have five guardians.")
    assert dial(village, WANJIRU, "6", "5", "2", "3", "0711000001").startswith("You have five guardians.")


def test_many_who_change_their_guardians_at_once_do_not_wait_in_a_ring(village: Village) -> None:
    """Each writes an audit row, which is one chain, beside rows that point to the organisation."""
    village.everybody()
    numbers = [f"+25476600000{n}" for n in range(6)]
    for n, number in enumerate(numbers):
        village.has(f"Friend{chr(65 + n)}", number, 0, "8361")
    with ThreadPoolExecutor(len(numbers)) as pool:
        said = list(pool.map(lambda number: dial(village, number, "6", "5", "2", "3", "0722000002", "8361"), numbers))

    assert [one.split(".")[0] for one in said] == ["Done"] * len(numbers)


def test_nobody_guards_themselves(village: Village) -> None:
    village.everybody()

    assert dial(village, WANJIRU, "6", "5", "2", "3", "0711000001").startswith("That is your own number.")


def test_the_office_opens_a_new_pin_with_two_of_staff_and_an_id(village: Village) -> None:
    """Who has no guardians is sent to the office; there nobody ever sees the PIN, and it waits a day as any other."""
    village.everybody()
    village.has("Kamau", KAMAU, 100, "8361")
    assert dial(village, WANJIRU, "6", "5", "4").startswith("You have no two guardians yet.")
    with village.world() as world:
        payload = {"account": ledger_rows.account_of(world, village.member(world, WANJIRU).id).code, "seen": "national ID", "why": "no guardians"}
        asked = approvals.ask(world, "pin", payload, "amina")
        assert isinstance(approvals.decide(world, asked.id, "amina", agree=True), approvals.SamePerson)
        assert isinstance(approvals.decide(world, asked.id, "joseph", agree=True), approvals.Done)
    assert "with your ID for a new PIN" in village.sms(WANJIRU)[-1]
    assert dial(village, OTIENO, "6", "5", "3").startswith("Nobody asks you now.")

    assert dial(village, WANJIRU, "6", "5", "4", "9361", "9361").startswith("Your new PIN works from ")
    assert dial(village, WANJIRU, "2", "1", "0722000002", "100", "4715").startswith("PIN locked to keep you safe.")
    village.clock.passes(hours=25)
    assert dial(village, WANJIRU, "2", "1", "0722000002", "100", "9361").startswith("Sent KES 100 to Otieno.")


def test_a_pin_that_the_office_opened_is_stopped_like_any_other_and_opened_again(village: Village) -> None:
    with_guardians(village)
    with village.world() as world:
        member = village.member(world, WANJIRU)
        assert verbs.open_at_office(world, member.id, "amina+joseph", "first") == ""
    dial(village, WANJIRU, "6", "5", "4", "9361", "9361")
    assert "got a new PIN at our office" in village.sms(OTIENO)[-1], "guardians hear of it, and what is true of it"
    with village.world() as world:
        assert verbs.stop_rescue(world, member.id, "grace")
    assert dial(village, WANJIRU, "6", "5", "4").startswith("You have no two guardians yet.")
    village.clock.passes(hours=30)
    assert not dial(village, WANJIRU, "2", "1", "0722000002", "100", "9361").startswith("Sent")

    with village.world() as world:
        assert verbs.open_at_office(world, member.id, "amina+joseph", "second") == ""
    dial(village, WANJIRU, "6", "5", "4", "8361", "8361")
    village.clock.passes(hours=25)
    assert dial(village, WANJIRU, "2", "1", "0722000002", "100", "8361").startswith("Sent KES 100")
