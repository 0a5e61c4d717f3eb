"""Whatever anyone types: a screen comes back, it fits, money is neither made nor lost, no PIN is kept."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import deque

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.calls import bare
from gateway.community.assisted import rows as assist_rows
from gateway.community.assisted import verbs as assisted
from gateway.community.assisted.model import PreparedFor
from gateway.community.bargain import rows as bargain_rows
from gateway.community.bargain import verbs as bargain
from gateway.community.bargain.model import Sides
from gateway.community.circles import checks
from gateway.community.commons import buys, outings
from gateway.community.commons import rows as commons
from gateway.community.commons import tools as common
from gateway.community.decisions import verbs as decisions
from gateway.community.groups import ballot_rows, votes
from gateway.community.groups import rows as groups
from gateway.community.groups.verbs import open_group
from gateway.community.helping import news, tips
from gateway.community.helping import rows as helping_rows
from gateway.community.helping import verbs as helping
from gateway.community.incidents import verbs as incidents
from gateway.community.items import problems, states
from gateway.community.items import rows as items_rows
from gateway.community.items import verbs as items
from gateway.community.kinds import verbs as kinds
from gateway.community.needs import verbs as needs
from gateway.community.panel import verbs as panel
from gateway.community.people import verbs as people
from gateway.community.polls import rows as poll_rows
from gateway.community.polls import verbs as polls
from gateway.community.polls.model import read
from gateway.community.sealed import verbs as sealed
from gateway.community.verbs import say_what_is_wrong
from gateway.community.voices import challenges
from gateway.community.voices import verbs as voices
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Wish
from gateway.ledger.proof.facts import verify
from gateway.members import looks
from gateway.members import rows as members
from gateway.members.guardians import rows as guardians
from gateway.money import bill_rows, disputes, produce, rewards
from gateway.money.bills import open_place
from gateway.money.model import AskedBack, Biller
from gateway.money.places import SHOP
from gateway.money.waiting import prepare_draft
from gateway.world import World
from menus.alphabet import screen_room
from menus.answers import Amount, BillNumber, Digits, HiddenWords, Name, Number, Phone, Pin, RollNumber, Secret, Words
from menus.book import BOOK
from menus.engine import Engine
from menus.render import PREFIX
from menus.screens import Ask, Browse, Choose, Do, digit_of
from menus.session import Session, Turn
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, a_plan, crowd
from tests.walk_ways import AT_ONCE, ENDINGS, NEEDS_MORE

GOOD = {
    Phone: ["0722000002"],
    Amount: ["200"],
    Pin: ["4715", "9361"],
    Words: ["a bridge * over the river", "milk " * 17],
    HiddenWords: ["the clerk takes kilos off"],
    Name: ["Baraka"],
    Number: ["1001", "5501", "2002", "1002"],
    Digits: ["1001", "5501", "9998"],
    RollNumber: ["42"],
    BillNumber: ["37 14-0012 9"],
}
BAD = {
    Phone: ["0799999999", "12", "0711000001"],
    Amount: ["9999999", "abc", "240000", "100000"],
    Pin: ["12", "1234"],
    Words: ["x"],
    HiddenWords: ["x"],
    Name: ["7"],
    Number: ["0", "9999"],
    Digits: ["x", "123456"],
    RollNumber: ["x", "?"],
    BillNumber: ["x", "4715", "1" * 17],
}
NAVIGATION = ["0", "00", "98", "9", "?", "*", "", "11", "1001", "5501", "9998"]


def keys_at(engine: Engine, session: Session) -> list[str]:
    """Everything worth typing here: each option, good and bad answers, and every way to lose one's way."""
    if session.offer or session.cut:
        return ["1", "2", "0", "x"]
    step, own = engine.book[session.here.at], []
    if isinstance(step, Choose | Ask):
        own += [digit_of(label) for label in step.options]
    if isinstance(step, Browse):
        own += [str(n) for n in range(1, session.here.shown + 2)]
    if isinstance(step, Ask):
        own = GOOD[type(step.answer)] + [str(n) for n, _ in enumerate(session.here.rows, 1)] + own + BAD[type(step.answer)]
    return [*own, *NAVIGATION]


