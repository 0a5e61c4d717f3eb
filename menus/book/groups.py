"""My group: come in, pay in, its money, meetings, members, notices; join one, start one, leave."""

from menus.answers import Amount, Number, Pin, Words
from menus.book.ideas import RESTS
from menus.book.paying import endings, paid, quoted
from menus.book.pins import FORGOT
from menus.book.places import NOT_TAKEN, PAID, PAYING
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Pick, Tell, Way, When

OF_A_GROUP = ("group", "place")
NOT_YOURS = "You are not in this group now."
FULL = "This group is full."
AFTER: dict[str, Way] = {"1 Did we do it?": "says", "2 Vote again": "start_vote"}
NO_TEXTS = "The group cannot send so many SMS now: its month is used up, or SMS rest. Nothing was sent."
VOTES_OPEN = "{most} votes are open. One must end first."
VOTES_BY_MEMBERS = "A member calls one vote, and the next 7 days after it; all members {most} at once. Wait, or ask your leader."
HELD_AGAIN = "One word is on our list: speak of the matter."
HELD_WORDS = "One word in it stands on our list. Please say it otherwise, of the matter and not the person."
HELD_WORD: dict[str, Way] = {"held_words": Again("words", HELD_AGAIN)}
ASKED_GROUP: dict[str, Way] = {"vote_open": "opened", "votes_by_members": "others", "held_words": "gone", "not_in_group": "gone"}
DUE_QUOTED: dict[str, Way] = {"due_quoted" if name == "quoted" else name: way for name, way in quoted("due_pin", at="due").items()}
ASKS_ENOUGH = "You ask {most} groups at once, and one again after 7 days. Wait for their answers, or speak with the leader."
TOO_MANY_GROUPS = "You are in as many groups as one can be. Leave one first."

my_group = Flow(
    "my_group",
    Do("find_my_group", {"in_group": "show", "several_groups": "which", "invited": "invitation", "in_no_group": "none"}),
    Browse("which", "Which group?", rows="my_groups", then="enter_group", empty="none"),
    Do("enter_group", {"in_group": "show", "not_in_group": "none"}),
    Choose("show", "{place}. Paid {this_period}: {paid_heads} of {heads}", {
        "1 Pay in": "pay_in",
        "2 Group money": "group_money",
        "3 Meeting": "meeting",
        "4 Votes": "group_votes",
        "5 Members": "fellows",
        "6 Notices": "group_notices",
    }, more="more"),
    Choose("more", "More about {place}", {
        "1 Other groups": "which",
        "2 Join by number": "join_group",
        "3 Start a group": "start_group",
        "4 Choose leader": "choose_leader",
        "5 Together": "together",
        "6 Leader tools": When("leads_group", "leader_tools"),
        "7 Leave": "leave_group",
    }),
    Choose("invitation", "{place} asks you to be a member. Nobody can add you without your yes.", {
        "1 Yes": "accept_invitation",
        "2 No": "decline_invitation",
    }),
    Do("accept_invitation", {"in_group": "show", "not_in_group": "none", "too_many_groups": "too_many", "group_is_full": "full"}),
    Do("decline_invitation", {"declined": "declined"}),
    Tell("declined", "Good. You are not in it, and nobody is told why."),
    Tell("too_many", TOO_MANY_GROUPS),
    Tell("full", FULL),
    Choose("none", "You are in no group yet.", {"2 Join with its number": "join_group", "3 Start a group": "start_group"}),
    title="My group",
)  # fmt: skip

pay_in = Flow(
    "pay_in",
    Do("what_is_due", {"due_now": "due", "nothing_due": "amount"}),
    Choose("due", "Still to pay in {this_period}: {due_left}", {"1 Pay it": "quote_due", "2 Another sum": "amount"}),
    Do("quote_due", DUE_QUOTED),
    Ask("due_pin", "Pay {amount} to {place}? {seen_by} Fee {fee}. Left {left}\nEnter PIN to pay", Pin(), back="0 Stop", options=FORGOT),
    Do("pay_due", paid("due_pin", at="due")),
    Ask("amount", "How much to {place}?\nYou have {balance}", Amount(1, 250_000)),
    Do("quote_group", quoted()),
    Ask("pin", "Pay {amount} to {place}? {seen_by} Fee {fee}. Left {left}\nEnter PIN to pay", Pin(), back="0 Stop", options=FORGOT),
    Do("pay_group", paid()),
    *endings(PAID, PAYING, NOT_TAKEN),
    title="Pay in",
    takes=OF_A_GROUP,
)

