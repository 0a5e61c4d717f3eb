"""Calls: hops that come twice, at once, out of order, from the wrong phone; Redis that forgets; code that fails."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import redis
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from gateway.calls import HOPS_A_MINUTE, Calls
from gateway.channels.africastalking.handset import Habits
from gateway.conversation import Heard
from gateway.ledger import tables
from gateway.members import payments
from gateway.members import rows as members
from gateway.phrasebook import PHRASEBOOK
from gateway.records import rows as records
from gateway.site import REDIS_TIMEOUT_S, _redis
from gateway.store.trips import TRIES, Trips
from gateway.world import World
from menus.phrasebook import Verb
from tests.cast import CODE, MALLORY, OTIENO, SECRET_KEY, WANJIRU, Village


def hop(village: Village, text: str, call: str = "ATUid_1", caller: str = WANJIRU, code: str = CODE) -> str:
    status, body = village.send("ussd", {"phoneNumber": caller, "serviceCode": code, "text": text, "sessionId": call, "networkCode": "99999"})
    assert status == 200
    return body


def transfers(village: Village) -> int:
    with village.world() as world:
        return world.read.scalar(select(func.count()).select_from(tables.transfers).where(tables.transfers.c.kind == "transfer"))


PAY = "2*1*0722000002*200"


def up_to_the_pin(village: Village, call: str = "ATUid_1") -> None:
    for text in ("", "2", "2*1", "2*1*0722000002", PAY):
        hop(village, text, call)


def test_thirty_two_times_the_same_hop_at_once_pays_once(village: Village) -> None:
    village.everybody()
    up_to_the_pin(village)
    with ThreadPoolExecutor(32) as phones:
        answers = set(phones.map(lambda _: hop(village, PAY + "*4715"), range(32)))

    sent = {one for one in answers if "Sent KES 200 to Otieno" in one}
    assert len(sent) == 1
    assert transfers(village) == 1
    assert village.balance(OTIENO) == 200_00


def test_two_answers_at_once_do_not_interleave(village: Village) -> None:
    """One lock a caller: of two different tails on the same beginning one is heard, the other has lost its place."""
    village.everybody()
    hop(village, "")
    with ThreadPoolExecutor(2) as phones:
        answers = list(phones.map(lambda text: hop(village, text), ["1", "2"]))

    assert sorted(one[:4] for one in answers) == ["CON ", "END "]


def test_two_callers_do_not_meet(village: Village) -> None:
    village.everybody()
    with ThreadPoolExecutor(2) as phones:
        first, second = phones.map(lambda who: hop(village, "1*1", f"ATUid_{who}", who), [WANJIRU, OTIENO])

    assert "KES 500" in first
    assert "KES 0" in second


def test_the_same_hop_gives_the_same_bytes_and_runs_nothing(village: Village) -> None:
    village.everybody()
    hop(village, "")
    hop(village, "5")
    hop(village, "5*3")
    hop(village, "5*3*Pay us on Friday")
    said = {hop(village, "5*3*Pay us on Friday*1") for _ in range(5)}

    assert len(said) == 1
    with village.world() as world:
        from gateway.community.items.tables import items

        assert world.read.scalar(select(func.count()).select_from(items)) == 1


@pytest.mark.parametrize("text", ["", "3", "2*2", "2*1*07", "1*1*1*1*1*1"])
def test_a_shorter_or_other_transcript_ends_politely_and_changes_nothing(village: Village, text: str) -> None:
    village.everybody()
    up_to_the_pin(village)

    assert hop(village, text).startswith("END We lost our place.")
    assert transfers(village) == 0
    assert hop(village, PAY + "*4715").startswith("END Sent KES 200")  # the call itself was not hurt


def test_a_call_belongs_to_its_number_and_its_code(village: Village) -> None:
    village.everybody()
    up_to_the_pin(village)

    assert hop(village, PAY + "*4715", caller=MALLORY).startswith("END We lost our place.")
    assert hop(village, PAY + "*4715", code="*384*99999#") == "END This code is not in service."
    assert transfers(village) == 0


def test_a_hop_after_the_end_says_that_the_call_is_over(village: Village) -> None:
    village.everybody()
    up_to_the_pin(village)
    hop(village, PAY + "*4715")

    assert hop(village, PAY + "*4715*1").startswith("END This call is over.")


def test_a_dial_string_stops_before_a_secret(village: Village) -> None:
    village.everybody()

    assert hop(village, PAY + "*4715").startswith("CON Send KES 200 to Otieno")
    assert transfers(village) == 0


@pytest.mark.parametrize("heard", range(5))
def test_a_call_that_redis_lost_is_heard_again(village: Village, heard: int) -> None:
    village.everybody()
    texts = ["", "2", "2*1", "2*1*0722000002", PAY]
    for number, text in enumerate(texts):
        hop(village, text)
        if number == heard:
            village.site.redis.flushdb()

    said = hop(village, PAY + "*4715")
    if heard == 4:  # lost right before the PIN: it is in the transcript, where no PIN is heard, so it is asked for again
        assert said.startswith("CON Send KES 200 to Otieno")
        said = hop(village, PAY + "*4715*4715")
    assert said.startswith("END Sent KES 200")
    assert transfers(village) == 1


def test_a_payment_whose_answer_was_lost_with_redis_is_not_paid_again(village: Village) -> None:
    village.everybody()
    up_to_the_pin(village)
    hop(village, PAY + "*1111")
    hop(village, PAY + "*1111*4715")
    village.site.redis.flushdb()

    assert "has sent KES 200 to Otieno already" in hop(village, PAY + "*1111*4715")
    village.site.redis.flushdb()
    assert "has sent KES 200 to Otieno already" in hop(village, PAY + "*1111*4715*4715")
    assert transfers(village) == 1


def test_the_same_payment_twice_in_one_call_is_one(village: Village) -> None:
    """Should the screens ever let it through, the ledger does not."""
    village.everybody()
    with village.world() as world:
        me, you = payments.the_member(world, WANJIRU), payments.receiver_of(world, OTIENO)
        one = payments._send(world, me, you, 10_000, 0, "ussd", "ATUid_9-5", "ATUid_9")
        two = payments._send(world, me, you, 10_000, 0, "ussd", "ATUid_9-6", "ATUid_9")

    assert one.ref == two.ref
    assert transfers(village) == 1


def test_an_exception_in_mid_hop_ends_with_a_true_sentence(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    up_to_the_pin(village)

    def broken(world: object, caller: str, to: str, amount: int, pin: object, quoted_fee: int, key: str) -> payments.Sent:
        raise RuntimeError(f"boom {pin} {pin.reveal()}")  # type: ignore[attr-defined]

    monkeypatch.setitem(PHRASEBOOK.verbs, "send_money", Verb(broken, moves_money=True))  # type: ignore[arg-type]

    assert hop(village, PAY + "*4715").startswith("END This took too long. If you were sending money, wait for the SMS.")
    assert transfers(village) == 0


def test_redis_away_ends_politely_and_soon(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    away = _redis("redis://127.0.0.1:9/0", 1.0)
    monkeypatch.setattr(village.app.extensions["pamoja"]["conversation"], "calls", Calls(away, SECRET_KEY))

    assert hop(village, "").startswith("END We cannot answer now.")
    assert TRIES * REDIS_TIMEOUT_S < 3  # and all tries together leave time for an answer


def test_a_late_worker_cannot_save_over_a_newer_turn(village: Village) -> None:
    """The fence: a turn that lost its lock, because it slept too long, saves nothing."""
    village.everybody()
    hop(village, "")
    talk = village.app.extensions["pamoja"]["conversation"]
    began, go_on, hear = threading.Event(), threading.Event(), talk.engine.__class__.hear

    def slow(engine: object, session: object, typed: str, world: object, **more: object) -> object:
        if typed == "1" and not began.is_set():
            began.set()
            go_on.wait(5)
        return hear(engine, session, typed, world, **more)

    talk.engine.__class__.hear = slow
    try:
        with ThreadPoolExecutor(1) as sleeper:
            late = sleeper.submit(hop, village, "1")
            began.wait(5)
            for key in village.site.redis.scan_iter("pamoja:lock:*"):
                village.site.redis.delete(key)  # its time is over
            assert hop(village, "2").startswith("CON Send or pay")
            go_on.set()
            late.result()
    finally:
        talk.engine.__class__.hear = hear

    assert hop(village, "2*1").startswith("CON Send to who?")


def test_who_dials_like_a_machine_is_asked_to_wait(village: Village) -> None:
    village.everybody()
    said = [hop(village, "", f"ATUid_{number}") for number in range(HOPS_A_MINUTE + 1)]

    assert said[-1].startswith("END Too many dials")
    assert hop(village, "", "ATUid_other", OTIENO).startswith("CON Hi Otieno")


def test_traces_hold_names_of_screens_and_dots_for_secrets(village: Village) -> None:
    village.everybody()
    up_to_the_pin(village)
    hop(village, PAY + "*1111")
    hop(village, PAY + "*1111*4715")
    village.workers_run()
    with village.world() as world:
        seen = [(row.label, row.typed, row.note) for row in records.hops_of(world, "ATUid_1")]

    assert seen == [
        ("home.welcome", "", "dial"), ("pay.show", "2", ""), ("send.to", "1", ""), ("send.amount", "0722000002", ""),
        ("send.pin", "200", ""), ("send.pin", "****", ""), ("send.sent", "****", ""),
    ]  # fmt: skip


@given(st.lists(st.text("0123456789*#Aa ", max_size=8), min_size=1, max_size=8))
def test_what_is_heard_is_what_was_typed(sqlite_village: Village, answers: list[str]) -> None:
    """Prefix and rest give every answer back, stars and all: nothing is ever split by its stars."""
    talk = sqlite_village.app.extensions["pamoja"]["conversation"]
    heard = []
    hear = talk.engine.__class__.hear

    def listening(engine: object, session: object, typed: str, world: object, **more: object) -> object:
        heard.append(typed)
        return hear(engine, session, typed, world, **more)

    talk.engine.__class__.hear = listening
    call = f"ATUid_{time.monotonic_ns()}"
    sqlite_village.site.redis.flushdb()
    try:
        talk.take_turn(Heard("at", call, MALLORY, CODE, ""))
        text, said = "", []
        for number, answer in enumerate(answers):
            before, text = text, answer if number == 0 else f"{text}*{answer}"
            if text == before:
                continue  # an empty first answer is the same hop again
            turn = talk.take_turn(Heard("at", call, MALLORY, CODE, text))
            said.append(answer)
            if turn.ends:
                break
    finally:
        talk.engine.__class__.hear = hear

    stars_lost = [one.removeprefix("*") if number == 0 else one for number, one in enumerate(said)]
    assert heard == stars_lost


def test_redis_that_dies_after_the_money_moved_does_not_say_dial_again(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    up_to_the_pin(village)
    talk = village.app.extensions["pamoja"]["conversation"]
    away = _redis("redis://127.0.0.1:9/0", 1.0)
    monkeypatch.setattr(talk.calls, "leave", Calls(away, SECRET_KEY).leave)

    assert hop(village, PAY + "*4715").startswith("END Sent KES 200 to Otieno")


def test_a_right_pin_is_right_whatever_becomes_of_the_payment(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the database is busy")

    monkeypatch.setattr("gateway.intake.ledger.reserve_many", broken)
    for number in range(4):
        up_to_the_pin(village, f"ATUid_{number}")
        assert hop(village, PAY + "*4715", f"ATUid_{number}").startswith("END This took too long")
    monkeypatch.undo()

    up_to_the_pin(village, "ATUid_last")
    assert hop(village, PAY + "*4715", "ATUid_last").startswith("END Sent KES 200")


def test_a_blocked_member_does_not_come_in_by_carrying_on(village: Village) -> None:
    from sqlalchemy import text

    village.everybody()
    up_to_the_pin(village)
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*2*1*0722000002#")
    phone.hangs_up()
    with village.world() as world:
        world.write.execute(text("UPDATE members SET status = 'blocked' WHERE name = 'Wanjiru'"))

    assert phone.dials().startswith("This number cannot use Umoja now.")
    assert hop(village, PAY + "*4715").startswith("END PIN locked")
    phone.texts("BAL", "20417")
    village.workers_run()
    assert village.far_side.messages_to(WANJIRU)[-1].words.startswith("This number cannot use Umoja now.")
    assert transfers(village) == 0


def test_the_receiver_sees_their_own_balance_behind_a_payment_with_a_fee(village: Village) -> None:
    village.everybody()
    up_to_the_pin(village)
    hop(village, PAY + "*4715")

    assert "Left KES 200" in hop(village, "1*2*1", "ATUid_seen", OTIENO)


def test_sms_from_the_menu_are_capped(village: Village) -> None:
    village.everybody()
    said = []
    for _ in range(payments.TEXTS_A_DAY + 1):
        village.phone(WANJIRU).dials("*384*20417*1*1#")
        said.append(village.phone(WANJIRU).types("2"))

    assert said[0].startswith("The SMS is on its way")
    assert said[-1].startswith("That is many SMS for one day")


@pytest.mark.parametrize("typed", ["200*4715", " 4715", "٤٧١٥"])
def test_a_pin_typed_ahead_or_elsewhere_is_dots(village: Village, typed: str) -> None:
    village.everybody()
    hop(village, "2*1*0722000002")
    hop(village, f"2*1*0722000002*{typed}")
    village.workers_run()
    with village.world() as world:
        kept = repr([row.typed for row in world.read.execute(select(records.hops))])

    assert "4715" not in kept
    assert "٤٧١٥" not in kept


def test_a_nul_is_no_letter(village: Village) -> None:
    village.everybody()
    assert hop(village, "\x005").startswith("CON Ideas and votes")
    village.phone(WANJIRU).texts("IDEA a\x00b", "20417")
    village.workers_run()

    assert any("Idea" in one.words for one in village.far_side.messages_to(WANJIRU))


def test_two_first_lookups_at_once_are_both_counted(village: Village) -> None:
    village.everybody()
    with ThreadPoolExecutor(4) as phones:
        answers = list(phones.map(lambda n: hop(village, "2*1*0722000002", f"ATUid_{n}", [WANJIRU, "+254733000003"][n % 2]), range(4)))

    assert all("How much to Otieno?" in one or "Kiasi gani kwa Otieno?" in one for one in answers)


def test_a_pool_that_is_replaced_takes_its_lines_along(redis_url: str) -> None:
    """Also when the new one stands where the old one stood."""
    client = redis.Redis.from_url(redis_url)
    trips = Trips(client)
    for database in (1, 2) * 10:
        client.connection_pool = redis.ConnectionPool.from_url(redis_url)  # one that no trip is made with
        client.connection_pool = redis.ConnectionPool.from_url(f"{redis_url.split('?', maxsplit=1)[0]}?db={database}")
        trips.ask(("SET", "whose", database))

        assert trips.ask(("GET", "whose"))[0] == client.get("whose")


def test_a_turn_ends_at_its_deadline_with_a_true_sentence(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    slow = members.by_number

    def crawl(world, number):
        world.deadline -= 1.5  # as if it had taken so long
        return slow(world, number)

    monkeypatch.setattr(members, "by_number", crawl)
    phone = village.phone(WANJIRU)
    assert phone.dials().startswith("This took too long.")
    assert not phone.open
    monkeypatch.undo()
    assert "Hi Wanjiru." in phone.dials()


def test_what_was_asked_for_in_time_is_done_though_the_turn_ran_out(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials()
    for answer in ("2", "1", "0722000002", "100"):
        phone.types(answer)
    before, ask = village.balance(OTIENO), World.ask

    def late(world, wish):
        outcome = ask(world, wish)
        world.deadline = 0.0
        return outcome

    monkeypatch.setattr(World, "ask", late)
    said = phone.types("4715")
    monkeypatch.undo()
    village.workers_run()
    assert village.balance(OTIENO) == before + 10_000
    assert "wait for the SMS" in said or "Sent KES 100" in said or "We are sending" in said
    assert any("KES 100" in words for words in village.sms(WANJIRU))


def test_each_network_has_its_own_most_letters_of_an_answer(village: Village) -> None:
    village.everybody()
    for network, letters, asked in (("99999", 80, True), ("63903", 85, False), ("63903", 90, True)):
        phone = village.phone(WANJIRU, Habits(network=network))
        phone.dials("*384*20417*5*3#")
        assert ("may have cut it" in phone.types("w" * letters)) is asked, (network, letters)


def test_a_network_with_more_room_shows_more(village: Village) -> None:
    village.everybody()
    shown = {}
    for network in ("99999", "63903"):
        phone = village.phone(OTIENO if shown else WANJIRU, Habits(network=network))
        phone.dials()
        for answer in ("5", "98"):
            phone.types(answer)
        shown[network] = phone.types("5")
    assert len(shown["99999"]) <= 160 < len(shown["63903"]) <= 182
