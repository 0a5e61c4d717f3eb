"""What we tell Africa's Talking, through its own SDK, behind a port with four outcomes.

The SDK (2.0.3, read and run) loses the status code of an error, follows a redirect with the API key to wherever it
leads, returns text instead of data when the content type carries a charset, opens a connection for every message and
accepts numbers that are none. Its one request function is replaced here; what it sends stays its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import requests
from africastalking.Airtime import AirtimeService
from africastalking.SMS import SMSService

from gateway.records.verbs import Accepted, Outcome, Refused, Unknown, Unreached
from gateway.settings import Settings

TIMEOUT_S = (2.0, 5.0)  # to connect, and to wait for the answer; a worker has money to post as well
TAKEN = frozenset({100, 101, 102})
AGAIN = frozenset({405, 407, 500, 501, 502})  # no credit, no route, errors of theirs or of the network
_E164 = re.compile(r"\+[1-9][0-9]{7,14}", re.ASCII)


class _Answered(Exception):
    """They answered, and it was not a success."""

    def __init__(self, status: int, retry_after: str | None) -> None:
        super().__init__(str(status))
        self.status, self.retry_after = status, retry_after


class _OurWay:
    """Our way of asking: one kept connection, no redirects, and the status code kept."""

    _session: requests.Session

    def _make_request(self, url: str, method: str, headers: Any, data: Any, params: Any, callback: Any = None, timeout: Any = TIMEOUT_S) -> Any:
        answer = self._session.request(method, url, headers=dict(headers), data=data, params=params, timeout=timeout, allow_redirects=False)
        if not 200 <= answer.status_code < 300:
            raise _Answered(answer.status_code, answer.headers.get("Retry-After"))
        return answer.json()


class _Service(_OurWay, SMSService):  # type: ignore[misc]
    def __init__(self, settings: Settings, session: requests.Session) -> None:
        super().__init__(settings.at_username, settings.at_api_key)
        self._session = session
        if settings.at_url:
            self._baseUrl = f"{settings.at_url}/version1"


class _Airtime(_OurWay, AirtimeService):  # type: ignore[misc]
    """Made for one order and thrown away: the SDK keeps the key of the last order in its headers."""

    def __init__(self, settings: Settings, session: requests.Session) -> None:
        super().__init__(settings.at_username, settings.at_api_key)
        self._session = session
        if settings.at_url:
            self._baseUrl = f"{settings.at_url}/version1/airtime"


class AfricasTalking:
    """Sends one message or one order of airtime. Never raises: what became of it is one of four values."""

    def __init__(self, settings: Settings) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._settings, self._service = settings, _Service(settings, self._session)
        self._sender = settings.at_sender or None

    def send_text(self, number: str, words: str) -> Outcome:
        if not _E164.fullmatch(number):
            return Refused("InvalidPhoneNumber", again=False)
        return _asked(lambda: self._service.send(words, [number], sender_id=self._sender, timeout=TIMEOUT_S), lambda answer: _of_answer(answer, number))

    def send_airtime(self, number: str, amount: str, currency: str, key: str) -> Outcome:
        """`amount` is a decimal in whole units, `key` says that an equal order is the same one."""
        if not _E164.fullmatch(number):
            return Refused("InvalidPhoneNumber", again=False)
        service = _Airtime(self._settings, self._session)
        return _asked(lambda: service.send(number, amount, currency, idempotency_key=key, timeout=TIMEOUT_S), _of_airtime)


def _asked(ask: Callable[[], Any], read: Callable[[Any], Outcome]) -> Outcome:
    try:
        answer = ask()
    except _Answered as answered:
        return _of_status(answered)
    except (requests.ConnectTimeout, requests.exceptions.SSLError) as error:
        return Unreached(type(error).__name__)
    except requests.ConnectionError as error:
        return Unreached("refused") if _never_left(error) else Unknown(type(error).__name__)
    except (requests.RequestException, ValueError) as error:
        return Unknown(type(error).__name__)
    return read(answer)


def _of_airtime(answer: Any) -> Outcome:
    """They refuse an order that equals another of the last five minutes, whoever's it was: ours was surely not sent then."""
    try:
        responses, message = answer["responses"], str(answer["errorMessage"])
    except (KeyError, TypeError):
        return Unknown("an answer that cannot be read")
    if not responses:
        return Refused(message[:40], again=False)
    one = responses[0]
    id, status = str(one.get("requestId", "None")), str(one.get("status", ""))
    if id != "None" and status in ("Sent", "Success"):
        return Accepted(id)
    said = str(one.get("errorMessage", "None"))
    return Refused((said if said != "None" else status)[:40], again=False) if status == "Failed" or id == "None" else Unknown(status[:40])


def _of_status(answered: _Answered) -> Outcome:
    """A wrong key stops nothing for good: the message waits while somebody mends it."""
    if answered.status in (401, 403, 429):
        return Refused(f"HTTP {answered.status}", again=True)
    if answered.status == 409 or 400 <= answered.status < 500 or 300 <= answered.status < 400:
        return Refused(f"HTTP {answered.status}", again=answered.status in (404, 408, 409))
    return Unknown(f"HTTP {answered.status}")


def _never_left(error: requests.ConnectionError) -> bool:
    """Whether the connection was refused, so that nothing can have arrived."""
    return "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error) or "Connection refused" in repr(error)


def _of_answer(answer: Any, number: str) -> Outcome:
    """Their 201 says nothing: a whole request may be refused in it, and one number among many."""
    try:
        data = answer["SMSMessageData"]
        found = [one for one in data["Recipients"] if one.get("number") == number]
    except (KeyError, TypeError, AttributeError):
        return Unknown("an answer that cannot be read")
    if not found:
        message = str(data.get("Message", ""))
        whole = not data["Recipients"] and not message.startswith("Sent to")  # refused for everybody, with the reason as a word
        return Refused(message[:40], again=False) if whole else Unknown("our number is not in the answer")
    one = found[0]
    code, id = one.get("statusCode"), str(one.get("messageId", "None"))
    if code in TAKEN and id != "None":
        return Accepted(id, str(one.get("cost", ""))[:24])
    if code in TAKEN:
        return Unknown("accepted without an id")
    return Refused(str(one.get("status") or code)[:40], again=code in AGAIN)
