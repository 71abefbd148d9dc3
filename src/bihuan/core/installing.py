"""The first start: this installation's key pair. (The data folder itself is made before Django starts: `bihuan.starting`.)"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from bihuan.core.models import Installation


@transaction.atomic
def install() -> Installation:
    """This installation's row, made with its Ed25519 key pair at first start; the private half stays in the folder."""
    present = Installation.objects.filter(here=True).first()
    if present:
        return present
    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = Path(settings.DATA) / "installation.pem"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    path.chmod(0o600)
    public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return Installation.objects.create(public_key=public.hex(), here=True)
