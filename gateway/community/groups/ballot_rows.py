"""Where votes of groups and cash that leaders write down are kept. A ballot does not say whose it is."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, String, Table, UniqueConstraint, bindparam, case, delete, func, insert, select, update

from gateway.community.groups.rows import memberships
from gateway.community.groups.vote_model import MORE_MOST
from gateway.store.tables import UtcTime, fixed, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

CHANCE = secrets.SystemRandom()

group_votes = Table(
    "group_votes",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("question", String(80), nullable=False),
    Column("state", String(8), nullable=False),
    Column("said", String(120), nullable=False, server_default=""),
    Column("choices", String(60), nullable=False, server_default=""),
    Column("ends_at", UtcTime, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("reminded_at", UtcTime),
    Column("review_at", UtcTime),
    Column("rule_id", BigInteger),
    Column("amount", BigInteger),
    Column("number", String(8), nullable=False, server_default=""),
    Column("more", String(MORE_MOST), nullable=False, server_default=""),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("kind IN ('yes_no','leader','person','choice','rule_in','rule_out','list_on','list_off','asker','due','rule_all')", name="kind"),
    CheckConstraint("kind NOT IN ('rule_out','rule_all') OR rule_id IS NOT NULL", name="rule"),
    CheckConstraint("(kind = 'choice') = (choices <> '')", name="choices"),
    CheckConstraint("(kind = 'due') = (amount IS NOT NULL)", name="amount"),
    CheckConstraint("state IN ('open','closed')", name="state"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    Index("ix_group_votes_group", "group_id", "id"),
    Index("ix_group_votes_number", "organisation_id", "number"),
    Index("ix_group_votes_open", "ends_at", **only("state = 'open'")),
    Index("ix_group_votes_review", "review_at", **only("review_at IS NOT NULL")),
)

ballots = Table(
    "ballots",
    metadata,
    Column("vote_id", BigInteger, primary_key=True, autoincrement=False),
    Column("mark", String(64), primary_key=True),
    organisation_column(),
    Column("choice", String(20), nullable=False),
    refers("vote_id", "group_votes"),
)

done_says = Table(
    "done_says",
    metadata,
    Column("vote_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("says", String(8), nullable=False),
    CheckConstraint("says IN ('yes','part','no')", name="says"),
    refers("vote_id", "group_votes"),
    refers("member_id", "members"),
)

cash_records = Table(
    "cash_records",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("leader_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("state", String(8), nullable=False),
    Column("transfer_id", BigInteger),
    Column("made_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("state IN ('asked','agreed','denied')", name="state"),
    CheckConstraint("amount > 0", name="amount"),
    CheckConstraint("(state = 'agreed') = (transfer_id IS NOT NULL)", name="posted"),
    CheckConstraint("leader_id <> member_id", name="two_members"),
    refers("group_id", "groups"),
    refers("leader_id", "members"),
    refers("member_id", "members"),
    refers("transfer_id", "transfers"),
    Index("ix_cash_records_group", "group_id", "id"),
    Index("ix_cash_records_asked", "member_id", "id", **only("state = 'asked'")),
)


@dataclass(frozen=True)
class GroupVote:
    id: int
    group_id: int
    member_id: int
    kind: str
    question: str
    state: str
    said: str
    choices: str
    ends_at: dt.datetime
    made_at: dt.datetime
    reminded_at: dt.datetime | None
    rule_id: int | None
    amount: int | None
    number: str
    more: str

    @property
    def does_itself(self) -> bool:
        """Whether a yes is carried out by the clock: a rule is written down, a list is turned, a sum is set."""
        return self.kind in (*RULES, *LISTS, DUE)

    @property
    def ends_with_result(self) -> bool:
        """Whether it ends with its result, and nobody is asked later if it was done. Of who joins the leader has the last word."""
        return self.does_itself or self.kind == "asker"

    @property
    def answers(self) -> dict[str, str]:
        """Of a vote with choices of its own: 1 -> the first of them."""
        return {str(n): one for n, one in enumerate(self.choices.split(","), 1)} if self.choices else {}


@dataclass(frozen=True)
class CashRecord:
    id: int
    group_id: int
    leader_id: int
    member_id: int
    amount: int
    state: str
    transfer_id: int | None
    made_at: dt.datetime


RULES, LISTS, DUE = ("rule_in", "rule_out", "rule_all"), ("list_on", "list_off"), "due"  # kinds of votes
A_MEMBER = "Shall a member join us?"  # in the catalogue
CLOSING = (  # made once: it is counted at every dial
    select(group_votes.c.id)
    .join(memberships, (memberships.c.group_id == group_votes.c.group_id) & (memberships.c.organisation_id == group_votes.c.organisation_id))
    .where(memberships.c.member_id == bindparam("member_id"), memberships.c.state == fixed("member"), group_votes.c.state == fixed("open"))
    .where(group_votes.c.ends_at > bindparam("now"), group_votes.c.ends_at <= bindparam("closing"), group_votes.c.organisation_id == bindparam("here"))
)
_VOTE = [group_votes.c[one.name] for one in fields(GroupVote)]
_CASH = [cash_records.c[name] for name in ("id", "group_id", "leader_id", "member_id", "amount", "state", "transfer_id", "made_at")]


def add_vote(world: Any, **values: Any) -> bool:
    return add_once(world.write, group_votes, id=new_id(), organisation_id=world.organisation.id, state="open", made_at=world.now(), **values)


def vote_by_key(world: Any, key: str) -> GroupVote | None:
    row = world.write.execute(select(*_VOTE).where(group_votes.c.key == key, ours(world, group_votes))).one_or_none()
    return GroupVote(*row) if row else None


def vote(world: Any, id: int, *, lock: bool = False) -> GroupVote | None:
    query = select(*_VOTE).where(group_votes.c.id == id, ours(world, group_votes))
    row = (world.write.execute(query.with_for_update()) if lock else world.read.execute(query)).one_or_none()
    return GroupVote(*row) if row else None


def vote_by_number(world: Any, number: str) -> GroupVote | None:
    """Votes that were opened before they had numbers have none."""
    query = select(*_VOTE).where(group_votes.c.number == number, group_votes.c.number != "", ours(world, group_votes))
    row = world.read.execute(query).one_or_none()
    return GroupVote(*row) if row else None


def explain(world: Any, id: int, more: str) -> None:
    world.write.execute(update(group_votes).where(group_votes.c.id == id, ours(world, group_votes)).values(more=more))


def votes_of(world: Any, group_id: int, most: int, states: tuple[str, ...] = ("open", "closed")) -> list[GroupVote]:
    """Open ones first, then the newest."""
    query = select(*_VOTE).where(group_votes.c.group_id == group_id, group_votes.c.state.in_(states), ours(world, group_votes))
    return [GroupVote(*row) for row in world.read.execute(query.order_by(group_votes.c.state.desc(), group_votes.c.id.desc()).limit(most))]


def rules_decided(world: Any, since: dt.datetime) -> list[GroupVote]:
    """Votes about a rule that ended with a yes, since some days, the oldest first."""
    return _decided(world, RULES, since)


def lists_decided(world: Any, since: dt.datetime) -> list[GroupVote]:
    """Votes about who sees names that ended with a yes, since some days, the oldest first."""
    return _decided(world, LISTS, since)


def dues_decided(world: Any, since: dt.datetime) -> list[GroupVote]:
    """Votes about what each is to pay in that ended with a yes, since some days, the oldest first."""
    return _decided(world, (DUE,), since)


def _decided(world: Any, kinds: tuple[str, ...], since: dt.datetime) -> list[GroupVote]:
    decided = group_votes.c.kind.in_(kinds) & (group_votes.c.state == "closed") & group_votes.c.said.startswith("yes ")
    query = select(*_VOTE).where(decided, group_votes.c.ends_at >= since, ours(world, group_votes))
    return [GroupVote(*row) for row in world.read.execute(query.order_by(group_votes.c.id))]


def closing_for(world: Any, member_id: int, until: dt.datetime) -> list[GroupVote]:
    """Open votes of a member's groups that end by then, the first to end first."""
    query = select(*_VOTE).where(group_votes.c.id.in_(CLOSING)).order_by(group_votes.c.ends_at, group_votes.c.id)
    asked = {"member_id": member_id, "now": world.now(), "closing": until, "here": world.organisation.id}
    return [GroupVote(*row) for row in world.read.execute(query, asked)]


