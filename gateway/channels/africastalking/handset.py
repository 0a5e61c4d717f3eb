"""A feature phone on the far side, and the habits of the network between it and us.

What its owner does becomes the very hops, events and messages that Africa's Talking would send.
"""

from __future__ import annotations

import random
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from menus.alphabet import screen_room

NETWORK = "99999"  # what their sandbox always says
AGENT = "at-ussd-api/1.0"
FORM = "application/x-www-form-urlencoded"
ANSWER_S = 10.0  # how long Africa's Talking waits for an answer
SCREEN_SEPTETS = 160
REDELIVERIES_MOST = 12  # they repeat an incoming message for twelve hours until it is answered with a 200
MILLISECONDS_A_HOP = 7_000  # what a call is said to have lasted
NOT_SHOWN = "(the network says: connection problem or invalid MMI code)"

Post = Callable[[str, Mapping[str, str], Mapping[str, str]], tuple[int, str]]


@dataclass(frozen=True)
class Habits:
    """How this network behaves. Every one of these has been seen, or cannot be ruled out."""

    network: str = NETWORK
    shuffled: bool = False  # the fields in any order
    charset: bool = False  # a charset behind the media type
    no_plus: bool = False  # a number without its plus
    twice: bool = False  # every hop once more, after its answer
    at_once: bool = False  # every hop twice at the same time
    reordered: bool = False  # every hop once more, behind the one that came after it
    slow_s: float = 0.0  # how long a hop is on its way to us
    opening: int = 0  # septets that this network shows of the first screen of a call; 0 when as many as of all
    end: Literal["after", "late", "twice", "before", "never"] = "after"  # when the end of a call is told


class Handset:
    """`post` carries a form to the webhook of that name and gives back the status and the body.

    `complaints` says what a real network or phone would not have put up with.
    """

    def __init__(self, number: str, service_code: str, post: Post, habits: Habits = Habits()) -> None:
        self.number, self.code, self._post, self.habits = number, service_code, post, habits
        self.call, self.typed, self.screen, self.open = "", "", "", False
        self.hops = 0
        self.complaints: list[str] = []
        self._earlier: dict[str, str] = {}

    def dials(self, code: str = "") -> str:
        """Dial the code, or a longer one: what stands behind the code is in the first hop's text."""
        self.call, self.hops, self._earlier = f"ATUid_{secrets.token_hex(16)}", 0, {}
        base = self.code.removesuffix("#")
        self.typed = code.removesuffix("#").removeprefix(base).strip("*") if code.startswith(base) else ""
        return self._hop()

    def types(self, answer: str) -> str:
        assert self.open, "the call has ended"
        self._earlier = self.fields()
        self.typed = answer if self.hops == 1 and not self.typed else f"{self.typed}*{answer}"
        return self._hop()

    def fields(self) -> dict[str, str]:
        """The present hop, in the order of the wire."""
        return {"phoneNumber": self.number, "serviceCode": self.code, "text": self.typed, "sessionId": self.call, "networkCode": self.habits.network}

    def again(self) -> str:
        """The network sends the last hop once more."""
        return self._send(self.fields())[1][4:]

    def hangs_up(self, status: str = "Incomplete") -> None:
        """The call ends, and the end is told when this network tells it."""
        self.open = False
        if self.habits.end in ("after", "late", "twice"):
            self._tell_end(status)
        if self.habits.end == "twice":
            self._tell_end(status)

    def texts(self, words: str, shortcode: str) -> str:
        """Send an SMS. It is delivered again until it is taken; its id comes back, so that it can be delivered once more."""
        id = "-".join(secrets.token_hex(size) for size in (4, 2, 2, 2, 6))
        for _ in range(REDELIVERIES_MOST):
            if self.texts_again(words, shortcode, id) == 200:
                break
        else:
            self.complaints.append("an SMS was never taken")
        return id

    def texts_again(self, words: str, shortcode: str, id: str) -> int:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        form = {
            "linkId": "", "text": words, "to": shortcode, "id": id, "date": now, "from": self.number, "cost": "KES 0.00",
            "networkCode": self.habits.network,
        }  # fmt: skip
        return self._send(form, "sms")[0]

    def _hop(self) -> str:
        self.hops += 1
        return self.sends()

    def sends(self) -> str:
        """Send the present hop and show what comes back."""
        if self.habits.end == "before" and self.hops > 1:
            self._tell_end("Success")
        if self.habits.slow_s:
            time.sleep(self.habits.slow_s)
        began = time.monotonic()
        status, body = self._both() if self.habits.at_once else self._send(self.fields())
        if self.habits.twice and self._send(self.fields()) != (status, body):
            self.complaints.append("the same hop had another answer")
        if self.habits.reordered and self.hops > 1 and self._send(self._earlier or {**self.fields(), "text": self.typed.rpartition("*")[0]})[0] != 200:
            self.complaints.append("a hop that came late was refused")
        if time.monotonic() - began > ANSWER_S:
            self.complaints.append(f"an answer after {ANSWER_S:.0f} s")
        if status != 200 or body[:4] not in ("CON ", "END "):
            self.open, self.screen = False, NOT_SHOWN
            self.complaints.append(f"status {status}, {body[:4]!r}")
            return self.screen
        self.open, self.screen = body.startswith("CON "), body[4:]
        most = self.habits.opening if self.habits.opening and self.hops <= 1 else SCREEN_SEPTETS
        if not screen_room(body, most).fits:
            self.complaints.append(f"a screen of {screen_room(body, most).used}")
        if not self.open and self.habits.end != "before":
            self.hangs_up("Success")
        return self.screen

    def _both(self) -> tuple[int, str]:
        """The same hop twice at the same time; the two must agree."""
        answers: list[tuple[int, str]] = []
        twin = threading.Thread(target=lambda: answers.append(self._send(self.fields())))
        twin.start()
        answers.append(self._send(self.fields()))
        twin.join()
        if answers[0] != answers[1]:
            self.complaints.append("the same hop at once had two answers")
        return answers[0]

    def _tell_end(self, status: str) -> None:
        form = {
            "durationInMillis": str(self.hops * MILLISECONDS_A_HOP), "phoneNumber": self.number, "errorMessage": "", "serviceCode": self.code,
            "lastAppResponse": self.screen, "hopsMetadata": "", "hopsCount": str(self.hops), "status": status, "sessionId": self.call, "cost": "0.00",
            "date": time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime()), "networkCode": self.habits.network, "input": self.typed,
        }  # fmt: skip
        self._send(form, "ussd_end")

    def _send(self, form: dict[str, str], name: str = "ussd") -> tuple[int, str]:
        """Over the wire, in the way of this network."""
        fields = list(form.items())
        if self.habits.no_plus:
            fields = [(field, value.removeprefix("+") if field in ("phoneNumber", "from") else value) for field, value in fields]
        if self.habits.shuffled:
            random.shuffle(fields)
        kind = f"{FORM}; charset=UTF-8" if self.habits.charset else FORM
        return self._post(name, dict(fields), {"User-Agent": AGENT, "Content-Type": kind})
