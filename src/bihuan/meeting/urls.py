from django.urls import path

from bihuan.meeting.views import deciding, minutes, registration

app_name = "meeting"
# without a year in the address: the one the branch is busy with
urlpatterns = [
    path("", registration.register, name="register"),
    path("year/<uuid:cycle_id>/", registration.register, name="register"),
    path("year/<uuid:cycle_id>/explain/", registration.explain, name="explain"),
    path("study/", registration.study, name="study"),
    path("study/<uuid:study_id>/", registration.study, name="study"),
    path("new/", minutes.new, name="new"),
    path("<uuid:meeting_id>/", minutes.detail, name="detail"),
    path("<uuid:meeting_id>/", minutes.detail, name="meeting"),  # as the report's facts call it
    path("<uuid:meeting_id>/edit/", minutes.edit, name="edit"),
    path("<uuid:meeting_id>/withdraw/", minutes.withdraw, name="withdraw"),
    path("problem/<uuid:problem_id>/", deciding.resolve, name="resolve"),
]
