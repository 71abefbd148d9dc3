"""A whole table taken over at once, after somebody looked at what it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.org import access
from bihuan.org.actions.members import (
    NewMember,
    correct_joining,
    end_membership,
    make_full_member,
    take_in_roster,
)
from bihuan.org.actions.posts import change_post
from bihuan.org.models import Membership, Org, Person, Post, Seat, Title


@dataclass(frozen=True)
class Correction:
    """What a table says otherwise about one member; None: nothing."""

    membership: Membership
    full_on: date | None = None
    joined_party_on: date | None = None
    title: str | None = None

    @property
    def person(self) -> Person:
        return self.membership.person


@dataclass(frozen=True)
class Leaving:
    """Somebody whom the table does not name any more: how he went, by which paper."""

    membership: Membership
    went_by: str
    paper_no: str = ""


@dataclass(frozen=True)
class RosterChanges:
    """All that a table changes. `since`: the day from which posts change; leavings end the day before."""

    since: date
    new: Sequence[NewMember] = ()
    corrections: Sequence[Correction] = ()
    leaving: Sequence[Leaving] = ()

    @property
    def count(self) -> int:
        return len(self.new) + len(self.corrections) + len(self.leaving)


@action("org.roster.applied", "照一张表改了名册")
def apply_roster(changes: RosterChanges, *, by: Seat, at: datetime) -> int:
    """照看过的对照改名册：收进新来的，写下转正、入党日期和职务的变动、走了的；有一处不成，全都不存。

    Returns how many people it concerned. Each change leaves its own line in the chain.
    """
    access.may_keep_roster(by).enforce()
    org = Org.objects.of(by.org_id).select_for_update().get(pk=by.org_id)
    if not changes.count:
        raise Refused("这些人都已经在名册上，没有要收的，也没有要改的。")
    for gone in changes.leaving:
        verdict((gone.went_by, f"请写明{gone.membership.person}是怎么走的")).enforce()
        end_membership(
            gone.membership, until=changes.since - timedelta(days=1), went_by=gone.went_by, paper_no=gone.paper_no,
            by=by, at=at,
        )  # fmt: skip
    for one in changes.corrections:
        _correct(one, changes.since, by=by, at=at)
    if changes.new:
        take_in_roster(changes.new, by=by, at=at)
    _one_secretary(org, changes.since)
    audit.record(org, by=by, at=at, before=org.facts())
    return changes.count


def _correct(one: Correction, since: date, *, by: Seat, at: datetime) -> None:
    if one.joined_party_on is not None:
        correct_joining(one.person, joined_party_on=one.joined_party_on, by=by, at=at)
    if one.full_on is not None:
        make_full_member(one.membership, on=one.full_on, by=by, at=at)
    if one.title is not None:
        change_post(one.person, title=one.title, since=since, by=by, at=at)


def _one_secretary(org: Org, day: date) -> None:
    secretaries = Post.objects.of(org.pk).on(day).filter(title=Title.SECRETARY).count()
    verdict((secretaries <= 1, f"照这张表会有{secretaries}位书记；书记只有一位，请改好“职务”一列")).enforce()
