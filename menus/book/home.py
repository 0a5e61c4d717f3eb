"""The front door, and what waits for the caller under 9."""

from menus.answers import Pin
from menus.book.help import BY_KIND
from menus.book.ideas import APART
from menus.book.paying import PAUSED
from menus.book.pins import LOCKED, typed
from menus.screens import Ask, Browse, Choose, Do, Flow, Pick, Tell, Way, When

home = Flow(
    "home",
    Do("who_is_calling", {"known": "welcome", "stranger": "join", "no_entry": "no_entry", "shared_phone": "who", "other_sim": "sim_pin"}),
    Choose("welcome", "Hi {name}.", {
        "1 My money": "money",
        "2 Send or pay": "pay",
        "3 My group": When("is_settled", "my_group"),
        "4 Ask and tips": When("is_settled", "ask_and_tips"),
        "5 Ideas and votes": When("is_settled", "ideas"),
        "6 Me and help": "me",
        "9 Waiting for you: {waiting_count}": When("is_waiting", "waiting"),
    }, keys={"3": "my_group", "4": "ask_and_tips", "5": "ideas", "9": "waiting"}),
    Browse("who", "Who is dialing?", rows="who_shares", then="pick_person", empty="no_entry"),
    Do("pick_person", {"person": "pin", "person_gone": "no_entry"}),
    Ask("pin", "{person}, enter your PIN", Pin(), options={"9 Forgot": "forgot_here"}),
    Do("come_in", {"came_in": "welcome", "person_gone": "no_entry", **typed()}),
    Ask("sim_pin", "{asker_name} says that this SIM is theirs too. If you are {asker_name}, enter your PIN", Pin(), options={"1 No": "refuse_sim"}),
    Do("agree_to_sim", {"sim_agreed": "welcome", "gone": "join", **typed("sim_pin")}),
    Do("refuse_sim", {"sim_refused": "refused"}),
    Tell("refused", "Good. Nothing was changed. To be a member with this SIM dial {code}"),
    Tell("locked", LOCKED),
    Tell("no_entry", "This number cannot use {coop} now. Please visit the office."),
)  # fmt: skip

last_news = Flow("last_news", Choose("show", "{last_news}", {"1 Go on": "home"}))

AGREED: dict[str, Way] = {
    "sent": "sent",
    "under_way": "under_way",
    "gone": "gone",
    **typed(),
    "not_enough": "not_enough",
    "over_limit": "over_limit",
    "not_taken": "not_taken",
    "paused": "paused",
}
AGREED_PLACE: dict[str, Way] = {
    **AGREED,
    "sent": "sent_place",
    "under_way": "under_way_place",
    **typed("pin_place"),
}

