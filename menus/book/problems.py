"""A problem that all may see: its author lets others say that they have it too."""

from menus.book.following import FOLLOW
from menus.book.ideas import COUNTS_LATER, ENOUGH, GONE, OF_AN_ITEM, PASSED_ON, RESTS, THANKED, VOTED, YOURS
from menus.screens import Browse, Choose, Do, Flow, Pick, Tell, Way

TO_ALL = "All can read {number} now. Who has it too says so, and you hear when it is put right. Only you close it."
TO_ALL_LATER = "{number} waits for a person, usually 1 day. Then all can read it. Only you close it."
STAYS = "That is no open case of yours that can be shown. What names a payment or a phone stays between us."
SHOWN: dict[str, Way] = {"shown_to_all": "shown", "shown_to_all_later": "later", "stays_a_case": "gone", "rests": "rests"}

show_to_all = Flow(
    "show_to_all",
    Choose("sure", "All members can then read your words and say: me too. Your name is not shown.", {"1 Yes, let them": "look_for_same_problem"}),
    Do("look_for_same_problem", {"same_found": "same", "nothing_alike": "show_to_all", "stays_a_case": "gone", "rests": "rests"}),
    Browse("same", "Is it one of these?", rows="alike_problems", then="join_problem"),
    Do("join_problem", {**SHOWN, "joined_to_others": "joined"}),
    Do("show_to_all", SHOWN),
    Tell("shown", TO_ALL),
    Tell("later", TO_ALL_LATER),
    Tell("joined", "Joined to {number} {title}. {supporters} say me too. You hear when it is put right."),
    Tell("rests", RESTS),
    Choose("gone", STAYS, {}),
    title="Let all see it",
    takes=OF_AN_ITEM,
)  # fmt: skip

problem = Flow(
    "problem",
    Do("look_at_item", {"item_shown": "show", "no_item": "gone"}),
    Choose("show", "{words}\n{supporters} say me too{guests}. {state}{answer}", {
        "1 I have it too": Pick("for", "vote_here"),
        "2 Not with me": Pick("against", "vote_here"),
        "3 Say": "say_about",
        "4 Read": "read_comments",
        "5 Follow": "follow_here",
        "6 Report": "report",
        "7 Thank": "thank_here",
    }, long=True),
    Do("vote_here", VOTED),
    Tell("counted", "Counted: {supporters} say me too, {opposers} not with them. You hear when it is put right. No need to call."),
    Tell("later", COUNTS_LATER),
    *FOLLOW,
    Do("thank_here", THANKED),
    Tell("thanked", PASSED_ON),
    Tell("over", "This is over. Is it wrong again? Tell us: 6, 1, 2."),
    Tell("yours", YOURS),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
    Choose("gone", GONE, {}),
    title="A problem",
    takes=OF_AN_ITEM,
)  # fmt: skip
