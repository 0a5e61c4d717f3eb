"""One phone, several people: nothing of anybody is shown before their own PIN."""

from __future__ import annotations

from gateway.ledger import rows as ledger_rows
from gateway.members import rows
from gateway.members.guardians import office_number
from gateway.members.guardians import verbs as guardian
from gateway.members.model import LOOKUPS_MOST
from gateway.members.sharing import line_of, open_line
from menus.answers import Secret
from tests.browser import looks_at, operator
from tests.cast import CODE, OTIENO, SHORTCODE, WANJIRU, Village


def dial(village: Village, *typed: str, number: str = WANJIRU, path: str = "") -> str:
    phone = village.phone(number)
    phone.dials(f"{CODE.removesuffix('#')}*{path}#" if path else "")
    for one in typed:
        phone.types(one)
    return phone.screen


def shared(village: Village) -> None:
    """Njeri joins on Wanjiru's phone."""
    village.everybody()
    said = dial(village, "1", "4715", "2", "1", "Njeri", "9361", "9361", path="6*5*5")
    assert said.startswith("Done, Njeri.")


def test_each_has_an_own_account_code_and_pin(village: Village) -> None:
    shared(village)
    with village.world() as world:
        first, second = rows.by_number(world, WANJIRU), rows.by_number(world, line_of(WANJIRU, 2))

        assert first.shared
        assert second.shared
        assert rows.by_number(world, line_of(WANJIRU, 1)) == first
        assert first.code != second.code
        assert first.pin_hash != second.pin_hash
    assert dial(village, "1", "4715", "1", "1").startswith("You have KES 500")
    assert dial(village, "2", "9361", "1", "1").startswith("You have KES 0")


def test_nobody_comes_in_with_another_ones_pin_or_around_it(village: Village) -> None:
    shared(village)

    assert dial(village, "1", "9361").startswith("Wrong PIN. Tries left: 2.")
    assert dial(village, "1", "00") == "Who is dialing?\n1 Wanjiru\n2 Njeri"
    assert dial(village, "1", "0") == "Who is dialing?\n1 Wanjiru\n2 Njeri"
    assert dial(village, "11").startswith("Not on the list.")
    assert dial(village, path="1*1") == "Who is dialing?\n1 Wanjiru\n2 Njeri"  # the first digit of a dialled path is nobody's name
    assert dial(village, path="1*4715*1*1") == "Who is dialing?\n1 Wanjiru\n2 Njeri"


def test_wrong_pins_lock_one_person_and_not_the_other(village: Village) -> None:
    shared(village)
    for _ in range(3):
        dial(village, "2", "1111")

    assert dial(village, "2", "9361").startswith("PIN locked to keep you safe.")
    assert dial(village, "1", "4715").startswith("Hi Wanjiru.")


def test_money_goes_from_the_person_who_is_in(village: Village) -> None:
    shared(village)
    with village.world() as world:
        code = rows.by_number(world, line_of(WANJIRU, 2)).code

    assert dial(village, "2", "1", code, "200", "5839", number=OTIENO).startswith("That is more than you have")
    assert dial(village, "1", "4715", "2", "1", code, "200", "4715").startswith("Sent KES 200 to Njeri.")
    assert village.sms(WANJIRU)[-2:] == [words for words in village.sms(WANJIRU)[-2:] if words.startswith(("Wanjiru: KES 200 sent", "Njeri: KES 200 from"))]
    assert dial(village, "2", "9361", "2", "1", "0722000002", "150", "9361").startswith("Sent KES 150 to Otieno.")
    assert village.balance(WANJIRU) == 295_00
    assert village.balance(line_of(WANJIRU, 2)) == 45_00
    assert village.money_of_all() == 0


def test_a_dropped_call_and_a_last_payment_are_told_to_nobody_before_the_pin(village: Village) -> None:
    shared(village)
    dial(village, "1", "4715", "2", "1", "0722000002", "100")
    village.phone(WANJIRU).hangs_up()

    assert dial(village) == "Who is dialing?\n1 Wanjiru\n2 Njeri"
    dial(village, "1", "4715", "2", "1", "0722000002", "100", "4715")
    assert dial(village) == "Who is dialing?\n1 Wanjiru\n2 Njeri"


