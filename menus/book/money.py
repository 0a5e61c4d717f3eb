"""My money: the balance, the last five, and what to do when something is wrong."""

from menus.answers import HiddenWords, Words
from menus.book.shortcuts import FULL, KEPT
from menus.screens import Ask, Browse, Choose, Do, Flow, Pick, Tell, When

TEXTS_ENOUGH = "That is many SMS for one day. Please read it on the screen, or ask again tomorrow."

money = Flow(
    "money",
    Choose("show", "My money", {
        "1 Balance": "balance",
        "2 Last 5": "last_five",
        "3 My deliveries": "deliveries",
        "4 Advance": "loans",
        "5 Statement by SMS": "statement",
        "6 Something is wrong": "wrong",
    }),
    title="My money",
)  # fmt: skip

balance = Flow(
    "balance",
    Choose(
        "show",
        "You have {balance}\nOn the way out: {held}\nYou can still send {day_left} today.{besides}",
        {
            "1 Explain": "explain",
            "2 SMS me": "text_balance",
        },
        long=True,
    ),
    Choose(
        "explain",
        "On the way out: set aside, until it is paid or comes back. A day has a limit, so that a thief cannot take all. Milk due is paid on payday; a loan is "
        "what you owe; points are thanks that you can use.",
        {},
        long=True,
    ),
    Do("text_balance", {"on_its_way": "on_its_way", "enough": "enough"}),
    Tell("on_its_way", "The SMS is on its way. It is free for you."),
    Tell("enough", TEXTS_ENOUGH),
    title="Balance",
)

statement = Flow(
    "statement",
    Choose("months", "Statement by SMS, free", {"1 This month": Pick("this", "text_statement"), "2 Last month": Pick("last", "text_statement")}),
    Do("text_statement", {"parts": "coming", "nothing_due": "nothing", "enough": "enough"}),
    Tell("coming", "Your statement is on its way: {parts} SMS, free for you."),
    Tell("nothing", "Nothing moved in that month."),
    Tell("enough", TEXTS_ENOUGH),
    title="Statement by SMS",
)

last_five = Flow(
    "last_five",
    Browse("payment", "Last 5", rows="last_five", then="look_at"),
    Do("look_at", {"seen": "detail", "not_yours": "gone"}),
    Choose("detail", "{day} {time} {signed_amount} {other}\nFee {fee}. Left {after}\nRef {ref}", {
        "1 SMS me": "text_payment",
        "2 This is wrong": "what",
        "3 Do it again": When("can_repeat", "pay_again"),
        "4 Make a shortcut": When("can_repeat", "keep_shortcut"),
    }, long=True),
    Do("pay_again", {"prepared": "agree", "gone": "gone"}),
    Do("keep_shortcut", {"kept_shortcut": "kept", "too_many_shortcuts": "full", "gone": "gone"}),
    Tell("kept", KEPT),
    Tell("full", FULL),
    Do("text_payment", {"on_its_way": "on_its_way", "not_yours": "gone", "enough": "enough"}),
    Tell("on_its_way", "The SMS is on its way. It is free for you."),
    Tell("enough", TEXTS_ENOUGH),
    Choose("what", "What happened?", {
        "1 Wrong amount": Pick("wrong_amount", "open_case"),
        "2 Wrong person": Pick("wrong_person", "open_case"),
        "3 It was not me": Pick("not_me", "open_case"),
        "4 Money is missing": Pick("missing", "open_case"),
        "5 I will type it": Pick("in_words", "words"),
    }),
    Ask("words", "What happened? Type it in a few words.", Words(), options={"1 Send by SMS": "by_sms"}),
    Do("open_case_in_words", {"opened": "opened", "too_many": "too_many", "not_yours": "gone"}),
    Do("open_case", {"opened": "opened", "too_many": "too_many", "not_yours": "gone"}),
    Tell("opened", "Case {case} opened. A person looks within {hours} hours. You are asked before it is closed."),
    Tell("too_many", "That is {most} today, thank you. We have them all. More tomorrow."),
    Tell("gone", "We do not find that payment. Please dial again."),
    title="Last 5",
)  # fmt: skip

wrong = Flow(
    "wrong",
    Choose("about", "What is wrong?", {
        "1 A payment": "last_five",
        "2 My cases": When("has_cases", "my_cases"),
        "5 Something else": "words",
        "6 Without my name": "sealed",
        "7 Is it only you?": When("incident_live", "only_you"),
    }),
    Ask("words", "What is wrong? Type it in a few words.", Words(), options={"1 Send by SMS": "by_sms"}),
    Do("say_what_is_wrong", {"opened": "opened", "opened_here": "here", "too_many": "too_many"}),
    Tell("opened", "Case {case} opened. A person looks within {hours} hours. You are asked before it is closed."),
    Choose("here", "Case {case} opened. A person looks within {hours} hours. You are asked before it is closed.", {"1 Let all see it": "show_to_all"}),
    Tell("too_many", "That is {most} today, thank you. We have them all. More tomorrow."),
    title="Something is wrong",
    private=True,
)  # fmt: skip

sealed = Flow(
    "sealed",
    Do("may_seal", {"can_seal": "show", "cannot_seal": "not_now"}),
    Choose("show", "Staff read it mixed with words of 2 others, no names. Only two of the board can open a name.", {
        "1 Write": "words",
        "2 How sure is it?": "sure",
    }, resume="never"),
    Choose(
        "sure",
        "We keep no call and no number with it. Your network sees what you type, and how you write may tell who you are. So write nothing that only you "
        "can know. It can take days until two others write. In danger? Let us call you: 6, 1, 3.",
        {"1 Write": "words"},
        long=True,
        resume="never",
    ),
    Ask("words", "Your words, at most 60 letters. No name of yours.", HiddenWords(60), resume="never"),
    Do("seal_words", {"sealed": "kept", "not_taken_now": "not_taken"}),
    Tell("kept", "Kept: {number}. Write the number down, only you have it. Dial, type it at home, and see what became of it."),
    Tell("not_taken", "It cannot be taken now. Please try again another day, or let us call you: 6, 1, 3."),
    Choose("not_now", "This is not open now: two of the board must hold the keys. Or let us call you: 6, 1, 3.", {}, resume="never"),
    title="Without my name",
    private=True,
)  # fmt: skip
