"""What Africa's Talking tells us of airtime: whether an order arrived, and whether it may be filled at all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request

from gateway.channels.fields import PLAIN, form_or_json, number_in, taken
from gateway.money import rows as money_rows
from gateway.money.airtime import amount_of, note_airtime_report
from gateway.site import Site


def hear_of_airtime(bp: Blueprint, site: Site, guarded: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    @bp.post("/<token>/airtime")
    @guarded
    def hear_airtime() -> Response:
        form = form_or_json(request)
        id, status = form.get("requestId", ""), form.get("status", "")
        if PLAIN.fullmatch(id) and PLAIN.fullmatch(status) and len(status) <= 24:
            for first in site.organisations()[:1]:
                with site.world(first) as world:
                    money_rows.add_airtime_report(world.write, request_id=id, status=status, at=world.now())
                    order = money_rows.airtime_by_request(world.write, id)
                if order:
                    with site.world(site.organisation(order.organisation_id)) as world:
                        note_airtime_report(world, order.transfer_id, status)
        return taken()

    @bp.post("/<token>/airtime/validate")
    @guarded
    def validate_airtime() -> Response:
        """Whether an order that they are about to fill is one of ours: the guard against a stolen key."""
        form = form_or_json(request)
        number, amount = number_in(form.get("phoneNumber", "")), form.get("amount", "")
        known = False
        for organisation in site.organisations():
            with site.world(organisation) as world:
                known = known or any(
                    one.number == number and amount_of(world, one.amount) == _decimal(amount) for one in money_rows.airtime_in(world, ("sending", "sent"))
                )
        return jsonify(status="Validated" if known else "Failed")


def _decimal(amount: str) -> str:
    """`KES 50.0000` and `50` are the same amount."""
    found = re.search(r"[0-9]+(?:\.[0-9]+)?", amount)
    return f"{float(found[0]):.2f}" if found else ""
