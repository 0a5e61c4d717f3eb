"""What a group has in common: its rules, tools that go round, rides and work days, buying together."""

from menus.answers import Amount, Number, Pin, Words
from menus.book.groups import NOT_YOURS, OF_A_GROUP
from menus.book.pins import LOCKED, typed
from menus.screens import Ask, Browse, Choose, Do, Flow, Pick, Tell

TAKEN = "Somebody has it, or it is not here any more."
OVER = "This is over, or full already."

our_rules = Flow(
    "our_rules",
    Browse("rule", "Rules of {place}", rows="group_rules", empty="none"),
    Choose("none", "No rules yet. The leader writes down what you agree on: My group, 98, 6, 98, 3.", {}),
    title="Our rules",
    takes=OF_A_GROUP,
)

set_rules = Flow(
    "set_rules",
    Choose("show", "Rules of {place}: what all have agreed on.", {"1 Add one": "words", "2 Take one out": "rule"}),
    Ask("words", "One rule in your own words, at most 60 letters.", Words(60)),
    Do("add_rule", {"rule_added": "added", "rules_full": "full", "not_a_leader": "not_yours"}),
    Tell("added", "Written down. All read it: My group, 98, 5, 3."),
    Browse("rule", "Take out which?", rows="group_rules", then="drop_rule", empty="none"),
    Do("drop_rule", {"rule_gone": "gone", "not_a_leader": "not_yours"}),
    Tell("gone", "Taken out."),
    Tell("full", "You have {most} rules. That is as many as one remembers. Take one out first."),
    Choose("none", "No rules yet.", {}),
    Tell("not_yours", NOT_YOURS),
    title="Set rules",
    takes=OF_A_GROUP,
)

share_tools = Flow(
    "share_tools",
    Choose("show", "Share and borrow in {place}", {"1 Tools here": "tool", "2 Lend my tool": "words", "3 Lent and borrowed": "loan", "4 My tools": "own"}),
    Browse("tool", "Free now", rows="free_tools", then="look_at_tool", empty="none"),
    Do("look_at_tool", {"tool_shown": "about", "tool_taken": "taken"}),
    Choose("about", "{called} of {owner}. Lent {lent} times, {good} came back good. For how long?", {
        "1 One day": Pick("1", "ask_to_borrow"),
        "2 Three days": Pick("3", "ask_to_borrow"),
        "3 A week": Pick("7", "ask_to_borrow"),
    }),
    Do("ask_to_borrow", {"tool_asked": "asked", "tool_taken": "taken", "rules_full": "enough", "owner_silent": "silent"}),
    Tell("silent", "{owner} cannot be asked by SMS. Speak with them yourself."),
    Tell("asked", "We give {owner} your number. No SMS in 2 days means no."),
    Ask("words", "What do you lend? At most 20 letters.", Words(20)),
    Do("lend_tool", {"tool_added": "added", "rules_full": "full", "not_in_group": "gone"}),
    Tell("added", "Thank you. It is on the list. You say yes to each who asks, by SMS."),
    Browse("loan", "Lent and borrowed", rows="my_loans", then="look_at_loan", empty="none"),
    Do("look_at_loan", {"loan_shown": "back", "tool_taken": "taken"}),
    Choose("back", "{called}, {other} {phone}, due {due}. Is it back, and how was it?", {
        "1 Back, all good": Pick("good", "rate_loan"),
        "2 Back, not good": Pick("bad", "rate_loan"),
    }),
    Do("rate_loan", {"loan_rated": "rated", "tool_taken": "taken"}),
    Tell("rated", "Thank you. Both of you say how it was."),
    Browse("own", "Which one do you not lend any more?", rows="own_tools", then="take_tool_back", empty="none"),
    Do("take_tool_back", {"tool_gone": "off", "tool_taken": "taken"}),
    Tell("off", "It is off the list."),
    Tell("enough", "That is {most} today. Tomorrow again."),
    Tell("full", "You lend {most} tools already. Thank you!"),
    Choose("taken", TAKEN, {}),
    Choose("none", "Nothing here yet.", {"2 Lend my tool": "words"}),
    Choose("gone", NOT_YOURS, {}),
    title="Share and borrow",
    takes=OF_A_GROUP,
)  # fmt: skip

