"""More that can be said by SMS: with a name, a day or a number behind the word."""

from menus.answers import Digits, Words
from menus.book.help import IN_LINE
from menus.book.ideas import RESTS
from menus.book.problems import SHOWN, STAYS, TO_ALL, TO_ALL_LATER
from menus.screens import Ask, Do, Flow, Tell, Way

HELP = "BAL, MINI, KILO, SEND amount phone, PAY amount group, AIRTIME amount, IDEA words, VOTE number, WRONG words, STOP. {sms_costs} Or {code}"

HOW_TO_LEAVE = "To leave a group dial {code_group}, then 98 and 7. What you paid in is said there."
HIDDEN = "We do not show money by SMS for you. Dial {code_balance}. To change that send START MONEY"
MAY_TELL = (Do("may_tell_money", {"money_shown": "say", "money_hidden": "hidden"}), Tell("hidden", HIDDEN))

MEANT: dict[str, Way] = {"did_you_mean": "meant", "a_vote": "group_vote"}
MEANT_TELLS = (
    Tell("meant", "There is nothing with that number. Did you mean {item} {title}? Send it again with that number."),
    Tell("group_vote", "A vote of {place}. It is secret: dial {code_votes}"),
)

MORE_SMS_FLOWS = (
    Flow(
        "sms_help_on",
        Ask("topic", "What with?", Words(letters=0)),
        Do("help_on", {"help_found": "found", "no_such_help": "say"}),
        Tell("found", "{help_words}"),
        Tell("say", HELP),
    ),
    Flow(
        "sms_call_about",
        Ask("topic", "What is it about?", Words(letters=0)),
        Do("ask_for_call_about", {"in_line": "in_line", "in_line_already": "already"}),
        *IN_LINE,
    ),
    Flow(
        "sms_show",
        Ask("item", "Which case?", Digits(4, 5)),
        Do("show_to_all", SHOWN),  # nobody is asked which is the same: it stands alone
        Tell("shown", TO_ALL),
        Tell("later", TO_ALL_LATER),
        Tell("gone", STAYS),
        Tell("rests", RESTS),
    ),
    Flow(
        "sms_leave_group",
        Ask("said", "Which group?", Words(letters=0)),
        Do("may_tell_money", {"money_shown": "leave_by_text", "money_hidden": "hidden"}),
        Do("leave_by_text", {"group_to_leave": "say", "not_in_group": "none"}),
        Tell("hidden", HOW_TO_LEAVE),
        Tell("say", "To leave {place} dial {code_group}, then 98 and 7. What you paid in, {put_in}, stays there: ask the leader first."),
        Tell("none", "You are in no group of this name. To see yours dial {code_group}"),
    ),
    Flow(
        "sms_kilo_day",
        Ask("said", "Which day?", Words(letters=0)),
        Do("may_tell_money", {"money_shown": "kilos_by_text", "money_hidden": "hidden"}),
        Tell("hidden", HIDDEN),
        Do("kilos_by_text", {"kilos_of_day": "day", "nothing_that_day": "nothing", "no_such_day": "which"}),
        Tell("day", "{day}: {kilos} = {worth}. By {clerk}, {centre}. Wrong? SMS WRONG and the day."),
        Tell("nothing", "No delivery is written for {day}. If you brought some, SMS WRONG, the day and how much."),
        Tell("which", "Which day? Example: KILO MON or KILO 23 NOV"),
    ),
    Flow(
        "sms_top_of",
        Ask("said", "Of which group or village?", Words(letters=0)),
        Do("top_of", {"top_there": "there", "nothing_on_top": "none"}),
        Tell("there", "{where}: {three} To vote send VOTE and the number."),
        Tell("none", "No idea of {where} yet. Have one? SMS IDEA and your words."),
    ),
    Flow(
        "sms_who",
        Ask("said", "Who?", Words(letters=0)),
        Do("who_by_text", {"who_told": "told", "which_one": "which", "nobody_there": "nobody"}),
        Tell("told", "{to_name}, {village}. Helps with: {my_topics}. Thanked: {thanked}. Code {to}"),
        Tell("which", "Two members of your groups have that name. Send WHO and the member code."),
        Tell("nobody", "No such member, or they chose not to be shown."),
    ),
    Flow(
        "sms_rate",
        Ask("said", "From 1 to 5?", Words(letters=0)),
        Do("rate_by_text", {"stars_kept": "kept", "no_stars": "which"}),
        Tell("kept", "Thank you. {stars} of 5 saved. What would make it 5? SMS IDEA and your words."),
        Tell("which", "Send one number, 1 bad to 5 very good. Example: RATE 4"),
    ),
    Flow(
        "sms_meet_day",
        Ask("said", "Which day, hour and place?", Words(letters=0)),
        Do(
            "meet_by_text",
            {"meeting_called": "called", "no_day": "which", "leads_none": "none", "leads_many": "many", "too_early": "which", "too_many": "enough"},
        ),
        Tell("called", "{place}: {meets}, {where}. It stands in the menu. No SMS went out: to tell all dial {code_group}, 98, 6, 2."),
        Tell("which", "I need a day, a full hour and a place, within 3 weeks. Example: MEET FRI 14 Kiboko school"),
        Tell("none", "Only a leader calls a meeting. Ask yours, or call a vote: dial {code_group}, 4."),
        Tell("many", "You lead more than one group. Put its number behind. Example: MEET FRI 14 Kiboko 1001"),
        Tell("enough", "That is much for one day. More tomorrow."),
    ),
    Flow(
        "sms_stop_topic",
        Ask("topic", "Which SMS?", Words(letters=0)),
        Do("stop_topic", {"topic_stopped": "done", "no_such_topic": "none"}),
        Tell("done", "No more SMS of this kind: {topic_name}. To get them again send START {topic}. Choose: dial {code_texts}"),
        Tell("none", "One of these: NEWS, IDEAS, GROUPS, QUESTIONS, MONEY. Example: STOP NEWS"),
    ),
    Flow(
        "sms_start_topic",
        Ask("topic", "Which SMS?", Words(letters=0)),
        Do("start_topic", {"topic_started": "done", "no_such_topic": "none"}),
        Tell("done", "Good. These SMS come again: {topic_name}."),
        Tell("none", "One of these: NEWS, IDEAS, GROUPS, QUESTIONS, MONEY. Example: START NEWS"),
    ),
)
