"""What we hold ourselves to: our rules in a sentence each, who decides what, what we promise and keep, and whether it is fair."""

from menus.book.help import BY_KIND
from menus.screens import Browse, Choose, Do, Flow, Way

A_QUESTION: dict[str, Way] = {"1 I have a question": "ask"}

rules = Flow(
    "rules",
    Choose("show", "Our rules", {
        "1 Speak kindly": "kindly",
        "2 One member, one vote": "one_vote",
        "3 How ideas rise": "rise",
        "4 Who decides what": "decision",
        "5 When words wait": "wait",
        "6 Tips": "tips_stand",
    }),
    Choose("kindly", "Speak of the idea, not of the person; and say only what you know.", A_QUESTION),
    Choose(
        "one_vote",
        "Each member has one vote, on whichever phone, and may change it. A new account's votes count after {young_days} days.",
        A_QUESTION,
        long=True,
    ),
    Choose(
        "rise",
        "Ideas rise when most who voted agree and they come from many groups; now and then a new one stands among them.",
        {**A_QUESTION, "2 Rising near me": "near", "3 Many votes at once": "rush"},
        long=True,
    ),
    Choose(
        "near",
        "Near you stands first what your village and groups voted and said most about in the last 7 days; a young idea before an old one.",
        A_QUESTION,
        long=True,
    ),
    Choose(
        "rush",
        "When far more votes than usual come in one hour, most from one group or new accounts, later ones are kept and count when a person has looked.",
        A_QUESTION,
        long=True,
    ),
    Choose(
        "tips_stand",
        "Tips stand by how sure it is that they help: who tried one says so. Each fourth is one that few have read.",
        {**A_QUESTION, "2 Who is asked": "who_is_asked"},
        long=True,
    ),
    Choose(
        "who_is_asked",
        "A question goes to who knows about it, is near, speaks your language and was asked little lately. Quick votes come by chance, what few have seen "
        "first.",
        A_QUESTION,
        long=True,
    ),
    Choose(
        "wait",
        "Words on the list, what {reports} members report and what is new here wait for a person, and you hear why. Nobody is shut out by a machine.",
        A_QUESTION,
        long=True,
    ),
    Browse("decision", "Who decides what", rows="who_decides", then="look_at_decision", empty="unwritten"),
    Do("look_at_decision", {"decision_shown": "decides", "no_decision": "unwritten"}),
    Choose("decides", "{decision_name}: {who}. A no has its reason within {days} days, for all to read. Since {since}.", {
        "1 I have a question": "ask",
        "2 Have an idea": "new_idea",
    }, long=True),
    Choose("unwritten", "It is not written down yet who decides what. Ask for it: 1.", A_QUESTION),
    title="Our rules",
)  # fmt: skip

promises = Flow(
    "promises",
    Choose(
        "show",
        "Kept, of 100:\nIdeas read in 3 days {kept_look}\nWhat many want answered in 14 days {kept_answer}\nWhat is wrong seen in 24 hours {kept_wrong}\n"
        "Reports seen in 24 hours {kept_reports}\nPlans done by their day {kept_plans}",
        {"1 You failed me": "call_me", "2 Is it fair?": "fair", "3 Overdue now": "item"},
        long=True,
    ),
    Browse("item", "We owe these a word, the oldest first", rows="overdue_now", then="open_item", empty="nothing"),
    Do("open_item", BY_KIND),
    Choose("nothing", "Nothing is overdue now.", {}),
    title="What we promise",
)


fair = Flow(
    "fair",
    Do("look_at_bargain", {"bargain_shown": "show", "bargain_later": "later"}),
    Choose("show", "{month}: members' work: {made}. Back in money and time: {got}, {share} of 100.", {
        "1 Who does what": "process", "2 Trust": "look_at_trust",
    }),
    Choose("later", "It is counted when a month with work in it is over: what members did, and what came back.", {
        "1 Who does what": "process", "2 Trust": "look_at_trust",
    }),
    Browse("process", "In whose hands", rows="who_runs_what", empty="nothing"),
    Choose("nothing", "Nothing is written down yet. What could members do themselves? Say it: 5, 3.", {}),
    Do("look_at_trust", {"trust_shown": "trust", "trust_later": "few"}),
    Choose("trust", "{trusting} of 100 say: what is wrong is put right. {answered} answered, {quarter}.", {"1 You failed me": "call_me"}),
    Choose("few", "It is shown after the quarter, when {fewest} have answered. It waits for you under 9.", {}),
    title="Is it fair?",
)  # fmt: skip
