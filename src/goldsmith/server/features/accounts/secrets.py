"""Secrets: passwords by argon2, tokens as SHA-256 of 256 random bits (nothing to guess, so nothing to slow down)."""

import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from goldsmith.server.features.accounts.domain import PASSWORD_MAX, PASSWORD_MIN
from goldsmith.server.foundation.errors import Invalid

KEY_PREFIX = "gsk_"
_hasher = PasswordHasher()
# A hash of nothing in particular: compared with when there is no account, so that both cases take as long.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$UoZ2pGao6UDxZYIq6KIKRQ$uijwVIXHDdgcPav7yaLJ3IOW6CtVeuwIp4P4s0GAH9M"


def hash_password(password: str) -> str:
    """The argon2id hash to store; about 0.2 CPU seconds, so call it outside transactions."""
    return _hasher.hash(password)


def hash_new_password(password: str) -> str:
    """`hash_password` for a password that no route has checked."""
    if not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise Invalid(
            f"A password has {PASSWORD_MIN} to {PASSWORD_MAX} characters; this one has {len(password)}. "
            "A few words in a row are good and easy to remember."
        )
    return hash_password(password)


def password_matches(stored: str | None, password: str) -> bool:
    """Whether the password is right; costs the same time when there is none to compare with."""
    try:
        return _hasher.verify(stored or _NOBODY, password) and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def new_token() -> str:
    """A fresh secret for a session, a CSRF token or an invitation."""
    return secrets.token_urlsafe(32)


def new_key() -> str:
    """A fresh API key; its prefix lets people and scanners recognise it."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