def holds(turn: Turn) -> None:
    """What is true of every turn, whatever led to it."""
    room = screen_room(PREFIX + turn.text, 160)
    kept = msgspec.json.encode(turn.session, enc_hook=bare).decode()

    assert room.fits, f"{turn.label}: {room.used} of {room.most}: {turn.text}"
    assert turn.text.strip()
    assert "{" not in turn.text
    assert not re.search(r"(?<![0-9])(4715|9361)(?![0-9])", kept)
    assert msgspec.json.decode(kept, type=Session) == turn.session


def ask_back_and_bring(village: Village) -> None:
    """Achieng asks two payments back from Wanjiru, and the clerk has written milk of hers."""
    with village.world() as world:
        for n in range(2):
            ids = (village.account_id(ACHIENG), village.account_id(WANJIRU))
            ledger.reserve(world, Wish("transfer", *ids, 100_00 + n, "walk", f"back-{n}", "walk"))
    village.post()
    with village.world() as world:
        for n, one in enumerate(one for one in ledger_rows.page_of_transfers(world, most=9) if one.channel == "walk"):
            assert isinstance(disputes.ask_back(world, ACHIENG, str(one.id), f"walk-{n}"), AskedBack)
        for n in range(3):
            produce.write_delivery(
                world, member=members.by_number(world, WANJIRU), product="milk", thousandths=40_000 + n, clerk="Mutua", centre="Kiboko", key=f"walk-{n}",
                day=village.clock.at.date(),
            )  # fmt: skip
    village.post()


def gather(world, wanjiru: int, otieno: int, achieng: int) -> None:
    """Wanjiru leads a group with a notice and a meeting, is in a second one, and somebody asks to join."""
    led, other = groups.by_number(world, "1001"), open_group(world, "Umoja", number="1002")
    for group, who, role in ((led, wanjiru, "leader"), (led, otieno, "member"), (other, wanjiru, "member"), (other, otieno, "leader")):
        groups.put(world, group.id, who, state="member", role=role)
    groups.put(world, led.id, achieng, state="asked")
    groups.put(world, other.id, achieng, state="invited")
    for n in range(3):
        groups.add_notice(world, key=f"walk-{n}", group_id=led.id, member_id=wanjiru, words=f"Notice {n}: bring the sick calves on Friday")
    at = world.now() + dt.timedelta(days=3650)
    groups.add_meeting(world, key="walk", group_id=led.id, member_id=wanjiru, at=at, place="Kiboko school", agenda="Our money")


def say_things(world) -> None:
    """Ideas of Otieno: two are open, one was done, one is planned; and it is written down who decides what."""
    decisions.write_down(world, "Prices and fees", "both", 14, "walk")
    for n, (words, state) in enumerate((("clean water in the village", ""), ("a cold tank", ""), ("pay on Friday", "done"), ("a new scale", "planned"))):
        made = items.make(world, OTIENO, "idea", words, f"walk-{n}")
        assert made
        if state:
            states.go(world, made, state, "grace", "because", plan=a_plan(world, 700), tell=False)
    case = say_what_is_wrong(world, OTIENO, "No water at the dip", "walk-wrong")
    assert isinstance(problems.show_to_all(world, OTIENO, case.case), problems.ShownToAll)


