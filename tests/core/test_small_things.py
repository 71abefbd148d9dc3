"""Kinds, doors, the clock, keys, starting, and the command's manners."""

from __future__ import annotations

import ast
import socket
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from bihuan import starting
from bihuan.commandline import Arguments, BadUse
from bihuan.core import clock, ids
from bihuan.core.doors import open_to_all, seated, signed_in
from bihuan.serving import listen
from tests.cast import Cast
from tests.folders import REPO, bihuan

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv/office nfs4 rw 0 0
//pc/share /home/me/My\\040Share cifs rw 0 0
me@host:/ /home/me/far fuse.sshfs rw 0 0
host0 /shared 9p rw 0 0
/dev/sdb1 /srv/office/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/var/lib/bihuan", False), ("/srv/office/data", True), ("/srv/office", True), ("/srv/office2/data", False),
        ("/srv/office/local/data", False), ("/home/me/My Share/data", True), ("/home/me/far/data", True),
        ("/shared/data", True), ("/home/me/data", False),
    ],
)  # fmt: skip
def test_a_network_mount_is_known(path: str, network: bool) -> None:
    assert starting.on_network_mount(path, MOUNTS) is network


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("\\\\server\\share\\data", True), ("//server/share", True), ("\\\\?\\UNC\\server\\share", True),
        ("C:\\data", False), ("\\\\?\\C:\\data", False), ("D:/data", False), ("data", False),
    ],
)  # fmt: skip
def test_a_windows_share_is_known(path: str, network: bool) -> None:
    assert starting.is_network_share(path) is network


def test_a_folder_on_the_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "elsewhere", lambda _: True)
    with pytest.raises(BadUse, match="网络盘"):
        starting.make_folder(tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("a file is in the way")
    with pytest.raises(BadUse, match="写不进去"):
        starting.make_folder(tmp_path / "mine")


def test_the_secret_key_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    starting.make_folder(tmp_path / "mine")
    key = tmp_path / "mine/secret.key"
    first = key.read_text()
    starting.make_folder(tmp_path / "mine")
    assert (key.read_text(), len(first) > 40, key.stat().st_mode & 0o077) == (first, True, 0)


def test_a_port_that_is_taken_is_said_with_another_to_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadUse, match=f"{port}号端口已经有程序在用；请换一个"):
            listen("127.0.0.1", port)
    with pytest.raises(BadUse, match="端口"):
        listen("127.0.0.1", 70000)
    with pytest.raises(BadUse, match="不是这台机器的地址"):
        listen("203.0.113.7", 0)


def test_arguments_complain_in_chinese() -> None:
    parser = Arguments("bihuan x", "说明", "bihuan x")
    parser.add_argument("--port", type=int)
    parser.add_argument("file")
    for argv, sentence in (
        ([], "还缺file"), (["a", "--port", "b"], "要写一个整数"), (["a", "--port"], "还缺一个值"),
        (["a", "--nope"], "不认识“--nope”"),
    ):  # fmt: skip
        with pytest.raises(BadUse, match=sentence):
            parser.parse_args(argv)


def test_help_names_each_command_with_an_example_in_chinese() -> None:
    done = bihuan("--help")
    from bihuan.__main__ import COMMANDS

    assert (done.returncode, done.stderr) == (0, "")
    for name, command in COMMANDS.items():
        assert f"  {name} " in done.stdout
        assert command.example in done.stdout


@pytest.mark.parametrize("name", ["serve", "export", "import", "backup", "restore", "verify-audit"])
def test_each_command_has_help_with_an_example(name: str) -> None:
    done = bihuan(name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"例：bihuan {name}" in done.stdout
    assert "usage" not in done.stdout


def test_an_unknown_command_is_one_sentence() -> None:
    done = bihuan("nope")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "没有“nope”这个命令；请用 bihuan --help 看有哪些。\n")


def test_a_fault_is_one_sentence_and_where_it_was_written_down(tmp_path: Path) -> None:
    (tmp_path / "bihuan.sqlite3").write_bytes(b"this is no database" * 100)
    done = bihuan("verify-audit", "--data", tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "bihuan-faults.log" in done.stderr
    assert "Traceback" in (tmp_path / "bihuan-faults.log").read_text("utf-8")
    loud = bihuan("verify-audit", "--data", tmp_path, BIHUAN_DEBUG="1")
    assert "Traceback" in loud.stderr


def test_the_command_starts_with_nothing_heavy() -> None:
    heavy = {"django", "lxml", "docx", "typst", "uvicorn", "openpyxl", "cryptography"}
    for path in (REPO / "src/bihuan/__main__.py", REPO / "src/bihuan/commandline.py", REPO / "src/bihuan/starting.py"):
        top = ast.parse(path.read_text("utf-8")).body
        named = {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
        named |= {node.module or "" for node in top if isinstance(node, ast.ImportFrom)}
        assert not {name.split(".")[0] for name in named} & heavy, path


def test_keys_of_records_lie_in_order_and_secret_ones_tell_nothing() -> None:
    made = [ids.new_id() for _ in range(50)]
    assert made == sorted(made)
    assert {key.version for key in made} == {7}
    assert ids.secret_id().version == 4


def test_the_clock_runs_except_in_a_demo(settings: object) -> None:
    assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)
    clock._offset.cache_clear()
    settings.DEMO = True  # type: ignore[attr-defined]
    try:
        assert clock.today().isoformat() == settings.DEMO_DAY  # type: ignore[attr-defined]
    finally:
        clock._offset.cache_clear()


@pytest.mark.django_db
def test_doors(cast: Cast) -> None:
    def view(request: object) -> HttpResponse:
        return HttpResponse("in")

    def ask(door: object, user: object, seat: object) -> int:
        request = RequestFactory().get("/x/")
        request.user, request.seat = user, seat  # type: ignore[attr-defined]
        return door(view)(request).status_code  # type: ignore[operator]

    from django.contrib.auth.models import AnonymousUser

    nobody, account = AnonymousUser(), cast.secretary.account
    assert [ask(door, nobody, None) for door in (open_to_all, signed_in, seated)] == [200, 302, 302]
    assert [ask(door, account, None) for door in (open_to_all, signed_in, seated)] == [200, 200, 302]
    assert [ask(door, account, cast.secretary) for door in (open_to_all, signed_in, seated)] == [200, 200, 200]


@pytest.mark.django_db
def test_a_page_behind_a_door_is_never_kept_by_the_browser(cast: Cast, client: Client) -> None:
    client.force_login(cast.secretary.account)
    from django.urls import reverse

    assert "no-store" in client.get(reverse("archive:keep")).headers["Cache-Control"]
