"""The lock: everybody can put a name in, only two together take one out.

RSA with OAEP; the private key under a key that argon2id makes of both passphrases (RFC 8017, RFC 9106). Neither passphrase
is kept, and neither alone opens anything.
"""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY_BITS = 3072  # NIST SP 800-57: strong enough beyond 2030
PASSPHRASE_LEAST = 12  # letters of each
ROUNDS, MEMORY_KIB, LANES = 3, 64 * 1024, 4  # RFC 9106, second recommended choice
PADDED = 64  # bytes of every name, so that boxes tell nothing by their length

_OAEP = padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=b"pamoja sealed name")


class WrongPassphrase(ValueError):
    """One of the two is not right; nobody says which."""


@dataclass(frozen=True)
class Lock:
    """`public` seals, `private` opens once both passphrases are there. Both are PEM."""

    public: str
    private: str
    salt: str


def _both(first: str, second: str, salt: bytes) -> bytes:
    """One key of two passphrases: the length of the first stands in it, so that no letter wanders from one to the other."""
    said = f"{len(first)}:{first}{second}".encode()
    return base64.b64encode(hash_secret_raw(said, salt, ROUNDS, MEMORY_KIB, LANES, 32, Type.ID))


def make_lock(first: str, second: str) -> Lock:
    """Raises ValueError when a passphrase is short, or both are one."""
    if min(len(first), len(second)) < PASSPHRASE_LEAST or first == second:
        raise ValueError(f"two passphrases of at least {PASSPHRASE_LEAST} letters are needed, and not the same")
    salt, key = secrets.token_bytes(16), rsa.generate_private_key(public_exponent=65_537, key_size=KEY_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(_both(first, second, salt))
    )  # fmt: skip
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Lock(public.decode(), private.decode(), base64.b64encode(salt).decode())


def seal(public: str, name: str) -> str:
    """A name as it can be kept. The same name looks different each time."""
    key = serialization.load_pem_public_key(public.encode())
    assert isinstance(key, rsa.RSAPublicKey), "the key was made above"
    return base64.b64encode(key.encrypt(name.encode().ljust(PADDED), _OAEP)).decode()


def open_box(lock: Lock, box: str, first: str, second: str) -> str:
    """The name in it. Raises WrongPassphrase."""
    password = _both(first, second, base64.b64decode(lock.salt))
    try:
        key = serialization.load_pem_private_key(lock.private.encode(), password)
    except ValueError as error:
        raise WrongPassphrase from error
    assert isinstance(key, rsa.RSAPrivateKey), "the key was made above"
    return key.decrypt(base64.b64decode(box), _OAEP).decode().strip()
