"""News of the village: read them, say whether they are true, send some."""

from menus.answers import Words
from menus.book.following import FOLLOW
from menus.book.helping import HELD
from menus.book.ideas import ENOUGH, GONE, OF_AN_ITEM, PASSED_ON, RESTS, THANKED, YOURS
from menus.screens import Ask, Browse, Choose, Do, Flow, Pick, Tell

news = Flow(
    "news",
    Choose("show", "Village news", {"1 Read news": "item", "4 Send news": "send_news"}),
    Browse("item", "News", rows="village_news", then="one_news", empty="none"),
    Choose("none", "No news now.", {"4 Send news": "send_news"}),
    title="Village news",
)

one_news = Flow(
    "one_news",
    Do("look_at_news", {"news_shown": "show", "no_item": "gone"}),
    Choose("show", "{words}\n{from_name}, {village}: {badge}", {
        "1 True, I saw it": Pick("for", "say_if_true_here"),
        "2 Not true": Pick("against", "say_if_true_here"),
        "3 Report": "report",
        "4 Talk": "talk_of_it",
        "7 Thank": "thank_here",
    }, long=True),
    *FOLLOW,
    Do("thank_here", THANKED),
    Tell("thanked", PASSED_ON),
    Do("say_if_true_here", {"saw_it": "counted", "own_item": "yours", "said_today": "enough", "rests": "rests", "no_item": "gone"}),
    Choose("counted", "Counted: {saw} saw it, {not_true} say it is not true.", {"5 Follow": "follow_here"}),
    Tell("yours", YOURS),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
    Choose("gone", GONE, {}),
    title="Village news",
    takes=OF_AN_ITEM,
)  # fmt: skip

send_news = Flow(
    "send_news",
    Ask("words", "What happened, where, when? At most 74 letters.", Words(74), options={"1 Send by SMS": "by_sms"}),
    Do("send_news", {"news_saved": "saved", "news_held": "held", "too_much_news": "enough", "rests": "rests"}),
    Tell("saved", "News {number} goes out as: not checked. Others say if they saw it too."),
    Tell("held", HELD),
    Tell("enough", ENOUGH),
    Tell("rests", RESTS),
    title="Send news",
)
