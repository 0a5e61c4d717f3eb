"""What is owed and has not come is seen by members, not only by staff."""

from __future__ import annotations

from gateway.community.items import measures, rows, states
from gateway.community.items.verbs import make
from tests.browser import operator, page
from tests.cast import OTIENO, WANJIRU, Village


def shown(village: Village) -> str:
    phone = village.phone(WANJIRU)
    village.site.redis.flushdb()  # nobody comes back to what was left
    phone.dials()
    for key in ("5", "98", "6"):
        phone.types(key)
    while "98 " in phone.screen:
        phone.types("98")
    return phone.types("3")


def test_members_see_what_is_overdue_until_it_is_done(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = make(world, OTIENO, "idea", "a bridge over the river", "k1")
        rows.change(world, one.id, state="open")
        held = make(world, OTIENO, "idea", "words that wait for a person", "k2")
        rows.change(world, held.id, state="held")
    assert shown(village) == "Nothing is overdue now.\n0 Back 00 Home"
    village.clock.passes(days=4)
    assert shown(village).startswith("We owe these a word, the oldest first\n1 23 Nov a bridge over the\n0 Back")
    assert village.phone(WANJIRU).types("1").startswith("a bridge over the river\n0 for")
    assert "Overdue" in page(operator(village, "facilitator"), "ideas")

    with village.world() as world:
        assert len(measures.overdue(world)) == 2, "staff see what waits unseen too"
        states.go(world, rows.by_number(world, one.number), "looked_at", "grace")
    assert shown(village).startswith("Nothing is overdue now.")
