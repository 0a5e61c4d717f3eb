"""Ideas and votes: say one, vote, say something about one, see what became of mine and what changed."""

from menus.answers import Phone, Words
from menus.book.following import FOLLOW
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Pick, Tell, Way, When

OF_AN_ITEM = ("item",)
APART = "{number} stands on its own again, with its votes and words."
TAKEN_BACK = "Taken back. Nobody was told."
REPORT_THANKS = "Thank you. A person looks within 24 h and tells you what was done."
GONE = "This is not here any more."
SAY_SO = "You are in the test group: say so when you talk about it."  # the disclosure: on every screen and in every SMS of a test group
RESTS = "This rests for a while: {rests_because}. Nothing was kept. Try again later."
COUNTED = "Counted: {supporters} for, {opposers} against. We tell you when it changes."
COUNTS_LATER = "Kept, thank you. {counts_when}"
ENOUGH = "That is much for one day, thank you. More tomorrow."
THANKED: dict[str, Way] = {"thanked_for": "thanked", "own_item": "yours", "no_item": "gone", "said_today": "enough", "rests": "rests"}
VOTED: dict[str, Way] = {
    "counted": "counted", "counts_later": "later", "closed": "over", "no_item": "gone", "own_item": "yours", "said_today": "enough", "rests": "rests",
}  # fmt: skip
PASSED_ON = "Your thanks for {number} goes by SMS, with your name. Asante!"
YOURS = "It is your own, and counts with your name already."
OVER = "The vote on this is over. What became of it: dial {code_changed}"


STAYS = "Others built on it: it stays, and your name can go. Ask us: 6, 1, 3."


def why(report: str) -> dict[str, Way]:
    """What may be wrong with something that was said; `report` is the verb that hears it."""
    reasons = {"1 Insult": "insult", "2 Lie": "lie", "3 Private matter": "private", "4 Selling": "selling"}
    return {label: Pick(reason, report) for label, reason in reasons.items()}


ideas = Flow(
    "ideas",
    Choose("show", "Ideas and votes", {
        "1 Quick votes": "quick_votes",
        "2 Top ideas": "top_ideas",
        "3 New idea": "new_idea",
        "4 My ideas": "my_ideas",
        "5 Polls": "polls",
        "6 What changed": "what_changed",
    }, more="more"),
    Choose("more", "More on ideas", {
        "1 Thank-you board": "board",
        "3 Quiz": "quiz",
        "4 Needs with reward": "needs",
        "5 Our rules": "rules",
        "6 What we promise": "promises",
        "7 Test group": When("in_panel", "test_group"),
        "8 Near me": "near_me",
        "9 Newcomers": When("may_let_in", "let_in"),
    }),
    title="Ideas and votes",
)  # fmt: skip

test_group = Flow(
    "test_group",
    Do("open_panel", {"panel_shown": "show", "panel_asked": "joins", "no_panel": "none"}),
    Choose("show", "{panel_title}: {what}\n" + SAY_SO, {"1 What I think": "words", "2 Leave it": "leave_panel"}, long=True),
    Choose("joins", "{panel_title}: {what}\nTry it first, in a test group? You would say so when you talk about it.", {
        "1 Yes": Pick("yes", "join_panel"),
        "2 No": Pick("no", "join_panel"),
    }, long=True),
    Do("join_panel", {"panel_joined": "joined", "panel_left": "left", "no_panel": "none"}),
    Tell("joined", "Thank you. " + SAY_SO + " What you think, good or bad: 5, 98, 7."),
    Ask("words", "Good or bad, what do you think? At most 60 letters. Staff see your name.", Words(60)),
    Do("say_in_panel", {"panel_heard": "heard", "panel_full": "full", "no_panel": "none"}),
    Tell("heard", "Thank you. A person reads it. " + SAY_SO),
    Tell("full", "You have said {most} things of it, thank you."),
    Do("leave_panel", {"panel_left": "left", "no_panel": "none"}),
    Tell("left", "Good. You are not in it."),
    Choose("none", "No test group runs for you now.", {}),
    title="Test group",
)  # fmt: skip

