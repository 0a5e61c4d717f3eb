"""What changed because members said so, and what comes next: good or not, bring the old back, try it, wait first."""

from menus.book.ideas import RESTS
from menus.screens import Browse, Choose, Do, Flow, Pick, Tell

what_changed = Flow(
    "what_changed",
    Choose("show", "What changed", {"1 What was done": "changed", "4 Coming next": "coming"}),
    Browse("changed", "Done, because you said so", rows="what_changed", then="look_at_change", empty="none"),
    Do("look_at_change", {"change_shown": "detail", "no_item": "none"}),
    Choose("detail", "{title}, {day}\nIdea by {author}. Votes: {supporters}{came}", {
        "1 Good": Pick("good", "judge_change"),
        "2 Not good": Pick("not_good", "judge_change"),
        "3 Bring the old back": "bring_back",
    }, long=True),
    Do("judge_change", {"judged": "judged", "no_item": "none", "rests": "rests"}),
    Tell("judged", "Thank you. {good} say good, {not_good} say not good. Can it be better? Say it: 5, 3."),
    Do("bring_back", {"back_noted": "back", "no_item": "none", "rests": "rests"}),
    Tell("back", "Noted. {backs} want the old back. From {wanted} on a person answers in {days} days, and you find it under 9."),
    Browse("coming", "Coming next", rows="what_comes", then="idea_coming", empty="nothing"),
    Do("idea_coming", {"coming_shown": "planned", "trial_shown": "trial", "item_shown": "next", "no_item": "nothing"}),
    Choose("planned", "{words}\nBy {day}. {owner} sees to it. Cost: {cost}. {supporters} for.", {
        "1 I try it": "try_it",
        "2 Wait, talk first": "wait_first",
        "3 More": "idea",
    }, long=True),
    Choose("trial", "{words}\n{tries} try it till {day}. {owner} sees to it. It stops if: {stop}.{expected}", {
        "1 I try it": "try_it",
        "2 Wait, talk first": "wait_first",
        "3 More": "idea",
    }, long=True),
    Choose("next", "{words}\n{supporters} for, {groups} groups. {state}{answer}", {
        "1 I try it": "try_it",
        "2 Wait, talk first": "wait_first",
        "3 More": "idea",
    }, long=True),
    Do("try_it", {"tries_it": "tries", "no_item": "nothing", "rests": "rests"}),
    Tell("tries", "You are one of the first: {tries} try it. You hear under 9 when it begins, and can say wait here any time."),
    Do("wait_first", {"wait_noted": "wait", "no_item": "nothing", "rests": "rests"}),
    Tell("wait", "Noted: {waits} say wait. When many do, it stops until a person has answered. You find the answer under 9."),
    Tell("rests", RESTS),
    Choose("none", "Nothing has changed yet. New ideas: 5, 3.", {}),
    Choose("nothing", "Nothing is planned yet.", {}),
    title="What changed",
)  # fmt: skip
