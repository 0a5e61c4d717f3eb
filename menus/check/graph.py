"""Where does it lead? Every target exists, every step is reached, and from each there is a way to an end."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence

from menus.answers import TYPED_MOST, Words
from menus.check.problem import Problem
from menus.commands import Command
from menus.phrasebook import Phrasebook
from menus.screens import Again, Ask, Book, Browse, Choose, Do, Step, Tell, When, digit_of, target_of

CALL_SECONDS = 180  # a session at Safaricom, Airtel and Equitel (Africa's Talking help centre, 1284071)
SECONDS = {Choose: 10, Browse: 12, Ask: 15, Tell: 0, Do: 0}  # reading and one key; typing a number
WORDS_SECONDS = 45  # typing a sentence on twelve keys
NETWORK_SECONDS = 3  # a hop there and back


def edges(book: Book) -> dict[str, list[str]]:
    """Place -> the places it leads to. Only for a book without dead ends."""
    return {place: [lead for way in book.ways_on(place) if (lead := book.lead(place, way))] for place, _ in book}


def dead_ends(book: Book) -> Iterator[Problem]:
    for place, step in book:
        ways = book.ways_on(place)
        if isinstance(step, Ask | Do) and not all(ways):
            yield Problem(place, "nothing comes after it")
        for way in filter(None, ways):
            if not book.lead(place, way):
                yield Problem(place, f"leads to {way!r}, which is nowhere")


def unknown_words(book: Book, phrasebook: Phrasebook, commands: Sequence[Command]) -> Iterator[Problem]:
    for place, step in book:
        if isinstance(step, Do) and step.verb not in phrasebook.verbs:
            yield Problem(place, f"the verb {step.verb!r} is not in the phrasebook")
        if isinstance(step, Browse | Ask) and step.rows and not (fact := phrasebook.facts.get(step.rows)):
            yield Problem(place, f"the list {step.rows!r} is not in the phrasebook")
        elif isinstance(step, Browse | Ask) and step.rows and fact and not fact.rows:
            yield Problem(place, f"{step.rows!r} is not a list")
        if isinstance(step, Ask) and step.rows and (twice := {digit_of(label) for label in step.options} & set("123")):
            yield Problem(place, f"its list takes the key {min(twice)!r} too")
        if isinstance(step, Choose | Ask):
            for way in step.options.values():
                if isinstance(way, When) and not ((flag := phrasebook.facts.get(way.fact)) and flag.flag):
                    yield Problem(place, f"{way.fact!r} is not a yes-or-no fact of the phrasebook")
    for command in commands:
        if not book.door(command.flow):
            yield Problem(command.keywords[0], f"leads to {command.flow!r}, which is nowhere")
    for door in doors(book, commands):
        if (flow := book.flow_at(door)).takes:
            yield Problem(flow.name, f"takes {', '.join(flow.takes)}, but callers come in here with nothing")
    yield from _front(book, phrasebook)


def _front(book: Book, phrasebook: Phrasebook) -> Iterator[Problem]:
    """What the book itself names: where help is, and where numbers go."""
    if book.help and not book.door(book.help.target):
        yield Problem("help", f"leads to {book.help.target!r}, which is nowhere")
    if book.help and not ((flag := phrasebook.facts.get(book.help.fact)) and flag.flag):
        yield Problem("help", f"{book.help.fact!r} is not a yes-or-no fact of the phrasebook")
    for name, flow in (("by_sms", book.by_sms), ("news", book.news)):
        if flow and not book.door(flow):
            yield Problem(name, f"leads to {flow!r}, which is nowhere")
    if book.numbers and not ((door := book.door(book.numbers)) and isinstance(book[door], Ask)):
        yield Problem("numbers", f"{book.numbers!r} is no flow that begins with a question")


def reached_from(starts: Iterable[str], ways: Mapping[str, Iterable[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(starts)
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            waiting += ways[place]
    return seen


def doors(book: Book, commands: Sequence[Command]) -> set[str]:
    """Where a caller or a message comes in."""
    beside = [command.flow for command in commands] + [book.numbers, book.by_sms, book.news] + ([book.help.target] if book.help else [])
    return {book.front_door, *(door for flow in beside if (door := book.door(flow)))}


def lost_by_sms(book: Book, phrasebook: Phrasebook) -> Iterator[Problem]:
    """A question whose words may come by SMS, although another question stands behind it, which no SMS answers."""
    for place, step in book:
        offered = isinstance(step, Ask) and book.by_sms in map(target_of, step.options.values())
        cut = isinstance(step, Ask) and isinstance(step.answer, Words) and step.answer.most >= TYPED_MOST  # we ask for the rest by SMS
        if book.by_sms and (offered or cut):
            done = _done_next(book, phrasebook, place)
            for asked in sorted(one for one in done if not isinstance(book[one], Do) and not is_end(book[one])):
                yield Problem(place, f"its words may come by SMS, but then {asked} asks on")


def _done_next(book: Book, phrasebook: Phrasebook, place: str) -> set[str]:
    """What is done with the words of this question, and the screens behind that."""

    def onward(there: str) -> list[str]:
        step = book[there]
        if not isinstance(step, Do) or phrasebook.verbs[step.verb].final_by_sms:
            return []
        return [book.lead(there, target_of(way)) or there for way in step.outcomes.values() if not isinstance(way, Again)]

    ways = {there: onward(there) for there, _ in book}
    return reached_from([book.lead(place, book.ways_on(place)[0]) or place], ways)


def unreached(book: Book, commands: Sequence[Command]) -> list[Problem]:
    seen = reached_from(doors(book, commands), edges(book))
    return [Problem(place, "no caller can reach it") for place, _ in book if place not in seen]


def is_end(step: Step) -> bool:
    """Where a caller has what they dialled for: a last word, or a screen that is only read."""
    return isinstance(step, Tell) or (isinstance(step, Browse) and not step.then) or (isinstance(step, Choose) and not step.options)


def traps(book: Book) -> list[Problem]:
    back: dict[str, list[str]] = {place: [] for place, _ in book}
    for place, ways in edges(book).items():
        for way in ways:
            back[way].append(place)
    can_end = reached_from({place for place, step in book if is_end(step)}, back)
    return [Problem(place, "no way to an end from here") for place, _ in book if place not in can_end]


def outcomes(book: Book, phrasebook: Phrasebook) -> Iterator[Problem]:
    for place, step in book:
        if isinstance(step, Do):
            real = phrasebook.verbs[step.verb].outcomes
            for name in sorted(real - set(step.outcomes)):
                yield Problem(place, f"forgets the outcome {name!r}")
            for name in sorted(set(step.outcomes) - real):
                yield Problem(place, f"waits for {name!r}, which never happens")


def seconds(step: Step) -> int:
    """How long a slow reader with twelve keys spends on this screen, the hop included."""
    if isinstance(step, Do):
        return 0
    if isinstance(step, Ask) and isinstance(step.answer, Words):
        return WORDS_SECONDS + NETWORK_SECONDS
    return SECONDS[type(step)] + NETWORK_SECONDS


def quickest(book: Book, start: str) -> dict[str, tuple[int, int]]:
    """For every place reached: the seconds and the screens of the quickest way to it."""
    ways, best = edges(book), {start: (0, 0)}
    waiting = [(0, 0, start)]
    while waiting:
        spent, screens, place = heapq.heappop(waiting)
        if best[place] < (spent, screens):
            continue
        cost, shown = seconds(book[place]), int(not isinstance(book[place], Do))
        for way in ways[place]:
            there = (spent + cost, screens + shown)
            if way not in best or there < best[way]:
                best[way] = there
                heapq.heappush(waiting, (*there, way))
    return best


def longest_way(book: Book) -> tuple[str, int, int]:
    """(the end that is farthest from the front door, screens, seconds): of the quickest ways to each end the slowest."""
    ends = {place: way for place, way in quickest(book, book.front_door).items() if is_end(book[place])}
    place, (spent, screens) = max(ends.items(), key=lambda one: one[1])
    return place, screens, spent


def too_slow(book: Book, commands: Sequence[Command]) -> Iterator[Problem]:
    """An end that even the quickest way reaches only after the network has hung up."""
    for place, (spent, screens) in quickest(book, book.front_door).items():
        if is_end(book[place]) and spent > CALL_SECONDS:
            yield Problem(place, f"takes {spent} s over {screens} screens; a call lasts {CALL_SECONDS} s")
