"""Facts that the menus say or ask for: what each tells, and the longest it may be."""

from __future__ import annotations

from typing import Any

from gateway.community import agents, caps, let_in, lineage, minutes, numbers, points, saved, waiting, well_done
from gateway.community.assisted import verbs as assisted
from gateway.community.bargain import verbs as bargain
from gateway.community.circles import checks
from gateway.community.circles import verbs as circles
from gateway.community.commons import buys, outings, rules, shared_rules, tools
from gateway.community.courses import verbs as courses
from gateway.community.decisions import verbs as decisions
from gateway.community.decisions.model import DecisionName
from gateway.community.groups import decided, dues, health, open_list, reasons, ways
from gateway.community.groups import facts as group
from gateway.community.groups.model import Heads
from gateway.community.helping import facts as asking
from gateway.community.helping import gaps, levels, news, passing
from gateway.community.helping import tips as tip
from gateway.community.helping import topics as topic
from gateway.community.incidents import verbs as incidents
from gateway.community.items import brakes, by_text, closing, looking, measures, other_kinds, owning, problems, same
from gateway.community.items.model import FLAGS_TO_HIDE, NEW_ACCOUNT_DAYS, Giver, SwitchWhy
from gateway.community.kinds import verbs as kinds
from gateway.community.kinds.model import KindLabel
from gateway.community.lending import verbs as lending
from gateway.community.needs import verbs as needs
from gateway.community.panel import verbs as panel
from gateway.community.people import verbs as people
from gateway.community.polls import parts
from gateway.community.polls import verbs as polls
from gateway.community.voices import challenges
from gateway.community.voices import verbs as voices
from gateway.members import details, facts, keeping, looks, payments, roll, sharing, silence, sims, statements
from gateway.members import rows as members
from gateway.members.guardians import facts as guardians
from gateway.members.model import DRAFT_MINUTES, Code, PhoneAtHome, PlaceName
from gateway.money import bills, disputes, often, places, produce, shortcuts, standing
from gateway.money.model import Kilos
from menus.phrasebook import Fact

MONEY, NAME, DIAL = "KES 999,999.99", "Wanjiruuuu", "*384*204179#"


def _local(world: Any) -> Any:
    return world.organisation.local(world.now())


def language_of(world: Any, caller: str) -> str:
    member = members.by_number(world, caller)
    return member.language if member else world.organisation.language


def sms_costs(world: Any, caller: str) -> str:
    """What an SMS to us costs its writer."""
    told = str(world.phrases.text("It costs {price}." if world.sms_price else "It is free.", language_of(world, caller)))
    return told.format(price=world.sms_price)


