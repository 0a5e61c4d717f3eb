"""What women and men, and villages, said in a poll: only of parts so big that nobody can guess who said what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.community.polls import part_rows, rows
from gateway.community.polls.model import Question, may_be_told, shares
from gateway.members.verbs import the_member

WHO = {"woman": "Women", "man": "Men"}  # as a phone says them; in the catalogue
UNSAID = "have not said"  # whoever has not told their sex or village; in the catalogue
TOO_FEW_BY = "Too few have answered to show who said what."
PARTS_SHOWN = 12  # of one question: more nobody pages through


@dataclass(frozen=True)
class PartSaid:
    """What a part of the members said to a question: (an answer, of a hundred) with the most chosen first."""

    question: Question
    part: str
    heads: int
    shares: tuple[tuple[str, int], ...]


def said_by_parts(world: Any, poll_id: int, by: part_rows.By) -> list[PartSaid]:
    """Question by question, the biggest part first. Those unsure are in no part's number."""
    counted, found = part_rows.count_by(world, poll_id, by), []
    for one in rows.questions_of(world, poll_id):
        parts = {part: {place: heads for place, heads in said.items() if place} for part, said in counted.get(one.place, {}).items()}
        told = may_be_told({part: sum(said.values()) for part, said in parts.items()})
        for part in sorted(told, key=lambda part: (-sum(parts[part].values()), part))[:PARTS_SHOWN]:
            found.append(PartSaid(one, part, sum(parts[part].values()), tuple(shares(one, _of(one, parts[part])))))
    return found


def _of(question: Question, said: Mapping[int, int]) -> dict[tuple[int, int], int]:
    return {(question.place, place): heads for place, heads in said.items()}


# Facts.


def poll_by_sex(world: Any, caller: str, result: str) -> str:
    return _told(world, caller, result, "sex")


def poll_by_village(world: Any, caller: str, result: str) -> str:
    return _told(world, caller, result, "village")


def _told(world: Any, caller: str, result: str, by: part_rows.By) -> str:
    text, language = world.phrases.text, the_member(world, caller).language
    lines: list[str] = []
    last = None
    for one in said_by_parts(world, int(result), by):
        name = text(UNSAID, language) if not one.part else text(WHO[one.part], language) if by == "sex" else one.part.capitalize()
        asked = "" if one.question == last else f"{one.question.words} "
        lines.append(f"{asked}{name} ({one.heads}): " + ", ".join(f"{words} {share}%" for words, share in one.shares) + ".")
        last = one.question
    return " ".join(lines) or str(text(TOO_FEW_BY, language))
