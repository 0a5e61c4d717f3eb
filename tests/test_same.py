"""Members join what is the same: its author at once, three others together; whoever it is of may say NO, and nobody's vote is lost."""

from __future__ import annotations

from gateway.community.items import rows, same, same_rows, states, voice_rows
from gateway.community.items.model import NoItem, Rests, SaidToday
from gateway.community.items.verbs import AUTHOR, look_alikes, make, vote
from gateway.members import rows as members
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd, idea

KAMAU = "+254744000004"


def two_ideas(village: Village) -> tuple[str, str]:
    """(the older, of Otieno; the younger, of Achieng)."""
    village.everybody()
    with village.world() as world:
        made = [make(world, number, "idea", words, f"k-{number}") for number, words in ((OTIENO, "pay us on Friday"), (ACHIENG, "pay us for milk on Friday"))]
        for one in made:
            assert one
            rows.change(world, one.id, state="open")
        return str(made[0].number), str(made[1].number)  # type: ignore[union-attr]


def test_three_who_are_no_strangers_join_two_and_the_author_parts_them_for_good(village: Village) -> None:
    older, younger = two_ideas(village)
    with village.world() as world:
        three = crowd(world, 3)
        vote(world, three[0], younger, "for")
        said = [same.say_same(world, number, younger, older) for number in (three[0], three[0], three[1])]
        assert [(one.count, one.needed) for one in said] == [(1, 3), (1, 3), (2, 3)]  # type: ignore[union-attr]
        came = same.say_same(world, three[2], older, younger)
        assert isinstance(came, same.SameJoined)
        assert came.number == older
        assert rows.by_number(world, older).supporters >= 2, "votes and the author's own came along"
        assert same_rows.waiting(world, 9) == []
    assert "limeunganishwa na" in village.sms(ACHIENG)[-1]

    village.phone(ACHIENG).texts("HAPANA", SHORTCODE)
    with village.world() as world:
        assert rows.by_number(world, younger).state == "open"
        assert isinstance(same.say_same(world, three[0], younger, older), same.TwoThings), "an author's NO is for good"


def test_the_author_joins_at_once_and_a_stranger_counts_for_nothing(village: Village) -> None:
    older, younger = two_ideas(village)
    with village.world() as world:
        village.has("Kamau", KAMAU, 100, "8361")
    with village.world() as world:
        new = members.by_number(world, KAMAU)
        world.write.execute(members.members.update().where(members.members.c.id == new.id).values(made_at=world.now()))
    with village.world() as world:
        assert same.say_same(world, KAMAU, younger, older) == same.SameSaid(0, 3)  # type: ignore[arg-type]
        assert isinstance(same.say_same(world, ACHIENG, younger, older), same.SameJoined)
        (change,) = [one for one in voice_rows.changes_of(world, [rows.by_number(world, younger).id]) if one.after == "merged"]
        assert change.by == AUTHOR


def test_what_cannot_be_joined_says_so(village: Village) -> None:
    older, younger = two_ideas(village)
    with village.world() as world:
        question = make(world, OTIENO, "question", "when do you pay us on Friday", "q1")
        rows.change(world, question.id, state="open")
        assert isinstance(same.say_same(world, WANJIRU, question.number, older), same.TwoThings)
        assert isinstance(same.say_same(world, WANJIRU, older, older), NoItem)
        assert isinstance(same.same_by_text(world, WANJIRU, older), same.WhichSame)
        voice_rows.turn(world, "ideas", off=True, why="a flood", by="grace")
        assert isinstance(same.say_same(world, WANJIRU, younger, older), Rests)


def test_one_person_says_it_of_few_pairs_a_day(village: Village) -> None:
    older, _ = two_ideas(village)
    with village.world() as world:
        (one,) = crowd(world, 1)
        for n in range(same.PAIRS_A_DAY):
            made = make(world, OTIENO, "idea", f"pay us on Friday morning {n}", f"more-{n}")
            rows.change(world, made.id, state="open")
            assert isinstance(same.say_same(world, one, made.number, older), same.SameSaid)
        made = make(world, ACHIENG, "idea", "pay us on Friday at noon", "last")
        rows.change(world, made.id, state="open")
        assert isinstance(same.say_same(world, one, made.number, older), SaidToday)


def test_the_facilitator_sees_what_few_say_and_decides(village: Village) -> None:
    older, younger = two_ideas(village)
    with village.world() as world:
        (one,) = crowd(world, 1)
        same.say_same(world, one, younger, older)
    web = operator(village, "facilitator")
    assert "Said to be the same" in page(web, "moderation")
    assert "They stay two." in press(web, "moderation/same", item=younger, twin=older, what="two")
    assert "Nobody calls two things the same." in page(web, "moderation")
    with village.world() as world:
        assert rows.by_number(world, younger).state == "open"
        same_rows.say(world, rows.by_number(world, younger).id, rows.by_number(world, older).id, village.member(world, WANJIRU).id)
    assert "Joined, and told" in press(web, "moderation/same", item=younger, twin=older, what="one")
    with village.world() as world:
        assert rows.by_number(world, younger).state == "merged"
        states.unmerge(world, rows.by_number(world, younger), "grace")


def test_what_is_said_from_the_same_screen_is_liker_and_keeps_it(village: Village) -> None:
    """The screen before the road that led to saying it; a quarter of an hour later it is another matter."""
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*1#")
    phone.types("1")
    phone.hangs_up()
    village.workers_run()
    with village.world() as world:
        from_balance, elsewhere = idea(world, WANJIRU, "show it in larger letters"), idea(world, OTIENO, "show it in larger letters")
        assert (from_balance.screen, elsewhere.screen) == ("balance.show", "")
        found = look_alikes(world, "show it in larger letters please", ("idea",), screen="balance.show")
        assert [(one.id == from_balance.id, round(score, 1)) for one, score in found] == [(True, 1.1), (False, 1.0)]
    village.clock.passes(minutes=16)
    with village.world() as world:
        assert idea(world, WANJIRU, "another thing altogether").screen == ""