group_money = Flow(
    "group_money",
    Choose("show", "{place} has {group_balance}. Paid {this_period}: {paid_heads} of {heads}", {
        "1 Payments": "lines",
        "2 Who has paid": "payers",
        "3 Remind": "price_payers",
        "4 Names": "names",
        "5 How much": "dues",
        "6 Loans": "group_loans",
    }),
    Choose("dues", "{dues} All can vote to change it, for 7 days, in secret.", {
        "1 Another sum": "due_amount",
        "2 No set sum": When("has_due", "ask_for_no_due"),
    }),
    Ask("due_amount", "How much shall each pay in? It is the same for all.", Amount(1, 10_000)),
    Do("ask_for_due", ASKED_GROUP),
    Do("ask_for_no_due", ASKED_GROUP),
    Choose("names", "{who_sees_names} Shall it be the other way? All vote, for 7 days, in secret.", {"1 Ask the group": "ask_for_list"}, long=True),
    Do("ask_for_list", ASKED_GROUP),
    Tell("opened", "The vote is open for 7 days: My group, 4. With a yes it is done by itself, when half of you vote."),
    Tell("others", VOTES_BY_MEMBERS),
    Browse("lines", "{place}, last payments", rows="group_lines"),
    Browse("payers", "Paid {this_period}", rows="group_payers"),
    Do("price_payers", {
        "reminding_costs": "remind",
        "reminded_already": "already",
        "nobody_to_remind": "nobody",
        "pay_first": "pay_first",
        "not_in_group": "gone",
    }),
    Choose("remind", "{texts} have not paid {this_period}. Each gets a kind SMS; {texts_left} are left this month.", {"1 Send SMS": "remind_payers"}),
    Do("remind_payers", {
        "others_reminded": "sent",
        "reminded_already": "already",
        "nobody_to_remind": "nobody",
        "too_few_texts": "no_texts",
        "pay_first": "pay_first",
        "not_in_group": "gone",
    }),
    Tell("sent", "A kind reminder went to {told}. Their names were told to nobody."),
    Choose("already", "They were reminded in these 7 days. Speak with them.", {}),
    Choose("nobody", "All have paid {this_period}, or want no SMS. Thank them!", {}),
    Choose("pay_first", "Who has paid in can remind the others. Pay in first: 1.", {}),
    Choose("no_texts", NO_TEXTS, {}),
    Choose("gone", NOT_YOURS, {}),
    title="Group money",
    takes=OF_A_GROUP,
)  # fmt: skip

meeting = Flow(
    "meeting",
    Do("next_meeting", {"meeting_set": "show", "no_meeting": "none"}),
    Choose("show", "{meets}, {where}: {agenda}\n{coming} come. All see who.", {
        "1 I come": Pick("yes", "say_if_coming"),
        "2 I cannot": Pick("no", "say_if_coming"),
        "3 Maybe": Pick("unsure", "say_if_coming"),
        "4 What about?": "point",
        "5 Who": "who",
        "6 Last time": When("has_decided", "decided_by"),
    }, long=True),
    Browse("point", "What shall it be about? So many want it", rows="wanted_points", then="want_point"),
    Do("want_point", {"point_kept": "kept", "no_meeting": "none"}),
    Tell("kept", "Noted: {wanted} want it. The leader sees it. Change it until the meeting begins."),
    Do("say_if_coming", {"rsvp_noted": "noted", "no_meeting": "none"}),
    Tell("noted", "Noted, thank you. {coming} of {heads} come."),
    Browse("who", "{meets}", rows="who_comes"),
    Browse("decided_by", "What {place} decided", rows="decisions_of", then="look_at_decided", empty="none"),
    Do("look_at_decided", {"decided_shown": "decided_shown", "nothing_decided": "none"}),
    Choose("decided_shown", "{meets}: {decided}", {}),
    Choose("none", "No meeting is set now.", {"6 Last time": When("has_decided", "decided_by")}),
    title="Meeting",
    takes=OF_A_GROUP,
)  # fmt: skip

