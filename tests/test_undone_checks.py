"""A check of a tip that slipped is asked again, while nothing is decided and within the hour."""

from __future__ import annotations

from gateway.community.helping import rows, tips
from gateway.community.items import rows as items
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village


def test_a_slip_is_asked_again_and_a_decided_one_stays(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        tips.write_tip(world, WANJIRU, "cows", "boil the milk well", "k1")
    with village.world() as world:
        (tip,) = items.page(world, before=None, most=9, kinds=("tip",))
        (first,) = rows.revisions_of(world, tip.id)
        assert not tips.can_undo_check(world, OTIENO)
        tips.check_tip(world, OTIENO, str(first.id), "no")
        assert tips.can_undo_check(world, OTIENO)
        tips.undo_check(world, OTIENO)
        assert not tips.can_undo_check(world, OTIENO)
        assert isinstance(tips.next_check(world, OTIENO), tips.CheckShown)
        assert rows.check(world, first.id, village.member(world, OTIENO).voice, True) == (1, 0)

        tips.check_tip(world, ACHIENG, str(first.id), "yes")
        assert items.by_id(world, tip.id).state == "open"
        assert not tips.can_undo_check(world, ACHIENG), "two have decided it"


def test_after_an_hour_a_check_stands(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        tips.write_tip(world, WANJIRU, "cows", "boil the milk well", "k1")
        (tip,) = items.page(world, before=None, most=9, kinds=("tip",))
        (first,) = rows.revisions_of(world, tip.id)
        tips.check_tip(world, OTIENO, str(first.id), "yes")
    village.clock.passes(minutes=61)
    with village.world() as world:
        assert not tips.can_undo_check(world, OTIENO)
        tips.undo_check(world, OTIENO)
        assert rows.check(world, first.id, village.member(world, OTIENO).voice, True) == (1, 0)
