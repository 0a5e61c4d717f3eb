"""Our own menus: a file a journey. The first flow is the front door."""

from menus.book.airtime import airtime, sms_airtime
from menus.book.home import home, waiting
from menus.book.ideas import ideas, new_idea
from menus.book.join import join
from menus.book.me import change_pin, details, language, me, only_money, pin_and_guardians, words_and_sms
from menus.book.money import balance, last_five, money, statement, wrong
from menus.book.places import pay_group, pay_shop, put_in, take_out, withdraw
from menus.book.produce import advance, deliveries, loans, repay, sms_kilo
from menus.book.send import pay, send
from menus.book.sms import SMS_FLOWS
from menus.book.standing import standing, standing_list, standing_new
from menus.book.undo import ask_back, undo
from menus.screens import Book

BOOK = Book(
    home, waiting, join,
    money, balance, last_five, deliveries, loans, advance, repay, statement, wrong,
    pay, send, pay_group, airtime, withdraw, take_out, put_in, pay_shop, undo, ask_back, standing, standing_new, standing_list,
    ideas, new_idea,
    me, words_and_sms, language, only_money, pin_and_guardians, change_pin, details,
    *SMS_FLOWS, sms_airtime, sms_kilo,
)  # fmt: skip
