"""A deploy changes the menus, and never the question that a caller has before them."""

from __future__ import annotations

from dataclasses import replace

from gateway.books import Books
from menus import data
from menus.book import BOOK
from menus.engine import Engine
from menus.screens import Book, Choose, Do, Flow, Tell
from tests.cast import CODE, WANJIRU, Village

NAMED = {"help": BOOK.help, "numbers": BOOK.numbers, "by_sms": BOOK.by_sms, "news": BOOK.news}  # what a book names itself


def deployed(village: Village, *flows: Flow) -> None:
    """Another release answers from now on, with these flows in place of ours of the same name."""
    talk = village.app.extensions["pamoja"]["conversation"]
    names = {flow.name for flow in flows}
    book = Book(*(next((one for one in flows if one.name == flow.name), flow) for flow in BOOK.flows), **NAMED)
    assert names <= {flow.name for flow in BOOK.flows}
    talk.books = Books(village.site.redis, Engine(book, talk.engine.phrasebook, talk.engine.catalogs))


def test_every_flow_is_the_same_when_it_was_written_down() -> None:
    for flow in BOOK.flows:
        assert data.from_data(data.to_data(flow)) == flow


def test_a_call_goes_on_in_the_menus_it_began_with(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials()
    old = phone.types("1")
    deployed(village, Flow("money", Choose("show", "Money, new", {"3 Balance": "balance", "1 Deliveries": "deliveries"}), title="My money"))

    assert phone.types("8") == "Not on the list.\n" + old
    assert phone.types("1").startswith("You have KES 500")
    phone.hangs_up("Success")
    village.site.redis.delete(f"pamoja:dropped:{village.organisation.id}:{WANJIRU}")
    assert phone.dials(CODE.removesuffix("#") + "*1#").startswith("Money, new")


def test_a_dropped_call_is_carried_on_with_in_its_own_menus(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials()
    phone.types("2")
    phone.types("1")
    phone.hangs_up()
    deployed(village, Flow("pay", Choose("show", "Pay, new", {"1 Send to member": "send"}), title="Send or pay"))

    assert phone.dials().startswith("You were in the middle of: Send to member")
    phone.types("1")
    assert phone.types("0").startswith("Send or pay\n1 Send to member")  # as it was


def test_a_question_that_says_so_is_taken_up_again_without_asking(village: Village) -> None:
    village.everybody()
    show = Choose("show", "Money, new", {"3 Balance": "balance", "1 Deliveries": "deliveries"}, resume="silent")
    deployed(village, Flow("money", show, title="My money"))
    phone = village.phone(WANJIRU)
    phone.dials()
    old = phone.types("1")
    phone.hangs_up()
    assert phone.dials() == old
    assert phone.types("3").startswith("You have KES 500")
    phone.hangs_up()
    village.clock.passes(minutes=16)
    village.site.redis.delete(f"pamoja:dropped:{village.organisation.id}:{WANJIRU}")  # as its time does
    assert phone.dials().startswith("Hi Wanjiru.")


def test_a_book_that_needs_words_that_are_gone_gives_way_to_the_newest(village: Village) -> None:
    village.everybody()
    talk = village.app.extensions["pamoja"]["conversation"]
    phone = village.phone(WANJIRU)
    phone.dials()
    phone.types("1")
    verbs = {name: verb for name, verb in talk.engine.phrasebook.verbs.items() if name != "buy_airtime"}
    flows = [flow for flow in BOOK.flows if not any(isinstance(step, Do) and step.verb == "buy_airtime" for step in flow.steps)]
    flows += [Flow("airtime", Tell("gone", "No airtime."), title="Airtime"), Flow("sms_airtime", Tell("gone", "No airtime."))]
    engine = Engine(Book(*flows, **NAMED), replace(talk.engine.phrasebook, verbs=verbs), talk.engine.catalogs)
    talk.books = Books(village.site.redis, engine)

    assert phone.types("1").startswith("You have KES 500")  # the place is in the newest, too


def test_a_book_that_redis_lost_gives_way_to_the_newest(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials()
    phone.types("1")
    village.site.redis.delete(*village.site.redis.keys("pamoja:book:*"))
    deployed(village, Flow("money", Choose("show", "Money, new", {"1 Balance": "balance", "3 My deliveries": "deliveries"}), title="My money"))

    assert phone.types("8").startswith("Not on the list.\nMoney, new")
