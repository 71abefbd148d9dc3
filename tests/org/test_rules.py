"""What the regulations say about the size of a branch and of its committee."""

from __future__ import annotations

import pytest

from bihuan.org import rules


@pytest.mark.parametrize(("members", "must"), [(6, False), (7, True), (50, True)])
def test_seven_full_members_need_a_committee(members: int, must: bool) -> None:
    assert rules.must_have_committee(members) == must


@pytest.mark.parametrize(
    ("members", "committee", "says"),
    [
        (7, 0, "正式党员7名，满7名应当设立支委会，名册上还没有委员。"),
        (7, 3, ""),
        (7, 7, ""),
        (30, 8, "支委会现在8人，一般设3至5人，最多不超过7人。"),
        (7, 2, "支委会现在2人，一般设3至5人，最多不超过7人。"),
        (6, 0, ""),
    ],
)
def test_the_committee_is_of_three_to_seven(members: int, committee: int, says: str) -> None:
    assert rules.committee_remark(members, committee) == says


def test_fifty_is_the_usual_bound() -> None:
    assert rules.size_remark(50) == ""
    assert "51名" in rules.size_remark(51)
