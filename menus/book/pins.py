"""What every question for a PIN has in common: what may come of it, and how a new one is chosen."""

from menus.answers import Pin
from menus.screens import Again, Ask, Do, Way

LOCKED = "PIN locked to keep you safe. Try again after {until}. Forgot it? Two guardians open it: dial {code_forgot}"
FORGOT: dict[str, Way] = {"9 Forgot": "pin_forgotten"}  # beside the question for a PIN that somebody has, where there is room: not under 9
BUSY = "We are busy. Try again."


def typed(pin: str = "pin") -> dict[str, Way]:
    """What may be wrong with a PIN that was typed at the question of this name."""
    return {"wrong_pin": Again(pin, "Wrong PIN. Tries left: {tries}."), "locked": "locked", "too_busy": Again(pin, BUSY)}


def choosing(verb: str = "choose_pin", **more: Way) -> tuple[Ask, Do, Ask]:
    """A new PIN, typed twice. The verb below compares the two: the second is called `pin_again`."""
    return (
        Ask("pin", "Choose a secret PIN: 4 numbers. Not your birth year.\nTell nobody. Staff never ask for it.", Pin()),
        Do(verb, {"fine": "pin_again", "weak": Again("pin", "Too easy to guess."), "too_busy": Again("pin", BUSY), **more}),
        Ask("pin_again", "Type the same PIN again.", Pin()),
    )


def chosen() -> dict[str, Way]:
    """What may come of the second time, beside what it was chosen for."""
    return {"different": Again("pin", "The two were not the same. Start the PIN again."), "too_busy": Again("pin_again", BUSY)}
