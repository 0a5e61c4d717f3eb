"""What the people of the demo have said: ideas with votes, a question, tips, news, something found, a vote of the group, a need, a poll and a quiz."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.decisions import verbs as decisions
from gateway.community.groups import votes
from gateway.community.helping import news, rows, tips
from gateway.community.helping import verbs as helping
from gateway.community.items import other_kinds, states, steering, verbs
from gateway.community.items.plan_model import Plan
from gateway.community.items.rows import by_number
from gateway.community.kinds import rows as kind_rows
from gateway.community.kinds import verbs as kinds
from gateway.community.needs import verbs as needs
from gateway.community.polls import rows as poll_rows
from gateway.community.polls import verbs as polls
from gateway.community.polls.model import read
from gateway.community.voices import verbs as voices
from gateway.members import rows as members
from menus.answers import Secret

WANJIRU, OTIENO, ACHIENG, KAMAU = "+254711000001", "+254722000002", "+254733000003", "+254744000004"
IDEAS = (  # who, what, who is for it, who against
    (WANJIRU, "Pay the milk money on Friday, before market day", (OTIENO, ACHIENG, KAMAU), ()),
    (OTIENO, "A cold tank at Kiboko, so that evening milk is taken too", (WANJIRU, KAMAU), (ACHIENG,)),
    (ACHIENG, "Show the price of milk each morning under 1, 3", (WANJIRU,), ()),
    (KAMAU, "A second agent at the market", (WANJIRU, OTIENO), ()),
    (WANJIRU, "Weigh the milk where we can see the scale", (OTIENO, ACHIENG), ()),
)
POLL = "When should we be paid?\n- On Friday > end\n- At month end\nWhy at month end?\n- School fees\n- To save"
QUIZ = "How long do you boil milk?\n- One minute\n- Ten minutes *\n- Not at all\nWhen does a calf drink first?\n- Within 2 hours *\n- The next day"
TOLD = {3: ("planned", "from January, at the big market"), 4: ("done", "the scale stands at the window now")}

DECIDED = (("Prices and fees", "both", 14), ("Who leads a group", "members", 7), ("Who works here", "staff", 30))
PLAN_DAYS = 45  # until what is planned is to be done


def speak(world: Any) -> None:
    """Say it all, once: each thing has a key of its own."""
    for n, (who, words, supporters, opposers) in enumerate(IDEAS):
        made = verbs.make(world, who, "idea", words, f"seed-idea-{n}")
        assert made, "nobody has said much yet"
        for choice, numbers in (("for", supporters), ("against", opposers)):
            for number in numbers:
                verbs.vote(world, number, made.number, choice)
        if n in TOLD:
            due = world.organisation.local(world.now()).date() + dt.timedelta(days=PLAN_DAYS)
            states.go(world, made, TOLD[n][0], "grace", TOLD[n][1], plan=Plan(due, "Grace of the office", "KES 12,000 for the stall"), tell=False)
    kamau = members.by_number(world, KAMAU)
    assert kamau, "he has just joined"
    rows.put_helper(world, kamau.id, topics="cows,crops", most_a_week=5)
    helping.ask_helpers(world, OTIENO, "cows", "My cow eats little since the rains began, what is it?", "seed-question")
    for n, words in enumerate(("Wash the udder with warm water before you milk", "Give the calf its first milk within two hours")):
        tip = tips.write_tip(world, KAMAU, "cows", words, f"seed-tip-{n}")
        found = by_number(world, getattr(tip, "number", ""))
        if found and n == 0:  # the other waits for those who look after tips
            tips.accept(world, rows.revisions_of(world, found.id)[0], "grace")
    news.send_news(world, ACHIENG, "The road to Kiboko is open again", "seed-news")
    if kind_rows.by_word(world, "POTEA") is None:
        kinds.make_kind(
            world, name_en="Lost and found", name_sw="Vilivyopotea", ask_en="What was lost or found, where and when?",
            ask_sw="Nini kimepotea au kupatikana, wapi, lini?", word="POTEA", by="grace",
        )  # fmt: skip
    found_kind = kind_rows.by_word(world, "POTEA")
    kinds.tell_own(world, OTIENO, str(found_kind.id if found_kind else ""), "Found at the market: a brown hen with a red string", "seed-hen")
    votes.start_vote(world, ACHIENG, "1001", "What do we buy together?", "Seed, hoes, Maize mill", "7", "no", "seed-vote")
    other_kinds.say_praise(world, OTIENO, "The new scale is fair, thank you Kamau", "seed-praise")
    other_kinds.put_statement(world, "Milk should be weighed twice", "grace", "seed-statement")
    _ask_all(world)
    for name, who, days in DECIDED:
        decisions.write_down(world, name, who, days, "grace")
    needs.post_need(world, ACHIENG, "Carry ten bags of maize to the market", 20_000, Secret("6274"), "seed-need")


def _ask_all(world: Any) -> None:
    """Two have answered the poll; one says wait of what is planned, and some say who they are."""
    for kind, title, asked in (("poll", "Pay day", POLL), ("quiz", "Good milk", QUIZ)):
        id = polls.draft(world, kind=kind, title=title, asked=read(kind, asked), days=30, by="grace", key=f"seed-{kind}")  # type: ignore[arg-type]
        found = poll_rows.poll(world, id)
        if found and found.state == "draft":
            polls.begin(world, found)
        if kind == "poll":
            polls.answer_poll(world, OTIENO, str(id), "1", "1")
            polls.answer_poll(world, KAMAU, str(id), "1", "2")
    planned = by_number(world, verbs.make(world, KAMAU, "idea", IDEAS[3][1], "seed-idea-3").number)  # type: ignore[union-attr]
    assert planned, "it was said above"
    steering.try_it(world, WANJIRU, planned.number)
    steering.wait_first(world, OTIENO, planned.number)
    voices.say_trait(world, WANJIRU, "woman")
    voices.say_age(world, WANJIRU, "over_60")
    voices.say_trait(world, OTIENO, "man")