def test_an_sms_of_a_shared_phone_tells_no_money(village: Village) -> None:
    shared(village)
    for words in ("BAL", "MINI", "SEND 100 0722000002", "1", "IDEA pay on Friday"):
        village.phone(WANJIRU).texts(words, SHORTCODE)

    assert not any("KES" in words for words in village.sms(WANJIRU))
    assert any(words.startswith("Several people share this phone") for words in village.sms(WANJIRU))


def test_each_line_may_promise_words_by_sms(village: Village) -> None:
    shared(village)
    for line, pin in (("1", "4715"), ("2", "9361")):
        assert dial(village, line, pin, "5", "3", "1").startswith("Now send your words by SMS")
        village.phone(WANJIRU).texts(f"a bridge for line {line}", SHORTCODE)
        assert village.sms(WANJIRU)[-1].startswith("Idea ")


def test_stop_is_of_the_phone_and_airtime_too(village: Village) -> None:
    shared(village)

    assert "0711000001" in dial(village, "2", "9361", "2", "3", "1")
    village.phone(WANJIRU).texts("STOP", SHORTCODE)
    with village.world() as world:
        from gateway.records import rows as records

        assert records.stopped(world, line_of(WANJIRU, 2))


def test_the_first_may_leave_and_the_second_still_comes_in(village: Village) -> None:
    shared(village)
    dial(village, "1", "4715", "2", "1", "0722000002", "495", "4715")
    assert dial(village, "1", "4715", "6", "98", "5", "4715").startswith("You have left.")

    assert dial(village) == "Who is dialing?\n1 Njeri"
    assert dial(village, "1", "9361").startswith("Hi Njeri.")


def test_four_people_are_the_most_on_one_phone(village: Village) -> None:
    shared(village)
    for n, name in ((3, "Mumbi"), (4, "Wairimu")):
        said = dial(village, "1", "4715", "6", "5", "5", "1", "4715", "2", "1", name, f"936{n}", f"936{n}")
        assert said.startswith(f"Done, {name}.")
    assert dial(village, "1", "4715", "6", "5", "5", "1", "4715").startswith("4 people are on this phone.")
    with village.world() as world:
        assert type(open_line(world, line_of(WANJIRU, 1), Secret("4715"))).__name__ == "NoMoreLines"


def test_a_pin_that_the_office_opened_is_chosen_only_with_the_number_that_it_said(village: Village) -> None:
    """The SMS of the opening lies on a phone that others hold too."""
    shared(village)
    with village.world() as world:
        wanjiru = rows.by_number(world, WANJIRU)
        assert office_number.told(world, wanjiru) == ""
        assert guardian.open_at_office(world, wanjiru.id, "amina, joseph", "k1") == ""
        number = office_number.told(world, rows.by_number(world, WANJIRU))
        assert len(number) == 5
        account = ledger_rows.account_of(world, wanjiru.id).code
    assert number in looks_at(operator(village, "maker"), f"/console/accounts/{account}", "case")
    assert number not in looks_at(operator(village, "support"), f"/console/accounts/{account}", "case")
    wrong = f"{(int(number) + 1) % 100_000:05}"
    assert dial(village, "1", "9", "1").startswith("Type the number that the office told you.")
    village.phone(WANJIRU).types(wrong)
    assert village.phone(WANJIRU).screen.startswith("That is not the number.")
    village.phone(WANJIRU).types("4715")
    assert "Please type" in village.phone(WANJIRU).screen, "four digits are no number of the office's"
    village.phone(WANJIRU).types(number)
    assert village.phone(WANJIRU).screen.startswith("Choose a secret PIN")
    dial(village, "1", "9", "1")
    for _ in range(LOOKUPS_MOST - 1):  # two were tried before
        village.phone(WANJIRU).types(wrong)
    assert "Too many numbers tried today" in village.phone(WANJIRU).screen


def test_who_has_a_phone_alone_is_asked_for_no_number(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        otieno = rows.by_number(world, OTIENO)
        guardian.open_at_office(world, otieno.id, "amina, joseph", "k1")
        assert office_number.told(world, otieno) == ""
    assert dial(village, "6", "5", "4", number=OTIENO).startswith("Choose a secret PIN")
