"""Passwords that are read from paper once."""

from __future__ import annotations

from django.utils.crypto import get_random_string

# Letters and figures that cannot be taken for one another when read from a printed sheet.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Twelve clear characters in three groups, to be read from paper."""
    return "-".join(get_random_string(4, _CLEAR) for _ in range(3))
