"""What the keeping room asks: which branches there are, the chain by day, the last backup, where a stick is plugged in."""

from __future__ import annotations

import json
import os
import string
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db.models import Q, QuerySet

from bihuan.archive.sentences import Told, account_of, told
from bihuan.core import audit
from bihuan.core.audit import NOBODY
from bihuan.core.models import Entry
from bihuan.org.models import Account, Capacity, Org, OrgKind, Seat

_COMMAND_LINE = "the command line is used by whoever keeps the whole data folder"


def branches_named(name: str) -> list[Org]:
    """The organisations of exactly that name."""
    return list(Org.objects.everywhere(_COMMAND_LINE).filter(name=name))


def branch_names() -> list[str]:
    """The names of the branches, as an unknown name is answered with."""
    branches = Org.objects.everywhere(_COMMAND_LINE).filter(kind=OrgKind.BRANCH)
    return list(branches.order_by("name").values_list("name", flat=True))


def chain_names() -> dict[UUID | str, str]:
    """Whose chain a key is, by the key and by its text."""
    orgs = Org.objects.everywhere(_COMMAND_LINE).values_list("pk", "name")
    return {key: name for pk, name in orgs for key in (pk, str(pk))}


def lines(seat: Seat, day: date | None = None) -> QuerySet[Entry]:
    """The chain of the seat's organisation, newest first, perhaps of one day. 审计管理员 reads every chain, 安全管理员 what
    the system's own says of accounts: who came in, who failed."""
    found = Entry.objects.filter(_chains(seat))
    if day is not None:
        # the time stands inside the chained text; its one spelling is `audit.canonical`
        found = found.filter(line__contains=f'"at":"{day.isoformat()}T')
    return found.order_by("-pk")


def _chains(seat: Seat) -> Q:
    if seat.capacity == Capacity.AUDIT_ADMIN:
        return Q()
    if seat.capacity == Capacity.SECURITY_ADMIN:
        return Q(org=NOBODY, line__contains='"verb":"org.account.')
    return Q(org=seat.org_id)


def verified(seat: Seat) -> tuple[int, list[audit.Break]]:
    """How many lines were walked, and where a chain does not hold: all of them for 审计管理员."""
    match seat.capacity:
        case Capacity.AUDIT_ADMIN:
            return audit.verify()
        case Capacity.SECURITY_ADMIN:
            return audit.verify(NOBODY)
    return audit.verify(seat.org_id)


def sentences(entries: list[Entry]) -> list[Told]:
    """Lines as sentences; a line about an account names it."""
    named = {
        str(account.pk): account.login
        for account in Account.objects.filter(pk__in=filter(None, map(account_of, entries)))
    }
    return [told(entry, account=named.get(account_of(entry), "")) for entry in entries]


@dataclass(frozen=True)
class LastBackup:
    """When the last backup was made, and by whom."""

    moment: datetime
    who: str


def last_backup() -> LastBackup | None:
    """The backup made last, as the chain tells."""
    entry = Entry.objects.filter(org=NOBODY, line__contains='"verb":"archive.backup.made"').order_by("pk").last()
    # a refused attempt stands in the branch's own chain, never here
    if entry is None:
        return None
    line = json.loads(entry.line)
    return LastBackup(datetime.fromisoformat(line["at"]), line["who"])


def removable_places() -> list[Path]:
    """Where a USB stick is plugged in now, as far as the system shows it."""
    if sys.platform == "win32":
        return _windows_drives()
    roots = [Path("/media"), Path("/run/media"), Path("/mnt"), Path("/Volumes")]
    mounts = Path("/proc/mounts")
    if mounts.is_file():
        return mounted_under(mounts.read_text("utf-8", "replace"), [str(root) for root in roots])
    return sorted(place for root in roots if root.is_dir() for place in root.iterdir() if os.path.ismount(place))


def mounted_under(mounts: str, roots: list[str]) -> list[Path]:
    """The mount points below these folders, by the text of /proc/mounts."""
    points = [line.split(" ")[1].replace("\\040", " ") for line in mounts.splitlines() if line.count(" ") > 1]
    return sorted({Path(point) for point in points if any(point.startswith(f"{root}/") for root in roots)})


def _windows_drives() -> list[Path]:
    if sys.platform == "win32":  # for the type checker, too
        import ctypes  # noqa: PLC0415  windll is there only on Windows

        removable = 2  # DRIVE_REMOVABLE
        letters = [f"{letter}:\\" for letter in string.ascii_uppercase]
        return [Path(root) for root in letters if ctypes.windll.kernel32.GetDriveTypeW(root) == removable]
    return []
