"""Needs with reward: what somebody needs, the money that is held for it, who can do it, and who did."""

from menus.answers import Amount, Number, Pin, Words
from menus.book.ideas import OF_AN_ITEM, RESTS
from menus.book.pins import FORGOT, LOCKED, typed
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Tell, Way, When

GONE = "This need is over."
CAN_OFFERED = "{from_name} gets your name and number. When they say that you did it, {amount} are yours at once."
CAN_ALREADY = "You have said so already, or enough have. Wait for a call."
CAN_YOURS = "It is your own need."

needs = Flow(
    "needs",
    Choose("show", "Needs with reward", {"1 What is needed": "open_needs", "2 Post a need": "post_need", "3 My needs": "my_needs"}),
    title="Needs with reward",
)

open_needs = Flow(
    "open_needs",
    Browse("item", "What is needed", rows="open_needs", then="need", empty="none"),
    Choose("none", "Nobody needs anything now.", {"2 Post a need": "post_need"}),
    title="What is needed",
)

need = Flow(
    "need",
    Do("look_at_need", {"need_shown": "show", "no_item": "gone"}),
    Choose("show", "{words}, {from_name}\n{amount}, safe till {day}, {offers} can do it", {
        "1 I can, share number": "offer_here",
        "2 Ask": "say_about",
        "3 Read": "read_comments",
        "4 Add": "add_to_need",
        "6 Report": "report",
    }, long=True),
    Do("offer_here", {
        "offered": "offered",
        "offered_already": "already",
        "own_need": "yours",
        "need_over": "gone",
        "said_today": "enough",
        "rests": "rests",
    }),
    Tell("rests", RESTS),
    Tell("offered", CAN_OFFERED),
    Tell("already", CAN_ALREADY),
    Tell("yours", CAN_YOURS),
    Tell("enough", "That is much for one day, thank you. More tomorrow."),
    Choose("gone", GONE, {}),
    title="A need",
    takes=OF_AN_ITEM,
)  # fmt: skip

post_need = Flow(
    "post_need",
    Ask("words", "What do you need? At most 60 letters", Words(60)),
    Ask("amount", "How much will you give to who does it? You have {balance}", Amount(20, 2_000), options={"1 In points": When("has_points", "some_points")}),
    Do("quote_need", {
        "need_quoted": "pin",
        "not_so_much": Again("amount", "From 20 to 2,000, please."),
        "not_enough": Again("amount", "That is more than you have."),
        "too_many_needs": "too_many",
        "rests": "rests",
    }),
    Ask("pin", "Hold {amount} of {to_name}? Fee {fee}\nBack in 30 days if not done.\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("post_need", {
        "need_up": "up",
        "need_waits": "waits",
        "not_enough": Again("amount", "That is more than you have."),
        "not_taken": "not_now",
        "too_many_needs": "too_many",
        **typed(),
    }),
    Ask("some_points", "How many points will you give? You have {points}", Number(5, 500)),
    Do("quote_need_in_points", {
        "need_quoted": "points_pin",
        "not_so_much": Again("some_points", "From 5 to 500, please."),
        "not_enough": Again("some_points", "That is more than you have."),
        "too_many_needs": "too_many",
        "rests": "rests",
    }),
    Ask("points_pin", "Hold {amount} of {to_name}? Fee {fee}\nBack in 30 days if not done.\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("post_need_in_points", {
        "need_up": "up",
        "need_waits": "waits",
        "not_enough": Again("some_points", "That is more than you have."),
        "not_taken": "not_now",
        "too_many_needs": "too_many",
        **typed("points_pin"),
    }),
    Tell("up", "Need {number} is up, {amount} are held safe until {day}. You choose who did it."),
    Tell("waits", "{amount} are held safe. A person looks at need {number} first, usually within 1 day. Then all can see it."),
    Tell("not_now", "It cannot be done now. Nothing moved."),
    Tell("too_many", "You have {most} needs open, or have said much today. First say who did one of them."),
    Tell("rests", RESTS),
    Tell("locked", LOCKED),
    title="Post a need",
)  # fmt: skip

