"""Airtime for one's own phone or another's. The money is held until the network says that it came."""

from menus.answers import Amount, Phone, Pin
from menus.book.paying import endings, held, quoted
from menus.book.pins import FORGOT
from menus.screens import Ask, Choose, Do, Flow, Step

ON_ITS_WAY = "Airtime {amount} for {number} is on its way. If it does not come, you keep your money. Ref {ref}"
NOT_NOW = "No airtime can be bought now. Nothing moved."

BUYING: tuple[Step, ...] = (
    Ask("amount", "How much airtime for {number}?\nYou have {balance}", Amount(5, 1_000)),
    Do("quote_airtime", quoted()),
    Ask("pin", "Airtime {amount} for {number}? Fee {fee}. Left {left}\nEnter PIN to buy", Pin(), back="0 Stop", options=FORGOT),
    Do("buy_airtime", held()),
    *endings("", ON_ITS_WAY, NOT_NOW),
)

airtime = Flow(
    "airtime",
    Choose("whose", "Airtime for", {"1 My phone": "my_number", "2 Another phone": "number"}),
    Do("my_number", {"mine": "amount"}),
    Ask("number", "Airtime for which phone?", Phone(), then="amount"),
    *BUYING,
    title="Airtime",
)

sms_airtime = Flow("sms_airtime", Do("my_number", {"mine": "amount"}), *BUYING)
sms_airtime_for = Flow("sms_airtime_for", Ask("number", "Airtime for which phone?", Phone()), *BUYING)