board = Flow(
    "board",
    Choose("show", "Who took part?", {
        "1 Groups": "groups",
        "2 Who was thanked": "thanked",
        "3 Challenge": "look_at_challenge",
        "4 Say what was good": "praise",
        "5 What was good": "item",
        "6 {show_me}": "turn_board",
        "7 My village": When("has_village", "look_at_my_village"),
    }),
    Do("look_at_my_village", {"village_on_board": "village_shown", "off_the_board": "few"}),
    Choose("village_shown", "{village}: {took_part} of 100 took part in 30 days.", {"1 Groups": "groups", "3 Challenge": "look_at_challenge"}),
    Choose("few", "So few of your village are members that one could guess who. Invite some!", {}),
    Do("turn_board", {"on_board": "shown", "off_board": "hidden"}),
    Tell("shown", "Good. When you are among the most thanked of a month your first name stands there."),
    Tell("hidden", "Good. Your name does not stand on the board."),
    Browse("item", "What was good", rows="praises", then="idea", empty="none_yet"),
    Choose("none_yet", "Nobody has said it yet. What was good?", {"4 Say what was good": "praise"}),
    Do("look_at_challenge", {"challenge_shown": "challenge", "no_challenge": "no_challenge"}),
    Choose("challenge", "{called}, until {until}: which group takes part most? Vote, answer, help: all counts.", {"1 How we stand": "season"}),
    Browse("season", "Of 100 members took part", rows="season_groups", empty="none"),
    Choose("no_challenge", "No challenge between groups now. Have an idea for one? 5, 3.", {}),
    Browse("groups", "Members who took part", rows="groups_taking_part", then="look_at_group_on_board", empty="none"),
    Do("look_at_group_on_board", {"group_on_board": "group_shown", "off_the_board": "none"}),
    Choose("group_shown", "{place}: {took_part} of 100 took part in 30 days.", {"1 Say well done": "say_well_done"}),
    Do("say_well_done", {"well_done_said": "well_done", "off_the_board": "none", "said_today": "enough", "rests": "rests"}),
    Tell("well_done", "Its leaders hear it by SMS, with your name. Asante!"),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
    Browse("thanked", "Times thanked", rows="most_thanked", empty="none"),
    Choose("none", "Nothing yet. Help somebody: 4, 3.", {}),
    title="Thank-you board",
)  # fmt: skip

quick_votes = Flow(
    "quick_votes",
    Do("pick_statement", {"statement_shown": "show", "no_more_today": "none"}),
    Choose("show", "{words}\n{voted} of {quick_most} today. {went}", {
        "1 Agree": Pick("for", "vote_quickly"),
        "2 Disagree": Pick("against", "vote_quickly"),
        "3 Skip": Pick("pass", "vote_quickly"),
        "4 Say more": "say_about",
    }, long=True),
    Do("vote_quickly", {"counted": "pick_statement", "counts_later": "pick_statement", "no_item": "pick_statement", "rests": "rests"}),
    Tell("rests", RESTS),
    Choose("none", "Asante! No more quick votes now. Look again tomorrow.", {
        "2 Top ideas": "top_ideas", "3 New idea": "new_idea", "4 Say a statement": "own_statement",
    }),
    title="Quick votes",
)  # fmt: skip

top_ideas = Flow(
    "top_ideas",
    Browse("item", "Top ideas", rows="top_ideas", then="idea", empty="none"),
    Choose("none", "No idea yet. Be the first.", {"3 New idea": "new_idea"}),
    title="Top ideas",
)

let_in = Flow(
    "let_in",
    Do("next_to_let_in", {"new_shown": "show", "nothing_new": "none"}),
    Choose("show", "{words}\nBy {author}, new here. May all see it?", {
        "1 Yes, it is fine": Pick("yes", "let_in"),
        "2 Staff shall look": Pick("no", "let_in"),
    }, long=True),
    Do("let_in", {"new_noted": "next_to_let_in", "nothing_new": "next_to_let_in"}),
    Choose("none", "Thank you. No more waits in your village now.", {}),
    title="New members say",
)  # fmt: skip

near_me = Flow(
    "near_me",
    Browse("item", "Rising near me", rows="near_ideas", then="idea", empty="none"),
    Choose("none", "Nothing is open in your village and your groups. Be the first.", {"3 New idea": "new_idea"}),
    title="Near me",
)

