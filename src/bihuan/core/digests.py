"""Digests: SM3 for the audit chain (the field's own standard), SHA-256 for the names of files in the vault."""

from cryptography.hazmat.primitives import hashes


def sm3(*parts: bytes) -> str:
    """The SM3 digest of the parts one after another, 64 hex digits."""
    digest = hashes.Hash(hashes.SM3())
    for part in parts:
        digest.update(part)
    return digest.finalize().hex()
