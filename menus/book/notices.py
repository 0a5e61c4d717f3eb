"""What we say without being asked on a screen: receipts, warnings, questions, and true endings when a turn fails.

Each notice names its words with the longest value of each, so that the check can measure it in every language.
"""

from __future__ import annotations

from menus.book import more_notices
from menus.book.polls import ASKED_BY_SMS, DONE_BY_SMS
from menus.book.widths import AMOUNT, CODE, DAY, GIVER, NAME, NARRATIVE, NUMBER, PLACE, REF, STATE, TIME, TITLE
from menus.notice import Notice
from menus.notice import sms as _sms


def _ending(name: str, text: str, /, **words: str) -> Notice:
    return Notice(name, text, words, screen=True)


SENT = _sms("sent", "{amount} sent to {to_name} {day} {time}. Fee {fee}. You have {balance}. Ref {ref}. Wrong? WRONG {ref}",
            amount=AMOUNT, to_name=NAME, day=DAY, time=TIME, fee=AMOUNT, balance=AMOUNT, ref=REF)  # fmt: skip
RECEIVED = _sms("received", "{amount} from {from_name} {day} {time}. You have {balance}. Ref {ref}.",
                amount=AMOUNT, from_name=NAME, day=DAY, time=TIME, balance=AMOUNT, ref=REF)  # fmt: skip
NOT_SENT = _sms("not_sent", "{amount} to {to_name} was not sent, and nothing was taken from you. You have {balance}. Ref {ref}.",
                amount=AMOUNT, to_name=NAME, balance=AMOUNT, ref=REF)  # fmt: skip
PAID = _sms("paid", "{amount} paid to {place} {day} {time}. Fee {fee}. You have {balance}. Ref {ref}. Wrong? WRONG {ref}",
            amount=AMOUNT, place=PLACE, day=DAY, time=TIME, fee=AMOUNT, balance=AMOUNT, ref=REF)  # fmt: skip
BILL_PAID = _sms("bill_paid", "{amount} paid to {place} for {narrative} {day} {time}. Fee {fee}. You have {balance}. Ref {ref}. Wrong? WRONG {ref}",
                 amount=AMOUNT, place=PLACE, narrative="X" * 16, day=DAY, time=TIME, fee=AMOUNT, balance=AMOUNT, ref=REF)  # fmt: skip
BILL_RECEIVED = _sms("bill_received", "{amount} from {from_name} for {narrative} {day} {time}. You have {balance}. Ref {ref}.",
                     amount=AMOUNT, from_name=NAME, narrative="X" * 16, day=DAY, time=TIME, balance=AMOUNT, ref=REF)  # fmt: skip
WITHDRAWN = _sms("withdrawn", "{amount} taken out at {place} {day} {time}. Fee {fee}. You have {balance}. Ref {ref}. Not you? WRONG {ref}",
                 amount=AMOUNT, place=PLACE, day=DAY, time=TIME, fee=AMOUNT, balance=AMOUNT, ref=REF)  # fmt: skip
PAY_OUT = _sms("pay_out", "Pay out {amount} in cash to {from_name} (..{tail}) now. Your float is {balance}. Ref {ref}.",
               amount=AMOUNT, from_name=NAME, tail="001", balance=AMOUNT, ref=REF)  # fmt: skip
CASHED_IN = _sms("cashed_in", "{amount} paid in at {from_name} {day} {time}. You have {balance}. Ref {ref}. Not right? WRONG {ref}",
                 amount=AMOUNT, from_name=PLACE, day=DAY, time=TIME, balance=AMOUNT, ref=REF)  # fmt: skip
AIRTIME = _sms("airtime", "Airtime {amount} is on phone {narrative}. You have {balance}. Ref {ref}.",
               amount=AMOUNT, narrative="..001", balance=AMOUNT, ref=REF)  # fmt: skip
AIRTIME_FAILED = _sms("airtime_failed", "Airtime {amount} did not arrive, so you keep your money. Ref {ref}. Try again: dial {code}",
                      amount=AMOUNT, ref=REF, code="*384*20417*2*3#")  # fmt: skip
PRODUCE = _sms("produce", "{narrative} {day}: {amount}. Due to you {balance}. Ref {ref}. Wrong? Dial {code}",
               narrative=NARRATIVE, day=DAY, amount=AMOUNT, balance=AMOUNT, ref=REF, code="*384*20417*1*3#")  # fmt: skip
CORRECTED = _sms("corrected", "Your delivery was corrected: {amount} less. Due to you {balance}. Ref {ref}. Wrong? WRONG {ref}",
                 amount=AMOUNT, balance=AMOUNT, ref=REF)  # fmt: skip
PAYDAY = _sms("payday", "Your produce money {amount} is in your savings {day}. You have {balance}. Ref {ref}.",
              amount=AMOUNT, day=DAY, balance=AMOUNT, ref=REF)  # fmt: skip
ADVANCE = _sms("advance", "Advance {amount} is yours, without interest. It is paid back from your produce money. You have {balance}. Ref {ref}.",
               amount=AMOUNT, balance=AMOUNT, ref=REF)  # fmt: skip
REPAID = _sms("repaid", "{amount} paid back on your advance. Still owed: {owed}. Ref {ref}.", amount=AMOUNT, owed=AMOUNT, ref=REF)
REWARD = _sms("reward", "Asante! You got {amount}: {narrative}. You have {balance}. Ref {ref}.", amount=AMOUNT, narrative="x" * 40, balance=AMOUNT, ref=REF)
GAVE_BACK = _sms("gave_back", "{amount} went back to {to_name} {day} {time}. You have {balance}. Ref {ref}.",
                 amount=AMOUNT, to_name=NAME, day=DAY, time=TIME, balance=AMOUNT, ref=REF)  # fmt: skip