FITS = "Only {still} more fit."
REFUSED_GIFT: dict[str, Way] = {
    "not_so_much": Again("some_points", "From 5 to 500, please."),
    "not_enough": Again("some_points", "That is more than you have."),
    "gift_already": "already",
    "gifts_enough": "enough",
    "gift_too_big": Again("some_points", FITS),
    "own_need": "yours",
    "need_over": "gone",
    "rests": "rests",
}

add_to_need = Flow(
    "add_to_need",
    Do("which_gift", {"gift_in_money": "amount", "gift_in_points": "some_points", "need_over": "gone"}),
    Ask("amount", "How much do you add for who does it? You have {balance}", Amount(20, 2_000)),
    Do("quote_gift", {
        "gift_quoted": "pin",
        "not_so_much": Again("amount", "From 20 to 2,000, please."),
        "not_enough": Again("amount", "That is more than you have."),
        "gift_already": "already",
        "gifts_enough": "enough",
        "gift_too_big": Again("amount", FITS),
        "own_need": "yours",
        "need_over": "gone",
        "rests": "rests",
    }),
    Ask("pin", "Add {amount} for: {title}? Fee {fee}\nBack if not done.\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("add_to_need", {
        "gift_added": "added",
        "not_so_much": Again("amount", "From 20 to 2,000, please."),
        "not_enough": Again("amount", "That is more than you have."),
        "not_taken": "not_now",
        "gift_already": "already",
        "gifts_enough": "enough",
        "gift_too_big": Again("amount", FITS),
        "own_need": "yours",
        "need_over": "gone",
        "rests": "rests",
        **typed(),
    }),
    Ask("some_points", "How many points do you add? You have {points}", Number(5, 500)),
    Do("quote_gift_in_points", {"gift_quoted": "points_pin", **REFUSED_GIFT}),
    Ask("points_pin", "Add {amount} for: {title}? Fee {fee}\nBack if not done.\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("add_points_to_need", {"gift_added": "added", "not_taken": "not_now", **REFUSED_GIFT, **typed("points_pin")}),
    Tell("added", "Thank you. {amount} are held safe for need {number}: {together} together now."),
    Tell("already", "You have added {amount} already. It goes to who does it, or back to you."),
    Tell("enough", "Enough have added to it. Thank you."),
    Tell("not_now", "It cannot be done now. Nothing moved."),
    Tell("yours", CAN_YOURS),
    Tell("rests", RESTS),
    Choose("gone", GONE, {}),
    Tell("locked", LOCKED),
    title="Add to a need",
    takes=OF_AN_ITEM,
)  # fmt: skip

my_needs = Flow(
    "my_needs",
    Browse("item", "My needs", rows="my_needs", then="my_need", empty="none"),
    Choose("none", "You have no need open.", {"2 Post a need": "post_need"}),
    title="My needs",
)

my_need = Flow(
    "my_need",
    Do("look_at_my_need", {"my_need_shown": "show", "no_item": "gone"}),
    Choose("show", "{words}\n{amount}, held safe until {day}. {offers} can do it", {
        "1 Say who did it": "doer",
        "3 Read": "read_comments",
        "4 Take back": "take_need_back",
    }, long=True),
    Browse("doer", "Who did it?", rows="who_can_do_it", then="look_at_doer", empty="nobody"),
    Do("look_at_doer", {"doer_shown": "pin", "no_item": "gone"}),
    Ask("pin", "{to_name} did it and gets {amount}? Fee {fee}\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("say_who_did_it", {"doer_paid": "paid", "no_item": "gone", "not_taken": "not_now", **typed()}),
    Tell("paid", "Done. {amount} are on their way to {to_name}."),
    Tell("not_now", "The money is not in its safe place yet. Try again in a minute."),
    Do("take_need_back", {"need_taken_back": "taken_back", "somebody_offered": "offered", "no_item": "gone", "not_taken": "not_now"}),
    Tell("taken_back", "{amount} are on their way back to you."),
    Tell("offered", "Somebody has offered to do it and counts on it. It comes back on {day} if nobody does it."),
    Choose("nobody", "Nobody has offered yet.", {}),
    Choose("gone", GONE, {}),
    Tell("locked", LOCKED),
    title="My need",
    takes=OF_AN_ITEM,
)  # fmt: skip
