"""What the engine says of itself, on every screen of every book."""

NOT_ON_LIST = "Not on the list."
MENU_CHANGED = "This menu has changed."
NOTHING_HERE = "Nothing here yet."
BACK, HOME, MORE = "0 Back", "00 Home", "98 More"
IN_THE_MIDDLE, CARRY_ON, START_AGAIN = "You were in the middle of: {unfinished}", "1 Carry on", "2 Start again"
WHAT_HELPS, TRY_AGAIN, CALL_ME = "That did not work. What would help?", "1 Try again", "2 Call me back"
MAYBE_CUT, THAT_IS_ALL, REST_BY_SMS = "Your phone may have cut it. It ends: {end}", "1 That is all", "2 Add the rest by SMS"
OWN_WORDS = (
    NOT_ON_LIST,
    MENU_CHANGED,
    NOTHING_HERE,
    BACK,
    HOME,
    MORE,
    IN_THE_MIDDLE,
    CARRY_ON,
    START_AGAIN,
    WHAT_HELPS,
    TRY_AGAIN,
    CALL_ME,
    MAYBE_CUT,
    THAT_IS_ALL,
    REST_BY_SMS,
)
