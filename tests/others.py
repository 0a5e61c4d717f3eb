"""What others do in a talk while its people are on the phone: staff, the clock, the network, other members. Each gives back what it shows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gateway.community import saved
from gateway.community.bargain import rows as bargain_rows
from gateway.community.bargain import verbs as bargain
from gateway.community.bargain.model import Rates
from gateway.community.courses import verbs as courses
from gateway.community.decisions import verbs as decisions
from gateway.community.groups import rows as groups
from gateway.community.helping import levels
from gateway.community.helping import rows as helping
from gateway.community.helping import verbs as asking
from gateway.community.incidents import rows as incident_rows
from gateway.community.incidents import verbs as incidents
from gateway.community.instead import is_drawn
from gateway.community.items import rows as items
from gateway.community.items import states, steering
from gateway.community.items import verbs as item_verbs
from gateway.community.kinds import rows as kind_rows
from gateway.community.kinds import steps
from gateway.community.kinds import verbs as kinds
from gateway.community.panel import rows as panel_rows
from gateway.community.panel import verbs as panel
from gateway.community.polls import rows as poll_rows
from gateway.community.polls import verbs as polls
from gateway.community.polls.model import read
from gateway.community.sealed import verbs as sealed
from gateway.community.topics import verbs as topics
from gateway.community.voices import verbs as voices
from gateway.members import roll
from gateway.members import rows as members
from gateway.members.model import OnList
from gateway.money import approvals, bill_rows, office, produce, rewards
from gateway.money import rows as money_rows
from gateway.money.bills import open_place
from gateway.money.model import Biller
from gateway.money.places import SHOP
from menus.answers import Secret
from tests.cast import a_plan, crowd
from workers import nightly

if TYPE_CHECKING:
    from tests.phone import Talk

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10, "twenty": 20, "thirty": 30, "forty": 40}


def places(talk: Talk, name: str) -> list[str]:
    talk.village.places(talk.people[name])
    return []


def in_group(talk: Talk, name: str, way: str) -> list[str]:
    """Somebody is in the group already, or leads it."""
    with talk.village.world() as world:
        group, member = groups.by_number(world, "1001"), members.by_number(world, talk.people[name])
        groups.put(world, group.id, member.id, state="member", role="leader" if way == "leads" else "member")
    return []


def others_vote(talk: Talk, many: str) -> list[str]:
    """So many others of the group vote on something that one of them said, and the board is counted."""
    with talk.village.world() as world:
        group, some = groups.by_number(world, "1001"), crowd(world, NUMBERS[many])
        made = item_verbs.make(world, some[0], "idea", "A cold tank", "others-idea")
        for number in some:
            groups.put(world, group.id, members.by_number(world, number).id, state="member")
            item_verbs.vote(world, number, made.number, "for")
        voices.count_board(world)
    return []


def points(talk: Talk, name: str, count: str) -> list[str]:
    """Points that were earned before the story."""
    with talk.village.world() as world:
        short = rewards.left(world)[0] < int(count)
        if short:
            rewards.fund(world, int(count), key=f"budget-{name}", by="seed")
    if short:
        talk.village.post()
    with talk.village.world() as world:
        rewards.reward(world, members.by_number(world, talk.people[name]), int(count), "thanks", key=f"before-{name}", by="seed")
    talk.village.post()
    return []


def asks_all(talk: Talk, kind: str, title: str, days: str) -> list[str]:
    """Grace asks all members; what she asks is written here, so that a talk can say what it is about."""
    written = {
        "poll": "When should we be paid?\n- On Friday > end\n- At month end\nWhy at month end?\n- School fees\n- To save",
        "quiz": "How long is milk boiled?\n- One minute\n- Ten minutes *\nWhich cow milks more?\n- One that drinks *\n- One that runs",
    }[kind]
    with talk.village.world() as world:
        id = polls.draft(world, kind=kind, title=title, asked=read(kind, written), days=NUMBERS[days], by="grace", key=title)
        polls.begin(world, poll_rows.poll(world, id))
    return []


def answer_poll(talk: Talk, women: str, one: str, men: str, other: str, title: str) -> list[str]:
    """So many others say their sex and village, and answer the first question: women for the first answer, all but one of the men for the second."""
    with talk.village.world() as world:
        poll = next(found for found in poll_rows.polls_in(world, "poll", ("open",), 9) if found.title == title)
        for sex, village, many in (("woman", one, NUMBERS[women]), ("man", other, NUMBERS[men])):
            for n, number in enumerate(crowd(world, many)):
                members.change_member(world, members.by_number(world, number).id, village=village)
                voices.say_trait(world, number, sex)
                polls.answer_poll(world, number, str(poll.id), "1", "2" if sex == "man" and n else "1")
    return []


def decides(talk: Talk, who: str, name: str, days: str) -> list[str]:
    with talk.village.world() as world:
        decisions.write_down(world, name, who, NUMBERS[days], "grace")
    return []


def helped(talk: Talk, many: str, name: str) -> list[str]:
    """So many others ask something that this member answers, and each says that it helped."""
    with talk.village.world() as world:
        for n, asker in enumerate(crowd(world, NUMBERS[many])):
            question = item_verbs.make(world, asker, "question", f"How is thing {n} done", f"helped-q{asker}")
            asking.answer(world, talk.people[name], question.number, "Like this", f"helped-{asker}")
            asking.judge_answer(world, members.by_number(world, asker), helping.answers_to(world, [question.id], 1)[0].id, helped=True)
    talk.village.workers_run()
    return []


def powers_rest(talk: Talk, name: str, why: str) -> list[str]:
    with talk.village.world() as world:
        levels.rest_powers(world, members.by_number(world, talk.people[name]), why, "grace")
    return []


def ends_with(talk: Talk, name: str, called: str, swahili: str, sms: str) -> list[str]:
    """Authors of a kind say themselves that a thing of theirs is done, in the words of that kind."""
    with talk.village.world() as world:
        kind = next(one for one in kind_rows.all_kinds(world) if one.name_en == name)
        steps.set_step(world, kind.code, "done", who="author", name_en=called, name_sw=swahili, sms_en=sms, by="grace")
    return []


def day_by_day(talk: Talk, name: str, title: str, first: str, second: str) -> list[str]:
    """Two tips of somebody, strung together by staff."""
    with talk.village.world() as world:
        numbers = []
        for words in (first, second):
            made = item_verbs.make(world, talk.people[name], "tip", words, f"tip-{world.new_id()}", topic="cows")
            assert made
            items.change(world, made.id, state="open")
            numbers.append(made.number)
        courses.make_course(world, title=title, numbers=numbers, by="grace")
    return []


def makes_kind(talk: Talk, name: str, swahili: str, word: str) -> list[str]:
    """Grace makes a kind of item in the console; what it asks is written here."""
    with talk.village.world() as world:
        kinds.make_kind(
            world, name_en=name, name_sw=swahili, ask_en="What was lost or found, where and when?",
            ask_sw="Nini kimepotea au kupatikana, wapi, lini?", word=word, by="grace",
        )  # fmt: skip
    return []


def bills(talk: Talk, number: str, name: str) -> list[str]:
    """Grace opens a place that is paid by the number of a meter."""
    with talk.village.world() as world:
        place = open_place(world, SHOP, int(number), name, None)
        bill_rows.put(world, Biller(place.id, "meter number", "namba ya mita", 8, 11), "grace")
    return []


def comes_their_month(talk: Talk, name: str) -> list[str]:
    """Chance draws one in fifty in a month: some day it is them."""
    clock, number = talk.village.clock, talk.people[name]
    clock.passes(days=900)  # long enough with us to be asked; and in the months before, the cast has said that it does not say
    with talk.village.world() as world:
        id = members.by_number(world, number).id
    while not is_drawn(f"{talk.village.organisation.local(clock()):%Y-%m}", id):
        clock.passes(days=31)
    return []


def on_roll(talk: Talk, number: str, name: str) -> list[str]:
    with talk.village.world() as world:
        roll.put_roll(world, [OnList(number, name, "", None)])
    return []


def makes_topic(talk: Talk, name: str, swahili: str) -> list[str]:
    with talk.village.world() as world:
        topics.make_topic(world, name_en=name, name_sw=swahili, by="grace")
    return []


def goes_on(talk: Talk, who: str, number: str, state: str, why: str | None) -> list[str]:
    """Somebody of the staff takes an item a step on."""
    with talk.village.world() as world:
        item = items.by_number(world, number)
        states.go(world, item, state.replace(" ", "_"), who.lower(), why or "", plan=a_plan(world, stop="fewer than 5 come", guess="20 weigh there"))
    return []


def stays(talk: Talk, who: str, number: str, state: str) -> list[str]:
    """A step that is refused, and what the console says of it."""
    with talk.village.world() as world:
        try:
            states.go(world, items.by_number(world, number), state, who.lower())
        except states.CannotGo as why:
            return [str(why)]
    raise AssertionError(f"{number} has become {state}")


def answers_waiting(talk: Talk, who: str, number: str, words: str) -> list[str]:
    with talk.village.world() as world:
        steering.answer_wishes(world, items.by_number(world, number), words, who.lower())
    return []


def joins(talk: Talk, who: str, number: str, other: str) -> list[str]:
    with talk.village.world() as world:
        states.merge(world, items.by_number(world, number), items.by_number(world, other), who.lower())
    return []


def milk(talk: Talk, kilos: str, name: str) -> list[str]:
    village = talk.village
    with village.world() as world:
        produce.write_delivery(
            world, member=members.by_number(world, talk.people[name]), product="milk", thousandths=round(float(kilos) * 1000), clerk="Mutua",
            centre="Kiboko", key=f"talk-{world.new_id()}", day=world.organisation.local(world.now()).date(),
        )  # fmt: skip
    return []


def agreed(talk: Talk, action: str, name: str) -> list[str]:
    """Amina asks for it, Joseph agrees."""
    payloads = {"payday": {"period": name}, "the dispute": {"give": True}}
    with talk.village.world() as world:
        payload = dict(payloads[action])
        if action == "the dispute":
            payload["transfer_id"] = money_rows.page_of_disputes(world)[0].transfer_id
        asked = approvals.ask(world, action.removeprefix("the "), payload, "amina")
        assert isinstance(asked, approvals.Asked)
        assert isinstance(approvals.decide(world, asked.id, "joseph", agree=True), approvals.Done)
    return []


def airtime(talk: Talk, status: str) -> list[str]:
    talk.village.workers_run()
    with talk.village.world() as world:
        order = money_rows.airtime_in(world, ("sent",))[0]
    talk.village.send("airtime", {"requestId": order.request_id, "status": "Success" if status == "arrives" else "Failed", "phoneNumber": order.number})
    return []


def clock(talk: Talk) -> list[str]:
    for chore in (
        nightly.run_standing,
        nightly.end_holds,
        nightly.end_drafts,
        nightly.count_grown_up,
        nightly.go_on_with_bulk,
        nightly.remind_meetings,
        nightly.send_parts,
        nightly.look_after_loans,
        nightly.tell_first_authors,
        nightly.ask_what_was_decided,
        nightly.close_votes,
        nightly.ask_if_done,
        nightly.ask_how_it_went,
        nightly.look_after_commons,
        nightly.ask_about_promises,
        nightly.write_digest,
        nightly.write_five_minutes,
        nightly.measure_paces,
        nightly.look_after_needs,
        nightly.ask_more_helpers,
    ):
        chore(talk.village.site)
    return []


def cash(talk: Talk, name: str, amount: str) -> list[str]:
    with talk.village.world() as world:
        office.ask_cash_out(world, members.by_number(world, talk.people[name]), round(float(amount) * 100), key=str(world.new_id()))
    return []


def counts_fair_share(talk: Talk, hour: str, staff_hour: str) -> list[str]:
    """What things are worth here; every service takes an hour at the counter, and ten minutes of staff."""
    talk.village.workers_run()
    with talk.village.world() as world:
        bargain_rows.put_rates(world, Rates(int(hour) * 100, int(staff_hour) * 100), "grace")
        for service in saved.SERVICES:
            saved.write_counter(world, service, 60, 10, "grace")
    with talk.village.world() as world:
        bargain.count_months(world)
    return []


def hands_over(talk: Talk, work: str, hands: str) -> list[str]:
    """Staff hand a piece of work over, or read why they may not."""
    with talk.village.world() as world:
        bargain.write_process(world, work)
        one = next(one for one in bargain_rows.processes_here(world) if one.name == work)
        try:
            bargain.hand_over(world, one, hands, why="they asked for it", by="grace")
        except bargain.NotHandedOver as why:
            return [str(why)]
    return []


def others_trust(talk: Talk, yes: str, no: str) -> list[str]:
    with talk.village.world() as world:
        for n, number in enumerate(crowd(world, NUMBERS[yes] + NUMBERS[no])):
            bargain.say_trust(world, number, "yes" if n < NUMBERS[yes] else "no")
    return []


def keys_held(talk: Talk) -> list[str]:
    with talk.village.world() as world:
        for login in ("mary", "peter"):
            sealed.take_key(world, login, f"a long winter in Limuru, says {login}")
    return []


def others_write(talk: Talk) -> list[str]:
    """Two others write without a name too, and all are mixed."""
    with talk.village.world() as world:
        for n, number in enumerate(crowd(world, 2)):
            sealed.seal_words(world, number, Secret(f"something else {n}"), f"other-{n}")
    talk.village.clock.passes(hours=1)
    nightly.mix_sealed(talk.village.site)
    return []


def answers_sealed(talk: Talk, words: str) -> list[str]:
    """Grace reads it and says what becomes of it, to whoever has the number."""
    with talk.village.world() as world:
        item = items.by_number(world, talk.sealed)
        states.go(world, item, "looked_at", "grace", words, tell=False)
    return []


def is_broken(talk: Talk, title: str, hours: str) -> list[str]:
    with talk.village.world() as world:
        incidents.open_incident(world, title, int(hours), "grace", f"broken-{title}")
    return []


def works_again(talk: Talk) -> list[str]:
    with talk.village.world() as world:
        for one in incident_rows.live(world):
            states.go(world, items.by_number(world, one.number), "done", "grace")
    return []


def asks_into_panel(talk: Talk, title: str, what: str) -> list[str]:
    with talk.village.world() as world:
        for name in talk.people.values():
            member = members.by_number(world, name)
            members.change_member(world, member.id, made_at=world.now() - dt.timedelta(days=90))
        panel.begin(world, title=title, what=what, days=14, many=30, village="", by="grace", key=title)
    return []


def tells_panel(talk: Talk, words: str) -> list[str]:
    with talk.village.world() as world:
        panel.tell(world, panel_rows.newest(world, 1)[0], words, words)
    return []
