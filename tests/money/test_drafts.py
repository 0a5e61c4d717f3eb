"""A payment that waits for its PIN ends by itself: once, a little after its time, and never one that was agreed to."""

from __future__ import annotations

from gateway.members import draft_rows
from gateway.members import rows as members
from gateway.members.model import DRAFT_MINUTES
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village
from workers.nightly import end_drafts


def told(village: Village) -> list[str]:
    return [words for words in village.sms(WANJIRU) if "nothing moved" in words]


def test_it_ends_once_and_not_while_the_last_turn_may_be_paying(village: Village) -> None:
    village.everybody()
    village.phone(WANJIRU).texts("SEND 50 0722000002", SHORTCODE)
    village.clock.passes(minutes=DRAFT_MINUTES, seconds=30)
    assert village.phone(WANJIRU).dials("*384*20417*9#").startswith("Nothing waits")
    assert end_drafts(village.site) == 0
    village.clock.passes(minutes=1)
    assert (end_drafts(village.site), end_drafts(village.site)) == (1, 0)
    assert len(told(village)) == 1


def test_what_was_agreed_to_does_not_end(village: Village) -> None:
    village.everybody()
    village.phone(WANJIRU).texts("SEND 50 0722000002", SHORTCODE)
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*9*1#")
    assert phone.types("4715").startswith("Sent KES 50")
    village.clock.passes(hours=2)
    assert end_drafts(village.site) == 0
    assert told(village) == []
    assert village.balance(OTIENO) == 50_00


def test_one_sms_a_day_and_none_when_the_clock_stood_still(village: Village) -> None:
    village.everybody()
    for amount in (50, 60):
        village.phone(WANJIRU).texts(f"SEND {amount} 0722000002", SHORTCODE)
    village.clock.passes(minutes=40)
    assert end_drafts(village.site) == 2
    assert len(told(village)) == 1
    village.phone(WANJIRU).texts("SEND 70 0722000002", SHORTCODE)
    village.clock.passes(days=2)
    assert end_drafts(village.site) == 1
    assert len(told(village)) == 1
    with village.world() as world:
        assert draft_rows.waiting(world, village.member(world, WANJIRU).id) == []


def test_what_was_paid_by_a_turn_that_died_is_not_said_to_have_moved_nothing(village: Village) -> None:
    village.everybody()
    village.phone(WANJIRU).texts("SEND 50 0722000002", SHORTCODE)
    with village.world() as world:
        (draft,) = draft_rows.waiting(world, village.member(world, WANJIRU).id)
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*9*1#")
    assert phone.types("4715").startswith("Sent KES 50")
    with village.world() as world:
        draft_rows.end(world, draft.id, "waiting")  # as if the turn had died between the ledger and the draft
    village.clock.passes(minutes=40)
    assert end_drafts(village.site) == 1
    assert told(village) == []
    with village.world() as world:
        assert draft_rows.draft(world, draft.id, draft.member_id).state == "agreed"


def test_who_has_left_stops_nobody_elses_draft(village: Village) -> None:
    village.everybody()
    village.phone(WANJIRU).texts("SEND 50 0722000002", SHORTCODE)
    village.phone(ACHIENG).texts("SEND 50 0722000002", SHORTCODE)
    with village.world() as world:
        gone = village.member(world, ACHIENG)
        members.change_member(world, gone.id, status="left")
        members.free_number(world, gone.id)
    village.clock.passes(minutes=40)
    assert end_drafts(village.site) == 2
    assert len(told(village)) == 1
