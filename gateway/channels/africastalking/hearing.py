"""What Africa's Talking tells us: hops, ends of calls, messages, reports, opt-outs. Nothing past this file knows its fields.

It signs nothing and sends no secret, so the secret is in the path; the addresses it calls from are shared by all its
customers and have moved twice. Every answer to a valid token is a 200: an error page costs the caller the call.
"""

from __future__ import annotations

import hmac
import ipaddress
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Request, Response, abort, request
from werkzeug.exceptions import RequestEntityTooLarge

from gateway.conversation import Conversation, Heard, Said
from gateway.observe import log, metrics
from gateway.records import rows
from gateway.records.verbs import note_report, whose_report
from gateway.settings import Settings
from gateway.site import Site
from gateway.texting import TextIn, Texting

CHANNEL = "at"
BODY_MOST = 16 * 1024  # octets; the longest end event known has 600
TEXT_MOST = 1_000  # characters of a transcript: 180 s of typing
ID_MOST = 80  # characters of a session or message id; theirs have 38
HOP_LABEL = "at-ussd-hop-metadata"  # up to 99 characters, shown on their dashboard; names of screens only
LABEL_MOST = 99

_NUMBER = re.compile(r"\+?[0-9]{6,15}")
_CODE = re.compile(r"\*[0-9*]{1,20}#")
_UNPRINTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")  # no phone types these, and PostgreSQL keeps no NUL
_PLAIN = re.compile(r"[\x21-\x7e]{1,80}")

View = Callable[..., Any]


def blueprint(site: Site, conversation: Conversation, texting: Texting) -> Blueprint:
    """The webhooks, each under `/at/<token>/`."""
    bp = Blueprint("africastalking", __name__, url_prefix="/at")
    guarded = _guard(site.settings)

    @bp.post("/<token>/ussd")
    @guarded
    def hear_hop() -> Response:
        form = _form(request)
        heard = _heard(form)
        if heard is None:
            metrics.refused.labels("malformed").inc()
            log.warning("malformed_hop", channel=CHANNEL)
            return _spoken(Said("Sorry, this call cannot be read. Please dial again.", True, "malformed"))
        return _spoken(conversation.take_turn(heard))

    @bp.post("/<token>/ussd/end")
    @guarded
    def hear_end() -> Response:
        form = _form(request)
        call, organisation = form.get("sessionId", ""), site.organisation_of_code(form.get("serviceCode", ""))
        if organisation and _PLAIN.fullmatch(call) and form.get("status"):
            with site.world(organisation) as world:
                rows.add_call_end(
                    world, call=call, status=form["status"][:16], duration_ms=_whole(form.get("durationInMillis")), hops_count=_whole(form.get("hopsCount")),
                    network=form.get("networkCode", "")[:8], cost=form.get("cost", "")[:24], error=_error(form.get("errorMessage", "")), at=world.now(),
                )  # fmt: skip  # never `input` and `lastAppResponse`: the PIN is in them
        return _taken()

    @bp.post("/<token>/sms")
    @guarded
    def hear_text() -> Response:
        form = _form(request)
        number, id = _number(form.get("from", "")), form.get("id", "")
        if number and _PLAIN.fullmatch(id):
            texting.take_text(TextIn(CHANNEL, id, number, form.get("to", ""), form.get("text", ""), form.get("networkCode", "")))
        return _taken()

    @bp.post("/<token>/delivery")
    @guarded
    def hear_report() -> Response:
        form = _form(request)
        id, status, number = form.get("id", ""), form.get("status", ""), _number(form.get("phoneNumber", ""))
        if _PLAIN.fullmatch(id) and _PLAIN.fullmatch(status) and len(status) <= 40:
            for first in site.organisations()[:1]:
                with site.world(first) as world:
                    failure = form.get("failureReason", "")[:60] or None
                    rows.add_report(world.write, provider_id=id, status=status, failure=failure, number=number, at=world.now())
                    owner = whose_report(world, id, number or "")
                if owner:
                    with site.world(site.organisation(owner[1])) as world:
                        note_report(world, owner[0], status, id)
        return _taken()

    @bp.post("/<token>/optout")
    @guarded
    def hear_opt_out() -> Response:
        number = _number(_form(request).get("phoneNumber", ""))
        if number:
            for organisation in site.organisations():
                with site.world(organisation) as world:
                    rows.stop(world, number)
        return _taken()

    return bp


def addresses(settings: Settings) -> dict[str, str]:
    """What to enter in Africa's Talking's dashboard: name -> address, with the newest token."""
    base = f"{settings.public_url}/at/{settings.webhook_tokens[0]}"
    return {
        "ussd": f"{base}/ussd", "ussd_end": f"{base}/ussd/end", "sms": f"{base}/sms", "delivery": f"{base}/delivery", "optout": f"{base}/optout",
    }  # fmt: skip


def _guard(settings: Settings) -> Callable[[View], View]:
    """Only callers that know a live token, from an allowed address. A wrong token is a page that does not exist."""

    def guarded(view: View) -> View:
        @wraps(view)
        def checked(token: str) -> Any:
            known = [hmac.compare_digest(token.encode(), live.encode()) for live in settings.webhook_tokens]
            if not any(known):
                metrics.refused.labels("token").inc()
                abort(404)
            if settings.allowed_addresses and not _allowed(request.remote_addr, settings):
                metrics.refused.labels("address").inc()
                abort(403)
            if request.args:
                metrics.refused.labels("query").inc()
                abort(400)
            try:
                return view()
            except RequestEntityTooLarge:
                metrics.refused.labels("size").inc()
                abort(413)

        return checked

    return guarded


def _allowed(address: str | None, settings: Settings) -> bool:
    try:
        asked = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    return any(asked in network for network in settings.allowed_addresses)


def _form(request: Request) -> dict[str, str]:
    """The fields, each once. A field that comes twice is no field: which one would be meant?"""
    if request.content_length is None or request.content_length > BODY_MOST:
        raise RequestEntityTooLarge
    return {name: _UNPRINTED.sub("", values[0]) for name, values in request.form.lists() if len(values) == 1}


def _heard(form: dict[str, str]) -> Heard | None:
    number, code, call = _number(form.get("phoneNumber", "")), form.get("serviceCode", ""), form.get("sessionId", "")
    text = form.get("text")
    if not number or not _CODE.fullmatch(code) or not _PLAIN.fullmatch(call) or text is None or len(text) > TEXT_MOST:
        return None
    return Heard(CHANNEL, call, number, code, text, form.get("networkCode", "")[:8])


def _number(typed: str) -> str | None:
    """E.164. Some say that the plus gets lost on the way; a blank in its place is a plus that was not encoded."""
    bare = typed.strip()
    return "+" + bare.lstrip("+") if _NUMBER.fullmatch(bare) else None


def _spoken(said: Said) -> Response:
    """`CON ` or `END ` at byte 0, text/plain, and the name of the screen for their dashboard."""
    response = Response(f"{'END' if said.ends else 'CON'} {said.text}", content_type="text/plain; charset=utf-8")
    response.headers[HOP_LABEL] = said.label.replace("|", "")[:LABEL_MOST]
    return response


def _taken() -> Response:
    return Response("OK", content_type="text/plain; charset=utf-8")


def _whole(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) <= 9 else None


def _error(message: str) -> str:
    """Their error text, without digits: it may quote a screen."""
    return re.sub(r"[0-9]", "0", message)[:200]
