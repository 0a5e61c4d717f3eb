"""Days as people write them in an SMS: MON, JUMATATU, TODAY, JANA, 4 DEC, 4/12; and hours: 14, 14:00, SAA 8. Standard library only."""

from __future__ import annotations

import datetime as dt
import re

WEEKDAYS = (  # from Monday on; English, Swahili, French
    "MON MONDAY JUMATATU LUNDI", "TUE TUES TUESDAY JUMANNE MARDI", "WED WEDNESDAY JUMATANO MERCREDI", "THU THUR THURS THURSDAY ALHAMISI JEUDI",
    "FRI FRIDAY IJUMAA VENDREDI", "SAT SATURDAY JUMAMOSI SAMEDI", "SUN SUNDAY JUMAPILI DIMANCHE",
)  # fmt: skip
MONTHS = (
    "JAN JANUARY JANUARI JANVIER", "FEB FEBRUARY FEBRUARI FEVRIER", "MAR MARCH MACHI MARS", "APR APRIL APRILI AVRIL", "MAY MEI MAI", "JUN JUNE JUNI JUIN",
    "JUL JULY JULAI JUILLET", "AUG AUGUST AGOSTI AOUT", "SEP SEPT SEPTEMBER SEPTEMBA SEPTEMBRE", "OCT OCTOBER OKTOBA OCTOBRE",
    "NOV NOVEMBER NOVEMBA NOVEMBRE", "DEC DES DECEMBER DESEMBA DECEMBRE",
)  # fmt: skip
NEAR = {
    "TODAY": 0, "LEO": 0, "AUJOURD'HUI": 0, "TOMORROW": 1, "KESHO": 1, "DEMAIN": 1, "YESTERDAY": -1, "JANA": -1, "HIER": -1, "JUZI": -2, "KESHOKUTWA": 2,
}  # fmt: skip
SWAHILI_HOURS = 6  # `saa 8` is eight hours after the sun is up: 14:00
_WEEKDAY = {word: n for n, words in enumerate(WEEKDAYS) for word in words.split()}
_MONTH = {word: n for n, words in enumerate(MONTHS, 1) for word in words.split()}


def has_day(said: str) -> bool:
    """Whether a day stands at the beginning.

    >>> has_day("FRI 14 Kiboko"), has_day("4/12 saa 8"), has_day("yes"), has_day("")
    (True, True, False, False)
    """
    return _day(said, dt.date(2026, 1, 1), ahead=True) is not None


def is_day(said: str) -> bool:
    """Whether it is a day and nothing else.

    >>> is_day("FRI"), is_day("4 Dec"), is_day("leo hayakupimwa"), is_day("12.5")
    (True, True, False, False)
    """
    found = _day(said, dt.date(2026, 1, 1), ahead=True)
    return found is not None and not found[1]


def day_meant(said: str, today: dt.date, *, ahead: bool) -> tuple[dt.date, str] | None:
    """(the day, what stands behind it), or None. A weekday, and a date without a year, is the next one to come when `ahead`, else the last one.

    >>> monday = dt.date(2026, 11, 23)
    >>> day_meant("Fri 14:00 at Kiboko", monday, ahead=True), day_meant("FRI", monday, ahead=False)
    ((datetime.date(2026, 11, 27), '14:00 at Kiboko'), (datetime.date(2026, 11, 20), ''))
    >>> day_meant("2 jan", monday, ahead=True)[0], day_meant("24.12.", monday, ahead=False)[0], day_meant("leo saa 8", monday, ahead=True)
    (datetime.date(2027, 1, 2), datetime.date(2025, 12, 24), (datetime.date(2026, 11, 23), 'saa 8'))
    >>> day_meant("31 Nov", monday, ahead=True), day_meant("Kiboko", monday, ahead=True)
    (None, None)
    """
    return _day(said, today, ahead=ahead)


def _day(said: str, today: dt.date, *, ahead: bool) -> tuple[dt.date, str] | None:
    words = " ".join(said.split()).upper()
    rest = " ".join(said.split())
    first, _, behind = words.partition(" ")
    first = first.strip(".,")
    left = rest[len(rest.partition(" ")[0]) :].strip()
    if first in NEAR:
        return today + dt.timedelta(days=NEAR[first]), left
    if first in _WEEKDAY:
        days = (_WEEKDAY[first] - today.weekday()) % 7
        return (today + dt.timedelta(days=days or 7) if ahead else today - dt.timedelta(days=(-days) % 7)), left
    if numbers := re.fullmatch(r"(\d{1,2})(?:/(\d{1,2})|\.(\d{2}))", first):  # with one figure behind a dot it is a quantity
        return _date(int(numbers[1]), int(numbers[2] or numbers[3]), today, ahead=ahead, left=left)
    second, _, _ = behind.partition(" ")
    if re.fullmatch(r"\d{1,2}", first) and second.strip(".,") in _MONTH:
        return _date(int(first), _MONTH[second.strip(".,")], today, ahead=ahead, left=left[len(second) :].strip())
    return None


def _date(day: int, month: int, today: dt.date, *, ahead: bool, left: str) -> tuple[dt.date, str] | None:
    for year in (today.year, today.year + 1 if ahead else today.year - 1):
        try:
            found = dt.date(year, month, day)
        except ValueError:
            continue
        if (found >= today) if ahead else (found <= today):
            return found, left
    return None


def hour_meant(said: str) -> tuple[int, str] | None:
    """(the full hour, what stands behind it), or None.

    >>> hour_meant("14 Kiboko school"), hour_meant("2pm"), hour_meant("saa 8 Kiboko"), hour_meant("9:00"), hour_meant("Kiboko"), hour_meant("9:30")
    ((14, 'Kiboko school'), (14, ''), (14, 'Kiboko'), (9, ''), None, None)
    >>> hour_meant("at 14 Kiboko"), hour_meant("saa 1 usiku"), hour_meant("saa 12 asubuhi"), hour_meant("saa 12 jioni, shuleni")
    ((14, 'Kiboko'), (19, ''), (6, ''), (18, 'shuleni'))
    """
    found = re.match(
        r"(?i)(?:at\s+)?(?P<swahili>saa\s+)?(?P<hour>\d{1,2})(?::00|h|hrs)?\s*(?P<half>am|pm)?(?=\s|$|,)[\s,]*"
        r"(?:(?:ya|za)?\s*(?P<part>alfajiri|asubuhi|mchana|jioni|usiku)(?=\s|$|,)[\s,]*)?", said.strip(),
    )  # fmt: skip
    if not found:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if found["part"] and hour <= 12:
        hour = _swahili_hour(hour, found["part"].lower())
    elif found["swahili"]:
        hour += SWAHILI_HOURS
    elif half == "pm" and hour < 12:
        hour += 12
    return (hour, said.strip()[found.end() :].strip()) if hour < 24 else None


def _swahili_hour(hour: int, part: str) -> int:
    """`saa 1 asubuhi` is 7, `saa 1 usiku` 19; the clock begins at sunrise and again at sunset."""
    by_day = (hour + SWAHILI_HOURS) % 12
    if part in ("alfajiri", "asubuhi"):
        return by_day
    if part == "usiku":
        return (hour + SWAHILI_HOURS + 12) % 24
    return by_day + 12  # mchana, jioni
