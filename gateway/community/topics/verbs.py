"""Which topics there are, what they are called, and how staff add their own."""

from __future__ import annotations

from typing import Any

from gateway.community.naming import staff_name
from gateway.community.topics import rows
from gateway.community.topics.model import ANY, NAME_MOST, OWN, USUAL, Kept


class NotMade(ValueError):
    """No topic was made. Says why, for the person who asked."""


def _kept(world: Any) -> dict[str, Kept]:
    if "topics" not in world.seen:
        world.seen["topics"] = rows.kept(world)
    found: dict[str, Kept] = world.seen["topics"]
    return found


def all_topics(world: Any) -> list[tuple[str, bool]]:
    """(code, whether it is on): the usual ones, the own ones, and what is of none of them."""
    kept = _kept(world)
    return [*((code, code not in kept or kept[code].on) for code in USUAL), *((code, kept[code].on) for code in OWN if code in kept), (ANY, True)]


def codes(world: Any) -> tuple[str, ...]:
    """Those that are on, in the order of the phone."""
    return tuple(code for code, on in all_topics(world) if on)


def called(world: Any, code: str, language: str) -> str:
    own = _kept(world).get(code)
    return own.name(language) if own and own.name_en else str(world.phrases.text(code, language))


def listed(world: Any, some: Any, language: str) -> str:
    """The names of those that are on, in their order."""
    return ", ".join(called(world, code, language) for code in codes(world) if code in some)


def meant(world: Any, said: str, among: tuple[str, ...] = ()) -> str:
    """The topic that somebody names, in whatever language, of those that are on or of these; nothing when it is none."""
    wanted = said.strip().lower()
    names = {code: {code, *(called(world, code, language).lower() for language in ("en", *world.phrases.catalogs))} for code in among or codes(world)}
    return next((code for code, known in names.items() if wanted in known), "")


def _taken(world: Any, *names: str) -> set[str]:
    """The topics, on or off, that have one of these names."""
    every = tuple(code for code, _ in all_topics(world))
    return {meant(world, name, every) for name in names if name} - {""}


# For staff.


def make_topic(world: Any, *, name_en: str, name_sw: str, by: str) -> str:
    """A new topic, which members see at once. Returns its code. Raises NotMade."""
    english, swahili = staff_name(name_en, NAME_MOST), staff_name(name_sw, NAME_MOST)
    if not english:
        raise NotMade("a name in English is needed")
    if _taken(world, english, swahili):
        raise NotMade("there is a topic of that name already")
    for code in OWN:
        if code not in _kept(world) and rows.add(world, code=code, name_en=english, name_sw=swahili, on=True, by=by[:60]):
            world.seen.clear()
            return code
    raise NotMade(f"there are {len(OWN)} of your own already: call one that is off by another name")


def turn(world: Any, code: str, by: str) -> bool | None:
    """Off, or on again; what it is now. None when there is no such topic, or it is the one for all the rest."""
    now = dict(all_topics(world)).get(code)
    if now is None or code == ANY:
        return None
    if code not in _kept(world):
        rows.add(world, code=code, name_en="", name_sw="", on=True, by=by[:60])
    rows.change(world, code, on=not now)
    return not now


def rename(world: Any, code: str, *, name_en: str, name_sw: str) -> None:
    """One of the own by another name: what was said in it is called so too. Raises NotMade."""
    english, swahili = staff_name(name_en, NAME_MOST), staff_name(name_sw, NAME_MOST)
    if code not in OWN or code not in _kept(world) or not english:
        raise NotMade("a topic of your own and its name in English are needed")
    if _taken(world, english, swahili) - {code}:
        raise NotMade("there is a topic of that name already")
    rows.change(world, code, name_en=english, name_sw=swahili)
