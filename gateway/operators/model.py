"""Operators and what their role lets them do. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Role = Literal["admin", "support", "maker", "checker", "auditor", "facilitator", "board"]
ROLES: tuple[Role, ...] = ("admin", "support", "maker", "checker", "auditor", "facilitator", "board")

IDLE_MINUTES = 15  # a session that nobody uses ends
SESSION_HOURS = 10  # and every session ends with the working day
LOGIN_TRIES = 5  # wrong logins of one name from one address before it must wait
ADDRESS_TRIES = 30  # wrong logins of any name from one address before it must wait
LOGIN_WAIT_S = 300  # how long it waits; a stranger cannot lock anybody out for good
RECOVERY_CODES = 10
TOTP_STEP_S = 30

Permission = Literal[
    "money:read", "money:make", "money:check", "office:write", "members:read", "feedback:read", "feedback:write", "feedback:official", "groups:read",
    "groups:write", "people:write", "sealed:hold",
]  # fmt: skip

# Who manages people sees no money and cannot move it; who looks at everything changes nothing. Who looks after
# the community sees what members say and how their groups do, and touches no money. Who may open a name, with another,
# is of the board and no staff: nobody opens what was said about themselves.
MAY: dict[Role, frozenset[Permission]] = {
    "admin": frozenset({"people:write"}),
    "support": frozenset(
        {
            "money:read",
            "office:write",
            "members:read",
            "feedback:read",
            "feedback:write",
            "feedback:official",
            "groups:read",
            "groups:write",
        }
    ),
    "maker": frozenset({"money:read", "money:make", "office:write", "members:read", "feedback:read", "feedback:write", "groups:read"}),
    "checker": frozenset({"money:read", "money:check", "members:read", "feedback:read", "groups:read"}),
    "auditor": frozenset({"money:read", "members:read", "feedback:read", "groups:read"}),
    "facilitator": frozenset({"members:read", "feedback:read", "feedback:write", "feedback:official", "groups:read", "groups:write"}),
    "board": frozenset({"feedback:read", "groups:read", "sealed:hold"}),
}


@dataclass(frozen=True)
class Operator:
    """Who signs in. What they answer is signed with name and role, as members read it."""

    id: int
    organisation_id: int
    login: str
    name: str
    role: Role
    password_hash: str
    totp_sealed: str
    totp_last_step: int
    status: str

    @property
    def signature(self) -> str:
        return f"{self.name.split()[0]} ({self.role})"

    def may(self, permission: Permission) -> bool:
        return permission in MAY[self.role]


@dataclass(frozen=True)
class SignedIn:
    """An operator with a live session. `token` is in the cookie only; the database knows its hash."""

    operator: Operator
    session: str
    began_at: dt.datetime


@dataclass(frozen=True)
class NewOperator:
    """What is shown once, when an operator is made."""

    login: str
    password: str
    totp_uri: str
    recovery_codes: tuple[str, ...]


class WrongLogin: ...


@dataclass(frozen=True)
class Wait:
    seconds: int
