"""Our own menus: a file a journey. The first flow is the front door."""

from menus.book.home import home, waiting
from menus.book.ideas import ideas, new_idea
from menus.book.join import join
from menus.book.me import change_pin, details, language, me, only_money, pin_and_guardians, words_and_sms
from menus.book.money import balance, last_five, money, wrong
from menus.book.send import pay, send
from menus.book.sms import SMS_FLOWS
from menus.screens import Book

BOOK = Book(
    home, waiting, join,
    money, balance, last_five, wrong,
    pay, send,
    ideas, new_idea,
    me, words_and_sms, language, only_money, pin_and_guardians, change_pin, details,
    *SMS_FLOWS,
)  # fmt: skip
