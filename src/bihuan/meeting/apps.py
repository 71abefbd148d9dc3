from django.apps import AppConfig


class MeetingConfig(AppConfig):
    name = "bihuan.meeting"
    label = "meeting"
    verbose_name = "会议"
