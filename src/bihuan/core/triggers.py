"""Laws the database itself holds. Django rebuilds SQLite tables when altering them and triggers vanish silently, so they
are laid again after every migration (see `apps.py`), and a house test looks for them on both databases."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Law:
    """Refuse an event on a table when a condition over OLD and NEW holds (SQL common to SQLite and PostgreSQL)."""

    name: str
    table: str
    event: str  # INSERT | UPDATE | DELETE
    when: str
    says: str


_CHAINED = ("id", "installation_id", "org", "seq", "prev", "line", "digest")

LAWS: list[Law] = [
    Law("entry_is_never_deleted", "core_entry", "DELETE", "1=1", "审计记录只能添加，不能删除"),
    Law(
        "entry_is_never_changed",
        "core_entry",
        "UPDATE",
        # only a salt may be destroyed, and nothing else touched with it
        " OR ".join(f"NEW.{c} <> OLD.{c}" for c in _CHAINED) + " OR NEW.salt <> ''",
        "审计记录只能添加，不能修改",
    ),
]


def lay(connection: BaseDatabaseWrapper) -> None:
    """Create every law whose table exists, replacing what is there."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for law in LAWS:
            if law.table in tables:
                for statement in _statements(law, connection.vendor):
                    cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the laws the database does not hold."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [law.name for law in LAWS if law.name not in present]


def _statements(law: Law, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"DROP TRIGGER IF EXISTS {law.name}",
            f"CREATE TRIGGER {law.name} BEFORE {law.event} ON {law.table} FOR EACH ROW WHEN {law.when} "
            f"BEGIN SELECT RAISE(ABORT, '{law.says}'); END",
        ]
    row = "OLD" if law.event == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {law.name}() RETURNS trigger LANGUAGE plpgsql AS $law$ BEGIN "
        f"IF {law.when} THEN RAISE EXCEPTION '{law.says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {row}; END $law$",
        f"DROP TRIGGER IF EXISTS {law.name} ON {law.table}",
        f"CREATE TRIGGER {law.name} BEFORE {law.event} ON {law.table} FOR EACH ROW EXECUTE FUNCTION {law.name}()",
    ]
