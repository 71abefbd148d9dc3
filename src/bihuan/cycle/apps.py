from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "bihuan.cycle"
    label = "cycle"
    verbose_name = "年度"