GOT_BACK = _sms("got_back", "{amount} came back to you from {from_name} {day} {time}. You have {balance}. Ref {ref}.",
                amount=AMOUNT, from_name=NAME, day=DAY, time=TIME, balance=AMOUNT, ref=REF)  # fmt: skip
ASKED_BACK = _sms("asked_back", "{from_name} says {amount} came to you by mistake {day}. {held_back} is held. Dial {code_nine}: give it back, or say no.",
                  from_name=NAME, amount=AMOUNT, held_back=AMOUNT, day=DAY, code_nine="*384*20417*9#")  # fmt: skip
NOT_GIVEN_BACK = _sms("not_given_back", "{from_name} did not agree to give back {amount}. A person at {coop} looks at it now. Ref {ref}.",
                      from_name=NAME, amount=AMOUNT, coop="Pamoja SACCO", ref=REF)  # fmt: skip
STANDING_FAILED = _sms("standing_failed", "Your repeat payment of {amount} to {place} was not made: not enough money. Next try {day}. Stop it: dial {code}",
                       amount=AMOUNT, place=PLACE, day=DAY, code="*384*20417*2*7#")  # fmt: skip
CASH_ASKED = _sms("cash_asked",
                  "Take out {amount} at {place}? Dial {code_nine} and enter PIN to agree. Not you? Do nothing, and nothing moves. Ends in {minutes} min.",
                  amount=AMOUNT, place=PLACE, code_nine="*384*20417*9#", minutes="30")  # fmt: skip
NOT_AGREED = _sms("not_agreed", "{amount} for {place} was not agreed to in {minutes} minutes, so nothing moved. Ask for it again any time, or dial {code}",
                  amount=AMOUNT, place=PLACE, minutes="30", code=CODE)  # fmt: skip
BALANCE = _sms("balance", "You have {balance}. {day} {time}. More: dial {code}", balance=AMOUNT, day=DAY, time=TIME, code=CODE)
PAYMENT = _sms("payment", "{day} {time}: {signed_amount} {other}. Fee {fee}. You had {after}. Ref {ref}.",
               day=DAY, time=TIME, signed_amount="+" + AMOUNT, other="to " + NAME, fee=AMOUNT, after=AMOUNT, ref=REF)  # fmt: skip
PIN_CHANGED = _sms("pin_changed", "Your PIN was changed {day} {time}. If it was not you, visit the office now.", day=DAY, time=TIME)
PIN_LOCKED = _sms("pin_locked", "Your PIN was typed wrong too often and is locked until {until}. Not you? Visit the office.", until="23 Nov 23:59")
NOW_A_GUARDIAN = _sms("now_a_guardian", "{name} (..{tail}) made you a guardian. If {name} forgets the PIN we ask you. It starts in 24 h. Never ask for a PIN.",
                      name=NAME, tail="001")  # fmt: skip
NO_MORE_GUARDIAN = _sms("no_more_guardian", "{name} (..{tail}) takes you off as a guardian. It ends in 24 h. Was it not {name}? Tell them.",
                        name=NAME, tail="001")  # fmt: skip
GUARDIAN_ASK = _sms("guardian_ask", "{name} (..{tail}) forgot the PIN and named you. Speak to {name} first. Then dial {code} to say yes. Never share codes.",
                    name=NAME, tail="001", code="*384*20417*6*5*3#")  # fmt: skip
GUARDIANS_AGREED = _sms("guardians_agreed", "Two guardians said yes, {name} the last. Choose your new PIN: dial {code}. Was it not you? Visit the office now.",
                        name=NAME, tail="001", code="*384*20417*6*5*4#")  # fmt: skip
OFFICE_OPENED = _sms("office_opened", "You were at {coop} with your ID for a new PIN. Choose it: dial {code}. Was it not you? Come or call us now.",
                     coop="Pamoja SACCO", code="*384*20417*6*5*4#")  # fmt: skip
NEW_PIN_AT_OFFICE = _sms("new_pin_at_office", "{name} (..{tail}) got a new PIN at our office. It works from {until}. Is that a thief? Call us.",
                         name=NAME, tail="001", until=f"{DAY} {TIME}")  # fmt: skip
CHOSE_NEW_PIN = _sms("chose_new_pin", "{name} (..{tail}) chose a new PIN with your help. It works from {until}. Was it not {name}? Tell the office now.",
                     name=NAME, tail="001", until="23 Nov 23:59")  # fmt: skip
NEW_PIN = _sms("new_pin", "Your new PIN works from {until}, to keep you safe. Was it not you? Visit the office now.", until="23 Nov 23:59")
WELCOME = _sms("welcome", "Karibu {name}! Your member code is {member_code}. Dial {code} any time, or SMS HELP. Never tell anybody your PIN.",
               name=NAME, member_code="12345", code=CODE)  # fmt: skip

WHY_MOST = 68  # letters of an answer that an SMS asks about: staff write no longer ones
YOURS_STATE = _sms("yours_state", "Your {number} {title}: {state}. We tell you when it goes on.", number=NUMBER, title=TITLE, state=STATE)
YOURS_WITH_ANSWER = _sms("yours_with_answer", "Your {number} {title}: {state}. {answer}. Reply 1 good, 2 I do not agree", number=NUMBER, title=TITLE,
                         state=STATE, answer="x" * WHY_MOST)  # fmt: skip
