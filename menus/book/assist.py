"""Helper near me, and somebody whom one trusts dials for one: they prepare, nothing moves without one's own PIN."""

from menus.answers import Amount, Number, Phone, Words
from menus.book.ideas import ENOUGH, RESTS
from menus.book.places import NOBODY, TOO_OFTEN
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Tell, Way, When

OVER = "You do not dial for them now. They say it anew: 6, 1, 4."
PREPARED: dict[str, Way] = {"prepared_for": "done", "prepared_enough": "enough", "assist_over": "over", "rests": "rests"}

helper_near = Flow(
    "helper_near",
    Choose("show", "Somebody you trust can dial for you. Nothing moves without your PIN.", {
        "1 Helpers near me": "near",
        "4 Let one dial for me": "to",
        "5 I dial for somebody": When("dials_for", "dial_for"),
        "6 End it": When("is_helped", "stop_dial"),
    }, long=True),
    Browse("near", "Helpers, the nearest first", rows="helpers_near", then="look_at_helper", empty="none"),
    Do("look_at_helper", {"helper_shown": "page", "no_helper": "none"}),
    Choose("page", "{to_name}, {village}. Knows: {my_topics}. Helped {helped}.", {
        "1 Ask them": "ask_fellow",
        "4 Let them dial for me": "find_who_dials",
    }, long=True),
    Choose("none", "No helper shows themselves yet. The office helps too.", {"3 Call me back": "call_me"}),
    Ask("to", "Type their phone or member code.", Phone(codes=True), rows="dialled_lately"),
    Do("find_who_dials", {
        "found": "sure",
        "not_a_member": Again("to", NOBODY),
        "yourself": Again("to", "That is your own number."),
        "shares_a_phone": Again("to", "They share a phone. Choose one with an own phone."),
        "asked_too_often": "too_often",
        "rests": "rests",
    }),
    Choose("sure", "{to_name} (..{tail}) may prepare payments and words for you, for some hours. Never tell them your PIN.", {"1 Yes, they may": "let_dial"}),
    Do("let_dial", {"let_dial": "let", "helps_many": "many", "chose_many": "chosen", "not_a_member": "none", "rests": "rests"}),
    Tell("let", "{to_name} may dial for you for {hours} hours: tell them. What they prepare comes to you by SMS and waits under 9. To end it: 6, 1, 4, 6."),
    Tell("many", "{to_name} dials for many today. Please choose somebody else."),
    Tell("chosen", "You chose many today. Is your phone in other hands? Let us call you: 6, 1, 3."),
    Tell("too_often", TOO_OFTEN),
    Do("stop_dial", {"dial_ended": "ended", "nobody_dials": "nobody"}),
    Tell("ended", "{to_name} does not dial for you any more. What waits under 9 you can still stop there."),
    Choose("nobody", "Nobody dials for you now.", {}),
    Tell("rests", RESTS),
    title="Helper near me",
)  # fmt: skip

dial_for = Flow(
    "dial_for",
    Browse("whom", "For whom do you dial?", rows="whom_i_dial_for", then="pick_helped", empty="over"),
    Do("pick_helped", {"helped_shown": "what", "assist_over": "over"}),
    Choose("what", "For {whom_name} (..{tail}). Never ask for a PIN.", {
        "1 Send money": "payee",
        "2 Pay a group": "group",
        "3 Airtime for them": "airtime",
        "4 What is wrong": "words",
        "5 A call to them": "call_for",
    }, long=True),
    Ask("payee", "Send to who? Type phone or member code.", Phone(codes=True)),
    Do("find_for", {
        "for_them": "amount",
        "not_a_member": Again("payee", NOBODY),
        "not_for_yourself": Again("payee", "Not to yourself: you dial for them."),
        "not_to_themselves": Again("payee", "That is their own number."),
        "asked_too_often": "too_often",
        "assist_over": "over",
    }),
    Ask("amount", "How much from {whom_name} to {to_name}? What they have we do not show.", Amount(10, 250_000)),
    Do("prepare_send", {**PREPARED, "not_a_member": Again("payee", NOBODY)}),
    Ask("group", "Pay which group? Type its number.", Number(1, 99_999)),
    Do("find_group_for", {"for_group": "dues", "no_such_place": Again("group", NOBODY), "not_for_yourself": Again("group", "Not to a group that you lead."),
        "assist_over": "over"}),
    Ask("dues", "How much from {whom_name} to {place}?", Amount(1, 250_000)),
    Do("prepare_group", {**PREPARED, "no_such_place": Again("group", NOBODY)}),
    Ask("airtime", "How much airtime for the phone of {whom_name}?", Amount(5, 1_000)),
    Do("prepare_airtime", PREPARED),
    Tell("done", "Prepared. {whom_name} got an SMS and agrees within {minutes} minutes: dial, 9, their PIN. Please look away."),
    Ask("words", "What is wrong? In the words of {whom_name}.", Words(74)),
    Do("say_for", {"said_for": "said", "said_enough": "enough", "assist_over": "over", "rests": "rests"}),
    Tell("said", "Case {number} of {whom_name} is open, and they read your words by SMS."),
    Do("call_for", {"call_comes": "called", "assist_over": "over", "rests": "rests"}),
    Tell("called", "The office calls {whom_name} on their own phone."),
    Tell("enough", ENOUGH),
    Tell("too_often", TOO_OFTEN),
    Tell("over", OVER),
    Tell("rests", RESTS),
    title="I dial for somebody",
)  # fmt: skip
