"""Whatever a member presses that may send others SMS is behind a switch or a number for the month; what is not says why it goes always."""

from __future__ import annotations

import ast
import inspect

from gateway.community.items import brakes, standing
from gateway.phrasebook import PHRASEBOOK
from tests.who_uses import HOUSE, comes_to
from workers import nightly

DOORS = {("gateway.records.verbs", "write_text"), ("gateway.records.verbs", "write_texts"), ("gateway.community.questions", "ask_by_text")}
BRAKES = {
    ("gateway.community.items.brakes", "rests"), ("gateway.community.groups.leading", "texts_left"), ("gateway.community.items.telling", "texts_left"),
    ("gateway.community.courses.verbs", "texts_left"),
}  # fmt: skip
ALWAYS = {
    "the caller's own money, and whom it goes to: a receipt goes whatever rests": (
        "agree_to_loan ask_back buy_airtime drop_draft give_back join_buy leave make_standing make_standing_group pay_bill pay_due pay_group pay_shop "
        "points_to_airtime post_need post_need_in_points put_in refuse_back repay_advance repay_loan say_of_cash say_who_did_it send_draft send_draft_made "
        "send_draft_place send_draft_place_made send_money take_advance take_out use_points"
    ),
    "a PIN, a SIM, a phone, or who may vouch and dial for somebody: whom it is about must hear of it": (
        "add_guardian agree_to_sim ask_for_rescue ask_for_rescue_here ask_for_sim change_pin check_pin come_in drop_sim hold_lost join open_line "
        "remove_guardian stop_dial take_new_pin take_new_pin_here vouch"
    ),
    "what the law gives a member: their copy, and that it is deleted": "ask_for_copy ask_to_delete",
    "the caller asked for this very SMS, and so many a day": "text_balance text_payment text_statement text_tip",
    "one SMS to the one who asked: an answer, and the thanks for one that helped": (
        "answer answer_by_text decide_asker look_at_answer pick_old_answer say_of_call"
    ),
    "one SMS to the caller: why a word of theirs waits": "open_case open_case_in_words rate_by_text report_thing say_what_is_wrong tell_own wrong_by_text",
}
CLOCK_ALWAYS = {
    "a member's own money": "run_standing mend_money end_drafts look_after_commons",
    "a call that was promised and has not come, an SMS of theirs that was not read: one sorry each": "say_sorry say_sorry_for_texts",
}


def _words(table: dict[str, str]) -> set[str]:
    return {name for names in table.values() for name in names.split()}


def test_what_sends_sms_and_can_be_pressed_is_braked_or_says_why() -> None:
    unbraked = set()
    for name, verb in PHRASEBOOK.verbs.items():
        here = (verb.act.__module__, verb.act.__name__)
        if comes_to(*here, DOORS) and not comes_to(*here, BRAKES):
            unbraked.add(name)

    assert unbraked == _words(ALWAYS)


def test_what_the_clock_sends_is_braked_or_says_why() -> None:
    chores = [name for name, act in vars(nightly).items() if inspect.isfunction(act) and act.__module__ == nightly.__name__ and not name.startswith("_")]
    sending = {name for name in chores if comes_to(nightly.__name__, name, DOORS)}
    unbraked = {name for name in sending if not comes_to(nightly.__name__, name, BRAKES)}

    assert unbraked == _words(CLOCK_ALWAYS)
    assert len(sending - unbraked) > 10


def test_each_switch_is_read_and_each_that_is_read_is_one() -> None:
    """A name in the console that nothing reads would be a switch which does nothing."""
    read = set()
    for file in (HOUSE / "gateway").rglob("*.py"):
        tree = ast.parse(file.read_text())
        named = {
            node.targets[0].id: node.value.value for node in tree.body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Constant)
        }  # fmt: skip
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "rests" and len(node.args) == 2:
                for one in ast.walk(node.args[1]):
                    read |= {one.value} if isinstance(one, ast.Constant) else {named[one.id]} if isinstance(one, ast.Name) and one.id in named else set()

    assert read | {standing.POWERS} == set(brakes.SWITCHES)


def test_the_way_to_a_brake_is_found() -> None:
    assert comes_to("gateway.community.commons.tools", "ask_to_borrow", BRAKES)
    assert not comes_to("gateway.money.places", "pay_group", BRAKES)
