from django.urls import path

from bihuan.org.views import accounts, entry, groups, importing, members, offices, seats

app_name = "org"
urlpatterns = [
    path("login/", entry.login, name="login"),
    path("logout/", entry.logout, name="logout"),
    path("password/", entry.new_password, name="new_password"),
    path("seats/", entry.seats, name="seats"),
    path("members/", members.members, name="members"),
    path("members/paste/", importing.paste, name="paste"),
    path("members/add/", members.add, name="add"),
    path("members/groups/", groups.groups, name="groups"),
    path("members/seats/", seats.sitting, name="sitting"),
    path("members/seats/<uuid:seat_id>/", seats.change_seat, name="change_seat"),
    path("members/seats/<uuid:seat_id>/end/", seats.end_seat, name="end_seat"),
    path("members/posts/", members.posts, name="posts"),
    path("members/<uuid:person_id>/", members.person, name="person"),
    path("members/<uuid:person_id>/standing/", members.standing, name="standing"),
    path("members/<uuid:person_id>/account/", accounts.give_account, name="give_account"),
    path("memberships/<uuid:membership_id>/end/", members.end_membership, name="end_membership"),
    path("memberships/<uuid:membership_id>/undo/", members.undo_leaving, name="undo_leaving"),
    path("standings/<uuid:standing_id>/end/", members.end_standing, name="end_standing"),
    path("memberships/<uuid:membership_id>/full/", members.make_full, name="make_full"),
    path("invited/<str:secret>/", accounts.invited, name="invited"),
    path("offices/", offices.offices, name="offices"),
    path("offices/clerk/", seats.first_clerk, name="first_clerk"),
    path("offices/<uuid:seat_id>/end/", offices.end_office, name="end_office"),
    path("offices/accounts/", offices.accounts, name="accounts"),
    path("offices/accounts/<uuid:account_id>/", offices.tend_account, name="tend_account"),
    path("accounts/<uuid:account_id>/reset/", accounts.reset_password, name="reset_password"),
]
