"""Join: language, consent, name, a PIN twice. Nothing is stored before the caller agrees."""

from menus.answers import Name, RollNumber
from menus.book.pins import choosing, chosen
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
    Do("is_there_a_roll", {"no_roll": "pin", "on_roll": "pin", "roll_asked": "roll"}),
    Ask("roll", "Your {coop} member number?", RollNumber(), then="find_on_roll", options={"1 I have none": "none"}),
    Do("find_on_roll", {
        "on_roll": "pin",
        "not_on_roll": Again("roll", "Number and name are not on our list."),
        "roll_taken": Again("roll", "Somebody came with it already: ask at the office."),
        "asked_too_often": "too_often",
    }),
    Choose("none", "Then you are a guest: you ask, read and say. Your votes stand beside those of members.", {
        "1 Go on": "come_as_guest",
        "2 I have a number": "roll",
    }),
    Choose("too_often", "Too many numbers were tried today. You can go on as a guest; the office helps with the number.", {"1 Go on": "come_as_guest"}),
    Do("come_as_guest", {"as_guest": "pin"}),
    *choosing(),
    Do("join", {
        "joined": "done",
        **chosen(),
        "already": "already",
    }),
    Choose("done", "Done, {name}. Your member code: {member_code}. Dial {code} any time. SMS {shortcode} works too: send HELP.", {
        "1 My village": "my_village",
    }, resume="never"),
    Tell("already", "You are a member already. Please dial {code} again."),
    Tell("declined", "Nothing was stored. You are welcome any time: dial {code}"),
    title="joining",
)  # fmt: skip
