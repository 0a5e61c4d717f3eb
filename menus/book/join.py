"""Join: language, consent, name, a PIN twice. Nothing is stored before the caller agrees."""

from menus.answers import Name, Pin
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Tell

join = Flow(
    "join",
    Browse("language", "Karibu {coop}! Choose language", rows="languages", then="speak", resume="never"),
    Do("speak", {"spoken": "consent"}),
    Choose("consent", "{coop} keeps your number and records to serve you. Your words stay yours. Leave any time.", {
        "1 Agree": "note_consent",
        "2 Tell me more": "more",
        "3 No": "declined",
    }),
    Choose("more", "We store: name, number, payments, what you write. We never sell it. You can see and delete yours.", {
        "1 Agree": "note_consent",
        "3 No": "declined",
    }),
    Do("note_consent", {"noted": "name"}),
    Ask("name", "Your first name?", Name()),
    Ask("pin", "Choose a secret PIN: 4 numbers. Not your birth year.\nTell nobody. Staff never ask for it.", Pin()),
    Do("choose_pin", {
        "fine": "pin_again",
        "weak": Again("pin", "Too easy to guess."),
        "too_busy": Again("pin", "We are busy. Try again."),
    }),
    Ask("pin_again", "Type the same PIN again.", Pin()),
    Do("join", {
        "joined": "done",
        "different": Again("pin", "The two were not the same. Start the PIN again."),
        "too_busy": Again("pin_again", "We are busy. Try again."),
        "already": "already",
    }),
    Tell("done", "Done, {name}. Dial {code} any time. SMS {shortcode} works too: send HELP."),
    Tell("already", "You are a member already. Please dial {code} again."),
    Tell("declined", "Nothing was stored. You are welcome any time: dial {code}"),
    title="joining",
)  # fmt: skip