YOURS_READ = _sms("yours_read", "Your {number} {title}: {state}. {answer}", number=NUMBER, title=TITLE, state=STATE, answer="x" * 100)
YOURS_NOT_SHOWN = _sms(
    "yours_not_shown", "Your {number} {title} is not shown: {answer}. Say it better: dial {code}", number=NUMBER, title=TITLE,
    answer="x" * WHY_MOST, code="*384*20417*5*4#",
)  # fmt: skip
ANSWER_IS_GOOD = _sms("answer_is_good", "Thank you. It is noted under {number}.", number=NUMBER)
ANSWER_IS_NOT = _sms("answer_is_not", "Noted under {number}: you do not agree. Say why, all can read it: SMS SAY {number} and your words.", number=NUMBER)
LOOK_ONCE_MORE = _sms("look_once_more", "Noted: a person looks at {number} once more in 3 days. Say why: SMS SAY {number} and your words.", number=NUMBER)
YOURS_DONE = _sms("yours_done", "Done: your {number} {words}. Is it good? Reply 1 yes, 2 not yet. Thank you for it.", number=NUMBER, words=TITLE)
YOURS_DECLINED = _sms("yours_declined", "{number} {title}: not now. {answer}. 1 good, 2 I disagree. {count} votes more: we look again.",
                      number=NUMBER, title=TITLE, answer="x" * WHY_MOST, count="9999")  # fmt: skip
PLANNED_TOLD = _sms("planned_told", "{title}, that you spoke about, is planned for {day}. {owner} sees to it. More: dial {code}", title=TITLE, day=DAY,
                    owner="x" * 30, code="*384*20417*12345#")  # fmt: skip
ALSO_DONE = _sms("also_done", "Done: {title}, {day}. {count} of you were for it. Is it good? Reply 1 yes, 2 no. Asante!", title=TITLE, day=DAY, count="9999")
DONE = _sms("done", "Done: {title}, {day}, because {count} of you wanted it. Idea by {name}. Is it good? Reply 1 yes, 2 no. Asante!",
            title=TITLE, day=DAY, count="9999", name="x" * 14)  # fmt: skip
FOUND_GOOD = _sms("found_good", "Counted, thank you. What else changed: dial {code}", code="*384*20417*5*6#")
FOUND_BAD = _sms(
    "found_bad", "Counted. When a tenth of those who wanted it say so, it is opened again. What is wrong? Say it: dial {code}", code="*384*20417*5*6#"
)
CASE_STAYS = _sms("case_stays", "{number} is not shown to all: {why}. It stays between us, and we go on with it.", number=NUMBER, why="x" * WHY_MOST)
PUT_RIGHT = _sms(
    "put_right", "Put right: {title}, {day}. {count} of you had it, thank you. Is it right? Reply 1 yes, 2 no.", title=TITLE, day=DAY, count="9999"
)
WORKS_AGAIN = _sms("works_again", "{title} works again, {day}. {count} of you told us: thank you. Still not? Dial {code}",
                   title=TITLE, day=DAY, count="9999", code="*384*20417*6*1*2#")  # fmt: skip
FRIEND = _sms("friend", "{name} asks you to look at this in {coop}: {title}. Yours too? Dial {code} No more of these? Reply STOP",
              name=NAME, coop="x" * 12, title=TITLE, code="*384*20417*12345#")  # fmt: skip
MERGED = _sms("merged", "Your {number} is joined to {into} {words}, with {count} for it. Your words moved too. Not the same? Reply NO",
              number=NUMBER, into=NUMBER, words=TITLE, count="9999")  # fmt: skip
CASE_FIXED = _sms("case_fixed", "Case {number}: we say it is put right. Reply 1 yes, 2 not yet. Only you close it. 2 puts you first in line.", number=NUMBER)
CAN_DO = _sms("can_do", "{name}, {phone}, can do what you need: {title}. Call them. When it is done say so: dial {code}, 3",
              name=NAME, phone="0712345678", title=TITLE, code="*384*204179*5*98*4#")  # fmt: skip
MAY_THEY_CALL = _sms("may_they_call", "{name}, whom you answered on {words}, would like to call you. Reply 1 yes, they get your number; 2 no, nobody is told.",
                     name=NAME, words=TITLE)  # fmt: skip
CALL_THEM = _sms("call_them", "{name} says yes: you may call {phone}. Please by day, and thank them.", name=NAME, phone="0712345678")
CALL_YES = _sms("call_yes", "Thank you. They get your number by SMS, only they.")
CALL_NO = _sms("call_no", "Good. Your number stays hidden, and nobody is told.")
WELL_DONE = _sms("well_done", "{name} says well done to {place}: {share} of 100 took part in 30 days. Tell all of them!", name=NAME, place=PLACE, share="100")
NEED_ADDED = _sms("need_added", "{name} adds {amount} to the reward of your need: {title}. It is held safe, and goes where the reward goes.",
                  name=NAME, amount=AMOUNT, title=TITLE)  # fmt: skip
HELD_SAFE = _sms("held_safe", "{amount} kept safe for: {narrative}. You have {balance}. Ref {ref}.", amount=AMOUNT, narrative="x" * 20,
                 balance=AMOUNT, ref=REF)  # fmt: skip
FROM_SAFE = _sms("from_safe", "{amount} came to your account: {narrative}. You have {balance}. Ref {ref}.", amount=AMOUNT, narrative="x" * 20,
                 balance=AMOUNT, ref=REF)  # fmt: skip
RING = _sms(
    "ring", "You and {name} thank each other much. A person has looked: the points for it were taken back, your thanks stay. Not right? SMS CALL", name=NAME
)
PRAISED_YOU = _sms("praised_you", "{name} said of you: {words} Asante! All read it as {number}. Not so? Reply 2", name=NAME, words="x" * 74, number=NUMBER)
ONE_VOICE = _sms("one_voice", "{coop} counts the votes of your two accounts as one: one person, one vote. Your money stays as it is. Not so? SMS CALL",
                 coop="x" * 12)  # fmt: skip
