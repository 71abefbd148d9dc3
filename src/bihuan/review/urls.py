from django.urls import path

from bihuan.review import views

app_name = "review"
urlpatterns = [
    path("", views.papers, name="papers"),
    path("rules/", views.rules, name="rules"),
    path("<uuid:pk>/", views.paper, name="paper"),
    path("<uuid:pk>/mend/", views.mend, name="mend"),
    path("<uuid:pk>/again/", views.again, name="again"),
    path("<uuid:pk>/undo/", views.undo, name="undo"),
    path("<uuid:pk>/count-again/", views.count_again, name="count_again"),
    path("<uuid:pk>/rule-off/", views.rule_off, name="rule_off"),
    path("<uuid:pk>/rule-on/", views.rule_on, name="rule_on"),
    path("<uuid:pk>/drop/", views.drop, name="drop"),
    path("<uuid:pk>/word/", views.word, name="word"),
    path("<uuid:pk>/remarked/", views.remarked, name="remarked"),
    path("<uuid:pk>/text/", views.plain, name="plain"),
]
