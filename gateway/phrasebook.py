"""What the menus' words mean here: verbs and facts, one line each. The one place where names meet functions."""

from __future__ import annotations

from typing import Any

from gateway.community import verbs as community
from gateway.members import facts, payments, statements, verbs
from gateway.members.model import DRAFT_MINUTES, Code
from menus.phrasebook import Fact, Phrasebook, Verb

MONEY, NAME, DIAL = "KES 999,999.99", "Wanjiruuuu", "*384*204179#"


def _local(world: Any) -> Any:
    return world.organisation.local(world.now())


def _language(world: Any, caller: str) -> str:
    from gateway.members import rows

    member = rows.by_number(world, caller)
    return member.language if member else world.organisation.language


what_became_of = payments.what_became_of  # asked when a call is heard again behind a secret
may_come_in = verbs.may_come_in  # asked before a dropped call is offered again, which does not pass the front door

PHRASEBOOK = Phrasebook(
    verbs={
        "who_is_calling": Verb(verbs.who_is_calling),
        "speak": Verb(verbs.speak),
        "change_language": Verb(verbs.change_language),
        "change_language_by_name": Verb(verbs.change_language_by_name),
        "note_consent": Verb(verbs.note_consent),
        "choose_pin": Verb(verbs.choose_pin),
        "join": Verb(verbs.join),
        "check_pin": Verb(verbs.check_pin),
        "change_pin": Verb(verbs.change_pin),
        "stop_texts": Verb(verbs.stop_texts),
        "start_texts": Verb(verbs.start_texts),
        "find_member": Verb(payments.find_member),
        "quote": Verb(payments.quote),
        "send_money": Verb(payments.send_money, moves_money=True),
        "take_draft": Verb(payments.take_draft),
        "send_draft": Verb(payments.send_draft, moves_money=True),
        "drop_draft": Verb(payments.drop_draft),
        "text_balance": Verb(payments.text_balance),
        "look_at": Verb(payments.look_at),
        "text_payment": Verb(payments.text_payment),
        "share_idea": Verb(community.share_idea),
        "say_what_is_wrong": Verb(community.say_what_is_wrong),
        "open_case": Verb(community.open_case),
        "open_case_in_words": Verb(community.open_case_in_words),
    },
    facts={
        "name": Fact(facts.name, NAME),
        "coop": Fact(lambda world, caller: world.organisation.short_name, "Pamoja SACC"),
        "code": Fact(lambda world, caller: world.organisation.dial(), DIAL),
        "code_nine": Fact(lambda world, caller: world.organisation.dial("9"), "*384*204179*9#"),
        "shortcode": Fact(lambda world, caller: world.organisation.shortcode, "20417"),
        "balance": Fact(facts.balance, MONEY),
        "held": Fact(facts.held, MONEY),
        "day_left": Fact(facts.day_left, MONEY),
        "member_code": Fact(facts.member_code, Code.longest),
        "day": Fact(lambda world, caller: world.phrases.day(_local(world), _language(world, caller)), "23 Nov"),
        "time": Fact(lambda world, caller: f"{_local(world):%H:%M}", "23:59"),
        "minutes": Fact(lambda world, caller: str(DRAFT_MINUTES), "30"),
        "mini": Fact(statements.mini, "23 Nov -999,999.99 Wanjiruuuu. " * 3),
        "language_names": Fact(facts.language_names, "KISWAHILI, ENGLISH, FRANCAIS, GIKUYU, DHOLUO"),
        "example_language": Fact(facts.example_language, "KISWAHILI"),
        "waiting_count": Fact(facts.waiting_count, "99"),
        "is_waiting": Fact(facts.is_waiting, flag=True),
        "waiting_drafts": Fact(facts.waiting_drafts, f"{MONEY} {NAME}", rows=True),
        "last_five": Fact(statements.last_five, "23 Nov -999,999.99 Wanjiruuuu", rows=True),
        "languages": Fact(facts.languages, "Kiswahili", rows=True),
    },
)
