"""What a group says to itself: self-check, circles; and for its leader what came of them."""

from menus.answers import Words
from menus.book.groups import HELD_WORD, NOT_YOURS, OF_A_GROUP
from menus.book.ideas import RESTS
from menus.screens import Ask, Browse, Choose, Do, Flow, Pick, Tell

NO_CIRCLE = "No circle runs now. The leader opens one after a season."

together = Flow(
    "together",
    Choose(
        "show",
        "{place}: together",
        {
            "1 Self-check": "self_check",
            "2 Circle": "circle",
            "3 Our rules": "our_rules",
            "4 Share and borrow": "share_tools",
            "5 Buy together": "buy_together",
            "6 Go together": "go_together",
            "7 What we said": "our_check",
        },
    ),
    title="Learn together",
    takes=OF_A_GROUP,
)

self_check = Flow(
    "self_check",
    Do("next_statement", {"statement_asked": "show", "check_done": "done", "not_in_group": "gone"}),
    Choose("show", "{at}/{statements} {says}?", {
        "1 We can, we do": Pick("can", "rate"),
        "2 We will soon": Pick("will", "rate"),
        "3 We should, not yet": Pick("should", "rate"),
    }),
    Do("rate", {"rated": "next_statement", "not_in_group": "gone"}),
    Tell("done", "Thank you. {checked} have checked. All see numbers, no names: My group, 98, 5, 7. Next in 3 months."),
    Choose("gone", NOT_YOURS, {}),
    title="Self-check",
    private=True,
    takes=OF_A_GROUP,
)  # fmt: skip

our_check = Flow(
    "our_check",
    Browse("statement", "Members who say we can", rows="our_check_results", then="look_at_our_check", empty="later"),
    Do("look_at_our_check", {"check_shown": "show", "check_later": "later", "not_in_group": "gone"}),
    Choose("show", "{says}\nCan {can}, will {will}, should {should}.\nWho: {promise}", {"1 Say it myself": "self_check"}),
    Choose("later", "It is shown when 3 have checked it. Say it yourself: 1.", {"1 Self-check": "self_check"}),
    Choose("gone", NOT_YOURS, {}),
    title="What we said",
    takes=OF_A_GROUP,
)  # fmt: skip

circle = Flow(
    "circle",
    Do("find_circle", {"circle_open": "show", "no_circle": "none"}),
    Choose("show", "Circle on {about}, until {until}. {spoke} of {people} spoke.", {
        "1 Say what worked": Pick("worked", "words"),
        "2 Say what did not": Pick("not", "words"),
        "3 Hear the others": "others",
    }),
    Ask("words", "60 letters, read by the group with your name. The best become tips for all, with it.", Words(60)),
    Do("say_in_circle", {"said_in_circle": "thanks", "spoken_enough": "enough", **HELD_WORD, "no_circle": "none"}),
    Tell("thanks", "Thank you. All of the group can read it. Ask one who has not spoken."),
    Tell("enough", "You have spoken enough here. Now ask another."),
    Browse("others", "What we say", rows="circle_words", then="look_at_words", empty="silent"),
    Do("look_at_words", {"words_shown": "one", "no_circle": "none"}),
    Choose("one", "{from_name}: {said}\nOne of the best for {best}.", {"1 One of the best": "mark_best", "3 Report": "report_thing"}),
    Do("mark_best", {"best_marked": "marked", "best_unmarked": "unmarked", "marked_enough": "marked_all", "no_circle": "none"}),
    Tell("marked", "Counted: {marked} of 3. The 3 that most of you choose can become tips."),
    Tell("unmarked", "Taken back. You have chosen {marked} of 3."),
    Tell("marked_all", "You choose {most} of what others say worked. Take one back: press 1 there again."),
    Choose("silent", "Nobody has spoken yet. Be the first.", {}),
    Choose("none", NO_CIRCLE, {}),
    title="Circle",
    takes=OF_A_GROUP,
)  # fmt: skip

run_circle = Flow(
    "run_circle",
    Do("find_circle", {"circle_open": "running", "no_circle": "topic"}),
    Browse("topic", "A circle about what? You only listen.", rows="topics", then="open_circle"),
    Do("open_circle", {"circle_opened": "opened", "not_a_leader": "not_yours"}),
    Tell("opened", "The circle is open for 7 days. Members speak: My group, 98, 5, 2. Ask the silent ones."),
    Choose(
        "running",
        "{about}: {spoke} of {people} spoke. {saved} of 3 saved.",
        {"1 How to lead it": "script", "3 Save best as tip": "best", "4 Close circle": "close_circle"},
    ),
    Choose(
        "script",
        "1. Say what it is about, and that nobody is blamed. 2. In turn each says one thing that worked; nobody answers it. "
        "3. After each one wait ten breaths, in silence. 4. Then in turn one thing that did not. "
        "5. Who speaks little is asked last, and may pass. 6. Say back what you heard, and save the best three.",
        {},
        long=True,
    ),
    Browse("best", "Which one?", rows="best_words", then="save_best", empty="nothing"),
    Do("save_best", {"best_saved": "saved", "no_circle": "none", "spoken_enough": "enough", "not_a_leader": "not_yours", "rests": "rests"}),
    Tell("rests", RESTS),
    Tell("saved", "It becomes tip {number}, with the name of {to_name}. Two others look at it first."),
    Tell("enough", "Three are saved, or its writer has enough tips today."),
    Do("close_circle", {"circle_closed": "closed", "no_circle": "none", "not_a_leader": "not_yours"}),
    Tell("closed", "Circle closed: {spoke} of {people} spoke. Thank you for listening."),
    Choose("nothing", "Nobody has said yet what worked.", {}),
    Choose("none", NO_CIRCLE, {}),
    Tell("not_yours", NOT_YOURS),
    title="Run a circle",
    takes=OF_A_GROUP,
)

can_will_should = Flow(
    "can_will_should",
    Browse("statement", "Members who say we can", rows="check_results", then="look_at_statement", empty="later"),
    Do("look_at_statement", {"check_shown": "show", "check_later": "later", "not_a_leader": "not_yours"}),
    Choose("show", "{says}\nCan {can}, will {will}, should {should}.\nWho: {promise}", {"1 We will: name one": "doer"}),
    Browse("doer", "Who does it?", rows="fellows", then="due", empty="later"),
    Choose("due", "By when?", {
        "1 In a week": Pick("7", "promise"),
        "2 In a month": Pick("30", "promise"),
        "3 In 3 months": Pick("90", "promise"),
    }),
    Do("promise", {"promise_made": "promised", "doer_asked": "asked", "not_a_leader": "not_yours"}),
    Tell("promised", "{to_name} does it by {day}. The group reads it. We ask by SMS that day if it is done."),
    Tell("asked", "{to_name} is asked by SMS and under 9, to do it by {day}. With a yes the group reads the name."),
    Choose("later", "It is shown when 3 have checked it. Members do it: My group, 98, 5, 1.", {}),
    Tell("not_yours", NOT_YOURS),
    title="Can, will, should",
    takes=OF_A_GROUP,
)  # fmt: skip
