"""Leader tools: call a meeting, send a notice, say yes to who asks, invite. What it costs stands on the screen before it is sent."""

from menus.answers import Amount, Phone, Words
from menus.book.groups import FULL, HELD_WORD, NO_TEXTS, NOT_YOURS, OF_A_GROUP, VOTES_BY_MEMBERS, VOTES_OPEN
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Pick, Tell

ENOUGH = "That is {most} today. Tomorrow again."
UNCLEAR = "2 to 4 answers, each of 10 letters at most."

leader_tools = Flow(
    "leader_tools",
    Choose("show", "{place}: leader", {
        "1 Meeting": "call_meeting",
        "2 Send notice": "send_notice",
        "3 Ask to join: {asker_count}": "askers",
        "4 Record cash": "record_cash",
        "5 Start a vote": "start_vote",
        "6 Our score": "our_score",
        "7 Invite": "invite",
    }, more="more"),
    Choose("more", "For leaders", {
        "1 Can, will, should": "can_will_should",
        "2 Hand over my turn": "choose_leader",
        "3 Set rules": "set_rules",
        "4 Run a circle": "run_circle",
        "5 How to lead well": "lead_well",
        "6 Kind words": "kind_words",
        "7 We decided": "we_decided",
    }),
    title="Leader tools",
    takes=OF_A_GROUP,
)  # fmt: skip

our_score = Flow(
    "our_score",
    Do("look_at_score", {"scored": "show", "not_a_leader": "not_yours"}),
    Choose("show", "30 days, of {heads}: {paid} paid in, {took} took part, {came} said yes to the last meeting, {helped} were thanked.", {
        "1 What to do next": "advice",
        "2 Other groups": "board",
    }),
    Browse("advice", "What to do next", rows="what_to_do", empty="well"),
    Choose("well", "All pay in and take part. Well led!", {}),
    Tell("not_yours", NOT_YOURS),
    title="Our score",
    takes=OF_A_GROUP,
)  # fmt: skip

we_decided = Flow(
    "we_decided",
    Do("which_meeting", {"meeting_was": "words", "nothing_met": "nothing", "not_a_leader": "not_yours"}),
    Ask("words", "{meets}: what did {place} decide? At most 74 letters. All can read it.", Words(74)),
    Choose("tell", "Tell all: {texts} SMS, {texts_left} left this month.", {
        "1 Send SMS": Pick("yes", "say_decided"),
        "2 Only in the menu": Pick("no", "say_decided"),
    }),
    Do("say_decided", {
        "told_all": "done",
        "too_few_texts": "no_texts",
        "too_many": "enough",
        **HELD_WORD,
        "decided_already": "told",
        "nothing_met": "nothing",
        "not_a_leader": "not_yours",
    }),
    Tell("told", "All were told what you decided, and it stands. To add to it send a notice."),
    Tell("done", "Written down, {told} SMS go out. All find it under My group, 3."),
    Tell("no_texts", NO_TEXTS),
    Tell("enough", ENOUGH),
    Choose("nothing", "You have not met in these 14 days.", {}),
    Tell("not_yours", NOT_YOURS),
    title="What we decided",
    takes=OF_A_GROUP,
)  # fmt: skip

kind_words = Flow(
    "kind_words",
    Browse("fellow", "Need a kind word", rows="who_needs_a_word", then="to_care_for", empty="nobody"),
    Do("to_care_for", {"care_shown": "care", "fellow_gone": "nobody", "not_a_leader": "not_yours"}),
    Choose("care", "{to_name}: what will you do?", {
        "1 Call them": Pick("call", "note_care"),
        "2 Send a kind SMS": Pick("text", "note_care"),
        "3 Ask a friend to visit": Pick("visit", "note_care"),
        "4 Done already": Pick("done", "note_care"),
    }),
    Do("note_care", {"care_noted": "noted", "kind_text_enough": "enough", "fellow_gone": "nobody", "not_a_leader": "not_yours"}),
    Tell("noted", "Thank you. You cared for {cared} in 30 days. We ask you in 7 days how it went."),
    Choose("enough", "No SMS can go to them now. Better call, or visit.", {}),
    Choose("nobody", "All pay in and take part. Well led!", {}),
    Tell("not_yours", NOT_YOURS),
    title="Need a kind word",
    takes=OF_A_GROUP,
)  # fmt: skip

