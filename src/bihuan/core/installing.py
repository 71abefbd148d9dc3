"""What every start looks after: the database in this version's shape, its laws, this installation's key pair, the vault.

The data folder itself is made before Django starts: `bihuan.starting`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from bihuan.commandline import BadUse, say
from bihuan.core import clock, triggers, vault
from bihuan.core.models import Installation

SWEEPS: list[Callable[[datetime], None]] = []  # what a room throws away by itself, at every start


def bring_up_to_date() -> None:
    """Migrate, telling each step; lay the laws; make the installation's row at first start; sweep the vault's orphans,
    and what the rooms keep for a time only.

    Raises `BadUse` where the database cannot be opened or was written by a newer version; it is left alone then.
    """
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise BadUse("数据库打不开；请看地址、密码和数据文件夹对不对，磁盘满没满。") from error
    newer = sorted(set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations))
    if newer:
        raise BadUse(f"这里的数据是更新的版本写的（{'.'.join(newer[0])}），这个版本打不开；请换成更新的版本。")
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        say(f"正在准备数据库，共{steps}步。")
        call_command("migrate", interactive=False, verbosity=1, stdout=_Steps(steps), no_color=True)
    if triggers.missing(connection):
        triggers.lay(connection)
    install()
    vault.sweep()
    for sweep in SWEEPS:
        sweep(clock.now())


class _Steps:
    """Django's own progress, a line in Chinese for every few steps."""

    def __init__(self, steps: int) -> None:
        self.steps, self.done = steps, 0

    def write(self, text: str) -> None:
        done = text.count(" OK")
        self.done += done
        if done and (self.done % 10 == 0 or self.done == self.steps):
            say(f"  第{self.done}步，共{self.steps}步")

    def flush(self) -> None: ...


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
