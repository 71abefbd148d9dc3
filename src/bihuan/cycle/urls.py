from django.urls import path

from bihuan.cycle import views

app_name = "cycle"
# without a year in the address: the one the branch is busy with
urlpatterns = [
    path("open/", views.open_year, name="open"),
    path("notice/", views.notice, name="notice"),
    path("policy/", views.policy, name="policy"),
    path("plan/", views.plan, name="plan"),
    path("<uuid:cycle_id>/plan/", views.plan, name="plan"),
    path("<uuid:cycle_id>/notice/", views.notice, name="notice"),
    path("<uuid:cycle_id>/notice/file/", views.notice_file, name="notice_file"),
    path("<uuid:cycle_id>/policy/", views.policy, name="policy"),
]