lead_well = Flow(
    "lead_well",
    Do("next_lesson", {"lesson_shown": "lesson", "not_a_leader": "not_yours"}),
    Choose("lesson", "{lesson}\n{lesson_number} of {lessons}", {"1 Next": "lesson_read", "2 Ask others": "ask"}),
    Do("lesson_read", {"lesson_shown": "lesson", "not_a_leader": "not_yours"}),
    Tell("not_yours", NOT_YOURS),
    title="How to lead well",
    takes=OF_A_GROUP,
)

call_meeting = Flow(
    "call_meeting",
    Browse("day", "Which day?", rows="coming_days", then="hour"),
    Browse("hour", "What time?", rows="meeting_hours", then="where"),
    Ask("where", "Which place?", Words(16), options={"1 {usual_place}, as usual": Pick("", "agenda")}),
    Browse("agenda", "What about?", rows="agendas", then="price_meeting"),
    Do("price_meeting", {"meeting_costs": "tell", "not_a_leader": "not_yours", "too_early": Again("day", "That has passed.")}),
    Choose("tell", "{meets}. Tell all: {texts} SMS, {texts_left} left this month.", {
        "1 Send SMS": Pick("yes", "call_meeting"),
        "2 Only in the menu": Pick("no", "call_meeting"),
    }),
    Do("call_meeting", {
        "told_all": "done",
        "too_few_texts": "no_texts",
        "too_many": "enough",
        "not_a_leader": "not_yours",
        "too_early": Again("day", "That has passed."),
    }),
    Tell("done", "The meeting is set, {told} SMS go out. Who comes: dial {code_meeting}. Those who come are reminded the day before."),
    Tell("no_texts", NO_TEXTS),
    Tell("enough", ENOUGH),
    Tell("not_yours", NOT_YOURS),
    title="Call a meeting",
    takes=OF_A_GROUP,
)  # fmt: skip

send_notice = Flow(
    "send_notice",
    Ask("words", "Your notice to {place}? At most 74 letters.", Words(74)),
    Do("price_notice", {"telling_costs": "tell", **HELD_WORD, "not_a_leader": "not_yours"}),
    Choose("tell", "Tell all: {texts} SMS, {texts_left} left this month.", {
        "1 Send SMS": Pick("yes", "send_notice"),
        "2 Only in the menu": Pick("no", "send_notice"),
    }),
    Do("send_notice", {"told_all": "done", "too_few_texts": "no_texts", "too_many": "enough", **HELD_WORD, "not_a_leader": "not_yours"}),
    Tell("done", "The notice is up, {told} SMS go out. Who has read it can say so: My group, 6."),
    Tell("no_texts", NO_TEXTS),
    Tell("enough", ENOUGH),
    Tell("not_yours", NOT_YOURS),
    title="Send notice",
    takes=OF_A_GROUP,
)  # fmt: skip

start_vote = Flow(
    "start_vote",
    Ask("words", "What do we decide? Ask one thing only, at most 60 letters.", Words(60)),
    Ask("choices", "Type 2 to 4 answers, 10 letters each, a comma between them. Or:", Words(46, letters=0), options={
        "1 Yes or no": Pick("", "price_vote"),
        "2 One of us": Pick("=", "price_vote"),
    }),
    Do("price_vote", {
        "vote_costs": "days",
        "not_in_group": "not_yours",
        "too_many": "enough",
        **HELD_WORD,
        "choices_unclear": Again("choices", UNCLEAR),
    }),
    Choose("days", "For how long?", {"1 Three days": Pick("3", "start_by"), "2 Seven days": Pick("7", "start_by"), "3 One day": Pick("1", "start_by")}),
    Do("start_by", {"may_tell": "tell", "vote_open": "opened", "votes_by_members": "others", **HELD_WORD, "not_in_group": "not_yours"}),
    Tell("opened", "The vote is open and secret. Your group finds it under 3, 4. The result comes as a notice."),
    Tell("others", VOTES_BY_MEMBERS),
    Choose("tell", "{answers}\nSMS to all: {texts} of {texts_left} left.", {
        "1 Send SMS": Pick("yes", "start_vote"),
        "2 Only in the menu": Pick("no", "start_vote"),
    }),
    Do("start_vote", {"told_all": "done", "too_few_texts": "no_texts", "too_many": "enough", **HELD_WORD, "not_a_leader": "not_yours"}),
    Tell("done", "The vote is open, {told} SMS go out. It is secret, for you too. The result comes as a notice."),
    Tell("no_texts", NO_TEXTS),
    Tell("enough", VOTES_OPEN),
    Tell("not_yours", NOT_YOURS),
    title="Start a vote",
    takes=OF_A_GROUP,
)  # fmt: skip

