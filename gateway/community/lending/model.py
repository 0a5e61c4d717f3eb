"""A loan of a group: asked for, agreed to by two, paid back. Frozen values and limits; standard library only.

It costs nothing: what a group wants beside it is a rule of its own, and paid in like everything else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from gateway.community.groups.model import Heads
from gateway.ledger.model import Money
from gateway.members.model import Day, ShortName

# As many times of what a member has put in may be asked for, as savings groups do: who saves is trusted with more. Cash that only its payer and a leader
# have seen is neither counted nor lent: else two could write money that nobody has brought, and draw it.
TIMES_PUT_IN = 3
# Persons who must agree, on two phones, neither the borrower's; one of them a leader where that is not who asks: no one alone gives away what is everybody's.
SAY_YES = 2
GROUP_LEAST = 3  # members: two who agree, and who asks
WEEKS = ("4", "8", "13")  # a month, two, three: what is lent longer is seldom remembered well
ASKED_DAYS = 14  # in which a group says yes or no; then the asking is over
AGAIN_DAYS = 7  # after a no, or after it was taken back
REMINDED_DAYS = (-3, 0, 7)  # days from when it is due on which its borrower is reminded: not more, for shame pays nothing back
LISTED = 20

State = Literal["asked", "lent", "paid", "refused", "back", "ended", "failed"]


class LoanKey(str):
    """The id of a loan, carried and never said."""

    longest: ClassVar[str] = "9" * 19
    never_cut = True


@dataclass(frozen=True)
class Loan:
    """`transfer_id` is the payment to the borrower; while there is none, nothing was lent."""

    id: int
    group_id: int
    member_id: int
    amount: int
    weeks: int
    state: State
    asked_at: dt.datetime
    due_at: dt.datetime | None
    transfer_id: int | None
    reminded: int


# Outcomes.


@dataclass(frozen=True)
class LoansShown:
    """How many have a loan and how much of it is out; how many of them are late, and how many wait for a yes."""

    lent_heads: Heads
    lent_out: Money
    late_heads: Heads
    asked_heads: Heads


@dataclass(frozen=True)
class MayBorrow:
    most: Money


class NothingToLend:
    """The group has no money, or the member has put nothing in."""


class FewAreHere:
    """Too few in the group for two to agree."""


class LoanRuns:
    """One at a time."""


@dataclass(frozen=True)
class AskAgainLater:
    day: Day


@dataclass(frozen=True)
class LoanAsked:
    amount: Money
    weeks_said: Heads


class TooMuchToLend: ...


class LoanFits: ...


@dataclass(frozen=True)
class LoanToAgree:
    loan: LoanKey
    amount: Money
    to_name: ShortName
    months: Heads
    fee: Money


class LoanGone:
    """It is not to be agreed to any more, or not by the caller."""


@dataclass(frozen=True)
class AgreedFirst:
    """One yes; another is missing."""

    to_name: ShortName


@dataclass(frozen=True)
class LeaderIsMissing:
    """Two have said yes, and no leader among them."""

    to_name: ShortName


@dataclass(frozen=True)
class LoanLent:
    to_name: ShortName
    amount: Money


class GroupHasTooLittle: ...


class LoanRefused: ...


@dataclass(frozen=True)
class MyLoanAsked:
    loan: LoanKey
    amount: Money
    agreed: Heads


@dataclass(frozen=True)
class MyLoanLent:
    loan: LoanKey
    lent: Money
    owed: Money
    day: Day


class NoLoan: ...


class LoanTakenBack: ...


class NothingOwed: ...


@dataclass(frozen=True)
class PaysBack:
    """What is paid, never more than is owed."""

    amount: Money
    paying_minor: int
    fee: Money
    left: Money


class LoanOpen:
    """Who leaves pays back first."""