ENOUGH_TODAY = "That is much for one day, thank you. More tomorrow."

fellows = Flow(
    "fellows",
    Browse("fellow", "{place}, * leads", rows="fellows", then="look_at_fellow", empty="gone"),
    Do("look_at_fellow", {"fellow": "show", "fellow_hidden": "hidden", "fellow_gone": "gone"}),
    Choose(
        "show",
        "{to_name}, {village}: {role} since {since}. Helps with {my_topics}. Thanked {thanked}.",
        {
            "1 Send money": "send_to",
            "2 Follow": "follow_person",
            "3 Thank": "thank_fellow",
            "4 Ask": "ask_fellow",
        },
        long=True,
    ),
    Do("thank_fellow", {"thanked_for": "passed", "own_item": "own", "no_item": "gone", "said_today": "enough", "rests": "rests"}),
    Tell("passed", "Your thanks go to {to_name} by SMS, with your name. Asante!"),
    Tell("enough", ENOUGH_TODAY),
    Tell("rests", RESTS),
    Choose("own", "That is you.", {}),
    Choose("hidden", "This member does not want to be shown.", {}),
    Choose("gone", "This member is not in the group now.", {}),
    title="Members",
    takes=OF_A_GROUP,
)

ask_fellow = Flow(
    "ask_fellow",
    Ask("words", "What do you ask {to_name}? They answer by SMS or dial.", Words(), options={"1 Send by SMS": "by_sms"}),
    Do("ask_fellow", {"asked_fellow": "asked", "asked_held": "held", "too_many_questions": "enough", "no_item": "gone", "rests": "rests"}),
    Tell("asked", "Question {number} went to {to_name}. The answer comes by SMS and under 9."),
    Tell("held", "It waits for a person first, usually 1 day. Then {to_name} is asked."),
    Tell("enough", ENOUGH_TODAY),
    Tell("rests", RESTS),
    Choose("gone", "This member is not here any more.", {}),
    title="Ask a member",
    takes=("to", "to_name"),
)  # fmt: skip

group_votes = Flow(
    "group_votes",
    Browse("vote", "{place}, votes", rows="group_votes", then="pick_vote", empty="gone"),
    Do("pick_vote", {"call_vote": "start_vote", "vote_chosen": "group_vote"}),
    Choose("gone", NOT_YOURS, {}),
    title="Votes",
    private=True,
    takes=OF_A_GROUP,
)

