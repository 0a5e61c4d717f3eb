"""Several callers at once share a transaction: each gets its own answer, durable when it comes, and one that breaks it breaks only its own."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import event

from gateway.ledger import rows
from gateway.ledger.model import Conflict, NoFunds, Reserved, Wish
from gateway.ledger.proof.facts import verify
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village

CALLERS = 8


def ask(village: Village, key: str, amount: int, source: int, destination: int) -> Any:
    with village.world() as world:
        return world.ask(Wish("transfer", source, destination, amount, "test", key, "test"))


@pytest.fixture
def ids(village: Village) -> tuple[int, int, int]:
    village.everybody()
    village.workers_run_at_once = False
    return tuple(village.account_id(number) for number in (WANJIRU, OTIENO, ACHIENG))  # type: ignore[return-value]


def test_eight_callers_each_get_their_own_answer(village: Village, ids: tuple[int, int, int]) -> None:
    wanjiru, otieno, achieng = ids
    commits: list[int] = []
    event.listen(village.site.engine, "commit", lambda _: commits.append(1))
    start = threading.Barrier(CALLERS)

    def call(n: int) -> list[Any]:
        start.wait()
        return [ask(village, f"{n}-{k}", 1_000 + n, (wanjiru, achieng)[n % 2], otieno) for k in range(10)]

    with ThreadPoolExecutor(CALLERS) as callers:
        answers = [one for many in callers.map(call, range(CALLERS)) for one in many]

    taken = [one for one in answers if isinstance(one, Reserved)]
    assert all(one.new for one in taken)
    assert len({one.transfer.id for one in taken}) == len(taken)
    assert all(isinstance(one, Reserved | NoFunds) for one in answers)
    assert len(commits) < len(answers), "they shared their transactions"
    with village.world() as world:
        assert all(rows.transfer(world, one.transfer.id) for one in taken)
    while village.post():
        pass
    with village.world() as world:
        assert verify(world) == []


def test_a_conflict_of_one_is_nobody_elses(village: Village, ids: tuple[int, int, int]) -> None:
    wanjiru, otieno, _ = ids
    ask(village, "same", 1_000, wanjiru, otieno)
    start = threading.Barrier(4)

    def call(n: int) -> Any:
        start.wait()
        try:
            return ask(village, "same" if n == 0 else f"k{n}", 1_000 + n + 1, wanjiru, otieno)
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(4) as callers:
        answers = list(callers.map(call, range(4)))

    assert isinstance(answers[0], Conflict)
    assert all(isinstance(one, Reserved) for one in answers[1:])


def test_one_that_breaks_the_transaction_breaks_only_its_own(village: Village, ids: tuple[int, int, int]) -> None:
    wanjiru, otieno, _ = ids
    start = threading.Barrier(4)

    def call(n: int) -> Any:
        start.wait()
        try:
            return ask(village, f"k{n}", 1_000 + n, wanjiru, otieno if n else 1)  # an account that does not exist
        except Exception as error:
            return error

    with ThreadPoolExecutor(4) as callers:
        answers = list(callers.map(call, range(4)))

    assert isinstance(answers[0], Exception)
    assert all(isinstance(one, Reserved) for one in answers[1:])
    assert isinstance(ask(village, "after", 1_000, wanjiru, otieno), Reserved), "the line goes on"
