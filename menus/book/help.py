"""Help: how it works, a call back from a person, a number looked up, words that come by SMS."""

from menus.answers import Digits, Phone, Pin
from menus.book.ideas import APART, GONE, OF_AN_ITEM
from menus.screens import Ask, Browse, Choose, Do, Flow, Pick, Tell, Way, When

IN_LINE = (
    Tell("in_line", "You are number {in_line} in line. {coop} calls {my_phone} within {hours} hours. We never ask for your PIN."),
    Tell("already", "You are in line already, number {in_line}. {coop} calls {my_phone}. We never ask for your PIN."),
)

help_now = Flow(
    "help_now",
    Choose("show", "Get help", {
        "1 How to use this": "how_to",
        "2 Report a problem": "only_you",
        "3 Call me back": "call_me",
        "4 Helper near me": "helper_near",
        "5 Lost phone or SIM": "lost_phone",
    }),
    title="Get help",
)  # fmt: skip

only_you = Flow(
    "only_you",
    Do("look_for_incidents", {"incidents_live": "incident", "all_works": "wrong"}),
    Browse("incident", "Is it only you? So many have it too", rows="live_incidents", then="have_it_too", empty="works"),
    Do("have_it_too", {"me_too_noted": "noted", "me_too_late": "late", "a_problem": "problem", "something_else": "wrong", "works_again": "works"}),
    Tell("noted", "You are right, {title} is broken for {many} of you. It works again by {fixed_by}. We tell you. No need to call."),
    Tell("late", "You are right, {title} is broken for {many} of you. It takes longer than we said. We tell you. No need to call."),
    Choose("works", "That works again now.", {"1 Not for me": "wrong"}),
    title="Is it only you?",
)

how_to = Flow(
    "how_to",
    Choose(
        "show",
        "Press a number, then OK. 0 goes back, 00 goes home, 98 shows more. Slow is fine: if the call ends, dial again and carry on. "
        "Hanging up never sends money. Know the way? Type it at home in one go: 11 is your balance.",
        {"1 Practise": "practise"},
        long=True,
    ),
    title="How to use this",
)

practise = Flow(
    "practise",
    Do("begin_practice", {"practice": "pretend_pin"}),
    Ask("pretend_pin", "PRACTICE, not real. Send {amount} to Asha (..000)? Fee {fee}\nType any 4 numbers, not your PIN", Pin(), back="0 Stop"),
    Do("end_practice", {"practised": "done"}),
    Tell("done", "Well done. That was practice, nothing moved and nothing is kept. The real one: dial {code_send}"),
    title="Practise",
)

lost_phone = Flow(
    "lost_phone",
    Choose(
        "show",
        "Your money is safe: without your PIN nobody can send it. Go to the office, or ask us to call you. "
        "Ask your network to block the SIM. Your number and money stay yours.",
        {"1 Call me back": "call_me", "2 Let its PIN rest": "lost"},
        long=True,
    ),
    Ask("lost", "Type the lost phone's number. Its PIN then rests for some hours, and it gets an SMS.", Phone()),
    Do("hold_lost", {"lost_held": "held", "own_phone": "own", "held_often": "too_often", "asked_too_often": "too_many"}),
    Tell("held", "Done: if a member has it, its PIN rests for {hours} hours. To block it for good bring your ID to the office."),
    Tell("own", "That is a number of yours. Lost another SIM of yours? Take it off: Me and help, 98, 4."),
    Tell("too_often", "You said that often today. Please go to the office with your ID, or SMS CALL"),
    Tell("too_many", "Too many numbers tried today. Please try tomorrow."),
    title="Lost phone or SIM",
)

call_me = Flow(
    "call_me",
    Choose("about", "Call me about", {
        "1 Money": Pick("money", "ask_for_a_call"),
        "2 PIN or phone": Pick("pin", "ask_for_a_call"),
        "3 A question": Pick("question", "ask_for_a_call"),
        "4 Something else": Pick("other", "ask_for_a_call"),
        "5 Is it only you?": When("incident_live", "only_you"),
    }),
    Do("ask_for_a_call", {"in_line": "in_line", "in_line_already": "already"}),
    *IN_LINE,
    title="Call me back",
)  # fmt: skip

by_sms = Flow(
    "by_sms",
    Do("keep_place", {"kept_place": "kept"}),
    Tell("kept", "Now send your words by SMS to {shortcode}. {sms_costs} We keep your place for {hours} hours."),
)

BY_KIND: dict[str, Way] = {  # which screen shows an item
    "is_case": "my_case", "is_idea": "idea", "is_question": "question", "is_tip": "tip", "is_need": "need", "is_news": "one_news",
    "is_problem": "problem",
}  # fmt: skip

my_cases = Flow(
    "my_cases",
    Browse("item", "My cases", rows="my_cases", then="my_case", empty="none"),
    Choose("none", "You have no case.", {}),
    title="My cases",
    private=True,
)

my_case = Flow(
    "my_case",
    Do("look_at_case", {"done_asked": "is_done", "case_shown": "show", "case_over": "over", "no_item": "gone"}),
    Choose("is_done", "{number} {title}: we say it is done. Is it right?", {
        "1 Yes": Pick("yes", "say_if_done"),
        "2 Not yet": Pick("no", "say_if_done"),
        "3 Talk to me": "call_me",
    }),
    Choose("show", "{number}: {state}, {day}. {answer}", {
        "1 Read it": When("is_for_all", "problem"),
        "2 Let all see it": When("may_show", "show_to_all"),
        "5 Not the same": When("is_joined", "not_the_same"),
        "3 Talk to me": "call_me",
    }, long=True),
    Choose("over", "{number}: closed, {day}.", {"2 It is not right": "reopen_case", "3 Talk to me": "call_me"}),
    Do("not_the_same", {"apart_again": "apart", "no_item": "gone"}),
    Tell("apart", APART),
    Do("say_if_done", {"item_closed": "closed", "open_again": "again", "no_item": "gone"}),
    Do("reopen_case", {"open_again": "again", "no_item": "gone"}),
    Tell("closed", "Thank you. It is closed now."),
    Tell("again", "Noted: not yet. You are first in line, and a person looks at it again."),
    Choose("gone", GONE, {}),
    title="My case",
    takes=OF_AN_ITEM,
)  # fmt: skip

by_number = Flow(
    "by_number",
    Ask("number", "Which number?", Digits(4, 5)),
    Do("look_up_number", {"a_case": "my_case", "an_item": "open_item", "a_group": "group", "a_vote": "group_vote", "a_course": "one_course", "a_shop": "shop",
        "a_member": "member", "a_sealed": "sealed_words", "did_you_mean": "meant", "nothing_there": "nothing"}),
    Choose("meant", "There is nothing with that number. Did you mean {item} {title}?", {"1 Yes": "open_item", "2 Type again": "number"}),
    Do("open_item", BY_KIND),
    Choose("group", "Group {place}", {"1 Pay a group": "pay_group", "2 Join a group": "join_group"}),
    Choose("shop", "Shop {place}", {"1 Pay shop or bill": "pay_shop"}),
    Choose("member", "Member {to_name}", {"1 Send to member": "send"}),
    Tell("sealed_words", "{number}: {state}. {answer}"),
    Choose("nothing", "There is nothing with that number. Please look again.", {}),
    private=True,
)  # fmt: skip
