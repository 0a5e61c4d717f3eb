"""One number for the month: whatever a group sends by, all of it together is no more; what is beyond stands in the menu, or is not done."""

from __future__ import annotations

import pytest

from gateway.community.circles import promises
from gateway.community.groups import caring, leading, reminding, votes
from gateway.community.groups import rows as groups
from gateway.community.groups.caring import KindTextEnough
from gateway.community.groups.model import ToldAll, TooFewTexts
from gateway.community.lending import verbs as lending
from gateway.members import rows as members
from gateway.members.model import Found
from gateway.records import rows as records
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd
from tests.test_groups import chama

MOST = 9


def texts_of(world) -> int:
    return sum(one.about == "group 1001" for one in world.read.execute(records.texts.select()))


def test_all_ways_of_sending_share_the_number_of_the_month(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    chama(village)
    monkeypatch.setattr(leading, "TEXTS_A_MONTH", MOST)
    with village.world() as world:
        group = groups.by_number(world, "1001")
        fellows = [OTIENO, ACHIENG, *crowd(world, 2)]
        for number in fellows:
            groups.put(world, group.id, members.by_number(world, number).id, state="member")
        ids = {number: str(members.by_number(world, number).id) for number in fellows}
        stranger = crowd(world, 4)[-1]
    with village.world() as world:
        assert isinstance(leading.call_meeting(world, WANJIRU, "1001", "2026-11-25", "14", "Kiboko", "Our money", "yes", "m1"), ToldAll)
        assert isinstance(leading.send_notice(world, WANJIRU, "1001", "Bring your books", "yes", "n1"), ToldAll)
        assert texts_of(world) == 8
        assert isinstance(leading.send_notice(world, WANJIRU, "1001", "Once more", "yes", "n2"), TooFewTexts)
        assert isinstance(votes.start_vote(world, WANJIRU, "1001", "Do we meet on Sunday", "", "3", "yes", "v1"), TooFewTexts)
        assert isinstance(votes.start_vote(world, WANJIRU, "1001", "Do we meet on Sunday", "", "3", "no", "v2"), ToldAll)
        assert isinstance(reminding.remind_payers(world, WANJIRU, "1001", "r1"), TooFewTexts)
        promises.promise(world, WANJIRU, "1001", "0", ids[OTIENO], "7", "p1")
        assert texts_of(world) == MOST
        promises.promise(world, WANJIRU, "1001", "1", ids[ACHIENG], "7", "p2")  # stands under 9
        assert isinstance(caring.note_care(world, WANJIRU, "1001", ids[ACHIENG], "text", "c1"), KindTextEnough)
        assert isinstance(leading.invite(world, WANJIRU, "1001", stranger, "i1"), Found)  # stands under 3
        lending.ask_for_loan(world, OTIENO, "1001", 10_00, "4", "l1")
        leading.remind_meetings(world)
        caring.ask_how_it_went(world)
        assert texts_of(world) == MOST
    village.clock.passes(days=9)  # another month
    with village.world() as world:
        assert isinstance(leading.send_notice(world, WANJIRU, "1001", "Once more", "yes", "n3"), ToldAll)
        assert texts_of(world) == MOST + 4
