"""A quick vote is told how others voted only when one's own is cast, and only where enough have."""

from __future__ import annotations

import pytest

from gateway.community.items import looking
from gateway.community.items.verbs import vote
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd, idea


@pytest.mark.parametrize(("agree", "disagree", "said"), [(1, 1, "Asante!"), (5, 0, "Most agree."), (1, 5, "Most disagree."), (4, 3, "Opinions are split.")])
def test_how_it_went_is_told_after_the_vote(village: Village, agree: int, disagree: int, said: str) -> None:
    village.everybody()
    with village.world() as world:
        first = idea(world, OTIENO, "pay us on Friday")
        for n, number in enumerate(crowd(world, agree + disagree - 1)):
            vote(world, number, first.number, "for" if n < agree - 1 else "against")
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*5*1#")
    assert phone.screen.startswith("pay us on Friday\n1 of 5 today.")
    with village.world() as world:
        idea(world, ACHIENG, "a cold tank at the bridge")

    assert phone.types("1").startswith(f"a cold tank at the bridge\n2 of 5 today. {said}\n")


def test_before_a_vote_nothing_is_told_of_others(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        idea(world, OTIENO, "pay us on Friday")
        shown = looking.pick_statement(world, WANJIRU)
        assert isinstance(shown, looking.StatementShown)
        assert (shown.went, shown.voted, shown.quick_most) == ("", 1, 5)
