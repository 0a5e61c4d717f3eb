"""What every payment has in common: what may come of it, and the sentences at its end."""

from menus.book.pins import LOCKED, typed
from menus.screens import Again, Tell, Way

PAUSED = "Sending rests for a short time. Nothing moved. Please try later."
MORE_THAN_YOU_HAVE = "That is more than you have with the fee of {fee}."
ABOVE_LIMIT = "Above your day limit. {day_left} left today."
AT_MOST = "At most {most} at once."


def quoted(then: str = "pin", at: str = "amount", **more: Way) -> dict[str, Way]:
    """What may come of asking for the price; back `at` the question for how much when it cannot be."""
    return {
        "quoted": then,
        "not_enough": Again(at, MORE_THAN_YOU_HAVE),
        "over_limit": Again(at, ABOVE_LIMIT),
        "too_much": Again(at, AT_MOST),
        **more,
    }


def paid(pin: str = "pin", sent: str = "sent", at: str = "amount") -> dict[str, Way]:
    """What may come of a payment once its PIN is typed."""
    return {
        "sent": sent,
        "under_way": "under_way",
        **typed(pin),
        "fee_changed": Again(at, "The fee has changed. Please look again."),
        "not_enough": Again(at, MORE_THAN_YOU_HAVE),
        "over_limit": Again(at, ABOVE_LIMIT),
        "not_taken": "not_taken",
        "paused": "paused",
    }


def held(pin: str = "pin") -> dict[str, Way]:
    """The same for what is only set aside at first: it is under way, never done at once."""
    return {outcome: way for outcome, way in paid(pin).items() if outcome != "sent"}


def endings(sent: str, under_way: str, not_taken: str) -> tuple[Tell, ...]:
    done = (Tell("sent", sent),) if sent else ()
    return (*done, Tell("under_way", under_way), Tell("not_taken", not_taken), Tell("locked", LOCKED), Tell("paused", PAUSED))
