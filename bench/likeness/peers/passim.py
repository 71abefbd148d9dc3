"""passim, from its source folder: what it aligns, pair by pair. ``python -m … FOLDER SOURCE plain|tuned``

``plain``: its ordinary settings. ``tuned``: groups of ten letters wherever they begin, one is enough, twenty characters.
It is stopped before it clusters: that step needs a package for Java that it fetches at run time, and says no more places.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from contextlib import redirect_stdout
from importlib import import_module
from pathlib import Path

TUNED = ("-n", "10", "--floating-ngrams", "--min-match", "1", "--min-align", "20", "--maxDF", "20")
MASTER = "--master local[2] --driver-memory 6g --conf spark.ui.enabled=false pyspark-shell"


def main(folder: str, source: str, how: str) -> None:
    """Print the spans."""
    sys.path.insert(0, source)
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", MASTER)
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join([source, os.environ.get("PYTHONPATH", "")])
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as passing:
        papers, out = Path(passing, "papers.json"), Path(passing, "out")
        with papers.open("w", encoding="utf-8") as file:
            for each in sorted(Path(folder).iterdir()):
                file.write(json.dumps({"id": each.name, "text": each.read_text("utf-8")}) + "\n")
        settings = TUNED if how == "tuned" else ()
        with redirect_stdout(sys.stderr):
            import_module("passim.seriatim").main(["--all-pairs", "--to-extents", *settings, str(papers), str(out)])
        json.dump({"spans": _spans(out)}, sys.stdout)


def _spans(out: Path) -> list[list[str | int]]:
    """The extents, the papers by their names again."""
    session = import_module("pyspark.sql").SparkSession.builder.getOrCreate()
    functions = import_module("pyspark.sql.functions")
    papers = session.read.json(str(out.parent / "papers.json")).select("id", functions.xxhash64("id").alias("uid"))
    names = {row["uid"]: row["id"] for row in papers.collect()}
    rows = session.read.load(str(out / "tmp" / "extents.parquet")).select(
        "uid", "begin", "end", "uid2", "begin2", "end2"
    )
    spans = [[names[a], a0, a1, names[b], b0, b1] for a, a0, a1, b, b0, b1 in rows.collect()]
    session.stop()
    return spans


if __name__ == "__main__":
    main(*sys.argv[1:])
