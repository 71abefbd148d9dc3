"""Every address of the product, a room a line."""

from django.urls import include, path

urlpatterns = [
    path("", include("bihuan.desk.urls")),
    path("", include("bihuan.core.urls")),
    path("org/", include("bihuan.org.urls")),
    path("papers/", include("bihuan.review.urls")),
    path("year/", include("bihuan.cycle.urls")),
    path("ledger/", include("bihuan.ledger.urls")),
    path("meeting/", include("bihuan.meeting.urls")),
    path("report/", include("bihuan.report.urls")),
    path("archive/", include("bihuan.archive.urls")),
]
