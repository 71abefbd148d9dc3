"""Founding a branch, and putting its names right."""

from __future__ import annotations

from datetime import date, datetime

from bihuan.core import audit, ids
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.org import access
from bihuan.org.models import Account, Capacity, Org, OrgKind, OrgSpell, Seat


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
