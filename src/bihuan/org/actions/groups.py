"""党小组: which there are, who is of which, who leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.org import access
from bihuan.org.models import Group, GroupPlace, Org, Person, Post, Seat, Spell, Title

S = TypeVar("S", bound=Spell)


@action("org.groups.set", "编了党小组")
def set_groups(
    names: Sequence[str],
    *,
    places: Mapping[Person, str],
    leaders: Sequence[Person],
    since: date,
    by: Seat,
    at: datetime,
) -> list[Group]:
    """编党小组：有哪几个组，谁在哪个组，谁是组长。和这次不一样的到前一天为止，新的从 `since` 起。

    places: person → the group's name; who is not named is of no group. Returns the groups as they are from then on.
    """
    access.may_keep_roster(by).enforce()
    org = Org.objects.of(by.org_id).select_for_update().get(pk=by.org_id)
    verdict(
        (len(set(names)) == len(names), "有两个组同名，请改一个"),
        (set(places.values()) <= set(names), "有人编在没有的组里，请重新选"),
        (all(person in places for person in leaders), "组长要在组里，请先把组长编进组"),
        (len({places.get(person) for person in leaders}) == len(leaders), "一个组只有一位组长"),
    ).enforce()
    work = _Work(org, since, by, at)
    groups = work.groups(names)
    work.places({person: groups[name] for person, name in places.items()})
    work.leaders(leaders)
    if not work.changes:
        raise Refused("和原来一样，没有要改的。")
    return list(groups.values())


@dataclass
class _Work:
    """What one setting of the groups shares: whose, from which day, by whom, and how much it changed."""

    org: Org
    since: date
    by: Seat
    at: datetime
    changes: int = 0

    def groups(self, names: Sequence[str]) -> dict[str, Group]:
        held = {group.name: group for group in Group.objects.of(self.org.pk).on(self.since).select_for_update()}
        for name, group in held.items():
            if name not in names:
                self._close(group)
        return {name: held.get(name) or self._open(Group(org=self.org, name=name)) for name in names}

    def places(self, wanted: Mapping[Person, Group]) -> None:
        held = list(GroupPlace.objects.of(self.org.pk).on(self.since).select_for_update())
        same = {(p.person_id, p.group_id) for p in held} & {(person.pk, group.pk) for person, group in wanted.items()}
        for place in held:
            if (place.person_id, place.group_id) not in same:
                self._close(place)
        for person, group in wanted.items():
            if (person.pk, group.pk) not in same:
                self._open(GroupPlace(group=group, person=person))

    def leaders(self, wanted: Sequence[Person]) -> None:
        held = list(Post.objects.of(self.org.pk).on(self.since).filter(title=Title.GROUP_LEADER).select_for_update())
        staying = {post.person_id for post in held} & {person.pk for person in wanted}
        for post in held:
            if post.person_id not in staying:
                self._close(post)
        for person in wanted:
            if person.pk not in staying:
                self._open(Post(person=person, org=self.org, title=Title.GROUP_LEADER))

    def _close(self, spell: Spell) -> None:
        before = spell.facts()
        spell.until = max(spell.since, self.since - timedelta(days=1))
        spell.keep("until")
        audit.record(spell, by=self.by, at=self.at, before=before)
        self.changes += 1

    def _open(self, spell: S) -> S:
        spell.since = self.since
        for name, value in stamp(by=self.by, at=self.at).items():
            setattr(spell, name, value)
        spell.save(force_insert=True)
        audit.record(spell, by=self.by, at=self.at)
        self.changes += 1
        return spell
