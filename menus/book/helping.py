"""Ask and tips: ask, answer others, read and mend tips, news of the village, be a helper."""

from menus.answers import Phone, Words
from menus.book.following import FOLLOW
from menus.book.ideas import (
    COUNTS_LATER,
    ENOUGH,
    GONE,
    OF_AN_ITEM,
    PASSED_ON,
    REPORT_THANKS,
    RESTS,
    STAYS,
    TAKEN_BACK,
    THANKED,
    YOURS,
    why,
)
from menus.book.money import TEXTS_ENOUGH
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Pick, Step, Tell, Way, When

OF_A_TOPIC = ("topic",)
TOO = "Added. You hear the answers under 9. {supporters} have this question."
HELD = "It waits for a person, usually 1 day. Then you hear."
ASKED: dict[str, Way] = {"asked": "asked", "asked_staff": "staff", "asked_held": "held", "too_many_questions": "enough", "rests": "rests"}
ASKED_TELLS = (
    Tell("asked", "Question {number} is asked of {helpers}. Answers come by SMS, most within {hours} hours."),
    Tell("staff", "Question {number} is kept. No helper is free now, so a person at {coop} looks at it."),
    Tell("held", HELD),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
)

ask_and_tips = Flow(
    "ask_and_tips",
    Choose("show", "Ask and tips", {
        "1 Ask a question": "ask",
        "2 Tips": "tips",
        "3 Answer others: {asked_count}": "answer_others",
        "4 My questions": "my_questions",
        "5 Village news": "news",
        "6 Be a helper": "helper",
        "7 Other things": When("has_own_kinds", "own_kinds"),
    }),
    title="Ask and tips",
)  # fmt: skip

ASKING: tuple[Step, ...] = (
    Ask("words", "Type your question in few words.", Words(), options={"1 Send by SMS": "by_sms"}),
    Do("look_for_answers", {"old_answer_found": "old", "nothing_old": "ask_helpers", **ASKED}),
    Browse("old", "Same as one of these?", rows="old_answers", then="pick_old_answer"),
    Do("pick_old_answer", {"old_answer": "show", "mine_is_other": "ask_helpers"}),
    Choose("show", "{said}\nBy {from_name}, helped {helped}", {"1 That helps": "glad", "3 Still ask mine": "ask_helpers"}, long=True),
    Tell("glad", "Good. Nobody had to be asked. Thank you."),
    Do("ask_helpers", ASKED),
    *ASKED_TELLS,
)

ask = Flow("ask", Browse("topic", "About what?", rows="topics", then="words"), *ASKING, title="Ask a question")

ask_about = Flow("ask_about", *ASKING, title="Ask a question", takes=OF_A_TOPIC)

answer_others = Flow(
    "answer_others",
    Do("next_question", {"asked_of": "show", "no_question": "none"}),
    Choose("show", "{words}\n{from_name}, {village}", {
        "1 Answer": "answer",
        "2 Me too": "me_too_question",
        "3 Pass on": "pass_on",
        "4 Skip": "skip_question",
        "5 Asked before": When("may_join", "asked_before"),
    }, long=True),
    Do("me_too_question", {
        "counted": "counted", "counts_later": "later", "closed": "none", "no_item": "none", "own_item": "none", "said_today": "enough", "rests": "rests",
    }),
    Tell("counted", TOO),
    Tell("later", COUNTS_LATER),
    Do("skip_question", {"skipped": "next_question"}),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
    Choose("none", "No question waits for you now.", {"6 Be a helper": "helper"}),
    title="Answer others",
)  # fmt: skip

answer = Flow(
    "answer",
    Ask("words", "Type your answer. Say only what you know.", Words(), options={"1 Send by SMS": "by_sms"}),
    Do("answer", {
        "answer_sent": "sent", "answered_enough": "enough", "answer_held": "held", "own_question": "yours", "no_question": "gone", "said_today": "today",
    }),
    Tell("today", ENOUGH),
    Tell("sent", "Sent to {to_name}. Asante! We tell you if it helped. People you helped: {helped}."),
    Tell("enough", "This question has enough answers already. Thank you."),
    Tell("held", HELD),
    Tell("yours", "It is your own question."),
    Tell("gone", GONE),
    title="Answer",
    takes=OF_AN_ITEM,
)  # fmt: skip

