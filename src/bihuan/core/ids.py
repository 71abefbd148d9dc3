"""Keys. A record's key tells when it was made (UUIDv7, so rows lie in order); a secret thing's key tells nothing (v4)."""

import uuid

from uuid_utils import compat


def new_id() -> uuid.UUID:
    """A new key for an ordinary record."""
    return compat.uuid7()


def secret_id() -> uuid.UUID:
    """A new key for anything a slip touches: it must not tell the time."""
    return uuid.uuid4()
