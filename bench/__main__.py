"""`make bench`: every speed we claim, measured here and now, beside the limit it must keep."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys

from bench import bad_files, pages


def main() -> int:
    """Print what this machine is, then each bench; 1 if a limit was broken."""
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"SQLite {sqlite3.sqlite_version}")  # fmt: skip
    if hasattr(os, "getloadavg"):
        print("load before: {:.1f} {:.1f} {:.1f}".format(*os.getloadavg()))
    broken = bad_files.run() + pages.run()
    print(f"{broken} limits broken" if broken else "every limit kept")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