def votes_to_close(world: Any, now: dt.datetime) -> list[GroupVote]:
    query = select(*_VOTE).where(group_votes.c.state == "open", group_votes.c.ends_at <= now, ours(world, group_votes))
    return [GroupVote(*row) for row in world.read.execute(query.order_by(group_votes.c.ends_at))]


def close_vote(world: Any, id: int, said: str, review_at: dt.datetime | None = None) -> bool:
    """Once. The marks go with it: from here on nobody, with any key, can tell whose ballot was whose. So does the name of
    who asked to join.
    """
    query = update(group_votes).where(group_votes.c.id == id, group_votes.c.state == "open", ours(world, group_votes))
    question = case((group_votes.c.kind == "asker", A_MEMBER), else_=group_votes.c.question)
    if not world.write.execute(query.values(state="closed", said=said[:120], review_at=review_at, question=question)).rowcount:
        return False
    cast = [row.choice for row in world.write.execute(select(ballots.c.choice).where(ballots.c.vote_id == id, ours(world, ballots)))]
    world.write.execute(delete(ballots).where(ballots.c.vote_id == id, ours(world, ballots)))
    CHANCE.shuffle(cast)  # nor does the order in which they lie say who came first
    if cast:
        values = [{"vote_id": id, "mark": f"-{secrets.token_hex(16)}", "organisation_id": world.organisation.id, "choice": choice} for choice in cast]
        world.write.execute(insert(ballots), sorted(values, key=lambda one: one["mark"]))
    return True


