"""`python -m tests.make_kept`: keep a small database of this version for later ones to upgrade.

It is the demo, of which everything is invented, with its vault and without any key, in tests/data/<version>.sqlite3.zip.
Made again whenever a migration is added before the version is out; afterwards never again.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from tests.folders import REPO, run_python

DATA = REPO / "tests" / "data"
DATABASE, MANIFEST = "bihuan.sqlite3", "kept.json"
_BUILD = """
import sys
from pathlib import Path
from bihuan.starting import make_folder, settle
folder = Path(sys.argv[1])
make_folder(folder)
settle(folder, demo=True)
from bihuan.core.installing import bring_up_to_date
bring_up_to_date()
from bihuan.desk import demo
demo.build()
"""


def version() -> str:
    """This version, as pyproject.toml says it."""
    said: str = tomllib.loads((REPO / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return said


def told(database: Path) -> dict[str, Any]:
    """What a database file holds: its version's migrations, and how many rows each table of the house has."""
    link = sqlite3.connect(database)
    try:
        tables = [row[0] for row in link.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        house = [name for name in tables if not name.startswith(("django_", "sqlite_", "auth_"))]
        applied = link.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
        rows = {name: link.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in house}  # noqa: S608
        return {"version": version(), "migrations": [".".join(row) for row in applied], "rows": rows}
    finally:
        link.close()


def main() -> int:
    """Build the demo in a folder of its own, and keep it."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        done = run_python(_BUILD, folder)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            return 1
        link = sqlite3.connect(folder / DATABASE, isolation_level=None)
        link.execute("PRAGMA journal_mode=DELETE")
        link.execute("VACUUM")
        link.close()
        target = DATA / f"{version()}.sqlite3.zip"
        target.parent.mkdir(exist_ok=True)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as kept:
            kept.write(folder / DATABASE, DATABASE)
            kept.writestr(MANIFEST, json.dumps(told(folder / DATABASE), ensure_ascii=False, indent=1))
            for path in sorted((folder / "vault").glob("??/*")):
                kept.write(path, path.relative_to(folder).as_posix())
    print(f"{target.relative_to(REPO)}: {target.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
