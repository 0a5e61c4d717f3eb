"""The longest values of the words that many messages have, so that the check can measure each of them."""

AMOUNT, NAME, REF, DAY, TIME, CODE = "KES 999,999.99", "Wanjiruuuu", "QX7T2M9K", "23 Nov", "23:59", "*384*20417#"
PLACE, NARRATIVE = "Tumaini group", "9,999.9 kg milk"
GIVER = "Wanjiruuuu (facilitator)"
NUMBER, TITLE, STATE = "12345", "x" * 20, "umesomwa na mtu tayari"