def say_result(world: Any, id: int, said: str) -> None:
    """What came of a result that was only a choice until the chosen one answered."""
    world.write.execute(update(group_votes).where(group_votes.c.id == id, group_votes.c.state == "closed", ours(world, group_votes)).values(said=said[:120]))


def put_ballot(world: Any, vote_id: int, marks: Sequence[str], choice: str) -> None:
    """The one ballot behind these marks; it can be changed until the vote closes. The vote is locked."""
    here = (ballots.c.vote_id == vote_id) & ballots.c.mark.in_(marks) & ours(world, ballots)
    if not world.write.execute(update(ballots).where(here).values(choice=choice)).rowcount:
        world.write.execute(insert(ballots).values(vote_id=vote_id, mark=marks[0], organisation_id=world.organisation.id, choice=choice))


def marks_of(world: Any, vote_id: int) -> set[str]:
    return set(world.read.scalars(select(ballots.c.mark).where(ballots.c.vote_id == vote_id, ours(world, ballots))))


def note_reminder(world: Any, vote_id: int) -> bool:
    """Once for a vote."""
    query = update(group_votes).where(group_votes.c.id == vote_id, group_votes.c.reminded_at.is_(None), ours(world, group_votes))
    return bool(world.write.execute(query.values(reminded_at=world.now())).rowcount)


def votes_to_review(world: Any, now: dt.datetime) -> list[GroupVote]:
    query = select(*_VOTE).where(group_votes.c.review_at <= now, ours(world, group_votes))
    return [GroupVote(*row) for row in world.read.execute(query.order_by(group_votes.c.review_at))]


def note_review(world: Any, vote_id: int) -> bool:
    query = update(group_votes).where(group_votes.c.id == vote_id, group_votes.c.review_at.is_not(None), ours(world, group_votes))
    return bool(world.write.execute(query.values(review_at=None)).rowcount)


