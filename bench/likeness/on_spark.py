"""The same work on Spark, for the bench only: what decides between it and Ray is measured, not believed.

A subclass of ``OnRay`` that hands the same functions of ``likeness`` to Spark's executors, one task a job, and gathers the
answers in the order of the jobs. Executors are processes of their own (``local-cluster``), as on several machines.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from bihuan_text.likeness.on_ray import OnRay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")


class OnSpark(OnRay):
    """``workers`` executors with one core and 2 GB each on this machine."""

    def __init__(self, workers: int = 2) -> None:
        os.environ["PYSPARK_PYTHON"] = sys.executable
        builder = import_module("pyspark.sql").SparkSession.builder.master(f"local-cluster[{workers},1,2048]")
        for name, value in (
            ("spark.ui.enabled", "false"),
            ("spark.executor.memory", "2g"),
            ("spark.driver.memory", "2g"),
            ("spark.executorEnv.PYTHONPATH", os.environ.get("PYTHONPATH", "")),
        ):
            builder = builder.config(name, value)
        self.session: Any = builder.getOrCreate()
        self.session.sparkContext.setLogLevel("OFF")

    def _shared(self, said: object) -> Any:
        return said  # each task carries it; Spark's own broadcast would have to be asked for it in the functions

    def _each(self, function: Callable[..., T], jobs: Sequence[tuple[Any, ...]]) -> Iterator[T]:
        if jobs:
            rows = self.session.sparkContext.parallelize(list(jobs), len(jobs))
            yield from rows.map(lambda job: function(*job)).collect()

    def stop(self) -> None:
        """End the session."""
        self.session.stop()