WRITTEN_DOWN = _sms("written_down", "{coop} wrote down what you said, as {number}: {words}. Not so? SMS CALL", coop="x" * 12, number=NUMBER, words="x" * 74)
POINTS_PAID = _sms("points_paid", "{amount} for your points is in your savings. You have {balance}. Ref {ref}.", amount=AMOUNT, balance=AMOUNT, ref=REF)
DIGEST = _sms("digest",
              "{name}, this week: {place} {paid}/{heads} paid. Changed: {title}. Waiting under 9: {count}. Vote: {number} {words}. No more? Dial 6, 4, 4",
              name=NAME, place=PLACE, paid="60", heads="60", title="x" * 20, count="99", number=NUMBER, words="x" * 16)  # fmt: skip
DIGEST_MILK = _sms("digest_milk",
                   "{name}, this week: {kilos}. {place} {paid}/{heads} paid. Changed: {title}. Waiting under 9: {count}. No more? Dial 6, 4, 4",
                   name=NAME, kilos="9,999.9 kg", place=PLACE, paid="60", heads="60", title="x" * 20, count="99")  # fmt: skip
DIGEST_ALONE = _sms("digest_alone", "{name}, this week: changed: {title}. Waiting under 9: {count}. Vote: {number} {words}. No more? Dial 6, 4, 4",
                    name=NAME, title="x" * 20, count="99", number=NUMBER, words="x" * 16)  # fmt: skip
FIVE_MINUTES = _sms("five_minutes",
                    "{name}, in {month} you gave {gave} min to others. Your phone saved {coop} {staff} min of work, you {back} min of way and queue. "
                    "Asante! More: {code}",
                    name=NAME, month="12/2026", gave="9999", back="9999", staff="9999", coop="x" * 10, code="*384*20417*6*3#")  # fmt: skip
FIVE_MINUTES_SHARE = _sms("five_minutes_share",
                          "{name}, in {month} you gave {gave} min to others, your phone saved {coop} {staff} min, you {back} min of way. Share paid: {share}. "
                          "More: {code}",
                          name=NAME, month="12/2026", gave="9999", back="9999", staff="9999", coop="x" * 10, share=AMOUNT, code="*384*20417*6*3#")  # fmt: skip
HELPER_ASK = _sms("helper_ask", "{name} asks: {words} Reply ANS {number} and your words, or SKIP {number}.", name=NAME, words="x" * 80, number=NUMBER)
ANSWER = _sms("answer", "{name}: {answer} Helped? 1 yes, 2 no", name=GIVER, answer="x" * 109)
THANKED = _sms("thanked", "{name} thanks you: {title}. Asante! Who thanked you: dial {code}. To thank somebody: SMS THANK and a number.",
               name=NAME, title=TITLE,
               code="*384*20417*6*3*2#")  # fmt: skip
HELPED = _sms("helped", "{name} thanks you: your answer on {title} helped. People you helped: {count}. Asante!", name=NAME, title=TITLE, count="999")
TIP = _sms("tip", "{words} Tip {number}. Good? SMS VOTE {number}", words="x" * 76, number=NUMBER)
TIP_TAKEN = _sms("tip_taken", "Checked: tip {number} is there for all now, with your name. Asante!", number=NUMBER)
TIP_NOT_TAKEN = _sms("tip_not_taken", "Those who looked say it is not right: your words for tip {number}. Nothing is lost: write it again, or SMS CALL.",
                     number=NUMBER)  # fmt: skip
TIP_FIXED = _sms("tip_fixed", "{name} made your tip {number} better. You both are named. See it: SMS TIP {number}. Do not agree? Reply NO", name=NAME,
                 number=NUMBER)  # fmt: skip
TIP_FIXED_HERE = _sms("tip_fixed_here", "{name} made your tip {number} better. You both are named. Read it, or mend it: dial 4, 2.", name=NAME, number=NUMBER)
TIP_LOOKED_AT = _sms(
    "tip_looked_at", "Noted: the words that tip {number} had before wait for two others. When they say yes they stand there again.", number=NUMBER
)
TIP_STAYS_SO = _sms("tip_stays_so", "Thank you. Tip {number} stays as it is now.", number=NUMBER)
TIP_OVERTAKEN = _sms(
    "tip_overtaken", "Others made tip {number} better meanwhile. Your words are kept. Read it now: what is missing, add again: dial 4, 2.", number=NUMBER
)
NOT_HELPED = _sms("not_helped", "Noted, thank you. Others may still answer.")
THANKS_PASSED = _sms("thanks_passed", "Your thanks went to {name}. People they helped: {count}.", name=NAME, count="999")
COMMENT_STATE = _sms("comment_state", "Your words on {number} {title}: {state}. Fair talk: dial {code}", number=NUMBER, title=TITLE, state="x" * 30,
                     code="*384*204179*5*98*5#")  # fmt: skip
REPORT_HIDDEN = _sms("report_hidden", "You told us of something. A person has looked: it is not shown any more. Thank you.")
REPORT_STAYS = _sms("report_stays", "You told us of something. A person has looked: it stays, for it keeps our rules. Thank you for looking.")
THANKS_CLOSED = _sms("thanks_closed", "Thank you. It is closed now.")
FIRST_IN_LINE = _sms("first_in_line", "Noted: not yet. You are first in line, and a person looks at it again.")
APART_AGAIN = _sms("apart_again", "They are two again. Your {number} has its own votes and words.", number=NUMBER)
STAYS_JOINED = _sms("stays_joined", "Good, they stay one.")

MEETS, WHERE = "Jumatatu 30 Nov 14:00", "x" * 16
ASKS_TO_JOIN = _sms("asks_to_join", "{name} asks to join {place}. Say yes or no: dial {code}", name=NAME, place=PLACE, code="*384*20417*9#")
LET_IN = _sms("let_in", "Welcome! You are in {place} now. Look at it: dial {code}", place=PLACE, code="*384*20417*3#")
NOT_LET_IN = _sms("not_let_in", "{place} takes nobody new now. There are other groups, or start your own: dial {code}", place=PLACE, code="*384*20417*3#")
NOBODY_ANSWERED = _sms("nobody_answered", "{place} has not answered in 14 days, so your asking is over. Ask again, or another group: dial {code}",
                       place=PLACE, code="*384*20417*3#")  # fmt: skip
