"""Me and help: language, which SMS and when, the PIN, my details and who sees them."""

from menus.answers import Name, Phone, Pin, RollNumber
from menus.book.help import BY_KIND
from menus.book.ideas import RESTS
from menus.book.pins import FORGOT, LOCKED, choosing, chosen, typed
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Pick, Tell, When

NEW_SIM = "This SIM is new here. Use your first one for this, or wait 24 hours."

me = Flow(
    "me",
    Choose("show", "Me and help", {
        "1 Get help now": "help_now",
        "2 Shortcuts": "shortcuts",
        "3 Points and thanks": "points",
        "4 Language and SMS": "words_and_sms",
        "5 PIN and guardians": "pin_and_guardians",
        "6 My details": "details",
    }, more="more"),
    Choose("more", "More about me", {
        "1 What we know of me": "about_me", "2 What I own": "owned", "3 Fees": "fees", "4 My other SIM": "other_sim", "5 Leave": "leave", "6 Rate us": "stars",
        "7 Member number": When("is_guest", "roll_number"),
    }),
    title="Me and help",
)  # fmt: skip

roll_number = Flow(
    "roll_number",
    Ask("roll", "Your {coop} member number?", RollNumber()),
    Do("say_roll_number", {
        "now_member": "on_roll",
        "not_on_roll": Again("roll", "Number and name are not on our list."),
        "roll_taken": Again("roll", "Somebody came with it already: ask at the office."),
        "asked_too_often": "no_more",
    }),
    Tell("on_roll", "Thank you, {name}. You are a member now. Your votes count with the others within a day."),
    Tell("no_more", "Too many numbers were tried today. Please try tomorrow, or ask at the office."),
    title="Member number",
)  # fmt: skip

stars = Flow(
    "stars",
    Choose("show", "How good is this service for you?", {
        "1 Bad": Pick("1", "rate_service"),
        "2 Not good": Pick("2", "rate_service"),
        "3 Fair": Pick("3", "rate_service"),
        "4 Good": Pick("4", "rate_service"),
        "5 Very good": Pick("5", "rate_service"),
    }),
    Do("rate_service", {"stars_kept": "kept"}),
    Choose("kept", "Thank you. {stars} of 5 saved. What would make it better?", {"1 Say it": "new_idea", "2 Call me": "call_me"}),
    title="Rate us",
)  # fmt: skip

words_and_sms = Flow(
    "words_and_sms",
    Choose("show", "Language and SMS", {
        "1 Language": "language",
        "2 Reminders": "reminders",
        "3 When": "hours",
        "4 Weekly news": "weekly",
        "5 Only money SMS": "only_money",
        "6 People I follow": "people",
        "7 Which SMS": "sms_kinds",
    }),
    title="Language and SMS",
)  # fmt: skip

people = Flow(
    "people",
    Choose("show", "What people say under their own name. Both say yes, each can stop.", {"1 Whom I follow": "person", "2 Who follows me": "follower"}),
    Browse("person", "Whom I follow", rows="people_followed", then="look_at_person", empty="nobody"),
    Do("look_at_person", {"person_shown": "shown", "person_asks": "asked", "nobody_there": "nobody"}),
    Choose("shown", "{to_name}, last 30 days", {"1 What they said": "said", "2 Stop": "stop_following"}),
    Browse("said", "{to_name} said", rows="said_by_person", then="open_said", empty="silent"),
    Do("open_said", {"said_opened": "open_item", "nothing_to_open": "silent"}),
    Do("open_item", BY_KIND),
    Choose("asked", "{to_name} has not said yes yet.", {"2 Stop": "stop_following"}),
    Do("stop_following", {"tie_ended": "stopped"}),
    Tell("stopped", "Good. You follow them no more. Nobody was told."),
    Choose("silent", "Nothing of theirs in 30 days.", {}),
    Browse("follower", "Who follows me", rows="my_followers", then="look_at_follower", empty="nobody"),
    Do("look_at_follower", {"follower_shown": "lets", "nobody_there": "nobody"}),
    Choose("lets", "What may {to_name} see of what you say under your name?", {
        "1 Ideas, tips, news": Pick("all", "settle_follower"),
        "2 Only tips": Pick("tips", "settle_follower"),
        "3 Nothing": Pick("no", "settle_follower"),
    }),
    Do("settle_follower", {"tie_settled": "settled", "tie_ended": "ended", "nobody_there": "nobody"}),
    Tell("settled", "Good. Change it here any day."),
    Tell("ended", "Good. They see nothing of it. Nobody was told."),
    Choose("nobody", "Nobody yet. You ask to follow a member under My group, 5; or SMS FOLLOW and the member code.", {}),
    title="People I follow",
)  # fmt: skip

