from django.urls import path

from bihuan.archive import views

app_name = "archive"
urlpatterns = [
    path("", views.keep, name="keep"),
    path("download/", views.download, name="download"),
    path("place/", views.to_place, name="to_place"),
    path("audit/", views.audit_lines, name="audit"),
]
