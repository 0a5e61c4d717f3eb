"""Polls and quizzes: one question after the other, each answer saved at once."""

from menus.screens import Browse, Choose, Do, Flow, Tell

ASKED_BY_SMS = "{at}/{questions} {asked} {numbered} 5 not sure"
DONE_BY_SMS = "Thank you, all is saved: {title}. {answered} have answered so far. What came of it: dial {code_polls}"
OVER = "This one is over. What came of it: 5, 5, 3."

polls = Flow(
    "polls",
    Choose("show", "Polls", {"1 Answer one": "poll", "3 Results": "result"}),
    Browse("poll", "Which? > last day", rows="open_polls", then="next_of_poll", empty="none"),
    Do("next_of_poll", {"poll_asked": "choice", "poll_done": "done", "poll_over": "over"}),
    Browse("choice", "{at}/{questions} {asked}", rows="poll_choices", then="answer_poll"),
    Do("answer_poll", {"poll_saved": "next_of_poll", "poll_over": "over"}),
    Choose("done", "Thank you, all is saved: {title}. {answered} have answered so far.", {"1 So far": "poll_result", "2 Say a statement": "own_statement"}),
    Browse("result", "Results of which one?", rows="polls_with_results", then="poll_result", empty="none"),
    Choose("none", "No poll now. Have an idea? 5, 3.", {}),
    Choose("over", OVER, {}),
    title="Polls",
)

poll_result = Flow(
    "poll_result",
    Do("results_of", {"results_shown": "shown", "results_later": "later", "poll_over": "over"}),
    Choose("shown", "{title}, {answered} answered. {poll_results}", {"1 Women and men": "by_sex", "2 Villages": "by_village"}, long=True),
    Choose("by_sex", "{poll_by_sex}", {}, long=True),
    Choose("by_village", "{poll_by_village}", {}, long=True),
    Choose("later", "It is seen when {fewest} have answered: if you have too, or at its end.", {"1 Answer one": "polls"}),
    Choose("over", OVER, {}),
    title="What came of a poll",
    takes=("result",),
)

quiz = Flow(
    "quiz",
    Do("next_of_quiz", {"quiz_asked": "choice", "quiz_done": "done", "no_quiz": "none"}),
    Browse("choice", "{at}/{questions} {asked}", rows="poll_choices", then="guess"),
    Do("guess", {"guessed_right": "right", "guessed_wrong": "wrong", "no_quiz": "none"}),
    Choose("right", "Yes, that is right: {is_so}.", {"1 Next": "next_of_quiz"}),
    Choose("wrong", "Not quite. It is: {is_so}. Now you know.", {"1 Next": "next_of_quiz"}),
    Tell("done", "{title}: {right} of {questions} were right. Thank you for taking part. A new one comes some day."),
    Choose("none", "No quiz now. Look again another day.", {}),
    title="Quiz",
)
