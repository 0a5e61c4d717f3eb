"""Does it fit? Every screen and every SMS at its longest, in every language, with the longest reason above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from menus import alphabet, render
from menus.check.problem import Problem
from menus.check.words import whys_of
from menus.commands import Command
from menus.engine import END_SHOWN, OFFERED_MOST
from menus.notice import Notice
from menus.own_words import (
    BACK,
    CALL_ME,
    CARRY_ON,
    HOME,
    IN_THE_MIDDLE,
    MAYBE_CUT,
    MENU_CHANGED,
    MORE,
    NOT_ON_LIST,
    NOTHING_HERE,
    REST_BY_SMS,
    START_AGAIN,
    THAT_IS_ALL,
    TRY_AGAIN,
    WHAT_HELPS,
)
from menus.phrasebook import Phrasebook
from menus.screens import Again, Ask, Book, Browse, Choose, Do, Flow, Pick, Tell, target_of

Catalog = Mapping[str, str]

LONG_LEAST = 40  # letters of a long text that each of its pages has room for, at the least


class Longest(dict[str, str]):
    """Words at their longest. One that nobody knows takes no room here: another part of the check names it."""

    def __missing__(self, name: str) -> str:
        return ""


def _width(said: str) -> int:
    """The room that words take: some letters take two septets, and one that GSM-7 does not have makes all others wide."""
    septets = alphabet.septets(said)
    return alphabet.SMS_SEPTETS + alphabet.units(said) if septets is None else septets


def longest_words(flow: Flow, phrasebook: Phrasebook) -> Longest:
    """Every word that can be said in this flow, at its longest."""
    words = Longest({name: fact.longest for name, fact in phrasebook.facts.items()})
    for verb in phrasebook.verbs.values() if flow.takes else ():
        for carried in verb.carries.values():
            words |= {name: max(words.get(name, ""), carried[name], key=_width) for name in flow.takes if name in carried}
    for step in flow.steps:
        if isinstance(step, Ask):
            words[step.name] = step.answer.longest
        if isinstance(step, Choose):
            words[step.name] = max((way.value for way in step.options.values() if isinstance(way, Pick)), key=_width, default="")
        if isinstance(step, Do):
            for carried in phrasebook.verbs[step.verb].carries.values():
                for name, longest in carried.items():
                    words[name] = max(words.get(name, ""), longest, key=_width)
    return words


def reasons(book: Book, place: str, whys: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """The reasons that can stand above this screen, with the words that only they know."""
    step = book[place]
    yield "", {}
    if isinstance(step, Tell):
        return
    if isinstance(step, Choose | Browse):
        yield NOT_ON_LIST, {}
    if isinstance(step, Ask):
        for why in step.answer.whys:
            yield why, step.answer.why_words()
    if place.split(".", maxsplit=1)[0] == book.front_door.split(".")[0]:
        yield MENU_CHANGED, {}
    yield from ((why, {}) for why in whys.get(place, ()))


def screen(book: Book, place: str, words: Mapping[str, str], catalog: Catalog, why: str, phrasebook: Phrasebook, *, footer: bool = True) -> str:
    """This screen as full as it can be."""
    step = book[place]
    assert not isinstance(step, Do)
    reason, text = render.say(why, words, catalog), render.say(step.text, words, catalog)
    if isinstance(step, Tell):
        return render.stack(reason, text, (), "")
    back = catalog.get(step.back if isinstance(step, Ask) else BACK, BACK)
    at_home = book.flow_at(place) is book.flow_at(book.front_door)
    foot = "" if at_home and isinstance(step, Choose) else f"{back} {catalog.get(HOME, HOME)}"
    if isinstance(step, Browse):
        row = "1 " + phrasebook.facts[step.rows].longest
        lines = [max(row, catalog.get(NOTHING_HERE, NOTHING_HERE), key=_width)]
        return render.stack(reason, text, lines, f"{catalog.get(MORE, MORE)} {foot}".strip() if footer else "")
    offered = phrasebook.facts[step.rows].longest if isinstance(step, Ask) and step.rows else ""
    lines = [f"{n} {offered}" for n in range(1, OFFERED_MOST + 1) if offered] + [render.say(label, words, catalog) for label in step.options]
    if isinstance(step, Choose) and step.more:
        foot = f"{catalog.get(MORE, MORE)} {foot}".strip()
    if isinstance(step, Choose) and step.long:
        return render.stack(reason, text[:LONG_LEAST], lines, foot)
    return render.stack(reason, text, lines, foot if footer else "")


def openings(book: Book) -> set[str]:
    """The screens that a dial may be answered with at once: those behind the front door that nothing is asked before."""
    seen: set[str] = set()
    waiting = [door for door in (book.front_door, book.door(book.news)) if door]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting += [lead for way in book.ways_on(place) if isinstance(book[place], Do) and (lead := book.lead(place, way))]
    return {place for place in seen if not isinstance(book[place], Do)}


def dialled(book: Book) -> set[str]:
    """The screens that may open a call because their path was dialled behind the code: all that keys alone lead to, up to a secret."""
    seen: set[str] = set()
    waiting = [book.front_door]
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            step = book[place]
            ways = [target_of(way) for way in step.options.values()] if isinstance(step, Ask) else book.ways_on(place)
            waiting += [lead for way in ways if way and (lead := book.lead(place, way))]
    return {place for place in seen if not isinstance(step := book[place], Do) and not (isinstance(step, Ask) and step.answer.secret)}


def dialled_screens(book: Book, phrasebook: Phrasebook, catalogs: Mapping[str, Catalog], opening: int) -> Iterator[Problem]:
    """What was dialled with its path opens the call, and so has less room. It may lose its footer there (the keys work unsaid), never its words."""
    of_flows = {flow.name: longest_words(flow, phrasebook) for flow in book.flows}
    for place in sorted(dialled(book) - openings(book)):
        words = of_flows[book.flow_at(place).name]
        for language, catalog in {"en": {}, **catalogs}.items():
            said = screen(book, place, words, catalog, "", phrasebook, footer=False)
            room = alphabet.screen_room(render.PREFIX + said, opening)
            if not room.fits:
                yield Problem(place, f"is {room.used - room.most} too long for the {opening} septets of an opening when its path is dialled", language)


def screens(book: Book, phrasebook: Phrasebook, catalogs: Mapping[str, Catalog], limit: int, opening: int) -> Iterator[Problem]:
    first, whys = openings(book), whys_of(book)
    for flow in book.flows:
        words = longest_words(flow, phrasebook)
        for step in flow.steps:
            if isinstance(step, Do) or flow.name.startswith("sms_"):
                continue
            place = f"{flow.name}.{step.name}"
            for language, catalog in {"en": {}, **catalogs}.items():
                over = 0
                for why, extra in reasons(book, place, whys):
                    most = opening if place in first and not why else limit
                    room = alphabet.screen_room(render.PREFIX + screen(book, place, Longest({**words, **extra}), catalog, why, phrasebook), most)
                    over = max(over, room.used - room.most)
                if over > 0:
                    yield Problem(place, f"is {over} too long for {most} septets at its longest", language)
    yield from _own_screens(book, catalogs, limit, opening)


def _own_screens(book: Book, catalogs: Mapping[str, Catalog], limit: int, opening: int) -> Iterator[Problem]:
    """The engine's own: the offer to carry on, which opens a call, and the question what would help."""
    for language, catalog in {"en": {}, **catalogs}.items():
        reason = catalog.get(NOT_ON_LIST, NOT_ON_LIST)
        lines = [catalog.get(line, line) for line in (TRY_AGAIN, CALL_ME)]
        answers = [step.answer for _, step in book if isinstance(step, Ask)]
        whys = [render.say(why, answer.why_words(), catalog) for answer in answers for why in answer.whys]
        said = render.stack(max([reason, *whys], key=_width), catalog.get(WHAT_HELPS, WHAT_HELPS), lines, catalog.get(HOME, HOME))
        if over := _over(said, limit):
            yield Problem("engine", f"the question what would help is {over} too long", language)
        lines = [catalog.get(line, line) for line in (THAT_IS_ALL, REST_BY_SMS)]
        text = render.say(MAYBE_CUT, {"end": "x" * END_SHOWN}, catalog)
        if over := _over(render.stack(reason, text, lines, catalog.get(BACK, BACK)), limit):
            yield Problem("engine", f"the question whether words were cut is {over} too long", language)
        for flow in book.flows:
            title = catalog.get(flow.title, flow.title)
            lines = [catalog.get(line, line) for line in (CARRY_ON, START_AGAIN)]
            text = render.say(IN_THE_MIDDLE, {"unfinished": title}, catalog)
            if over := max(_over(render.stack("", text, lines, ""), opening), _over(render.stack(reason, text, lines, ""), limit)):
                yield Problem(flow.name, f"its title is {over} too long for the screen that offers to carry on", language)