follow_person = Flow(
    "follow_person",
    Do("follow_person", {
        "person_asked": "asked", "person_followed": "followed", "yourself": "yourself", "nobody_there": "nobody", "too_many": "enough", "rests": "rests",
    }),
    Tell("rests", RESTS),
    Tell("asked", "{to_name} is asked. When they say yes, find it under 6, 4, 6."),
    Tell("followed", "You follow {to_name} already: 6, 4, 6."),
    Tell("enough", "That is much for now: {most}. Stop one first, or try tomorrow."),
    Choose("yourself", "That is your own number.", {}),
    Choose("nobody", "This member does not want to be shown.", {}),
    title="Follow a member",
    takes=("to",),
)  # fmt: skip

language = Flow(
    "language",
    Browse("language", "Choose language", rows="languages", then="change_language"),
    Do("change_language", {"spoken": "home"}),
    title="Language",
)

reminders = Flow(
    "reminders",
    Choose("show", "May we send you one SMS a day when a call breaks off, so that you can carry on?", {
        "1 Yes": Pick("yes", "choose_reminders"),
        "2 No": Pick("no", "choose_reminders"),
    }),
    Do("choose_reminders", {"reminded": "on", "not_reminded": "off"}),
    Tell("on", "Good. If a call breaks off we tell you how to carry on, once a day at most."),
    Tell("off", "Good. We send no such SMS."),
    title="Reminders",
)  # fmt: skip

hours = Flow(
    "hours",
    Choose("show", "When may SMS come? Money SMS come always.", {
        "1 All day (7-19)": Pick("7-19", "choose_hours"),
        "2 Morning (7-12)": Pick("7-12", "choose_hours"),
        "3 Afternoon (12-19)": Pick("12-19", "choose_hours"),
        "4 Evening (16-19)": Pick("16-19", "choose_hours"),
    }),
    Do("choose_hours", {"hours_chosen": "done"}),
    Tell("done", "Good. SMS come between {first_hour}:00 and {last_hour}:00."),
    title="When SMS come",
)  # fmt: skip

weekly = Flow(
    "weekly",
    Choose("show", "One SMS on Friday: your group, what changed, what waits for you?", {
        "1 Yes": Pick("yes", "choose_digest"),
        "2 No": Pick("no", "choose_digest"),
    }),
    Do("choose_digest", {"digest_on": "on", "digest_off": "off"}),
    Tell("on", "Good. It comes on Fridays."),
    Tell("off", "Good. We send no such SMS."),
    title="Weekly news",
)  # fmt: skip

sms_kinds = Flow(
    "sms_kinds",
    Browse("topic", "Which SMS come? Those with *", rows="sms_topics", then="turn_texts"),
    Do("turn_texts", {"topic_stopped": "off", "topic_started": "on", "no_such_topic": "topic"}),
    Tell("off", "No more SMS of this kind: {topic_name}. What waits for you stands under 9."),
    Tell("on", "Good. These SMS come again: {topic_name}."),
    title="Which SMS",
)

only_money = Flow(
    "only_money",
    Do("stop_texts", {"stopped": "done"}),
    Tell("done", "Only SMS about your own money from now on. To get the others again send START to {shortcode}."),
    title="Only money SMS",
)

pin_and_guardians = Flow(
    "pin_and_guardians",
    Choose("show", "PIN and guardians", {
        "1 Change PIN": "change_pin",
        "2 My guardians": "guardians",
        "3 Somebody asks me": "vouch",
        "4 I forgot my PIN": "forgot_pin",
        "5 Share this phone": "share_phone",
    }),
    title="PIN and guardians",
)  # fmt: skip

share_phone = Flow(
    "share_phone",
    Choose("show", "On this phone: {sharer_names}. Each has an own PIN, money and vote.", {"1 Add a person": "pin"}),
    Ask("pin", "Enter your PIN, then give the phone to the new person", Pin(), back="0 Stop", options=FORGOT),
    Do("open_line", {"new_line": "join", "no_more_lines": "full", **typed()}),
    Tell("full", "4 people are on this phone. That is the most."),
    Tell("locked", LOCKED),
    title="Share this phone",
)

