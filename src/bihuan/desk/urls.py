from django.urls import path

from bihuan.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.home, name="home"),
    path("begin/", views.hour, name="first_hour"),
    path("begin/branch/", views.first_branch, name="first_branch"),
    path("begin/me/", views.who_am_i, name="who_am_i"),
    path("roles/", views.what_each_sees, name="roles"),
    path("demo/", views.walk_in, name="walk_in"),
]
