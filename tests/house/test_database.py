"""Laws of the database: no change without its migration, triggers on both databases, also after a table was rebuilt."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState
from django.utils import translation

from bihuan.core import triggers
from bihuan.core.models import Entry
from tests.folders import REPO, run_python

pytestmark = pytest.mark.django_db


def test_no_change_of_a_model_is_without_its_migration() -> None:
    from django.apps import apps

    loader = MigrationExecutor(connection).loader
    with translation.override(None):  # as `makemigrations` does: words of Django's own apps are not a change
        found = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(graph=loader.graph)
    assert {app: [str(m.operations) for m in changes] for app, changes in found.items()} == {}


def test_migrations_are_named_by_meaning() -> None:
    names = [p.stem for p in (REPO / "src/bihuan").rglob("migrations/0*.py")]
    assert len(names) > 5
    assert [n for n in names if re.search(r"auto|initial|and_more|alter_field|\d{8}", n)] == []


def test_every_law_is_laid() -> None:
    assert len(triggers.LAWS) >= 6
    assert triggers.missing(connection) == []


def test_laws_have_names_of_their_own_and_say_something() -> None:
    names = [law.name for law in triggers.LAWS]
    assert len(names) == len(set(names))
    tables = {m._meta.db_table for m in __import__("django.apps", fromlist=["apps"]).apps.get_models()}
    for law in triggers.LAWS:
        assert law.table in tables, law.name
        assert re.search(r"[\u4e00-\u9fff]{4}", law.says), law.name


def test_a_table_rebuilt_by_django_has_its_triggers_again_after_migrate(empty_folder: object) -> None:
    done = run_python(
        """
        import sys
        from pathlib import Path
        from bihuan.starting import settle
        settle(Path(sys.argv[1]))
        from django.core.management import call_command
        from django.db import connection, models
        from bihuan.core import triggers
        from bihuan.core.models import Entry
        print(triggers.missing(connection))
        wider = models.CharField(max_length=64, blank=True, null=True)
        wider.set_attributes_from_name("salt")
        wider.model = Entry
        with connection.schema_editor() as editor:
            editor.alter_field(Entry, Entry._meta.get_field("salt"), wider)
        print(triggers.missing(connection))
        call_command("migrate", verbosity=0, interactive=False)
        print(triggers.missing(connection))
        """,
        empty_folder,
    )
    first, rebuilt, again = done.stdout.splitlines()
    assert (first, again) == ("[]", "[]"), done.stderr
    assert "entry_is_never_changed" in rebuilt, "Django no longer rebuilds: then this test proves nothing"


def test_migrating_twice_changes_nothing() -> None:
    out = io.StringIO()
    call_command("migrate", verbosity=1, interactive=False, stdout=out, no_color=True)
    assert "No migrations to apply" in out.getvalue()
    assert triggers.missing(connection) == []


def test_foreign_keys_protect() -> None:
    from django.apps import apps

    loose = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("bihuan.")
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    ]
    assert loose == []
    assert Entry._meta.get_field("installation").remote_field.on_delete is models.PROTECT


@pytest.mark.postgres
def test_this_is_postgresql_and_its_laws_hold() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("DATABASE_URL names no PostgreSQL: run `python -m tests.run_postgres`")
    assert triggers.missing(connection) == []
