"""A phone in the browser. What is pressed there becomes the very bytes that Africa's Talking would send to our webhooks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import requests
from flask import Blueprint, Response, abort, jsonify, render_template, request

from gateway.channels.africastalking.handset import Habits, Handset
from gateway.channels.africastalking.hearing import addresses
from gateway.channels.hubtel.handset import Handset as HubtelHandset
from gateway.channels.hubtel.hearing import address as hubtel_address
from gateway.console.guard import signed_in_or_none
from gateway.settings import Settings
from gateway.site import Site
from menus.render import OPENING_SEPTETS

HABITS = {  # of networks, as the page calls them
    "twice": "Every hop twice", "at_once": "Every hop twice at once", "shuffled": "Fields in any order", "no_plus": "Numbers without a plus",
    "reordered": "Every hop once more behind the next", "opening": "First screen cut at 140",
}  # fmt: skip
TIMEOUT_S = 12.0  # a little more than the ten seconds that Africa's Talking waits
INBOX_TIMEOUT_S = 3.0


def post_to(settings: Settings) -> Any:
    """Carry a form to one of our own webhooks over real HTTP, with the bytes and headers of the wire."""
    session, where = requests.Session(), addresses(settings)
    session.trust_env = False

    def post(name: str, form: Mapping[str, str], headers: Mapping[str, str]) -> tuple[int, str]:
        try:
            answer = session.post(where[name], data=urlencode(form), headers=dict(headers), timeout=TIMEOUT_S, allow_redirects=False)
        except requests.RequestException:
            return 0, ""
        answer.encoding = "utf-8"
        return answer.status_code, answer.text

    return post


def post_steps_to(settings: Settings) -> Any:
    """Carry a step of a call to our webhook for Hubtel over real HTTP."""
    session, where = requests.Session(), hubtel_address(settings)
    session.trust_env = False

    def post(step: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        try:
            answer = session.post(where, json=dict(step), timeout=TIMEOUT_S, allow_redirects=False)
            said: dict[str, Any] = answer.json()
        except (requests.RequestException, ValueError):
            return 0, {}
        return answer.status_code, said

    return post


def inbox_of(settings: Settings, number: str) -> list[dict[str, Any]]:
    """The messages that the far side holds for a number; none where the far side is the real one."""
    if not settings.at_url:
        return []
    try:
        answer = requests.get(f"{settings.at_url}/far-side/inbox/{number}", timeout=INBOX_TIMEOUT_S)
        messages: list[dict[str, Any]] = answer.json()
    except (requests.RequestException, ValueError):
        return []
    return messages


def blueprint(site: Site) -> Blueprint:
    """The page at /phone. In production only for operators who are signed in."""
    bp = Blueprint("phone", __name__, url_prefix="/phone", template_folder="../console/templates")
    post, post_step = post_to(site.settings), post_steps_to(site.settings)

    @bp.before_request
    def only_where_it_may() -> None:
        if request.method == "POST" and (request.headers.get("Sec-Fetch-Site") not in (None, "same-origin") or not request.is_json):
            abort(403)
        if not site.settings.demo and signed_in_or_none(site) is None:
            abort(404)

    @bp.get("")
    def page() -> str:
        organisation = site.organisations()[0] if site.organisations() else None
        return render_template(
            "phone.html", organisation=organisation, numbers=_numbers(site), limit=site.settings.screen_septets, opening=OPENING_SEPTETS, habits=HABITS
        )

    @bp.post("/hop")
    def hop() -> Response:
        said = asked("number", "code", "call", "text")
        handset = _handset(said)
        if isinstance(handset, HubtelHandset):
            screen = handset.steps(said.get("answer", ""))
            return jsonify(text=screen, ends=not handset.open, state=handset.state, complaints=handset.complaints)
        screen = handset.sends()
        return jsonify(text=screen, ends=not handset.open, complaints=handset.complaints)

    @bp.post("/drop")
    def drop() -> Response:
        _handset(asked("number", "code", "call", "text")).hangs_up()
        return jsonify(ok=True)

    def _handset(said: Mapping[str, str]) -> Handset | HubtelHandset:
        """The phone as the page keeps it, on the provider and with the habits that were chosen there."""
        habits = set(said.get("habits", "").split(",")) & set(HABITS)
        hops = int(said["hops"]) if said.get("hops", "").isdecimal() else 1
        if said.get("provider") == "hubtel":
            other = HubtelHandset(said["number"], said["code"], post_step, twice="twice" in habits, reordered="reordered" in habits)
            other.call, other.state, other.hops = said["call"], said.get("state", ""), hops
            other.knows_before(said.get("before", ""), said.get("stateBefore", ""))
            return other
        opening = OPENING_SEPTETS if "opening" in habits else 0
        chosen: dict[str, Any] = dict.fromkeys(habits - {"opening"}, True)
        handset = Handset(said["number"], said["code"], post, Habits(**chosen, opening=opening))
        handset.call, handset.typed, handset.hops = said["call"], said["text"], hops
        return handset

    @bp.post("/sms")
    def sms() -> Response:
        said = asked("number", "words", "to")
        Handset(said["number"], "", post).texts(said["words"][:1000], said["to"])
        return jsonify(ok=True)

    @bp.get("/inbox")
    def inbox() -> Response:
        return jsonify(inbox_of(site.settings, request.args.get("number", "")))

    return bp


def asked(*names: str) -> dict[str, str]:
    """What the page sent, by name; 400 when one of these is not there."""
    said = request.get_json(silent=True)
    if not isinstance(said, dict) or any(name not in said for name in names):
        abort(400)
    return {name: str(value) for name, value in said.items()}


def _numbers(site: Site) -> list[tuple[str, str]]:
    """SIM cards to choose from: the demo's members, and one that nobody has yet."""
    if not site.settings.demo:
        return []
    from gateway.up.demo import PEOPLE

    return [(person.number, person.name) for person in PEOPLE] + [("+254755000005", "new SIM")]
