"""A topic: a name in the languages that it has. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.members.model import in_tongue

ANY = "other"  # the topic of what comes by SMS, for nobody is asked there what it is about; it is always there
USUAL = ("cows", "crops", "money", "service", "prices", "health")  # each is in the catalogue
NAME_MOST = 14  # letters, so that a line of the list and a title have room
OWN = tuple(f"t{n}" for n in range(1, 10))  # codes: no two begin alike, and the names of all that somebody helps with stand in eighty letters


@dataclass(frozen=True)
class Kept:
    """What an organisation says of a topic: its own names, or only that one of the usual ones is off."""

    code: str
    name_en: str
    name_sw: str
    on: bool

    def name(self, language: str) -> str:
        return in_tongue(language, self.name_en, self.name_sw)
