"""What the office does in a talk, and what the months bring. Each gives back what it shows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from gateway.community import callbacks, recognition
from gateway.community import rows as community
from gateway.community.dividend import verbs as dividend
from gateway.community.groups import leading, turns
from gateway.community.groups import rows as groups
from gateway.community.helping import keepers, levels
from gateway.community.helping import verbs as asking
from gateway.community.items import brakes, problems, states, voice_rows
from gateway.community.items import rows as items
from gateway.community.sealed import verbs as sealed
from gateway.community.voices import challenges
from gateway.community.voices import verbs as voices
from gateway.members import rows as members
from gateway.money import approvals, rewards
from tests.money.hands import agree
from tests.others import NUMBERS
from workers import nightly

if TYPE_CHECKING:
    from tests.phone import Talk


def answers_question(talk: Talk, number: str, words: str) -> list[str]:
    with talk.village.world() as world:
        asking.answer_officially(world, items.by_number(world, number), words, "Grace (support)", f"office-{number}")
    return []


def challenges_all(talk: Talk, title: str, days: str) -> list[str]:
    with talk.village.world() as world:
        assert challenges.begin(world, title, NUMBERS[days], "grace")
        challenges.count(world)
    return []


def counts_board(talk: Talk) -> list[str]:
    with talk.village.world() as world:
        voices.count_board(world)
        challenges.count(world)
    return []


def names_keeper(talk: Talk, name: str, topic: str) -> list[str]:
    with talk.village.world() as world:
        assert keepers.name_keeper(world, topic, members.by_number(world, talk.people[name]), f"{topic}-{name}")
    return []


def holds_word(talk: Talk, word: str, why: str) -> list[str]:
    with talk.village.world() as world:
        voice_rows.hold_word(world, word, why, "grace")
    return []


def judges(talk: Talk, number: str, done: str) -> list[str]:
    with talk.village.world() as world:
        after, why = {"lets": ("open", ""), "refuses": ("refused", "It names a person")}[done]
        states.go(world, items.by_number(world, number), after, "grace", why)
    return []


def shut_out(talk: Talk, name: str) -> list[str]:
    """Two persons have decided it, and the member was called."""
    with talk.village.world() as world:
        members.change_member(world, members.by_number(world, talk.people[name]).id, status="blocked")
    return []


def shares_out(talk: Talk, amount: str) -> list[str]:
    """What members earned for all in the last month: Amina counts and keeps it, Joseph agrees."""
    local = talk.village.organisation.local(talk.village.clock())
    month = (local.replace(day=1) - dt.timedelta(days=1)).date().replace(day=1)
    with talk.village.world() as world:
        rewards.fund(world, int(amount) * 100, key=f"share-{month}", by="board", money=True)
    talk.village.post()
    with talk.village.world() as world:
        id = dividend.keep(world, dividend.count(world, month, int(amount) * 100), "amina")
    assert isinstance(agree(talk.village, "bulk", {"batch_id": id}), approvals.Done)
    return []


def sets_aside(talk: Talk, count: str) -> list[str]:
    with talk.village.world() as world:
        rewards.fund(world, int(count), key=f"aside-{world.new_id()}", by="board")
    talk.village.post()
    return []


def thanks_looked_at(talk: Talk, one: str, other: str) -> list[str]:
    """A person finds that two thank each other for the points."""
    with talk.village.world() as world:
        found = [members.by_number(world, talk.people[name]) for name in (one, other)]
        assert recognition.take_points_back(world, *found, "grace")
    talk.village.post()
    return []


def opens_name(talk: Talk, login: str, why: str) -> list[str]:
    """One of the two who hold the keys; what they see."""
    with talk.village.world() as world:
        opened = sealed.open_half(world, items.by_number(world, talk.sealed).id, login, f"a long winter in Limuru, says {login}", why)
    return [opened.name if opened else "(a half)"]


def month_is_told(talk: Talk) -> list[str]:
    nightly.write_five_minutes(talk.village.site)
    return []


def lets_rest(talk: Talk, what: str, why: str) -> list[str]:
    """A switch is turned, with the reason that members read."""
    with talk.village.world() as world:
        voice_rows.turn(world, _switch(what), off=True, why=why, by="grace")
    return []


def lets_go_on(talk: Talk, what: str) -> list[str]:
    with talk.village.world() as world:
        voice_rows.turn(world, _switch(what), off=False, why="", by="grace")
    return []


def _switch(what: str) -> str:
    return next(name for name, called in brakes.SWITCHES.items() if called == what)


def changes_standing(talk: Talk, name: str, done: str) -> list[str]:
    """What the page of the group does with one of its members."""
    with talk.village.world() as world:
        group, member = groups.by_number(world, "1001"), members.by_number(world, talk.people[name])
        if done == "takes":
            groups.put(world, group.id, member.id, state="left")
        else:
            groups.give_role(world, group.id, member.id, "member")
        leading.tell_changed(world, group, member, "left" if done == "takes" else "member")
    return []


def asks_to_lead(talk: Talk, name: str) -> list[str]:
    with talk.village.world() as world:
        assert turns.ask_by_office(world, groups.by_number(world, "1001"), members.by_number(world, talk.people[name]))
    return []


def keepers_are_reminded(talk: Talk) -> list[str]:
    nightly.remind_keepers(talk.village.site)
    return []


def judges_words(talk: Talk, number: str, done: str) -> list[str]:
    """What was said last of something is hidden, let through, or looked at and left."""
    with talk.village.world() as world:
        said = voice_rows.comments_on(world, [items.by_number(world, number).id], 1, ("open", "held", "hidden"))[0]
        states.mark_comment(world, said, "hidden" if done == "hides" else "open")
    return []


def keeps_between_two(talk: Talk, number: str, why: str) -> list[str]:
    with talk.village.world() as world:
        problems.refuse(world, items.by_number(world, number), "grace", why)
    return []


def calls_in_vain(talk: Talk, name: str) -> list[str]:
    with talk.village.world() as world:
        member = members.by_number(world, talk.people[name])
        waiting = next(one for one in community.callbacks_waiting(world) if one.member_id == member.id)
        assert callbacks.no_answer(world, waiting.id, "grace")
    return []


def says_sorry(talk: Talk) -> list[str]:
    nightly.say_sorry(talk.village.site)
    return []


def gives_powers_back(talk: Talk, name: str) -> list[str]:
    with talk.village.world() as world:
        assert levels.give_powers_back(world, members.by_number(world, talk.people[name]))
    return []
