"""The bytes of Africa's Talking, as its fact sheet has them, and what Mallory would send in their place."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from gateway.joined import join as join_app
from gateway.records import rows as records
from gateway.site import Site
from tests.cast import MALLORY, OLD_TOKEN, TOKEN, WANJIRU, Village, make_settings

WIRES = Path(__file__).parent / "wires" / "africastalking"
FORM = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "at-ussd-api/1.0"}
OCTETS = {
    "hop_first": 130, "hop_second": 131, "hop_third": 135, "hop_pin": 142, "hop_empty_answer": 138, "end_success": 313, "end_incomplete": 282,
    "end_failed": 314, "sms_iso_date": 153, "sms_blank_date": 203, "delivery_failed": 144, "delivery_success": 115, "optout": 44,
}  # fmt: skip
JOIN = "CON Karibu Umoja! Choose language\n1 Kiswahili\n2 English\n3 Francais\n4 Gikuyu\n5 Dholuo"


def wire(name: str) -> str:
    return (WIRES / f"{name}.form").read_text()


def post(village: Village, path: str, body: str, token: str = TOKEN, **headers: str):
    return village.web.post(f"/at/{token}/{path}", data=body, headers={**FORM, **headers})


@pytest.mark.parametrize("name", OCTETS)
def test_the_recorded_bytes_are_whole(name: str) -> None:
    assert len(wire(name)) == OCTETS[name]


def test_a_first_hop_is_answered_byte_for_byte(village: Village) -> None:
    answer = post(village, "ussd", wire("hop_first"))

    assert answer.status_code == 200
    assert answer.get_data() == JOIN.encode()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Length"] == str(len(JOIN.encode()))
    assert answer.headers["at-ussd-hop-metadata"] == "join.language"


def test_a_call_of_recorded_hops(village: Village) -> None:
    """The sheet's own session, PIN and all: its words fit a stranger's menus and change nothing of anybody's."""
    said = [post(village, "ussd", wire(name)).get_data(as_text=True) for name in ("hop_first", "hop_second", "hop_third", "hop_pin")]

    assert all(one.startswith("CON ") for one in said)
    assert said[1].startswith("CON Umoja huweka nambari")
    assert "4455" not in "".join(said)


def test_the_fields_may_come_in_any_order_with_a_charset_and_more_of_them(village: Village) -> None:
    fields = parse_qsl(wire("hop_first"), keep_blank_values=True)
    for number, order in enumerate(itertools.islice(itertools.permutations(fields), 0, 120, 17)):
        mixed = [(name, value + str(number) if name == "sessionId" else value) for name, value in order]
        answer = post(village, "ussd", urlencode([*mixed, ("newField", "x")]), **{"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"})

        assert answer.get_data() == JOIN.encode()


@pytest.mark.parametrize("number", ["254700000131", " 254700000131", "+254700000131"])
def test_a_plus_that_was_lost_is_found_again(village: Village, number: str) -> None:
    fields = dict(parse_qsl(wire("hop_first"), keep_blank_values=True)) | {"phoneNumber": number}

    assert post(village, "ussd", urlencode(fields)).get_data() == JOIN.encode()


def test_both_live_tokens_open_and_no_other(village: Village) -> None:
    assert post(village, "ussd", wire("hop_first"), token=OLD_TOKEN).status_code == 200
    for token in [TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "x" * 34, "%00", *(random.Random(1).randbytes(16).hex() for _ in range(200))]:
        answer = post(village, "ussd", wire("hop_first"), token=token)

        assert answer.status_code == 404
        assert TOKEN not in answer.get_data(as_text=True)


def test_a_token_is_compared_in_constant_time() -> None:
    source = (Path(__file__).parent.parent / "gateway/channels/door.py").read_text()

    assert "hmac.compare_digest(token" in source
    assert "token ==" not in source


@pytest.mark.parametrize(
    "change",
    [
        {"phoneNumber": "nobody"}, {"phoneNumber": ""}, {"phoneNumber": "+2547000001310000000000"}, {"serviceCode": "384"}, {"serviceCode": ""},
        {"sessionId": ""}, {"sessionId": "x" * 81}, {"sessionId": "a b"}, {"text": "1" * 1001},
    ],
)  # fmt: skip
def test_a_malformed_hop_ends_politely(village: Village, change: dict[str, str]) -> None:
    fields = dict(parse_qsl(wire("hop_first"), keep_blank_values=True)) | change
    answer = post(village, "ussd", urlencode(fields))

    assert answer.status_code == 200
    assert answer.get_data(as_text=True).startswith("END ")


def test_a_field_that_comes_twice_is_no_field(village: Village) -> None:
    answer = post(village, "ussd", wire("hop_first") + "&phoneNumber=%2B254711000001")

    assert answer.get_data(as_text=True).startswith("END ")


