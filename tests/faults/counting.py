"""What the house itself says of its files and chains; called inside a process that stands on the data folder."""

from __future__ import annotations

import time
from typing import Any


def count() -> dict[str, Any]:
    """Damaged files, places where a chain breaks, and how many orphans were swept (as if an hour had passed)."""
    from bihuan.core import audit, vault

    breaks = [found.what for found in audit.verify()[1]]
    return {"damaged": vault.damaged(), "breaks": breaks, "swept": vault.sweep(time.time() + 7200)}