record_cash = Flow(
    "record_cash",
    Browse("fellow", "Cash from who?", rows="others", then="amount", empty="alone"),
    Ask("amount", "How much cash?", Amount(1, 250_000)),
    Do("write_cash", {"cash_written": "done", "too_many": "enough", "cash_enough": "today", "not_a_leader": "not_yours"}),
    Tell("done", "Written: {amount} from {to_name}. It counts when they say yes, by SMS or under 9."),
    Tell("today", "{most} records of this member were written in 24 hours. More tomorrow."),
    Tell("enough", "{most} records wait for a yes. Ask those members first."),
    Tell("alone", "Nobody else is in it yet."),
    Tell("not_yours", NOT_YOURS),
    title="Record cash",
    takes=OF_A_GROUP,
)

askers = Flow(
    "askers",
    Browse("asker", "Who asks to join {place}", rows="askers", then="look_at_asker", empty="nobody"),
    Do("look_at_asker", {"asker": "confirm", "asker_gone": "nobody"}),
    Choose(
        "confirm",
        "{to_name} (..{tail}) asks to join.",
        {
            "1 Yes": Pick("yes", "decide_asker"),
            "2 No": Pick("no", "decide_asker"),
            "3 Ask the group": "ask_about_asker",
        },
    ),
    Do("ask_about_asker", {"vote_open": "asked", "votes_by_members": "others", "held_words": "others", "asked_before": "before", "asker_gone": "nobody"}),
    Tell("before", "All have voted on it: My group, 4. Now say yes or no here."),
    Tell("asked", "All can vote for 2 days: My group, 4. Then say yes or no here."),
    Tell("others", "Some votes are open. One must end first."),
    Do("decide_asker", {"let_in": "let_in", "not_let_in": "not_let_in", "asker_gone": "nobody", "group_is_full": "full"}),
    Tell("let_in", "Done. {to_name} is in and gets an SMS."),
    Tell("not_let_in", "Done. {to_name} is told kindly, without a reason."),
    Tell("nobody", "Nobody asks to join now."),
    Tell("full", FULL),
    title="Who asks to join",
    takes=OF_A_GROUP,
)

invite = Flow(
    "invite",
    Ask("to", "Invite who? Type phone or member code.", Phone(codes=True)),
    Do("find_member", {
        "found": "invite",
        "not_a_member": Again("to", "Nobody has this number."),
        "yourself": Again("to", "That is your own number."),
        "asked_too_often": "too_often",
    }),
    Do("invite", {
        "found": "asked",
        "asked_already": Again("to", "This member was asked already."),
        "in_it_already": Again("to", "This member is in the group."),
        "not_a_leader": "not_yours",
        "group_is_full": "full",
        "too_many": "enough",
    }),
    Tell("enough", "That is {most} today, thank you. More tomorrow."),
    Tell("asked", "We asked {to_name} (..{tail}). They are in when they say yes."),
    Tell("too_often", "Too many numbers tried today. Please try tomorrow, or ask for the member code."),
    Tell("not_yours", NOT_YOURS),
    Tell("full", FULL),
    title="Invite a member",
    takes=OF_A_GROUP,
)  # fmt: skip