def test_what_is_too_large_or_in_the_query_is_refused(village: Village) -> None:
    """With a 200 all the same: an error page costs the caller the call, and a message would come again for twelve hours."""
    for answer in (
        post(village, "ussd", "text=" + "x" * 17_000),
        village.web.post(f"/at/{TOKEN}/ussd?phoneNumber=x", data=wire("hop_first"), headers=FORM),
    ):
        assert (answer.status_code, answer.get_data(as_text=True)) == (200, "END Sorry, this call cannot be read. Please dial again.")
    assert post(village, "sms", "text=" + "x" * 17_000).status_code == 200
    with village.world() as world:
        assert world.read.scalar(select(func.count()).select_from(records.texts_in)) == 0
    assert village.web.get(f"/at/{TOKEN}/ussd").status_code == 405


def test_a_code_that_is_nobodys_ends_politely(village: Village) -> None:
    fields = dict(parse_qsl(wire("hop_first"), keep_blank_values=True)) | {"serviceCode": "*999#"}

    assert post(village, "ussd", urlencode(fields)).get_data(as_text=True) == "END This code is not in service."


def test_addresses_are_allowed_behind_a_known_number_of_proxies(sqlite_village: Village, tmp_path: Path) -> None:
    ours = make_settings(
        tmp_path, sqlite_village.settings.database_url, sqlite_village.settings.redis_url, sqlite_village.settings.at_url,
        PAMOJA_ALLOWED_ADDRESSES="18.133.205.228/32, 164.177.141.0/24", PAMOJA_PROXIES="1",
    )  # fmt: skip
    web = join_app(Site(ours)).test_client()

    def status(forwarded: str) -> int:
        return web.post(f"/at/{TOKEN}/ussd", data=wire("hop_first"), headers={**FORM, "X-Forwarded-For": forwarded}).status_code

    assert status("18.133.205.228") == 200
    assert status("164.177.141.82") == 200
    assert status("10.0.0.1") == 403
    assert status("18.133.205.228, 10.0.0.1") == 403  # what the client says of itself does not count


@pytest.mark.parametrize("name", ["end_success", "end_incomplete", "end_failed"])
def test_the_end_of_a_call_is_noted_once_and_nothing_of_what_was_typed(village: Village, name: str) -> None:
    for _ in range(3):
        assert post(village, "ussd/end", wire(name)).status_code == 200

    with village.world() as world:
        ends = list(world.read.execute(select(records.call_ends)))

    assert len(ends) == 1
    assert ends[0].status == {"end_success": "Success", "end_incomplete": "Incomplete", "end_failed": "Failed"}[name]
    assert "1*2" not in repr(ends)
    assert "7F2K" not in repr(ends)


def test_an_incoming_sms_is_kept_once_with_its_digits_masked(village: Village) -> None:
    for _ in range(3):
        assert post(village, "sms", wire("sms_iso_date")).status_code == 200
        assert post(village, "sms", wire("sms_blank_date")).status_code == 200

    with village.world() as world:
        kept = [row.words for row in world.read.execute(select(records.texts_in).order_by(records.texts_in.c.id))]

    assert kept == ["BAL ****", "Tuma 50 & asante +1"]


@pytest.mark.parametrize("name", ["delivery_failed", "delivery_success"])
def test_a_report_of_an_unknown_message_is_kept_and_taken(village: Village, name: str) -> None:
    for _ in range(2):
        assert post(village, "delivery", wire(name)).status_code == 200

    with village.world() as world:
        assert len(list(world.read.execute(select(records.reports)))) == 1


def test_who_opts_out_gets_no_more(village: Village) -> None:
    post(village, "optout", wire("optout"))

    with village.world() as world:
        assert records.stopped(world, "+254700000131")
        assert not records.stopped(world, WANJIRU)


@given(
    path=st.sampled_from(["ussd", "ussd/end", "sms", "delivery", "optout"]),
    fields=st.dictionaries(
        st.sampled_from(["phoneNumber", "serviceCode", "text", "sessionId", "networkCode", "from", "to", "id", "status", "date", "durationInMillis", "cost"]),
        st.one_of(st.text(max_size=40), st.sampled_from([MALLORY, "*384*20417#", "20417", "1*2", "ATUid_1", "Success", "9" * 30, "\x00", "¡", "{name}"])),
        max_size=8,
    ),
)
def test_no_form_makes_an_error_page(sqlite_village: Village, path: str, fields: dict[str, str]) -> None:
    answer = post(sqlite_village, path, urlencode(fields, errors="surrogatepass"))

    assert answer.status_code == 200
    if path == "ussd":
        assert answer.get_data(as_text=True)[:4] in ("CON ", "END ")


@given(st.binary(max_size=300))
def test_no_body_makes_an_error_page(sqlite_village: Village, body: bytes) -> None:
    answer = sqlite_village.web.post(f"/at/{TOKEN}/ussd", data=body, headers=FORM)

    assert answer.status_code == 200
    assert answer.get_data(as_text=True)[:4] in ("CON ", "END ")
