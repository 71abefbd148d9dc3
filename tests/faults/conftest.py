"""What the tests of bad luck share: a browser on the cast's day, and a branch full of records."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from bihuan.core import clock
from tests.cast import Cast, at
from tests.faults.world import World, fill


@pytest.fixture
def day(data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at the cast's day; the static files' folder is there."""
    (data_folder / "static").mkdir(exist_ok=True)
    monkeypatch.setattr(clock, "now", lambda: at(18))


@pytest.fixture
def world(cast: Cast, day: None) -> World:
    return fill(cast)


@pytest.fixture
def client(day: None) -> Client:
    return Client(raise_request_exception=False)
