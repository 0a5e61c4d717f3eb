"""A feature phone on Hubtel's side: the same gestures as on any other, each step alone and as JSON."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any

PostJson = Callable[[Mapping[str, Any]], tuple[int, dict[str, Any]]]


class Handset:
    """`post` carries a step to the webhook and gives back the status and the answer. `complaints` is what a network would not have put up with."""

    def __init__(self, number: str, service_code: str, post: PostJson, operator: str = "mtn", *, twice: bool = False, reordered: bool = False) -> None:
        self.number, self.code, self._post, self.operator = number, service_code, post, operator
        self.twice, self.reordered = twice, reordered
        self.call, self.screen, self.state, self.open, self.hops = "", "", "", False, 0
        self.complaints: list[str] = []
        self._step: dict[str, Any] = {}

    def dials(self, code: str = "") -> str:
        self.call, self.hops, self.state = secrets.token_hex(16), 0, ""
        return self._sends("Initiation", code or self.code)

    def types(self, answer: str) -> str:
        assert self.open, "the call has ended"
        return self._sends("Response", answer)

    def steps(self, answer: str) -> str:
        """The present step, of a call that somebody else keeps: `hops` says which one it is."""
        self.hops -= 1
        return self._sends("Initiation" if self.hops == 0 else "Response", answer or self.code)

    def knows_before(self, answer: str, state: str) -> None:
        """The step before the present one, of a call that somebody else keeps: a network that brings steps twice brings it again."""
        if self.hops > 1:
            first = self.hops == 2
            told = self._told("Initiation" if first else "Response", answer or self.code)
            self._step = {**told, "ClientState": state, "Sequence": self.hops - 1}

    def again(self) -> str:
        """The network sends the last step once more."""
        return str(self._post(self._step)[1].get("Message", ""))

    def hangs_up(self) -> None:
        self.open = False
        self._post(self._told("Timeout", ""))

    def _told(self, kind: str, message: str) -> dict[str, Any]:
        return {
            "SessionId": self.call, "ServiceCode": self.code.strip("*#"), "Type": kind, "Message": message, "Operator": self.operator, "Platform": "USSD",
            "Mobile": self.number.removeprefix("+"), "ClientState": self.state, "Sequence": self.hops,
        }  # fmt: skip

    def _sends(self, kind: str, message: str) -> str:
        self.hops += 1
        earlier, self._step = self._step, self._told(kind, message)
        status, answer = self._post(self._step)
        if self.twice and self._post(self._step) != (status, answer):
            self.complaints.append("the same step had another answer")
        if self.reordered and self.hops > 1 and earlier and self._post(earlier)[0] != 200:
            self.complaints.append("a step that came late was refused")
        kind = str(answer.get("Type", ""))
        if status != 200 or answer.get("SessionId") != self.call or kind not in ("response", "release"):
            self.complaints.append(f"status {status}, {kind!r}")
        self.open, self.screen, self.state = kind == "response", str(answer.get("Message", "")), str(answer.get("ClientState", ""))
        return self.screen
