"""Each fault here was found in a real USSD service; the check finds it before a caller does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import menus
from gateway import cli
from gateway.checked import problems
from gateway.observe import metrics
from gateway.phrasebook import PHRASEBOOK
from gateway.words import Phrases, load_catalogs
from menus.answers import Amount, Number, Phone, Pin, Words
from menus.book import BOOK, reviewed
from menus.book.notices import NOTICES
from menus.book.reviewed import review_of
from menus.check import check, digits, paths
from menus.commands import Command
from menus.engine import Engine
from menus.notice import Notice
from menus.own_words import OWN_WORDS
from menus.phrasebook import Fact, Phrasebook, Verb
from menus.screens import Again, Ask, Book, Browse, Choose, Do, Flow, Pick, Tell, When


class Done: ...


class No: ...


@dataclass(frozen=True)
class Priced:
    fee: int


def pay(world: object, caller: str, to: str, amount: int, pin: str, key: str) -> Done | No: ...


def price(world: object, amount: int) -> Priced: ...


def tell(world: object, words: str) -> Done: ...


BOOK_OF_WORDS = Phrasebook(
    verbs={"pay": Verb(pay, moves_money=True), "price": Verb(price), "tell": Verb(tell)},
    facts={
        "name": Fact(lambda w, c: "", "Wanjiruuuu"), "to_name": Fact(lambda w, c: "", "Wanjiruuuu"),
        "rows": Fact(lambda w, c: [], "x" * 20, rows=True), "flag": Fact(lambda w, c: True, flag=True),
    },
)  # fmt: skip
GOOD_PAY = (
    Ask("to", "Who?", Phone()),
    Ask("amount", "How much?", Amount(1, 9)),
    Do("price", {"priced": "pin"}),
    Ask("pin", "Send {amount} to {to_name}? Fee {fee}\nPIN", Pin()),
    Do("pay", {"done": "end", "no": Again("pin", "No.")}),
    Tell("end", "Sent"),
)


def faults(*flows: Flow, catalogs: dict[str, dict[str, str]] | None = None, commands: tuple[Command, ...] = (), **more: object) -> list[str]:
    return [str(problem) for problem in check(Book(*flows), BOOK_OF_WORDS, catalogs or {}, commands=commands, **more)]  # type: ignore[arg-type]


def home(*steps: object) -> Flow:
    return Flow("home", *steps)  # type: ignore[arg-type]


def test_our_book_is_sound() -> None:
    assert problems(load_catalogs()) == []


def test_a_good_flow_has_no_faults() -> None:
    assert faults(home(*GOOD_PAY)) == []


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([Choose("a", "Hi", {"1 Gone": "nowhere"})], "home.a: leads to 'nowhere', which is nowhere"),
        ([Ask("words", "What?", Words())], "home.words: nothing comes after it"),
        ([Do("fly", {"done": "a"}), Tell("a", "Hi")], "home.fly: the verb 'fly' is not in the phrasebook"),
        ([Browse("a", "Hi", "nothing")], "home.a: the list 'nothing' is not in the phrasebook"),
        ([Browse("a", "Hi", "name")], "home.a: 'name' is not a list"),
        ([Ask("words", "What?", Words(), rows="nothing"), Tell("a", "Hi")], "home.words: the list 'nothing' is not in the phrasebook"),
        ([Ask("words", "What?", Words(), rows="name"), Tell("a", "Hi")], "home.words: 'name' is not a list"),
        ([Ask("words", "What?", Words(), rows="rows", options={"3 B": "a"}), Tell("a", "Hi")], "home.words: its list takes the key '3' too"),
        ([Ask("words", "x" * 52, Words(), rows="rows"), Tell("a", "Hi")], "home.words [en]: is 19 too long for 160 septets at its longest"),
        ([Choose("a", "Hi", {"1 B": When("name", "b")}), Tell("b", "B")], "home.a: 'name' is not a yes-or-no fact of the phrasebook"),
        ([Tell("a", "Hi"), Tell("b", "B")], "home.b: no caller can reach it"),
        ([Choose("a", "Hi", {"1 Round": "a"})], "home.a: no way to an end from here"),
        ([Ask("words", "W?", Words()), Do("tell", {"sent": "a"}), Tell("a", "Hi")], "home.tell: forgets the outcome 'done'"),
        ([Ask("words", "W?", Words()), Do("tell", {"done": "a", "sent": "a"}), Tell("a", "Hi")], "home.tell: waits for 'sent', which never happens"),
        ([Choose("a", "Hi", {"1 Skip": "b", "2 Say": "words"}), Ask("words", "W?", Words()), Tell("b", "You said {words}")],
         "home.b: says {words}, which is not known on every way here"),
        ([Do("tell", {"done": "a"}), Tell("a", "Hi")], "home.tell: needs 'words', which is not known on every way here"),
        ([Ask("pin", "PIN?", Pin()), Tell("a", "Your PIN is {pin}")], "home.a: would show the secret {pin}"),
        ([Ask("pin", "PIN?", Pin()), Tell("a", "Bye")], "home.pin: a secret must be used at once, by the step below it"),
        ([Tell("a", "x" * 137)], "home.a [en]: is 1 too long for 140 septets at its longest"),
        ([Tell("a", "ẹ" * 58)], "home.a [en]: is 1 too long for 140 septets at its longest"),
        ([Choose("a", "Hi", {"1 B": "b"}), Tell("b", "x" * 157)], "home.b [en]: is 1 too long for 160 septets at its longest"),
        ([Choose("a", "Hi", {"1 B": "b"}), Tell("b", "ẹ" * 67)], "home.b [en]: is 1 too long for 160 septets at its longest"),
        ([Choose("a", "Hi", {}, long=True, more="b"), Tell("b", "B" * 157)], "home.b [en]: is 1 too long for 160 septets at its longest"),
        ([Choose("a", "Hi", {f"{n} B": "b" for n in range(1, 9)}), Tell("b", "B")], "home.a: has 8 options; 7 is the most that can be read at once"),
        ([Choose("a", "Hi", {"1 B": "b", "1 C": "b"}), Tell("b", "B")], "home.a: key 1 stands there 2 times"),
        ([Choose("a", "Hi", {"98 B": "b"}), Tell("b", "B")], "home.a: key '98' is not a digit that an option may have"),
        ([Choose("a", "Hi", {"1 A": Pick("x", "b"), "2 B": "b"}), Tell("b", "{a}")], "home.b: says {a}, which is not known on every way here"),
    ],
)  # fmt: skip
def test_a_fault_is_found_and_named(steps: list[object], said: str) -> None:
    assert said in faults(home(*steps))


def test_money_that_moves_without_a_secret() -> None:
    steps = [*GOOD_PAY[:3], Choose("pin", "Send {amount}?", {"1 Yes": "pay"}), *GOOD_PAY[4:]]

    assert "home.pay: moves money, and home.pin leads there without a secret" in faults(home(*steps))


def test_a_secret_asked_without_saying_what_for() -> None:
    steps = [*GOOD_PAY[:3], Ask("pin", "PIN?", Pin()), *GOOD_PAY[4:]]

    assert "home.pin: asks for a secret to move money and does not show amount, fee, the receiver" in faults(home(*steps))


def test_a_way_back_into_a_payment() -> None:
    steps = [*GOOD_PAY[:4], Do("pay", {"done": "end", "no": "pin"}), Choose("end", "Sent", {"1 Again": "pin"})]

    assert "home.pay: leads back into home.pin after the money has moved" in faults(home(*steps))


def test_words_by_sms_before_a_question_that_no_sms_answers() -> None:
    by_sms = Flow("by_sms", Tell("kept", "Send it by SMS"))
    steps = [
        Ask("words", "What?", Words(70), options={"1 Send by SMS": "by_sms"}),
        Choose("sure", "Sure?", {"1 Yes": "tell"}),
        Do("tell", {"done": "end"}),
        Tell("end", "Done"),
    ]  # fmt: skip
    lost = "home.words: its words may come by SMS, but then home.sure asks on"

    assert [str(one) for one in check(Book(home(*steps), by_sms, by_sms="by_sms"), BOOK_OF_WORDS, {})] == [lost]
    assert [str(one) for one in check(Book(home(steps[0], *steps[2:]), by_sms, by_sms="by_sms"), BOOK_OF_WORDS, {})] == []


def test_a_language_left_behind() -> None:
    ours = {text: text for text in OWN_WORDS}
    said = faults(home(Tell("a", "You have {name} and 5 more.")), catalogs={"sw": ours})

    assert said == ["home.a [sw]: not yet said: 'You have {name} and 5 more.'"]


@pytest.mark.parametrize(
    ("translation", "said"),
    [
        ("Una {neme} na 5.", "says other words in braces: 'Una {neme} na 5.'"),
        ("Una {name} na 6.", "says other numbers: 'Una {name} na 6.'"),
        ("Una {name} na *384*5#.", "says other numbers: 'Una {name} na *384*5#.'"),
    ],
)
def test_a_translation_that_says_something_else(translation: str, said: str) -> None:
    ours = {text: text for text in OWN_WORDS} | {"You have {name} and 5 more.": translation}

    assert f"home.a [sw]: {said}" in faults(home(Tell("a", "You have {name} and 5 more.")), catalogs={"sw": ours})


def test_a_screen_too_long_in_one_language_only() -> None:
    ours = {text: text for text in OWN_WORDS} | {"Hi {name}": "Ìyókù owó rẹ nínú àpò ìpamọ́ ọjà àti ti àwùjọ wa jẹ́ {name} lónìí o dábọ̀"}
    said = faults(home(Tell("a", "Hi {name}")), catalogs={"yo": ours})

    assert len(said) == 1
    assert said[0].startswith("home.a [yo]: is ")


def test_a_reason_counts_towards_the_screen_above_which_it_stands() -> None:
    steps = [*GOOD_PAY[:4], Do("pay", {"done": "end", "no": Again("pin", "x" * 120)}), Tell("end", "Sent")]

    assert any(said.startswith("home.pin [en]: is ") for said in faults(home(*steps)))


def test_two_commands_with_one_keyword() -> None:
    flow = home(Tell("a", "Hi"))

    assert "SMS HI: is the keyword of 2 commands" in faults(flow, commands=(Command("HI", "home"), Command("HELLO", "home", also="HI")))


def test_a_reply_with_its_hint_is_measured_in_the_language_of_the_reader() -> None:
    asks = Flow("sms_ask", Ask("n", "How many?", Number(1, 9)), Tell("say", "Good"))
    command, hint = Command("HI {n}", "sms_ask", hint="Example: HI 3"), "Mfano: " + "x" * 140
    said = faults(
        home(Tell("a", "Hi")), asks, commands=(command,), catalogs={"sw": {"Example: HI 3": hint, "Please type a number from {low} to {high}.": "y" * 60}}
    )

    assert any(one.startswith("sms_ask.n [sw]: as an SMS takes") for one in said)
    assert not any("[en]: as an SMS" in one for one in said)


def test_a_reply_longer_than_one_sms() -> None:
    said = faults(home(Tell("a", "Hi")), Flow("sms_long", Tell("say", "x" * 161)), commands=(Command("HI", "sms_long"),))

    assert said == ["sms_long.say [en]: as an SMS takes 161 of 160 septets"]


def test_a_notice_longer_than_one_sms() -> None:
    notice = Notice("long", "x" * 150 + "{name}", {"name": "Wanjiruuuu" * 2})

    assert faults(home(Tell("a", "Hi")), notices=(notice,)) == ["notice long [en]: takes 170 of 160 septets"]


def test_a_notice_in_letters_beyond_gsm_7_is_measured_in_its_own_units() -> None:
    notice = Notice("long", "ọ" * 71, {})

    assert faults(home(Tell("a", "Hi")), notices=(notice,)) == ["notice long [en]: takes 71 of 70 UCS-2 units"]


def test_an_end_that_comes_after_the_network_has_hung_up() -> None:
    steps = [Ask(f"w{n}", "Say more", Words()) for n in range(5)]

    assert any("a call lasts 180 s" in said for said in faults(home(*steps, Tell("end", "Bye"))))


def test_a_digit_that_moves() -> None:
    one = Book(Flow("home", Choose("a", "Hi", {"1 Money": "b", "2 Help": "c"}), Tell("b", "B"), Tell("c", "C")))
    two = Book(Flow("home", Choose("a", "Hi", {"1 Help": "c", "2 Money": "b"}), Tell("b", "B"), Tell("c", "C")))
    ledger = digits.written(one, "", "2026-01-01")

    assert [str(problem) for problem in digits.moved(two, ledger)] == [
        "home.a: key 1 led to b since 2026-01-01 and would now lead to c",
        "home.a: key 2 led to c since 2026-01-01 and would now lead to b",
    ]


def test_a_retired_digit_rests_for_a_year() -> None:
    one = Book(Flow("home", Choose("a", "Hi", {"1 Money": "b", "2 Help": "c"}), Tell("b", "B"), Tell("c", "C")))
    fewer = Book(Flow("home", Choose("a", "Hi", {"1 Money": "b"}), Tell("b", "B"), Tell("c", "C")))
    other = Book(Flow("home", Choose("a", "Hi", {"1 Money": "b", "2 News": "b"}), Tell("b", "B"), Tell("c", "C")))
    ledger = digits.written(fewer, digits.written(one, "", "2026-01-01"), "2026-06-01")

    assert any("rests for 12 months" in str(problem) for problem in digits.moved(other, ledger, "2026-12-31"))
    assert not any("rests" in str(problem) for problem in digits.moved(other, ledger, "2027-06-02"))


def rated(*, keys: dict[str, str], way: str = "2, 1", to: str = "rate") -> Book:
    """A book whose `1 Rate us` went from the first screen to another."""
    return Book(
        Flow(
            "home",
            Choose("a", "Hi", {"2 Me": "me"}, keys=keys),
            Choose("me", "Me", {"1 Rate us": "rate", "3 Leave": "leave"}),
            Choose("now_at_rate", f"Rate us is now at {way}.", {"1 Take me there": to}),
        ),
        Flow("rate", Tell("thanks", "Thank you")),
        Flow("leave", Tell("bye", "Bye")),
    )


def test_a_retired_digit_says_where_its_thing_is_now() -> None:
    before = Book(Flow("home", Choose("a", "Hi", {"1 Rate us": "rate"})), Flow("rate", Tell("thanks", "Thank you")))
    silent, told = rated(keys={}), rated(keys={"1": "now_at_rate"})
    ledger = digits.written(silent, digits.written(before, "", "2026-01-01"), "2026-06-01")

    assert [str(problem) for problem in digits.silent(silent, ledger, "2026-12-31")] == [
        "home.a: key 1 led to rate until 2026-06-01 and does not say where that is now"
    ]
    assert not list(digits.silent(told, ledger, "2026-12-31"))
    assert not any("rests" in str(problem) for problem in digits.moved(told, ledger, "2026-12-31"))
    assert not list(digits.silent(silent, ledger, "2027-06-02")), "after a year it may be silent"
    assert "home.a 1 now_at_rate 2026-06-02" in digits.written(told, ledger, "2026-06-02")


def test_a_key_of_one_day_is_not_remembered() -> None:
    before = Book(Flow("home", Choose("a", "Hi", {"1 Rate us": "rate"})), Flow("rate", Tell("thanks", "Thank you")))

    assert "home.a 1" not in digits.written(rated(keys={}), digits.written(before, "", "2026-06-01"), "2026-06-01")


@pytest.mark.parametrize(
    ("way", "to", "wrong"),
    [
        ("2, 1", "rate", []),
        ("Me, 1", "rate", []),
        ("2, 3", "rate", ["home.now_at_rate: names the way 2, 3, which does not lead to where its option leads"]),
        ("2, 1", "leave", ["home.now_at_rate: names the way 2, 1, which does not lead to where its option leads"]),
        ("Me", "rate", ["home.now_at_rate: names the one way where it is now, and one option that leads there"]),
    ],
)
def test_what_a_retired_digit_says_is_true(way: str, to: str, wrong: list[str]) -> None:
    assert [str(problem) for problem in paths.moved_elsewhere(rated(keys={"1": "now_at_rate"}, way=way, to=to))] == wrong


def test_the_retired_digit_leads_on() -> None:
    engine = Engine(rated(keys={"1": "now_at_rate"}), BOOK_OF_WORDS, {})
    opened = engine.open("call", "+254711000001", "en", None)
    told = engine.hear(opened.session, "1", None)

    assert opened.text == "Hi\n2 Me"
    assert told.text == "Rate us is now at 2, 1.\n1 Take me there\n0 Back"
    assert engine.hear(told.session, "1", None).text == "Thank you"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Say it: 2, 1.", []),
        ("Say it: Me, 1.", []),
        ("Say it: 2, 4.", ["home.b: names the way 2, 4, which leads nowhere"]),
        ("Say it: Me, 98, 1.", ["home.b: names the way Me, 98, 1, which leads nowhere"]),
        ("Send one number, 1 bad to 5 good", []),
    ],
)
def test_a_text_that_names_a_way_which_is_not_there(text: str, wrong: list[str]) -> None:
    book = Book(Flow("home", Choose("a", "Hi", {"2 Me": "me", "3 Bye": "b"}), Choose("me", "Me", {"1 Rate us": "b"}), Tell("b", text)))

    assert [str(problem) for problem in paths.lead_nowhere(book, (), ())] == wrong


def test_the_whole_book_is_drawn() -> None:
    from menus.draw import draw

    picture = draw(BOOK)

    assert picture.startswith("flowchart TD")
    assert all(place in picture for place, _ in BOOK)


def test_our_phrasebook_says_how_long_every_word_can_be() -> None:
    for verb in PHRASEBOOK.verbs.values():
        for carried in verb.carries.values():
            assert all(carried.values())


def test_a_flow_takes_what_is_known_where_it_is_led_to_from() -> None:
    front = home(Choose("a", "Hi", {"1 Say": "words", "2 Go": "other"}), Ask("words", "W?", Words(), then="other"))
    other = Flow("other", Tell("b", "You said {words}"), takes=("words",))

    assert faults(front, other) == ["home.a: leads to 'other', which takes 'words', not known on every way here"]


def test_nobody_comes_in_by_a_door_that_takes_something() -> None:
    assert faults(Flow("home", Tell("a", "You said {words}"), takes=("words",))) == ["home: takes words, but callers come in here with nothing"]


def test_a_list_of_something_needs_to_know_of_what() -> None:
    book = Phrasebook(verbs={}, facts={"lines": Fact(lambda world, caller, group: [], "x" * 20, rows=True)})
    front = home(Choose("a", "Hi", {"1 Go": "b"}), Browse("b", "Lines", "lines"))

    assert [str(one) for one in check(Book(front), book, {})] == ["home.b: asks for 'lines', which needs 'group', not known on every way here"]


def test_what_is_dialled_with_its_path_fits_an_opening() -> None:
    said = faults(home(Choose("a", "Hi", {"1 B": "b"}), Tell("b", "x" * 140)))

    assert said == ["home.b [en]: is 4 too long for the 140 septets of an opening when its path is dialled"]


def test_every_text_about_money_pins_and_consent_has_somebody_who_must_read_it() -> None:
    asks_pin = {place.split(".")[0] for place, step in BOOK if isinstance(step, Ask) and isinstance(step.answer, Pin)}
    moves = {place.split(".")[0] for place, step in BOOK if isinstance(step, Do) and PHRASEBOOK.verbs[step.verb].moves_money}
    assert {name for name in asks_pin | moves if not review_of(name)} == set()
    said = {one.name for one in NOTICES if "PIN" in one.text or any("KES" in longest for longest in one.words.values())}
    assert {name for name in said if not review_of(f"notice {name}")} == set()
    known = {flow.name for flow in BOOK.flows}
    assert {name for names in reviewed.FLOWS.values() for name in names} <= known
    assert {name for names in reviewed.NOTICES.values() for name in names} <= {one.name for one in NOTICES}
    readme = (Path(menus.__file__).parent / "README.md").read_text()
    for kind, who in reviewed.REVIEWERS.items():
        line = next(one for one in readme.splitlines() if one.startswith(f"| {kind} |"))
        assert who in line
        assert set(re.findall(r"`(\w+)`", line)) == reviewed.FLOWS[kind] | reviewed.NOTICES[kind]


def test_a_text_that_falls_back_is_counted() -> None:
    before = metrics.fallbacks.labels("luo")._value.get()
    phrases = Phrases(load_catalogs())
    untold = next(one.text for one in NOTICES if one.text not in phrases.catalogs["luo"])
    assert phrases.text(untold, "luo") == phrases.text(untold, "sw")
    assert metrics.fallbacks.labels("luo")._value.get() == before + 1


def test_a_flow_is_drawn_alone_with_the_ways_out_of_it() -> None:
    said = CliRunner().invoke(cli.main, ["draw", "pay_shop"])
    assert said.exit_code == 0
    assert set(re.findall(r"subgraph (\w+)", said.output)) == {"pay_shop"}
    assert "pay_shop.pin --> pin_forgotten.sure" in said.output
    assert all(line.strip().startswith("pay_shop.") for line in said.output.splitlines() if "-->" in line)
    wrong = CliRunner().invoke(cli.main, ["draw", "pay_shp"])
    assert wrong.exit_code == 2
    assert "pay_shop" in wrong.output
