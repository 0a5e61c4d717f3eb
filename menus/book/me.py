"""Me and help: language, which SMS, the PIN, my code."""

from menus.answers import Pin
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Tell

me = Flow(
    "me",
    Choose("show", "Me and help", {
        "4 Language and SMS": "words_and_sms",
        "5 PIN and guardians": "pin_and_guardians",
        "6 My details": "details",
    }),
    title="Me and help",
)  # fmt: skip

words_and_sms = Flow(
    "words_and_sms",
    Choose("show", "Language and SMS", {"1 Language": "language", "5 Only money SMS": "only_money"}),
    title="Language and SMS",
)

language = Flow(
    "language",
    Browse("language", "Choose language", rows="languages", then="change_language"),
    Do("change_language", {"spoken": "home"}),
    title="Language",
)

only_money = Flow(
    "only_money",
    Do("stop_texts", {"stopped": "done"}),
    Tell("done", "Only SMS about your own money from now on. To get the others again send START to {shortcode}."),
    title="Only money SMS",
)

pin_and_guardians = Flow(
    "pin_and_guardians",
    Choose("show", "PIN and guardians", {"1 Change PIN": "change_pin"}),
    title="PIN and guardians",
)

change_pin = Flow(
    "change_pin",
    Ask("old_pin", "Your old PIN", Pin()),
    Do("check_pin", {
        "right": "pin",
        "wrong_pin": Again("old_pin", "Wrong PIN. Tries left: {tries}."),
        "locked": "locked",
        "too_busy": Again("old_pin", "We are busy. Try again."),
    }),
    Ask("pin", "Choose a secret PIN: 4 numbers. Not your birth year.\nTell nobody. Staff never ask for it.", Pin()),
    Do("choose_pin", {
        "fine": "pin_again",
        "weak": Again("pin", "Too easy to guess."),
        "too_busy": Again("pin", "We are busy. Try again."),
    }),
    Ask("pin_again", "Type the same PIN again.", Pin()),
    Do("change_pin", {
        "changed": "done",
        "different": Again("pin", "The two were not the same. Start the PIN again."),
        "too_busy": Again("pin_again", "We are busy. Try again."),
        "too_late": "too_late",
    }),
    Tell("done", "PIN changed. If it was not you, visit the office now."),
    Tell("too_late", "That took too long, so your old PIN stays. Please dial again."),
    Tell("locked", "PIN locked to keep you safe. Try again after {until}, or visit the office."),
    title="Change PIN",
)  # fmt: skip

details = Flow(
    "details",
    Choose("show", "My details", {"6 My code": "code"}),
    Tell("code", "Your member code is {member_code}. Give it to people instead of your phone number."),
    title="My details",
)
