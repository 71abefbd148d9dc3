"""A backup, an export and a restore to a place that is really full: one sentence, and nothing half is left there."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.folders import bihuan, cast_folder, cast_template, empty_template  # noqa: F401  fixtures


@pytest.fixture(params=[40, 700])
def stick(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own, of so many kilobytes; where none can be mounted the test is skipped."""
    place = tmp_path / "stick"
    place.mkdir()
    mount = shutil.which("mount")
    if mount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("a full place wants a file system of its own, which only an administrator can mount here")
    made = subprocess.run([mount, "-t", "tmpfs", "-o", f"size={request.param}k", "tmpfs", place], check=False)
    if made.returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_backup_and_export_to_a_full_place_say_so_and_leave_nothing(stick: Path, cast_folder: Path) -> None:  # noqa: F811
    for command in (
        ("backup", "-o", stick),
        ("backup", "-o", stick, "--folder"),
        ("export", "--branch", "第一支部", "-o", stick / "导出"),
    ):
        if command[0] == "export" and shutil.disk_usage(stick).total > 500_000:
            continue  # an export of this branch fits in there
        done = bihuan(*command, "--data", cast_folder)
        assert done.returncode == 2, (command, done.stdout, done.stderr)
        last = done.stderr.strip().splitlines()[-1]
        assert "写不下" in last, (command, done.stderr)
        assert "Traceback" not in done.stderr
        assert list(stick.iterdir()) == [], command


def test_a_restore_to_a_full_place_says_so_and_leaves_nothing(stick: Path, cast_folder: Path, tmp_path: Path) -> None:  # noqa: F811
    assert bihuan("backup", "-o", tmp_path / "b", "--data", cast_folder).returncode == 0
    (backup,) = (tmp_path / "b").iterdir()
    done = bihuan("restore", backup, "--data", stick / "data")
    assert done.returncode == 2, done.stderr
    assert "磁盘满了" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(stick.iterdir()) == []
