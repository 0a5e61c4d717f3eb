"""Messages out, through the real SDK to a far side with all its faults; reports back; workers that die or run twice."""

from __future__ import annotations

import gc
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from gateway.channels.africastalking import sending
from gateway.channels.africastalking.sending import AfricasTalking
from gateway.records import rows as records
from gateway.records.model import after_report
from gateway.records.verbs import Accepted, Refused, Unknown, Unreached, begin_sending, write_text
from gateway.site import Site
from gateway.store import outbox
from tests.cast import OTIENO, Village, make_settings
from tests.test_wires import wire
from workers.jobs import hold
from workers.text import port_of, send_text


def a_text(village: Village, key: str = "one", words: str = "Habari") -> int:
    with village.world() as world:
        write_text(world, key=key, number=OTIENO, kind="receipt", words=words)
        return world.write.scalar(select(records.texts.c.id).where(records.texts.c.key == key))


def state(village: Village, id: int) -> tuple[str, str]:
    """(of the message, of its job)"""
    with village.world() as world:
        return records.text(world, id).state, next(iter(outbox.about(world, "text", str(id)))).state


def send(village: Village, id: int) -> str:
    hold(village.site)
    return send_text(village.organisation.id, id)


def test_the_request_is_the_sdks_own(village: Village) -> None:
    AfricasTalking(village.settings).send_text("+254700000131", "Hello + & = é €\nline2")
    asked = village.far_side.requests[-1]

    assert asked["body"] == wire("sent_by_sdk")
    assert asked["path"] == "/version1/messaging"
    assert asked["headers"]["User-Agent"] == "africastalking-python/2.0.0"
    assert asked["headers"]["Apikey"] == "atsk_test"


@pytest.mark.parametrize(
    ("fault", "kind", "again"),
    [
        ("", Accepted, None), ("charset", Accepted, None), ("401", Refused, True), ("sender", Refused, False), ("403", Refused, False),
        ("405", Refused, True), ("406", Refused, False), ("409", Refused, False), ("500", Refused, True), ("429", Refused, True),
        ("redirect", Refused, False), ("html", Unknown, None), ("cut", Unknown, None), ("bad_json", Unknown, None), ("missing", Unknown, None),
        ("no_id", Unknown, None),
    ],
)  # fmt: skip
def test_every_fault_has_one_of_four_outcomes(sqlite_village: Village, fault: str, kind: type, again: bool | None) -> None:
    if fault:
        sqlite_village.far_side.faults.append(fault)
    outcome = AfricasTalking(sqlite_village.settings).send_text(OTIENO, "Habari")

    assert isinstance(outcome, kind), outcome
    if isinstance(outcome, Refused):
        assert outcome.again is again


def test_a_far_side_that_hangs_is_unknown(sqlite_village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "TIMEOUT_S", (0.5, 0.5))
    sqlite_village.far_side.faults.append("hang")

    assert isinstance(AfricasTalking(sqlite_village.settings).send_text(OTIENO, "Habari"), Unknown)


def test_a_far_side_that_is_not_there_was_not_reached(sqlite_village: Village) -> None:
    port = AfricasTalking(sqlite_village.settings)
    port._service._baseUrl = "http://127.0.0.1:9/version1"

    assert isinstance(port.send_text(OTIENO, "Habari"), Unreached)


@pytest.mark.parametrize("number", ["+2547", "+254700000131\n", "0712345678", "+" + "9" * 40, "+٢٥٤٧٠٠٠٠٠١٣١"])
def test_a_number_that_is_none_is_never_sent(sqlite_village: Village, number: str) -> None:
    assert AfricasTalking(sqlite_village.settings).send_text(number, "Habari") == Refused("InvalidPhoneNumber", again=False)
    assert sqlite_village.far_side.requests == []


def test_a_job_that_runs_twice_sends_once(village: Village) -> None:
    id = a_text(village)

    assert [send(village, id) for _ in range(3)] == ["accepted", "nothing", "nothing"]
    assert len(village.far_side.messages_to(OTIENO)) == 1
    assert state(village, id) == ("accepted", "done")


def test_the_same_message_is_written_once(village: Village) -> None:
    assert a_text(village) == a_text(village)


def test_a_refusal_that_may_pass_is_tried_again_later(village: Village) -> None:
    village.far_side.faults.extend(["500", "429"])
    id = a_text(village)
    village.workers_run()

    assert state(village, id) == ("waiting", "waiting")
    for _ in range(3):
        village.clock.passes(minutes=5)
        village.workers_run()
    assert state(village, id) == ("accepted", "done")
    assert len(village.far_side.messages_to(OTIENO)) == 1


def test_a_refusal_for_good_is_not_tried_again(village: Village) -> None:
    village.far_side.faults.append("406")
    id = a_text(village)
    for _ in range(3):
        village.workers_run()
        village.clock.passes(hours=1)

    assert state(village, id) == ("refused", "done")
    assert len(village.far_side.requests) == 1


