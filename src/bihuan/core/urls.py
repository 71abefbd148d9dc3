from django.urls import path

from bihuan.core import views

app_name = "core"
urlpatterns = [
    path("look/", views.look, name="look"),
    path("feedback/", views.leave_feedback, name="feedback"),
    path("feedback/read/", views.feedback_list, name="feedback_list"),
    path("draft/<uuid:pk>/drop/", views.drop_draft, name="drop_draft"),
    path("draft/<uuid:pk>/back/", views.take_draft_back, name="take_draft_back"),
    path("parts/", views.gallery, name="gallery"),
]
