"""An environment for the peers, made once in a cache folder: ``python -m bench.likeness.peers`` prints its interpreter."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import NamedTuple


class Peer(NamedTuple):
    """What it is called, its module here, what follows the folder of papers, the packages it needs."""

    what: str
    module: str
    arguments: tuple[str, ...]
    packages: tuple[str, ...]


PEERS = (
    Peer("TF-IDF over words (scikit-learn)", "tfidf", ("words",), ("scikit-learn", "rjieba")),
    Peer("TF-IDF over pairs of characters (scikit-learn)", "tfidf", ("characters",), ("scikit-learn",)),
    Peer("MinHash of papers (datasketch)", "document_minhash", (), ("datasketch",)),
    Peer("MinHash of sentences (datasketch)", "sentence_minhash", ("datasketch",), ("datasketch",)),
    Peer("MinHash of sentences (rensa)", "sentence_minhash", ("rensa",), ("rensa",)),
    Peer("MinHash of sentences (Daft)", "daft_minhash", (), ("daft",)),
    Peer("suffix array (libdivsufsort)", "suffix_array", (), ("pydivsufsort", "numpy")),
    Peer("copydetect as it comes", "copydetect_pairs", ("plain",), ("copydetect",)),
    Peer("copydetect tuned", "copydetect_pairs", ("tuned",), ("copydetect",)),
)
PASSIM_NEEDS = ("pyspark", "graphframes-py", "intervaltree")
HOME = Path(tempfile.gettempdir(), "bihuan-bench-peers")


def peers(passim: str) -> list[Peer]:
    """All of them; passim only where its source folder is given."""
    if not passim:
        return list(PEERS)
    ways = (("passim as it comes", "plain"), ("passim tuned", "tuned"))
    return [*PEERS, *(Peer(what, "passim", (passim, how), PASSIM_NEEDS) for what, how in ways)]


def ready(wanted: list[Peer]) -> tuple[Path, dict[Peer, str]]:
    """The interpreter, and for each peer why it could not be installed ("" where it could)."""
    python = HOME / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(HOME, with_pip=True)
    told = {packages: _installed(python, packages) for packages in {each.packages for each in wanted}}
    return python, {each: told[each.packages] for each in wanted}


def _installed(python: Path, packages: tuple[str, ...]) -> str:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["pip said nothing"])[-1]


if __name__ == "__main__":
    print(*ready(peers(""))[:1])