PASSED_ON_TO: dict[str, Way] = {
    "passed_on": "passed",
    "not_a_member": Again("to", "Nobody has this number."),
    "yourself": Again("to", "Not you and not who asked."),
    "no_question": "gone",
    "knower_asked": Again("to", "This member was asked already."),
    "asked_too_often": Again("to", "This member is asked enough this week."),
    "rests": "rests",
}

pass_on = Flow(
    "pass_on",
    Browse("knower", "Who knows this?", rows="who_may_know", then="pick_knower", empty="to"),
    Do("pick_knower", {**PASSED_ON_TO, "another_knower": "to"}),
    Ask("to", "Who knows this? Type phone or member code.", Phone(codes=True)),
    Do("pass_on", PASSED_ON_TO),
    Tell("rests", RESTS),
    Tell("passed", "Passed to {to_name}. Thank you for knowing who knows."),
    Tell("gone", GONE),
    title="Pass on",
    takes=OF_AN_ITEM,
)  # fmt: skip

asked_before = Flow(
    "asked_before",
    Do("look_for_twins", {"twins_found": "twin", "no_twin": "none", "joined_enough": "enough"}),
    Browse("twin", "Which is the same?", rows="twin_questions", then="join_questions"),
    Do("join_questions", {"joined": "joined", "no_twin_here": "none", "joined_enough": "enough"}),
    Tell("joined", "Joined to {number}. Who asked hears it, and may say that it is not the same."),
    Tell("enough", "That is {most} today, thank you. More tomorrow."),
    Choose("none", "We find none that is like it.", {}),
    title="Asked before",
    takes=OF_AN_ITEM,
)

my_questions = Flow(
    "my_questions",
    Browse("item", "My questions", rows="my_questions", then="answers", empty="none"),
    Choose("none", "You have asked nothing yet.", {"1 Ask a question": "ask"}),
    title="My questions",
)

question = Flow(
    "question",
    Do("look_at_question", {"asked_of": "show", "own_question": "answers", "no_question": "gone"}),
    Choose("show", "{words}\n{from_name}, {village}", {
        "1 Answer": "answer",
        "2 Me too": "me_too_question",
        "3 Pass on": "pass_on",
        "4 Read answers": "read_comments",
        "5 Asked before": When("may_join", "asked_before"),
        "6 Report": "report",
    }, long=True),
    Do("me_too_question", {
        "counted": "counted", "counts_later": "later", "closed": "over", "no_item": "gone", "own_item": "gone", "said_today": "enough", "rests": "rests",
    }),
    Tell("counted", TOO),
    Tell("later", COUNTS_LATER),
    Choose("over", "This question is closed. Its answers stay to be read.", {"4 Read answers": "read_comments"}),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
    Choose("gone", GONE, {}),
    title="A question",
    takes=OF_AN_ITEM,
)  # fmt: skip

answers = Flow(
    "answers",
    Browse("given", "Answers", rows="answers_to_mine", then="look_at_answer", empty="none"),
    Do("look_at_answer", {"answer_shown": "show", "official_shown": "official", "no_answer": "none"}),
    Choose(
        "show",
        "{from_name} (helped {helped}): {said}",
        {
            "1 It helped, thanks": "it_helped",
            "3 Did not help": "it_did_not_help",
            "4 May I call?": "ask_to_call",
            "6 Report": "why",
        },
        long=True,
    ),
    Choose("official", "{from_name}: {said}", {"1 It helped, thanks": "it_helped", "3 Did not help": "it_did_not_help"}, long=True),
    Choose("why", "Why report?", {**why("report_given"), "6 Dangerous": Pick("danger", "report_given")}),
    Do("report_given", {"reported": "reported", "no_item": "none", "said_today": "enough"}),
    Tell("reported", REPORT_THANKS),
    Tell("enough", ENOUGH),
    Do("ask_to_call", {"call_asked": "call_asked", "no_answer": "no_call", "said_today": "enough", "rests": "rests"}),
    Tell("call_asked", "We ask {to_name} in your name if you may call. With a yes their number comes by SMS."),
    Choose("no_call", "Who gave it is of the staff, has left, or shares a phone. We can call you.", {"1 Call me back": "call_me"}),
    Tell("rests", RESTS),
    Do("it_helped", {"thanked": "thanked", "no_answer": "none"}),
    Do("it_did_not_help", {"not_helped": "noted", "no_answer": "none"}),
    Tell("thanked", "Your thanks went to {from_name}. People they helped: {helped}."),
    Tell("noted", "Noted. Nobody is told. Others may still answer."),
    Choose("none", "No answer yet.", {"5 Take it back": "take_back_here"}),
    Do("take_back_here", {"taken_back": "taken_back", "stays_there": "stays", "no_item": "stays"}),
    Tell("taken_back", TAKEN_BACK),
    Tell("stays", STAYS),
    title="Answers",
    takes=OF_AN_ITEM,
)