idea = Flow(
    "idea",
    Do("look_at_item", {"item_shown": "show", "no_item": "gone"}),
    Choose("show", "{words}\n{supporters} for{guests}, {groups} groups. {state}{answer}{lineage}", {
        "1 Support": Pick("for", "vote_here"),
        "2 Against": Pick("against", "vote_here"),
        "3 Say": "say_about",
        "4 Read": "read_comments",
        "5 Follow": "follow_here",
        "6 Report": "report",
        "7 Thank": "thank_here",
    }, long=True),
    Do("thank_here", THANKED),
    Tell("thanked", PASSED_ON),
    Do("vote_here", VOTED),
    Choose("counted", COUNTED, {
        "1 Tell a friend": "tell_friend",
        "2 Take it back": "take_back_here",
        "3 Build on it": When("can_be_built_on", "build_on"),
        "4 Who did": When("is_built_on", "built_on"),
    }),
    Do("take_back_here", {"taken_back": "taken_back", "stays_there": "stays", "no_item": "gone"}),
    Tell("stays", STAYS),
    Tell("taken_back", TAKEN_BACK),
    Tell("later", COUNTS_LATER),
    *FOLLOW,
    Tell("over", OVER),
    Tell("yours", YOURS),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
    Choose("gone", GONE, {}),
    title="An idea",
    takes=OF_AN_ITEM,
)  # fmt: skip

tell_friend = Flow(
    "tell_friend",
    Ask("friend", "Friend's phone? We send one SMS in your name.", Phone()),
    Do("tell_friend", {
        "friend_told": "sent",
        "yourself": Again("friend", "That is your own number."),
        "far_number": Again("friend", "A phone of this country, please."),
        "too_many": "enough",
        "no_item": "gone",
        "closed": "over",
        "rests": "rests",
    }),
    Tell("sent", "If ..{tail} takes such SMS, {number} goes there in your name, once."),
    Tell("enough", "You may tell {most} friends in a day. More tomorrow."),
    Tell("over", OVER),
    Tell("rests", RESTS),
    Choose("gone", GONE, {}),
    title="Tell a friend",
    private=True,  # the friend's number is no trace of ours
    takes=OF_AN_ITEM,
)  # fmt: skip

say_about = Flow(
    "say_about",
    Ask("words", "Say it in few words. Speak of the matter, not the person.", Words(74), options={"1 Send by SMS": "by_sms"}),
    Do("say_about", {"commented": "said", "held_words": "held", "no_item": "gone", "said_today": "enough", "rests": "rests"}),
    Tell("said", "Added to {number}. To take it back: read it, then 4; or SMS OFF {number}"),
    Tell("held", "Your words wait for a person, because of one word. Usually 1 day. Then you hear."),
    Tell("gone", GONE),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
    title="Say something",
    takes=OF_AN_ITEM,
)

talk_of_it = Flow(
    "talk_of_it",
    Choose("show", "What members say", {"1 Read": "read_comments", "2 Say": "say_about"}),
    title="What members say",
    takes=OF_AN_ITEM,
)

read_comments = Flow(
    "read_comments",
    Browse("comment", "What members say", rows="comments_on", then="look_at_comment", empty="none"),
    Do("look_at_comment", {"comment_shown": "show", "own_comment_shown": "own", "no_item": "none"}),
    Choose("show", "{from_name}: {said}", {"1 Vote for {item}": When("may_agree", "agree_here"), "3 Report": "why"}, long=True),
    Do("agree_here", {
        "counted": "counted", "counts_later": "later", "closed": "over", "no_item": "none", "own_item": "yours", "said_today": "enough", "rests": "rests",
    }),
    Tell("counted", COUNTED),
    Tell("later", COUNTS_LATER),
    Tell("over", OVER),
    Tell("yours", YOURS),
    Tell("rests", RESTS),
    Choose("own", "You said: {said}", {"4 Take it back": "take_words_back"}, long=True),
    Do("take_words_back", {"taken_back": "taken_back", "no_item": "none"}),
    Tell("taken_back", TAKEN_BACK),
    Choose("why", "Why report?", why("report_comment")),
    Do("report_comment", {"reported": "thanks", "no_item": "none", "said_today": "enough"}),
    Tell("thanks", REPORT_THANKS),
    Tell("enough", ENOUGH),
    Choose("none", "Nobody has said anything yet.", {}),
    title="What members say",
    takes=OF_AN_ITEM,
)  # fmt: skip

