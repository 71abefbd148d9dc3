"""Addresses of the ledger's loop."""

from django.urls import path

from bihuan.ledger.views import circular, closing, duty, evidence, links, lookback, measure, problem, story, table

urlpatterns = [
    path("", table.table, name="table"),
    path("problem/new/", problem.raise_problem, name="raise"),
    path("problem/<uuid:pk>/", story.problem, name="problem"),
    path("problem/<uuid:pk>/words/", problem.change_problem, name="change_problem"),
    path("problem/<uuid:pk>/cause/", problem.add_cause, name="add_cause"),
    path("problem/<uuid:pk>/again/", problem.note_recurrence, name="note_recurrence"),
    path("problem/<uuid:pk>/same/", links.same_matter, name="same_matter"),
    path("problem/<uuid:pk>/start/", problem.start_work, name="start_work"),
    path("problem/<uuid:pk>/measure/", measure.add_measure, name="add_measure"),
    path("problem/<uuid:pk>/measure/link/", measure.link_measure, name="link_measure"),
    path("problem/<uuid:pk>/claim/", closing.claim, name="claim"),
    path("problem/<uuid:pk>/verify/", closing.verify, name="verify"),
    path("problem/<uuid:pk>/decide/", closing.decide, name="decide"),
    path("problem/<uuid:pk>/reopen/", closing.reopen, name="reopen"),
    path("measure/<uuid:pk>/", measure.change_measure, name="change_measure"),
    path("measure/<uuid:pk>/owner/", measure.hand_over, name="hand_over"),
    path("measure/<uuid:pk>/term/", measure.term, name="term"),
    path("measure/<uuid:pk>/progress/", measure.note_progress, name="note_progress"),
    path("measure/<uuid:pk>/evidence/", evidence.add_evidence, name="add_evidence"),
    path("links/", links.links, name="links"),
    path("problem/<uuid:pk>/links/", links.links_of, name="links_of"),
    path("problem/<uuid:pk>/links/tie/", links.tie, name="tie"),
    path("problem/<uuid:pk>/links/untie/", links.untie, name="untie"),
    path("duty/", duty.duties, name="duties"),
    path("duty/<uuid:pk>/", duty.duty, name="duty"),
    path("lookback/", lookback.lookback, name="lookback"),
    path("lookback/draw/", lookback.draw_lookback, name="draw_lookback"),
    path("lookback/<uuid:pk>/", lookback.look_back, name="look_back"),
    path("circular/", circular.circular, name="circular"),
    path("evidence/<uuid:pk>/", evidence.evidence, name="evidence"),
    path("evidence/<uuid:pk>/file/", evidence.evidence_file, name="evidence_file"),
]
