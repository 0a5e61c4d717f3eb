"""Say what was good, say what others agree to or not, and say what is not right to say."""

from menus.answers import Phone, Words
from menus.book.ideas import ENOUGH, GONE, OF_AN_ITEM, REPORT_THANKS, RESTS, why
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Pick, Tell, Way

SAME: dict[str, Way] = {
    "same_joined": "joined", "same_said": "counted", "two_things": "two", "no_item": "gone", "said_today": "enough", "rests": "rests",
}  # fmt: skip
SAME_TELLS = (
    Tell("joined", "Joined to {number} {title}. Votes and words moved too. Its author may say NO."),
    Tell("counted", "Thank you. {count} of {needed} members say so; with {needed} they are joined."),
    Tell("two", "These two stay apart: not alike, or one is over or planned, or somebody has said that they are two."),
    Tell("rests", RESTS),
)
SAID: dict[str, Way] = {"words_kept": "said", "words_wait": "held", "too_many": "too_many", "rests": "rests"}
HEARS_IT = "{to_name} hears it, with your name. Asante!"
PRAISED = "Thank you! {number} is on the board for all: 5, 98, 1, 5. Staff read it too."
PRAISED_ASKS = "Thank you! {number} is on the board for all: 5, 98, 1, 5. Was it one of us?"
SAID_TELLS = (
    Tell("held", "Kept as {number}. It waits for a person, usually 1 day. Then you hear."),
    Tell("too_many", "That is {most} today, thank you. We have them all. More tomorrow."),
    Tell("rests", RESTS),
)

praise = Flow(
    "praise",
    Ask("words", "What was good? At most 74 letters, without names. Who it was you tell after.", Words(74), options={"1 Send by SMS": "by_sms"}),
    Do("say_praise", SAID),
    Choose("said", PRAISED_ASKS, {"1 Tell who it was": "who"}),
    Ask("who", "Who was it? Type phone or member code. They hear it with your name.", Phone(codes=True)),
    Do(
        "tell_praised",
        {
            "praise_passed": "passed",
            "not_a_member": Again("who", "No member has that number."),
            "own_item": Again("who", "That is your own number."),
            "asked_too_often": "enough",
            "said_today": "enough",
            "no_item": "gone",
            "rests": "rests",
        },
    ),
    Tell("passed", "{to_name} hears it, with your name, and may say: not so. Asante!"),
    Tell("enough", ENOUGH),
    Tell("gone", GONE),
    *SAID_TELLS,
    title="Say what was good",
)

own_statement = Flow(
    "own_statement",
    Ask("words", "One thing that others agree to or not. At most 74 letters.", Words(74), options={"1 Send by SMS": "by_sms"}),
    Do("say_statement", SAID),
    Tell("said", "Kept as {number}. Others vote on it in quick votes. How it stands: SMS STATUS {number}"),
    *SAID_TELLS,
    title="Say a statement",
)

report = Flow(
    "report",
    Choose("why", "Why report?", {**why("report_here"), "5 Same as another": Pick("same", "report_here"), "6 Dangerous": Pick("danger", "report_here")}),
    Do("report_here", {"reported": "thanks", "which_same": "twin", "no_item": "gone", "said_today": "enough"}),
    Browse("twin", "Same as which?", rows="alike_to", then="say_same", empty="two"),
    Do("say_same", SAME),
    *SAME_TELLS,
    Tell("thanks", REPORT_THANKS),
    Tell("gone", GONE),
    Tell("enough", ENOUGH),
    title="Report",
    private=True,
    takes=OF_AN_ITEM,
)  # fmt: skip

report_thing = Flow(
    "report_thing",
    Choose("why", "Why report?", {**why("report_thing"), "6 Dangerous": Pick("danger", "report_thing")}),
    Do("report_thing", {"reported": "thanks", "no_item": "gone", "said_today": "enough"}),
    Tell("thanks", REPORT_THANKS),
    Tell("gone", GONE),
    Tell("enough", ENOUGH),
    title="Report",
    private=True,
    takes=("thing",),
)  # fmt: skip
