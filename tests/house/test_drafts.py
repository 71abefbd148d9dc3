"""Every page with a long field keeps what is typed there, or is on the list of those that must not, with the reason."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core.ui import drafts
from tests.cast import Cast
from tests.faults import world
from tests.house.addresses import addresses

KEEPS_NOTHING = {
    "core:gallery": "shows parts and keeps nothing at all",
    "org:groups": "names of the roster, one a line",
    "core:feedback": "nobody shall know who wrote it",
    "org:paste": "a pasted roster may hold ID numbers, which are never kept",
    "ledger:take_paper": "a whole paper that was pasted lies elsewhere already, and is long",
    "ledger:reading": "its words come from the paper beside it",
    "report:paragraph": "its own view keeps it, in the report itself",
    "report:superior_forms": "a file is uploaded; its words are a name",
    "meeting:register": "figures with their source, one line each",
    "review:papers": "a whole paper that was pasted lies elsewhere already, and is long",
    "review:paper": "its sentence lies in the manuscript itself, which is a draft",
    "cycle:open": "a name and a year",
}


def test_the_pages_that_keep_drafts_exist() -> None:
    assert set(drafts.PAGES) <= {address.name for address in addresses()}
    assert set(drafts.PAGES) & set(KEEPS_NOTHING) == set()


@pytest.mark.django_db
def test_no_long_field_is_forgotten(cast: Cast) -> None:
    filled = world.fill(cast)
    long, kept = set(), set()
    for seat in (cast.secretary, cast.clerk):
        client = Client()
        client.force_login(seat.account)
        for address in world.addresses():
            for url in address.urls(filled, every=False):
                answer = client.get(url)
                if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                    continue
                page = answer.content.decode()
                long |= {address.name} if re.search(r"<textarea(?![^>]*readonly)", page) else set()
                kept |= {address.name} if 'name="draft"' in page else set()
    assert long - kept - set(KEEPS_NOTHING) == set(), (
        "give their form {% form_key draft=True %} and core.ui.drafts a line"
    )
    assert kept <= set(drafts.PAGES)
    assert len(kept & long) > 12


def test_a_draft_sent_to_another_page_never_reaches_its_view(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.secretary.account)
    sent = {"draft": "a" * 32, "words": "样例"}
    answer = client.post(reverse("core:feedback"), sent, headers={"X-Autosave": "1"})
    assert answer.status_code == 403
