"""What Hubtel tells us: each step of a call as JSON. Nothing past this folder knows its fields.

Shape: the documentation of its Programmable Services and its kit of 2022, which differ in the case of `Type` and in whether
`Sequence` is a text or a number, so both are read. It signs nothing: the secret is in the path, as with every provider.
It waits five seconds; a turn of ours has four.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from gateway.channels.door import allows, knows
from gateway.channels.fields import BODY_MOST, PLAIN, UNPRINTED, number_in, whole
from gateway.conversation import Conversation, Heard, Said
from gateway.observe import log, metrics
from gateway.records import rows
from gateway.settings import Settings
from gateway.site import Site

CHANNEL = "hubtel"
TYPED_MOST = 300  # letters of one answer
ENDS = {"release": "Success", "timeout": "Incomplete"}  # how it tells that a call is over, and what that is called here
STEPS_MOST = 1_000

_DIALLED = re.compile(r"\*[0-9*]{1,60}#")


def blueprint(site: Site, conversation: Conversation) -> Blueprint:
    """The webhook, under `/hubtel/<token>/`."""
    bp = Blueprint("hubtel", __name__, url_prefix="/hubtel")

    @bp.post("/<token>/ussd")
    def hear_step(token: str) -> Response:
        if not knows(site.settings, token):
            abort(404)
        if not allows(site.settings, request.remote_addr):
            abort(403)
        step = _fields()
        if step.get("Type", "").lower() in ENDS:
            _note_end(site, conversation, step)
            return jsonify({})
        heard = _heard(site, step)
        if heard is None:
            metrics.refused.labels("malformed").inc()
            log.warning("malformed_hop", channel=CHANNEL)
            return _spoken(conversation.unreadable(), step, "")
        return _spoken(conversation.take_turn(heard), step, heard.code)

    return bp


def address(settings: Settings) -> str:
    """What to enter with Hubtel as the Service Interaction URL, with the newest token."""
    return f"{settings.public_url}/hubtel/{settings.webhook_tokens[0]}/ussd"


def _fields() -> dict[str, str]:
    """Every field as a text, nothing unprinted; what is no JSON object has none."""
    if (request.content_length or 0) > BODY_MOST:
        return {}
    found = request.get_json(silent=True)
    return {str(name): "" if value is None else UNPRINTED.sub("", str(value)) for name, value in found.items()} if isinstance(found, dict) else {}


def _heard(site: Site, step: dict[str, str]) -> Heard | None:
    number, call, typed = number_in(step.get("Mobile", "")), step.get("SessionId", ""), step.get("Message", "")
    kind, sequence, operator = step.get("Type", "").lower(), whole(step.get("Sequence")), step.get("Operator", "").lower()
    code = code_of(site, step)
    if not number or not PLAIN.fullmatch(call) or len(typed) > TYPED_MOST or not code:
        return None
    if kind not in ("initiation", "response") or not sequence or sequence > STEPS_MOST:
        return None
    if kind == "initiation":
        typed = typed.removeprefix(code.removesuffix("#")).strip("*#") if _DIALLED.fullmatch(typed) else ""
    return Heard(CHANNEL, call, number, code, typed, operator[:8], sequence, site.settings.network_septets.get(operator, 0))


def code_of(site: Site, step: dict[str, str]) -> str:
    """Which of our codes this is: what we said last comes back, else the longest that the dialled string begins with."""
    known = [one.service_code for one in site.organisations()]
    if step.get("ClientState") in known:
        return step["ClientState"]
    dialled = {"*" + step.get("ServiceCode", "").strip("*#") + "#", step.get("Message", "")}
    fitting = [code for code in known if any(f"{one.removesuffix('#')}*".startswith(f"{code.removesuffix('#')}*") for one in dialled)]
    return max(fitting, key=len, default="")


def _note_end(site: Site, conversation: Conversation, step: dict[str, str]) -> None:
    code, call = code_of(site, step), step.get("SessionId", "")
    organisation = site.organisation_of_code(code) if code else None
    if organisation and PLAIN.fullmatch(call):
        with site.world(organisation) as world:
            rows.add_call_end(
                world, call=call, status=ENDS[step["Type"].lower()], duration_ms=None, hops_count=whole(step.get("Sequence")),
                network=step.get("Operator", "").lower()[:8], cost="", error="", at=world.now(),
            )  # fmt: skip
        if (number := number_in(step.get("Mobile", ""))) and ENDS[step["Type"].lower()] != "Success":
            conversation.broke_off(organisation, number, call)


def _spoken(said: Said, step: dict[str, str], code: str) -> Response:
    """`ClientState` brings the code back with the next step."""
    answer: dict[str, Any] = {
        "SessionId": step.get("SessionId", ""), "Type": "release" if said.ends else "response", "Message": said.text, "Label": said.label,
        "ClientState": code, "DataType": "display" if said.ends else "input", "FieldType": "text",
    }  # fmt: skip
    return jsonify(answer)
