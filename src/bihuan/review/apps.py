from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "bihuan.review"
    label = "review"
    verbose_name = "查材料"
