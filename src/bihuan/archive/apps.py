from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "bihuan.archive"
    label = "archive"
    verbose_name = "保管"
