"""Build on what somebody else has said: one's own idea or tip that grows out of theirs."""

from menus.answers import Words
from menus.book.help import BY_KIND
from menus.book.ideas import GONE, OF_AN_ITEM, RESTS
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Tell

build_on = Flow(
    "build_on",
    Ask("words", "Say it your way: what is new in yours? It stands beside theirs.", Words()),
    Do(
        "build_on",
        {
            "built_on": "done",
            "built_later": "later",
            "tip_too_long": Again("words", "A tip has at most {most} letters."),
            "too_many": "too_many",
            "rests": "rests",
            "no_item": "gone",
        },
    ),
    Tell("done", "Yours is {number}. Thank you! Whose it was first can see it beside theirs."),
    Tell("later", "Yours is {number}. It is looked at first, then all can see it."),
    Tell("too_many", "That is {most} today, thank you. We have them all. More tomorrow."),
    Tell("rests", RESTS),
    Choose("gone", GONE, {}),
    title="Build on it",
    takes=OF_AN_ITEM,
)

built_on = Flow(
    "built_on",
    Browse("item", "Built on it", rows="built_on", then="open_item", empty="none"),
    Do("open_item", BY_KIND),
    Choose("none", "Nobody has built on it yet.", {}),
    title="Built on it",
    takes=OF_AN_ITEM,
)
