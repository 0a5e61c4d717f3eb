"""Loans of a group: ask, agree to what another asks, pay back. Two of the group agree with their PINs, and all see how much is out."""

from menus.answers import Amount, Pin
from menus.book.groups import NOT_YOURS, OF_A_GROUP
from menus.book.paying import PAUSED
from menus.book.pins import FORGOT, LOCKED, typed
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Pick, Tell, Way, When

NOT_NOW: dict[str, Way] = {
    "nothing_to_lend": "nothing", "few_are_here": "few", "loan_runs": "runs", "ask_again_later": "later", "not_in_group": "gone",
}  # fmt: skip

group_loans = Flow(
    "group_loans",
    Do("look_at_loans", {"loans_shown": "show", "not_in_group": "gone"}),
    Choose("show", "Loans out: {lent_heads} people, {lent_out}. Late: {late_heads}. To agree to: {asked_heads}", {
        "1 Ask for a loan": "ask_loan",
        "2 My loan": When("has_my_loan", "my_loan"),
        "3 Say yes or no": When("has_loans_asked", "agree_loan"),
    }),
    Choose("gone", NOT_YOURS, {}),
    title="Loans",
    takes=OF_A_GROUP,
)  # fmt: skip

ask_loan = Flow(
    "ask_loan",
    Do("may_borrow", {"may_borrow": "amount", **NOT_NOW}),
    Ask("amount", "How much, up to {most}? At most 3 times what you put in. All of {place} see that you ask.", Amount(1, 250_000)),
    Do("weigh_loan", {"loan_fits": "weeks", "too_much_to_lend": Again("amount", "That is more than you can ask for."), **NOT_NOW}),
    Choose(
        "weeks",
        "Paid back within?",
        {"1 One month": Pick("4", "ask_for_loan"), "2 Two months": Pick("8", "ask_for_loan"), "3 Three months": Pick("13", "ask_for_loan")},
    ),
    Do("ask_for_loan", {"loan_asked": "asked", "too_much_to_lend": Again("amount", "That is more than you can ask for."), **NOT_NOW}),
    Tell("asked", "Asked. Two others must say yes, then you get {amount} at once, at no cost. We tell you by SMS."),
    Choose("nothing", "{place} has nothing to lend now, or you have put nothing in yet.", {}),
    Choose("few", "A group of 3 or more can lend: two must say yes.", {}),
    Choose("runs", "One loan at a time. Pay back first what you have.", {}),
    Choose("later", "You asked not long ago. Ask again from {day}, or speak with your leader.", {}),
    Choose("gone", NOT_YOURS, {}),
    title="Ask for a loan",
    takes=OF_A_GROUP,
)  # fmt: skip

my_loan = Flow(
    "my_loan",
    Do("look_at_my_loan", {"my_loan_asked": "waits", "my_loan_lent": "owed", "no_loan": "none"}),
    Choose("waits", "You asked {place} for {amount}. {agreed} said yes. Two must, one of them a leader.", {"1 Take it back": "take_loan_back"}),
    Do("take_loan_back", {"loan_taken_back": "taken_back", "loan_gone": "none"}),
    Tell("taken_back", "Taken back. You can ask again in 7 days."),
    Choose("owed", "You owe {place} {owed} of {lent}. Pay it back by {day}.", {"1 Pay back": "pay_back"}),
    Ask("pay_back", "Pay back how much? You owe {owed}\nYou have {balance}", Amount(1, 250_000)),
    Do("quote_loan", {"pays_back": "pin", "nothing_owed": "none", "not_enough": Again("pay_back", "That is more than you have.")}),
    Ask("pin", "Pay back {amount} to {place}? Fee {fee}. You then owe {left}\nEnter PIN to pay", Pin(), back="0 Stop", options=FORGOT),
    Do("repay_loan", {
        "sent": "paid",
        "under_way": "under_way",
        "nothing_owed": "none",
        "not_enough": Again("pay_back", "That is more than you have."),
        "not_taken": "not_taken",
        "paused": "paused",
        **typed(),
    }),
    Tell("paid", "Paid back {amount} to {place}. You have {left}. Ref {ref}"),
    Tell("under_way", "We are paying it back. Wait for the SMS. Ref {ref}"),
    Tell("not_taken", "It cannot be paid now. Nothing moved."),
    Tell("locked", LOCKED),
    Tell("paused", PAUSED),
    Choose("none", "You owe {place} nothing.", {}),
    title="My loan",
    takes=OF_A_GROUP,
)  # fmt: skip

agree_loan = Flow(
    "agree_loan",
    Browse("asked", "Who asks {place} for a loan?", rows="loans_asked", then="look_at_loan_asked", empty="gone"),
    Do("look_at_loan_asked", {"loan_to_agree": "show", "loan_gone": "gone"}),
    Choose("show", "{to_name} asks for {amount}. Months to pay it back: {months}. What they have put in allows it.", {
        "1 Yes, lend it": "pin",
        "2 No": When("leads_group", "refuse_loan"),
    }),
    Ask("pin", "Lend {to_name} {amount} of the money of {place}? Fee {fee}\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("agree_to_loan", {
        "agreed_first": "first",
        "leader_is_missing": "leader",
        "loan_lent": "lent",
        "group_has_too_little": "little",
        "loan_gone": "gone",
        "not_taken": "not_taken",
        "paused": "paused",
        **typed(),
    }),
    Tell("first", "Your yes for {to_name} is kept. One more must say yes, then the money goes."),
    Tell("leader", "Your yes for {to_name} is kept. A leader must say yes too, then the money goes."),
    Tell("lent", "{amount} goes from {place} to {to_name}. All see under 6 how much is out."),
    Tell("little", "{place} does not have that much now. Nothing moved. Your yes is kept."),
    Do("refuse_loan", {"loan_refused": "refused", "loan_gone": "gone"}),
    Tell("refused", "Done. {to_name} is told kindly, without a reason. Speak with them."),
    Tell("not_taken", "It cannot be paid out now. Nothing moved."),
    Tell("locked", LOCKED),
    Tell("paused", PAUSED),
    Choose("gone", "Nobody asks for a loan now.", {}),
    title="Agree to a loan",
    takes=OF_A_GROUP,
)  # fmt: skip
