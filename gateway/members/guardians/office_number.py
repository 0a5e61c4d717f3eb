"""A number that the office says to a member who shares a phone: whoever else holds the phone does not know it. It lies nowhere: it is reckoned anew."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from typing import Any

from gateway.members.guardians import rows
from gateway.members.model import Member

DIGITS = 5  # of the number; the tries are counted like look-ups of names


def told(world: Any, member: Member) -> str:
    """What staff read on the page of the account, while the office has opened the PIN of somebody who shares a phone; else nothing."""
    rescue = rows.rescue_of(world, member.id) if member.shared else None
    return _reckoned(world, member.id, rescue.asked_at)[0] if rescue and rescue.opened_by else ""


def fits(world: Any, member: Member, typed: str) -> bool:
    rescue = rows.rescue_of(world, member.id)
    return rescue is not None and any(hmac.compare_digest(one, typed) for one in _reckoned(world, member.id, rescue.asked_at))


def _reckoned(world: Any, member_id: int, asked_at: dt.datetime) -> list[str]:
    """By each pepper, the newest first: one that was changed meanwhile does not close the door."""
    said = f"office number|{world.organisation.id}|{member_id}|{asked_at.astimezone(dt.UTC).isoformat()}".encode()
    digests = [hmac.new(pepper, said, hashlib.sha256).digest() for pepper in world.secrets.peppers.values()]
    return [f"{int.from_bytes(one[:8]) % 10**DIGITS:0{DIGITS}}" for one in digests]
