"""What Africa's Talking tells us besides hops: ends of calls, messages, reports, opt-outs. Nothing past this folder knows its fields.

Every answer to a live token is a 200: an error would only bring the same again, for twelve hours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import RequestEntityTooLarge

from gateway.channels.africastalking.hearing_airtime import hear_of_airtime
from gateway.channels.africastalking.hops import CHANNEL
from gateway.channels.door import allows, knows
from gateway.channels.fields import PLAIN, form_of, number_in, taken, whole
from gateway.conversation import Conversation
from gateway.observe import metrics
from gateway.records import rows
from gateway.records.verbs import note_report, whose_report
from gateway.settings import Settings
from gateway.site import Site
from gateway.texting import TextIn, Texting

ID_MOST = 80  # characters of a session or message id; theirs have 38

View = Callable[..., Any]


def blueprint(site: Site, conversation: Conversation, texting: Texting) -> Blueprint:
    """The webhooks, each under `/at/<token>/`."""
    bp = Blueprint("africastalking", __name__, url_prefix="/at")
    guarded = _guard(site.settings)

    @bp.post("/<token>/ussd/end")
    @guarded
    def hear_end() -> Response:
        form = form_of(request)
        call, organisation = form.get("sessionId", ""), site.organisation_of_code(form.get("serviceCode", ""))
        if organisation and PLAIN.fullmatch(call) and form.get("status"):
            with site.world(organisation) as world:
                _note_end(world, call, form)
            number = number_in(form.get("phoneNumber", ""))
            if number and form["status"] != "Success":
                conversation.broke_off(organisation, number, call)
        return taken()

    @bp.post("/<token>/sms")
    @guarded
    def hear_text() -> Response:
        form = form_of(request)
        number, id = number_in(form.get("from", "")), form.get("id", "")
        if number and PLAIN.fullmatch(id):
            texting.take_text(TextIn(CHANNEL, id, number, form.get("to", ""), form.get("text", ""), form.get("networkCode", "")))
        return taken()

    @bp.post("/<token>/delivery")
    @guarded
    def hear_report() -> Response:
        form = form_of(request)
        id, status = form.get("id", ""), form.get("status", "")
        if PLAIN.fullmatch(id) and PLAIN.fullmatch(status) and len(status) <= 40:
            _note_report(site, id, status, form.get("failureReason", "")[:60] or None, number_in(form.get("phoneNumber", "")))
        return taken()

    @bp.post("/<token>/optout")
    @guarded
    def hear_opt_out() -> Response:
        number = number_in(form_of(request).get("phoneNumber", ""))
        if number:
            for organisation in site.organisations():
                with site.world(organisation) as world:
                    rows.stop(world, number)
        return taken()

    hear_of_airtime(bp, site, guarded)
    return bp


def _note_end(world: Any, call: str, form: Mapping[str, str]) -> None:
    """How a call ended, in what it cost and how long it took; never `input` and `lastAppResponse`: the PIN is in them."""
    rows.add_call_end(
        world, call=call, status=form["status"][:16], duration_ms=whole(form.get("durationInMillis")), hops_count=whole(form.get("hopsCount")),
        network=form.get("networkCode", "")[:8], cost=form.get("cost", "")[:24], error=_error(form.get("errorMessage", "")), at=world.now(),
    )  # fmt: skip


def _note_report(site: Site, id: str, status: str, failure: str | None, number: str | None) -> None:
    """A report is kept whoever it is for, and then told to the organisation whose message it is."""
    for first in site.organisations()[:1]:
        with site.world(first) as world:
            rows.add_report(world.write, provider_id=id, status=status, failure=failure, number=number, at=world.now())
            owner = whose_report(world, id, number or "")
        if owner:
            with site.world(site.organisation(owner[1])) as world:
                note_report(world, owner[0], status, id)


def addresses(settings: Settings) -> dict[str, str]:
    """What to enter in Africa's Talking's dashboard: name -> address, with the newest token."""
    base = f"{settings.public_url}/at/{settings.webhook_tokens[0]}"
    return {
        "ussd": f"{base}/ussd", "ussd_end": f"{base}/ussd/end", "sms": f"{base}/sms", "delivery": f"{base}/delivery", "optout": f"{base}/optout",
        "airtime": f"{base}/airtime", "airtime_validate": f"{base}/airtime/validate",
    }  # fmt: skip


def _guard(settings: Settings) -> Callable[[View], View]:
    """Only callers that know a live token, from an allowed address. A wrong token is a page that does not exist.

    What has a token and is nothing that we read is taken with a shrug and a 200.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def checked(token: str) -> Any:
            if not knows(settings, token):
                abort(404)
            if not allows(settings, request.remote_addr):
                abort(403)
            if request.args:
                metrics.refused.labels("query").inc()
                return taken()
            try:
                return view()
            except RequestEntityTooLarge:
                metrics.refused.labels("size").inc()
                return taken()

        return checked

    return guarded


def _error(message: str) -> str:
    """Their error text, without digits: it may quote a screen."""
    return re.sub(r"[0-9]", "0", message)[:200]
