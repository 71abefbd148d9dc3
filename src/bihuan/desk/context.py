"""What every page's head shows: whose seat, which rooms, where the year is."""

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, object]:
    return {}