group_vote = Flow(
    "group_vote",
    Do("look_at_vote", {
        "vote_shown": "show",
        "election_shown": "candidate",
        "choice_shown": "choice",
        "vote_over": "over",
        "vote_decided": "decided",
        "vote_judged": "judged",
        "not_in_group": "gone",
    }),
    Choose("show", "{vote_number}{question}\nSecret. Until {day}. {voted} of {heads} voted.", {
        "1 Yes": Pick("yes", "cast_ballot"),
        "2 No": Pick("no", "cast_ballot"),
        "3 Not sure": Pick("unsure", "cast_ballot"),
        "4 Tell me more": "tell_more",
        "6 Report": "report_thing",
    }, long=True),
    Do("cast_ballot", {"vote_counted": "counted", "vote_ended": "ended", "not_in_group": "gone"}),
    Browse("candidate", "{question} Secret.", rows="fellows", then="elect", empty="gone"),
    Do("elect", {"vote_counted": "counted", "vote_ended": "ended", "not_in_group": "gone"}),
    Browse("choice", "{question}\nSecret, to {day}.", rows="choices_of_vote", then="choose"),
    Do("choose", {"vote_counted": "counted", "vote_ended": "ended", "not_in_group": "gone", "tell_more": "tell_more"}),
    Do("tell_more", {"more_shown": "about", "more_of_choice": "of_choice", "not_in_group": "gone"}),
    Choose("about", "{question}\n{more}", {
        "1 Yes": Pick("yes", "cast_informed"),
        "2 No": Pick("no", "cast_informed"),
        "3 Not sure": Pick("unsure", "cast_informed"),
        "4 Why: {whys} say": "reason",
        "5 Explain it": When("explains", "words"),
        "6 Report": "report_thing",
    }, long=True),
    Do("cast_informed", {"vote_counted": "counted", "vote_ended": "ended", "not_in_group": "gone"}),
    Choose("of_choice", "{question}\n{more}", {
        "4 Why: {whys} say": "reason",
        "5 Explain it": When("explains", "words"),
        "6 Report": "report_thing",
    }, long=True),
    Ask("words", "What is it about, what does it cost, whom does it help? At most 100 letters.", Words(100)),
    Do("explain_vote", {"more_kept": "kept", **HELD_WORD, "vote_ended": "ended", "not_in_group": "gone"}),
    Tell("kept", "Thank you. All of {place} find it at the vote: My group, 4, then Tell me more."),
    Browse("reason", "{question}: why?", rows="whys_of_vote", then="look_at_why", empty="nobody_says"),
    Choose("nobody_says", "Nobody has said why yet. When you have voted you can.", {}),
    Do("look_at_why", {"why_shown": "why_shown", "why_gone": "nobody_says"}),
    Choose("why_shown", "{why}\n{from_name}", {"6 Report": "report_thing"}),
    Choose("counted", "Counted, secret. {voted} of {heads} voted. You can change it until {day}: vote again.", {
        "1 Say why": When("may_say_why", "why"),
        "2 Remind the others": "price_voters",
    }),
    Ask("why", "Why? All of {place} read it with your name; your vote stays secret. At most 74 letters.", Words(74)),
    Do("say_why", {"why_kept": "said_why", "held_words": Again("why", HELD_AGAIN), "vote_ended": "ended", "not_in_group": "gone"}),
    Tell("said_why", "Thank you. It stands at the vote, under Tell me more, with your name."),
    Do("price_voters", {"reminding_costs": "remind", "reminded_already": "already", "nobody_to_remind": "nobody", "not_in_group": "gone"}),
    Choose("remind", "{texts} have not voted. Each gets an SMS; {texts_left} are left this month. Nobody is told who.", {"1 Send SMS": "remind_voters"}),
    Do("remind_voters", {
        "others_reminded": "sent",
        "reminded_already": "already",
        "nobody_to_remind": "nobody",
        "too_few_texts": "no_texts",
        "not_in_group": "gone",
    }),
    Tell("sent", "Reminder sent to {told} who have not voted. Nobody is told who they are."),
    Choose("already", "They were reminded once. Speak with them.", {}),
    Choose("nobody", "All have voted, or want no SMS.", {}),
    Choose("no_texts", NO_TEXTS, {}),
    Choose("over", "{question}\n{said}", {}, long=True),
    Choose("decided", "{question}\n{said}", AFTER, long=True),
    Choose("judged", "{question}\n{said}. {done} of {saying} say: done.", AFTER, long=True),
    Choose("says", "Did we do it?", {
        "1 Yes": Pick("yes", "say_done"),
        "2 In part": Pick("part", "say_done"),
        "3 No": Pick("no", "say_done"),
    }),
    Do("say_done", {"done_noted": "noted", "not_in_group": "gone"}),
    Tell("noted", "Noted. {done} of {saying} say it was done. The group and the leader see this."),
    Choose("ended", "This vote has ended. What came of it is a notice soon: My group, 6.", {}),
    Choose("gone", NOT_YOURS, {}),
    title="A vote",
    private=True,
    takes=(*OF_A_GROUP, "vote"),
)  # fmt: skip