def ask_things(world) -> None:
    """Otieno asks Wanjiru three things and has answered hers; one old answer helped; two tips are there, two wait; news, and votes of the group."""
    for number in (WANJIRU, OTIENO):
        helping_rows.put_helper(world, members.by_number(world, number).id, topics="cows,crops,other", most_a_week=10)
    for n in range(4):
        helping.ask_helpers(world, OTIENO, "cows", f"question of mine number {n} on cows", f"walk-q{n}")
    for n in range(2):
        mine = helping.ask_helpers(world, WANJIRU, "crops", f"when do I plant the {n}th field", f"walk-m{n}")
        for k in range(3):
            helping.answer(world, (OTIENO, ACHIENG)[k % 2], mine.number, f"after the rains {k}", f"walk-a{n}{k}")
    old = helping.ask_helpers(world, ACHIENG, "other", "a few words of mine on milk", "walk-old")
    helping.answer(world, OTIENO, old.number, "boil it first", "walk-old-a")
    helping.it_helped(world, ACHIENG, str(helping_rows.answers_to(world, [items_rows.by_number(world, old.number).id], 1)[0].id))
    for n in range(4):
        tip = tips.write_tip(world, OTIENO, "cows", f"tip {n}: wash the udder with warm water", f"walk-t{n}")
        if n < 2:
            tips.accept(world, helping_rows.revisions_of(world, items_rows.by_number(world, tip.number).id)[0], "walk")
    news.send_news(world, OTIENO, "the bridge is down", "walk-n")
    for n, (answers, said) in enumerate((("", "yes yes=1 no=0 unsure=0"), ("", "yes yes=1 no=0 unsure=0"), ("", ""), ("", "tie most=0"))):
        votes.start_vote(world, WANJIRU, "1001", f"shall we meet {n}", answers, "7", "no", f"walk-v{n}")
        id = ballot_rows.vote_by_key(world, f"walk-v{n}").id
        if said:
            ballot_rows.close_vote(world, id, said)
        if n == 1:
            votes.say_done(world, WANJIRU, str(id), "yes", "1001")


def ask_all(world) -> None:
    """A poll that Wanjiru has not answered, one that all have, and a quiz."""
    for title, days in (("Pay day", 3650), ("Milk", 3650)):
        id = polls.draft(world, kind="poll", title=title, asked=read("poll", "When?\n- Friday\n- Sunday\nWhy?\n- Rest\n- Work"), days=60, by="walk", key=title)
        poll_rows.change(world, id, state="open", ends_at=world.now() + dt.timedelta(days=days))
        some = crowd(world, 5)
        for member in some:
            polls.answer_poll(world, member, str(id), "1", "1")
            groups.put(world, groups.by_number(world, "1001").id, members.by_number(world, member).id, state="member")
    for member in some:
        bargain.say_trust(world, member, "yes")
    world.write.execute(bargain_rows.trust.delete().where(bargain_rows.trust.c.says == "skip"))  # so Wanjiru is asked
    bargain.write_process(world, "Paying for milk")
    for holder in ("mary", "peter"):
        sealed.take_key(world, holder, f"a long winter in Limuru, says {holder}")
    bargain_rows.put_month(world, "2026-10", Sides(0, 0, 0, 50_00, 80_00, 20_00))
    challenges.begin(world, "Long rains", 90, "walk")
    codes = {number: members.by_number(world, number).code for number in (WANJIRU, OTIENO, ACHIENG)}
    for n, (follower, followed) in enumerate(((WANJIRU, OTIENO), (OTIENO, WANJIRU), (WANJIRU, ACHIENG))):
        people.follow_person(world, follower, codes[followed], f"walk-f{n}")
    people.settle_follower(world, OTIENO, str(members.by_number(world, WANJIRU).id), "all")
    looks.look(world, [members.by_number(world, WANJIRU).id], "grace", "Grace", "account", "asked")
    panel.begin(world, title="Airtime", what="Buy it by SMS", days=60, many=30, village="", by="walk", key="walk-panel")
    incidents.open_incident(world, "Sending money", 72, "walk", "walk-broken")
    voices.count_board(world)
    made = kinds.make_kind(world, name_en="Lost and found", name_sw="Vilivyopotea", ask_en="What and where?", ask_sw="Nini, wapi?", word="POTEA", by="grace")
    kinds.make_kind(world, name_en="Jobs", name_sw="Kazi", ask_en="What work?", ask_sw="Kazi gani?", word="AJIRA", by="grace")
    kinds.tell_own(world, OTIENO, str(made.id), "A brown hen", "hen")
    for number, word in ((OTIENO, "Ladder"), (WANJIRU, "Hoe"), (WANJIRU, "Saw")):
        common.lend_tool(world, number, "1001", word, f"walk-{word}")
    for n, (number, seats) in enumerate(((OTIENO, "9"), (ACHIENG, "1"), (WANJIRU, "3"))):
        outings.offer_outing(world, number, "1001", "ride", f"Market {n}", "2036-11-27", seats, f"walk-out{n}")
    outings.come_along(world, OTIENO, "1001", outings.open_outings(world, OTIENO, "1001")[1].value)
    for n, word in enumerate(("Seed", "Salt")):
        buys.start_buy(world, WANJIRU, "1001", word, 50_00, 2 + n, "30", f"walk-{word}")
    kept = commons.tools_of(world, groups.by_number(world, "1001").id)
    for one, borrower in ((kept[1], OTIENO), (kept[0], WANJIRU)):
        owner = members.by_id(world, one.member_id)
        common.ask_to_borrow(world, borrower, "1001", str(one.id), "7")
        common.answer_borrow(world, owner, str(commons.running_loans(world, [one.id])[one.id].id), yes=True)
    for caller in (WANJIRU, *some):  # all but the last statement
        for n in range(11):
            checks.rate(world, caller, "1001", str(n), "can")
    polls.answer_poll(world, WANJIRU, str(id), "1", "1")
    polls.answer_poll(world, WANJIRU, str(id), "2", "1")
    id = polls.draft(world, kind="quiz", title="Cows", asked=read("quiz", "Boil?\n- Yes *\n- No\nHow?\n- Hot *\n- Cold"), days=60, by="walk", key="quiz")
    poll_rows.change(world, id, state="open", ends_at=world.now() + dt.timedelta(days=3650))


