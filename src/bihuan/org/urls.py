from django.urls import path

from bihuan.org import views

app_name = "org"
urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("password/", views.new_password, name="new_password"),
    path("seats/", views.seats, name="seats"),
    path("members/", views.members, name="members"),
    path("members/paste/", views.paste, name="paste"),
    path("members/add/", views.add, name="add"),
    path("members/posts/", views.posts, name="posts"),
    path("members/<uuid:person_id>/", views.person, name="person"),
    path("members/<uuid:person_id>/standing/", views.standing, name="standing"),
    path("members/<uuid:person_id>/account/", views.give_account, name="give_account"),
    path("memberships/<uuid:membership_id>/end/", views.end_membership, name="end_membership"),
    path("memberships/<uuid:membership_id>/full/", views.make_full, name="make_full"),
    path("accounts/<uuid:account_id>/reset/", views.reset_password, name="reset_password"),
]
