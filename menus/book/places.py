"""Pay a group, a shop or a bill; take out cash at an agent; an agent takes cash in."""

from menus.answers import Amount, BillNumber, Number, Phone, Pin
from menus.book.paying import endings, paid, quoted
from menus.book.pins import FORGOT
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Step, Tell, When

NUMBER = Number(1, 99_999)
NOBODY = "Nobody has this number."
TOO_OFTEN = "Too many numbers tried today. Please try tomorrow, or ask for the member code."
PAID = "Paid {amount} to {place}. Fee {fee}. You have {left}. Ref {ref}"
PAYING = "We are paying {amount} to {place}. Wait for the SMS before you go. Ref {ref}"
NOT_TAKEN = "{place} cannot get money now. Nothing moved."

pay_group = Flow(
    "pay_group",
    Ask("group", "Pay which group? Type its number.", NUMBER, rows="my_groups"),
    Do("find_group", {"found_place": "amount", "no_such_place": Again("group", NOBODY)}),
    Ask("amount", "How much to {place}?\nYou have {balance}", Amount(1, 250_000)),
    Do("quote_group", quoted()),
    Ask("pin", "Pay {amount} to {place}? {seen_by} Fee {fee}. Left {left}\nEnter PIN to pay", Pin(), back="0 Stop", options=FORGOT),
    Do("pay_group", paid()),
    *endings(PAID, PAYING, NOT_TAKEN),
    title="Pay a group",
)

pay_shop = Flow(
    "pay_shop",
    Ask("shop", "Type the shop's or bill's number.", NUMBER, rows="shops_paid"),
    Do("find_payee", {"found_place": "amount", "found_bill": "pay_bill", "no_such_place": Again("shop", NOBODY)}),
    Ask("amount", "How much to {place}?\nYou have {balance}", Amount(1, 250_000)),
    Do("quote_shop", quoted()),
    Ask("pin", "Pay {amount} to {place}? Fee {fee}. Left {left}\nEnter PIN to pay", Pin(), back="0 Stop", options=FORGOT),
    Do("pay_shop", paid()),
    *endings(PAID, PAYING, NOT_TAKEN),
    title="Pay shop or bill",
)

pay_bill = Flow(
    "pay_bill",
    Ask("bill", "{place}: your {asks}?", BillNumber(), rows="bills_paid"),
    Do("check_bill", {"bill_fine": "amount", "bill_number_wrong": Again("bill", "{least} to {most} letters and digits.")}),
    Ask("amount", "How much to {place} for {bill}?\nYou have {balance}", Amount(1, 250_000)),
    Do("quote_shop", quoted()),
    Ask("pin", "Pay {amount} to {place} for {bill}? Fee {fee}\nEnter PIN to pay", Pin(), back="0 Stop", options=FORGOT),
    Do("pay_bill", paid()),
    *endings(
        "Paid {amount} to {place} for {bill}. Fee {fee}. Ref {ref}", "We are paying {amount} to {place} for {bill}. Wait for the SMS. Ref {ref}", NOT_TAKEN
    ),
    title="Pay a bill",
    takes=("shop", "place", "asks"),
)

withdraw = Flow(
    "withdraw",
    Choose("where", "Take out cash", {
        "1 At an agent": "take_out",
        "2 At the office": "at_office",
        "3 Agents near me": "agents_near",
        "5 I am an agent: take cash in": When("is_agent", "put_in"),
    }),
    Tell("at_office", "Ask for cash at the office. They type it in, then you dial {code_nine} and agree with your PIN."),
    title="Take out cash",
)  # fmt: skip

TAKING_OUT: tuple[Step, ...] = (
    Ask("amount", "Take out how much at {place}?\nYou have {balance}", Amount(10, 250_000)),
    Do("quote_cash", quoted()),
    Ask("pin", "Take out {amount} at {place}? Fee {fee}. Left {left}\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("take_out", paid()),
    *endings(
        "{place} pays you {amount} in cash now. Fee {fee}. You have {left}. Ref {ref}",
        "Wait for the SMS before you take {amount} from {place}. Ref {ref}",
        "{place} cannot pay out now. Nothing moved.",
    ),
)

take_out = Flow(
    "take_out",
    Ask("agent", "Type the agent's number.", NUMBER, rows="agents_used"),
    Do("find_agent", {"found_place": "amount", "no_such_place": Again("agent", NOBODY)}),
    *TAKING_OUT,
    title="Take out cash",
)

agents_near = Flow(
    "agents_near",
    Browse("agent", "Agents, the nearest first", rows="agents_near", then="find_agent", empty="none"),
    Do("find_agent", {"found_place": "amount", "no_such_place": "none"}),
    *TAKING_OUT,
    Choose("none", "No agent is open now. The office pays out too.", {}),
    title="Take out cash",
)

put_in = Flow(
    "put_in",
    Ask("to", "Who brought cash? Type phone or member code.", Phone(codes=True)),
    Do("find_member", {
        "found": "amount",
        "not_a_member": Again("to", NOBODY),
        "yourself": Again("to", "That is your own number."),
        "asked_too_often": "too_often",
    }),
    Ask("amount", "How much cash did {to_name} give you?\nYour float is {float_left}", Amount(10, 250_000)),
    Do("quote_cash_in", quoted(not_a_member="not_taken", not_an_agent="not_taken")),
    Ask("pin", "Give {amount} to {to_name} (..{tail})? Fee {fee}. Left {left}\nEnter PIN to give", Pin(), back="0 Stop", options=FORGOT),
    Do("put_in", paid()),
    *endings(
        "Gave {amount} to {to_name}. Your float is {left}. Ref {ref}",
        "We are giving {amount} to {to_name}. Wait for the SMS. Ref {ref}",
        "{to_name} cannot get money now. Nothing moved.",
    ),
    Tell("too_often", TOO_OFTEN),
    title="Take cash in",
)  # fmt: skip
