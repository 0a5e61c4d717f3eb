"""What is one's own: a copy of all of it, and deletion of what may go; money stays, and others' words stay."""

from __future__ import annotations

import datetime as dt
import json
import re

from sqlalchemy import select

import gateway.store.all_tables  # noqa: F401
from gateway.community.items import rows as items
from gateway.community.items import verbs as item_verbs
from gateway.community.items import voice_rows
from gateway.ledger import rows as ledger_rows
from gateway.members import rows as members
from gateway.members.own_data import rows, verbs
from gateway.members.own_data.model import FATES, GONE, Delete
from gateway.money import approvals
from gateway.records.model import SAID_NO
from gateway.records.rows import hops
from gateway.records.verbs import write_text
from gateway.store.tables import metadata
from tests.browser import csrf, operator, page, press
from tests.cast import OTIENO, SHORTCODE, WANJIRU, Village

ASKS = "*384*20417*6*98*1#"


def lived(village: Village) -> str:
    """Wanjiru has paid, written, asked and gone through menus. Returns the number of her idea."""
    village.everybody()
    phone = village.phone(WANJIRU)
    for key in (phone.dials("*384*20417*2*1#"), "0722000002", "100", "4715"):
        phone.types(key) if key != phone.screen else None
    phone.texts("IDEA A cold tank at the bridge", SHORTCODE)
    phone.texts("my pump leaks", SHORTCODE)
    village.workers_run()
    with village.world() as world:
        idea = next(one for one in items.page(world, before=None, most=9) if one.kind == "idea")
        items.change(world, idea.id, state="open")
        item_verbs.say(world, WANJIRU, idea.number, "Or at the school", "c1")
        item_verbs.say(world, OTIENO, idea.number, "The bridge is better", "c2")
    return idea.number


def asked(village: Village, key: str) -> str:
    phone = village.phone(WANJIRU)
    phone.dials(ASKS)
    while "98 " in phone.screen:
        phone.types("98")
    return phone.types(key)


def test_no_table_that_holds_something_of_members_is_forgotten() -> None:
    holding = {table.name for table in metadata.sorted_tables if rows.holds_members(table)}
    assert holding - set(FATES) == set(), "say in FATES what becomes of them when a member's traces are deleted"
    assert set(FATES) - holding == set()


def test_a_copy_holds_everything_and_no_secret(village: Village) -> None:
    lived(village)
    assert "is ready for you at" in asked(village, "2")
    assert asked(village, "2").startswith("You have asked already.")
    assert "You asked for a copy" in village.sms(WANJIRU)[-1]
    support = operator(village, "support")
    assert "A copy" in page(support, "data-requests")
    id = re.search(r"/console/data-requests/(\d+)/copy", page(support, "data-requests"))[1]  # type: ignore[index]
    answer = support.post(f"/console/data-requests/{id}/copy", data={"csrf_token": csrf(page(support, "data-requests"))})
    copied = json.loads(answer.get_data(as_text=True))

    assert [one["name"] for one in copied["members"]] == ["Wanjiru"]
    assert "A cold tank at the bridge" in {one["words"] for one in copied["items"]}
    assert [one["words"] for one in copied["item_comments"]] == ["Or at the school"], "what others said is theirs"
    assert {one["amount_minor"] for lines in copied["statements"].values() for one in lines} >= {-100_00}
    assert "pin_hash" not in answer.get_data(as_text=True)
    assert "looked at your copy" in village.sms(WANJIRU)[-1]
    assert "No member asks for anything." in page(support, "data-requests")


