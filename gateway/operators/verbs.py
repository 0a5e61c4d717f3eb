"""What operators can do about themselves: be made, sign in with a second factor, sign out."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import secrets
import threading
from typing import Any

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from cryptography.fernet import Fernet

from gateway.operators import rows
from gateway.operators.model import (
    ADDRESS_TRIES,
    IDLE_MINUTES,
    LOGIN_TRIES,
    LOGIN_WAIT_S,
    RECOVERY_CODES,
    SESSION_HOURS,
    TOTP_STEP_S,
    NewOperator,
    Operator,
    Role,
    SignedIn,
    Wait,
    WrongLogin,
)

ISSUER = "Pamoja"
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_places = threading.BoundedSemaphore(2)  # logins weighed at once; hops need the cores too
_NOBODY = _hasher.hash("nobody has this password")  # weighed when the name is unknown, so that both take the same time


def make_operator(world: Any, *, login: str, name: str, role: Role, secret_key: str, password: str = "", totp: str = "") -> NewOperator:
    """A new operator with a second factor. What is returned is shown once and kept nowhere."""
    password, totp = password or secrets.token_urlsafe(12), totp or pyotp.random_base32()
    codes = tuple(secrets.token_hex(5) for _ in range(RECOVERY_CODES))
    rows.add(
        world, login=login, name=name, role=role, password_hash=_hasher.hash(password), totp_sealed=seal(totp, secret_key),
        recovery_hashes=json.dumps([_hash(code) for code in codes]),
    )  # fmt: skip
    return NewOperator(login, password, pyotp.TOTP(totp).provisioning_uri(name=login, issuer_name=ISSUER), codes)


def sign_in(world: Any, login: str, password: str, code: str, address: str, secret_key: str) -> tuple[str, SignedIn] | WrongLogin | Wait:
    """(token for the cookie, who signed in). Name, password and code are wrong together: which one, nobody learns."""
    now, who, where = world.now(), _hash(f"{login}|{address}"), _hash(f"any|{address}")
    for counter, most in ((who, LOGIN_TRIES), (where, ADDRESS_TRIES)):
        if (before := rows.tries(world.write, counter)) and before[0] >= most:
            rest = LOGIN_WAIT_S - int((now - before[1]).total_seconds())
            if rest > 0:
                return Wait(rest)
            rows.forget_tries(world.write, counter)
        rows.count_try(world.write, counter, now)
    operator = rows.by_login(world.write, login)
    right = _right_password(operator, password)
    if not right or operator is None or operator.status != "active" or not _right_code(world, operator, code, secret_key):
        return WrongLogin()
    for counter in (who, where):
        rows.forget_tries(world.write, counter)
    token = secrets.token_urlsafe(32)
    rows.begin_session(world.write, operator, _hash(token), now)
    return token, SignedIn(operator, _hash(token), now)


def signed_in(world: Any, token: str) -> SignedIn | None:
    """Who this cookie belongs to, if the session still lives; using it keeps it alive."""
    hash = _hash(token)
    found = rows.session(world.read, hash)
    if found is None:
        return None
    operator, began_at, seen_at = found
    now = world.now()
    if now - seen_at > dt.timedelta(minutes=IDLE_MINUTES) or now - began_at > dt.timedelta(hours=SESSION_HOURS):
        rows.end_session(world.write, hash)
        return None
    if now - seen_at > dt.timedelta(seconds=30):
        rows.touch_session(world.write, hash, now)
    return SignedIn(operator, hash, began_at)


def sign_out(world: Any, session: str) -> None:
    rows.end_session(world.write, session)


def confirm_code(world: Any, operator: Operator, code: str, secret_key: str) -> bool:
    """A second factor once more, for a deed that needs it (ASVS 7.5.3). The code is used up by it."""
    fresh = rows.by_login(world.write, operator.login)
    return fresh is not None and _right_code(world, fresh, code, secret_key)


def seal(secret: str, key: str) -> str:
    """A second factor's seed, readable only with the secret key."""
    return _fernet(key).encrypt(secret.encode()).decode()


def unseal(sealed: str, key: str) -> str:
    return _fernet(key).decrypt(sealed.encode()).decode()


def current_code(world: Any, login: str, secret_key: str) -> str:
    """The second factor's code of this moment, for a demo."""
    operator = rows.by_login(world.write, login)
    assert operator, f"there is no operator {login!r}"
    return pyotp.TOTP(unseal(operator.totp_sealed, secret_key)).at(int(world.now().timestamp()))


def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor|" + key.encode()).digest()))


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def _right_password(operator: Operator | None, password: str) -> bool:
    try:
        with _places:
            return _hasher.verify(operator.password_hash if operator else _NOBODY, password) and operator is not None
    except VerificationError:
        return False


def _right_code(world: Any, operator: Operator, code: str, secret_key: str) -> bool:
    """A code of this half minute or its neighbours, each good once; or a recovery code, which is then used up."""
    code = code.replace(" ", "")
    totp, step = pyotp.TOTP(unseal(operator.totp_sealed, secret_key)), int(world.now().timestamp()) // TOTP_STEP_S
    for near in (step, step - 1, step + 1):
        if near > operator.totp_last_step and hmac.compare_digest(totp.at(near * TOTP_STEP_S), code):
            rows.change(world.write, operator.id, totp_last_step=near)
            return True
    hashes = json.loads(rows.recovery_hashes(world.write, operator.id))
    if _hash(code) in hashes:
        rows.change(world.write, operator.id, recovery_hashes=json.dumps([one for one in hashes if one != _hash(code)]))
        return True
    return False