INVITED = _sms("invited", "{name} asks you into the group {place}. Nobody adds you without your yes. Say yes or no: dial {code}",
               name=NAME, place=PLACE, code="*384*20417*3#")  # fmt: skip
GROUP_NOTICE = _sms("group_notice", "{place}: {words} - {name}", place=PLACE, words="x" * 74, name=NAME)
GROUP_VOTE = _sms("group_vote", "{place} votes: {words} Reply 1 yes, 2 no, 3 not sure. Secret. Until {day}.", place=PLACE, words="x" * 60, day=DAY)
GROUP_VOTE_DIAL = _sms("group_vote_dial", "{place} votes: {words} Until {day}, secret. Vote: dial {code}",
                       place=PLACE, words="x" * 60, day=DAY, code="*384*20417*3*5*4#")  # fmt: skip
GROUP_VOTE_CHOICES = _sms("group_vote_choices", "{place}: {words} Reply {numbered}. Secret. To {day}.",
                          place=PLACE, words="x" * 44, numbered="1 xxxxxxxxxx 2 xxxxxxxxxx 3 xxxxxxxxxx 4 xxxxxxxxxx 5 " + "x" * 15, day=DAY)  # fmt: skip
JOINED_AS_SAID = _sms("joined_as_said", "Joined. Your vote and your words count there. What becomes of it: dial {code}", code="*384*20417*5*4#")
STAYS_ITS_OWN = _sms("stays_its_own", "Good, yours stays on its own. See it: dial {code}", code="*384*20417*5*4#")
OLD_HELPED = _sms("old_helped", "Good. Nobody had to be asked. Thank you.")
ASKED_NOW = _sms("asked_now", "Question {number} is asked of {helpers} now. Answers come by SMS. Others may answer later.", number="12345", helpers="99")
NEW_SIM = _sms("new_sim", "SIM ..{tail} is yours too from now on: one account, one PIN, one vote. Not you? SMS CALL now.", tail="001")
SIM_REFUSED = _sms("sim_refused", "SIM ..{tail} gave a wrong PIN twice, so it is not yours. Is it? Ask for it again. If not, all is well.", tail="001")
SIM_OFF = _sms("sim_off", "SIM ..{tail} is yours here no more. Not you? SMS CALL now.", tail="001")
VOTE_RESULT = _sms("vote_result", "{place}: {words} {said}", place=PLACE, words="x" * 60, said="x" * 72)
BALLOT_COUNTED = _sms("ballot_counted", "Counted for {place}, secret. Change it until {day}: dial {code}", place=PLACE, day=DAY, code="*384*20417*3*5*4#")
BALLOT_NOT_NOW = _sms("ballot_not_now", "Not counted as a vote, and not kept. To vote or to change it dial {code}. Something else? Send it with more words.",
                      code="*384*20417*3#")  # fmt: skip
SAY_ONCE_MORE = _sms("say_once_more", "Good. Now send the number of your answer once more: {title}", title="x" * 20)
VOTE_OPEN_STILL = _sms("vote_open_still", "{place}: {words} You have not voted. Until {day}, secret. Vote: dial {code}",
                       place=PLACE, words="x" * 60, day=DAY, code="*384*20417*3*5*4#")  # fmt: skip
PAY_REMINDER = _sms("pay_reminder", "A kind word from {place}: {period} is not paid in yet. Pay: dial {code} If you cannot, speak with your leader.",
                    place=PLACE, period="this month", code="*384*20417*3*5*1#")  # fmt: skip
YOU_ARE_CHOSEN = _sms(
    "you_are_chosen", "{place} asks you to lead it next. Do you take the turn? Reply 1 yes, 2 no. It waits for you under 9 too.", place=PLACE,
)  # fmt: skip
OFFICE_TOOK_OUT = _sms(
    "office_took_out", "The office has taken you out of {place}. Is that not right? SMS CALL, or dial {code}", place=PLACE, code="*384*20417*6*1#"
)
OFFICE_LEADER_NO_MORE = _sms("office_leader_no_more", "The office says that you lead {place} no more. Is that not right? SMS CALL, or dial {code}", place=PLACE,
                             code="*384*20417*6*1#")  # fmt: skip
YOU_ARE_PICKED = _sms("you_are_picked", "{place} chose you: {words} Do you agree? With a yes all read your name. Reply 1 yes, 2 no, or under 9",
                      place=PLACE, words="x" * 60)  # fmt: skip
PICK_TAKEN = _sms("pick_taken", "Thank you. {place} reads your name under Votes.", place=PLACE)
PRAISE_YES = _sms("praise_yes", "Good. Thank you for what you do.")
PRAISE_NO = _sms("praise_no", "Noted: not so. It is shown to nobody until a person has looked.")
TURN_REFUSED = _sms("turn_refused", "Good. {place} reads it under Votes and may choose again.", place=PLACE)
NOW_LEADER = _sms("now_leader", "You lead {place} now. Thank you for carrying it. Leader tools: dial {code}", place=PLACE, code="*384*20417*3*5*98*6#")
CASH_WRITTEN = _sms("cash_written", "{name} wrote down {amount} in cash from you for {place}. Is it so? Reply 1 yes, 2 no. Until then it does not count.",
                    name=NAME, amount=AMOUNT, place=PLACE)  # fmt: skip