waiting = Flow(
    "waiting",
    Browse("draft", "Waiting for you", rows="waiting_things", then="open_waiting", empty="nothing"),
    Do("open_waiting", {
        "a_payment": "agree",
        "a_tiding": "tiding",
        "a_joining": "joining",
        "a_result": "poll_result",
        "is_done": "my_case",
        "has_answers": "answers",
        "is_asked": "question",
        "is_invited": "my_group",
        "vote_closes": "group_votes",
        "loan_waits": "agree_loan",
        "asker_waits": "askers",
        "turn_asked": "turn",
        "pick_asked": "pick",
        "promise_asked": "deed",
        "may_they_call": "call",
        "praise_heard": "praised",
        "off_told": "outing_off",
        "instead_told": "instead_comes",
        "not_instead_told": "instead_not",
        "cash_asked": "is_it_so",
        "trust_asked": "trust",
        "instead_asked": "instead",
        "gone": "nothing",
    }),
    Choose("tiding", "{title}: {state}. {answer}", {"1 Look": "open_item"}),
    Do("open_item", BY_KIND),
    Choose("joining", "{title} is joined to {into}. Votes and words moved too.", {"1 Look": "open_item", "5 Not the same": "not_the_same"}),
    Do("not_the_same", {"apart_again": "apart", "no_item": "nothing"}),
    Tell("apart", APART),
    Choose(
        "is_it_so",
        "{from_name} wrote down {amount} in cash from you for {place}. Is it so?",
        {
            "1 Yes": Pick("yes", "say_of_cash"),
            "2 No": Pick("no", "say_of_cash"),
        },
    ),
    Do("say_of_cash", {"cash_agreed": "agreed", "cash_denied": "denied", "cash_not_now": "not_now", "cash_gone": "nothing"}),
    Choose("turn", "{place} asks you to lead it next. Do you take the turn?", {"1 Yes": Pick("yes", "say_of_turn"), "2 No": Pick("no", "say_of_turn")}),
    Do("say_of_turn", {"turn_taken": "leads", "turn_refused": "no_turn", "gone": "nothing"}),
    Choose(
        "pick",
        "{place} chose you: {question} Do you agree?",
        {"1 Yes, all may know": Pick("yes", "say_of_pick"), "2 No": Pick("no", "say_of_pick")},
    ),
    Do("say_of_pick", {"turn_taken": "picked", "turn_refused": "no_turn", "gone": "nothing"}),
    Tell("picked", "Thank you. {place} reads your name under Votes."),
    Choose(
        "deed",
        "{place} asks: {says}, by {day}. Do you see to it? All read your yes.",
        {"1 Yes": Pick("yes", "say_of_promise"), "2 No": Pick("no", "say_of_promise")},
    ),
    Do("say_of_promise", {"promise_taken": "takes_it", "promise_refused": "not_me", "gone": "nothing"}),
    Choose(
        "praised",
        "{from_name} said of you: {said}",
        {"1 Good": Pick("yes", "say_of_praise"), "2 Not so": Pick("no", "say_of_praise")},
    ),
    Do("say_of_praise", {"praise_good": "praise_stays", "praise_not_so": "praise_rests", "gone": "nothing"}),
    Tell("praise_stays", "Good. Thank you for what you do."),
    Tell("praise_rests", "Noted: not so. It is shown to nobody until a person has looked."),
    Choose(
        "call",
        "{from_name}, whom you answered on {title}, would like to call you. With a yes they get your number.",
        {"1 Yes": Pick("yes", "say_of_call"), "2 No": Pick("no", "say_of_call")},
    ),
    Do("say_of_call", {"call_agreed": "call_yes", "call_refused": "call_no", "gone": "nothing"}),
    Tell("call_yes", "Thank you. They get your number by SMS, only they."),
    Tell("call_no", "Good. Your number stays hidden, and nobody is told."),
    Choose("outing_off", "Called off: {called}, {due}. Questions? Call {owner}, {phone}.", {}),
    Choose("instead_comes", "{from_name} comes instead of you: {called}, {due}. You are free.", {}),
    Choose("instead_not", "{from_name} cannot come instead of you: {called}, {due}. The place is still yours.", {}),
    Tell("takes_it", "Thank you. {place} reads that you see to it. We ask you that day if it is done."),
    Tell("not_me", "Good. Your name is not shown. The leader of {place} may ask another."),
    Tell("leads", "You lead {place} now. Thank you for carrying it. Leader tools: My group, 98, 6."),
    Tell("no_turn", "Good. {place} reads it under Votes and may choose again."),
    Tell("agreed", "Good. It is in the books of the group now."),
    Tell("denied", "Noted: not so. It does not count. Speak with your leader."),
    Tell("not_now", "It cannot be written now. Nothing is lost: it waits here for you."),
    Tell("nothing", "Nothing waits for you."),
    title="Waiting for you",
)  # fmt: skip

instead = Flow(
    "instead",
    Choose("instead", "Without the phone, what would you have done last time? We ask 1 in 50.", {
        "1 Come to you": Pick("come", "say_instead"),
        "2 Called you": Pick("call", "say_instead"),
        "3 Neither": Pick("nothing", "say_instead"),
        "4 I do not say": Pick("skip", "say_instead"),
    }),
    Do("say_instead", {"instead_said": "said"}),
    Tell("said", "Thank you. So we count only the work that the phone really saves."),
    title="Without the phone?",
)  # fmt: skip

