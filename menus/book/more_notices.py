"""What we say without being asked about what groups lend, decide and learn, and about what grows out of what."""

from __future__ import annotations

from menus.book.widths import AMOUNT, DAY, NAME, NUMBER, PLACE, REF, TITLE
from menus.notice import sms as _sms

DECIDED = _sms("decided", "{place} met on {day} and decided: {words}", place=PLACE, day=DAY, words="x" * 74)
WHAT_WAS_DECIDED = _sms("what_was_decided", "{place} has met. What was decided? Write it down and all hear it: dial {code}", place=PLACE,
                        code="*384*20417*3*5*98*6*98*7#")  # fmt: skip
LOAN_ASKED = _sms("loan_asked", "{name} asks {place} for a loan of {amount}. Two of you must say yes: My group, 2, 6, 3.",
                  name=NAME, place=PLACE, amount=AMOUNT)  # fmt: skip
LOAN_LENT = _sms("loan_lent", "{place} lends you {amount}. You have {balance}. Pay it back by {narrative}: My group, 2, 6, 2. Ref {ref}",
                 place=PLACE, amount=AMOUNT, balance=AMOUNT, narrative=DAY, ref=REF)  # fmt: skip
LOAN_NOT_NOW = _sms("loan_not_now", "{place} does not lend {amount} now. It is nobody's judgement of you. Speak with your leader.", place=PLACE, amount=AMOUNT)
LOAN_FAILED = _sms("loan_failed", "The loan of {amount} from {place} could not be paid out. You owe nothing. Ask again: My group, 2, 6.",
                   place=PLACE, amount=AMOUNT)  # fmt: skip
LOAN_DUE = _sms("loan_due", "What {place} lent you is due {day}. Pay back: My group, 2, 6, 2. Cannot? Speak with your leader first.", place=PLACE, day=DAY)
COURSE_PART = _sms("course_part", "{title} {part}/{parts}: {words}. Did you do it? 1 yes, 2 no. Tip {number}",
                   title="x" * 16, part="7", parts="7", words="x" * 76, number=NUMBER)  # fmt: skip
COURSE_PART_SHARED = _sms(
    "course_part_shared", "{title} {part}/{parts}: {words}. Tip {number}", title="x" * 16, part="7", parts="7", words="x" * 76, number=NUMBER
)
COURSE_YES = _sms("course_yes", "Well done! You know it better? Read the tip by its number and fix it. More tips: dial {code}", code="*384*20417*4*2#")
COURSE_NO = _sms("course_no", "That happens. Others know how: read the tip by its number, then Talk. Or ask: dial {code}", code="*384*20417*4*2#")
KIND_STEP = _sms("kind_step", "{number} {title}: {said} More: dial {code}", number="12345", title=TITLE, said="x" * 60, code="*384*20417*12345#")
KIND_DONE = _sms("kind_done", "{number} {words}: {said} Is it good? Reply 1 yes, 2 no", number="12345", words=TITLE, said="x" * 60)
BUILT_ON = _sms("built_on", "{name} built on your {number}: {words}. Read it: dial {code}", name=NAME, number="12345", words="x" * 44, code="*384*20417*12345#")
COME_INSTEAD = _sms(
    "come_instead", "{name} {phone} asks you to come instead: {what}, {day}. Reply 1 yes, 2 no", name=NAME, phone="0712345678", what="x" * 20, day=DAY
)
COMES_INSTEAD = _sms("comes_instead", "{name} comes instead of you: {what}, {day}. You are free.", name=NAME, what="x" * 20, day=DAY)
COMES_NOT_INSTEAD = _sms("comes_not_instead", "{name} cannot come instead of you: {what}, {day}. The place is still yours.", name=NAME, what="x" * 20, day=DAY)