def need_things(world) -> None:
    """Achieng needs something, and Wanjiru too; Otieno can do it."""
    for n in range(3):
        needs.post_need(world, ACHIENG, f"my fence is down {n}", 2_000, Secret("6274"), f"walk-need{n}")
    needs.post_need(world, WANJIRU, "find my cow", 5_000, Secret("4715"), "walk-need-w")
    mine = needs.my_needs(world, WANJIRU)[0].value
    assert needs.offer_here(world, OTIENO, mine)


def dial_for_each_other(village: Village) -> None:
    """Otieno prepares payments for Wanjiru, who dials for Achieng; each for as long as the walk lasts."""
    with village.world() as world:
        wanjiru, otieno, achieng = (members.by_number(world, number) for number in (WANJIRU, OTIENO, ACHIENG))
        for who, helper in ((wanjiru, otieno), (achieng, wanjiru)):
            assist_rows.add(world, who.id, helper.id, world.now() + dt.timedelta(days=3650))
        assert isinstance(assisted.prepare_send(world, OTIENO, wanjiru.code, ACHIENG, 20_000, "walk-send"), PreparedFor)
        assert isinstance(assisted.prepare_group(world, OTIENO, wanjiru.code, 1001, 7_000, "walk-group"), PreparedFor)


def furnished(village: Village, language: str) -> Village:
    """Everything that there is to do is there to be done."""
    village.has("Wanjiru", WANJIRU, 200_000, "4715", language)
    village.has("Otieno", OTIENO, 100, "5839")
    village.has("Achieng", ACHIENG, 5_000, "6274")
    village.places(WANJIRU)
    with village.world() as world:  # another agent: nobody takes out cash at themselves
        bill_rows.put(world, Biller(open_place(world, SHOP, 1001, "Kiboko Water", None).id, "meter number", "namba ya mita", 8, 11), "walk")
        ledger.open_account(world, code="A2002", name="Achieng agent", product="agent", owner_id=members.by_number(world, ACHIENG).id)
    ask_back_and_bring(village)
    dial_for_each_other(village)
    with village.world() as world:
        for number in range(6):
            prepare_draft(world, WANJIRU, "send", OTIENO, 10_000 + number, f"draft-{number}")
        for number in range(4):
            prepare_draft(world, WANJIRU, "group", "1001", 5_000 + number, f"group-{number}")
    with village.world() as world:
        for number in (OTIENO, ACHIENG):
            rewards.reward(world, members.by_number(world, number), 200, "thanks", key=f"walk-{number}", by="walk")
    village.post()
    with village.world() as world:  # two guard Wanjiru, and she guards one who forgot the PIN
        wanjiru, otieno, achieng = (members.by_number(world, number).id for number in (WANJIRU, OTIENO, ACHIENG))
        for whose, guardian in ((wanjiru, otieno), (wanjiru, achieng), (otieno, wanjiru)):
            guardians.add(world, whose, guardian, world.now())
        gather(world, wanjiru, otieno, achieng)
        say_things(world)
        ask_things(world)
        need_things(world)
        ask_all(world)
        guardians.begin_rescue(world, otieno, world.now() + dt.timedelta(days=3650))
    return village


