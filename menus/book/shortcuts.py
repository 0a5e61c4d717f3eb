"""Shortcuts: a payment that was made is kept under one key, and asks for the PIN like every other."""

from menus.screens import Browse, Choose, Do, Flow, Tell

KEPT = "Kept. To pay it again: 6, 2, 1. Your PIN is asked each time."
FULL = "You have {most} shortcuts. Remove one first."

shortcuts = Flow(
    "shortcuts",
    Choose("show", "Shortcuts", {"1 Use one": "shortcut", "2 Remove one": "remove", "3 New shortcut": "payment"}),
    Browse("shortcut", "Press one to pay it", rows="my_shortcuts", then="use_shortcut", empty="none"),
    Do("use_shortcut", {"prepared": "agree", "gone": "none"}),
    Browse("remove", "Remove which?", rows="my_shortcuts", then="remove_shortcut", empty="none"),
    Do("remove_shortcut", {"removed_one": "removed", "gone": "none"}),
    Tell("removed", "Removed."),
    Browse("payment", "Keep which payment?", rows="payments_to_keep", then="keep_shortcut", empty="no_payments"),
    Do("keep_shortcut", {"kept_shortcut": "kept", "too_many_shortcuts": "too_many", "gone": "no_payments"}),
    Tell("kept", KEPT),
    Tell("too_many", FULL),
    Choose("none", "You have no shortcut yet.", {"3 New shortcut": "payment"}),
    Choose("no_payments", "You have paid nothing lately that can be kept.", {}),
    title="Shortcuts",
)
