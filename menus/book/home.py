"""The front door, and what waits for the caller under 9."""

from menus.answers import Pin
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Tell, When

home = Flow(
    "home",
    Do("who_is_calling", {"known": "welcome", "stranger": "join", "no_entry": "no_entry"}),
    Choose("welcome", "Hi {name}.", {
        "1 My money": "money",
        "2 Send or pay": "pay",
        "5 Ideas and votes": "ideas",
        "6 Me and help": "me",
        "9 Waiting for you: {waiting_count}": When("is_waiting", "waiting"),
    }, keys={"9": "waiting"}),
    Tell("no_entry", "This number cannot use {coop} now. Please visit the office."),
)  # fmt: skip

waiting = Flow(
    "waiting",
    Browse("draft", "Waiting for you", rows="waiting_drafts", then="take_draft", empty="nothing"),
    Do("take_draft", {
        "ready": "pin",
        "gone": "gone",
        "not_enough": "not_enough",
        "over_limit": "over_limit",
    }),
    Ask("pin", "Send {amount} to {to_name} (..{tail})? Fee {fee}. Left {left}\nEnter PIN to send", Pin(),
        options={"1 Stop it": "drop_draft"}),
    Do("send_draft", {
        "sent": "sent",
        "under_way": "under_way",
        "gone": "gone",
        "wrong_pin": Again("pin", "Wrong PIN. Tries left: {tries}."),
        "locked": "locked",
        "too_busy": Again("pin", "We are busy. Try again."),
        "not_enough": "not_enough",
        "over_limit": "over_limit",
        "not_taken": "not_taken",
        "paused": "paused",
    }),
    Tell("sent", "Sent {amount} to {to_name}. Fee {fee}. You have {left}. Ref {ref}"),
    Tell("under_way", "We are sending {amount} to {to_name}. Wait for the SMS before you go. Ref {ref}"),
    Do("drop_draft", {"dropped": "dropped", "gone": "gone"}),
    Tell("dropped", "Stopped. Nothing moved."),
    Tell("gone", "This one has ended, so nothing moved. Send it again any time."),
    Tell("not_enough", "You have {balance}. That is not enough. Nothing moved."),
    Tell("over_limit", "Above your day limit. You can still send {day_left} today. Nothing moved."),
    Tell("not_taken", "{to_name} cannot get money now. Nothing moved."),
    Tell("locked", "PIN locked to keep you safe. Try again after {until}, or visit the office."),
    Tell("paused", "Sending rests for a short time. Nothing moved. Please try later."),
    Tell("nothing", "Nothing waits for you."),
    title="Waiting for you",
)  # fmt: skip