CASH_AGREED = _sms("cash_agreed", "Good. It is in the books of the group now.")
CASH_NOT_NOW = _sms("cash_not_now", "It cannot be written now. Nothing is lost: it waits for you under 9.")
CASH_DENIED = _sms("cash_denied", "Noted: not so. It does not count. Speak with your leader.")
MEETING = _sms(
    "meeting", "{place}: {meets}, {where}. {agenda}. Do you come? Reply 1 yes, 2 no, 3 not sure.", place=PLACE, meets=MEETS, where=WHERE, agenda="x" * 20
)
MEETING_SOON = _sms("meeting_soon", "{place} meets {meets}, {where}. You said that you come.", place=PLACE, meets=MEETS, where=WHERE)
YOU_COME = _sms("you_come", "Good, you come. {coming} of {heads} come. Change it: SMS MEET NO", coming="60", heads="60")
YOU_CANNOT = _sms("you_cannot", "Noted, you cannot come. {coming} of {heads} come. Change it: SMS MEET YES", coming="60", heads="60")
YOU_MAY_COME = _sms("you_may_come", "Noted, not sure yet. {coming} of {heads} come. Say it: SMS MEET YES or MEET NO", coming="60", heads="60")
NO_MEETING = _sms("no_meeting", "That meeting is over, or was called off.")
WHICH_ONE = _sms("which_one", "You have two open: 1 {first} 2 {second}. Which one? Reply 1 or 2.", first="x" * 20, second="x" * 20)
TWO_WISHES = _sms(
    "two_wishes", "I found two wishes: 1 {first} 2 {second}. Nothing was done yet. Please send one SMS for each.", first="x" * 24, second="x" * 24
)
NOTHING_ASKED = _sms("nothing_asked", "We have no open question to you by SMS now. What waits for you: dial {code}", code="*384*20417*9#")
ALREADY_ANSWERED = _sms("already_answered", "You have answered that already. Thank you.")

BROKEN_OFF = _sms("broken_off", "Your call broke off at: {unfinished}. Dial {code} within {minutes} minutes to carry on. No such SMS? Dial 6, 4, 2.",
                  unfinished="x" * 24, code=CODE, minutes="15")  # fmt: skip
PLACE_GONE = _sms("place_gone", "That question has changed. Please dial {code} again.", code=CODE)

NEVER_BY_SMS = _sms("never_by_sms",
                    "Never send your PIN by SMS, not even to us. If that was your PIN, change it now: dial {code_pin}",
                    code_pin="*384*20417*6*5*1#")  # fmt: skip
NEVER_BY_SMS_STRANGER = _sms("never_by_sms_stranger",
                             "Never send a PIN by SMS, to nobody. This number is not a member yet. To join, dial {code}. It is free.", code=CODE)  # fmt: skip
DID_YOU_MEAN = _sms("did_you_mean",
                    "We have your words. Are they: 1 an idea, 2 something wrong, 3 a wish for help, 4 a question, 5 news? "
                    "Reply with the number. Or dial {code}",
                    code=CODE)  # fmt: skip
NOT_YET_A_MEMBER = _sms("not_yet_a_member", "This number is not a member of {coop} yet. To join, dial {code}. It is free.", coop="Pamoja SACCO", code=CODE)
SHARED_PHONE = _sms("shared_phone", "Several people share this phone, and an SMS does not say who writes. Please dial {code} and say who you are.", code=CODE)
QUESTION_WENT = _sms("question_went", "Question {number} went to {count} helpers. The answer comes by SMS.", number=NUMBER, count="9")
NOT_READ = _sms("not_read", "Something broke on our side and your SMS was not read. Nothing was done. Please send it again, or dial {code}", code=CODE)
NO_ANSWER_NEEDED = _sms("no_answer_needed", "Thank you. A person reads it.")
UNCLEAR = _sms("unclear", "{why} {hint}", why="x" * 60, hint="x" * 80)
PROMISE_DUE = _sms("promise_due", "{place}: you said that you see to this by today: {says}. Done? 1 yes, 2 not yet", place=PLACE, says="x" * 44)
PANEL_ASK = _sms("panel_ask", "{coop}: do you try this first? {what} - In a test group; you say so when you talk about it. Reply 1 yes, 2 no",
                 coop="x" * 12, what="x" * 50)  # fmt: skip
PANEL_IN = _sms("panel_in", "You are in the test group: say so when you talk about it. What you think, good or bad: dial {code}", code="*384*20417*5*98*7#")
PANEL_OUT = _sms("panel_out", "Good. You are not in it.")
PANEL_TOLD = _sms("panel_told", "{words} - You are in the test group: say so when you talk about it.", words="x" * 60)
LEVEL_ONE = _sms("level_one", "Asante! {helped} people say you helped. You may now join a question to one asked before: 4, 3 or its number, then 5.",
                 helped="99")  # fmt: skip
LEVEL_TWO = _sms("level_two", "Asante! {helped} people say you helped. Your yes alone now takes a new tip, 10 a day: 4, 2, 2. Look well.", helped="99")
LEVEL_THREE = _sms("level_three", "Asante! {helped} people say you helped. When you report something it counts for two. Thank you for looking after us.",
                   helped="99")  # fmt: skip
POWERS_REST = _sms("powers_rest", "Your helper's powers rest for now: {why}. You can still help as before. Questions? SMS CALL", why="x" * 60)
POWERS_BACK = _sms("powers_back", "You have your helper's powers again. Thank you for helping.")
HELD_BECAUSE = _sms("held_because", "{number} waits for a person because of the word {word}: {why}. Usually 1 day, then you hear.", number=NUMBER,
                    word="x" * 14, why="x" * 50)  # fmt: skip
