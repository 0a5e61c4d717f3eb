"""The habits of networks: whatever a network does to a call, the money moves once and the phone never complains."""

from __future__ import annotations

import pytest
import requests
from sqlalchemy import func, select

from gateway.channels.africastalking.handset import Habits
from gateway.records import rows as records
from tests.cast import OTIENO, SHORTCODE, WANJIRU, Village

HABITS = {
    "plain": Habits(), "shuffled": Habits(shuffled=True), "with a charset": Habits(charset=True), "without a plus": Habits(no_plus=True),
    "an unknown network": Habits(network="00000"), "everything twice": Habits(twice=True), "twice at once": Habits(at_once=True),
    "late once more": Habits(reordered=True),
    "the end twice": Habits(end="twice"), "the end before the answer": Habits(end="before"), "no end": Habits(end="never"),
    "all of it": Habits(shuffled=True, charset=True, no_plus=True, twice=True, at_once=True, reordered=True, end="twice"),
}  # fmt: skip


@pytest.mark.parametrize("habit", HABITS)
def test_a_payment_over_such_a_network(village: Village, habit: str) -> None:
    village.everybody()
    phone = village.phone(WANJIRU, HABITS[habit])
    phone.dials()
    for answer in ("2", "1", "0722000002", "200", "1111"):
        phone.types(answer)
    last = phone.types("4715")

    assert last.startswith("Sent KES 200 to Otieno")
    assert phone.complaints == []
    assert village.balance(OTIENO) == 200_00
    with village.world() as world:
        ends = world.read.scalar(select(func.count()).select_from(records.call_ends))
    assert ends == (0 if HABITS[habit].end == "never" else 1)


@pytest.mark.parametrize("answers", [["*", "1*1"], ["", "", "1"], ["9*9", "*"], ["1", "*", "1"]])
def test_stars_and_empty_answers_are_answers(village: Village, answers: list[str]) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials()
    for answer in answers:
        if phone.open:
            phone.types(answer)

    assert phone.complaints == []


def test_an_sms_is_delivered_until_it_is_taken(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    id = phone.texts("BAL", SHORTCODE)
    for _ in range(3):
        assert phone.texts_again("BAL", SHORTCODE, id) == 200
    village.workers_run()

    assert len(village.far_side.messages_to(WANJIRU)) == 1


def ask(village: Village, method: str, path: str, **more: object) -> requests.Response:
    return requests.request(method, village.settings.at_url + path, headers={"apiKey": "atsk_test"}, timeout=5, **more)  # type: ignore[arg-type]


def test_the_far_side_wants_its_key_and_its_user(sqlite_village: Village) -> None:
    url = sqlite_village.settings.at_url + "/version1/user?username=sandbox"
    refused = requests.get(url, headers={"apiKey": "wrong"}, timeout=5)

    assert (refused.status_code, refused.text) == (401, "The supplied authentication is invalid")
    assert refused.headers["WWW-Authenticate"] == 'Basic realm="api",charset=UTF-8'
    assert ask(sqlite_village, "GET", "/version1/user?username=nobody").status_code == 401


def test_the_far_sides_other_answers(sqlite_village: Village) -> None:
    village = sqlite_village
    assert "UserData" in ask(village, "GET", "/version1/user?username=sandbox").json()
    village.far_side.faults.append("userData")
    assert "userData" in ask(village, "GET", "/version1/user?username=sandbox").json()
    assert ask(village, "POST", "/version1/messaging/bulk", json={"username": "sandbox"}).status_code == 404
    assert ask(village, "POST", "/auth-token/generate", json={"username": "sandbox"}).json()["token"] == "None"

    village.far_side.incoming = [{"text": str(n), "from": WANJIRU, "to": SHORTCODE, "date": "2026-11-20T09:20:11Z"} for n in range(12)]
    first = ask(village, "GET", "/version1/messaging?username=sandbox&lastReceivedId=0").json()["SMSMessageData"]["Messages"]
    rest = ask(village, "GET", "/version1/messaging?username=sandbox&lastReceivedId=10").json()["SMSMessageData"]["Messages"]
    village.far_side.faults.append("repeat")
    again = ask(village, "GET", "/version1/messaging?username=sandbox&lastReceivedId=12").json()["SMSMessageData"]["Messages"]
    assert [len(first), len(rest), [one["id"] for one in again]] == [10, 2, [12]]


def test_the_far_sides_airtime_is_never_given_twice(sqlite_village: Village) -> None:
    village = sqlite_village
    form = {"username": "sandbox", "recipients": '[{"phoneNumber": "+254711000001", "amount": "KES 50"}]'}
    sent = ask(village, "POST", "/version1/airtime/send", data=form).json()
    twice = ask(village, "POST", "/version1/airtime/send", data=form).json()
    id = sent["responses"][0]["requestId"]

    assert (sent["numSent"], twice["numSent"]) == (1, 0)
    assert "duplicate request" in twice["errorMessage"]
    assert ask(village, "GET", f"/query/transaction/find?username=sandbox&transactionId={id}").json()["data"]["status"] == "Success"
    assert "not found" in ask(village, "GET", "/query/transaction/find?username=sandbox&transactionId=x").json()["errorMessage"]
    village.far_side.faults.append("airtime_error")
    other = {"username": "sandbox", "recipients": '[{"phoneNumber": "+254711000001", "amount": "KES 1"}]'}
    assert ask(village, "POST", "/version1/airtime/send", data=other).json()["responses"][0]["errorMessage"] == "Invalid amount"


def test_among_many_recipients_ours_is_found(sqlite_village: Village) -> None:
    from gateway.channels.africastalking.sending import AfricasTalking
    from gateway.records.verbs import Accepted

    sqlite_village.far_side.faults.append("mixed")

    assert isinstance(AfricasTalking(sqlite_village.settings).send_text(OTIENO, "Habari"), Accepted)
