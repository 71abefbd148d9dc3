"""Addresses of the ledger: reading last year's paper, and working the problems."""

from bihuan.ledger import urls_reading, urls_work

app_name = "ledger"
urlpatterns = [*urls_reading.urlpatterns, *urls_work.urlpatterns]
