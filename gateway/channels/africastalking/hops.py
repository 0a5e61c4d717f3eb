"""The hop, answered before Flask dispatches: finding a view and reading a form as Flask does costs more than all the rest of a menu hop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from gateway.channels.door import allows, knows
from gateway.channels.fields import BODY_MOST, PLAIN, fields_of, number_in
from gateway.conversation import Conversation, Heard, Said
from gateway.observe import log, metrics
from gateway.site import Site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CHANNEL = "at"
FIELDS_MOST = 40  # fields of a form; theirs has five
TEXT_MOST = 1_000  # characters of a transcript: 180 s of typing
HOP_LABEL = "at-ussd-hop-metadata"  # up to 99 characters, shown on their dashboard; names of screens only
LABEL_MOST = 99
FORM = "application/x-www-form-urlencoded"

_CODE = re.compile(r"\*[0-9*]{1,20}#")
_PATH = re.compile(r"/at/([^/]+)/ussd")


class Hops:
    """A WSGI app around another: `POST /at/<token>/ussd` is answered here, everything else goes on.

    Every answer to a live token is a 200: an error page costs the caller the call.
    """

    def __init__(self, app: WSGIApplication, site: Site, conversation: Conversation) -> None:
        self.app, self.site, self.conversation = app, site, conversation

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = _PATH.fullmatch(environ["PATH_INFO"])
        if path is None or not knows(self.site.settings, path[1]):
            return self.app(environ, start)
        if environ["REQUEST_METHOD"] != "POST":
            return _page(start, "405 Method Not Allowed", "only POST", ("Allow", "POST"))
        if not allows(self.site.settings, environ.get("REMOTE_ADDR")):
            return _page(start, "403 Forbidden", "not from here")
        said = self._answer(environ)
        return _page(start, "200 OK", f"{'END' if said.ends else 'CON'} {said.text}", (HOP_LABEL, said.label.replace("|", "")[:LABEL_MOST]))

    def _answer(self, environ: WSGIEnvironment) -> Said:
        if environ.get("QUERY_STRING"):
            return self._unreadable("query")
        body = _body(environ)
        if len(body) > BODY_MOST:
            return self._unreadable("size")
        form = fields_of(_pairs(body)) if environ.get("CONTENT_TYPE", "").startswith(FORM) else {}
        heard = heard_in(form, self.site.settings.network_septets)
        if heard is None:
            log.warning("malformed_hop", channel=CHANNEL)
            return self._unreadable("malformed")
        return self.conversation.take_turn(heard)

    def _unreadable(self, why: str) -> Said:
        metrics.refused.labels(why).inc()
        return self.conversation.unreadable()


def hang_before(app: Any, site: Site, conversation: Conversation) -> None:
    app.wsgi_app = Hops(app.wsgi_app, site, conversation)


def heard_in(form: dict[str, str], rooms: Mapping[str, int]) -> Heard | None:
    """The hop that a form tells of, or None when it cannot be one."""
    number, code, call = number_in(form.get("phoneNumber", "")), form.get("serviceCode", ""), form.get("sessionId", "")
    text = form.get("text")
    if not number or not _CODE.fullmatch(code) or not PLAIN.fullmatch(call) or text is None or len(text) > TEXT_MOST:
        return None
    network = form.get("networkCode", "")[:8]
    return Heard(CHANNEL, call, number, code, text, network, septets=rooms.get(network, 0))


def _body(environ: WSGIEnvironment) -> bytes:
    """Up to one octet more than may be: whoever sends more is told so without being read to the end."""
    declared = environ.get("CONTENT_LENGTH") or ""
    length = int(declared) if declared.isascii() and declared.isdigit() else BODY_MOST + 1
    body: bytes = environ["wsgi.input"].read(min(length, BODY_MOST + 1))
    return body


def _pairs(body: bytes) -> list[tuple[str, str]]:
    """As `urllib.parse.parse_qsl` reads them, in a fifth of its time: of a hop's fields most need no unquoting."""
    fields = body.decode("utf-8", "replace").split("&", FIELDS_MOST)
    return [(_plain(name), _plain(value)) for name, _, value in (field.partition("=") for field in fields if field)][:FIELDS_MOST]


def _plain(quoted: str) -> str:
    """A number begins with a plus, a code is all stars, and so are answers in a row: these come first, for they are nearly all there is to unquote."""
    spaced = quoted.replace("+", " ")
    if "%" in spaced:
        spaced = spaced.replace("%2A", "*").replace("%2B", "+").replace("%23", "#")
    return unquote(spaced) if "%" in spaced else spaced


def _page(start: StartResponse, status: str, words: str, *headers: tuple[str, str]) -> Iterable[bytes]:
    """`CON ` or `END ` at byte 0, and text/plain."""
    body = words.encode("utf-8", "replace")
    start(status, [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", str(len(body))), *headers])
    return [body]
