from datetime import datetime

from django.apps import AppConfig


def _drop_old(at: datetime) -> None:
    from bihuan.review.actions import drop_old  # noqa: PLC0415  models are not there yet while the rooms load

    drop_old(at)


class ReviewConfig(AppConfig):
    name = "bihuan.review"
    label = "review"
    verbose_name = "查材料"

    def ready(self) -> None:
        from bihuan.core.installing import SWEEPS  # noqa: PLC0415  its models too

        if _drop_old not in SWEEPS:
            SWEEPS.append(_drop_old)
