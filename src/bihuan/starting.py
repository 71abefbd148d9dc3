"""The data folder, before Django starts: where it is, whether it can be trusted, and the settings that follow from it."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from bihuan.commandline import BadUse

FILE_SYSTEMS_ELSEWHERE = frozenset(
    {"nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.glusterfs",
     "fuse.sshfs", "fuse.rclone", "fuse.davfs", "davfs", "ncpfs"}
)  # fmt: skip
_DRIVE_REMOTE = 4  # what Windows' GetDriveTypeW answers for a drive of another machine


def default_folder(demo: bool = False) -> Path:
    """Where data is kept if nobody said otherwise: beside where the command is called."""
    return Path(os.environ.get("BIHUAN_DATA") or ("data-demo" if demo else "data"))


def make_folder(folder: Path) -> None:
    """The data folder with its secret key, readable by its owner alone where the system knows owners.

    Raises `BadUse` where the folder cannot be written or lies on another machine: SQLite's locks do not hold there.
    """
    folder = folder.resolve()
    need_local(folder)
    try:
        (folder / "vault" / "tmp").mkdir(parents=True, exist_ok=True)
        probe = folder / f".write-{secrets.token_hex(4)}"
        probe.write_bytes(b"")
        probe.unlink()
        key = folder / "secret.key"
        if not key.exists():
            key.write_text(secrets.token_urlsafe(50), "ascii")
            key.chmod(0o600)
    except OSError as error:
        raise BadUse(
            f"数据文件夹“{folder}”写不进去；请换一个能写的文件夹（--data 文件夹），或请管理员给写的权限。"
        ) from error


def settle(folder: Path, *, demo: bool = False) -> None:
    """Start Django on this data folder. Call once, before anything of the rooms is imported."""
    os.environ["BIHUAN_DATA"] = str(folder.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "bihuan.settings"
    if demo:
        os.environ["BIHUAN_DEMO"] = "1"
    import django  # noqa: PLC0415  heavy: `bihuan --help` must answer at once

    django.setup()


def settle_existing(folder: Path) -> None:
    """Start Django on a data folder that has been in use. Raises `BadUse` if it has not."""
    if not os.environ.get("DATABASE_URL") and not (folder / "bihuan.sqlite3").is_file():
        raise BadUse(f"“{folder.resolve()}”里没有闭环的数据；请用 --data 写明数据文件夹。")
    settle(folder)


def need_local(folder: Path) -> None:
    """Raise `BadUse` for a data folder on another machine's disk."""
    if elsewhere(folder.resolve()):
        raise BadUse(f"数据文件夹“{folder}”在网络盘上，数据库在那里会坏；请用 --data 换成本机硬盘上的文件夹。")


def elsewhere(folder: Path) -> bool:
    """Whether the folder lies on another machine's disk."""
    if sys.platform == "win32":
        return _windows_elsewhere(folder)
    mounts = Path("/proc/mounts")
    return mounts.is_file() and on_network_mount(folder.as_posix(), mounts.read_text("utf-8", "replace"))


def _windows_elsewhere(folder: Path) -> bool:
    if is_network_share(str(folder)):
        return True
    if sys.platform == "win32":  # for the type checker, too
        import ctypes  # noqa: PLC0415  windll is there only on Windows

        return bool(ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") == _DRIVE_REMOTE)
    return False


def is_network_share(path: str) -> bool:
    r"""Whether a Windows path names another machine: \\server\share, also in its long spelling \\?\UNC\…."""
    path = path.replace("/", "\\")
    return path.upper().startswith("\\\\?\\UNC\\") or (path.startswith("\\\\") and path[2:4] not in {"?\\", ".\\"})


def on_network_mount(path: str, mounts: str) -> bool:
    """Whether a POSIX path lies on a network file system, by the text of /proc/mounts (the longest mount point wins)."""
    best, kind = "", ""
    for line in mounts.splitlines():
        _, point, found, *_ = [*line.split(" "), "", "", ""]
        point = point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, found
    return kind in FILE_SYSTEMS_ELSEWHERE