def _taken(said: str) -> str:
    """How much room a text takes of an SMS, in what its letters are counted in."""
    septets = alphabet.septets(said)
    if septets is None:
        return f"takes {alphabet.units(said)} of {alphabet.SMS_UNITS} UCS-2 units"
    return f"takes {septets} of {alphabet.SMS_SEPTETS} septets"


def _over(said: str, most: int) -> int:
    """By how many septets a screen is too long; 0 when it fits."""
    room = alphabet.screen_room(render.PREFIX + said, most)
    return max(room.used - room.most, 0)


def endings(notices: Sequence[Notice], catalogs: Mapping[str, Catalog], opening: int) -> Iterator[Problem]:
    """The gateway's own last sentences. Each may be the first screen of a call too, so each fits an opening."""
    for notice in notices:
        for language, catalog in {"en": {}, **catalogs}.items():
            said = render.say(notice.text, Longest(notice.words), catalog)
            if notice.screen and (over := _over(said, opening)):
                yield Problem(f"notice {notice.name}", f"is {over} too long for the {opening} septets of an opening", language)
            if not notice.screen and alphabet.sms_parts(said) > 1:
                yield Problem(f"notice {notice.name}", _taken(said), language)


def sms_replies(book: Book, command: Command) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything a command may be answered with: (where, texts that stand in one SMS, each said in the language of the reader). It stops at a secret,
    so nothing behind one counts.
    """
    yield f"SMS {command.keywords[0]}", (command.hint,)
    yield f"SMS {command.keywords[0]}", (command.draft,)
    seen, waiting = set(), [book.door(command.flow)]
    while waiting:
        place = waiting.pop()
        if place is None or place in seen:
            continue
        seen.add(place)
        step = book[place]
        if isinstance(step, Tell | Choose | Browse):
            yield place, (step.text,)
            continue
        if isinstance(step, Ask) and step.answer.secret:
            continue
        if isinstance(step, Ask):
            yield from ((place, (why, command.hint)) for why in step.answer.whys)
        if isinstance(step, Do):  # back at the question: why, and what is wanted
            yield from ((place, (way.why, command.hint)) for way in step.outcomes.values() if isinstance(way, Again))
        waiting += [book.lead(place, way) for way in book.ways_on(place)]


def texts(book: Book, phrasebook: Phrasebook, catalogs: Mapping[str, Catalog], commands: Sequence[Command], notices: Sequence[Notice]) -> Iterator[Problem]:
    for command in commands:
        flow = next(one for one in book.flows if one.name == command.flow)
        words = longest_words(flow, phrasebook)
        words |= {"low": "250,000", "high": "250,000", "most": "9,999"}
        for language, catalog in {"en": {}, **catalogs}.items():
            for where, parts in sms_replies(book, command):
                said = " ".join(render.say(part, words, catalog) for part in parts if part)
                if said and alphabet.sms_parts(said) > 1:
                    yield Problem(where, f"as an SMS {_taken(said)}", language)
