"""How many things wait for a member, counted in one question: every dial asks it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.sql.elements import ColumnElement

from gateway.community.bargain.rows import NOT_SAID
from gateway.community.groups.ballot_rows import ASKED
from gateway.community.items.voice_rows import UNHEARD
from gateway.members.rows import WAITING
from gateway.money.rows import ASKED_BACK


def _number_of(query: Select[Any]) -> ColumnElement[int]:
    return select(func.count()).select_from(query.order_by(None).subquery()).scalar_subquery()


_ALL = select(_number_of(WAITING) + _number_of(ASKED_BACK) + _number_of(UNHEARD) + _number_of(ASKED) + _number_of(NOT_SAID))


def count_waiting(world: Any, member_id: int, cash_from: dt.datetime, quarter: str, member_from: dt.datetime) -> int:
    """Payments to agree to, payments asked back, tidings, cash to agree to, and the question of the quarter."""
    asked = {"member_id": member_id, "here": world.organisation.id, "now": world.now()}
    return world.read.scalar(_ALL, {**asked, "asked_since": cash_from, "quarter": quarter, "since": member_from}) or 0
