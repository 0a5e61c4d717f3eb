"""How a member is called before others: by name where they let themselves be seen (6, 6, 1, 3), else as "a member". And how what staff name is kept."""

from __future__ import annotations

from typing import Any

from gateway.community.groups import rows as groups
from gateway.community.items.model import Giver
from gateway.members.model import Member, ShortName, short
from gateway.records.model import masked
from menus import alphabet

SOMEBODY = "a member"  # in the catalogue, as the roles are that answer members
IT_HELPED = "it helped"  # and this
NAME_MOST = 10  # letters of a name on a screen


def named(world: Any, author: Member | None, reader: Member | None, language: str) -> ShortName:
    """The first name, or "a member" to who may not see it; who reads is not known where many do."""
    return short(author.name) if author and sees(world, author, reader) else ShortName(world.phrases.text(SOMEBODY, language))


def signed(world: Any, by: str, language: str) -> Giver:
    """The signature of staff ("Grace (support)") as there is room for it: the name may be cut, the role is whole and in the reader's language."""
    name, _, role = by.partition(" (")
    return Giver(alphabet.cut(name, NAME_MOST) + (f" ({world.phrases.text(role.rstrip(')'), language)})" if role else ""))


def giver(world: Any, by: str, author: Member | None, reader: Member, *, helped: bool | None = None) -> Giver:
    """Of an official answer whoever signed it; of any other its author, as the reader may call them, and whether it has helped who asked."""
    if by:
        return signed(world, by, reader.language)
    name = named(world, author, reader, reader.language)
    return Giver(f"{name} ({world.phrases.text(IT_HELPED, reader.language)})" if helped else name)


def sees(world: Any, author: Member, reader: Member | None) -> bool:
    if author.shown_to == "everyone" or (reader and reader.id == author.id):
        return True
    return author.shown_to == "groups" and reader is not None and groups.share_one(world, author.id, reader.id)


def staff_name(words: str, most: int) -> str:
    """A name or a question as staff typed it: in GSM-7, in one line, nothing in it that may be a PIN."""
    return alphabet.plain(" ".join(masked(words).split()))[:most].strip()
