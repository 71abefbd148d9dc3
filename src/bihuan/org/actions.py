"""The verbs of the organisation: founding a branch, keeping its roster and posts, giving accounts and seats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.crypto import get_random_string

from bihuan.core import audit, ids
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action, check_version
from bihuan.core.models import Source, stamp
from bihuan.org import access
from bihuan.org.models import (
    COMMITTEE_SEATS,
    LONG_AGO,
    Account,
    Capacity,
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

# Letters and figures that cannot be taken for one another when read from a printed sheet.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


def first_seat(account: Account, *, org: Org, capacity: str, at: datetime) -> Seat:
    """The seat that a founding act is done from: it is made together with the organisation it belongs to.

    Not saved here. Its foreign keys point at rows of the same transaction; both databases check them at its end.
    """
    seat = Seat(account=account, org=org, capacity=capacity, since=at.date())
    head = stamp(by=seat, at=at)
    for name, value in head.items():
        setattr(seat, name, value)
    return seat


def found_branch(account: Account, *, name: str, superior: str, at: datetime) -> Seat:
    """建立支部：写下支部和它的上级，做这件事的账号成为这个支部的经办席位（书记名册定下以前）。

    Returns the seat; every later act is done from it.
    """
    org = Org(id=ids.new_id(), kind=OrgKind.BRANCH, name=name)
    seat = first_seat(account, org=org, capacity=Capacity.SECRETARY, at=at)
    _found(org, superior_name=superior, seat=seat, by=seat, at=at)
    return seat


@action("org.branch.founded", "建立了支部")
def _found(org: Org, *, superior_name: str, seat: Seat, by: Seat, at: datetime) -> None:
    parent = Org(kind=_kind_of(superior_name), name=superior_name, **stamp(by=by, at=at))
    for made in (org, parent):
        for field, value in stamp(by=by, at=at).items():
            setattr(made, field, value)
        made.save(force_insert=True)
    seat.save(force_insert=True)
    spell = OrgSpell.objects.create(org=org, parent=parent, since=date(at.year, 1, 1), **stamp(by=by, at=at))
    for begun in (org, seat, spell):
        audit.record(begun, by=by, at=at)


def _kind_of(name: str) -> str:
    return OrgKind.GENERAL_BRANCH if name.endswith("总支") or "总支部" in name else OrgKind.COMMITTEE


@action("org.branch.renamed", "改了支部或上级的名称")
def rename_branch(org: Org, *, name: str, superior: str, by: Seat, at: datetime) -> Org:
    """改支部或上级的名称（打错字时用；真的改隶属要另立一段隶属关系）。"""
    org = Org.objects.of(by.org_id).select_for_update().get(pk=org.pk)
    access.may_keep_roster(by).enforce()
    before = org.facts()
    org.name = name
    org.keep("name")
    audit.record(org, by=by, at=at, before=before)
    parent = org.parent_on(at.date())
    if parent is not None and parent.name != superior:
        before = parent.facts()
        parent.name = superior
        parent.keep("name")
        audit.record(parent, by=by, at=at, before=before)
    return org


@dataclass(frozen=True)
class NewMember:
    """One line of a roster to be taken in. `since`: from which day the person belongs to this branch."""

    name: str
    kind: str
    joined_party_on: date | None = None
    since: date | None = None
    tie: str = Tie.RELATION.value
    mark: str = ""
    title: str = ""


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
    taken = [_take_in(org, new, by=by, at=at, source=source) for new in members if (new.name, new.mark) not in present]
    for membership in taken:
        audit.record(membership, by=by, at=at)
    if not taken:
        raise Refused("这些人都已经在名册上，没有要收的。")
    return taken


def _take_in(org: Org, new: NewMember, *, by: Seat, at: datetime, source: str) -> Membership:
    head = stamp(by=by, at=at, source=source)
    person = Person.objects.create(name=new.name, mark=new.mark, home=org, joined_party_on=new.joined_party_on, **head)
    # the day of joining the Party is the day of becoming a probationary member; for a full one it says nothing of the branch
    since = new.since or (new.joined_party_on if new.kind == MemberKind.PROBATIONARY else None) or LONG_AGO
    membership = Membership.objects.create(person=person, org=org, kind=new.kind, tie=new.tie, since=since, **head)
    if new.title:
        Post.objects.create(person=person, org=org, title=new.title, since=since, **head)
    return membership


@action("org.membership.ended", "把党员移出了名册")
def end_membership(membership: Membership, *, until: date, by: Seat, at: datetime) -> Membership:
    """写下一个党员哪天起不在本支部了（最后一天算在内）。"""
    access.may_keep_roster(by).enforce()
    membership = Membership.objects.of(by.org_id).select_for_update().get(pk=membership.pk)
    verdict((until >= membership.since, "离开的日子不能早于进来的日子")).enforce()
    before = membership.facts()
    membership.until = until
    membership.keep("until")
    audit.record(membership, by=by, at=at, before=before)
    return membership


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
    membership.until = on - timedelta(days=1)
    membership.keep("until")
    audit.record(membership, by=by, at=at, before=before)
    full = Membership.objects.create(
        person_id=membership.person_id,
        org_id=by.org_id,
        kind="正式",
        tie=membership.tie,
        since=on,
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


@action("org.posts.set", "定下了书记和委员")
def set_posts(posts: dict[Person, str], *, since: date, by: Seat, at: datetime) -> list[Post]:
    """定下谁是书记、谁是委员：原来和这次不一样的到前一天为止，新的从 `since` 起。

    posts: person → title; a person who is not named holds no post afterwards.
    """
    access.may_keep_roster(by).enforce()
    secretaries = [p for p, title in posts.items() if title == Title.SECRETARY]
    verdict((len(secretaries) == 1, "书记要有一位，也只有一位")).enforce()
    held = list(Post.objects.of(by.org_id).on(since).select_for_update())
    kept = {(post.person_id, post.title) for post in held} & {(p.pk, title) for p, title in posts.items()}
    for post in held:
        if (post.person_id, post.title) not in kept:
            _end_post(post, since, by=by, at=at)
    made = []
    for person, title in posts.items():
        if (person.pk, title) not in kept:
            post = Post.objects.create(person=person, org_id=by.org_id, title=title, since=since, **stamp(by=by, at=at))
            audit.record(post, by=by, at=at)
            made.append(post)
    if not made and len(kept) == len(held):
        raise Refused("和原来一样，没有要改的。")
    return made


def _end_post(post: Post, since: date, *, by: Seat, at: datetime) -> None:
    before = post.facts()
    post.until = max(post.since, since - timedelta(days=1))
    post.keep("until")
    audit.record(post, by=by, at=at, before=before)


@action("org.account.owned", "认领了自己的账号")
def own_account(person: Person, *, by: Seat, at: datetime) -> Account:
    """第一个账号是装系统时给的：写下它是名册上的哪一位；席位的身份随这一位的职务。"""
    account = Account.objects.select_for_update().get(pk=by.account_id)
    titles = [post.title for post in Post.objects.of(by.org_id).on(at.date()).filter(person=person)]
    capacity = next((title for title in titles if title in COMMITTEE_SEATS), "")
    verdict(
        (account.person_id in {None, person.pk}, "这个账号已经有主"),
        (not Account.objects.filter(person=person).exclude(pk=account.pk).exists(), "这位党员已经有账号"),
        (capacity, "第一个账号要由书记、副书记或委员认领；您若是帮忙的，请先给他们发账号"),
    ).enforce()
    account.person = person
    account.save(update_fields=["person"])
    audit.record(person, by=by, at=at)
    if capacity != by.capacity:
        _reseat(by, capacity, by=by, at=at)
    return account


@action("org.account.given", "发了账号")
def give_account(person: Person, *, login: str, capacity: str, by: Seat, at: datetime) -> tuple[Seat, str]:
    """给名册上的一位党员发账号和席位。Returns the seat and a password that is shown once and must be changed."""
    access.may_give_account(by).enforce()
    verdict(
        (not Account.objects.filter(login=login).exists(), f"登录名“{login}”已经有人用了，请换一个"),
        (not Account.objects.filter(person=person).exists(), f"{person.name}已经有账号"),
        (capacity == Capacity.MEMBER or capacity in COMMITTEE_SEATS, "这个身份不由支部发"),
    ).enforce()
    password = one_time_password()
    account = Account(login=login, person=person, must_change_password=True)
    account.set_password(password)
    account.save(force_insert=True)
    seat = Seat.objects.create(
        account=account, org_id=by.org_id, capacity=capacity, since=at.date(), **stamp(by=by, at=at)
    )
    audit.record(seat, by=by, at=at)
    return seat, password


@action("org.account.password_reset", "重发了一次性密码")
def reset_password(account: Account, *, by: Seat, at: datetime) -> str:
    """忘了密码：给一个新的一次性密码，锁也打开。"""
    access.may_give_account(by).enforce()
    seat = Seat.objects.of(by.org_id).on(at.date()).filter(account=account).select_for_update().first()
    if seat is None:
        raise Refused("这个账号不在本支部，请找它所在的支部。")
    password = one_time_password()
    account.set_password(password)
    account.must_change_password, account.failures, account.locked_until = True, 0, None
    account.save()
    audit.record(seat, by=by, at=at)
    return password


@action("org.seat.changed", "换了席位的身份")
def change_capacity(seat: Seat, *, capacity: str, seen_version: int | None, by: Seat, at: datetime) -> Seat:
    """一个账号在本支部的身份换了：原来的席位到今天为止，另给一个。"""
    access.may_give_account(by).enforce()
    seat = Seat.objects.of(by.org_id).select_for_update().get(pk=seat.pk)
    check_version(seat, seen_version)
    return _reseat(seat, capacity, by=by, at=at)


def _reseat(seat: Seat, capacity: str, *, by: Seat, at: datetime) -> Seat:
    """Close the seat with yesterday and open one with the new capacity; a seat that began today is put right in place."""
    seat = Seat.objects.of(by.org_id).select_for_update().get(pk=seat.pk)
    before, today = seat.facts(), at.date()
    if seat.since >= today:
        seat.capacity = capacity
        seat.keep("capacity")
        audit.record(seat, by=by, at=at, before=before)
        return seat
    seat.until = today - timedelta(days=1)
    seat.keep("until")
    audit.record(seat, by=by, at=at, before=before)
    new = Seat.objects.create(
        account_id=seat.account_id, org_id=by.org_id, capacity=capacity, since=today, **stamp(by=by, at=at)
    )
    audit.record(new, by=by, at=at)
    return new


def one_time_password() -> str:
    """Twelve clear characters in three groups, to be read from paper."""
    return "-".join(get_random_string(4, _CLEAR) for _ in range(3))


def first_account(*, at: datetime, login: str = "admin") -> tuple[Account, str] | None:
    """The way in at first start: an account with a one-time password, or None if there is an account already."""
    if Account.objects.exists():
        return None
    password = one_time_password()
    account = Account(login=login, must_change_password=True)
    account.set_password(password)
    account.save(force_insert=True)
    audit.note("org.account.first", by=None, at=at)
    return account, password
