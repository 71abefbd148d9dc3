"""`bihuan serve` in a process of its own: from an empty folder to an open page, and down again."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.folders import REPO, bihuan, environment


@contextmanager
def serving(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[bytes], str, Path]]:
    """A running system: its process, its address, and the file it writes its lines to."""
    log = folder.with_name(f"{folder.name}.log")
    with log.open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "bihuan", "serve", "--port", "0", "--data", str(folder), *more],
            env=environment(), cwd=REPO, stdout=out, stderr=out,
        )  # fmt: skip
        try:
            for _ in range(600):
                found = re.search(r"http://\S+/", log.read_text("utf-8"))
                if found or child.poll() is not None:
                    break
                time.sleep(0.1)
            assert found, log.read_text("utf-8")
            yield child, found[0], log
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()


@pytest.mark.skipif(os.name != "posix", reason="SIGTERM is POSIX")
def test_from_an_empty_folder_to_an_open_page_and_down_again(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with serving(folder / "new") as (child, address, log):
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert answer.url.endswith("/org/login/?next=/")
            assert "server" not in {name.lower() for name in answer.headers}
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            page = answer.read().decode()
        style = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert style
        with urllib.request.urlopen(address.rstrip("/") + style[1], timeout=30) as answer:
            assert answer.headers["Content-Type"].startswith("text/css")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address}no/such/page", timeout=30)
        child.send_signal(signal.SIGTERM)
        assert child.wait(timeout=30) == 0
        said = log.read_text("utf-8")
    login, password = re.search(r"第一个账号：(\S+)\n一次性密码：(\S+)", said).groups()  # type: ignore[union-attr]
    assert (login, len(password)) == ("admin", 14)
    assert said.rstrip().endswith("已停下。")
    assert "GET " not in said, "addresses asked for must not be written down"
    assert (folder / "new/bihuan.sqlite3").stat().st_mode & 0o077 == 0
    with serving(folder / "new") as (_, _, log):
        assert "一次性密码" not in log.read_text("utf-8")


def _dump(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "bihuan.sqlite3") as link:
        return list(link.iterdump())


def test_a_database_of_a_newer_version_is_left_alone(empty_folder: Path) -> None:
    with sqlite3.connect(empty_folder / "bihuan.sqlite3") as link:
        link.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('core', '0999_later', '2030-01-01')")
    before = _dump(empty_folder)
    done = bihuan("serve", "--port", "0", "--data", empty_folder)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "更新的版本写的（core.0999_later）" in done.stderr
    assert _dump(empty_folder) == before


def test_a_folder_that_is_no_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = bihuan("serve", "--port", "0", "--data", tmp_path / "file")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "写不进去" in done.stderr
