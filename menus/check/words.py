"""Is everything that is said or needed known, on every way here? What a compiler calls definite assignment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from menus.check.problem import Problem
from menus.phrasebook import GIVEN, Phrasebook
from menus.screens import Again, Ask, Book, Browse, Choose, Do, Pick, Step, Tell, Way, When, target_of, words_in


def texts_at(step: Step) -> list[str]:
    """Everything this step says itself, the question first; the reasons of `Again` are said at its target."""
    match step:
        case Choose():
            return [step.text, *step.options]
        case Ask():
            return [step.text, *step.options]
        case Browse() | Tell():
            return [step.text]
        case Do():
            return []


def ways_out(book: Book, phrasebook: Phrasebook, place: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Each way on from a place, with the words that are new on that way. `Again` rewinds, so it brings none on."""
    step = book[place]
    if isinstance(step, Choose | Ask):
        for way in step.options.values():
            yield target_of(way), frozenset({step.name} if isinstance(way, Pick) else ())
    if isinstance(step, Choose):
        for target in step.keys.values():
            yield target, frozenset()
        if step.more:
            yield step.more, frozenset()
    if isinstance(step, Ask):
        yield step.then or book.next(place), frozenset({step.name}) if step.answer.kept else frozenset()
    if isinstance(step, Browse):
        if step.then:
            yield step.then, frozenset({step.name})
        if step.empty:
            yield step.empty, frozenset()
    if isinstance(step, Do):
        carries = phrasebook.verbs[step.verb].carries
        for name, way in step.outcomes.items():
            if not isinstance(way, Again):
                yield target_of(way), frozenset(carries.get(name, {}))


def known(book: Book, phrasebook: Phrasebook) -> dict[str, frozenset[str]]:
    """Place -> the answers and carried words that are there on every way to it."""
    everything = frozenset(name for place, step in book for name in ({step.name} | {word for _, new in ways_out(book, phrasebook, place) for word in new}))
    heard = {place: everything for place, _ in book}
    for flow in book.flows:
        heard[f"{flow.name}.{flow.steps[0].name}"] = frozenset(flow.takes)
    changed = True
    while changed:
        changed = False
        for place, _ in book:
            for target, new in ways_out(book, phrasebook, place):
                there = book.lead(place, target)
                assert there
                if book.flow_at(there) is not book.flow_at(place):
                    continue  # a flow knows what it takes, and nothing else
                gives = heard[place] | new
                if not heard[there] <= gives:
                    heard[there] &= gives
                    changed = True
    return heard


def secrets_into(book: Book) -> dict[str, frozenset[str]]:
    """Do -> the secrets that are in hand on every way into it."""
    into: dict[str, list[frozenset[str]]] = {}
    for place, step in book:
        for way in book.ways_on(place):
            there = book.lead(place, way) if way else None
            if there and isinstance(book[there], Do):
                typed = isinstance(step, Ask) and not step.answer.kept and way == (step.then or book.next(place))
                into.setdefault(there, []).append(frozenset({step.name}) if typed else frozenset())
    return {place: frozenset.intersection(*ways) for place, ways in into.items()}


def whys_of(book: Book) -> dict[str, list[str]]:
    """Question -> the reasons that verbs may give above it."""
    whys: dict[str, list[str]] = {}
    for origin, step in book:
        if isinstance(step, Do):
            for way in step.outcomes.values():
                if isinstance(way, Again) and (there := book.lead(origin, way.name)):
                    whys.setdefault(there, []).append(way.why)
    return whys


def carried(phrasebook: Phrasebook, step: Do, why: Way) -> frozenset[str]:
    """The words that every outcome with this reason carries."""
    sets = [frozenset(phrasebook.verbs[step.verb].carries.get(name, {})) for name, way in step.outcomes.items() if way == why]
    return frozenset.intersection(*sets) if sets else frozenset()


def unheard(book: Book, phrasebook: Phrasebook) -> Iterator[Problem]:
    heard, secrets = known(book, phrasebook), secrets_into(book)
    facts = {name for name, fact in phrasebook.facts.items() if not fact.rows and not fact.flag}
    yield from untaken(book, phrasebook, heard)
    for place, step in book:
        said = {word for text in texts_at(step) for word in words_in(text)}
        for name in sorted(said - heard[place] - facts):
            yield Problem(place, f"says {{{name}}}, which is not known on every way here")
        for fact in sorted((facts_at(step) | said - heard[place]) & phrasebook.facts.keys()):
            for name in sorted(set(phrasebook.facts[fact].needs) - heard[place]):
                yield Problem(place, f"asks for {fact!r}, which needs {name!r}, not known on every way here")
        if not isinstance(step, Do):
            continue
        missing = phrasebook.verbs[step.verb].needs - heard[place] - secrets.get(place, frozenset())
        for name in sorted(missing):
            yield Problem(place, f"needs {name!r}, which is not known on every way here")
        for way in step.outcomes.values():
            if isinstance(way, Again):
                there = book.lead(place, way.name)
                assert there
                if book.flow_at(there) is not book.flow_at(place) or not isinstance(book[there], Ask | Choose | Browse):
                    yield Problem(place, f"asks {way.name!r} again, which is not a question of this flow")
                for name in sorted(words_in(way.why) - carried(phrasebook, step, way) - heard[there] - facts):
                    yield Problem(place, f"gives a reason with {{{name}}}, which is not known there")


def facts_at(step: Step) -> set[str]:
    """The lists and the yes-or-no facts that a step looks up."""
    rows = {step.rows} - {""} if isinstance(step, Browse | Ask) else set()
    return rows | ({way.fact for way in step.options.values() if isinstance(way, When)} if isinstance(step, Choose | Ask) else set())


def untaken(book: Book, phrasebook: Phrasebook, heard: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """A flow that takes a word is entered only from where that word is known."""
    for place, _ in book:
        for target, new in ways_out(book, phrasebook, place):
            there = book.lead(place, target)
            assert there
            flow = book.flow_at(there)
            if flow is not book.flow_at(place):
                for name in sorted(set(flow.takes) - heard[place] - new):
                    yield Problem(place, f"leads to {flow.name!r}, which takes {name!r}, not known on every way here")


def told_secrets(book: Book, phrasebook: Phrasebook) -> Iterator[Problem]:
    for flow in book.flows:
        secret = {step.name for step in flow.steps if isinstance(step, Ask) and step.answer.secret}
        for step in flow.steps:
            place = f"{flow.name}.{step.name}"
            for text in texts_at(step):
                for name in sorted(words_in(text) & secret):
                    yield Problem(place, f"would show the secret {{{name}}}")
            if isinstance(step, Ask) and not step.answer.kept:
                there = book.lead(place, step.then or book.next(place))
                after = book[there] if there else None
                if not isinstance(after, Do) or step.name not in phrasebook.verbs[after.verb].takes:
                    yield Problem(place, "a secret must be used at once, by the step below it")
                if step.name in GIVEN:
                    yield Problem(place, f"{step.name!r} is a name that the engine gives itself")
