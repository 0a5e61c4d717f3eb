"""Repeat payments: agreed to once, stopped at any time."""

from menus.answers import Amount, Phone, Pin
from menus.book.paying import ABOVE_LIMIT, AT_MOST, MORE_THAN_YOU_HAVE
from menus.book.pins import FORGOT, LOCKED, typed
from menus.book.places import NOBODY, NOT_TAKEN, NUMBER
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Pick, Tell, Way

ORDERED = "Done. First payment {next_day}. Look or stop: here under 7, any time."
TOO_MANY = "You have many repeat payments. Stop one first."
QUOTED: dict[str, Way] = {
    "quoted_standing": "pin", "not_enough": Again("amount", MORE_THAN_YOU_HAVE), "over_limit": Again("amount", ABOVE_LIMIT),
    "too_much": Again("amount", AT_MOST), "too_many": "too_many",
}  # fmt: skip
MADE: dict[str, Way] = {"ordered": "ordered", **typed(), "not_taken": "not_taken"}

standing = Flow(
    "standing",
    Choose("show", "Repeat payments", {"1 New": "standing_new", "2 My list": "standing_list", "3 New, to a group": "standing_group"}),
    title="Repeat payments",
)

standing_new = Flow(
    "standing_new",
    Ask("to", "Send again and again to who? Type phone or member code.", Phone(codes=True)),
    Do("find_member", {
        "found": "amount",
        "not_a_member": Again("to", "Nobody has this number."),
        "yourself": Again("to", "That is your own number."),
        "asked_too_often": "too_often",
    }),
    Ask("amount", "How much to {to_name} each time?", Amount(10, 250_000)),
    Choose("every", "How often?", {"1 Every week": Pick("week", "quote_standing"), "2 Every month": Pick("month", "quote_standing")}),
    Do("quote_standing", QUOTED),
    Ask("pin", "{amount} to {to_name} (..{tail}), first on {next_day}? Fee {fee} each\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("make_standing", MADE),
    Tell("ordered", ORDERED),
    Tell("too_many", TOO_MANY),
    Tell("too_often", "Too many numbers tried today. Please try tomorrow, or ask for the member code."),
    Tell("not_taken", "{to_name} cannot get money now. Nothing moved."),
    Tell("locked", LOCKED),
    title="Repeat payments",
)  # fmt: skip

standing_group = Flow(
    "standing_group",
    Ask("group", "Pay in again and again to which group? Type its number.", NUMBER, rows="my_groups"),
    Do("find_group", {"found_place": "amount", "no_such_place": Again("group", NOBODY)}),
    Ask("amount", "How much to {place} each time?", Amount(1, 250_000)),
    Choose("every", "How often?", {"1 Every week": Pick("week", "quote_standing_group"), "2 Every month": Pick("month", "quote_standing_group")}),
    Do("quote_standing_group", QUOTED),
    Ask("pin", "{amount} to {place}, first on {next_day}? Fee {fee} each\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("make_standing_group", MADE),
    Tell("ordered", ORDERED),
    Tell("too_many", TOO_MANY),
    Tell("not_taken", NOT_TAKEN),
    Tell("locked", LOCKED),
    title="Repeat payments",
)

standing_list = Flow(
    "standing_list",
    Browse("order", "Press one to stop it", rows="standing_lines", then="stop_standing", empty="none"),
    Do("stop_standing", {"stopped": "stopped", "gone": "none"}),
    Tell("stopped", "Stopped. It is not paid any more."),
    Tell("none", "You have no repeat payments."),
    title="Repeat payments",
)
