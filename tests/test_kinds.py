"""A kind of an organisation's own: made in the console without code, and then it has all that an idea has."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from gateway.community.items import by_text, looking, states, verbs, voice_rows
from gateway.community.items import rows as items
from gateway.community.items import tables as item_tables
from gateway.community.items.model import Commented, Counted, Followed, ItemShown, NoItem, Reported, TakenBack
from gateway.community.items.states import CannotGo
from gateway.community.kinds import rows
from gateway.community.kinds import verbs as kinds
from gateway.community.kinds.model import KINDS_MOST, SHOWN_DAYS, TOLD_A_DAY, NoKind, OwnHeld, OwnKind, ToldEnough, ToldOwn
from gateway.community.numbers import look_up_number
from gateway.members import rows as members
from gateway.records.model import DOTS
from gateway.store.engine import connect
from gateway.store.migrate import downgrade, upgrade
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, idea
from tests.test_needs import grown

LOST = {
    "name_en": "Lost and found", "name_sw": "Vilivyopotea", "ask_en": "What was lost, and where?", "ask_sw": "Nini kimepotea, wapi?", "word": "potea",
}  # fmt: skip


def made(world, **other: str) -> OwnKind:
    return kinds.make_kind(world, **{**LOST, **other}, by="grace")


def told(world, kind: OwnKind, words: str = "A brown hen", who: str = OTIENO, key: str = "hen") -> str:
    found = kinds.tell_own(world, who, str(kind.id), words, key)
    assert isinstance(found, ToldOwn), found
    return found.number


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"word": "SEND"}, "something else"), ({"word": "STOPP"}, "something else"), ({"word": "SALI0"}, "plain letters"), ({"word": "WAZO"}, "something else"),
        ({"word": "abc"}, "plain letters"), ({"name_en": "  "}, "needed"), ({"ask_en": ""}, "needed"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_kind_says_why(village: Village, other: dict[str, str], why: str) -> None:
    with village.world() as world, pytest.raises(kinds.NotMade, match=why):
        made(world, **other)


def test_two_kinds_never_share_a_word_and_there_are_not_too_many(village: Village) -> None:
    with village.world() as world:
        made(world)
        with pytest.raises(kinds.NotMade, match="something else"):
            made(world)
        codes = {made(world, word=f"NENO{'ABCDEFGHIJKL'[n]}").code for n in range(KINDS_MOST - 1)}
        assert len(codes) == KINDS_MOST - 1
        with pytest.raises(kinds.NotMade, match="already"):
            made(world, word="ZAIDI")


def test_it_has_every_verb_of_an_item(village: Village) -> None:
    grown(village)
    with village.world() as world:
        kind = made(world)
        number = told(world, kind)
        assert told(world, kind) == number  # the same hop twice
        assert isinstance(looking.look_at_item(world, WANJIRU, number), ItemShown)
        assert isinstance(verbs.vote(world, WANJIRU, number, "for"), Counted)
        assert isinstance(verbs.say(world, WANJIRU, number, "She is mine", "s"), Commented)
        assert isinstance(verbs.follow(world, ACHIENG, number), Followed)
        assert isinstance(states.report(world, ACHIENG, number, "lie"), Reported)
        assert "AnItem" in repr(look_up_number(world, OTIENO, number))  # dialled behind the code, by who told it
        assert isinstance(by_text.vote_by_text(world, ACHIENG, number), Counted)
        assert voice_rows.count_comments(world, [items.by_number(world, number).id]) == 1
        other = told(world, kind, "A hen, brown", WANJIRU, "hen2")
        states.merge(world, items.by_number(world, other), items.by_number(world, number), "grace")
        assert verbs.find(world, other).number == number
        states.go(world, items.by_number(world, number), "done", "grace", "she is home")
        alone = idea(world, WANJIRU, "A tank")
        with pytest.raises(CannotGo, match="cannot be joined"):
            states.merge(world, alone, items.by_number(world, number), "grace")
        third = told(world, kind, "A rope", ACHIENG, "rope")
        assert isinstance(verbs.take_back(world, ACHIENG, third), TakenBack)
        assert isinstance(looking.look_at_item(world, WANJIRU, third), NoItem)
        assert rows.how_many(world) == {kind.code: 2}


def test_each_reads_it_in_their_language_and_by_sms_it_begins_with_its_word(village: Village) -> None:
    grown(village)
    with village.world() as world:
        kind = made(world)
        assert [row.label for row in kinds.own_kinds(world, WANJIRU)] == ["Lost and found"]
        assert [row.label for row in kinds.own_kinds(world, ACHIENG)] == ["Vilivyopotea"]
    village.phone(ACHIENG).texts("potea", SHORTCODE)
    assert village.sms(ACHIENG)[-1] == "Nini kimepotea, wapi? Tuma POTEA na maneno yako."
    village.phone(ACHIENG).texts("Potea: mbuzi 4711 mweupe", SHORTCODE)
    with village.world() as world:
        (item,) = items.of_member(world, members.by_number(world, ACHIENG).id, (kind.code,), 9)
        assert (item.words, item.channel) == (f"mbuzi {DOTS} mweupe", "sms")  # four digits may be a PIN
    assert item.number in village.sms(ACHIENG)[-1]


def here_for(village: Village, days: int) -> None:
    """The usual three, members for so long."""
    with village.world() as world:
        known = members.by_number(world, WANJIRU)
    if known is None:
        village.everybody()
    with village.world() as world:
        for number in (WANJIRU, OTIENO, ACHIENG):
            members.change_member(world, members.by_number(world, number).id, made_at=world.now() - dt.timedelta(days=days))


def test_a_newcomers_word_waits_for_a_person_and_a_day_has_an_end(village: Village) -> None:
    here_for(village, 1)
    with village.world() as world:
        kind = made(world)
        assert isinstance(kinds.tell_own(world, WANJIRU, str(kind.id), "A rope", "new"), OwnHeld)
        assert kinds.of_this_kind(world, OTIENO, str(kind.id)) == []
        assert [row.label for row in kinds.mine_of_kind(world, WANJIRU, str(kind.id))] == ["A rope"]
    village.phone(OTIENO).texts("POTEA a blue cup", SHORTCODE)
    assert "waits for a person" in village.sms(OTIENO)[-1]
    here_for(village, 90)
    with village.world() as world:
        for n in range(TOLD_A_DAY - 1):
            told(world, kind, f"Thing {n}", WANJIRU, f"k{n}")
        assert isinstance(kinds.tell_own(world, WANJIRU, str(kind.id), "One more", "k9"), ToldEnough)
    village.phone(WANJIRU).texts("POTEA one more", SHORTCODE)
    assert f"That is {TOLD_A_DAY} today" in village.sms(WANJIRU)[-1]


def test_off_it_is_gone_from_the_phone_but_what_was_told_is_found(village: Village) -> None:
    grown(village)
    with village.world() as world:
        kind = made(world)
        number = told(world, kind)
        assert kinds.has_own_kinds(world, WANJIRU)
        rows.change(world, kind.id, on=False)
    with village.world() as world:
        assert not kinds.has_own_kinds(world, WANJIRU)
        assert isinstance(kinds.look_at_kind(world, WANJIRU, str(kind.id)), NoKind)
        assert isinstance(kinds.tell_own(world, WANJIRU, str(kind.id), "A rope", "r"), NoKind)
        assert isinstance(looking.look_at_item(world, WANJIRU, number), ItemShown)
    village.phone(WANJIRU).texts("POTEA a rope", SHORTCODE)
    assert "Lost" not in village.sms(WANJIRU)[-1]  # it is words like any other now
    village.clock.passes(days=SHOWN_DAYS + 1)
    with village.world() as world:
        rows.change(world, kind.id, on=True)
        assert kinds.of_this_kind(world, WANJIRU, str(kind.id)) == []  # nobody has touched it for a season


def test_the_database_knows_no_other_kind(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one = idea(world, WANJIRU, "A tank")
    with pytest.raises(IntegrityError), village.world() as world:
        world.write.execute(update(item_tables.items).where(item_tables.items.c.id == one.id).values(kind="poem"))


def test_back_a_release_the_words_stay(village: Village) -> None:
    grown(village)
    with village.world() as world:
        number = told(world, made(world))
        verbs.vote(world, WANJIRU, number, "for")
    engine = connect(village.settings.database_url)
    downgrade(engine, "0038")
    with engine.connect() as connection:
        left = connection.exec_driver_sql(f"SELECT kind, words, supporters FROM items WHERE number = '{number}'").one()
        assert tuple(left) == ("unsorted", "A brown hen", 1)
    upgrade(engine)
    engine.dispose()


def test_the_facilitator_makes_one_reads_what_is_told_and_switches_it(village: Village) -> None:
    grown(village)
    web = operator(village, "facilitator")
    assert "Not made" in press(web, "kinds", "kinds", **{**LOST, "word": "SEND"})
    assert "are needed" in press(web, "kinds", "kinds", **{**LOST, "name_en": "x" * 15})
    assert "Members find Lost and found now" in press(web, "kinds", "kinds", **LOST)
    with village.world() as world:
        (kind,) = rows.all_kinds(world)
        number = told(world, kind)
    listed = page(web, f"ideas?kind={kind.code}")
    assert "A brown hen" in listed
    assert "lost and found" in listed
    assert f"Lost and found {number}" in page(web, f"items/{number}")
    assert "A brown hen" not in page(web, "ideas")
    assert "is off now" in press(web, f"kinds/{kind.id}/turn", "kinds")
    assert "is on now" in press(web, f"kinds/{kind.id}/turn", "kinds")
    assert "is off" not in press(web, "kinds/999/turn", "kinds")
    reader = operator(village, "auditor")
    assert "Make it" not in page(reader, "kinds")
