"""Undo or fix: ask a payment back that went to the wrong person."""

from menus.screens import Browse, Choose, Do, Flow, Tell

undo = Flow(
    "undo",
    Choose("show", "Undo or fix", {"1 Sent to wrong person": "ask_back", "2 Something else is wrong": "wrong"}),
    title="Undo or fix",
)

ask_back = Flow(
    "ask_back",
    Browse("mistake", "Which one? We hold it and ask for it back", rows="sent_lately", then="ask_back", empty="nothing"),
    Do("ask_back", {"asked_back": "asked", "already_asked": "already", "too_many": "too_many", "too_late": "too_late", "not_yours": "too_late"}),
    Tell("asked", "We asked {to_name} and held what is left, {held_back}. Answer by {due_day}. Be kind: most people say yes."),
    Tell("already", "We have asked for this one already. You hear by SMS what comes of it."),
    Tell("too_many", "You have asked for several already. Let us end those first."),
    Tell("too_late", "That was more than a day ago. Please visit the office, or tell us: something is wrong."),
    Tell("nothing", "You have sent nothing since yesterday."),
    title="Sent to wrong person",
)
