"""Which SMS somebody wants: none but about their own money, or none of one kind. On all their SIMs at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from gateway.members import rows, sim_rows
from gateway.members.model import Started, Stopped
from gateway.records import rows as records
from gateway.records.model import TOPICS
from menus.phrasebook import Row

TOPIC_NAMES = {  # each is in the catalogue
    "news": "weekly news", "ideas": "ideas and votes", "groups": "my groups", "questions": "questions and help", "money": "balances",
}  # fmt: skip
MONEY = "money"  # amounts in answers to BAL, MINI and KILO; a receipt of money that moved comes always
MEANT = {  # how people say it -> which it is
    "NEWS": "news", "HABARI": "news", "IDEAS": "ideas", "MAWAZO": "ideas", "GROUPS": "groups", "GROUP": "groups", "KIKUNDI": "groups", "VIKUNDI": "groups",
    "QUESTIONS": "questions", "MASWALI": "questions", "MONEY": "money", "PESA": "money", "BAL": "money", "BALANCE": "money", "SALIO": "money",
}  # fmt: skip


class TopicName(str):
    longest: ClassVar[str] = "x" * 22


@dataclass(frozen=True)
class TopicStopped:
    topic_name: TopicName


@dataclass(frozen=True)
class TopicStarted:
    topic_name: TopicName


class NoSuchTopic: ...


class MoneyShown: ...


class MoneyHidden:
    """Others read the SMS of this phone: what the member has is told on a call only."""


def may_tell_money(world: Any, caller: str) -> MoneyShown | MoneyHidden:
    return MoneyHidden() if MONEY in records.topics_stopped(world, caller) else MoneyShown()


def stop_texts(world: Any, caller: str) -> Stopped:
    for number in _all_numbers(world, caller):
        records.stop(world, number)
    return Stopped()


def start_texts(world: Any, caller: str) -> Started:
    for number in _all_numbers(world, caller):
        records.start(world, number)
    return Started()


def stop_topic(world: Any, caller: str, topic: str) -> TopicStopped | NoSuchTopic:
    """No more SMS of one kind, on all SIMs of who says so."""
    meant = _meant(topic)
    for number in _all_numbers(world, caller) if meant else []:
        records.stop_topic(world, number, meant)
    return TopicStopped(TopicName(_topic_name(world, caller, meant))) if meant else NoSuchTopic()


def start_topic(world: Any, caller: str, topic: str) -> TopicStarted | NoSuchTopic:
    meant = _meant(topic)
    for number in _all_numbers(world, caller) if meant else []:
        records.start_topic(world, number, meant)
    return TopicStarted(TopicName(_topic_name(world, caller, meant))) if meant else NoSuchTopic()


def turn_texts(world: Any, caller: str, topic: str) -> TopicStopped | TopicStarted | NoSuchTopic:
    """The other way round than the list said, so that the same hop twice is once."""
    kind, _, wanted = topic.partition("-")
    return start_topic(world, caller, kind) if wanted == "on" else stop_topic(world, caller, kind)


def sms_topics(world: Any, caller: str) -> list[Row]:
    """The kinds of SMS that can be stopped alone; what comes has a star."""
    off = records.topics_stopped(world, caller)
    return [Row(f"{topic}-{'on' if topic in off else 'off'}", _topic_name(world, caller, topic) + "*" * (topic not in off)) for topic in TOPICS]


def _topic_name(world: Any, caller: str, topic: str) -> str:
    member = rows.by_number(world, caller)
    return str(world.phrases.text(TOPIC_NAMES[topic], member.language if member else world.organisation.language))


def _meant(topic: str) -> str:
    """
    >>> _meant("habari."), _meant("news"), _meant("milk")
    ('news', 'news', '')
    """
    return topic if topic in TOPICS else MEANT.get(topic.strip(" .!,").upper(), "")


def _all_numbers(world: Any, caller: str) -> list[str]:
    """Every SIM of who writes: what is stopped on one is not sent to another."""
    member = rows.by_number(world, caller)
    return sim_rows.numbers_of(world, member.id) if member and not member.shared else [caller]  # of a phone that several share nobody knows who wrote