FACTS: dict[str, Fact] = {
    "name": Fact(facts.name, NAME),
    "coop": Fact(lambda world, caller: world.organisation.short_name, "Pamoja SACC"),
    "code": Fact(lambda world, caller: world.organisation.dial(), DIAL),
    "code_forgot": Fact(guardians.code_forgot, "*384*204179*6*5#"),
    "code_send": Fact(lambda world, caller: world.organisation.dial("2", "1"), "*384*204179*2*1#"),
    "code_nine": Fact(lambda world, caller: world.organisation.dial("9"), "*384*204179*9#"),
    "shortcode": Fact(lambda world, caller: world.organisation.shortcode, "20417"),
    "balance": Fact(facts.balance, MONEY),
    "held": Fact(facts.held, MONEY),
    "day_left": Fact(facts.day_left, MONEY),
    "guardian_names": Fact(guardians.guardian_names, ", ".join([NAME + "*"] * 5)),
    "people_paid": Fact(often.people_paid, f"{NAME} 001", rows=True),
    "shops_paid": Fact(often.shops_paid, PlaceName.longest, rows=True),
    "bills_paid": Fact(bills.bills_paid, "X" * 16, rows=True),
    "agents_near": Fact(agents.agents_near, f"{PlaceName.longest} " + "x" * 16, rows=True),
    "agents_used": Fact(often.agents_used, PlaceName.longest, rows=True),
    "my_guardians": Fact(guardians.my_guardians, NAME, rows=True),
    "who_asks_me": Fact(guardians.who_asks_me, f"{NAME} ..001", rows=True),
    "is_member": Fact(keeping.is_member, flag=True),
    "is_settled": Fact(keeping.is_settled, flag=True),
    "my_phone": Fact(keeping.my_phone, PhoneAtHome.longest),
    "payments": Fact(keeping.payments, "99999"),
    "things_said": Fact(numbers.things_said, "999"),
    "looks": Fact(looks.looks, "999"),
    "who_looked": Fact(looks.who_looked, "23 Nov xxxxxxxxxx: malipo yako, kuna jambo lililoonekana", rows=True),
    "who_shares": Fact(sharing.who_shares, NAME, rows=True),
    "sharer_names": Fact(sharing.sharer_names, ", ".join([NAME] * 4)),
    "has_courses": Fact(courses.has_courses, flag=True),
    "open_courses": Fact(courses.open_courses, "x" * 16, rows=True),
    "lineage": Fact(lineage.lineage, lineage.Lineage.longest),
    "can_be_built_on": Fact(lineage.can_be_built_on, flag=True),
    "is_built_on": Fact(lineage.is_built_on, flag=True),
    "built_on": Fact(lineage.built_on, "12345 " + "x" * 20, rows=True),
    "open_needs": Fact(needs.open_needs, "x" * 18 + " KES 2,000.00", rows=True),
    "has_points": Fact(needs.has_points, flag=True),
    "my_needs": Fact(needs.my_needs, "x" * 18 + " KES 2,000.00", rows=True),
    "who_can_do_it": Fact(needs.who_can_do_it, NAME + " 0712345678", rows=True),
    "tips_about": Fact(topic.tips_about, "x" * 20 + " (zamani)", rows=True),
    "solved_about": Fact(topic.solved_about, "x" * 20, rows=True),
    "three_needs": Fact(needs.three_needs, ("12345 " + "x" * 18 + ": KES 2,000. ") * 3),
    "loans_asked": Fact(lending.loans_asked, f"{NAME} {MONEY}", rows=True),
    "has_loans_asked": Fact(lambda world, caller, group: bool(lending.loans_asked(world, caller, group)), flag=True),
    "has_my_loan": Fact(lending.has_my_loan, flag=True),
    "shared_rules": Fact(shared_rules.shared_rules, "x" * 60, rows=True),
    "rules_and_more": Fact(rules.rules_and_more, "x" * 60, rows=True),
    "group_rules": Fact(rules.group_rules, "x" * 60, rows=True),
    "free_tools": Fact(tools.free_tools, "x" * 20 + f", {NAME}", rows=True),
    "own_tools": Fact(tools.own_tools, "x" * 20, rows=True),
    "my_loans": Fact(tools.my_loans, "x" * 20 + f", {NAME} 23 Nov", rows=True),
    "has_place": Fact(outings.has_place, flag=True),
    "outing_is_mine": Fact(outings.outing_is_mine, flag=True),
    "outing_of_another": Fact(outings.outing_of_another, flag=True),
    "comers": Fact(outings.comers, NAME, rows=True),
    "free_fellows": Fact(outings.free_fellows, NAME + "*", rows=True),
    "open_outings": Fact(outings.open_outings, "x" * 20 + " 23 Nov 20/20", rows=True),
    "my_outings": Fact(outings.my_outings, "x" * 20 + " 23 Nov 20/20", rows=True),
    "open_buys": Fact(buys.open_buys, "x" * 20 + " KES 10,000", rows=True),
    "started_by_me": Fact(buys.started_by_me, "x" * 20, rows=True),
    "our_check_results": Fact(checks.our_check_results, "100% " + "x" * 44, rows=True),
    "what_to_do": Fact(health.what_to_do, "x" * 40, rows=True),
    "check_results": Fact(checks.check_results, "100% " + "x" * 44, rows=True),
    "asker_name": Fact(sims.asker_name, NAME),
    "my_sims": Fact(sims.my_sims, "..001", rows=True),
    "praises": Fact(other_kinds.praises, "x" * 20, rows=True),
    "circle_words": Fact(circles.circle_words, f"{NAME}: " + "x" * 60, rows=True),
    "best_words": Fact(circles.best_words, "x" * 60, rows=True),
    "wanted_points": Fact(circles.wanted_points, "x" * 20 + ": 60", rows=True),
    "my_traits": Fact(voices.my_traits, "mwanamume, zaidi ya 60"),
    "who_runs_what": Fact(bargain.who_runs_what, "x" * 20 + ": watumishi na wanachama", rows=True),
    "has_village": Fact(well_done.has_village, flag=True),
    "groups_taking_part": Fact(voices.groups_taking_part, PlaceName.longest + ": 100%", rows=True),
    "season_groups": Fact(challenges.season_groups, PlaceName.longest + ": 100%", rows=True),
    "most_thanked": Fact(voices.most_thanked, NAME + ": 999", rows=True),
    "who_needs_a_word": Fact(health.who_needs_a_word, NAME + ": hajalipa bado", rows=True),
    "open_polls": Fact(polls.open_polls, "x" * 20 + " > 23 Nov", rows=True),
    "poll_choices": Fact(polls.poll_choices, "x" * 16, rows=True),
    "polls_with_results": Fact(polls.polls_with_results, "x" * 20, rows=True),
    "poll_results": Fact(polls.poll_results, "x" * 900),
    "poll_by_sex": Fact(parts.poll_by_sex, "x" * 900),
    "poll_by_village": Fact(parts.poll_by_village, "x" * 900),
    "code_sealed": Fact(lambda world, caller: world.organisation.dial("1", "6", "6"), "*384*204179*1*6*6#"),
    "code_polls": Fact(lambda world, caller: world.organisation.dial("5", "5", "3"), "*384*204179*5*5*3#"),
    "besides": Fact(points.other_accounts, f" Mazao {MONEY}. Mkopo mdogo {MONEY}. Pointi 99,999."),
    "points": Fact(points.points, "99999"),
    "earning": Fact(caps.earning, "x" * 44),
    "thanks_count": Fact(points.thanks_count, "999"),
    "minutes_given": Fact(points.minutes_given, "999"),
    "minutes_saved": Fact(saved.minutes_saved, "9999"),
    "minutes_to": Fact(minutes.minutes_to, f"999 min: {'x' * 20}", rows=True),
    "minutes_back": Fact(saved.minutes_back, f"9999 min: {'x' * 16} (99)", rows=True),
    "sms_topics": Fact(silence.sms_topics, silence.TopicName.longest + "*", rows=True),
    "two_news": Fact(news.two_news, "x" * 150),
    "code_points": Fact(lambda world, caller: world.organisation.dial("6", "3", "1"), "*384*204179*6*3*1#"),
    "code_texts": Fact(lambda world, caller: world.organisation.dial("6", "4", "7"), "*384*204179*6*4*7#"),
    "my_thanks": Fact(points.my_thanks, "23 Nov " + NAME, rows=True),
    "villages": Fact(details.villages, "Nyingine: andika", rows=True),
    "village": Fact(details.village, details.VillageName.longest),
    "shown_to": Fact(details.shown_to, details.ShownTo.longest),
    "my_groups": Fact(group.my_groups, PlaceName.longest, rows=True),
    "group_balance": Fact(group.group_balance, MONEY),
    "heads": Fact(group.heads, Heads.longest),
    "sms_costs": Fact(sms_costs, "Inagharimu KES 10.00."),
    "last_news": Fact(lambda world, caller: payments.last_news(world, caller) or "", "Haijatumwa bado: KES 999,999.99 Wanjiruuuu QX7T2M9K"),
    "can_undo_check": Fact(tip.can_undo_check, flag=True),
    "alike_to": Fact(same.alike_to, "12345 " + "x" * same.TITLE_MOST, rows=True),
    "rests_because": Fact(brakes.rests_because, SwitchWhy.longest),
    "put_in": Fact(group.put_in, MONEY),
    "paid_heads": Fact(group.paid_heads, Heads.longest),
    "this_period": Fact(group.this_period, "cette semaine"),
    "group_lines": Fact(group.group_lines, "23 Nov -999,999.99 Wanjiruuuu", rows=True),
    "group_payers": Fact(group.payers, f"{NAME} {MONEY}", rows=True),
    "fellows": Fact(group.fellows, NAME + "*", rows=True),
    "others": Fact(group.others, NAME + "*", rows=True),
    "owned_items": Fact(owning.owned_items, "12345 " + "x" * 20, rows=True),
    "people_followed": Fact(people.people_followed, NAME + ": anaomba", rows=True),
    "my_followers": Fact(people.my_followers, NAME + ": anaomba", rows=True),
    "said_by_person": Fact(people.said_by_person, "12345 " + "x" * 20, rows=True),
    "has_cases": Fact(closing.has_cases, flag=True),
    "my_cases": Fact(closing.my_cases, "12345 umesomwa na mtu tayari", rows=True),
    "may_join": Fact(levels.may_join, flag=True),
    "who_may_know": Fact(passing.who_may_know, NAME + ", mtunzaji", rows=True),
    "twin_questions": Fact(levels.twin_questions, "x" * 30, rows=True),
    "has_own_kinds": Fact(kinds.has_own_kinds, flag=True),
    "may_finish": Fact(kinds.may_finish, flag=True),
    "own_kinds": Fact(kinds.own_kinds, KindLabel.longest, rows=True),
    "of_this_kind": Fact(kinds.of_this_kind, "x" * 20, rows=True),
    "mine_of_kind": Fact(kinds.mine_of_kind, "x" * 20, rows=True),
    "may_agree": Fact(looking.may_agree, flag=True),
    "who_sees_names": Fact(open_list.who_sees_names, "x" * 70),
    "seen_by": Fact(open_list.seen_by, "In its book."),
    "who_decides": Fact(decisions.who_decides, DecisionName.longest + ": watumishi na wanachama", rows=True),
    "young_days": Fact(lambda world, caller: NEW_ACCOUNT_DAYS, "7"),
    "reports": Fact(lambda world, caller: FLAGS_TO_HIDE, "3"),
    "may_let_in": Fact(let_in.may_let_in, flag=True),
    "in_panel": Fact(panel.in_panel, flag=True),
    "incident_live": Fact(incidents.incident_live, flag=True),
    "live_incidents": Fact(incidents.live_incidents, "x" * 20 + ": 9999", rows=True),
    "whys_of_vote": Fact(reasons.whys_of_vote, "x" * 14 + ": " + "x" * 18, rows=True),
    "has_decided": Fact(decided.has_decided, flag=True),
    "decisions_of": Fact(decided.decisions_of, "23 Nov " + "x" * 20, rows=True),
    "may_say_why": Fact(reasons.may_say_why, flag=True),
    "explains": Fact(reasons.explains, flag=True),
    "choices_of_vote": Fact(group.choices_of_vote, "x" * 19, rows=True),
    "group_votes": Fact(group.votes_of_group, "x" * 20 + " > 23 Nov", rows=True),
    "code_votes": Fact(ways.code_to_votes, "*384*204179*3*5*4#"),
    "notices_of_group": Fact(group.notices_of_group, "23 Nov " + "x" * 20, rows=True),
    "who_comes": Fact(group.who_comes, NAME + ": hakuna neno", rows=True),
    "may_reopen": Fact(closing.may_reopen, flag=True),
    "may_say_good": Fact(closing.may_say_good, flag=True),
    "has_due": Fact(dues.has_due, flag=True),
    "dues": Fact(dues.dues, "Kila mmoja anatoa " + MONEY + " kwa mwezi."),
    "leads_group": Fact(group.leads_group, flag=True),
    "askers": Fact(group.askers, NAME + " ..001", rows=True),
    "asker_count": Fact(group.asker_count, "60"),
    "top_ideas": Fact(looking.top_ideas, "x" * 14 + " 9999", rows=True),
    "near_ideas": Fact(looking.near_ideas, "x" * 14 + " 9999", rows=True),
    "show_me": Fact(voices.show_me, "Ne pas montrer"),
    "my_ideas": Fact(looking.my_ideas, "x" * 14 + " umesomwa na mtu tayari", rows=True),
    "what_changed": Fact(looking.what_changed, "23 Nov " + "x" * 20, rows=True),
    "what_comes": Fact(looking.what_comes, "23 Nov " + "x" * 20, rows=True),
    "comments_on": Fact(looking.comments_on, f"{Giver.longest}: " + "x" * 20, rows=True),
    "is_joined": Fact(closing.is_joined, flag=True),
    "is_for_all": Fact(problems.is_for_all, flag=True),
    "helpers_near": Fact(assisted.helpers_near, f"{NAME} {'x' * 14}", rows=True),
    "dialled_lately": Fact(assisted.dialled_lately, NAME, rows=True),
    "dials_for": Fact(assisted.dials_for, flag=True),
    "is_helped": Fact(assisted.is_helped, flag=True),
    "whom_i_dial_for": Fact(assisted.whom_i_dial_for, f"{NAME} ..001", rows=True),
    "may_show": Fact(problems.may_show, flag=True),
    "alike_problems": Fact(problems.alike_problems, "x" * 30, rows=True),
    "alike_ideas": Fact(looking.alike_ideas, "x" * 30, rows=True),
    "topics": Fact(asking.topics, "x" * 14, rows=True),
    "topic_names": Fact(asking.topic_names, "x" * 80),
    "topics_and_mine": Fact(asking.topics_and_mine, "x" * 16, rows=True),
    "wanted_topics": Fact(gaps.wanted_topics, ". Msaada unakosekana: " + "x" * 30),
    "my_topics": Fact(asking.my_topics, "x" * 50),
    "old_answers": Fact(asking.old_answers, "x" * 30, rows=True),
    "my_questions": Fact(asking.my_questions, "x" * 20 + ": 9", rows=True),
    "answers_to_mine": Fact(asking.answers_to_mine, f"{Giver.longest}: " + "x" * 20, rows=True),
    "asked_count": Fact(asking.asked_count, "9"),
    "check_count": Fact(asking.check_count, "9"),
    "tips": Fact(tip.tips, "x" * 20, rows=True),
    "village_news": Fact(news.village_news, "x" * 20, rows=True),
    "top_three": Fact(by_text.top_three, ("9 12345 " + "x" * 16 + " 999. ") * 3 + "MPYA 12345 " + "x" * 16 + "."),
    "overdue_now": Fact(measures.overdue_now, "23 Nov " + "x" * measures.WORDS_MOST, rows=True),
    "kept_look": Fact(measures.kept_look, "100"),
    "kept_answer": Fact(measures.kept_answer, "100"),
    "kept_wrong": Fact(measures.kept_wrong, "100"),
    "kept_reports": Fact(measures.kept_reports, "100"),
    "kept_plans": Fact(measures.kept_plans, "100"),
    "code_changed": Fact(lambda world, caller: world.organisation.dial("5", "6"), "*384*204179*5*6#"),
    "usual_place": Fact(group.usual_place, "x" * 16),
    "coming_days": Fact(group.coming_days, "Jumamosi 28 Nov", rows=True),
    "agendas": Fact(group.agendas, "x" * 20, rows=True),
    "meeting_hours": Fact(group.meeting_hours, "19:00", rows=True),
    "code_data": Fact(lambda world, caller: world.organisation.dial("6", "98", "1"), "*384*204179*6*98*1#"),
    "code_balance": Fact(lambda world, caller: world.organisation.dial("1", "1"), "*384*204179*1*1#"),
    "code_group": Fact(lambda world, caller: world.organisation.dial("3"), "*384*204179*3#"),
    "code_meeting": Fact(ways.code_to_meeting, "*384*204179*3*5*3#"),
    "can_repeat": Fact(shortcuts.can_repeat, flag=True),
    "my_shortcuts": Fact(shortcuts.my_shortcuts, f"{MONEY} {NAME}", rows=True),
    "payments_to_keep": Fact(shortcuts.payments_to_keep, f"{MONEY} {NAME}", rows=True),
    "fee_lines": Fact(keeping.fee_lines, "x" * 900),
    "member_code": Fact(facts.member_code, Code.longest),
    "day": Fact(lambda world, caller: world.phrases.day(_local(world), language_of(world, caller)), "23 Nov"),
    "time": Fact(lambda world, caller: f"{_local(world):%H:%M}", "23:59"),
    "minutes": Fact(lambda world, caller: str(DRAFT_MINUTES), "30"),
    "mini": Fact(statements.mini, "23 Nov -999,999.99 Wanjiruuuu. " * 3),
    "language_names": Fact(facts.language_names, "KISWAHILI, ENGLISH, FRANCAIS, GIKUYU, DHOLUO"),
    "example_language": Fact(facts.example_language, "KISWAHILI"),
    "waiting_count": Fact(waiting.waiting_count, "99"),
    "is_waiting": Fact(waiting.is_waiting, flag=True),
    "waiting_things": Fact(waiting.waiting_things, f"{MONEY} {NAME}", rows=True),
    "is_agent": Fact(places.is_agent, flag=True),
    "is_guest": Fact(roll.is_guest, flag=True),
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
}