@pytest.mark.parametrize("language", ["en", "sw"])
def test_every_way_through_the_book(sqlite_village: Village, language: str) -> None:
    """Breadth first from the first dial: at every place, with every set of answers heard there, every key is pressed."""
    village = furnished(sqlite_village, language)
    engine: Engine = village.app.extensions["pamoja"]["conversation"].engine
    # Many ways through one call: each turn has a number of its own, for it is the key of what is paid. None of them looks like a PIN.
    turns = (n for n in itertools.count(100) if not any(pin in f"{n} {n + 1}" for pin in ("4715", "9361")))
    seen: set[tuple[object, ...]] = set()
    places: set[str] = set()
    calls = itertools.count()
    waiting: deque[tuple[Turn, tuple[str, ...]]] = deque()

    def turn(act: object, path: tuple[str, ...]) -> None:
        with village.world() as world:
            try:
                after: Turn = act(world)  # type: ignore[operator]
            except Exception as error:
                raise AssertionError(f"after {path}") from error
        holds(after)
        if "locked" in after.label or "imefungwa" in after.text or "PIN locked" in after.text:
            village.clock.passes(hours=25)
        here = after.session.here
        places.add(after.label)
        state = (after.label, tuple(sorted(here.answers)), len(after.session.trail) > 1, after.session.language, bool(after.why))
        if state not in seen:
            seen.add(state)
            waiting.append((after, path))

    def at_once(*keys: str, who: str = WANJIRU) -> None:
        """A way whose steps must follow each other: while all others are walked, time passes and money moves."""
        with village.world() as world:
            after = engine.open(f"once-{next(calls)}", who, language, world)
        places.add(after.label)
        for key in keys:
            with village.world() as world:
                after = engine.hear(after.session, key, world)
            village.post()
            holds(after)
            places.add(after.label)

    with village.world() as world:
        asked = items_rows.of_member(world, members.by_number(world, OTIENO).id, ("question",), 1)[0].number
    for who, keys in AT_ONCE:
        at_once(*(key.replace("*", " ") for key in keys.format(asked=asked).split()), who=who)
    for caller in (WANJIRU, "+254755000005"):
        turn(lambda world, who=caller: engine.open(f"walk-{who}", who, language, world), (caller,))
    while waiting:
        before, path = waiting.popleft()
        if before.ends or before.session.language not in ("en", "sw"):
            continue
        for key in keys_at(engine, before.session):
            turn(lambda world, k=key, s=before.session: engine.hear(s._replace(turn=next(turns)), k, world), (*path, key))

    screens = {place for place, step in BOOK if not isinstance(step, Do) and not place.startswith("sms_")}
    missed = sorted(place for place in screens - places - NEEDS_MORE if place.split(".")[1] not in ENDINGS)
    assert not missed, " ".join(missed)
    assert len(seen) > 150
    with village.world() as world:
        assert verify(world) == []
    assert village.money_of_all() == 0


typed = st.one_of(
    st.sampled_from(
        ["0", "00", "98", "9", "1", "2", "3", "4", "5", "6", "0722000002", "200", "4715", "1111", "", "*", "#", "{to}", "٣", "²", "１", "\n", "🙂"]
    ),
    st.text(max_size=200),
)


@given(st.lists(typed, max_size=14))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_walk_is_safe(sqlite_village: Village, keys: list[str]) -> None:
    village = sqlite_village
    with village.world() as world:
        from gateway.members import rows as members

        new = members.by_number(world, WANJIRU) is None
    if new:
        village.everybody()
    engine: Engine = village.app.extensions["pamoja"]["conversation"].engine

    def with_world(act: object) -> Turn:
        with village.world() as world:
            assert isinstance(world, World)
            turn: Turn = act(world)  # type: ignore[operator]
        return turn

    turn = with_world(lambda world: engine.open("any", WANJIRU, "en", world))
    for key in keys:
        if turn.ends:
            break
        turn = with_world(lambda world, k=key, s=turn.session: engine.hear(s, k, world))
        room = screen_room(PREFIX + turn.text, 160)
        assert room.fits
    assert village.money_of_all() == 0