change_pin = Flow(
    "change_pin",
    Ask("old_pin", "Your old PIN", Pin(), options=FORGOT),
    Do("check_pin", {
        "right": "pin",
        "new_sim": "new_sim",
        **typed("old_pin"),
    }),
    *choosing(),
    Do("change_pin", {
        "changed": "done",
        **chosen(),
        "too_late": "too_late",
    }),
    Tell("new_sim", NEW_SIM),
    Tell("done", "PIN changed. If it was not you, visit the office now."),
    Tell("too_late", "That took too long, so your old PIN stays. Please dial again."),
    Tell("locked", LOCKED),
    title="Change PIN",
)  # fmt: skip

my_village = Flow(
    "my_village",
    Browse("village", "Your village or centre?", rows="villages", then="pick_village", empty="new_village"),
    Do("pick_village", {"village_picked": "moved", "village_other": "new_village", "too_many_changes": "often"}),
    Ask("new_village", "Your village or centre?", Name()),
    Do("change_village", {"village_changed": "moved", "too_many_changes": "often"}),
    Tell("moved", "Thank you. Your village is {new_village}. Helpers near you are asked first."),
    Tell("often", "Your village was changed twice this month already. Please ask at the office."),
    title="My village",
)

details = Flow(
    "details",
    Choose("show", "{name}, {village}\nSeen by: {shown_to}", {
        "1 Name": "new_name",
        "2 Village": "new_village",
        "3 Woman, man, age": "traits",
        "5 Who sees me": "who_sees_me",
        "6 My code": "code",
    }),
    Tell("code", "Your member code is {member_code}. Give it to people instead of your phone number."),
    Ask("new_name", "You are {name} here. Your new first name?", Name()),
    Do("change_name", {"name_changed": "renamed", "too_many_changes": "too_often"}),
    Tell("renamed", "You are {new_name} from now on. Your account and code stay the same."),
    Tell("too_often", "Your name was changed twice this month already. Please ask at the office."),
    Ask("new_village", "Your village or centre?", Name()),
    Do("change_village", {"village_changed": "moved", "too_many_changes": "often"}),
    Tell("moved", "Thank you. Your village is {new_village}."),
    Tell("often", "Your village was changed twice this month already. Please ask at the office."),
    Choose("who_sees_me", "Who may see your name in a list? Whoever pays you sees it always, to be sure it is you.", {
        "1 Everyone": Pick("everyone", "choose_shown"),
        "2 My groups": Pick("groups", "choose_shown"),
        "3 Nobody": Pick("nobody", "choose_shown"),
    }),
    Do("choose_shown", {"shown_chosen": "shown"}),
    Tell("shown", "Good. Seen by: {shown_to}."),
    title="My details",
)  # fmt: skip

other_sim = Flow(
    "other_sim",
    Choose("show", "One account, one PIN, one vote, on up to 3 SIMs of yours.", {"1 Add a SIM": "sim", "2 Take one off": "own_sim"}),
    Ask("sim", "Number of the other SIM? It must have no account here.", Phone()),
    Ask("pin", "Enter your PIN to ask for it", Pin(), back="0 Stop", options=FORGOT),
    Do("ask_for_sim", {
        "sim_asked": "asked",
        "sim_taken": "taken",
        "sims_full": "full",
        "yourself": Again("sim", "That one is yours already."),
        "asked_too_often": "too_often",
        **typed(),
    }),
    Tell("asked", "Now put SIM ..{tail} in, dial {code} with it in 24 hours, and enter your PIN."),
    Tell("taken", "That SIM has an account here, or several people. Leave with it first: 6, 98, 5. Then ask again."),
    Tell("full", "You have {most} SIMs, or share this phone. That is the most."),
    Tell("too_often", "Too many numbers tried today. Please try tomorrow."),
    Browse("own_sim", "Take off which?", rows="my_sims", then="pin_off", empty="only_this"),
    Ask("pin_off", "Enter your PIN to take it off", Pin(), back="0 Stop", options=FORGOT),
    Do("drop_sim", {"sim_off": "off", "new_sim": "new_sim", "gone": "only_this", **typed("pin_off")}),
    Tell("new_sim", NEW_SIM),
    Tell("off", "SIM ..{tail} is yours here no more."),
    Choose("only_this", "You have only this SIM here.", {"1 Add a SIM": "sim"}),
    Tell("locked", LOCKED),
    title="My other SIM",
)  # fmt: skip