tips = Flow(
    "tips",
    Choose(
        "show",
        "Tips",
        {
            "1 Read tips": "item",
            "2 Check new tips: {check_count}": "check_tips",
            "3 By topic": "topic_page",
            "4 Day by day": When("has_courses", "courses"),
            "6 Write a tip": "write_tip",
        },
    ),
    Browse("item", "Tips", rows="tips", then="tip", empty="none"),
    Choose("none", "No tip yet. Write the first.", {"6 Write a tip": "write_tip"}),
    title="Tips",
)

topic_page = Flow(
    "topic_page",
    Browse("topic", "What do we know about", rows="topics", then="look_at_topic"),
    Do("look_at_topic", {"topic_shown": "show"}),
    Choose("show", "{about}: {tips} tips, {solved} solved, {helpers} helpers. Keeper: {keeper}", {
        "1 Tips": "item",
        "2 Asked": "solved",
        "3 Ask": "ask_about",
        "6 Write a tip": "write_tip_about",
    }, long=True),
    Browse("item", "Tips", rows="tips_about", then="tip", empty="none"),
    Browse("solved", "Asked and answered", rows="solved_about", then="look_at_solved", empty="none"),
    Do("look_at_solved", {"solved_shown": "answer", "no_item": "none"}),
    Choose("answer", "{words}\n{by}: {said}", {"3 Ask": "ask_about"}, long=True),
    Choose("none", "Nothing yet. Be the first.", {"3 Ask": "ask_about", "6 Write a tip": "write_tip_about"}),
    title="What we know",
)  # fmt: skip

tip = Flow(
    "tip",
    Do("look_at_tip", {"tip_shown": "show", "no_item": "gone"}),
    Choose("show", "{words}\nBy {author}, helped {helped}{answer}{lineage}", {
        "1 Helped": Pick("for", "say_if_helped"),
        "2 Did not": Pick("against", "say_if_helped"),
        "3 Talk": "talk_of_it",
        "4 Fix it": "fix_tip",
        "5 SMS me": "text_tip",
        "6 Report": "report",
        "7 Thank": "thank_here",
    }, long=True),
    Do("thank_here", THANKED),
    Tell("thanked", PASSED_ON),
    Do("say_if_helped", {
        "counted": "counted", "did_not_help": "wrong", "counts_later": "later", "own_item": "yours", "said_today": "enough", "rests": "rests",
        "no_item": "gone",
    }),
    Choose("counted", "Thank you. It helped {supporters}, it did not help {opposers}.", {
        "3 Build on it": When("can_be_built_on", "build_on"),
        "4 Who did": When("is_built_on", "built_on"),
        "5 Follow": "follow_here",
    }),
    *FOLLOW,
    Choose("wrong", "Thank you. It did not help {opposers}. What was wrong?", {
        "1 It did not work": Pick("work", "say_what_was_wrong"),
        "2 Hard to read": Pick("read", "say_what_was_wrong"),
        "3 Dangerous": Pick("danger", "say_what_was_wrong"),
        "4 Not for our place": Pick("place", "say_what_was_wrong"),
    }),
    Do("say_what_was_wrong", {
        "commented": "noted", "held_words": "noted", "reported": "looked_at", "said_today": "enough", "rests": "rests", "no_item": "gone",
    }),
    Tell("noted", "Thank you. All can read it under the tip. Know it better? Fix it: read the tip, then 4."),
    Tell("looked_at", "Thank you. A person looks, and a dangerous tip rests at once."),
    Tell("later", COUNTS_LATER),
    Do("text_tip", {"tip_texted": "texted", "no_item": "gone", "enough": "texts_enough"}),
    Tell("texted", "It comes by SMS. Its number is {number}."),
    Tell("yours", YOURS),
    Tell("enough", ENOUGH),
    Tell("texts_enough", TEXTS_ENOUGH),
    Tell("rests", RESTS),
    Choose("gone", GONE, {}),
    title="A tip",
    takes=OF_AN_ITEM,
)  # fmt: skip

