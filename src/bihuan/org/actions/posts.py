"""Who holds what post."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bihuan.core import audit
from bihuan.core.access import Refused, verdict
from bihuan.core.acting import action
from bihuan.core.models import stamp
from bihuan.org import access
from bihuan.org.models import Person, Post, Seat, Title


@action("org.posts.set", "定下了书记和委员")
def set_posts(posts: dict[Person, str], *, since: date, by: Seat, at: datetime) -> list[Post]:
    """定下谁是书记、谁是委员：原来和这次不一样的到前一天为止，新的从 `since` 起。

    posts: person → title; a person who is not named holds no post afterwards. 党小组组长 is set with the groups.
    """
    access.may_keep_roster(by).enforce()
    secretaries = [p for p, title in posts.items() if title == Title.SECRETARY]
    verdict((len(secretaries) == 1, "书记要有一位，也只有一位")).enforce()
    held = list(Post.objects.of(by.org_id).on(since).exclude(title=Title.GROUP_LEADER).select_for_update())
    kept = {(post.person_id, post.title) for post in held} & {(p.pk, title) for p, title in posts.items()}
    for post in held:
        if (post.person_id, post.title) not in kept:
            end_post(post, since - timedelta(days=1), by=by, at=at)
    made = []
    for person, title in posts.items():
        if (person.pk, title) not in kept:
            post = Post.objects.create(person=person, org_id=by.org_id, title=title, since=since, **stamp(by=by, at=at))
            audit.record(post, by=by, at=at)
            made.append(post)
    if not made and len(kept) == len(held):
        raise Refused("和原来一样，没有要改的。")
    return made


def end_post(post: Post, until: date, *, by: Seat, at: datetime) -> None:
    """Close a post with its last day; a step of framed verbs."""
    before = post.facts()
    post.until = max(post.since, until)
    post.keep("until")
    audit.record(post, by=by, at=at, before=before)


@action("org.post.changed", "换了一位党员的职务")
def change_post(person: Person, *, title: str, since: date, by: Seat, at: datetime) -> Post | None:
    """一位党员的职务换了：原来的（党小组组长不算）到前一天为止，新的从 `since` 起；`title` 空着就是不再担任。"""
    access.may_keep_roster(by).enforce()
    held = Post.objects.of(by.org_id).on(since).filter(person=person).exclude(title=Title.GROUP_LEADER)
    for post in held.select_for_update():
        end_post(post, since - timedelta(days=1), by=by, at=at)
    if not title:
        return None
    post = Post.objects.create(person=person, org_id=by.org_id, title=title, since=since, **stamp(by=by, at=at))
    audit.record(post, by=by, at=at)
    return post
