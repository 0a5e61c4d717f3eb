"""My deliveries and my advance."""

from menus.answers import Amount, Pin
from menus.book.paying import PAUSED
from menus.book.pins import FORGOT, LOCKED, typed
from menus.book.sms_more import MAY_TELL
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Tell, Way

deliveries = Flow(
    "deliveries",
    Browse("delivery", "Due to you {produce_due}", rows="my_deliveries", then="look_at_delivery", empty="none"),
    Do("look_at_delivery", {"delivered": "detail", "not_yours": "none"}),
    Choose("detail", "{day}: {kilos} = {worth}\nBy {clerk}, {centre}", {"1 Correct": "confirm_delivery", "2 This is wrong": "contradict_delivery"}),
    Do("confirm_delivery", {"confirmed": "thanks", "not_yours": "none"}),
    Do("contradict_delivery", {"confirmed": "noted", "not_yours": "none"}),
    Tell("thanks", "Thank you. Every look helps to keep the scale honest."),
    Tell("noted", "Noted. A person looks at this delivery and you hear by SMS what comes of it."),
    Tell("none", "No delivery is written for you yet."),
    title="My deliveries",
)

loans = Flow(
    "loans",
    Do("offer_advance", {"offered": "show"}),
    Choose("show", "You owe {owed}. No interest.\nYou can get {can_get} against your produce", {"1 Pay back": "repay", "2 Ask for advance": "advance"}),
    title="Advance",
)

PINS: dict[str, Way] = {
    **typed(),
    "not_taken": "not_now",
    "paused": "paused",
}

advance = Flow(
    "advance",
    Ask("amount", "How much? Fee 0, no interest. It is taken from your next produce money.", Amount(50, 100_000)),
    Do("quote_advance", {"offerable": "pin", "not_that_much": Again("amount", "You cannot get that much now.")}),
    Ask("pin", "Advance {amount} to {name}? Fee {fee}\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("take_advance", {"sent": "done", "under_way": "under_way", "not_that_much": Again("amount", "You cannot get that much now."), **PINS}),
    Tell("done", "Advance {amount} is in your savings. You have {balance}. Ref {ref}"),
    Tell("under_way", "We are sending your advance of {amount}. Wait for the SMS. Ref {ref}"),
    Tell("not_now", "No advance can be given now. Nothing moved."),
    Tell("locked", LOCKED),
    Tell("paused", PAUSED),
    title="Ask for advance",
)

repay = Flow(
    "repay",
    Ask("amount", "Pay back how much? You owe {loan_left}\nYou have {balance}", Amount(1, 250_000)),
    Do("quote_repay", {"offerable": "pin", "nothing_due": "nothing", "not_that_much": Again("amount", "That is more than you have.")}),
    Ask("pin", "Pay back {amount} to {coop}? Fee {fee}\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("repay_advance", {
        "sent": "done", "under_way": "under_way", "nothing_due": "nothing", "not_enough": Again("amount", "That is more than you have."), **PINS,
    }),
    Tell("done", "Paid back. You still owe {loan_left}. You have {left}. Ref {ref}"),
    Tell("under_way", "We are paying it back. Wait for the SMS. Ref {ref}"),
    Tell("nothing", "You owe nothing."),
    Tell("not_now", "It cannot be paid now. Nothing moved."),
    Tell("locked", LOCKED),
    Tell("paused", PAUSED),
    title="Pay back",
)  # fmt: skip

sms_kilo = Flow("sms_kilo", *MAY_TELL, Tell("say", "This week {week_kilos}. Due to you {produce_due}. Wrong? Dial {code_produce}"))
