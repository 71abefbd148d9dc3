"""What is refused stands on the form it was typed into: nothing typed is lost."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.org.models import Membership
from tests.cast import Cast
from tests.faults.test_hostile import sit, text
from tests.faults.world import lines, tables
from tests.report.test_deciding import ready

CASES = ["vote", "leaving", "full", "pasted"]


@pytest.mark.parametrize("case", CASES)
def test_a_refusal_keeps_what_was_typed(client: Client, cast: Cast, case: str) -> None:
    year, draft = ready(cast)
    meeting = year.committee_meeting()
    known = Membership.objects.of(cast.branch.pk)
    gao, li = known.get(person__name="高七"), known.get(person__name="李八")
    url, data, why, typed = {
        "vote": (
            reverse("report:vote", args=[draft.pk]),
            {"meeting": str(meeting.pk), "in_favour": "30", "against": "0", "abstained": "0"},
            "票比人多",
            'value="30"',
        ),
        "leaving": (
            reverse("org:end_membership", args=[gao.pk]),
            {"until": "2019年1月1日", "went_by": "转出"},
            "离开的日子不能早于进来的日子",
            "2019年1月1日",
        ),
        "full": (
            reverse("org:make_full", args=[li.pk]),
            {"on": "2019年1月1日"},
            "转正的日子要在成为预备党员之后",
            "2019年1月1日",
        ),
        "pasted": (
            reverse("org:paste"),
            {"roster": "姓名\t类别\n高七\t正式", "save": "1"},
            "都已经在名册上",
            "高七",
        ),
    }[case]
    sit(client, cast.secretary)
    before = tables(), lines()
    answer = client.post(url, {**data, "form_key": "cd" * 16})
    assert answer.status_code == 200
    assert why in text(answer)
    assert typed in text(answer)
    assert (tables(), lines()) == before


def test_a_sentence_leads_back_to_the_page_of_the_form(client: Client, cast: Cast) -> None:
    sit(client, cast.member)  # who may not rename the branch
    url, typed = reverse("desk:first_branch"), {"name": "第九支部", "superior": "中共样例镇委员会"}
    answer = client.post(url, typed, HTTP_REFERER=f"http://testserver{url}")
    assert answer.status_code == 403
    assert f'href="{url}"' in text(answer)
    assert "evil" not in text(client.post(url, typed, HTTP_REFERER="http://evil.example/org/"))
