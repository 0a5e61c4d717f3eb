"""What a group can, will and should do: each member says it, leaders too; the gap between them is the finding."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Collection
from typing import Any

from gateway.community.circles import rows
from gateway.community.circles.model import (
    FEWEST,
    LISTENS,
    LISTENS_FEWEST,
    RATINGS,
    STATEMENTS,
    CheckDone,
    CheckLater,
    CheckShown,
    Few,
    Promised,
    Rated,
    Share,
    Statement,
    StatementAsked,
    StatementNumber,
    gap,
)
from gateway.community.groups.leading import leads
from gateway.community.groups.model import Group, NotALeader, NotInGroup
from gateway.community.groups.verbs import standing_in
from gateway.members import rows as members
from gateway.members.model import Member, short
from gateway.members.verbs import the_member
from menus.phrasebook import Row

SEASON_DAYS = 90  # then it is asked anew
SHOWN_TO_ALL = ("open", "done")
SAID = {"named": "asked", "not_me": "said no", "done": "done"}  # instead of the day; in the catalogue


def _since(world: Any) -> dt.datetime:
    since: dt.datetime = world.now() - dt.timedelta(days=SEASON_DAYS)
    return since


def next_statement(world: Any, caller: str, group: str) -> StatementAsked | CheckDone | NotInGroup:
    """The next that this member has not rated this season: who is cut off goes on where they were."""
    member = the_member(world, caller)
    found = standing_in(world, member, group)
    if found is None:
        return NotInGroup()
    rated = rows.rated_by(world, found[0].id, member.id, _since(world))
    left = [n for n in range(len(STATEMENTS)) if n not in rated]
    if not left:
        return CheckDone(Few(rows.raters(world, found[0].id, _since(world))))
    says = Statement(world.phrases.text(STATEMENTS[left[0]], member.language))
    return StatementAsked(StatementNumber(left[0]), Few(len(rated) + 1), Few(len(STATEMENTS)), says)


def rate(world: Any, caller: str, group: str, statement: str, show: str) -> Rated | NotInGroup:
    member = the_member(world, caller)
    found = standing_in(world, member, group)
    if found is None:
        return NotInGroup()
    assert show in RATINGS, "the menu has no other"
    rows.put_rating(world, found[0].id, member.id, int(statement), rating=show, role=found[1].role)
    return Rated()


def fewest(statement: int) -> int:
    return LISTENS_FEWEST if statement == LISTENS else FEWEST


def shares(world: Any, group: Group) -> dict[int, dict[str, int]]:
    """Statement -> of a hundred who rated it, how many say can, will, should. What fewer than three have rated is not there: one could tell who. How the
    leader leads is what members say, leaders left aside.
    """
    counted = rows.count_ratings(world, group.id, _since(world))
    found = {}
    for n in {statement for statement, _ in counted}:
        roles = ("member",) if n == LISTENS else ("member", "leader")
        heads = {name: sum(counted.get((n, role), {}).get(name, 0) for role in roles) for name in RATINGS}
        if sum(heads.values()) >= fewest(n):
            found[n] = {name: round(100 * count / sum(heads.values())) for name, count in heads.items()}
    return found


def leaders_listen(world: Any, group_ids: Collection[int] = ()) -> dict[int, int]:
    """Group -> of a hundred of its members who said it this season, how many say that the leader listens. Where too few said it, nothing."""
    said = rows.said_of(world, LISTENS, _since(world), group_ids)
    return {id: round(100 * heads.get("can", 0) / sum(heads.values())) for id, heads in said.items() if sum(heads.values()) >= LISTENS_FEWEST}


def gap_here(world: Any) -> int | None:
    """How far members and leaders of all groups see things apart this season, the mean of the statements that enough of both have rated."""
    counted = rows.ratings_here(world, _since(world))
    sides = [(counted.get((n, "member"), {}), counted.get((n, "leader"), {})) for n in range(len(STATEMENTS))]
    gaps = [gap(*both) for both in sides if min(sum(side.values()) for side in both) >= FEWEST]
    found = [one for one in gaps if one is not None]
    return round(statistics.fmean(found)) if found else None


def look_at_statement(world: Any, caller: str, group: str, statement: str) -> CheckShown | CheckLater | NotALeader:
    """For the leader: what all say, and who does something about it by when."""
    found = leads(world, caller, group)
    return _check_of(world, the_member(world, caller), found, int(statement), leads_it=True) if found else NotALeader()


def look_at_our_check(world: Any, caller: str, group: str, statement: str) -> CheckShown | CheckLater | NotInGroup:
    """The same for everybody of the group: what they said of themselves is theirs."""
    member = the_member(world, caller)
    found = standing_in(world, member, group)
    return _check_of(world, member, found[0], int(statement)) if found else NotInGroup()


def _check_of(world: Any, member: Member, found: Group, statement: int, *, leads_it: bool = False) -> CheckShown | CheckLater:
    share = shares(world, found).get(statement)
    if share is None:
        return CheckLater(Few(fewest(statement)))
    promised = rows.promises_of(world, found.id).get(statement)
    said = _promised(world, member, promised, leads_it)
    says = Statement(world.phrases.text(STATEMENTS[statement], member.language))
    return CheckShown(says, Share(share["can"]), Share(share["will"]), Share(share["should"]), Promised(said))


def _promised(world: Any, member: Member, promised: Any, leads_it: bool) -> str:
    """Who does it by when. A name is shown to all with its own yes; until then, and after a no, to the leader who named it."""
    if promised is None or (promised.state not in SHOWN_TO_ALL and not leads_it):
        return str(world.phrases.text("nobody yet", member.language))
    doer = members.by_ids(world, [promised.member_id]).get(promised.member_id)
    day = world.phrases.day(world.organisation.local(promised.due_at), member.language)
    said = world.phrases.text(SAID[promised.state], member.language) if promised.state in SAID else day
    return f"{short(doer.name) if doer else '?'}: {said}"


# Facts.


def check_results(world: Any, caller: str, group: str) -> list[Row]:
    """For the leader: what was rated, with how many of a hundred say that the group can. The least sure first."""
    found = leads(world, caller, group)
    return _results(world, the_member(world, caller), found) if found else []


def our_check_results(world: Any, caller: str, group: str) -> list[Row]:
    """The same for everybody of the group."""
    member = the_member(world, caller)
    found = standing_in(world, member, group)
    return _results(world, member, found[0]) if found else []


def _results(world: Any, member: Member, found: Group) -> list[Row]:
    can = {n: share["can"] for n, share in shares(world, found).items()}
    return [Row(str(n), f"{can[n]}% {world.phrases.text(STATEMENTS[n], member.language)}") for n in sorted(can, key=lambda n: (can[n], n))]
