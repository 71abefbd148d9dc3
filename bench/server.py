"""`bihuan serve` as it is, with the two addresses of `bench.addresses` beside the product's."""

from __future__ import annotations

import sys
from pathlib import Path

from bihuan.serving import serve_command
from bihuan.starting import make_folder, settle


def main(folder: Path) -> int:
    """Serve on a free port; the address is printed as `bihuan serve` prints it."""
    make_folder(folder)
    settle(folder)
    from django.conf import settings  # noqa: PLC0415  after `settle`

    settings.ROOT_URLCONF = "bench.addresses"
    return serve_command(["--port", "0", "--data", str(folder)])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
