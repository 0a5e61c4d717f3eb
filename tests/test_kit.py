"""The conformance kit: the same call on every provider and every network's habits brings the same screens and the same books."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from gateway.channels.africastalking.handset import Habits
from gateway.channels.hubtel.handset import Handset as HubtelHandset
from gateway.records import rows as records
from tests.cast import CODE, MALLORY, OTIENO, TOKEN, WANJIRU, Village
from tests.looks import where

Answer = tuple[int, dict[str, Any]]


def hubtel(village: Village) -> Callable[[Mapping[str, Any]], Answer]:
    def post(step: Mapping[str, Any]) -> Answer:
        answer = village.web.post(f"/hubtel/{TOKEN}/ussd", json=dict(step))
        return answer.status_code, answer.get_json(silent=True) or {}

    return post


class OnAPage(HubtelHandset):
    """A phone as /phone keeps it: the page knows the last two steps, and each is sent by a handset that knows nothing else."""

    def _sends(self, kind: str, message: str) -> str:
        self.before, self.answer = self.answer if self.hops else "", message
        self.hops += 1
        kept = HubtelHandset(self.number, self.code, self._post, reordered=True)
        kept.call, kept.state, kept.hops = self.call, self.state, self.hops
        kept.knows_before(self.before, self.state_before if self.hops > 1 else "")
        self.screen = kept.steps(self.answer)
        self.state_before, self.state, self.open, self._step = self.state, kept.state, kept.open, kept._step
        self.complaints += kept.complaints
        return self.screen


PHONES: dict[str, Callable[[Village, str], Any]] = {
    "africastalking": lambda village, number: village.phone(number, Habits()),
    "africastalking, every hop twice": lambda village, number: village.phone(number, Habits(twice=True)),
    "africastalking, every hop twice at once": lambda village, number: village.phone(number, Habits(at_once=True)),
    "africastalking, every hop once more behind the next": lambda village, number: village.phone(number, Habits(reordered=True)),
    "africastalking, slow, the opening cut at 140": lambda village, number: village.phone(number, Habits(slow_s=0.01, opening=140)),
    "africastalking, fields shuffled, no plus, a charset": lambda village, number: village.phone(number, Habits(shuffled=True, no_plus=True, charset=True)),
    "africastalking, the end told before": lambda village, number: village.phone(number, Habits(end="before")),
    "africastalking, the end told twice": lambda village, number: village.phone(number, Habits(end="twice")),
    "africastalking, the end never told": lambda village, number: village.phone(number, Habits(end="never")),
    "hubtel": lambda village, number: HubtelHandset(number, CODE, hubtel(village)),
    "hubtel, every step twice": lambda village, number: HubtelHandset(number, CODE, hubtel(village), twice=True),
    "hubtel, every step once more behind the next": lambda village, number: HubtelHandset(number, CODE, hubtel(village), reordered=True),
    "hubtel, kept by a page, every step once more behind the next": lambda village, number: OnAPage(number, CODE, hubtel(village)),
}


@pytest.fixture(params=list(PHONES))
def line(request: pytest.FixtureRequest, village: Village) -> Callable[[str], Any]:
    """A phone of any provider, on a network of any habit."""
    return lambda number: PHONES[request.param](village, number)


def without_ref(screen: str) -> str:
    return screen.split(" Ref ", maxsplit=1)[0]


def test_a_payment_is_the_same_everywhere(village: Village, line: Callable[[str], Any]) -> None:
    village.everybody()
    phone = line(WANJIRU)
    screens = [phone.dials(), *(phone.types(one) for one in ("2", "1", "0722000002", "100", "1111", "4715"))]

    assert screens[0].splitlines()[0] == "Hi Wanjiru."
    assert screens[3] == "How much to Otieno?\nYou have KES 500\n0 Back 00 Home"
    assert screens[5].startswith("Wrong PIN. Tries left: 2.")
    assert without_ref(screens[6]) == "Sent KES 100 to Otieno. Fee KES 0. You have KES 400."
    assert not phone.open
    assert phone.complaints == []
    assert village.balance(WANJIRU) == 40_000
    assert village.balance(OTIENO) == 10_000


def test_a_star_in_free_words_is_a_star(village: Village, line: Callable[[str], Any]) -> None:
    village.everybody()
    phone = line(WANJIRU)
    phone.dials()
    phone.types("5")
    phone.types("3")

    assert phone.types("milk * 2 before noon").startswith("Show your name?")
    assert phone.types("1").startswith("Idea ")
    with village.world() as world:
        from gateway.community.items.rows import page

        assert [one.words for one in page(world, before=None, most=5, kinds=("idea",))] == ["milk * 2 before noon"]


def test_dialling_a_longer_code_leads_there(village: Village, line: Callable[[str], Any]) -> None:
    village.everybody()
    phone = line(WANJIRU)

    assert phone.dials(CODE.removesuffix("#") + "*1*1#").startswith("You have KES 500")


def test_the_same_hop_again_has_the_same_answer(village: Village, line: Callable[[str], Any]) -> None:
    village.everybody()
    phone = line(WANJIRU)
    phone.dials()
    screen = phone.types("1")

    assert phone.again() == screen


def test_a_call_that_drops_goes_on_at_its_question_and_never_in_money(village: Village, line: Callable[[str], Any]) -> None:
    village.everybody()
    phone = line(WANJIRU)
    phone.dials()
    for answer in ("5", "3", "a tap beside the school"):
        phone.types(answer)
    phone.hangs_up()
    assert phone.dials().startswith("You were in the middle of: New idea")
    assert phone.types("1").startswith("Show your name?")
    phone.types("00")
    for answer in ("2", "1", "0722000002", "100"):
        phone.types(answer)
    assert "PIN" in phone.screen
    phone.hangs_up()
    assert phone.dials().startswith("Hi Wanjiru.")
    assert village.balance(WANJIRU) == 50_000
    assert phone.complaints == []


def test_two_callers_interleaved_do_not_mix(village: Village, line: Callable[[str], Any]) -> None:
    village.everybody()
    one, other = line(WANJIRU), line(OTIENO)
    one.dials()
    other.dials()
    one.types("1")
    other.types("1")

    assert one.types("1").startswith("You have KES 500")
    assert other.types("1").startswith("You have KES 0")


def test_a_step_out_of_turn_is_refused_and_changes_nothing(village: Village) -> None:
    village.everybody()
    post = hubtel(village)
    phone = HubtelHandset(WANJIRU, CODE, post)
    phone.dials()
    phone.types("1")
    status, answer = post({**phone._step, "Sequence": 9, "Message": "1"})

    assert status == 200
    assert answer["Type"] == "release"
    assert answer["Message"].startswith("We lost our place.")


def test_a_payment_in_a_call_that_redis_lost_is_told_and_not_made_again(village: Village) -> None:
    """Also where no transcript comes: the step is sent again, and nothing of the call is left with us."""
    village.everybody()
    phone = HubtelHandset(WANJIRU, CODE, hubtel(village))
    for answer in (None, "2", "1", "0722000002", "100", "4715"):
        phone.types(answer) if answer else phone.dials()
    village.site.redis.flushdb()

    assert phone.again().startswith("This call has sent KES 100 to Otieno already.")
    assert village.balance(WANJIRU) == 40_000


def test_an_empty_answer_is_empty(village: Village) -> None:
    village.everybody()
    phone = HubtelHandset(MALLORY, CODE, hubtel(village))
    phone.dials()
    phone.types("2")
    phone.types("1")
    _, answer = hubtel(village)({**phone._step, "Sequence": 4, "Message": None})

    assert answer["Message"].startswith("Please type your name in letters.")


def test_a_call_that_redis_lost_begins_again_where_no_transcript_comes(village: Village) -> None:
    village.everybody()
    phone = HubtelHandset(WANJIRU, CODE, hubtel(village))
    for answer in (None, "2", "1", "0722000002", "100"):
        phone.types(answer) if answer else phone.dials()
    village.site.redis.flushdb()

    assert phone.types("4715").startswith("Hi Wanjiru.")
    assert village.balance(WANJIRU) == 50_000


@pytest.mark.parametrize("kind", ["Release", "timeout", "TIMEOUT"])
def test_the_end_of_a_call_is_noted(village: Village, kind: str) -> None:
    village.everybody()
    phone = HubtelHandset(WANJIRU, CODE, hubtel(village))
    phone.dials()
    status, answer = phone._post({**phone._step, "Type": kind, "Message": "4715"})
    with village.world() as world:
        ends = list(world.read.execute(select(records.call_ends)))

    assert (status, answer) == (200, {})
    assert [one.status for one in ends] == ["Success" if kind == "Release" else "Incomplete"]
    assert not where("4715", repr(ends))


def test_the_case_of_words_and_the_kind_of_numbers_do_not_matter(village: Village) -> None:
    village.everybody()
    post = hubtel(village)
    step = {"SessionId": "s1", "ServiceCode": CODE.strip("*#"), "Mobile": WANJIRU[1:], "Operator": "MTN", "Message": CODE}

    assert post({**step, "Type": "INITIATION", "Sequence": "1"})[1]["Message"].startswith("Hi Wanjiru.")
    assert post({**step, "Type": "response", "Sequence": 2, "Message": "1", "ClientState": CODE})[1]["Message"].startswith("My money")


@pytest.mark.parametrize(
    "change",
    [
        {"Mobile": "nobody"}, {"Mobile": ""}, {"SessionId": ""}, {"SessionId": "a b"}, {"Sequence": "x"}, {"Sequence": 0}, {"Sequence": -1}, {"Type": "query"},
        {"ServiceCode": "999", "Message": "*999#"}, {"Message": "x" * 301}, {"ServiceCode": CODE.strip("*#") + "9", "Message": CODE.strip("#") + "9#"},
    ],
)  # fmt: skip
def test_a_malformed_step_ends_politely(village: Village, change: dict[str, Any]) -> None:
    step = {"SessionId": "s1", "ServiceCode": CODE.strip("*#"), "Mobile": MALLORY[1:], "Operator": "mtn", "Message": CODE, "Type": "initiation", "Sequence": 1}
    status, answer = hubtel(village)({**step, **change})

    assert status == 200
    assert answer["Type"] == "release"


def test_only_who_knows_the_token_is_heard(village: Village) -> None:
    assert village.web.post(f"/hubtel/{TOKEN}x/ussd", json={}).status_code == 404


@given(
    fields=st.dictionaries(
        st.sampled_from(["SessionId", "ServiceCode", "Type", "Message", "Operator", "Mobile", "ClientState", "Sequence"]),
        st.one_of(
            st.none(), st.integers(), st.text(max_size=20), st.lists(st.integers(), max_size=2),
            st.sampled_from([CODE, MALLORY, "initiation", "response", "timeout", "1", "s1"]),
        ),
    )
)  # fmt: skip
def test_no_step_makes_an_error_page(sqlite_village: Village, fields: dict[str, Any]) -> None:
    assert sqlite_village.web.post(f"/hubtel/{TOKEN}/ussd", json=fields).status_code == 200


def test_what_is_no_json_makes_no_error_page(sqlite_village: Village) -> None:
    for body in (b"", b"[]", b"\xff", b"{", b"x" * 20_000):
        assert sqlite_village.web.post(f"/hubtel/{TOKEN}/ussd", data=body, content_type="application/json").status_code == 200
    with sqlite_village.world() as world:
        assert world.read.scalar(select(func.count()).select_from(records.call_ends)) == 0
