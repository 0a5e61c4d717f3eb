"""What can be said by SMS: one line a command, Swahili and English. Nothing here moves money."""

from menus.answers import Digits, Number, Numbered, Words, YesNo
from menus.book.groups import FULL, TOO_MANY_GROUPS
from menus.book.help import IN_LINE
from menus.book.helping import ASKED, ASKED_TELLS, HELD
from menus.book.ideas import COUNTS_LATER, ENOUGH, OVER, PASSED_ON, RESTS, YOURS
from menus.book.needs import CAN_ALREADY, CAN_OFFERED, CAN_YOURS
from menus.book.needs import GONE as NEED_GONE
from menus.book.polls import ASKED_BY_SMS, DONE_BY_SMS
from menus.commands import Command
from menus.screens import Ask, Do, Flow, Tell, Way

REPORTED: dict[str, Way] = {"reported": "thanks", "no_item": "none", "said_today": "enough"}
NO_ITEM = "There is nothing with that number to vote on. To see what there is send TOP."
MY_DATA = "We keep: name, number, village, {payments} payments, {things_said} words of yours. Staff looked {looks} times. Copy or delete: at the office."

THANK_WHOM = "You are welcome. To thank somebody by SMS send THANK and the number of what they said, or their code."

SMS_FLOWS = (
    Flow("sms_balance", Tell("say", "You have {balance}. You can still send {day_left} today. {day} {time}. More: dial {code}")),
    Flow("sms_mini", Tell("say", "{mini} Wrong one? SMS WRONG and the ref.")),
    Flow(
        "sms_help",
        Tell(
            "say",
            "Send BAL, MINI, KILO, SEND amount phone, PAY amount group, AIRTIME amount, IDEA words, VOTE number, WRONG words, STOP. Or dial {code}.",
        ),
    ),
    Flow(
        "sms_wrong",
        Ask("words", "What is wrong? Type it in a few words.", Words()),
        Do("say_what_is_wrong", {"opened": "opened", "too_many": "too_many"}),
        Tell("opened", "Case {case} opened. A person looks within {hours} hours. You are asked before it is closed."),
        Tell("too_many", "That is {most} today, thank you. We have them all. More tomorrow."),
    ),
    Flow(
        "sms_language",
        Ask("language", "Which language?", Words()),
        Do("change_language_by_name", {"spoken_by_name": "done", "no_such_language": "unknown"}),
        Tell("done", "{language_name} from now on. Dial {code}"),
        Tell("unknown", "Languages: {language_names}. Example: LANG {example_language}"),
    ),
    Flow("sms_sealed", Tell("say", "An SMS shows your number, so we have not kept it. To say it without your name dial {code_sealed}. In danger? SMS CALL")),
    Flow("sms_call", Do("ask_for_any_call", {"in_line": "in_line", "in_line_already": "already"}), *IN_LINE),
    Flow(
        "sms_status",
        Ask("number", "Which number?", Digits(4, 5)),
        Do(
            "look_up_number",
            {
                "a_case": "case",
                "an_item": "status_of_item",
                "a_group": "group",
                "a_shop": "shop",
                "a_member": "member",
                "a_sealed": "nothing",
                "nothing_there": "nothing",
            },
        ),
        Do("status_of_item", {"status_shown": "item", "no_item": "nothing"}),
        Tell("item", "{number} {title}: {state} since {day}. {supporters} for. {answer}"),
        Tell("case", "Case {case}: {state}, {day}"),
        Tell("group", "Group {place}"),
        Tell("shop", "Shop {place}"),
        Tell("member", "Member {to_name}"),
        Tell("nothing", "There is nothing with that number. Please look again."),
    ),
    Flow("sms_my_data", Tell("say", MY_DATA)),
    Flow(
        "sms_vote",
        Ask("said", "Which number?", Numbered(wants=False)),
        Do(
            "vote_by_text",
            {
                "counted": "counted",
                "counts_later": "later",
                "taken_back": "taken_back",
                "closed": "over",
                "no_item": "none",
                "own_item": "yours",
                "said_today": "enough",
                "rests": "rests",
            },
        ),
        Tell("counted", "Counted: {supporters} for {number} {title}. Change it: VOTE {number} NO. Take it back: OFF {number}"),
        Tell("later", COUNTS_LATER),
        Tell("taken_back", "Taken back. Nobody was told."),
        Tell("over", OVER),
        Tell("none", NO_ITEM),
        Tell("yours", YOURS),
        Tell("enough", ENOUGH),
        Tell("rests", RESTS),
    ),
    Flow(
        "sms_say",
        Ask("said", "Which number? Then your words.", Numbered()),
        Do("say_by_sms", {"commented": "added", "held_words": "held", "no_item": "none", "said_today": "enough", "rests": "rests"}),
        Tell("added", "Added to {number} {title}. Speak of the idea, not the person."),
        Tell("held", "Your words wait for a person, because of one word. Usually 1 day. Then you hear."),
        Tell("none", NO_ITEM),
        Tell("enough", ENOUGH),
        Tell("rests", RESTS),
    ),
    Flow(
        "sms_thank",
        Ask("said", "Which number?", Numbered(wants=False)),
        Do("thank_by_text", {"thanked_for": "thanked", "own_item": "yours", "no_item": "none", "said_today": "enough", "rests": "rests"}),
        Tell("thanked", PASSED_ON),
        Tell("none", "There is nothing and nobody with that number to thank."),
        Tell("yours", "It is your own number."),
        Tell("enough", ENOUGH),
        Tell("rests", RESTS),
    ),
    Flow(
        "sms_off",
        Ask("said", "Which number?", Numbered(wants=False)),
        Do("take_back_by_text", {"taken_back": "done", "no_item": "none"}),
        Tell("done", "Taken back. Nobody was told."),
        Tell("none", NO_ITEM),
    ),
    Flow(
        "sms_follow",
        Ask("said", "Which number?", Numbered(wants=False)),
        Do(
            "follow_by_text",
            {
                "followed": "on",
                "follows_no_more": "off",
                "no_item": "none",
                "person_asked": "asked",
                "person_followed": "person",
                "yourself": "yourself",
                "nobody_there": "none",
                "too_many": "enough",
            },
        ),
        Tell("asked", "{to_name} is asked. When they say yes, find it under 6, 4, 6."),
        Tell("person", "You follow {to_name} already: 6, 4, 6."),
        Tell("yourself", "That is your own number."),
        Tell("enough", "That is much for now: {most}. Stop one first, or try tomorrow."),
        Tell("on", "You follow it. What becomes of it waits for you under 9."),
        Tell("off", "You do not follow it any more."),
        Tell("none", NO_ITEM),
    ),
    Flow(
        "sms_report",
        Ask("said", "Which number?", Numbered(wants=False)),
        Do("report_by_text", REPORTED),
        Tell("thanks", "Thank you. A person looks within 24 h and tells you what was done."),
        Tell("none", NO_ITEM),
        Tell("enough", ENOUGH),
    ),
    Flow("sms_top", Tell("say", "{top_three} To vote send VOTE and the number.")),
    Flow(
        "sms_ask",
        Ask("words", "What is your question?", Words()),
        Do("ask_by_sms", ASKED),
        *ASKED_TELLS,
    ),
    Flow(
        "sms_answer",
        Ask("said", "Which number? Then your words.", Numbered()),
        Do(
            "answer_by_text",
            {
                "answer_sent": "sent",
                "answered_enough": "enough",
                "answer_held": "held",
                "own_question": "yours",
                "no_question": "none",
                "said_today": "today",
            },
        ),
        Tell("today", ENOUGH),
        Tell("sent", "Sent to {to_name}. Asante! We tell you if it helped. People you helped: {helped}."),
        Tell("enough", "This question has enough answers already. Thank you."),
        Tell("held", HELD),
        Tell("yours", "It is your own question."),
        Tell("none", "There is no question with that number."),
    ),
    Flow(
        "sms_skip", Ask("said", "Which number?", Numbered(wants=False)), Do("skip_by_text", {"skipped": "done"}), Tell("done", "Good, you need not answer it.")
    ),
    Flow(
        "sms_poll",
        Do("poll_by_text", {"poll_by_text": "ask", "poll_done": "done", "no_poll": "none"}),
        Tell("ask", ASKED_BY_SMS),
        Tell("done", DONE_BY_SMS),
        Tell("none", "No poll now. Have an idea? SMS IDEA and your words."),
    ),
    Flow("sms_needs", Tell("say", "{three_needs} Can you? SMS CAN and number. Post: {code}")),
    Flow(
        "sms_can",
        Ask("said", "Which number?", Numbered(wants=False)),
        Do("offer_by_text", {"offered": "offered", "offered_already": "already", "own_need": "yours", "need_over": "over", "said_today": "enough"}),
        Tell("offered", CAN_OFFERED),
        Tell("already", CAN_ALREADY),
        Tell("yours", CAN_YOURS),
        Tell("over", NEED_GONE),
        Tell("enough", ENOUGH),
    ),
    Flow(
        "sms_news",
        Ask("words", "What happened, where, when?", Words(74)),
        Do("send_news", {"news_saved": "saved", "news_held": "held", "too_much_news": "enough", "rests": "rests"}),
        Tell("saved", "News {number} goes out as: not checked. Others say if they saw it too."),
        Tell("held", HELD),
        Tell("enough", ENOUGH),
        Tell("rests", RESTS),
    ),
    Flow(
        "sms_join",
        Ask("code", "Type the group's number.", Number(1, 99_999)),
        Do("find_group_to_join", {"group_to_join": "ask_to_join", "no_such_group": "none", "in_it_already": "already"}),
        Do(
            "ask_to_join",
            {
                "asked_to_join": "asked",
                "no_such_group": "none",
                "in_it_already": "already",
                "too_many_groups": "too_many",
                "group_is_full": "full",
            },
        ),
        Tell("asked", "Asked {place}. {leader} answers in 2 days. Nobody can add you without your yes."),
        Tell("none", "No group has this number. Ask the leader for it."),
        Tell("already", "You are in this group. Dial {code_group}"),
        Tell("too_many", TOO_MANY_GROUPS),
        Tell("full", FULL),
    ),
    Flow(
        "sms_meeting",
        Do("my_next_meeting", {"my_meeting": "come", "no_meeting": "none"}),
        Ask("come", "Do you come?", YesNo()),
        Do("say_by_text", {"rsvp_noted": "noted", "no_meeting": "none"}),
        Tell("noted", "Noted, thank you. {coming} of {heads} come."),
        Tell("none", "No meeting is set now."),
    ),
    Flow(
        "sms_stop",
        Do("stop_texts", {"stopped": "done"}),
        Tell("done", "You get no more SMS, except about your own money. To come back send START."),
    ),
    Flow(
        "sms_start",
        Do("start_texts", {"started": "done"}),
        Tell("done", "Welcome back. SMS are on again, by day only."),
    ),
)

