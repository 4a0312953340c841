"""Codes from the telephone (TOTP, RFC 6238) and spare codes: the arithmetic, without any file.

Such a code is a second question at the door and no key: it decrypts nothing. See docs/THREATS.md.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP = 30
"""Seconds for which a code is shown."""
DIGITS = 6
SPARE_CODES = 10
_SECRET_BYTES = 20
_AROUND = (0, -1, 1)
"""The step it is now, and one more on either side: clocks differ, and typing takes time."""
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Signs of spare codes: none that is easily taken for another."""
_SPARE_SIGNS = 10


def new_secret() -> bytes:
    """A fresh secret to be shared with a telephone."""
    return secrets.token_bytes(_SECRET_BYTES)


def step_of(secret: bytes, code: str, at: datetime) -> int | None:
    """The time step whose code this is, about now; None if it is of no such step."""
    now = int(at.timestamp()) // STEP
    typed = "".join(code.split()).encode("ascii", "replace")
    for step in (now + around for around in _AROUND):
        if hmac.compare_digest(_totp(secret).generate(step * STEP), typed):
            return step
    return None


def uri(secret: bytes, person: str, shop: str) -> str:
    """What the telephone reads from a picture (otpauth)."""
    return _totp(secret).get_provisioning_uri(person, shop)


def secret_text(secret: bytes) -> str:
    """The secret as it is typed into a telephone, in groups of four."""
    import base64

    text = base64.b32encode(secret).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def new_spare_codes() -> list[str]:
    """Fresh codes for the day on which the telephone is lost, as they are written down: `ABCDE-FGHJK`."""
    half = _SPARE_SIGNS // 2
    made = ("".join(secrets.choice(_SIGNS) for _ in range(_SPARE_SIGNS)) for _ in range(SPARE_CODES))
    return [f"{one[:half]}-{one[half:]}" for one in made]


def plain_spare(code: str) -> str | None:
    """A spare code as it is compared, whatever the hyphens; None where it cannot be one."""
    text = "".join(sign for sign in code.upper() if sign.isalnum())
    return text if len(text) == _SPARE_SIGNS and set(text) <= set(_SIGNS) else None


def _totp(secret: bytes) -> TOTP:
    from cryptography.hazmat.primitives.hashes import SHA1
    from cryptography.hazmat.primitives.twofactor.totp import TOTP

    return TOTP(secret, DIGITS, SHA1(), STEP)  # noqa: S303 - what telephones know
