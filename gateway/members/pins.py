"""PINs: which are too easy, how one is kept, and how many are weighed at once.

A PIN of four digits falls to anybody who has the hashes and ten minutes; so the hash is taken of a keyed digest whose
key (the pepper) is never in the database. argon2id with OWASP's smallest parameters takes 45 ms; the library's own
defaults take 250 ms, and eleven seconds with thirty-two at once (facts/security, finding 4).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from gateway.records.model import never_a_pin
from menus.answers import Secret

TRIES_MOST = 3  # wrong PINs in a row before the first lock
LOCKS_S = (30 * 60, 24 * 3600)  # the first lock, the second; after the third three a person must help
WEIGH_WAIT_S = 1.5  # a turn that cannot get its place in this time says so, and no try is counted

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_places = threading.BoundedSemaphore(os.cpu_count() or 2)

_OFTEN = frozenset(
    "1234 1111 0000 1212 7777 1004 2000 4444 2222 6969 9999 3333 5555 6666 1122 1313 8888 4321 2001 1010 2580 0852 1357 2468 "
    "1233 1235 1236 1221 1331 1441 1551 1661 1771 1881 1991 0007 0070 0101 0110 0123 0147 1100 1123 1245 1230 1470 1478 1590 "
    "2112 2121 2323 2525 2727 2828 3131 3232 3434 3456 3579 3690 4455 4545 4567 5050 5151 5252 5432 5454 5566 5656 5678 5683 "
    "6543 6565 6677 6767 6789 7410 7531 7654 7676 7788 7878 7890 8080 8642 8765 8787 8899 8989 9090 9630 9753 9876 9898 0987 "
    "1379 1397 1739 2369 2563 2589 3698 4568 4712 5201 5213 5279 6313 7412 7895 7896 8520 8521 8523 9510 9632 9874 1414 1515 "
    "1616 1717 1818 1919 2020 2424 2626 2929 3030 3535 3636 4040 4141 4242 4343 4646 4747 4848 4949 5353 5757 5858 5959 6060 "
    "6161 6262 6363 6464 6868 7070 7171 7272 7373 7474 7575 7979 8181 8282 8383 8484 8585 8686 9191 9292 9393 9494 9595 9696 9797".split()
)  # fmt: skip


class NoPlace(Exception):
    """No place to weigh a PIN was free in time."""


def weak(pin: Secret, number: str) -> bool:
    """Whether a thief would try this one early: often chosen, a run, a year, a round
    hundred, or the end of the phone number."""
    digits = pin.reveal()
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return digits in _OFTEN or len(set(digits)) == 1 or steps in ({1}, {9}) or never_a_pin(digits) or number.endswith(digits)


def _keyed(pin: Secret, whose: str, pepper: bytes) -> bytes:
    return hmac.new(pepper, f"{whose}|{pin.reveal()}".encode(), hashlib.sha256).digest()


@contextmanager
def place() -> Iterator[None]:
    """One of as many places as there are cores: a hash takes 19 MiB and a core for 45 ms. Raises NoPlace."""
    if not _places.acquire(timeout=WEIGH_WAIT_S):
        raise NoPlace
    try:
        yield
    finally:
        _places.release()


def hashed(pin: Secret, whose: str, peppers: Mapping[str, bytes]) -> str:
    """`pepper id $ argon2id`, made with the newest pepper. To be called inside `place()`."""
    newest = next(iter(peppers))
    return f"{newest}${_hasher.hash(_keyed(pin, whose, peppers[newest]))}"


def fits(pin: Secret, whose: str, kept: str, peppers: Mapping[str, bytes]) -> bool:
    """Whether this is the PIN. To be called inside `place()`. Raises KeyError when the pepper it was made with is missing."""
    pepper, _, digest = kept.partition("$")
    try:
        return _hasher.verify(digest, _keyed(pin, whose, peppers[pepper]))
    except VerifyMismatchError:
        return False


def lock_seconds(tries: int) -> int | None:
    """For how long this many wrong tries in a row lock a PIN: 0 not at all, None until a person helps."""
    if tries % TRIES_MOST:
        return 0
    return dict(enumerate(LOCKS_S, 1)).get(tries // TRIES_MOST)