SMS = (
    Command("STOP", "sms_stop", also="ACHA SITAKI UNSUBSCRIBE CANCEL END QUIT", exact=True, alone=True),
    Command("START", "sms_start", also="ANZA", exact=True, alone=True),
    Command("SIRI", "sms_sealed", also="SECRET", exact=True),
    Command("BAL", "sms_balance", also="SALIO BALANCE B", alone=True),
    Command("MINI", "sms_mini", also="TAARIFA LAST", alone=True),
    Command(
        "SEND {amount} {to}", "send", also="TUMA", exact=True,
        hint="I need how much and to who. Example: SEND 200 0712345678",
        draft="Ready: {amount} to {to_name} (..{tail}). Fee {fee}. To agree dial {code_nine} and enter PIN. Ends in {minutes} min.",
    ),
    Command(
        "PAY {amount} {group}", "pay_group", also="LIPA CHANGIA", exact=True,
        hint="How much, and the number of which group? Example: PAY 200 1001",
        draft="Ready: {amount} to {place}. Fee {fee}. To agree dial {code_nine} and enter PIN. Ends in {minutes} min.",
    ),
    Command(
        "AIRTIME {amount}", "sms_airtime", also="MUDA", exact=True,
        hint="I need an amount from 5 to 1000. Example: AIRTIME 20",
        draft="Ready: airtime {amount} for {number}. Fee {fee}. To agree dial {code_nine} and enter PIN. Ends in {minutes} min.",
    ),
    Command("KILO", "sms_kilo", also="MAZIWA MAZAO MILK", alone=True),
    Command("IDEA {words}", "new_idea", also="WAZO MAONI", hint="What is your idea? Example: IDEA Pay on Friday"),
    Command("VOTE {said}", "sms_vote", also="KURA UNGA NAMI METOO", exact=True, numbered=True, hint="Which number? Example: VOTE 4171"),
    Command("SAY {said}", "sms_say", also="SEMA", numbered=True, hint="Which number, and what? Example: SAY 4171 Friday is market day"),
    Command("THANK {said}", "sms_thank", also="ASANTE SHUKRU", exact=True, numbered=True, hint=THANK_WHOM),
    Command("OFF {said}", "sms_off", also="FUTA", exact=True, numbered=True, hint="Which number? Example: OFF 4171"),
    Command("FOLLOW {said}", "sms_follow", also="FUATA", numbered=True, hint="Which number? Example: FOLLOW 4171"),
    Command("REPORT {said}", "sms_report", also="RIPOTI", numbered=True, hint="Which number? Example: REPORT 4171 insult"),
    Command("TOP", "sms_top", also="JUU BORA", alone=True),
    Command("ASK {words}", "sms_ask", also="ULIZA SWALI", hint="What is your question? Example: ASK My cow does not eat"),
    Command("ANS {said}", "sms_answer", also="JIBU", numbered=True, hint="Which number, and what? Example: ANS 5238 Give salt and water"),
    Command("SKIP {said}", "sms_skip", also="RUKA", numbered=True, hint="Which number? Example: SKIP 5238"),
    Command("POLL", "sms_poll", also="MASWALI", exact=True, alone=True),
    Command("NEEDS", "sms_needs", also="MAHITAJI", alone=True),
    Command("CAN {said}", "sms_can", also="NAWEZA", exact=True, numbered=True, hint="Which number? Example: CAN 5238"),
    Command("NEWS {words}", "sms_news", also="TUKIO", exact=True, hint="What happened, where, when? Example: NEWS The bridge is down at Kiboko"),
    Command("WRONG {words}", "sms_wrong", also="KOSA MAKOSA DISPUTE", hint="What is wrong? Example: WRONG 8F3K2A wrong amount"),
    Command("CALL", "sms_call", also="PIGA NIPIGIE", exact=True),
    Command("STATUS {number}", "sms_status", also="HALI", exact=True, numbered=True, hint="Which number? Example: STATUS 4171"),
    Command("MYDATA", "sms_my_data", also="DATA", alone=True),
    Command("JOIN {code}", "sms_join", also="JIUNGE", hint="Which group? Example: JOIN 1001"),
    Command("MEET {come}", "sms_meeting", also="MKUTANO", hint="{place}: {meets}, {where}. {coming} come. Do you come? Send MEET YES or MEET NO."),
    Command("LANG {language}", "sms_language", also="LUGHA", hint="Which language? Example: LANG SWAHILI"),
    Command("HELP", "sms_help", also="MSAADA USAIDIZI ?"),
)  # fmt: skip
