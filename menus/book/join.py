"""Join: language, consent, name, a PIN twice. Nothing is stored before the caller agrees."""

from menus.answers import Name
from menus.book.pins import choosing, chosen
from menus.screens import Ask, Browse, Choose, Do, Flow, Tell

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