trust = Flow(
    "trust",
    Choose("trust", "If something is wrong, will it be put right? Shown as a number only.", {
        "1 Yes": Pick("yes", "say_trust"),
        "2 I am not sure": Pick("unsure", "say_trust"),
        "3 No": Pick("no", "say_trust"),
        "4 I do not say": Pick("skip", "say_trust"),
    }),
    Do("say_trust", {"trust_said": "trusted"}),
    Tell("trusted", "Thank you. What all say: Ideas and votes, 98, 6, 2, 2, after the quarter. We ask once a quarter."),
    title="Do you trust us?",
    private=True,
)  # fmt: skip

agree = Flow(
    "agree",
    Do("take_waiting", {
        "ready": "pin",
        "ready_place": "pin_place",
        "ready_made": "pin_made",
        "ready_place_made": "pin_place_made",
        "giving_back": "pin_back",
        "gone": "gone",
        "not_enough": "not_enough",
        "over_limit": "over_limit",
    }),
    Ask("pin", "Send {amount} to {to_name} (..{tail})? Fee {fee}. Left {left}\nEnter PIN to send", Pin(),
        options={"1 Stop it": "drop_draft"}),
    Do("send_draft", AGREED),
    Ask("pin_place", "{amount} to {place}? Fee {fee}. Left {left}\nEnter PIN to agree", Pin(), options={"1 Stop it": "drop_draft"}),
    Do("send_draft_place", AGREED_PLACE),
    Ask("pin_made", "{helper} prepared for you: {amount} to {to_name} (..{tail}). Fee {fee}\nEnter PIN to send", Pin(), options={"1 Stop it": "drop_draft"}),
    Do("send_draft_made", {**AGREED, **typed("pin_made")}),
    Ask("pin_place_made", "{helper} prepared for you: {amount} to {place}. Fee {fee}\nEnter PIN to agree", Pin(), options={"1 Stop it": "drop_draft"}),
    Do("send_draft_place_made", {**AGREED_PLACE, **typed("pin_place_made")}),
    Ask("pin_back", "{amount} from {to_name} (..{tail}) {day} was a mistake? Fee {fee}\nEnter PIN to give it back", Pin(),
        options={"1 No": "refuse_back"}),
    Do("give_back", {
        "gave_back": "gave_back",
        "gone": "gone",
        **typed("pin_back"),
    }),
    Tell("gave_back", "It goes back. Thank you for being fair. The SMS follows."),
    Do("refuse_back", {"kept": "kept", "gone": "gone"}),
    Tell("kept", "Noted. A person at {coop} looks at it and you hear by SMS. Until then it is held."),
    Tell("sent", "Sent {amount} to {to_name}. Fee {fee}. You have {left}. Ref {ref}"),
    Tell("under_way", "We are sending {amount} to {to_name}. Wait for the SMS before you go. Ref {ref}"),
    Tell("sent_place", "Paid {amount} to {place}. Fee {fee}. You have {left}. Ref {ref}"),
    Tell("under_way_place", "We are paying {amount} to {place}. Wait for the SMS before you go. Ref {ref}"),
    Do("drop_draft", {"dropped": "dropped", "gone": "gone"}),
    Tell("dropped", "Stopped. Nothing moved."),
    Tell("gone", "This one has ended, so nothing moved. Send it again any time."),
    Tell("not_enough", "You have {balance}. That is not enough. Nothing moved."),
    Tell("over_limit", "Above your day limit. You can still send {day_left} today. Nothing moved."),
    Tell("not_taken", "The receiver cannot get money now. Nothing moved."),
    Tell("locked", LOCKED),
    Tell("paused", PAUSED),
    title="Waiting for you",
    takes=("draft",),
)  # fmt: skip
