from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


def _lay_laws(using: str, **_: Any) -> None:
    from bihuan.core import triggers  # noqa: PLC0415  the registry is filled while the rooms load

    triggers.lay(connections[using])


class CoreConfig(AppConfig):
    name = "bihuan.core"
    label = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        post_migrate.connect(_lay_laws, dispatch_uid="lay_laws")
