"""The calls of the season: some dial, read and vote with keys; some calls drop, some hops come twice or late, some ends are never told."""

from __future__ import annotations

import random
from typing import Any

from gateway.channels.africastalking.handset import Habits
from gateway.ledger import verbs as ledger
from gateway.members import rows as members
from gateway.records import rows as records
from tests.cast import Village
from tests.season_money import RICH
from tests.season_together import facts

CALLERS = 300  # of the members, who dial at all: so many that nobody dials like a machine
WAYS = ("5 1 1 2 3", "1 1 0 2", "5 2 1 1", "5 2 2 2", "6 3 2", "4 2 1", "5 6 4 1", "5 98 8", "3", "5 98 5 3", "6 98 1", "9")
NETWORKS = (
    Habits(), Habits(twice=True), Habits(reordered=True), Habits(end="twice"), Habits(end="never"), Habits(shuffled=True, no_plus=True), Habits(end="before"),
)  # fmt: skip
DROPS = 0.15  # of the keys that are pressed, behind how many the call is gone


class Calls:
    """Mixed into the season: it has the village and the numbers; a die of its own leaves the rest of the season as it is."""

    days: int
    numbers: list[str]
    village: Village

    def begin_calls(self) -> None:
        self.thumb, self.hops_sent, self.calls_made, self.dropped = random.Random(26), 0, 0, 0
        self.complaints: list[str] = []

    def open_lines(self, world) -> None:
        """Everybody who dials has an account; only some have money in it."""
        for number in self.numbers[RICH:CALLERS]:
            member = members.by_number(world, number)
            ledger.open_account(world, code=f"C{member.code}", name=member.name, owner_id=member.id)

    def ring(self) -> None:
        """Two at once, so that their hops stand between each other's."""
        pair = [self._call(number) for number in self.thumb.sample(self.numbers[:CALLERS], 2)]
        while pair:
            one = self.thumb.choice(pair)
            self.village.clock.passes(seconds=self.thumb.randint(2, 9))
            if next(one, None) is None:
                pair.remove(one)

    def _call(self, number: str) -> Any:
        """A hop a step; the network of a SIM has one habit."""
        phone = self.village.phone(number)
        if phone.habits == Habits():
            phone = self.village.phone(number, NETWORKS[int(number[-3:]) % len(NETWORKS)])
        phone.dials()
        self.calls_made, self.hops_sent = self.calls_made + 1, self.hops_sent + 1
        yield True
        for key in self.thumb.choice(WAYS).split():
            if not phone.open:
                break
            if self.thumb.random() < DROPS:
                self.dropped += 1
                break
            phone.types(key)
            self.hops_sent += 1
            yield True
        if phone.open and self.thumb.random() < 0.6:  # of a dropped call the end is told more often than not
            phone.hangs_up()
        self.complaints += phone.complaints
        phone.complaints.clear()


def calls_are_counted_as_they_were(world, season: Calls) -> None:
    """Each hop once, however often it came; and the minutes of all members by another way than the page counts them."""
    assert season.complaints == []
    assert season.dropped > 0.6 * season.days
    rows = sorted((one for one in facts(world, records.hops) if one.note != "again"), key=lambda one: (one.call, one.at, one.id))
    assert len(rows) == season.hops_sent
    assert len({one.call for one in rows}) == season.calls_made
    assert facts(world, records.call_ends)
