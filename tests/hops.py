"""Hops of Africa's Talking, sent by hand, and what they moved."""

from __future__ import annotations

from sqlalchemy import func, select

from gateway.ledger import tables
from tests.cast import CODE, WANJIRU, Village

PAY = "2*1*0722000002*200"


def hop(village: Village, text: str, call: str = "ATUid_1", caller: str = WANJIRU, code: str = CODE) -> str:
    status, body = village.send("ussd", {"phoneNumber": caller, "serviceCode": code, "text": text, "sessionId": call, "networkCode": "99999"})
    assert status == 200
    return body


def transfers(village: Village) -> int:
    with village.world() as world:
        return world.read.scalar(select(func.count()).select_from(tables.transfers).where(tables.transfers.c.kind == "transfer"))


def up_to_the_pin(village: Village, call: str = "ATUid_1") -> str:
    """The screen that asks for it."""
    return [hop(village, text, call) for text in ("", "2", "2*1", "2*1*0722000002", PAY)][-1]
