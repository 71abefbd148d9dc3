"""What every test may ask for: an empty installed system, and the fixed cast of an invented branch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Cast, gather

REPO = Path(__file__).resolve().parent.parent
SEED = REPO.parent / "shared" / "seed" / "report-fy2021.txt"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: object) -> Iterator[Path]:
    """Every test has a data folder of its own; nothing it uploads stays."""
    folder = tmp_path / "data"
    (folder / "static").mkdir(parents=True)
    settings.DATA = folder  # type: ignore[attr-defined]
    settings.VAULT = folder / "vault"  # type: ignore[attr-defined]
    settings.STATIC_ROOT = folder / "static"  # type: ignore[attr-defined]
    # the product's Argon2 is slow on purpose; a test of passwords sets it back
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]
    return folder


@pytest.fixture
def installed(db: None) -> None:
    """An installation without anybody in it."""
    from bihuan.core.installing import install

    install()


@pytest.fixture
def cast(installed: None) -> Cast:
    """The cast: 书记赵, 组织委员钱, 纪检委员周, 党员孙, 预备党员李 of one branch; 书记吴 of another; 郑 above both."""
    return gather()


@pytest.fixture(scope="session")
def seed_text() -> str:
    """The real paper the project was born from; it stands beside the repository, never in it."""
    if not SEED.is_file():
        pytest.skip("the seed paper does not stand beside this checkout: tests on it are skipped")
    return SEED.read_text("utf-8")
