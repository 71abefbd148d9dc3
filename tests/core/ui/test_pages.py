"""The pages that belong to no room."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast


@pytest.fixture
def inside(client: Client, cast: Cast) -> Client:
    client.force_login(cast.secretary.account)
    return client


def test_the_gallery_shows_every_part(inside: Client) -> None:
    page = inside.get(reverse("core:gallery")).content.decode()
    assert page.count("<h1>部件一览，<wbr>每种样子都在</h1>") == 1
    assert "<title>部件一览，每种样子都在 · 闭环</title>" in page
