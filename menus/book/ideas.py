"""Ideas: say one, and hear that it was heard."""

from menus.answers import Words
from menus.screens import Ask, Choose, Do, Flow, Tell

ideas = Flow(
    "ideas",
    Choose("show", "Ideas and votes", {"3 New idea": "new_idea"}),
    title="Ideas and votes",
)

new_idea = Flow(
    "new_idea",
    Ask("words", "What is your idea? Type it in a few words.", Words(), options={"1 Send by SMS": "by_sms"}),
    Do("share_idea", {"shared": "thanks", "too_many": "too_many"}),
    Tell("thanks", "Idea {case} saved. Thank you, {name}. A person reads it in {days} days."),
    Tell("too_many", "That is {most} today, thank you. We have them all. More tomorrow."),
    title="New idea",
)
