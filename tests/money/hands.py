"""What the tests of money do with their hands: walk a menu, read a message, ask and agree."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.proof.facts import verify
from gateway.money import approvals, imports, produce, rows
from tests.cast import WANJIRU, Village

FILE = b"to,amount,note\n0711000001,100,milk bonus\n0722000002,50.50,\n0799999999,10,\n0733000003,abc,\n0711000001,100,twice\n"


def sound(village: Village) -> None:
    with village.world() as world:
        assert verify(world) == []


def balance(village: Village, code: str) -> int:
    with village.world() as world:
        return ledger_rows.account_by_code(world, code).balance


def product(village: Village, number: str, name: str) -> int:
    with village.world() as world:
        found = ledger_rows.account_or_none(world, village.member(world, number).id, name)
        return found.balance if found else 0


def last_text(village: Village, number: str) -> str:
    village.workers_run()
    return village.far_side.messages_to(number)[-1].words


def texts(village: Village, number: str) -> str:
    """All messages to a number, the newest first."""
    village.workers_run()
    return "\n".join(one.words for one in reversed(village.far_side.messages_to(number)))


def walk(village: Village, number: str, *keys: str) -> str:
    phone = village.phone(number)
    screen = phone.dials()
    if "1 Carry on" in screen or "1 Endelea" in screen:  # an earlier call was left in the middle
        screen = phone.types("2")
    for key in keys:
        screen = phone.types(key)
    return screen


def agree(village: Village, action: str, payload: dict[str, Any], maker: str = "amina", checker: str = "joseph") -> Any:
    with village.world() as world:
        asked = approvals.ask(world, action, payload, maker)
        assert isinstance(asked, approvals.Asked)
    with village.world() as world:
        came = approvals.decide(world, asked.id, checker, agree=True)
    village.post()
    return came


def bring(village: Village, number: str, thousandths: int, key: str) -> Any:
    with village.world() as world:
        found = produce.write_delivery(
            world, member=village.member(world, number), product="milk", thousandths=thousandths, clerk="Mutua", centre="Kiboko", key=key,
            day=dt.date(2026, 11, 23),
        )  # fmt: skip
    village.post()
    return found


def order(village: Village) -> int:
    """Wanjiru orders airtime of KES 50 for her own phone."""
    assert "on its way" in walk(village, WANJIRU, "2", "3", "1", "50", "4715")
    with village.world() as world:
        return rows.airtime_in(world, ("waiting",))[0].transfer_id


def held(village: Village) -> int:
    with village.world() as world:
        return ledger_rows.account(world, village.account_id(WANJIRU)).held


def report(village: Village, status: str) -> None:
    with village.world() as world:
        found = rows.airtime_in(world, ("sent", "delivered", "failed"))[0]
    form = {"phoneNumber": found.number, "description": "x", "status": status, "requestId": found.request_id, "discount": "KES 0.6000", "value": "KES 50.0000"}
    for _ in range(2):
        assert village.send("airtime", form)[0] == 200


def read(village: Village, content: str, name: str = "November") -> Any:
    with village.world() as world:
        return imports.read_statement(world, name, content.encode(), "amina")


def states(village: Village) -> list[str]:
    with village.world() as world:
        return [line.state for line in rows.import_lines_of(world)]
