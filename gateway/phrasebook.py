"""What the menus' words mean here: verbs and facts, one line each. The one place where names meet functions."""

from __future__ import annotations

from typing import Any

from gateway.community import callbacks, numbers
from gateway.community import verbs as community
from gateway.community.groups import facts as group
from gateway.community.groups import leading
from gateway.community.groups import verbs as groups
from gateway.community.groups.model import Heads
from gateway.members import details, facts, keeping, payments, sharing, statements, verbs
from gateway.members.guardians import facts as guardians
from gateway.members.guardians import verbs as guardian
from gateway.members.model import DRAFT_MINUTES, Code, PhoneAtHome
from gateway.money import airtime, disputes, leaving, office, places, produce, shortcuts, standing, waiting
from gateway.money.model import Kilos, PlaceName
from menus.phrasebook import Fact, Phrasebook, Verb

MONEY, NAME, DIAL = "KES 999,999.99", "Wanjiruuuu", "*384*204179#"


def _local(world: Any) -> Any:
    return world.organisation.local(world.now())


def _language(world: Any, caller: str) -> str:
    from gateway.members import rows

    member = rows.by_number(world, caller)
    return member.language if member else world.organisation.language


what_became_of = payments.what_became_of  # asked when a call is heard again behind a secret
language_of = _language  # asked when a call must end with a sentence of ours
last_news = payments.last_news  # told above the first screen of a call
remind = keeping.remind  # asked when the network tells that a call broke off
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
        "find_guardian": Verb(guardian.find_guardian),
        "add_guardian": Verb(guardian.add_guardian),
        "remove_guardian": Verb(guardian.remove_guardian),
        "ask_for_rescue": Verb(guardian.ask_for_rescue),
        "look_at_whom": Verb(guardian.look_at_whom),
        "vouch": Verb(guardian.vouch),
        "take_new_pin": Verb(guardian.take_new_pin),
        "check_pin": Verb(verbs.check_pin),
        "change_pin": Verb(verbs.change_pin),
        "choose_reminders": Verb(keeping.choose_reminders),
        "keep_place": Verb(keeping.keep_place),
        "choose_hours": Verb(details.choose_hours),
        "change_name": Verb(details.change_name),
        "change_village": Verb(details.change_village),
        "choose_shown": Verb(details.choose_shown),
        "ask_for_a_call": Verb(callbacks.ask_for_a_call),
        "ask_for_any_call": Verb(callbacks.ask_for_any_call),
        "look_up_number": Verb(numbers.look_up_number),
        "find_my_group": Verb(groups.find_my_group),
        "enter_group": Verb(groups.enter_group),
        "accept_invitation": Verb(groups.accept_invitation),
        "decline_invitation": Verb(groups.decline_invitation),
        "find_group_to_join": Verb(groups.find_group_to_join),
        "ask_to_join": Verb(groups.ask_to_join),
        "start_group": Verb(groups.start_group),
        "leave_group": Verb(groups.leave_group),
        "look_at_fellow": Verb(groups.look_at_fellow),
        "read_notice": Verb(groups.read_notice),
        "hear_notice": Verb(groups.hear_notice),
        "next_meeting": Verb(groups.next_meeting),
        "my_next_meeting": Verb(groups.my_next_meeting),
        "say_if_coming": Verb(groups.say_if_coming),
        "say_by_text": Verb(groups.say_by_text),
        "price_notice": Verb(leading.price_notice),
        "send_notice": Verb(leading.send_notice),
        "price_meeting": Verb(leading.price_meeting),
        "call_meeting": Verb(leading.call_meeting),
        "look_at_asker": Verb(leading.look_at_asker),
        "decide_asker": Verb(leading.decide_asker),
        "invite": Verb(leading.invite),
        "keep_shortcut": Verb(shortcuts.keep_shortcut),
        "use_shortcut": Verb(shortcuts.use_shortcut),
        "remove_shortcut": Verb(shortcuts.remove_shortcut),
        "pick_person": Verb(sharing.pick_person),
        "come_in": Verb(sharing.come_in),
        "open_line": Verb(sharing.open_line),
        "stop_texts": Verb(verbs.stop_texts),
        "start_texts": Verb(verbs.start_texts),
        "find_member": Verb(payments.find_member),
        "quote": Verb(payments.quote),
        "send_money": Verb(payments.send_money, moves_money=True),
        "take_waiting": Verb(waiting.take_waiting),
        "send_draft": Verb(waiting.send_draft, moves_money=True),
        "send_draft_place": Verb(waiting.send_draft_place, moves_money=True),
        "drop_draft": Verb(waiting.drop_draft),
        "give_back": Verb(disputes.give_back, moves_money=True),
        "refuse_back": Verb(disputes.refuse_back),
        "ask_back": Verb(disputes.ask_back),
        "find_group": Verb(places.find_group),
        "quote_group": Verb(places.quote_group),
        "pay_group": Verb(places.pay_group, moves_money=True),
        "find_shop": Verb(places.find_shop),
        "quote_shop": Verb(places.quote_shop),
        "pay_shop": Verb(places.pay_shop, moves_money=True),
        "find_agent": Verb(places.find_agent),
        "quote_cash": Verb(places.quote_cash),
        "take_out": Verb(places.take_out, moves_money=True),
        "quote_cash_in": Verb(places.quote_cash_in),
        "put_in": Verb(places.put_in, moves_money=True),
        "quote_airtime": Verb(airtime.quote_airtime),
        "buy_airtime": Verb(airtime.buy_airtime, moves_money=True),
        "my_number": Verb(airtime.my_number),
        "quote_standing": Verb(standing.quote_standing),
        "make_standing": Verb(standing.make_standing, moves_money=True),
        "stop_standing": Verb(standing.stop_standing),
        "look_at_delivery": Verb(produce.look_at_delivery),
        "confirm_delivery": Verb(produce.confirm_delivery),
        "contradict_delivery": Verb(produce.contradict_delivery),
        "may_leave": Verb(leaving.may_leave),
        "leave": Verb(leaving.leave),
        "offer_advance": Verb(produce.offer_advance),
        "quote_advance": Verb(produce.quote_advance),
        "quote_repay": Verb(produce.quote_repay),
        "take_advance": Verb(produce.take_advance, moves_money=True),
        "repay_advance": Verb(produce.repay_advance, moves_money=True),
        "text_statement": Verb(office.text_statement),
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
        "guardian_names": Fact(guardians.guardian_names, ", ".join([NAME + "*"] * 5)),
        "my_guardians": Fact(guardians.my_guardians, NAME, rows=True),
        "who_asks_me": Fact(guardians.who_asks_me, f"{NAME} ..001", rows=True),
        "is_member": Fact(keeping.is_member, flag=True),
        "is_settled": Fact(keeping.is_settled, flag=True),
        "my_phone": Fact(keeping.my_phone, PhoneAtHome.longest),
        "payments": Fact(keeping.payments, "99999"),
        "things_said": Fact(numbers.things_said, "999"),
        "looks": Fact(keeping.looks, "999"),
        "who_shares": Fact(sharing.who_shares, NAME, rows=True),
        "sharer_names": Fact(sharing.sharer_names, ", ".join([NAME] * 4)),
        "village": Fact(details.village, details.VillageName.longest),
        "shown_to": Fact(details.shown_to, details.ShownTo.longest),
        "my_groups": Fact(group.my_groups, PlaceName.longest, rows=True),
        "group_balance": Fact(group.group_balance, MONEY),
        "heads": Fact(group.heads, Heads.longest),
        "paid_heads": Fact(group.paid_heads, Heads.longest),
        "this_period": Fact(group.this_period, "cette semaine"),
        "group_lines": Fact(group.group_lines, "23 Nov -999,999.99 Wanjiruuuu", rows=True),
        "group_payers": Fact(group.payers, f"{NAME} {MONEY}", rows=True),
        "fellows": Fact(group.fellows, NAME + "*", rows=True),
        "notices_of_group": Fact(group.notices_of_group, "23 Nov " + "x" * 20, rows=True),
        "who_comes": Fact(group.who_comes, NAME + ": hakuna neno", rows=True),
        "leads_group": Fact(group.leads_group, flag=True),
        "askers": Fact(group.askers, NAME + " ..001", rows=True),
        "asker_count": Fact(group.asker_count, "60"),
        "usual_place": Fact(group.usual_place, "x" * 16),
        "coming_days": Fact(group.coming_days, "Jumamosi 28 Nov", rows=True),
        "agendas": Fact(group.agendas, "x" * 20, rows=True),
        "meeting_hours": Fact(group.meeting_hours, "19:00", rows=True),
        "code_group": Fact(lambda world, caller: world.organisation.dial("3"), "*384*204179*3#"),
        "code_meeting": Fact(lambda world, caller: world.organisation.dial("3", "3"), "*384*204179*3*3#"),
        "my_shortcuts": Fact(shortcuts.my_shortcuts, f"{MONEY} {NAME}", rows=True),
        "payments_to_keep": Fact(shortcuts.payments_to_keep, f"{MONEY} {NAME}", rows=True),
        "fee_lines": Fact(keeping.fee_lines, "x" * 900),
        "member_code": Fact(facts.member_code, Code.longest),
        "day": Fact(lambda world, caller: world.phrases.day(_local(world), _language(world, caller)), "23 Nov"),
        "time": Fact(lambda world, caller: f"{_local(world):%H:%M}", "23:59"),
        "minutes": Fact(lambda world, caller: str(DRAFT_MINUTES), "30"),
        "mini": Fact(statements.mini, "23 Nov -999,999.99 Wanjiruuuu. " * 3),
        "language_names": Fact(facts.language_names, "KISWAHILI, ENGLISH, FRANCAIS, GIKUYU, DHOLUO"),
        "example_language": Fact(facts.example_language, "KISWAHILI"),
        "waiting_count": Fact(waiting.waiting_count, "99"),
        "is_waiting": Fact(waiting.is_waiting, flag=True),
        "waiting_things": Fact(waiting.waiting_things, f"{MONEY} {NAME}", rows=True),
        "is_agent": Fact(places.is_agent, flag=True),
        "float_left": Fact(places.float_left, MONEY),
        "produce_due": Fact(produce.produce_due, MONEY),
        "loan_left": Fact(produce.loan_left, MONEY),
        "week_kilos": Fact(produce.week_kilos, Kilos.longest),
        "code_produce": Fact(lambda world, caller: world.organisation.dial("1", "3"), "*384*204179*1*3#"),
        "my_deliveries": Fact(produce.my_deliveries, "23 Nov 9,999.9 kg 999,999.99?", rows=True),
        "sent_lately": Fact(disputes.sent_lately, f"{MONEY} {NAME}", rows=True),
        "standing_lines": Fact(standing.standing_lines, f"{MONEY} {NAME} 23 Nov", rows=True),
        "last_five": Fact(statements.last_five, "23 Nov -999,999.99 Wanjiruuuu", rows=True),
        "languages": Fact(facts.languages, "Kiswahili", rows=True),
    },
)
