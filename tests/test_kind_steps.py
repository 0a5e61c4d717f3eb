"""An organisation says how a thing of a kind of its own goes on: which steps, who takes them, what they are called, what is told."""

from __future__ import annotations

import pytest

from gateway.community.items import looking, states, telling, verbs
from gateway.community.items import rows as items
from gateway.community.items.model import MineShown, NoItem
from gateway.community.items.states import CannotGo
from gateway.community.kinds import steps
from gateway.community.kinds import verbs as kinds
from gateway.community.kinds.model import Finished
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, idea
from tests.test_kinds import made, told
from tests.test_needs import grown

FOUND = {
    "who": "author", "name_en": "found", "name_sw": "kimepatikana", "sms_en": "it is found, thank you all!", "sms_sw": "kimepatikana, asanteni!",
}  # fmt: skip


def found(village: Village, **other: str) -> str:
    """The number of a hen that Otieno lost, in a kind that ends with "found"; Wanjiru and Achieng have spoken of it."""
    grown(village)
    with village.world() as world:
        kind = made(world)
        steps.set_step(world, kind.code, "done", **{**FOUND, **other}, by="grace")
        number = told(world, kind)
        verbs.vote(world, WANJIRU, number, "for")
        verbs.vote(world, ACHIENG, number, "for")
    return str(number)


def test_its_author_says_that_it_is_found_and_all_hear_it_in_those_words(village: Village) -> None:
    number = found(village)
    with village.world() as world:
        assert kinds.may_finish(world, OTIENO, number)
        assert not kinds.may_finish(world, WANJIRU, number)
        assert isinstance(kinds.finish_own(world, WANJIRU, number), NoItem)
        assert isinstance(kinds.finish_own(world, OTIENO, number), Finished)
        assert items.by_number(world, number).state == "closed"
        assert isinstance(kinds.finish_own(world, OTIENO, number), NoItem), "once"
    assert village.sms(WANJIRU)[-1].startswith(f"{number} A brown hen: it is found, thank you all! More: dial")
    assert village.sms(ACHIENG)[-1].startswith(f"{number} A brown hen: kimepatikana, asanteni!")
    assert not [one for one in village.sms(OTIENO) if "found" in one], "who said it need not be told"


def test_staff_say_it_too_and_the_author_is_asked_in_those_words(village: Village) -> None:
    number = found(village)
    with village.world() as world:
        would = telling.preview(world, items.by_number(world, number), "done")
        assert "it is found, thank you all!" in would.words
        states.go(world, items.by_number(world, number), "done", "grace")
    assert village.sms(OTIENO)[-1] == f"{number} A brown hen: it is found, thank you all! Is it good? Reply 1 yes, 2 no"
    with village.world() as world:
        assert telling.state_name(world, items.by_number(world, number), "sw") == "kimepatikana"


def test_a_step_that_a_kind_lacks_is_taken_by_nobody(village: Village) -> None:
    number = found(village)
    with village.world() as world:
        kind = items.by_number(world, number).kind
        steps.set_step(world, kind, "looked_at", who="nobody", by="grace")
        with pytest.raises(CannotGo, match="no such step"):
            states.go(world, items.by_number(world, number), "looked_at", "grace")
        one = idea(world, WANJIRU, "an idea has it all the same")
        assert states.go(world, one, "looked_at", "grace").state == "looked_at"
    assert "Read by a person" not in page(operator(village, "facilitator"), f"items/{number}").split("Next step")[-1]


def test_where_nobody_has_set_a_step_it_is_as_with_an_idea(village: Village) -> None:
    grown(village)
    with village.world() as world:
        kind = made(world)
        number = told(world, kind)
        assert [steps.who_may(world, kind.code, state) for state in ("looked_at", "done", "declined")] == ["staff", "official", "staff"]
        assert not kinds.may_finish(world, OTIENO, number)
        shown = looking.look_at_mine(world, OTIENO, number)
        assert isinstance(shown, MineShown)
        assert shown.state == "open"


@pytest.mark.parametrize(
    ("state", "other", "why"),
    [("done", {"who": "somebody"}, "nobody who"), ("held", {}, "no step"), ("planned", {"who": "author"}, "only say"),
     ("done", {"name_en": ""}, "needed in English"), ("done", {"sms_en": ""}, "needed in English")],
)  # fmt: skip
def test_what_cannot_be_set_says_why(village: Village, state: str, other: dict[str, str], why: str) -> None:
    with village.world() as world, pytest.raises(steps.NotSet, match=why):
        steps.set_step(world, made(world).code, state, **{**FOUND, **other}, by="grace")


def test_staff_set_steps_on_their_page_and_who_may_not_answer_officially_takes_what_the_kind_lets(village: Village) -> None:
    grown(village)
    with village.world() as world:
        kind = made(world)
        number = str(told(world, kind))
    web = operator(village, "facilitator")
    press(web, f"kinds/{kind.id}/steps", f"kinds/{kind.id}/steps", state="done", who="staff", name_en="found", sms_en="it is found")
    shown = page(web, f"kinds/{kind.id}/steps")
    assert "it is found" in shown
    assert "any of staff" in shown
    with village.world() as world:
        assert steps.name_of(world, kind.code, "done", "sw") == "found", "what is not said in Swahili is said in English"
        states.go(world, items.by_number(world, number), "done", "grace")
    assert "found" in village.sms(OTIENO)[-1]
