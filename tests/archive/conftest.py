from pathlib import Path

import pytest
from django.db import connection

from bihuan.archive import backing
from tests.folders import cast_folder, cast_template, empty_folder, empty_template

__all__ = ["cast_folder", "cast_template", "empty_folder", "empty_template", "within_a_test"]


@pytest.fixture(autouse=True)
def within_a_test(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A test's database lives in memory, in a transaction that never ends: another connection sees nothing of it.
    (Tests that back up a real folder run the command in a process of its own.)"""
    if connection.vendor == "sqlite":
        monkeypatch.setattr(backing, "copy_sqlite", _copy)


def _copy(target: Path) -> None:
    target.write_bytes(connection.connection.serialize())
