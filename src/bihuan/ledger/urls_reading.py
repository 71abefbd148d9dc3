"""Addresses of last year's paper and of this year's answers."""

from django.urls import path

from bihuan.ledger.views import carry, intake, reading

urlpatterns = [
    path("last-year/", carry.carries, name="carries"),
    path("last-year/from-ledger/", carry.carry_over, name="carry_over"),
    path("last-year/answer/<uuid:pk>/", carry.carry, name="carry"),
    path("last-year/answer/<uuid:pk>/measures/", carry.name_measures, name="name_measures"),
    path("last-year/paper/new/", intake.take_paper, name="take_paper"),
    path("last-year/paper/<uuid:pk>/", reading.reading, name="reading"),
    path("last-year/paper/<uuid:pk>/year/", intake.state_year, name="state_year"),
    path("last-year/paper/<uuid:pk>/withdraw/", intake.withdraw_paper, name="withdraw_paper"),
    path("last-year/paper/<uuid:pk>/missed/", reading.add_missed, name="add_missed"),
    path("last-year/read/<uuid:pk>/decide/", reading.decide, name="decide_proposal"),
    path("last-year/read/<uuid:pk>/group/", reading.accept_group, name="accept_group"),
    path("last-year/read/<uuid:pk>/undo/", reading.undo_proposal, name="undo_proposal"),
]
