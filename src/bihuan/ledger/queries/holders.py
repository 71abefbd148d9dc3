"""Who stands behind an assignment: one person, or everybody of a post, a 党小组 or a whole organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from bihuan.ledger.models import Assignment
from bihuan.org.models import Group, GroupPlace, Membership, Org, Person, Post

Owner = Person | Group | Org  # what a measure can rest with that is a record; a post is a word of its own
FAR = date(9999, 12, 31)  # where a spell has no end yet


def rests_with(person: UUID, org: UUID, day: date) -> Q:
    """The assignments of a branch that rest with this person on that day: by name, by post, by 党小组 or by membership.

    The rest is asked inside the same query.
    """
    titles = Post.objects.of(org).on(day).filter(person_id=person).values("title")
    groups = GroupPlace.objects.of(org).on(day).filter(person_id=person).values("group")
    bodies = Membership.objects.everywhere("the bodies that one person belongs to").on(day).filter(person_id=person)
    return Q(person_id=person) | Q(post__in=titles) | Q(group__in=groups) | Q(org__in=bodies.values("org"))


def behind(spell: Assignment, branch: UUID) -> set[UUID]:
    """Everybody who stood behind an assignment on any day while it lasted, whoever has left meanwhile too."""
    if spell.person_id is not None:
        return {spell.person_id}
    last = spell.until or FAR
    if spell.post:
        held = Post.objects.of(branch).overlapping(spell.since, last).filter(title=spell.post)
        return set(held.values_list("person_id", flat=True))
    if spell.group_id is not None:
        placed = GroupPlace.objects.of(branch).overlapping(spell.since, last).filter(group=spell.group_id)
        return set(placed.values_list("person_id", flat=True))
    whole = Membership.objects.everywhere("whoever belonged to the body that had the measure")
    belonged = whole.overlapping(spell.since, last).filter(org=spell.org)
    return set(belonged.values_list("person_id", flat=True))


class Holders:
    """Who stands behind the assignments of a branch on one day. A query a kind, and only of the kinds that are there."""

    def __init__(self, branch: UUID, day: date) -> None:
        self.branch, self.day = branch, day
        self._bodies: dict[UUID, frozenset[UUID]] = {}

    def of(self, spells: Iterable[Assignment]) -> frozenset[UUID]:
        """The keys of all who stand behind these."""
        return frozenset(key for spell in spells for key in self._behind(spell))

    def _behind(self, spell: Assignment) -> Iterable[UUID]:
        if spell.person_id is not None:
            return (spell.person_id,)
        if spell.post:
            return self._posts[spell.post]
        if spell.group_id is not None:
            return self._groups[spell.group_id]
        return self._members(spell.org_id) if spell.org_id is not None else ()

    @cached_property
    def _posts(self) -> dict[str, set[UUID]]:
        found: dict[str, set[UUID]] = defaultdict(set)
        for title, person in Post.objects.of(self.branch).on(self.day).values_list("title", "person_id"):
            found[title].add(person)
        return found

    @cached_property
    def _groups(self) -> dict[UUID, set[UUID]]:
        found: dict[UUID, set[UUID]] = defaultdict(set)
        for group, person in GroupPlace.objects.of(self.branch).on(self.day).values_list("group_id", "person_id"):
            found[group].add(person)
        return found

    def _members(self, org: UUID) -> frozenset[UUID]:
        if org not in self._bodies:
            there = Membership.objects.everywhere("the people of a body that has a measure").on(self.day)
            self._bodies[org] = frozenset(there.filter(org_id=org).values_list("person_id", flat=True))
        return self._bodies[org]
