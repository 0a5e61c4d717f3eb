"""What a meeting decided is written down by its leader and told to all."""

from __future__ import annotations

import pytest

from gateway.community.groups import decided, leading, rows
from gateway.community.groups.decided import DecidedAlready, DecidedShown, MeetingWas, NothingDecided, NothingMet
from gateway.community.groups.model import NotALeader, TooFewTexts
from gateway.community.items import voice_rows
from gateway.community.items.model import HeldWords
from gateway.community.model import TooMany
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from tests.test_group_votes import with_three
from tests.test_groups import chama


def met(village: Village, *, with_all: bool = True) -> str:
    """The id of a meeting that was held yesterday."""
    (with_three if with_all else chama)(village)
    with village.world() as world:
        leading.call_meeting(world, WANJIRU, "1001", "2026-11-24", "14", "Kiboko", "Our money", "no", "k1")
        one = rows.meeting_by_key(world, "k1")
    village.clock.passes(days=2)
    assert one
    return str(one.id)


def say(village: Village, meeting: str, words: str = "We buy the mill", tell: str = "yes", number: str = WANJIRU):
    with village.world() as world:
        return decided.say_decided(world, number, "1001", meeting, words, tell)


def test_all_hear_it_once_and_find_it_under_the_meeting(village: Village) -> None:
    id = met(village)
    with village.world() as world:
        assert isinstance(decided.which_meeting(world, WANJIRU, "1001"), MeetingWas)
        assert not decided.has_decided(world, OTIENO, "1001")
    assert int(say(village, id).told) == 2
    assert int(say(village, id).told) == 0, "the same turn, heard again"
    assert village.sms(ACHIENG) == ["Tumaini group walikutana 24 Nov na kuamua: We buy the mill"]  # each in their own language
    assert village.sms(OTIENO) == ["Tumaini group met on 24 Nov and decided: We buy the mill"]
    with village.world() as world:
        line = decided.decisions_of(world, ACHIENG, "1001")
        shown = decided.look_at_decided(world, ACHIENG, line[0].value, "1001")
        assert isinstance(shown, DecidedShown)
        assert (shown.decided, line[0].label) == ("We buy the mill", "24 Nov We buy the mill")


def test_it_is_written_anew_until_all_were_told_and_stands_from_then_on(village: Village) -> None:
    id = met(village)
    assert int(say(village, id, "We by the mill", tell="no").told) == 0
    assert int(say(village, id, "We buy the mill").told) == 2
    assert isinstance(say(village, id, "We rent the mill"), DecidedAlready)
    assert len(village.sms(OTIENO)) == 1
    with village.world() as world:
        assert [one.decided for one in rows.decided_of(world, rows.by_number(world, "1001").id, 5)] == ["We buy the mill"]


def test_words_that_grow_when_they_are_made_plain_are_cut(village: Village) -> None:
    id = met(village)
    say(village, id, "\u2026" * 74, tell="no")
    with village.world() as world:
        assert len(rows.decided_of(world, rows.by_number(world, "1001").id, 5)[0].decided) == 74


def test_only_who_leads_writes_it_and_only_soon_after(village: Village) -> None:
    id = met(village)
    assert isinstance(say(village, id, number=OTIENO), NotALeader)
    village.clock.passes(days=15)
    assert isinstance(say(village, id), NothingMet)
    with village.world() as world:
        assert isinstance(decided.which_meeting(world, WANJIRU, "1001"), NothingMet)


def test_words_on_the_list_and_too_few_texts_write_nothing(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    id = met(village)
    with village.world() as world:
        voice_rows.hold_word(world, "thief", "an accusation", "grace")
    assert isinstance(say(village, id, "Otieno is a thief"), HeldWords)
    monkeypatch.setattr(leading, "TEXTS_A_MONTH", 1)
    assert isinstance(say(village, id), TooFewTexts)
    with village.world() as world:
        assert not decided.has_decided(world, OTIENO, "1001")


def test_what_was_decided_takes_a_place_of_the_days_notices(village: Village) -> None:
    id = met(village)
    with village.world() as world:
        for n in range(leading.ACTS_A_DAY):
            leading.send_notice(world, WANJIRU, "1001", f"notice {n}", "no", f"n{n}")
    assert isinstance(say(village, id), TooMany)


def test_nobody_outside_reads_it(village: Village) -> None:
    id = met(village, with_all=False)
    say(village, id)
    with village.world() as world:
        assert decided.decisions_of(world, ACHIENG, "1001") == []
        assert isinstance(decided.look_at_decided(world, ACHIENG, id, "1001"), NothingDecided)


def test_the_leader_is_asked_once_when_nothing_was_written(village: Village) -> None:
    met(village)
    for _ in range(2):
        with village.world() as world:
            decided.ask_what_was_decided(world)
    assert village.sms(WANJIRU) == ["Tumaini group has met. What was decided? Write it down and all hear it: dial *384*20417*3*98*6*98*7#"]
    assert village.sms(OTIENO) == []


def test_nobody_is_asked_of_what_is_written_or_long_past(village: Village) -> None:
    id = met(village)
    say(village, id, tell="no")
    with village.world() as world:
        assert decided.ask_what_was_decided(world) == 0
    with village.world() as world:
        rows.change_meeting(world, int(id), decided="")
    village.clock.passes(days=4)
    with village.world() as world:
        assert decided.ask_what_was_decided(world) == 0


def test_a_facilitator_reads_it(village: Village) -> None:
    id = met(village)
    say(village, id)
    assert "We buy the mill" in page(operator(village, "facilitator"), "groups/1001")
