"""The roster: who comes, who goes, who is not counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.core.models import Source, stamp
from bihuan.org import access
from bihuan.org.actions.posts import end_post
from bihuan.org.models import (
    ADMIN_SEATS,
    LONG_AGO,
    Came,
    GroupPlace,
    MemberKind,
    Membership,
    Org,
    Person,
    Post,
    Seat,
    Standing,
    Tie,
    Title,
    Went,
)

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class NewMember:
    """One line of a roster to be taken in. `since`: from which day the person belongs to this branch; None: not known."""

    name: str
    kind: str
    joined_party_on: date | None = None
    since: date | None = None
    tie: str = Tie.RELATION.value
    mark: str = ""
    title: str = ""
    came_by: str = ""
    came_paper: str = ""
    person: Person | None = None  # somebody who was in this branch before and comes back


@action("org.roster.taken_in", "收进了名册")
def take_in_roster(
    members: Iterable[NewMember], *, by: Seat, at: datetime, source: str = Source.LATER
) -> list[Membership]:
    """把看过的名册一次收进来；有一行不成，全都不收。已在名册上的人（同名同区别）不再收一遍。"""
    access.may_keep_roster(by).enforce()
    org = Org.objects.of(by.org_id).select_for_update().get(pk=by.org_id)
    present = {
        (m.person.name, m.person.mark) for m in Membership.objects.of(org.pk).on(at.date()).select_related("person")
    }
    wanted = [new for new in members if (new.name, new.mark) not in present]
    if not wanted:
        raise Refused("这些人都已经在名册上，没有要收的。")
    taken = _take_in(org, wanted, stamp(by=by, at=at, source=source))
    audit.record_new(taken, by=by, at=at)
    return taken


def _take_in(org: Org, wanted: Sequence[NewMember], head: dict[str, Any]) -> list[Membership]:
    """All of them in three statements: a roster of thousands is one act."""
    people = [
        new.person or Person(name=new.name, mark=new.mark, home=org, joined_party_on=new.joined_party_on, **head)
        for new in wanted
    ]
    Person.objects.bulk_create([person for person in people if person._state.adding], batch_size=500)
    pairs = list(zip(people, wanted, strict=True))
    posts = [Post(person=p, org=org, title=new.title, since=_first_day(new), **head) for p, new in pairs if new.title]
    Post.objects.bulk_create(posts, batch_size=500)
    memberships = [
        Membership(
            person=person, org=org, kind=new.kind, tie=new.tie, since=_first_day(new), came_by=new.came_by,
            came_paper=new.came_paper, **head,
        )
        for person, new in pairs
    ]  # fmt: skip
    return Membership.objects.bulk_create(memberships, batch_size=500)


def _first_day(new: NewMember) -> date:
    # the day of joining the Party is the day of becoming a probationary member; for a full one it says nothing of the branch
    return new.since or (new.joined_party_on if new.kind == MemberKind.PROBATIONARY else None) or LONG_AGO


@action("org.membership.ended", "把党员移出了名册")
def end_membership(
    membership: Membership, *, until: date, went_by: str = "", paper_no: str = "", by: Seat, at: datetime
) -> Membership:
    """写下一个党员哪天起不在本支部了（最后一天算在内）、为什么、凭什么文件；他在支部的职务也到那天为止。"""
    access.may_keep_roster(by).enforce()
    membership = Membership.objects.of(by.org_id).select_for_update().get(pk=membership.pk)
    verdict(
        (until >= membership.since, "离开的日子不能早于进来的日子"),
        (membership.until is None, "这位党员已经写过哪天离开，请退回去刷新再看"),
    ).enforce()
    before = membership.facts()
    membership.until, membership.went_by, membership.went_paper = until, went_by, paper_no
    membership.keep("until", "went_by", "went_paper")
    audit.record(membership, by=by, at=at, before=before)
    for post in Post.objects.of(by.org_id).filter(person=membership.person_id, until=None).select_for_update():
        end_post(post, until, by=by, at=at)
    _leave_rooms(membership.person_id, until, by=by, at=at)
    return membership


def _leave_rooms(person: UUID, until: date, *, by: Seat, at: datetime) -> None:
    """Whoever left is of no 党小组 any more and sits nowhere in the branch."""
    if person == by.person_id:
        raise Refused("您自己的去向，请先把职务和席位交给接手的人，由他来写。")
    places = GroupPlace.objects.of(by.org_id).filter(person=person, until=None).select_for_update()
    seats = Seat.objects.of(by.org_id).filter(account__person=person, until=None).select_for_update()
    for spell in (*places, *seats.exclude(capacity__in=ADMIN_SEATS)):
        before = spell.facts()
        spell.until = max(spell.since, until)
        spell.keep("until")
        audit.record(spell, by=by, at=at, before=before)


@action("org.person.joining_corrected", "改正了入党日期")
def correct_joining(person: Person, *, joined_party_on: date, by: Seat, at: datetime) -> Person:
    """改正一位党员的入党日期。"""
    access.may_keep_roster(by).enforce()
    person = Person.objects.filter(pk__in=_people_of(by)).everywhere("named by the line above").get(pk=person.pk)
    before = person.facts()
    person.joined_party_on = joined_party_on
    person.keep("joined_party_on")
    audit.record(person, by=by, at=at, before=before)
    return person


def _people_of(by: Seat) -> QuerySet[Membership, UUID]:
    return Membership.objects.of(by.org_id).values_list("person_id", flat=True)


@action("org.membership.kind_changed", "写下了转正")
def make_full_member(membership: Membership, *, on: date, by: Seat, at: datetime) -> Membership:
    """转正：预备党员的一段到前一天为止，另起一段正式党员。"""
    access.may_keep_roster(by).enforce()
    membership = Membership.objects.of(by.org_id).select_for_update().get(pk=membership.pk)
    verdict(
        (membership.kind == "预备", "只有预备党员要转正"),
        (on > membership.since, "转正的日子要在成为预备党员之后"),
    ).enforce()
    before = membership.facts()
    membership.until, membership.went_by = on - timedelta(days=1), Went.MADE_FULL
    membership.keep("until", "went_by")
    audit.record(membership, by=by, at=at, before=before)
    full = Membership.objects.create(
        person_id=membership.person_id,
        org_id=by.org_id,
        kind="正式",
        tie=membership.tie,
        since=on,
        came_by=Came.MADE_FULL,
        **stamp(by=by, at=at),
    )
    audit.record(full, by=by, at=at)
    return full


@action("org.standing.stated", "写下了不计入应到的情形")
def state_standing(
    person: Person, *, kind: str, reason: str, since: date, until: date | None, by: Seat, at: datetime
) -> Standing:
    """写下一个党员在哪段日子里不计入应到，和理由。"""
    access.may_keep_roster(by).enforce()
    standing = Standing.objects.create(
        person=person, org_id=by.org_id, kind=kind, reason=reason, since=since, until=until, **stamp(by=by, at=at)
    )
    audit.record(standing, by=by, at=at)
    return standing


@action("org.standing.ended", "写下了不计入应到到哪天为止")
def end_standing(standing: Standing, *, until: date, by: Seat, at: datetime) -> Standing:
    """写下一段不计入应到到哪天为止（这一天还不计入）；写错了可以再写。"""
    access.may_keep_roster(by).enforce()
    standing = Standing.objects.of(by.org_id).select_for_update().get(pk=standing.pk)
    verdict(
        (until >= standing.since, "止的日子不能早于起的日子"),
        (until != standing.until, "和原来一样，没有要改的"),
    ).enforce()
    before = standing.facts()
    standing.until = until
    standing.keep("until")
    audit.record(standing, by=by, at=at, before=before)
    return standing


@action("org.membership.leaving_undone", "撤回了写错的离开")
def undo_leaving(membership: Membership, *, by: Seat, at: datetime) -> Membership:
    """离开写错了：撤回来，当作没有离开；那天一起到期的职务和党小组也接着算。席位不跟着回来，要另给。"""
    access.may_keep_roster(by).enforce()
    membership = Membership.objects.of(by.org_id).select_for_update().get(pk=membership.pk)
    last = membership.until
    later = Membership.objects.of(by.org_id).filter(person=membership.person_id, since__gt=membership.since)
    verdict(
        (last is not None and membership.went_by != Went.MADE_FULL, "这一段没有写过离开"),
        (not later.exists(), "后来又写过他进来，请照后来的办"),
    ).enforce()
    before = membership.facts()
    membership.until, membership.went_by, membership.went_paper = None, "", ""
    membership.keep("until", "went_by", "went_paper")
    audit.record(membership, by=by, at=at, before=before)
    for spell in _ended_with(membership.person_id, last, by, at.date()):
        held = spell.facts()
        spell.until = None
        spell.keep("until")
        audit.record(spell, by=by, at=at, before=held)
    return membership


def _ended_with(person: UUID, last: date | None, by: Seat, today: date) -> list[Post | GroupPlace]:
    """The posts and places that ended on that day and may go on: the group still lives, the secretary has no successor."""
    posts = Post.objects.of(by.org_id).filter(person=person, until=last).select_for_update()
    places = GroupPlace.objects.of(by.org_id).filter(person=person, until=last, group__until=None).select_for_update()
    if Post.objects.of(by.org_id).on(today).filter(title=Title.SECRETARY).exclude(person=person).exists():
        posts = posts.exclude(title=Title.SECRETARY)
    return [*posts, *places]
