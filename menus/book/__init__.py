"""Our own menus: a file a journey. The first flow is the front door."""

from menus.book.airtime import airtime, sms_airtime
from menus.book.guardians import forgot_pin, guardians, vouch
from menus.book.help import by_number, by_sms, call_me, help_now, how_to, lost_phone
from menus.book.home import home, waiting
from menus.book.ideas import ideas, new_idea
from menus.book.join import join
from menus.book.me import about_me, change_pin, details, fees, language, leave, me, only_money, pin_and_guardians, reminders, words_and_sms
from menus.book.money import balance, last_five, money, statement, wrong
from menus.book.places import pay_group, pay_shop, put_in, take_out, withdraw
from menus.book.produce import advance, deliveries, loans, repay, sms_kilo
from menus.book.send import pay, send
from menus.book.sms import SMS_FLOWS
from menus.book.standing import standing, standing_list, standing_new
from menus.book.undo import ask_back, undo
from menus.screens import Book, When

BOOK = Book(
    home, waiting, join,
    money, balance, last_five, deliveries, loans, advance, repay, statement, wrong,
    pay, send, pay_group, airtime, withdraw, take_out, put_in, pay_shop, undo, ask_back, standing, standing_new, standing_list,
    ideas, new_idea,
    me, help_now, how_to, lost_phone, call_me, words_and_sms, language, reminders, only_money, pin_and_guardians, change_pin,
    guardians, vouch, forgot_pin, details, about_me, fees, leave,
    by_sms, by_number,
    *SMS_FLOWS, sms_airtime, sms_kilo,
    help=When("is_member", "call_me"), numbers="by_number", by_sms="by_sms",
)  # fmt: skip
