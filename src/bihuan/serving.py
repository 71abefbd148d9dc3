"""`bihuan serve`: from an empty folder to an open page, each step told in a line."""

from __future__ import annotations

import errno
import os
import signal
import socket
import sys
from pathlib import Path

from bihuan.commandline import FINE, Arguments, BadUse, say
from bihuan.starting import default_folder, make_folder, settle

PORT = 8000


def serve_command(argv: list[str]) -> int:
    """Prepare the data folder and serve until told to stop."""
    asked = _arguments().parse_args(argv)
    folder = asked.data or default_folder(asked.demo)
    if sys.platform != "win32":
        os.umask(0o077)  # what is kept here is nobody else's to read
    listener = listen(asked.host, asked.port)
    with listener:
        make_folder(folder)
        settle(folder, demo=asked.demo)
        prepare(folder)
        if asked.demo:
            _fill_demo()
        _tell_first_account()
        _tell_address(listener)
        _serve(listener)
    say("已停下。")
    return FINE


def _arguments() -> Arguments:
    parser = Arguments("bihuan serve", "打开系统：准备好数据文件夹，然后在浏览器里用。", "bihuan serve --port 8000")
    parser.add_argument(
        "--demo", action="store_true", help="先放一套编好的示例：一个党委、三个支部，一个正走到年度中间"
    )
    parser.add_argument("--port", type=int, default=PORT, metavar="端口", help=f"不写就是 {PORT}；0 是随便找一个空的")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="地址", help="不写就只有本机能打开；0.0.0.0 是同一个网里都能打开"
    )
    parser.add_argument("--data", type=Path, metavar="文件夹", help="数据放在哪里；不写就是当前文件夹下的 data")
    return parser


def listen(host: str, port: int) -> socket.socket:
    """The open port. Raises `BadUse` with what to do when it cannot be had."""
    if not 0 <= port <= 65535:
        raise BadUse(f"没有{port}号端口；请写 1 到 65535 之间的数。")
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    # On Windows "reuse" would let two programs share a port; elsewhere it lets a restart have its port at once.
    exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
    listener.setsockopt(socket.SOL_SOCKET, exclusive if exclusive is not None else socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)  # whoever comes while things are made ready waits, and is answered then
    except OSError as error:
        listener.close()
        raise BadUse(_why_not(error, host, port)) from error
    listener.set_inheritable(True)
    return listener


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE or getattr(error, "winerror", 0) == 10048:
        return f"{port}号端口已经有程序在用；请换一个，如 bihuan serve --port {min(port + 1, 65535)}。"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"这个账户不能用{port}号端口；请换一个 1024 以上的，如 bihuan serve --port {PORT}。"
    return f"“{host}”不是这台机器的地址，打不开；不写 --host 就只在本机打开。"


def prepare(folder: Path) -> None:
    """Everything that a start looks after: the database brought up to date, its laws laid, files in their place."""
    from django.core.management import call_command  # noqa: PLC0415  after `settle`

    from bihuan.core.installing import bring_up_to_date  # noqa: PLC0415

    bring_up_to_date()
    (folder / "static").mkdir(exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)


def _fill_demo() -> None:
    from bihuan.org.models import Org  # noqa: PLC0415  after `settle`

    if Org.objects.everywhere("is anything in it yet?").exists():
        return
    say("正在放示例，要一会儿。")
    try:
        from bihuan.desk.demo import build  # noqa: PLC0415
    except ImportError as error:
        raise BadUse("这个安装里没有示例；请不带 --demo 打开。") from error
    build()


def _tell_first_account() -> None:
    from bihuan.core import clock  # noqa: PLC0415  after `settle`
    from bihuan.org.actions import first_account  # noqa: PLC0415

    made = first_account(at=clock.now())
    if made:
        account, password = made
        say(
            "",
            f"第一个账号：{account.login}",
            f"一次性密码：{password}",
            "（只显示这一次，登录以后要换成自己的。）",
            "",
        )


def _tell_address(listener: socket.socket) -> None:
    host, port = listener.getsockname()[:2]
    open_to_all = host in {"0.0.0.0", "::"}  # noqa: S104  compared, not bound
    shown = "127.0.0.1" if open_to_all else f"[{host}]" if ":" in host else host
    say(f"请在浏览器里打开：http://{shown}:{port}/")
    if open_to_all:
        say(f"同一个网里的其他机器，用这台机器的地址加 :{port} 打开。")
    say("按 Ctrl+C 停下。")


def _serve(listener: socket.socket) -> None:
    import uvicorn  # noqa: PLC0415  heavy

    config = uvicorn.Config(
        "bihuan.asgi:application",
        access_log=False,  # addresses will carry codes of slips: what is not written down cannot be found
        server_header=False,
        log_level="warning",
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=10,
    )
    # uvicorn finishes what is under way and then raises the signal again: a stop that was asked for is not a fault
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: None)
    uvicorn.Server(config).run(sockets=[listener])
