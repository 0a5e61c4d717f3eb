"""The locks: anybody can put a name in, only its two holders together take one out.

A name is split in two halves of which each alone is noise (XOR with a random pad), each half sealed for one holder: RSA with OAEP (RFC 8017),
the private key under a key that argon2id makes of the holder's passphrase (RFC 9106). No passphrase is kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY_BITS = 3072  # NIST SP 800-57: strong enough beyond 2030
PASSPHRASE_LEAST, PASSPHRASE_MOST = 12, 200  # letters
ROUNDS, MEMORY_KIB, LANES = 3, 64 * 1024, 4  # RFC 9106, second recommended choice
PADDED = 64  # bytes of every name and every half, so that none tells anything by its length

_OAEP = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=b"pamoja sealed name")


class WrongPassphrase(ValueError):
    """It does not open this key."""


def make_key(passphrase: str) -> tuple[str, str, str]:
    """(public, private, salt). Raises ValueError when the passphrase is short."""
    if not PASSPHRASE_LEAST <= len(passphrase) <= PASSPHRASE_MOST:
        raise ValueError(f"a passphrase of at least {PASSPHRASE_LEAST} letters is needed")
    salt, key = secrets.token_bytes(16), rsa.generate_private_key(public_exponent=65_537, key_size=KEY_BITS)
    lock = serialization.BestAvailableEncryption(_stretched(passphrase, salt))
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return public.decode(), private.decode(), base64.b64encode(salt).decode()


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return base64.b64encode(hash_secret_raw(passphrase.encode(), salt, ROUNDS, MEMORY_KIB, LANES, 32, Type.ID))


def split(name: str, first: str, second: str) -> tuple[str, str]:
    """A name in two boxes, one for each public key. The same name looks different each time."""
    whole = name.encode().ljust(PADDED)
    assert len(whole) == PADDED, "a name is shorter than that"
    pad = secrets.token_bytes(PADDED)
    return _boxed(first, pad), _boxed(second, _xor(whole, pad))


def open_half(private: str, salt: str, passphrase: str, box: str) -> str:
    """One half of a name: noise without the other. Raises WrongPassphrase."""
    try:
        key = serialization.load_pem_private_key(private.encode(), _stretched(passphrase, base64.b64decode(salt)))
    except ValueError as error:
        raise WrongPassphrase from error
    assert isinstance(key, rsa.RSAPrivateKey), "the key was made above"
    return base64.b64encode(key.decrypt(base64.b64decode(box), _OAEP)).decode()


def join(first: str, second: str) -> str:
    """The name, of both its halves."""
    return _xor(base64.b64decode(first), base64.b64decode(second)).decode().strip()


def _boxed(public: str, half: bytes) -> str:
    key = serialization.load_pem_public_key(public.encode())
    assert isinstance(key, rsa.RSAPublicKey), "the key was made above"
    return base64.b64encode(key.encrypt(half, _OAEP)).decode()


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


# What waits to be mixed, unreadable in the database and known again only by a keyed mark.


def wrap(peppers: Mapping[str, bytes], words: Mapping[str, Any]) -> str:
    return _fernet(peppers).encrypt(json.dumps(words).encode()).decode()


def unwrap(peppers: Mapping[str, bytes], body: str) -> dict[str, Any] | None:
    """None when the key that wrapped it is gone."""
    try:
        found: dict[str, Any] = json.loads(_fernet(peppers).decrypt(body.encode()))
    except InvalidToken:
        return None
    return found


def marks(peppers: Mapping[str, bytes], *said: object) -> list[str]:
    """The marks of something, one for each key there is; the first is the one to keep."""
    return [hmac.new(key, "|".join(map(str, ("sealed", *said))).encode(), hashlib.sha256).hexdigest() for key in peppers.values()]


def _fernet(peppers: Mapping[str, bytes]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"sealed words|" + key).digest())) for key in peppers.values()])
