"""Digits that were dialled or typed together lead over screens that nobody has seen, so they lead to a screen and change nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from gateway.community.groups import ballot_rows
from gateway.community.items import rows as items
from gateway.members import rows as members
from gateway.records import rows as records
from menus.phrasebook import Unseen
from tests.cast import CODE, OTIENO, WANJIRU, Village, idea
from tests.test_group_votes import opened, with_three

NEW = "+254755000005"


def dial(village: Village, number: str, path: str) -> str:
    """The screen after a path that is dialled behind the code."""
    return village.phone(number).dials(f"{CODE[:-1]}*{path}#")


def typed(village: Village, number: str, path: str) -> str:
    """The screen after the same digits typed as one answer at home."""
    phone = village.phone(number)
    phone.dials()
    return phone.types(path.replace("*", ""))


def test_nobody_consents_by_a_screen_that_was_not_shown(village: Village) -> None:
    village.everybody()
    shown = dial(village, NEW, "1*1")
    assert "1 " in shown
    assert "2 " in shown  # the consent itself, to be read and answered
    with village.world() as world:
        assert world.read.scalar(select(func.count()).select_from(members.consents).where(members.consents.c.number == NEW)) == 0
    assert village.phone(NEW).types("1") != shown
    with village.world() as world:
        assert world.read.scalar(select(func.count()).select_from(members.consents).where(members.consents.c.number == NEW)) == 1


def test_nobody_votes_by_a_screen_that_was_not_shown(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        opened(world)
    shown = dial(village, OTIENO, "3*4*1*2")
    assert "do we meet on Sunday" in shown
    with village.world() as world:
        assert world.read.scalar(select(func.count()).select_from(ballot_rows.ballots)) == 0
    village.phone(OTIENO).types("2")
    with village.world() as world:
        assert world.read.scalar(select(func.count()).select_from(ballot_rows.ballots)) == 1


def test_nothing_is_stopped_or_supported_by_a_screen_that_was_not_shown(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
    assert "pay us on Friday" in dial(village, OTIENO, "5*2*1*1")
    with village.world() as world:
        assert items.by_number(world, one.number).supporters == 0
    for go in (dial, typed):
        village.phone(OTIENO).hangs_up("Success")
        village.site.redis.flushdb()
        assert go(village, OTIENO, "6*4*5").startswith("Language and SMS")
        with village.world() as world:
            assert not records.stopped(world, OTIENO)


def test_a_payment_taken_back_is_asked_for_only_from_its_screen(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials()
    for answer in ("2", "1", "0722000002", "100", "4715"):
        phone.types(answer)
    village.workers_run()
    before = village.balance(OTIENO)
    shown = dial(village, WANJIRU, "2*6*1*1")
    village.workers_run()
    assert "asked" not in shown
    assert village.balance(OTIENO) == before
    assert not any("mistake" in words for words in village.sms(OTIENO))


def test_looking_is_counted_all_the_same(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
    assert "pay us on Friday" in dial(village, OTIENO, one.number)
    with village.world() as world:
        assert items.by_number(world, one.number).seen == 1


def test_a_world_that_is_not_seen_refuses_to_change_anything(village: Village) -> None:
    village.everybody()
    with village.world() as world, world.unseen():
        assert members.by_number(world, OTIENO)
        with pytest.raises(Unseen):
            _ = world.write
        with world.looking():
            assert world.write
        with pytest.raises(Unseen):
            world.ask(None)
