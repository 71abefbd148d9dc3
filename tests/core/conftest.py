import os

import pytest

from tests.folders import cast_folder, cast_template, empty_folder, empty_template

__all__ = ["cast_folder", "cast_template", "empty_folder", "empty_template"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests on a real data folder are tests on SQLite: on PostgreSQL they would only be done a second time."""
    if not os.environ.get("DATABASE_URL"):
        return
    twice = [
        item
        for item in items
        if {"cast_folder", "empty_folder"} & set(getattr(item, "fixturenames", ()))
        and not item.get_closest_marker("postgres")
    ]
    config.hook.pytest_deselected(items=twice)
    items[:] = [item for item in items if item not in twice]