new_idea = Flow(
    "new_idea",
    Ask("words", "Say: I want .. so that ..", Words(), options={"1 Send by SMS": "by_sms"}),
    Do("look_for_same", {
        "same_found": "same",
        "nothing_alike": "how",
        "shared": "thanks",
        "shared_alike": "alike",
        "shared_later": "later",
        "too_many": "too_many",
        "rests": "rests",
    }),
    Tell("alike", "Idea {case} saved. Is it the same as {number} {title}? By SMS reply 1 yes, 2 no."),
    Browse("same", "Is it one of these?", rows="alike_ideas", then="me_too"),
    Do("me_too", {
        "counted": "counted", "counts_later": "counts_later", "mine_is_new": "how", "only_words": "only_words", "only_vote": "only_vote",
        "none_kept": "rests", "no_item": "gone",
    }),
    Tell("only_words", "Your words were added to it. Your vote there did not change."),
    Tell("only_vote", "Your vote counts. Your words could not be added now: say them to it tomorrow."),
    Tell("counted", COUNTED),
    Tell("counts_later", COUNTS_LATER),
    Choose("how", "Show your name?", {
        "1 Yes, be proud": Pick("name", "share_idea"),
        "2 Only my village": Pick("village", "share_idea"),
        "3 Hide me": Pick("sealed", "share_idea"),
    }),
    Do("share_idea", {"shared": "thanks", "shared_later": "later", "too_many": "too_many", "rests": "rests"}),
    Tell("thanks", "Idea {case} saved. Thank you, {name}. A person reads it in {days} days."),
    Tell("later", "Idea {case} saved. A person looks at it first, usually within 1 day. Then all can see it."),
    Tell("too_many", "That is {most} today, thank you. We have them all. More tomorrow."),
    Tell("gone", GONE),
    Tell("rests", RESTS),
    title="New idea",
)  # fmt: skip

my_ideas = Flow(
    "my_ideas",
    Browse("item", "My ideas", rows="my_ideas", then="my_idea", empty="none"),
    Choose("none", "You have no idea here yet.", {"3 New idea": "new_idea"}),
    title="My ideas",
)

HOW_IT_STANDS = "{words}\n{state} {day}. {supporters} for. {answer}"

my_idea = Flow(
    "my_idea",
    Do("look_at_mine", {"mine_shown": "show", "mine_closed": "over", "mine_joined": "joined", "mine_done": "my_case", "no_item": "gone"}),
    Choose("joined", "{words}\nJoined to {into} {title}, {supporters} for.", {
        "1 Look": "idea",
        "5 Not the same": "not_the_same",
    }, long=True),
    Do("not_the_same", {"apart_again": "apart", "no_item": "gone"}),
    Tell("apart", APART),
    Choose("show", HOW_IT_STANDS, {
        "1 It is done": When("may_finish", "finish_own"),
        "2 Read": "read_comments",
        "3 I do not agree": "words",
        "4 Take back": "take_back_here",
        "5 Change words": "better",
        "6 Good answer": When("may_say_good", "say_answer_good"),
    }, long=True),
    Do("say_answer_good", {"good_noted": "good", "no_item": "gone"}),
    Tell("good", "Noted, thank you. It stands beside the answer for those who gave it."),
    Do("finish_own", {"finished": "finished", "no_item": "gone"}),
    Tell("finished", "Thank you. {number} is over, and who spoke of it hears that it is done."),
    Choose("over", HOW_IT_STANDS, {"2 Read what they say": "read_comments", "6 Not right yet": When("may_reopen", "reopen_case")}, long=True),
    Do("reopen_case", {"open_again": "open_again", "no_item": "gone"}),
    Tell("open_again", "It is open again. A person looks at it."),
    Ask("better", "Say it anew. At most 160 letters.", Words()),
    Do("reword", {
        "reworded": "reworded",
        "looked_at_anew": "looked_at_anew",
        "spoken_of": "spoken_of",
        "changed_often": "often",
        "not_declined": "not_declined",
        "held_words": "held",
        "no_item": "gone",
        "rests": "rests",
    }),
    Tell("looked_at_anew", "Thank you. A person reads your new words in 3 days. If they are fine, all see them."),
    Tell("often", "It was changed {most} times in a day. Please go on tomorrow."),
    Tell("reworded", "Changed, thank you. {number} says it in your new words."),
    Tell("spoken_of", "Others have voted or spoken: what they read stays. To say more about it: its number, then 3."),
    Ask("words", "Why should we look again? At most 74 letters. Who sees it can read them.", Words(74)),
    Do("object_to_no", {
        "objected": "objected",
        "not_declined": "not_declined",
        "held_words": "held",
        "no_item": "gone",
        "said_today": "enough",
        "rests": "rests",
    }),
    Tell("objected", "Noted. A person looks at it once more, with your reason, in 3 days."),
    Tell("not_declined", "That is for what was answered with no, and once. To say more: its number, then 3."),
    Tell("held", "Your words wait for a person, because of one word. Usually 1 day. Then you hear."),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
    Do("take_back_here", {"taken_back": "taken_back", "stays_there": "stays", "no_item": "gone"}),
    Tell("stays", STAYS),
    Tell("taken_back", TAKEN_BACK),
    Choose("gone", GONE, {}),
    title="My idea",
    takes=OF_AN_ITEM,
)  # fmt: skip
