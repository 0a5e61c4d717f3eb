"""Send money: to whom, how much, PIN. `send_to` begins with somebody who was picked from a list."""

from menus.answers import Amount, Phone, Pin
from menus.book.ideas import RESTS
from menus.book.paying import endings, paid, quoted
from menus.book.pins import FORGOT
from menus.screens import Again, Ask, Choose, Do, Flow, Step, Tell

pay = Flow(
    "pay",
    Choose("show", "Send or pay", {
        "1 Send to member": "send",
        "2 Pay a group": "pay_group",
        "3 Buy airtime": "airtime",
        "4 Withdraw": "withdraw",
        "5 Pay shop or bill": "pay_shop",
        "6 Undo or fix": "undo",
        "7 Repeat pay": "standing",
    }),
    title="Send or pay",
)  # fmt: skip

SENDING: tuple[Step, ...] = (
    Ask("amount", "How much to {to_name}?\nYou have {balance}", Amount(10, 250_000)),
    Do("quote", quoted(not_a_member="not_here")),
    Ask("pin", "Send {amount} to {to_name} (..{tail})? Fee {fee}. Left {left}\nEnter PIN to send", Pin(), back="0 Stop", options=FORGOT),
    Do("send_money", paid()),
    *endings(
        "Sent {amount} to {to_name}. Fee {fee}. You have {left}. Ref {ref}",
        "We are sending {amount} to {to_name}. Wait for the SMS before you go. Ref {ref}",
        "{to_name} cannot get money now. Nothing moved.",
    ),
    Tell("too_often", "Too many numbers tried today. Please try tomorrow, or ask for the member code."),
)

send = Flow(
    "send",
    Ask("to", "Send to who? Type phone or member code.", Phone(codes=True), rows="people_paid"),
    Do("find_member", {
        "found": "amount",
        "not_a_member": "not_here",
        "yourself": Again("to", "That is your own number."),
        "asked_too_often": "too_often",
    }),
    *SENDING,
    Choose("not_here", "{to} is not a member yet.", {"1 Try again": "to", "2 Invite by SMS": "invite_newcomer"}),
    Do("invite_newcomer", {"newcomer_invited": "invited", "no_phone": "no_phone", "far_number": "far", "too_many": "too_many", "rests": "rests"}),
    Tell("invited", "If ..{tail} takes such SMS, one goes there in your name, once."),
    Choose("no_phone", "To invite somebody we need a phone number.", {"1 Try again": "to"}),
    Choose("far", "A phone of this country, please.", {"1 Try again": "to"}),
    Tell("too_many", "You may tell {most} friends in a day. More tomorrow."),
    Tell("rests", RESTS),
    title="Send to member",
)  # fmt: skip

send_to = Flow(
    "send_to",
    Do("find_member", {"found": "amount", "not_a_member": "not_here", "yourself": "yourself", "asked_too_often": "too_often"}),
    *SENDING,
    Choose("yourself", "That is your own number.", {}),
    Choose("not_here", "This member has left.", {}),
    title="Send to member",
    takes=("to",),
)
