"""What staff write down for a member is the member's: read back by SMS, held and limited like what is dialled, kept once."""

from __future__ import annotations

from gateway.community import written_down
from gateway.community.items import rows, verbs
from gateway.members import rows as members
from gateway.store import audit
from tests.browser import operator, page, press, sign_in
from tests.cast import WANJIRU, Village
from tests.test_needs import grown


def test_words_said_on_the_telephone_become_the_members_own(village: Village) -> None:
    grown(village)
    web = sign_in(village)[0]
    answer = press(web, "feedback/written", "calls", who="0711000001", kind="idea", words="weigh the milk where we see it, my PIN is 4821")
    with village.world() as world:
        (item,) = [one for one in rows.newest(world, ("idea",), ("open",), 5) if one.phone == WANJIRU]
        assert (item.channel, item.member_id) == ("desk", members.by_number(world, WANJIRU).id)
        assert "4821" not in item.words
        assert verbs.is_new(world, members.by_number(world, WANJIRU)) is False
    assert f"Kept as {item.number}" in answer
    (told,) = [words for words in village.sms(WANJIRU) if item.number in words]
    assert "weigh the milk" in told.lower()
    assert "4821" not in told
    with village.world() as world:
        noted = audit.about(world, f"idea {item.number}")
        assert [one.action for one in noted] == ["written_down"]
        assert "4821" not in str(noted)


def test_a_case_and_a_question_go_where_dialled_ones_go(village: Village) -> None:
    grown(village)
    web = sign_in(village)[0]
    press(web, "feedback/written", "feedback", who="0711000001", kind="wrong", words="the clerk wrote 10 kg, it was 12")
    press(web, "feedback/written", "feedback", who="0711000001", kind="question", words="my cow does not eat")
    shown = page(web, "feedback")
    assert "the clerk wrote 10 kg, it was 12" in shown.lower()
    assert "my cow does not eat" in shown.lower()
    assert len(village.sms(WANJIRU)) == 2


def test_the_same_form_twice_is_kept_once_and_the_days_limit_is_the_phones(village: Village) -> None:
    grown(village)
    with village.world() as world:
        member = members.by_number(world, WANJIRU)
        first = written_down.write_down(world, member, "praise", "good scale", "k1")
        assert written_down.write_down(world, member, "praise", "good scale", "k1") == first
        for n in range(verbs.SAID_A_DAY - 1):
            assert written_down.write_down(world, member, "praise", "good scale", f"more-{n}") is not None
        assert written_down.write_down(world, member, "praise", "good scale", "too much") is None
    assert len(village.sms(WANJIRU)) == verbs.SAID_A_DAY


def test_who_is_nobody_here_is_said_and_who_may_only_read_has_no_form(village: Village) -> None:
    assert "nobody" in press(sign_in(village)[0], "feedback/written", "feedback", who="0799999999", kind="wrong", words="late")
    reader = operator(village, "auditor")
    assert "feedback/written" not in page(reader, "feedback")
    assert reader.post("/console/feedback/written").status_code in (400, 403)
