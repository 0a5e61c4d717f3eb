"""How many things wait for a member, counted in one question: every dial asks it."""

from __future__ import annotations

import datetime as dt
import functools
import operator
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.sql.elements import ColumnElement

from gateway.community.bargain.rows import NOT_SAID
from gateway.community.circles.promises import NAMED
from gateway.community.commons.outings import TOLD
from gateway.community.groups import calling
from gateway.community.groups.asker_rows import ASKED_IN
from gateway.community.groups.ballot_rows import ASKED, CLOSING
from gateway.community.groups.results import TURN_DAYS
from gateway.community.groups.rows import groups, memberships
from gateway.community.groups.turns import LEAD, PICK
from gateway.community.helping.may_call import MAY_CALL
from gateway.community.helping.rows import routes
from gateway.community.items.model import Item
from gateway.community.items.praised import TOLD as PRAISE
from gateway.community.items.rows import by_ids
from gateway.community.items.tables import comments, items, tidings
from gateway.community.items.voice_rows import UNHEARD
from gateway.community.lending.rows import TO_AGREE
from gateway.community.lending.verbs import lending_since, waits_for
from gateway.community.polls.rows import UNHEARD as UNHEARD_POLLS
from gateway.community.questions import QUIET
from gateway.community.rows import questions
from gateway.members.draft_rows import WAITING
from gateway.members.model import Member
from gateway.money.rows import ASKED_BACK
from gateway.store.questions import Question
from gateway.store.tables import fixed

FRESH_DAYS = 14  # how long an answer, or a question to a helper, stands under 9
LISTED = 10  # of each


def _number_of(query: Select[Any]) -> ColumnElement[int]:
    return select(func.count()).select_from(query.order_by(None).subquery()).scalar_subquery()


_NEWS_OF_IT = select(tidings.c.change_id).where(
    tidings.c.member_id == bindparam("member_id"), tidings.c.heard_at.is_(None), tidings.c.item_id == items.c.id, tidings.c.organisation_id == bindparam("here")
)
_MINE_DONE = select(items.c.id).where(  # said to be done, and to be closed by whose it is; as long as that is news, it stands there as news
    items.c.member_id == bindparam("member_id"), items.c.state == fixed("done"), items.c.organisation_id == bindparam("here"), ~_NEWS_OF_IT.exists()
)
_MY_ANSWERS = (  # my questions with an answer of these days that I have not said yes or no to
    select(items.c.id)
    .join(comments, (comments.c.item_id == items.c.id) & (comments.c.organisation_id == items.c.organisation_id))
    .where(items.c.member_id == bindparam("member_id"), items.c.organisation_id == bindparam("here"))
    .where(items.c.kind == fixed("question"), items.c.state.in_([fixed("open"), fixed("looked_at"), fixed("merged")]))
    .where(comments.c.kind.in_([fixed("answer"), fixed("official")]), comments.c.state == fixed("open"))
    .where(comments.c.helped.is_(None), comments.c.made_at >= bindparam("fresh"))
    .distinct()
)
_ASKED_OF_ME = (  # questions of these days that were asked of me as a helper
    select(routes.c.item_id)
    .join(items, (items.c.id == routes.c.item_id) & (items.c.organisation_id == routes.c.organisation_id))
    .where(routes.c.member_id == bindparam("member_id"), routes.c.state == fixed("asked"), routes.c.asked_at >= bindparam("fresh"))
    .where(items.c.state.in_([fixed("open"), fixed("looked_at")]), routes.c.organisation_id == bindparam("here"))
)
_INVITED = (
    select(groups.c.id)
    .join(memberships, (memberships.c.group_id == groups.c.id) & (memberships.c.organisation_id == groups.c.organisation_id))
    .where(memberships.c.member_id == bindparam("member_id"), memberships.c.state == fixed("invited"), groups.c.state == fixed("open"))
    .where(groups.c.organisation_id == bindparam("here"))
)
KINDS = (TOLD, PRAISE, *(f"{kind}{how}" for kind in (LEAD, PICK, NAMED, MAY_CALL) for how in ("", QUIET)))
_CHOSEN = select(questions.c.kind, questions.c.ref, questions.c.title).where(  # what is asked of me, or told, by a question of ours
    questions.c.number == bindparam("number"), questions.c.kind.in_([fixed(kind) for kind in KINDS]),
    questions.c.answered_at.is_(None), questions.c.asked_at >= bindparam("chosen_since"), questions.c.organisation_id == bindparam("here"),
)  # fmt: skip
_EACH = (WAITING, ASKED_BACK, UNHEARD, ASKED, NOT_SAID, UNHEARD_POLLS, _MINE_DONE, _MY_ANSWERS, _ASKED_OF_ME, _INVITED, ASKED_IN, _CHOSEN)
# Whose ballot is whose the database cannot tell, nor who may agree to a loan: that there are such is counted here, whether they wait for this
# member is asked only then.
_ALL = Question(
    select(functools.reduce(operator.add, map(_number_of, _EACH)).label("waiting"), _number_of(CLOSING).label("closing"), _number_of(TO_AGREE).label("loans"))
)


def count_waiting(world: Any, member: Member, cash_from: dt.datetime, quarter: str, member_from: dt.datetime) -> int:
    """Payments to agree to, payments asked back, tidings, cash to agree to, the question of the quarter; is it done, did it help, do you know it?"""
    asked = {"member_id": member.id, "number": member.number, "now": world.now()}
    since = {"asked_since": cash_from, "since": member_from, "lending_since": lending_since(world)}
    [row] = world.found(_ALL, **asked, **since, quarter=quarter, **_days(world))
    return int(row.waiting) + (len(calling.unvoted(world, member)) if row.closing else 0) + (len(waits_for(world, member)) if row.loans else 0)


def fresh(world: Any) -> dt.datetime:
    return _days(world)["fresh"]


def _days(world: Any) -> dict[str, dt.datetime]:
    """Since when each is still shown."""
    return {
        "fresh": world.now() - dt.timedelta(days=FRESH_DAYS),
        "chosen_since": world.now() - dt.timedelta(days=TURN_DAYS),
        "closing": world.now() + dt.timedelta(hours=calling.CLOSING_HOURS),
    }


def chosen(world: Any, member: Member) -> list[tuple[str, str, str]]:
    """(kind of question, what, group) of what groups ask this member to do, without an answer yet: to lead, to see to something."""
    asked = {"number": member.number, "here": world.organisation.id, "chosen_since": _days(world)["chosen_since"]}
    return [(row.kind.removesuffix(QUIET), row.ref, row.title) for row in world.read.execute(_CHOSEN, asked)]


def asks_of(world: Any, member_id: int) -> tuple[list[Item], list[Item], list[Item]]:
    """(what is said to be done, questions with fresh answers, questions asked of a helper) of a member, as many as are listed."""
    asked = {"member_id": member_id, "here": world.organisation.id, "fresh": _days(world)["fresh"]}
    ids = [list(world.read.scalars(query.limit(LISTED), asked)) for query in (_MINE_DONE, _MY_ANSWERS, _ASKED_OF_ME)]
    known = by_ids(world, [id for some in ids for id in some])
    done, answered, mine = ([known[id] for id in some if id in known] for some in ids)
    return done, answered, mine
