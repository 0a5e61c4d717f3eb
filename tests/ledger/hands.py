"""What the tests of the books do with their hands."""

from __future__ import annotations

from typing import Any

from gateway.ledger import verbs
from gateway.ledger.model import Wish
from gateway.ledger.proof.facts import verify
from tests.cast import OTIENO, WANJIRU, Village


def ask(village: Village, key: str, amount: int, source: str = WANJIRU, destination: str = OTIENO, kind: str = "transfer", **more: Any) -> Any:
    with village.world() as world:
        return verbs.reserve(world, Wish(kind, village.account_id(source), village.account_id(destination), amount, "test", key, "test", **more))


def faults(village: Village) -> list[str]:
    with village.world() as world:
        return [str(one) for one in verify(world)]