def test_an_unknown_outcome_is_tried_once_more_and_then_left_to_a_person(village: Village) -> None:
    village.far_side.faults.extend(["cut", "cut", "cut"])
    id = a_text(village)
    for _ in range(6):
        village.workers_run()
        village.clock.passes(minutes=10)

    assert state(village, id) == ("unknown", "parked")
    assert len(village.far_side.requests) == 2


def test_a_report_closes_an_unknown_outcome(village: Village) -> None:
    village.far_side.faults.append("cut")
    id = a_text(village)
    village.workers_run()
    assert state(village, id)[0] == "unknown"

    message = village.far_side.messages_to(OTIENO)[-1]
    village.send("delivery", {"phoneNumber": OTIENO, "retryCount": "0", "id": message.id, "status": "Success", "networkCode": "63902"})

    assert state(village, id) == ("delivered", "done")


def test_a_worker_that_died_while_sending_leaves_a_mark(village: Village) -> None:
    id = a_text(village)
    with village.world() as world:
        begin_sending(world, id)  # and then the power went

    assert send(village, id) == "nothing"
    assert state(village, id) == ("unknown", "waiting")
    village.clock.passes(minutes=5)
    village.workers_run()
    assert state(village, id) == ("accepted", "done")


def report(village: Village, id: str, status: str, **more: str) -> None:
    village.send("delivery", {"phoneNumber": OTIENO, "id": id, "status": status, "networkCode": "63902", **more})


def test_reports_close_a_receipt_whatever_their_order(village: Village) -> None:
    id = a_text(village)
    send(village, id)
    provider_id = village.far_side.messages_to(OTIENO)[0].id
    for status in ("Buffered", "Sent", "Brand-New-Status", "AbsentSubscriber", "Success", "Failed", "Success"):
        report(village, provider_id, status)

    assert state(village, id)[0] == "delivered"


def test_a_report_may_overtake_the_answer(village: Village) -> None:
    """The report is stored under an id that no message has yet; the answer that brings the id finds it."""
    id = a_text(village)
    with village.world() as world:
        text = begin_sending(world, id)
    report(village, "ATXid_early", "Success")
    from gateway.records.verbs import note_outcome

    with village.world() as world:
        note_outcome(world, text, Accepted("ATXid_early", "KES 0.8000"))

    assert state(village, id)[0] == "delivered"


def test_what_waits_for_the_morning_is_not_sent_after_stop(village: Village) -> None:
    with village.world() as world:
        write_text(world, key="news", number=OTIENO, kind="service", words="News")
        write_text(world, key="money", number=OTIENO, kind="receipt", words="Money")
    village.phone(OTIENO).texts("STOP", "20417")
    village.workers_run()

    said = [one.words for one in village.far_side.messages_to(OTIENO)]
    assert "Money" in said
    assert "News" not in said


@pytest.mark.parametrize(
    ("before", "status", "after"),
    [
        (None, "Sent", ("Sent", None)), ("Sent", "Submitted", ("Submitted", None)), ("Buffered", "Sent", ("Buffered", None)),
        ("Sent", "Success", ("Success", "delivered")), ("AbsentSubscriber", "Success", ("Success", "delivered")),
        ("Expired", "Success", ("Success", "delivered")), ("Success", "Failed", ("Success", None)), ("Sent", "Rejected", ("Rejected", "failed")),
        (None, "NeverHeardOf", ("NeverHeardOf", None)), ("Sent", "NeverHeardOf", ("Sent", None)),
    ],
)  # fmt: skip
def test_a_report_never_moves_a_message_backwards(before: str | None, status: str, after: tuple[str, str | None]) -> None:
    assert after_report(before, status) == after


def test_what_is_sent_through_make_run_comes_back_as_delivered(village: Village) -> None:
    """The far side of a demo reports by itself; here it is asked to, over the same webhook."""
    id = a_text(village)
    send(village, id)
    message = village.far_side.messages_to(OTIENO)[0]
    report(village, message.id, "Success")

    with village.world() as world:
        kept = world.read.execute(select(records.texts).where(records.texts.c.id == id)).one()

    assert kept.state == "delivered"
    assert re.fullmatch(r"KES [0-9.]+", kept.cost)


def test_each_site_has_a_port_of_its_own(tmp_path: Path) -> None:
    """Also one that was made where another has just been: with it went the address of its far side."""
    for n in range(20):
        site = Site(make_settings(tmp_path, f"sqlite:///{tmp_path / 'none.db'}", "redis://127.0.0.1:1", f"http://127.0.0.1:{n + 1}"))
        port = port_of(site)

        assert port._settings.at_url == site.settings.at_url
        assert port_of(site) is port
        site.close()
        del site, port
        gc.collect()
