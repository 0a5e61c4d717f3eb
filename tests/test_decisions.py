"""Who decides what is written down in the console, read on the phone, changed by its name, bounded, and every change is noted."""

from __future__ import annotations

import pytest

from gateway.community.decisions import rows, verbs
from gateway.community.decisions.model import DECISIONS_MOST, NoDecision
from gateway.store import audit
from tests.browser import operator, page, press
from tests.cast import WANJIRU, Village


def test_the_staff_writes_it_members_read_it_and_it_is_noted(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    assert "Nothing is written down yet" in page(web, "decisions")
    assert "members read it now" in press(web, "decisions", "decisions", name="Prices  and fees", who="both", days="10")
    assert "Changed" in press(web, "decisions", "decisions", name="Prices and fees", who="members", days="5")
    assert "are needed" in press(web, "decisions", "decisions", name="x" * 25, who="both", days="10")
    assert "are needed" in press(web, "decisions", "decisions", name="Rules", who="both", days="61")
    assert "are needed" in press(web, "decisions", "decisions", name="Rules", who="the king", days="5")
    with village.world() as world:
        (row,) = verbs.who_decides(world, WANJIRU)
        assert row.label == "Prices and fees: members"
        shown = verbs.look_at_decision(world, WANJIRU, row.value)
        assert (shown.who, shown.days, shown.since) == ("members", 5, "23 Nov")
        assert isinstance(verbs.look_at_decision(world, WANJIRU, "1"), NoDecision)
        assert isinstance(verbs.look_at_decision(world, WANJIRU, "x"), NoDecision)
    assert "Taken off" in press(web, f"decisions/{row.value}/drop", "decisions")
    assert "changed meanwhile" in press(web, f"decisions/{row.value}/drop", "decisions")
    with village.world() as world:
        assert verbs.who_decides(world, WANJIRU) == []
        assert [one.action for one in audit.about(world, "Prices and fees")] == ["decision_written", "decision_written", "decision_dropped"]


def test_what_nobody_could_read_is_not_written_down(village: Village) -> None:
    with village.world() as world:
        for n in range(DECISIONS_MOST):
            verbs.write_down(world, f"Decision {n}", "staff", 3, "grace")
        with pytest.raises(verbs.NotWritten, match="20 are written down"):
            verbs.write_down(world, "One more", "staff", 3, "grace")
        assert verbs.write_down(world, "Decision 3", "both", 4, "grace") is False
        with pytest.raises(verbs.NotWritten, match="needs a name"):
            verbs.write_down(world, " \n ", "staff", 3, "grace")
        with pytest.raises(verbs.NotWritten, match="1 to 60 days"):
            verbs.write_down(world, "Decision 3", "nobody", 4, "grace")
        assert next(one for one in rows.here(world) if one.name == "Decision 3").who == "both"
