"""A room's records answer only when it was said whose eyes are looking."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bihuan.core.scope import Unscoped
from bihuan.org.models import Membership, Org, Person, Seat
from tests.cast import Cast, person_named

WAYS: dict[str, Callable[[Any], Any]] = {
    "count": lambda q: q.count(),
    "exists": lambda q: q.exists(),
    "iterate": list,
    "iterator": lambda q: list(q.iterator()),
    "update": lambda q: q.update(name="改掉"),
    "delete": lambda q: q.delete(),
    "aggregate": lambda q: q.aggregate(x=__import__("django.db.models", fromlist=["Max"]).Max("pk")),
    "first": lambda q: q.first(),
    "last": lambda q: q.last(),
    "get": lambda q: q.get(name="孙四"),
    "in": lambda q: None in q,
    "len": len,
    "bool": bool,
    "slice": lambda q: list(q[:1]),
    "index": lambda q: q[0],
    "values_list": lambda q: list(q.values_list("pk")),
    "in_bulk": lambda q: q.in_bulk(),
    "get_or_create": lambda q: q.get_or_create(name="孙四"),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_unscoped_query_raises(cast: Cast, way: str) -> None:
    with pytest.raises(Unscoped):
        WAYS[way](Person.objects.all())
    with pytest.raises(Unscoped):
        WAYS[way](Person.objects.filter(name__startswith="孙"))
    assert person_named(cast.branch, "孙四").name == "孙四"  # nothing was changed or removed


def test_a_seat_sees_its_own_branch_and_not_another(cast: Cast) -> None:
    names = set(Person.objects.visible_to(cast.secretary).values_list("name", flat=True))
    assert "孙四" in names
    assert not names & {"吴九", "王十"}
    assert set(Person.objects.visible_to(cast.outsider).values_list("name", flat=True)) == {"吴九", "王十"}


def test_a_superior_sees_those_below_and_an_administrator_no_branch(cast: Cast) -> None:
    assert set(Membership.objects.visible_to(cast.clerk).values_list("org", flat=True)) == {
        cast.branch.pk, cast.other_branch.pk
    }  # fmt: skip
    admin = Seat.objects.of(cast.branch.pk).get(pk=cast.secretary.pk)
    admin.capacity = "系统管理员"
    assert list(Person.objects.visible_to(admin)) == []


def test_records_reached_through_a_record_are_scoped_by_it(cast: Cast) -> None:
    assert cast.branch.memberships.count() == 8
    assert {m.org_id for m in cast.branch.memberships.all()} == {cast.branch.pk}


def test_everywhere_needs_a_reason(cast: Cast) -> None:
    with pytest.raises(Unscoped):
        Org.objects.everywhere("")
    assert Org.objects.everywhere("the test counts them").count() >= 3


def test_scope_survives_further_filtering(cast: Cast) -> None:
    narrowed = Person.objects.of(cast.branch.pk).filter(name="孙四").exclude(name="x").order_by("name").distinct()
    assert [person.name for person in narrowed] == ["孙四"]
