"""Guardians: two whom I trust open my PIN with me when I forget it."""

from menus.answers import Digits, Phone, Pin
from menus.book.pins import FORGOT, LOCKED, choosing, chosen, typed
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Tell

guardians = Flow(
    "guardians",
    Choose("show", "Two guardians together open your PIN if you forget it. Yours: {guardian_names}. With * from tomorrow.", {
        "3 Add one": "who",
        "4 Remove one": "remove",
    }, long=True),
    Ask("who", "Phone or code of one you trust, best not from your own house.", Phone(codes=True)),
    Do("find_guardian", {
        "found": "pin",
        "not_a_member": Again("who", "Nobody has this number."),
        "yourself": Again("who", "That is your own number."),
        "asked_too_often": "too_often",
        "too_many_guardians": "too_many",
    }),
    Ask("pin", "Make {to_name} (..{tail}) your guardian? It starts in 24 h.\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("add_guardian", {"guarded": "added", "not_a_member": Again("who", "Nobody has this number."), **typed()}),
    Tell("added", "Done. {to_name} is told. It starts in 24 h, to keep you safe."),
    Browse("remove", "Remove who?", rows="my_guardians", then="pin_out", empty="none"),
    Ask("pin_out", "It ends in 24 h, and your guardian is told.\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("remove_guardian", {"removed": "removed", "gone": "none", **typed("pin_out")}),
    Tell("removed", "Done. It ends in 24 h, to keep you safe."),
    Tell("none", "You have no such guardian."),
    Tell("too_many", "You have five guardians. Remove one first."),
    Tell("too_often", "Too many numbers tried today. Please try tomorrow, or ask for the member code."),
    Tell("locked", LOCKED),
    title="My guardians",
)  # fmt: skip

vouch = Flow(
    "vouch",
    Browse("whom", "Who forgot the PIN and asks you?", rows="who_asks_me", then="look_at_whom", empty="nobody"),
    Do("look_at_whom", {"found": "pin", "gone": "nobody"}),
    Ask("pin", "Did you speak to {to_name} (..{tail}) yourself? Only then say yes.\nEnter your own PIN for yes", Pin(), back="0 Stop", options=FORGOT),
    Do("vouch", {"vouched": "thanks", "gone": "nobody", **typed()}),
    Tell("thanks", "Thank you. With two yes {to_name} can choose a new PIN. Money waits 24 h, to be safe."),
    Tell("nobody", "Nobody asks you now."),
    Tell("locked", LOCKED),
    title="Somebody asks me",
)

pin_forgotten = Flow(
    "pin_forgotten",
    Choose("sure", "Forgot your PIN? We ask your guardians by SMS. No money is sent now.", {"1 Yes, ask them": "forgot_pin"}, resume="never"),
    title="Forgot my PIN",
)

WAITS = "A new PIN was chosen and works from {until}. Not you, or forgotten? Please visit the office with your ID."
TOO_FEW = "You have no two guardians yet. Please visit the office with your ID."
CHOSEN = "Your new PIN works from {until}, to keep you safe. An SMS tells you too."
TOO_LATE = "That took too long. Please dial again."

forgot_pin = Flow(
    "forgot_pin",
    Do("ask_for_rescue", {"asked_guardians": "asked", "asked_already": "waiting", "too_few": "too_few", "may_choose": "pin", "new_pin_waits": "waits"}),
    Tell("asked", "We asked your {asked} guardians. Call them. When two have said yes, come back here: dial 6, 5, 4."),
    Tell("waiting", "{said_yes} of 2 guardians have said yes. Call them. When two have said yes, come back here."),
    Tell("waits", WAITS),
    Tell("too_few", TOO_FEW),
    *choosing(),
    Do("take_new_pin", {
        "new_pin": "done",
        **chosen(),
        "too_late": "too_late",
    }),
    Tell("done", CHOSEN),
    Tell("too_late", TOO_LATE),
    title="I forgot my PIN",
)  # fmt: skip

forgot_here = Flow(
    "forgot_here",
    Choose("sure", "{person}, forgot your PIN? We ask your guardians by SMS.", {"1 Yes, ask them": "ask_for_rescue_here"}, resume="never"),
    Do("ask_for_rescue_here", {
        "asked_guardians": "asked",
        "asked_already": "waiting",
        "too_few": "too_few",
        "may_choose": "pin",
        "number_wanted": "said",
        "new_pin_waits": "waits",
        "person_gone": "gone",
    }),
    Ask("said", "Type the number that the office told you.", Digits(5, 5), then="check_office_number", resume="never"),
    Tell("asked", "We asked your {asked} guardians. Call them. When two have said yes dial again, choose your name, then 9."),
    Tell("waiting", "{said_yes} of 2 guardians have said yes. Call them. When two have said yes, come back here."),
    Tell("waits", WAITS),
    Tell("too_few", TOO_FEW),
    Do("check_office_number", {
        "fine": "pin",
        "wrong_number": Again("said", "That is not the number."),
        "asked_too_often": "too_often",
        "person_gone": "gone",
    }),
    *choosing("choose_pin_here", person_gone="too_late"),
    Do("take_new_pin_here", {
        "new_pin": "done",
        **chosen(),
        "too_late": "too_late",
        "person_gone": "too_late",
    }),
    Tell("done", CHOSEN),
    Tell("too_late", TOO_LATE),
    Tell("too_often", "Too many numbers tried today. Please try tomorrow, or go to the office."),
    Tell("gone", "This number cannot use {coop} now. Please visit the office."),
    title="I forgot my PIN",
    private=True,  # the office's number is no trace of ours
    takes=("who", "person"),
)  # fmt: skip
