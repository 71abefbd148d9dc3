"""Who belonged, who was due, who held what, on a given day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch

from bihuan.org.models import (
    ADMIN_SEATS,
    COMMITTEE_TITLES,
    Account,
    Capacity,
    Group,
    GroupPlace,
    MemberKind,
    Membership,
    Org,
    OrgKind,
    OrgSpell,
    Person,
    Post,
    Seat,
    Standing,
    Tie,
    Title,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Member:
    """One line of the roster on a day: why somebody is not counted among those due stands in `not_due`."""

    person: Person
    membership: Membership
    titles: tuple[str, ...]
    not_due: str

    @property
    def due(self) -> bool:
        return not self.not_due


def roster(org: UUID, day: date) -> list[Member]:
    """Everybody who belonged to the organisation on that day, those with posts first, then by joining and name."""
    memberships = Membership.objects.of(org).on(day).select_related("person").order_by("person__name")
    titles = titles_on(org, day)
    standings = {s.person_id: s for s in Standing.objects.of(org).on(day)}
    members = [
        Member(m.person, m, titles.get(m.person_id, ()), _not_due(m, standings.get(m.person_id))) for m in memberships
    ]
    order = list(Post._meta.get_field("title").choices or [])
    rank = {title: place for place, (title, _) in enumerate(order)}
    return sorted(
        members, key=lambda m: (min((rank.get(t, 99) for t in m.titles), default=99), m.membership.kind != "正式")
    )


def titles_on(org: UUID, day: date) -> dict[UUID | None, tuple[str, ...]]:
    """Who holds which posts in the organisation on that day."""
    titles: dict[UUID | None, tuple[str, ...]] = {}
    for post in Post.objects.of(org).on(day):
        titles[post.person_id] = (*titles.get(post.person_id, ()), post.title)
    return titles


def _not_due(membership: Membership, standing: Standing | None) -> str:
    """Why a member is not among those with a vote who are due (R3): the reason in words, or ""."""
    if membership.kind == MemberKind.PROBATIONARY:
        return "预备党员没有表决权"
    if membership.tie == Tie.TAKES_PART:
        return "组织关系不在本支部"
    if standing is not None:
        return f"{standing.kind}：{standing.reason}"
    return ""


def former_members(org: UUID, day: date) -> list[Person]:
    """People who were in the organisation before that day and are not on it."""
    there = Membership.objects.of(org).on(day).values("person_id")
    return list(Person.objects.of(org).exclude(pk__in=there).order_by("name", "mark"))


def due_on(org: UUID, day: date) -> list[Person]:
    """有表决权、应到会的党员 on that day."""
    return [member.person for member in roster(org, day) if member.due]


def offices_on(day: date, *capacities: str) -> list[Seat]:
    """Who sits as 系统, 安全 or 审计管理员 on that day, of the whole installation."""
    seats = Seat.objects.everywhere("the three offices are the installation's, not a branch's").on(day)
    wanted = capacities or tuple(ADMIN_SEATS)
    return list(seats.filter(capacity__in=wanted).select_related("account__person", "org").order_by("since", "pk"))


def seats_of(org: UUID, day: date) -> list[Seat]:
    """Who sits in an organisation on that day, the three offices apart: by capacity, then by how long."""
    seats = Seat.objects.of(org).on(day).exclude(capacity__in=ADMIN_SEATS).select_related("account__person", "org")
    rank = {capacity: place for place, capacity in enumerate(Capacity.values)}
    return sorted(seats, key=lambda seat: (rank[seat.capacity], seat.since, seat.pk))


def former_seats(org: UUID, day: date) -> list[Seat]:
    """Seats that ended before that day, the latest first."""
    seats = Seat.objects.of(org).filter(until__lt=day).exclude(capacity__in=ADMIN_SEATS)
    return list(seats.select_related("account__person").order_by("-until", "-since", "pk"))


def without_clerk(day: date) -> list[Org]:
    """Organisations above the branches in which nobody sits as 上级经办 on that day."""
    seats = Seat.objects.everywhere("asked for the installation").on(day).filter(capacity=Capacity.CLERK)
    above = Org.objects.everywhere("asked for the installation").exclude(kind=OrgKind.BRANCH)
    return list(above.exclude(pk__in=seats.values("org")).order_by("name", "pk"))


def all_accounts(day: date) -> QuerySet[Account]:
    """Every account of the installation with the seats it has on that day, as `present`."""
    seats = Seat.objects.everywhere("accounts of the whole installation").on(day).select_related("org")
    found = Account.objects.select_related("person").order_by("login")
    return found.prefetch_related(Prefetch("seats", queryset=seats, to_attr="present"))


@dataclass(frozen=True)
class GroupOn:
    """One 党小组 as it stood on a day."""

    group: Group
    people: tuple[Person, ...]
    leader: Person | None

    @property
    def pk(self) -> UUID:
        return self.group.pk

    def __str__(self) -> str:
        return f"{self.group}（{len(self.people)}人{f'，组长{self.leader}' if self.leader else ''}）"


def groups_on(org: UUID, day: date) -> list[GroupOn]:
    """The 党小组 of a branch on that day, with their people and leader, by name."""
    leaders = set(Post.objects.of(org).on(day).filter(title=Title.GROUP_LEADER).values_list("person_id", flat=True))
    people: dict[UUID, list[Person]] = {}
    for place in GroupPlace.objects.of(org).on(day).select_related("person").order_by("person__name"):
        people.setdefault(place.group_id, []).append(place.person)
    found = [(group, tuple(people.get(group.pk, ()))) for group in Group.objects.of(org).on(day).order_by("name")]
    return [GroupOn(group, of, next((p for p in of if p.pk in leaders), None)) for group, of in found]


def group_on(org: UUID, group: UUID | None, day: date) -> GroupOn | None:
    """One 党小组 of the branch as it stood on that day; None where there was no such group then."""
    return next((one for one in groups_on(org, day) if one.group.pk == group), None)


def committee_on(org: UUID, day: date) -> list[Person]:
    """书记、副书记、委员 on that day; empty where the branch has no committee and only a secretary counts too."""
    posts = Post.objects.of(org).on(day).filter(title__in=COMMITTEE_TITLES).select_related("person")
    return list({post.person_id: post.person for post in posts}.values())


def has_committee(org: UUID, day: date) -> bool:
    """Whether there is a 支委会: at least three people with such posts. Without one the 党员大会 does its work."""
    return len(committee_on(org, day)) >= 3


def children_on(org: UUID, day: date) -> list[Org]:
    """The organisations directly below on that day."""
    spells = OrgSpell.objects.everywhere("asked downwards from a superior that the caller may see").on(day)
    return [spell.org for spell in spells.filter(parent=org).select_related("org").order_by("org__name")]
