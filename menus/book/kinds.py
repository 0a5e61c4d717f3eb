"""Things of kinds that an organisation has made for itself: read them, tell one, look at one's own."""

from menus.answers import Words
from menus.book.ideas import GONE
from menus.screens import Ask, Browse, Choose, Do, Flow, Tell

own_kinds = Flow(
    "own_kinds",
    Browse("kind", "What is it?", rows="own_kinds", then="look_at_kind", empty="none"),
    Do("look_at_kind", {"kind_shown": "show", "no_kind": "none"}),
    Choose("show", "{kind_label}", {"1 Read": "item", "2 Tell one": "words", "3 Mine": "my_told"}),
    Browse("item", "The newest", rows="of_this_kind", then="idea", empty="nothing"),
    Choose("nothing", "Nothing yet. Be the first.", {"2 Tell one": "words"}),
    Ask("words", "{kind_ask}", Words(), options={"1 Send by SMS": "by_sms"}),
    Do("tell_own", {"told_own": "told", "own_held": "held", "told_enough": "enough", "no_kind": "none"}),
    Tell("told", "Kept as {number}, thank you. All can see it. To take it back SMS OFF {number}"),
    Tell("held", "Kept as {number}. It waits for a person, usually 1 day. Then you hear."),
    Tell("enough", "That is {most} today, thank you. More tomorrow."),
    Choose("none", GONE, {}),
    title="Other things",
)

my_told = Flow(
    "my_told",
    Browse("item", "Mine", rows="mine_of_kind", then="my_idea", empty="none"),
    Choose("none", "You have told nothing yet.", {}),
    title="Mine",
    takes=("kind",),
)
