"""What may be asked for, until when it is due, and what becomes of each table when a member's traces are deleted. Standard library only.

Kenya, Data Protection (General) Regulations 2021: a copy within 7 days (reg. 9), deletion within 14 (reg. 12), both free. What a law makes us keep
stays (Data Protection Act 2019, s. 40 (3)): the books.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from gateway.members.model import Day

Kind = Literal["copy", "delete"]
DAYS: dict[Kind, int] = {"copy": 7, "delete": 14}
GONE = "(deleted)"  # what stands where a member's words were


@dataclass(frozen=True)
class Asked:
    due_day: Day


@dataclass(frozen=True)
class AskedBefore:
    due_day: Day


@dataclass(frozen=True)
class Request:
    id: int
    member_id: int
    phones: str
    phones_since: dt.datetime
    kind: Kind
    asked_at: dt.datetime
    due_at: dt.datetime
    state: str


@dataclass(frozen=True)
class Keep:
    why: str


@dataclass(frozen=True)
class Delete:
    """Rows that go; only those that fit `where`, a condition in SQL, if there is one."""

    where: str = ""


@dataclass(frozen=True)
class Blank:
    """Words that go out of rows that others see the place of."""

    column: str = "words"
    where: str = ""


Fate = Keep | Delete | Blank
MONEY = Keep("the books of money, which a law makes us keep")
COUNT = Keep("a number in a count; it says nothing by itself")
SAFETY = Keep("it protects an account")
BRAKE = Keep("it keeps others from being written to twice")
WISH = Keep("a wish that we go on minding")
GROUPS = Keep("a group's own memory, under the group's rules")
TIPS = Keep("others have built on it; the name can be hidden, and it can be taken back: 6, 98, 2")
FATES: dict[str, Fate] = {  # every table that holds something of a member; a test holds that none is forgotten
    "accounts": MONEY, "airtime_orders": MONEY, "buy_shares": MONEY, "cash_records": MONEY, "deliveries": MONEY, "disputes": MONEY, "drafts": MONEY,
    "group_loans": MONEY, "group_loan_says": MONEY, "import_lines": MONEY, "need_gifts": MONEY, "need_rewards": MONEY, "standing_orders": MONEY,
    "circle_marks": COUNT, "course_marks": COUNT, "learners": Delete(), "done_says": COUNT, "item_flags": COUNT, "item_let_in": COUNT, "item_twins": COUNT,
    "item_votes": COUNT, "need_offers": COUNT, "outing_places": COUNT,
    "panel_seats": COUNT, "poll_answers": COUNT, "revision_checks": COUNT, "routes": COUNT, "rsvps": COUNT, "thanks": COUNT, "reports": COUNT,
    "meeting_points": COUNT, "staff_as_members": COUNT,
    "guardians": SAFETY, "vouchers": SAFETY, "rescues": SAFETY, "lost_phones": SAFETY, "numbers": SAFETY, "resting_powers": SAFETY, "sim_asks": SAFETY,
    "two_people": SAFETY, "assists": SAFETY, "members": SAFETY, "roll": SAFETY, "lookups": SAFETY,
    "friends_told": BRAKE, "newcomers_invited": BRAKE, "stops": WISH, "topic_stops": WISH,
    "courses": Keep("staff made it; it holds nothing of you"),
    "consents": Keep("the proof that you agreed"), "staff_looks": Keep("the proof of who looked at you"), "data_requests": Keep("the proof that this was done"),
    "group_buys": GROUPS, "group_promises": GROUPS, "group_rules": GROUPS, "group_votes": GROUPS, "meetings": GROUPS, "memberships": GROUPS,
    "role_terms": GROUPS,
    "outings": GROUPS, "tool_loans": GROUPS, "tools": GROUPS, "revisions": TIPS,
    "items": Blank(where="state = 'withdrawn'"), "item_comments": Blank(), "circle_words": Blank(where="tip_id IS NULL"), "panel_words": Blank(),
    "group_notices": Blank(),
    "callbacks": Delete("done_at IS NOT NULL"), "care_actions": Delete(), "group_ratings": Delete(), "helpers": Delete(), "hops": Delete(),
    "texts_in": Delete(), "texts": Delete("kind <> 'receipt' AND state IN ('refused','delivered','failed','accepted','unknown')"), "kept_places": Delete(),
    "instead_answers": Delete(), "trust_answers": Delete(), "service_stars": Delete(), "member_traits": Delete(), "leader_lessons": Delete(),
    "item_follows": Delete(), "item_wishes": Delete(), "notice_hearings": Delete(), "person_follows": Delete(), "pin_choices": Delete(),
    "poll_hearings": Delete(), "questions": Delete("answered_at IS NOT NULL"), "shortcuts": Delete(), "tidings": Delete(), "topic_keepers": Delete(),
    "vote_reasons": Delete(),
}  # fmt: skip