def test_deletion_takes_two_of_staff_and_leaves_money_and_others_words(village: Village) -> None:
    number = lived(village)
    before = village.balance(WANJIRU), village.money_of_all()
    assert asked(village, "3").startswith("We delete your calls")
    phone = village.phone(WANJIRU)
    while "98 " in phone.screen:
        phone.types("98")
    assert phone.types("1").startswith("Two of us do it by")
    with village.world() as world:
        (wish,) = rows.waiting(world)
        done = approvals.ask(world, "erase", {"request_id": wish.id}, "amina")
        assert "of Wanjiru, " in approvals.rows.approval(world, done.id).subject
        assert isinstance(approvals.decide(world, done.id, "joseph", agree=True), approvals.Done)

    with village.world() as world:
        member = village.member(world, WANJIRU)
        left = {name for name, _ in rows.everything_of(world, member.id, *rows.phones_of(world, member.id))}
        assert not left & {name for name, fate in FATES.items() if fate == Delete()}
        idea = items.by_number(world, number)
        said = [one.words for one in voice_rows.comments_on(world, [idea.id], 9)]
        assert sorted(said) == [GONE, "The bridge is better"]
        assert idea.words == "A cold tank at the bridge", "it stands, and its author takes it back if she wants"
        assert len(ledger_rows.page_of_transfers(world, most=9)) >= 2
        assert rows.waiting(world) == []
        assert verbs.delete_traces(world, wish.id, "joseph") == "it does not wait any more"
    assert (village.balance(WANJIRU), village.money_of_all()) == before
    assert "has deleted your traces" in village.sms(WANJIRU)[-1]
    assert village.phone(WANJIRU).dials().startswith("Hi Wanjiru.")


def test_what_is_taken_back_loses_its_words(village: Village) -> None:
    number = lived(village)
    with village.world() as world:
        item = items.by_number(world, number)
        item_verbs.withdraw(world, item, "its author")
        rows.clear(world, village.member(world, WANJIRU).id, [WANJIRU], village.clock.at - dt.timedelta(days=99))
        assert items.by_number(world, number).words == GONE


def test_who_shares_a_phone_gets_nothing_of_the_others_on_it(village: Village) -> None:
    """Neither in the copy nor by deletion: their SMS go to the same number."""
    number = lived(village)
    with village.world() as world:
        wanjiru, otieno = village.member(world, WANJIRU), village.member(world, OTIENO)
        world.write.execute(members.numbers.update().where(members.numbers.c.member_id == wanjiru.id).values(shared=True))
        write_text(world, key="other", number=WANJIRU, kind="service", words="For Otieno alone", member_id=otieno.id)
    village.workers_run()
    with village.world() as world:
        copied = str(list(rows.everything_of(world, wanjiru.id, *rows.phones_of(world, wanjiru.id))))
        assert "For Otieno alone" not in copied
        assert "my pump leaks" not in {
            row["words"] for table, row in rows.everything_of(world, wanjiru.id, *rows.phones_of(world, wanjiru.id)) if table == "texts_in"
        }
        assert number in copied
        rows.clear(world, wanjiru.id, *rows.phones_of(world, wanjiru.id))
        assert any("For Otieno alone" in str(row) for _, row in rows.everything_of(world, otieno.id, *rows.phones_of(world, otieno.id)))


def test_a_wish_is_called_off_and_outlives_its_member(village: Village) -> None:
    lived(village)
    asked(village, "2")
    with village.world() as world:
        (wish,) = rows.waiting(world)
        assert wish.phones == WANJIRU
        world.write.execute(members.numbers.delete().where(members.numbers.c.number == WANJIRU))  # as leaving does
    support = operator(village, "support")
    assert "has left" in page(support, "data-requests")
    with village.world() as world:
        assert "texts_in" in verbs.copy_of(world, wish), "the SIMs of then are kept with the wish"
    assert "Called off" in press(support, f"data-requests/{wish.id}/off", "data-requests")
    assert "No member asks for anything." in page(support, "data-requests")


def test_who_says_no_is_in_no_table(village: Village) -> None:
    """What the last screen says is so: not even the trace of the call knows the number."""
    stranger = "+254744000004"
    phone = village.phone(stranger)
    phone.dials()
    phone.types("2")
    assert phone.types("3").startswith("Nothing was stored.")
    village.workers_run()
    with village.world() as world:
        assert {row.label for row in world.read.execute(select(hops)).all()} == {"join.language", "join.consent", SAID_NO}
        assert not [table.name for table in metadata.sorted_tables for row in world.read.execute(select(table)) if any(stranger in str(one) for one in row)]