def put_done(world: Any, vote_id: int, member_id: int, says: str) -> None:
    """What a member says became of it, as they say it last."""
    if not add_once(world.write, done_says, vote_id=vote_id, member_id=member_id, organisation_id=world.organisation.id, says=says):
        here = (done_says.c.vote_id == vote_id) & (done_says.c.member_id == member_id) & ours(world, done_says)
        world.write.execute(update(done_says).where(here).values(says=says))


def count_done(world: Any, vote_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Vote -> what is said became of it -> by how many."""
    query = select(done_says.c.vote_id, done_says.c.says, func.count().label("times")).where(done_says.c.vote_id.in_(vote_ids), ours(world, done_says))
    counts: dict[int, dict[str, int]] = {}
    for row in world.read.execute(query.group_by(done_says.c.vote_id, done_says.c.says)):
        counts.setdefault(row.vote_id, {})[row.says] = row.times
    return counts


def count_ballots(world: Any, vote_id: int) -> dict[str, int]:
    query = select(ballots.c.choice, func.count().label("times")).where(ballots.c.vote_id == vote_id, ours(world, ballots)).group_by(ballots.c.choice)
    return {row.choice: row.times for row in world.read.execute(query)}


# Cash.


def add_cash(world: Any, **values: Any) -> bool:
    return add_once(world.write, cash_records, id=new_id(), organisation_id=world.organisation.id, state="asked", made_at=world.now(), **values)


def cash_by_key(world: Any, key: str) -> CashRecord | None:
    row = world.write.execute(select(*_CASH).where(cash_records.c.key == key, ours(world, cash_records))).one_or_none()
    return CashRecord(*row) if row else None


def cash(world: Any, id: int) -> CashRecord | None:
    """The record as nobody else can change it now."""
    row = world.write.execute(select(*_CASH).where(cash_records.c.id == id, ours(world, cash_records)).with_for_update()).one_or_none()
    return CashRecord(*row) if row else None


def answer_cash(world: Any, id: int, state: str, transfer_id: int | None) -> None:
    query = update(cash_records).where(cash_records.c.id == id, ours(world, cash_records))
    world.write.execute(query.values(state=state, transfer_id=transfer_id, answered_at=world.now()))


def count_asked(world: Any, group_id: int, since: dt.datetime) -> int:
    """How many records of a group wait for their payer's yes."""
    here = (cash_records.c.group_id == group_id) & (cash_records.c.state == "asked") & (cash_records.c.made_at >= since)
    return world.read.scalar(select(func.count()).where(here, ours(world, cash_records))) or 0


def count_written(world: Any, group_id: int, member_id: int, since: dt.datetime) -> int:
    """How many records of cash from this member a group has written since, whatever became of them."""
    here = (cash_records.c.group_id == group_id) & (cash_records.c.member_id == member_id) & (cash_records.c.made_at > since)
    return world.read.scalar(select(func.count()).where(here, ours(world, cash_records))) or 0


ASKED = (  # made once: it is counted at every dial
    select(*_CASH)
    .where(cash_records.c.member_id == bindparam("member_id"), cash_records.c.state == fixed("asked"), cash_records.c.made_at >= bindparam("asked_since"))
    .where(cash_records.c.organisation_id == bindparam("here"))
    .order_by(cash_records.c.id)
)


def cash_asked_of(world: Any, member_id: int, since: dt.datetime) -> list[CashRecord]:
    asked = {"member_id": member_id, "asked_since": since, "here": world.organisation.id}
    return [CashRecord(*row) for row in world.read.execute(ASKED, asked)]


def cash_of(world: Any, group_id: int, since: dt.datetime) -> list[CashRecord]:
    query = select(*_CASH).where(cash_records.c.group_id == group_id, cash_records.c.made_at >= since, ours(world, cash_records))
    return [CashRecord(*row) for row in world.read.execute(query.order_by(cash_records.c.id.desc()))]
