"""Real data folders for tests that need a file, a process or a kill: made once, copied for each test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parent.parent
_START = """
import sys
from pathlib import Path
from bihuan.starting import make_folder, settle
folder = Path(sys.argv[1])
make_folder(folder)
settle(folder)
"""
_INSTALL = """
from bihuan.core.installing import bring_up_to_date
bring_up_to_date()
"""
_GATHER = """
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from tests.cast import gather
gather()
"""


def environment(**more: str) -> dict[str, str]:
    """The environment of a child: the sources found, no database but its folder's own."""
    kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "BIHUAN_DATA", "DJANGO_SETTINGS_MODULE"}}
    return {**kept, "PYTHONPATH": f"{REPO / 'src'}{os.pathsep}{REPO}", "PYTHONIOENCODING": "utf-8", **more}


def run_python(code: str, *arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own."""
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)],
        env=environment(**more), cwd=REPO, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip


def bihuan(*arguments: object, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command `bihuan` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bihuan", *map(str, arguments)],
        env=environment(**more), cwd=cwd or REPO, capture_output=True, text=True, encoding="utf-8", timeout=300,
        check=False,
    )  # fmt: skip


def _make(code: str, folder: Path) -> Path:
    done = run_python(_START + code, folder)
    assert done.returncode == 0, done.stderr
    return folder


def make_cast(folder: Path) -> Path:
    """A new data folder with the cast in it, outside of any test."""
    return _make(_GATHER, _make(_INSTALL, folder))


@pytest.fixture(scope="session")
def empty_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _make(_INSTALL, tmp_path_factory.mktemp("template") / "empty")


@pytest.fixture(scope="session")
def cast_template(empty_template: Path) -> Path:
    return _make(_GATHER, Path(shutil.copytree(empty_template, empty_template.with_name("cast"))))


@pytest.fixture
def cast_folder(cast_template: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, with the cast in it."""
    return Path(shutil.copytree(cast_template, tmp_path / "cast-data"))


@pytest.fixture
def empty_folder(empty_template: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, installed, with nobody in it."""
    return Path(shutil.copytree(empty_template, tmp_path / "empty-data"))
