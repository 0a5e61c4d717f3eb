"""A fake Africa's Talking, for demos and tests: the same bytes both ways, and its faults when asked for.

It behaves as section 11 of our fact sheet says: it wants the header `apiKey` and the field `username`, answers 201 also
when it took nothing, and calls back with forms. It keeps everything in memory and is never part of a production.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import requests
from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, make_server

from gateway.channels.africastalking.handset import AGENT, FORM
from menus.alphabet import sms_parts

HANG_S = 15  # a request that is never answered, longer than any time-out of ours
DUPLICATE_S = 300  # an equal airtime request within five minutes is a duplicate, with or without a key
BATCH = 10  # messages in one answer of the inbox
KEPT_MOST = 500  # messages kept for each number
BAD_KEY = "The supplied authentication is invalid"

FAULTS = (
    "401", "sender", "403", "405", "406", "409", "500", "charset", "html", "429", "hang", "cut", "bad_json", "missing", "mixed", "redirect", "no_id",
    "userData", "airtime_error", "repeat",
)  # fmt: skip

REFUSALS = {
    "403": "InvalidPhoneNumber", "405": "InsufficientBalance", "406": "UserInBlacklist",
    "409": "DoNotDisturbRejection", "500": "InternalServerError",
}  # fmt: skip
AIRTIME_TWICE = {
    "errorMessage": "A duplicate request was received within the last 5 minutes",
    "numSent": 0, "responses": [], "totalAmount": "0", "totalDiscount": "0",
}  # fmt: skip


@dataclass
class Message:
    """An SMS that arrived at the far side."""

    id: str
    number: str
    words: str
    sender: str
    at: float = field(default_factory=time.time)


class FarSide:
    """What the fake remembers and how it is to misbehave. `webhooks` tells where to call back: name -> address."""

    def __init__(self, username: str = "sandbox", api_key: str = "", webhooks: Callable[[], dict[str, str]] = dict, reports: bool = True) -> None:
        self.username, self.api_key, self.webhooks, self.reports = username, api_key, webhooks, reports
        self.inbox: dict[str, deque[Message]] = defaultdict(lambda: deque(maxlen=KEPT_MOST))
        self.requests: list[dict[str, Any]] = []
        self.faults: deque[str] = deque()
        self.incoming: list[dict[str, str]] = []  # what members texted, for the inbox that can be fetched
        self._sent_airtime: dict[str, dict[str, str]] = {}
        self._airtime: dict[str, tuple[float, str]] = {}
        self._lock = threading.Lock()

    def messages_to(self, number: str) -> list[Message]:
        return list(self.inbox.get(number, ()))

    def take(self, form: dict[str, str]) -> tuple[list[dict[str, Any]], list[Message]]:
        """Accept a message for everyone in `to`."""
        recipients, taken = [], []
        for number in form.get("to", "").split(","):
            message = Message(f"ATXid_{secrets.token_hex(16)}", number, form.get("message", ""), form.get("from", "AFRICASTKNG"))
            self.inbox[number].append(message)
            taken.append(message)
            recipients.append({"cost": "KES 0.8000", "messageId": message.id, "number": number, "status": "Success", "statusCode": 101})
        return recipients, taken

    def report(self, message: Message, status: str = "Success", **more: str) -> None:
        """Tell the gateway how a message fared."""
        form = {"phoneNumber": message.number, "retryCount": "0", "id": message.id, "status": status, "networkCode": "63902", **more}
        self.call_back("delivery", form)

    def call_back(self, name: str, form: dict[str, str]) -> requests.Response | None:
        """Send a form to one of the gateway's webhooks, byte for byte as they do."""
        address = self.webhooks().get(name)
        if not address:
            return None
        headers = {"User-Agent": AGENT, "Content-Type": FORM}
        try:
            return requests.post(address, data=urlencode(form), headers=headers, timeout=10, allow_redirects=False)
        except requests.RequestException:
            return None

    def app(self) -> Flask:
        app = Flask(__name__)

        @app.before_request
        def authenticate() -> Response | None:
            request.get_data(cache=True)  # before the form is read, or the bytes are gone
            if request.path.startswith("/far-side"):
                return None
            given = request.values.get("username") or (request.get_json(silent=True) or {}).get("username")
            if request.headers.get("apiKey") != self.api_key or given != self.username:
                return Response(BAD_KEY, 401, {"WWW-Authenticate": 'Basic realm="api",charset=UTF-8'}, content_type="text/plain; charset=UTF-8")
            return None

        @app.post("/version1/messaging")
        def send() -> Response:
            form = request.form.to_dict()
            self.requests.append({"path": request.path, "headers": dict(request.headers), "body": request.get_data(as_text=True), **form})
            return self._answer(form, self._fault())

        @app.get("/version1/messaging")
        def fetch() -> Response:
            return _json({"SMSMessageData": {"Messages": self._batch(int(request.args.get("lastReceivedId") or 0))}}, 200)

        @app.post("/version1/messaging/bulk")
        def bulk() -> Response:
            asked = request.get_json(silent=True)
            if self.username == "sandbox" or not asked:
                return Response("The requested resource could not be found.", 404, content_type="text/plain; charset=UTF-8")
            return self._answer({"to": ",".join(asked["phoneNumbers"]), "message": asked["message"], "from": asked.get("senderId", "")}, self._fault())

        @app.post("/version1/airtime/send")
        def airtime() -> Response:
            form, fault = request.form.to_dict(), self._fault()
            self.requests.append({"path": request.path, "headers": dict(request.headers), "body": request.get_data(as_text=True), **form})
            if fault == "hang":
                time.sleep(HANG_S)
            return self._airtime_answer(form, request.headers.get("Idempotency-Key", ""), fault)

        @app.get("/version1/user")
        def user() -> Response:
            return _json({"userData" if self._fault() == "userData" else "UserData": {"balance": "USD 999999589.6168"}}, 200)

        @app.get("/query/transaction/find")
        def find() -> Response:
            found = self._sent_airtime.get(request.args.get("transactionId", ""))
            return _json({"data": found} if found else {"errorMessage": "Transaction not found"}, 200)

        @app.post("/auth-token/generate")
        def token() -> Response:
            return _json({"token": "None", "description": "Not available"}, 200)

        self._hang_steering_into(app)
        return app

    def _hang_steering_into(self, app: Flask) -> None:
        """What is no part of their wire: the inbox of a phone, and which faults come next."""

        @app.get("/far-side/inbox/<number>")
        def inbox(number: str) -> Response:
            return _json([{"id": one.id, "from": one.sender, "words": one.words, "at": one.at} for one in self.messages_to(number)], 200)

        @app.post("/far-side/faults")
        def misbehave() -> Response:
            self.faults.extend(one for one in request.form.get("faults", "").split(",") if one in FAULTS)
            return _json({"waiting": list(self.faults)}, 200)

        @app.get("/far-side/health")
        def health() -> Response:
            return _json({"ok": True}, 200)

    def _fault(self) -> str:
        return self.faults.popleft() if self.faults else ""

    def _batch(self, last: int) -> list[dict[str, Any]]:
        """Oldest first, a few at a time; with the fault `repeat` the last one comes once more."""
        after = max(last - 1, 0) if self._fault() == "repeat" else last
        return [{"linkId": "", "id": number, **one} for number, one in enumerate(self.incoming, 1) if number > after][:BATCH]

    def _answer(self, form: dict[str, str], fault: str) -> Response:
        number = form.get("to", "").split(",")[0]
        match fault:
            case "401":
                return Response(BAD_KEY, 401, content_type="text/plain; charset=UTF-8")
            case "sender":
                return _json({"SMSMessageData": {"Message": "InvalidSenderId", "Recipients": []}})
            case "403" | "405" | "406" | "409" | "500":
                refused = {"cost": "0", "messageId": "None", "number": number, "status": REFUSALS[fault], "statusCode": int(fault)}
                return _json({"SMSMessageData": {"Message": "Sent to 0/1 Total Cost: 0", "Recipients": [refused]}})
            case "html":
                return Response("<html><h1>Bad gateway</h1></html>", 500, content_type="text/html")
            case "429":
                return Response("Too many requests", 429, {"Retry-After": "1"}, content_type="text/plain")
            case "redirect":
                return Response("", 302, {"Location": "http://127.0.0.1:9/stolen"})
            case "hang":
                self._accept(form)
                time.sleep(HANG_S)
                return Response("", 504)
            case "cut":
                self._accept(form)
                return Response(_cut_off(), 201, {"Content-Length": "400"}, content_type="application/json", direct_passthrough=True)
            case "bad_json":
                self._accept(form)
                return Response('{"SMSMessageData": {"Mess', 201, content_type="application/json")
            case "mixed":
                taken = self._accept(form)
                refused = {"cost": "0", "messageId": "None", "number": "+254700000000", "status": "UserInBlacklist", "statusCode": 406}
                return _json({"SMSMessageData": {"Message": "Sent to 1/2 Total Cost: KES 0.8000", "Recipients": [refused, *taken]}})
            case "missing":
                self._accept(form)
                other = {"cost": "KES 0.8000", "messageId": "ATXid_other", "number": "+254700000000", "status": "Success", "statusCode": 101}
                return _json({"SMSMessageData": {"Message": "Sent to 1/1 Total Cost: KES 0.8000", "Recipients": [other]}})
        recipients = self._accept(form)
        if fault == "no_id":
            recipients[0]["messageId"] = "None"
        parts = sms_parts(form.get("message", ""))
        said = f"Sent to {len(recipients)}/{len(recipients)} Total Cost: USD {0.0079 * parts * len(recipients):.4f} Message parts: {parts}"
        return _json({"SMSMessageData": {"Message": said, "Recipients": recipients}}, charset=fault == "charset")

    def _accept(self, form: dict[str, str]) -> list[dict[str, Any]]:
        recipients, taken = self.take(form)
        if self.reports:
            for message in taken:
                threading.Thread(target=self._report_soon, args=(message,), daemon=True).start()
        return recipients

    def _report_soon(self, message: Message) -> None:
        time.sleep(0.3)
        self.report(message, "Success")

    def _report_airtime(self, responses: Sequence[dict[str, str]]) -> None:
        time.sleep(0.5)
        for one in responses:
            self.airtime_arrives(one["requestId"])

    def airtime_arrives(self, id: str, status: str = "Success") -> None:
        """The network has filled an order, or could not; they say so."""
        one = self._sent_airtime.get(id, {"phoneNumber": "", "amount": ""})
        said = "Airtime Delivered Successfully" if status == "Success" else "Airtime was not delivered"
        form = {"phoneNumber": one["phoneNumber"], "description": said, "status": status, "requestId": id, "discount": "KES 0.6000", "value": one["amount"]}
        self.call_back("airtime", form)

    @property
    def airtime_sent(self) -> list[dict[str, str]]:
        return list(self._sent_airtime.values())

    def _airtime_answer(self, form: dict[str, str], key: str, fault: str) -> Response:
        with self._lock:
            asked, now = form.get("recipients", ""), time.time()
            seen = self._airtime.get(asked)
            if (seen and now - seen[0] < DUPLICATE_S) or (key and key in {one for _, one in self._airtime.values()}):
                return _json(AIRTIME_TWICE)
            self._airtime[asked] = (now, key)
        responses = []
        for one in json.loads(asked or "[]"):
            id, bad = f"ATQid_{secrets.token_hex(16)}", fault == "airtime_error"
            said = {"amount": one["amount"], "discount": "KES 0.0000", "phoneNumber": one["phoneNumber"], "requestId": "None" if bad else id}
            responses.append({**said, "errorMessage": "Invalid amount" if bad else "None", "status": "Failed" if bad else "Sent"})
            if not bad:
                self._sent_airtime[id] = {"requestId": id, "amount": one["amount"], "phoneNumber": one["phoneNumber"], "status": "Success"}
        sent = sum(one["status"] == "Sent" for one in responses)
        if self.reports and sent:
            threading.Thread(target=self._report_airtime, args=(responses,), daemon=True).start()
        return _json({"errorMessage": "None", "numSent": sent, "responses": responses, "totalAmount": "USD 0.0", "totalDiscount": "USD 0.0"})


def _cut_off() -> Any:
    """Half an answer, and then the line goes dead."""
    yield b'{"SMSMessageData":'
    raise ConnectionAbortedError


def _json(data: Any, status: int = 201, charset: bool = False) -> Response:
    return Response(json.dumps(data, separators=(",", ":")), status, content_type="application/json" + ("; charset=utf-8" if charset else ""))


LOOKS_UP_S = 0.02  # how often the fake looks whether it is to stop


class Server:
    """The fake on a loopback port, in a thread."""

    def __init__(self, far_side: FarSide, port: int = 0) -> None:
        self._server: BaseWSGIServer = make_server("127.0.0.1", port, far_side.app(), threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": LOOKS_UP_S}, daemon=True)

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join(timeout=5)
