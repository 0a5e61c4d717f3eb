"""What a vote of a group decided, kept as a few words of code and said in the reader's language."""

from __future__ import annotations

from typing import Any

from gateway.community.groups import ballot_rows
from gateway.members import rows as members
from gateway.members.model import short
from menus import alphabet

NOTICE = "=vote "  # how the words of a notice begin that is the result of a vote
SAID = {  # each is in the catalogue
    "yes": "Yes {yes}, no {no}, not sure {unsure}. So: yes", "no": "Yes {yes}, no {no}, not sure {unsure}. So: no",
    "few": "{voted} of {heads} voted: too few", "tie": "{most} each: not decided", "leader": "{name} leads now: {most} of {voted}",
    "gone": "The chosen one has left",
}  # fmt: skip


def result(world: Any, said: str, language: str) -> str:
    """`yes yes=2 no=0 unsure=1` as a sentence."""
    code, *given = said.split(" ")
    words: dict[str, Any] = dict(one.split("=", 1) for one in given if "=" in one)
    if "name" in words:
        known = members.by_ids(world, [int(words["name"])])
        words["name"] = short(known[int(words["name"])].name) if int(words["name"]) in known else "?"
    return str(world.phrases.text(SAID[code], language)).format(**words)


def notice_words(world: Any, words: str, language: str) -> str:
    """The words of a notice; of one that tells a result, the question and what was decided."""
    if not words.startswith(NOTICE):
        return words
    one = ballot_rows.vote(world, int(words.removeprefix(NOTICE)))
    if one is None:
        return words
    return f"{alphabet.cut(world.phrases.text(one.question, language), 30)} {result(world, one.said, language)}"
