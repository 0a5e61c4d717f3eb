"""Points and thanks: what there is, who thanked, how it is earned and used, and the minutes that a member gave and got back."""

from menus.answers import Pin
from menus.book.pins import FORGOT, LOCKED, typed
from menus.screens import Ask, Browse, Choose, Do, Flow, Tell

points = Flow(
    "points",
    Choose("show", "Points {points}. Thanks {thanks_count}\nMinutes given {minutes_given}, saved {minutes_saved}", {
        "1 To savings": "quote_points",
        "2 Who thanked me": "thankers",
        "3 How I earn": "earn",
        "4 To airtime": "quote_airtime_points",
        "5 Minutes": "minutes",
    }),
    Do("quote_points", {"points_quoted": "pin", "too_few_points": "too_few"}),
    Ask("pin", "{used} points are {amount} for {to_name}'s savings. Fee {fee}\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("use_points", {"points_used": "used", "not_now": "not_now", **typed()}),
    Tell("used", "Done. {amount} is on its way to your savings."),
    Do("quote_airtime_points", {"points_quoted": "airtime_pin", "too_few_points": "too_few"}),
    Ask("airtime_pin", "{used} points are {amount} airtime for {my_phone}. Fee {fee}\nEnter PIN to agree", Pin(), back="0 Stop", options=FORGOT),
    Do("points_to_airtime", {"airtime_for_points": "ordered", "not_now": "not_now", **typed("airtime_pin")}),
    Tell("ordered", "{amount} airtime is on its way to {my_phone}. If it does not come, you keep your points."),
    Tell("not_now", "Points cannot be used now. You keep them."),
    Choose("too_few", "You have {points} points. They can be used from {least} on.", {}),
    Browse("thankers", "Who thanked me", rows="my_thanks"),
    Choose("minutes", "Minutes in 30 days: you gave {minutes_given} to others, the phone saved you {minutes_saved}", {
        "1 What I gave to": "gave",
        "2 What it saved": "back",
    }),
    Browse("gave", "Your minutes for others, 30 days", rows="minutes_to", empty="gave_none"),
    Choose("gave_none", "No minutes for others in 30 days. Answer one question: 4, 3", {}),
    Browse("back", "Minutes the phone saved you, 30 days", rows="minutes_back", empty="back_none"),
    Choose("back_none", "Nothing in 30 days of which we know how long it takes at the counter.", {}),
    Choose("earn", "You earn when somebody says that you helped, not for pressing keys. {earning}", {}),
    Tell("locked", LOCKED),
    title="Points and thanks",
)  # fmt: skip