CASH_NOT_SO = _sms("cash_not_so", "{name} says: not so. {amount} in cash for {place} does not count. Speak with them.", name=NAME, amount=AMOUNT, place=PLACE)
OWN_ASK = _sms("own_ask", "{ask} Send {word} and your words.", ask="x" * 60, word="W" * 10)
OWN_TOLD = _sms("own_told", "{name}: kept as {number}, all can see it. Take it back: OFF {number}", name="x" * 14, number="12345")
OWN_HELD = _sms("own_held", "{name}: kept as {number}. It waits for a person, usually 1 day. Then you hear.", name="x" * 14, number="12345")
OWN_ENOUGH = _sms("own_enough", "That is {most} today, thank you. More tomorrow.", most="99")
MAY_I_FOLLOW = _sms("may_i_follow", "{name} would like to see what you say here under your own name. Reply 1 yes, 2 no. Less, or stop: dial {code}", name=NAME,
                    code="*384*20417*6*4*6*2#")  # fmt: skip
FOLLOWED_NOW = _sms("followed_now", "Good. They see your ideas, tips and news that carry your name. Stop any day: 6, 4, 6.")
NOT_FOLLOWED = _sms("not_followed", "Good. They see nothing, and are not told that you said no.")
BE_KEEPER = _sms("be_keeper", "{coop} asks you to keep the tips about {topic}: once a month we tell you which ones are old. Do you? Reply 1 yes, 2 no",
                 coop="x" * 12, topic="x" * 14)  # fmt: skip
KEEPER_YES = _sms("keeper_yes", "Thank you. Your name stands on the page of the topic: 4, 2, 3. Old tips are marked there; you fix them like any tip.")
KEEPER_NO = _sms("keeper_no", "Good. Somebody else is asked.")
OLD_TIPS = _sms("old_tips", "{count} tips about {topic} were looked at by nobody for a season. You keep them: are they still right? Dial {code}",
                count="99", topic="x" * 14, code="*384*20417*4*2*3#")  # fmt: skip
CALL_IS_LATE = _sms("call_is_late", "{coop} promised to call you within {hours} hours and did not. We are sorry. You are at the front of the line now.",
                    coop="x" * 12, hours="24")  # fmt: skip
CALLED_YOU = _sms("called_you", "We called {phone} and nobody answered. We call again within {hours} hours. Another hour or phone? Dial {code}",
                  phone="0712345678", hours="24", code="*384*20417*6*1*3#")  # fmt: skip
CALLED_ENOUGH = _sms("called_enough", "We called {phone} three times and nobody answered. Do you still want a call? Dial {code}",
                     phone="0712345678", code="*384*20417*6*1*3#")  # fmt: skip
KIND_WORD = _sms("kind_word", "{name} of {place} thinks of you, and would like to hear how you are.", name=NAME, place=PLACE)
HOW_IT_WENT = _sms("how_it_went", "A week ago you cared for {name}. Did it help? Reply 1 yes, 2 not yet.", name=NAME)
CARE_HELPED = _sms("care_helped", "Good. Thank you for caring.")
CARE_OPEN = _sms("care_open", "Noted. Perhaps another way helps: visit, or ask a friend to.")
STAFF_IS_YOU = _sms("staff_is_you", "{name} works at {coop} and names this number as their own, to use the service as you do. Is it you? 1 yes, 2 no",
                    name="x" * 14, coop="x" * 12)  # fmt: skip
STAFF_IT_IS = _sms("staff_it_is", "Good. Three things a week: find them on the page As a member.")
STAFF_IT_IS_NOT = _sms("staff_it_is_not", "Noted: it is not you. Nobody looks at your calls. Thank you for saying so.")
PROMISE_NAMED = _sms("promise_named", "{place} asks you by {day}: {says}. Do you see to it? With a yes the group reads your name. Reply 1 yes, 2 no",
                     place=PLACE, says="x" * 44, day=DAY)  # fmt: skip
PROMISE_TAKEN = _sms("promise_taken", "Thank you. {place} reads that you see to it. We ask you that day if it is done.", place=PLACE)
PROMISE_REFUSED = _sms("promise_refused", "Good. Your name is not shown. The leader of {place} may ask another.", place=PLACE)
PROMISE_DONE = _sms("promise_done", "Asante! Your group sees that it is done.")
PROMISE_OPEN = _sms("promise_open", "Good, it stays open. Speak with your leader if you need help.")
BORROW_ASK = _sms("borrow_ask", "{name} {phone} asks for your {tool}, {days} days. 1 yes: gets your number. 2 no.",
                  name=NAME, phone="0712345678", tool="x" * 20, days="7")  # fmt: skip
BORROW_YES = _sms("borrow_yes", "{name} lends you: {tool}, until {day}. Call: {phone}. Bring it back whole.",
                  name=NAME, tool="x" * 20, day=DAY, phone="0712345678")  # fmt: skip
BORROW_NO = _sms("borrow_no", "{name} cannot lend {tool} now. Ask another: My group, 98, 5, 4.", name=NAME, tool="x" * 20)
COMES_ALONG = _sms("comes_along", "{name} {phone} comes: {what}, {day}. Say where you meet.", name=NAME, phone="0712345678", what="x" * 20, day=DAY)
STAYS_HOME = _sms("stays_home", "{name} does not come after all: {what}, {day}.", name=NAME, what="x" * 20, day=DAY)
CALLED_OFF = _sms("called_off", "Called off: {what}, {day}. Questions? Call {name}, {phone}.", name=NAME, phone="0712345678", what="x" * 20, day=DAY)
BORROW_DONE = _sms("borrow_done", "Good, we have told them.")
DIVIDEND = _sms("dividend", "Your share for what we built together in {narrative}: {amount}. You have {balance}. Asante for helping! Ref {ref}.",
                narrative="11/2026", amount=AMOUNT, balance=AMOUNT, ref=REF)  # fmt: skip
AIRTIME_FOR_POINTS = _sms("airtime_for_points", "Airtime {amount} for {points} points has come. Asante for helping others! Ref {ref}.",
                          amount=AMOUNT, points="99,999", ref=REF)  # fmt: skip