group_notices = Flow(
    "group_notices",
    Browse("notice", "{place}, notices", rows="notices_of_group", then="pick_notice", empty="none"),
    Do("pick_notice", {"write_notice": "words", "leader_writes": "send_notice", "notice_chosen": "read_notice"}),
    Do("read_notice", {"notice_shown": "show", "notice_gone": "none"}),
    Choose("show", "{words}\n{from_name} {day}", {"1 I have read it": "hear_notice", "2 Ask about it": "ask_fellow", "3 Report": "report_thing"}),
    Do("hear_notice", {"notice_heard": "heard", "notice_gone": "none"}),
    Tell("heard", "Thank you. {heard} of {heads} have read it."),
    Ask("words", "Your notice to {place}? At most 74 letters. No SMS goes out.", Words(74)),
    Do("write_notice", {"notice_up": "up", "notices_enough": "enough", **HELD_WORD, "not_in_group": "none"}),
    Tell("up", "It is up: all {heads} find it under My group, 6. You see there how many have read it."),
    Tell("enough", "Members write 3 in 7 days, each one. Wait some days, or ask your leader."),
    Choose("none", "No notices yet.", {}),
    title="Notices",
    takes=OF_A_GROUP,
)

join_group = Flow(
    "join_group",
    Ask("code", "Type the group's number.", Number(1, 99_999)),
    Do("find_group_to_join", {
        "group_to_join": "confirm",
        "no_such_group": Again("code", "No group has this number."),
        "in_it_already": "already",
        "asking_still": "waits",
    }),
    Choose("waits", "You have asked to join {place}. The leader has not answered yet.", {"1 Take it back": "take_asking_back"}),
    Do("take_asking_back", {"asking_taken_back": "taken_back", "in_it_already": "already", "no_such_group": Again("code", "No group has this number.")}),
    Tell("taken_back", "Taken back: you ask {place} no more. There are other groups: join one by its number."),
    Choose("confirm", "{place}, {heads} members. Leader {leader}.", {"1 Ask to join": "ask_to_join"}),
    Do("ask_to_join", {
        "asked_to_join": "asked",
        "no_such_group": Again("code", "No group has this number."),
        "in_it_already": "already",
        "too_many_groups": "too_many",
        "group_is_full": "full",
        "asks_enough": "enough",
    }),
    Tell("enough", ASKS_ENOUGH),
    Tell("asked", "Asked. The leader usually answers in 2 days, by SMS. To take it back type the number here again."),
    Tell("already", "You are in this group. Dial {code_group}"),
    Tell("too_many", TOO_MANY_GROUPS),
    Tell("full", FULL),
    title="Join a group",
)  # fmt: skip

start_group = Flow(
    "start_group",
    Ask("group_name", "Name of the new group? At most 16 letters.", Words(16)),
    Do("start_group", {"group_started": "done", "too_many_groups": "too_many", "held_words": Again("group_name", HELD_AGAIN)}),
    Tell("done", "{place} is ready. Its number is {group}. Members join under 3 with it, or SMS JOIN {group}. You say yes to each."),
    Tell("too_many", "You lead two groups, or are in five. That is the most."),
    title="Start a group",
)

choose_leader = Flow(
    "choose_leader",
    Choose("show", "The leader's turn goes round. Open a secret vote for 7 days?", {"1 Open it": "call_election"}),
    Do("call_election", {"vote_open": "opened", "too_many": "not_yet", "votes_are_open": "enough", "not_in_group": "gone"}),
    Tell("opened", "The vote is open for 7 days: dial {code_votes}. The one with most votes leads."),
    Tell("not_yet", "A leader is chosen once in {most} days, or a vote is open already."),
    Tell("enough", VOTES_OPEN),
    Choose("gone", NOT_YOURS, {}),
    title="Choose a leader",
    takes=OF_A_GROUP,
)

leave_group = Flow(
    "leave_group",
    Choose("show", "Leave {place}? What you paid in, {put_in}, stays there. Ask the leader first if you want it back.", {"1 Leave": "leave_group"}),
    Do(
        "leave_group",
        {"left_group": "left", "only_leader": "only_leader", "group_has_money": "has_money", "share_open": "share_open", "loan_open": "loan_open"},
    ),
    Tell("has_money", "You are the last one, and the group has {group_balance}. Ask {coop} to pay it out first."),
    Tell("share_open", "You have a share in what {place} buys together. When that is over you can leave."),
    Tell("loan_open", "You have a loan of {place}. Pay it back first: My group, 2, 6, 2."),
    Tell("left", "You have left {place}."),
    Tell("only_leader", "You are its only leader. Ask {coop} to name another one first."),
    title="Leave group",
    takes=OF_A_GROUP,
)