go_together = Flow(
    "go_together",
    Choose("kind", "{place}: go and work together", {
        "1 What is coming": "outing",
        "2 I take people along": Pick("ride", "title"),
        "3 I need hands": Pick("work", "title"),
        "4 Call mine off": "own",
    }),
    Ask("title", "Where to, or what work? At most 20 letters.", Words(20)),
    Browse("day", "Which day?", rows="coming_days", then="seats"),
    Ask("seats", "For how many? 1 to 20. Who comes gets your number.", Number(1, 20)),
    Do("offer_outing", {"outing_offered": "offered", "outings_many": "many", "not_in_group": "gone"}),
    Tell("offered", "It is up. Who comes is told to you by SMS. Tell the others: My group, 98, 5, 6, 1."),
    Tell("many", "You have {most} that are still to come. Thank you!"),
    Browse("outing", "What is coming", rows="open_outings", then="look_at_outing", empty="none"),
    Do("look_at_outing", {"outing_shown": "about", "outing_over": "over"}),
    Choose("about", "{called}, {due}, with {owner}. {taken} of {seats} come. {owner} gets your number.", {
        "1 I come": "come_along",
        "2 I do not come": "stay_home",
    }),
    Do("come_along", {"outing_coming": "coming", "outing_full": "full", "outing_over": "over"}),
    Tell("coming", "Good. {owner} knows. Call {phone} to say where you meet on {due}."),
    Do("stay_home", {"outing_stays": "staying", "outing_over": "over"}),
    Tell("staying", "Noted. Thank you for saying so."),
    Browse("own", "Call off which?", rows="my_outings", then="call_off", empty="none"),
    Do("call_off", {"outing_called_off": "off", "outing_over": "over"}),
    Tell("off", "Called off. Those who wanted to come are told."),
    Tell("full", "All places are taken. Ask again: somebody may stay at home."),
    Choose("over", "This is over, or your own.", {}),
    Choose("none", "Nothing is coming. Do you go to market? Take somebody along: go back, 2.", {}),
    Choose("gone", NOT_YOURS, {}),
    title="Go together",
    takes=OF_A_GROUP,
)  # fmt: skip

buy_together = Flow(
    "buy_together",
    Choose("show", "{place} buys together: each pays the same, held safe until all have joined.", {
        "1 Join one": "buy",
        "2 Start one": "title",
        "3 Stop mine": "mine",
    }),
    Browse("buy", "Join which?", rows="open_buys", then="look_at_buy", empty="none"),
    Do("look_at_buy", {"buy_shown": "about", "buy_over": "over"}),
    Choose("about", "{called}: {joined} of {wanted} have joined. {amount} each. If it is not full by {until} all goes back.", {"1 Join": "pin"}),
    Ask("pin", "Hold {amount} for {place} until {until}? Fee {fee}\nEnter PIN to agree", Pin(), back="0 Stop"),
    Do("join_buy", {
        "buy_joined": "joined",
        "buy_filled": "filled",
        "buy_over": "over",
        "in_it_already": "already",
        "not_enough": "too_little",
        "not_taken": "not_now",
        **typed(),
    }),
    Tell("joined", "You are in: {amount} held safe. {missing} more must join."),
    Tell("filled", "You are the last: all have joined! The money goes to {place}, who buys it."),
    Tell("already", "You are in it already."),
    Tell("too_little", "You have not so much now. Nothing moved."),
    Tell("not_now", "It cannot be done now. Nothing moved."),
    Ask("title", "What do you buy together? At most 20 letters.", Words(20)),
    Ask("amount", "How much does each pay?", Amount(20, 10_000)),
    Ask("people", "How many must join, you too? 2 to 60.", Number(2, 60)),
    Choose("days", "By when?", {"1 In a week": Pick("7", "start_buy"), "2 In two weeks": Pick("14", "start_buy"), "3 In a month": Pick("30", "start_buy")}),
    Do("start_buy", {"buy_started": "started", "buys_full": "full", "not_in_group": "gone"}),
    Tell("started", "It is up. Join it yourself now: My group, 98, 5, 5, 1. Tell the others."),
    Tell("full", "Three are open in this group. One must end first."),
    Browse("mine", "Stop which?", rows="started_by_me", then="stop_buy", empty="none"),
    Do("stop_buy", {"buy_stopped": "stopped", "buy_over": "over"}),
    Tell("stopped", "Stopped. What was held goes back to each by itself."),
    Choose("over", OVER, {}),
    Choose("none", "Nothing here yet.", {"2 Start one": "title"}),
    Choose("gone", NOT_YOURS, {}),
    Tell("locked", LOCKED),
    title="Buy together",
    takes=OF_A_GROUP,
)  # fmt: skip