fix_tip = Flow(
    "fix_tip",
    Ask("words", "Type the better words. The old ones are kept too.", Words(76)),
    Choose("why", "Why change it?", {
        "1 It is wrong": Pick("wrong", "fix_tip"),
        "2 It is old": Pick("old", "fix_tip"),
        "3 Clearer words": Pick("clearer", "fix_tip"),
        "4 Other": Pick("other", "fix_tip"),
    }),
    Do("fix_tip", {"fix_saved": "saved", "no_item": "gone", "too_many_tips": "enough", "rests": "rests"}),
    Tell("saved", "Thank you. When 2 others agree it is changed, and your name is added. Tip {number}."),
    Tell("gone", GONE),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
    title="Fix a tip",
    takes=OF_AN_ITEM,
)  # fmt: skip

WRITING: tuple[Step, ...] = (
    Ask("words", "What to do, when, how much? At most 76 letters.", Words(76), options={"1 Send by SMS": "by_sms"}),
    Do("write_tip", {"tip_saved": "saved", "too_many_tips": "enough", "rests": "rests"}),
    Tell("saved", "Tip {number} saved. When 2 members say it is right all can see it, with your name."),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
)

write_tip = Flow("write_tip", Browse("topic", "A tip about what?", rows="topics", then="words"), *WRITING, title="Write a tip")

write_tip_about = Flow("write_tip_about", *WRITING, title="Write a tip", takes=OF_A_TOPIC)

UNDO: dict[str, Way] = {"4 Undo my last": When("can_undo_check", "undo_check")}
RIGHT = "{words}\nBy {author}. Is it right?"

check_tips = Flow(
    "check_tips",
    Do("next_check", {"check_shown": "show", "fix_to_check": "fix", "nothing_to_check": "none"}),
    Choose("show", RIGHT, {"1 Yes": Pick("yes", "check_tip"), "2 No": Pick("no", "check_tip"), **UNDO}, long=True),
    Choose("fix", RIGHT, {"1 Yes": Pick("yes", "check_fix"), "2 No": Pick("no", "check_fix"), "3 As it is now": "now", **UNDO}, long=True),
    Choose("now", "Now: {words_now}", {}, long=True),
    Do("check_tip", {"check_noted": "next_check", "nothing_to_check": "next_check"}),
    Do("check_fix", {"check_noted": "next_check", "nothing_to_check": "next_check"}),
    Do("undo_check", {"check_undone": "next_check"}),
    Choose("none", "Nothing waits to be checked.", UNDO),
    title="Check new tips",
)

helper = Flow(
    "helper",
    Choose("show", "You help with: {my_topics}{wanted_topics}", {
        "1 Topic on or off": "topic",
        "2 Quiet times": "quiet",
        "3 Most a week": "most",
        "4 Rest for 30 days": "rest",
        "5 What I may do": "look_at_level",
    }, long=True),
    Browse("topic", "Which? * is on", rows="topics_and_mine", then="turn_topic"),
    Do("turn_topic", {"helps": "show", "helps_no_more": "show"}),
    Choose("quiet", "When shall we ask you nothing?", {
        "1 On Sunday": Pick("sunday", "set_quiet"),
        "2 On weekdays": Pick("weekdays", "set_quiet"),
        "3 Ask any day": Pick("any", "set_quiet"),
        "4 Hours of all SMS": "hours",
    }),
    Do("set_quiet", {"quiet_set": "quiet_done"}),
    Tell("quiet_done", "Good. On other days you are asked, within the hours that you chose."),
    Choose("most", "At most how many questions a week?", {
        "1 Three": Pick("3", "set_most"),
        "2 Five": Pick("5", "set_most"),
        "3 Ten": Pick("10", "set_most"),
    }),
    Do("set_most", {"most_set": "show"}),
    Do("rest", {"rests_now": "rests"}),
    Tell("rests", "You rest for 30 days. Thank you for helping."),
    Do("look_at_level", {"level_shown": "level", "level_rests": "asleep", "levels_off": "off"}),
    Choose(
        "level",
        "{people} people say you helped, in 6 months: level {level} of 3. From 3 people: you join questions asked before. From 8: your yes alone takes "
        "a tip. From 20: your report counts for 2.",
        {},
        long=True,
    ),
    Choose("off", "The powers of all helpers rest for now. You can help as before.", {}),
    Choose("asleep", "Your helper's powers rest: {reason}. You can help as before.", {"1 Call me back": "call_me"}, long=True),
    title="Be a helper",
)  # fmt: skip
