"""A hop sent to the webhook in the same process, as the provider's form: for walks, which make more hops than a network would carry."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from gateway.channels.africastalking.hops import FORM, HOP_LABEL, Hops
from gateway.conversation import Conversation, Heard, Said
from gateway.site import Site
from menus.render import PREFIX

NETWORK = "99999"  # as the sandbox calls its own


class NotTaken(Exception):
    """The webhook said something else than 200, which would cost the caller the call."""


class Webhook:
    """The USSD webhook of one site, without a server before it."""

    def __init__(self, site: Site, conversation: Conversation) -> None:
        self._hops = Hops(_nothing_else, site, conversation)
        self._path = f"/at/{site.settings.webhook_tokens[0]}/ussd"

    def send(self, heard: Heard) -> Said:
        """What comes back. Raises NotTaken."""
        form = {"sessionId": heard.call, "phoneNumber": heard.caller, "serviceCode": heard.code, "text": heard.text, "networkCode": NETWORK}
        body, told = urlencode(form).encode(), []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST", "PATH_INFO": self._path, "QUERY_STRING": "", "REMOTE_ADDR": "127.0.0.1", "CONTENT_TYPE": FORM,
            "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body),
        }  # fmt: skip

        def start(status: str, headers: list[tuple[str, str]], *_: Any) -> Callable[[bytes], object]:
            told.append((status, dict(headers)))
            return bytes

        page = b"".join(self._hops(environ, start)).decode()
        status, headers = told[0]
        if status != "200 OK":
            raise NotTaken(status)
        return Said(page[len(PREFIX) :], page.startswith("END "), headers[HOP_LABEL])


def _nothing_else(_: Any, start: Any) -> list[bytes]:
    """What stands behind the webhook here."""
    start("404 Not Found", [])
    return []