POINTS_KEPT = _sms("points_kept", "The airtime {amount} did not come. Your {points} points are yours again. Ref {ref}.",
                   amount=AMOUNT, points="99,999", ref=REF)  # fmt: skip
POLL_ASKS = _sms("poll_asks", ASKED_BY_SMS, at="12", questions="12", asked="x" * 60, numbered="4 " + "x" * 16 + (" 4 " + "x" * 16) * 3)
POLL_DONE = _sms("poll_done", DONE_BY_SMS, title="x" * 20, answered="99,999", code_polls="*384*20417*5*5*3#")

LOST_OUR_PLACE = _ending("lost_our_place", "We lost our place. Nothing more was done. Please dial {code} again.", code=CODE)
ONE_AT_A_TIME = _ending("one_at_a_time", "Another call of yours is still open. Please dial {code} again in a minute.", code=CODE)
TOOK_TOO_LONG = _ending("took_too_long", "This took too long. If you were sending money, wait for the SMS. Else dial {code} again.", code=CODE)
OUR_FAULT = _ending("our_fault", "Something broke on our side. If you were sending money, wait for the SMS. Else dial {code} again.", code=CODE)
CANNOT_NOW = _ending("cannot_now", "We cannot answer now. Please dial {code} again in a few minutes.", code=CODE)
PAID_ALREADY = _ending("paid_already", "This call has sent {amount} to {to_name} already. Wait for the SMS. Ref {ref}", amount=AMOUNT, to_name=NAME, ref=REF)
NEWS_SENT = _ending("news_sent", "Sent: {amount} {to_name} {ref}", amount=AMOUNT, to_name=NAME, ref=REF)
NEWS_UNDER_WAY = _ending("news_under_way", "On its way: {amount} {to_name} {ref}", amount=AMOUNT, to_name=NAME, ref=REF)
NEWS_NOT_SENT = _ending("news_not_sent", "Not sent: {amount} {to_name}", amount=AMOUNT, to_name=NAME)
NAME_OPENED = _sms("name_opened", "{by} of the board opened your name under words you wrote without it. Why: {why}. Questions? SMS CALL",
                   by="x" * 25, why="x" * 40)  # fmt: skip
COPY_ASKED = _sms("copy_asked", "You asked for a copy of all we keep of you. It is ready at {coop} by {day}: bring your ID. Not you? SMS CALL",
                  coop="Pamoja SACCO", day=DAY)  # fmt: skip
DELETE_ASKED = _sms("delete_asked", "You asked {coop} to delete your traces and words. It is done by {day}. Payments stay. Not you, or not so? SMS CALL",
                    coop="Pamoja SACCO", day=DAY)  # fmt: skip
DATA_DELETED = _sms("data_deleted", "{coop} has deleted your traces and words. Payments stay, as the law says.", coop="Pamoja SACCO")
DATA_CALLED_OFF = _sms("data_called_off", "What you asked {coop} about your data is called off. Nothing was done.", coop="Pamoja SACCO")
STAFF_LOOKED = _sms("staff_looked", "{who} of the staff looked at {what}: {reason}. To ask about it, SMS CALL",
                    who="x" * 10, what="x" * 20, reason="x" * 26)  # fmt: skip
PHONE_LOST = _sms(
    "phone_lost", "Somebody said that this phone is lost. So your PIN rests for {hours} hours. Do you have the phone? Reply 1 yes, 2 no", hours="24"
)
SHARED_PHONE_LOST = _sms("shared_phone_lost",
                         "Somebody said that this phone is lost. So your PIN rests for {hours} hours. You have it? SMS CALL, or come to the office.",
                         hours="24")  # fmt: skip
PHONE_FOUND = _sms("phone_found", "Good. Your PIN works again now. For a day nobody can say it again. Questions? SMS CALL")
PHONE_STAYS_LOST = _sms("phone_stays_lost", "Thank you. The PIN goes on resting. If you found this phone, please bring it to the office.")
MAY_DIAL = _sms("may_dial", "{name} (..{tail}) lets you dial for them for some hours. Dial {code}. You prepare, they agree with their PIN. Never ask for it.",
                name=NAME, tail="001", code="*384*20417*6*1*4*5#")  # fmt: skip
DIALS_NO_MORE = _sms("dials_no_more", "{name} has ended it: you do not dial for them any more. Thank you for helping.", name=NAME)
DIAL_ENDED_BY_US = _sms("dial_ended_by_us", "{coop} has ended it that {name} dials for you. What waits under 9 you can still stop there. Questions? SMS CALL",
                        coop="x" * 12, name=NAME)  # fmt: skip
PREPARED = _sms("prepared", "{name} prepared for you: {amount} to {place}. Is it so? Dial {code} and your PIN, within {minutes} min. If not, stop it there.",
                name=NAME, amount=AMOUNT, place=PLACE, code="*384*20417*9#", minutes="30")  # fmt: skip
PREPARED_STOPPED = _sms("prepared_stopped", "{name} stopped what you prepared for {place}. Nothing moved.", name=NAME, place=PLACE)
COME_AND_JOIN = _sms("come_and_join", "{name} asks you to join {coop}: save, send, ask and decide by phone. Dial {code} No more of these? Reply STOP",
                     name=NAME, coop="x" * 12, code=CODE)  # fmt: skip
CALL_OVER = _ending("call_over", "This call is over. Please dial {code} again.", code=CODE)
UNREADABLE = _ending("unreadable", "Sorry, this call cannot be read. Please dial again.")
NO_SUCH_CODE = _ending("no_such_code", "This code is not in service.")
SLOW_DOWN = _ending("slow_down", "Too many dials in a short time. Please wait a few minutes.")

NOTICES: tuple[Notice, ...] = tuple(value for room in (globals(), vars(more_notices)) for value in list(room.values()) if isinstance(value, Notice))