traits = Flow(
    "traits",
    Choose("trait", "Who are you? To see if all are heard. You need not say. Kept: {my_traits}", {
        "1 Woman": Pick("woman", "say_trait"),
        "2 Man": Pick("man", "say_trait"),
        "3 My age": "age",
        "4 Forget it": Pick("-", "say_trait"),
    }),
    Choose("age", "How old are you?", {
        "1 Under 25": Pick("under_25", "say_age"),
        "2 25 to 40": Pick("25_to_40", "say_age"),
        "3 41 to 60": Pick("41_to_60", "say_age"),
        "4 Over 60": Pick("over_60", "say_age"),
    }),
    Do("say_trait", {"trait_kept": "kept", "trait_forgotten": "forgotten"}),
    Do("say_age", {"trait_kept": "kept"}),
    Tell("kept", "Thank you. Kept for numbers only: {trait}. Change or forget it here any time: 6, 6, 3."),
    Tell("forgotten", "Forgotten. We keep nothing of it."),
    title="Woman, man, age",
    private=True,
)  # fmt: skip

about_me = Flow(
    "about_me",
    Choose(
        "show",
        "We keep your name {name}, your number {my_phone}, your member code, your payments: {payments}, what you said: {things_said}. "
        "Staff looked at you: {looks}. Nobody sells it.",
        {"1 Who looked": "looked", "2 A copy of it": "ask_for_copy", "3 Delete it": "sure"},
        long=True,
    ),
    Do("ask_for_copy", {"asked": "copy", "asked_before": "before"}),
    Tell("copy", "All we keep of you is ready for you at {coop} by {due_day}. Bring your ID. It is free. An SMS says so too."),
    Choose(
        "sure",
        "We delete your calls, SMS, comments, whom you follow, what you told of yourself. Payments stay, as the law says. Your ideas and tips: take them "
        "back yourself, under What I own. It cannot be undone.",
        {"1 Ask to delete": "ask_to_delete"},
        long=True,
        resume="never",
    ),
    Do("ask_to_delete", {"asked": "delete", "asked_before": "before"}),
    Tell("delete", "Two of us do it by {due_day}, and an SMS says so. Not so? Tell us before: 6, 1, 3."),
    Tell("before", "You have asked already. It is done by {due_day}."),
    Browse("looked", "Who of the staff looked", rows="who_looked", empty="nobody"),
    Choose("nobody", "Nobody of the staff has looked at what is yours.", {}),
    title="What we know of me",
)

owned = Flow(
    "owned",
    Do("look_at_owned", {"owned_shown": "show"}),
    Choose("show", "What you wrote is yours. Ideas: {own_ideas}, tips: {own_tips}, news: {own_news}. All here may use it.", {
        "1 See them": "item",
        "2 Who may use it": "who",
    }),
    Browse("item", "Yours", rows="owned_items", then="look_at_own", empty="nothing"),
    Do("look_at_own", {"own_shown": "detail", "no_item": "nothing"}),
    Choose("detail", "{number}: {words}\n{state}", {"1 Take it back": "take_back_here"}, long=True),
    Do("take_back_here", {"taken_back": "taken_back", "stays_there": "kept", "no_item": "kept"}),
    Tell("taken_back", "Taken back. It is not shown any more."),
    Choose("kept", "It is done or others built on it: it stays, and your name can go. Ask us: 6, 1, 3.", {}),
    Choose("who", "Members of {coop} read and use it. Others only if you say so. When you leave, your name goes from it.", {}),
    Choose("nothing", "You have written nothing here yet.", {"1 Say an idea": "new_idea"}),
    title="What I own",
)  # fmt: skip

fees = Flow("fees", Choose("show", "{fee_lines}", {}, long=True), title="Fees")

leave = Flow(
    "leave",
    Do("may_leave", {
        "free_to_leave": "pin", "still_there": "still_there", "needs_open": "needs_open", "group_first": "group_first", "still_owed": "still_owed",
    }),
    Ask("pin", "Leave {coop}? Your number is free then, you can join again any time.\nEnter PIN to leave", Pin(), back="0 Stay", options=FORGOT),
    Do("leave", {
        "left_us": "left",
        "still_there": "still_there",
        "needs_open": "needs_open",
        "group_first": "group_first",
        "still_owed": "still_owed",
        **typed(),
    }),
    Tell("left", "You have left. Thank you for your time with us. Come back any day: dial {code}"),
    Tell("still_there", "You have {balance} here. Take it out first, or ask at the office. Then you can leave."),
    Tell("needs_open", "Money of yours is held for a need (5, 98, 4) or a buy of your group. End it first, then you can leave."),
    Tell("group_first", "{place} still needs you: you alone lead it, or it has money. First settle that: My group."),
    Tell("still_owed", "You still owe {loan_left}. Pay it back first, or ask at the office. Then you can leave."),
    Tell("locked", LOCKED),
    title="Leave",
)  # fmt: skip
