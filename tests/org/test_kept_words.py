"""A refusal shows the form again with everything that was chosen and typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core import clock
from bihuan.org.models import Post, Seat
from tests.cast import DAY, Cast, at, person_named
from tests.org.test_groups import group


@pytest.fixture
def client(cast: Cast, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """组织委员's browser on the cast's day."""
    (data_folder / "static").mkdir(exist_ok=True)
    monkeypatch.setattr(clock, "now", lambda: at(15))
    client = Client()
    client.force_login(cast.organiser.account)
    return client


def key(cast: Cast, name: str) -> str:
    return str(person_named(cast.branch, name).pk)


def chosen(page: str, name: str) -> str:
    """What is selected in the select of that name."""
    inside = page.split(f'name="{name}"')[1].split("</select>")[0]
    return next((part.split(">")[1].split("<")[0] for part in inside.split("<option")[1:] if "selected" in part), "")


def test_two_secretaries_are_refused_on_the_page_itself(client: Client, cast: Cast) -> None:
    sent = {
        f"post-{key(cast, '赵一')}": "书记",
        f"post-{key(cast, '孙四')}": "书记",
        f"post-{key(cast, '何六')}": "委员",
    }
    answer = client.post(reverse("org:posts"), sent)
    page = answer.content.decode()
    assert (answer.status_code, "书记要有一位，也只有一位" in page) == (200, True)
    names = ("赵一", "孙四", "何六", "高七")
    assert [chosen(page, f"post-{key(cast, name)}") for name in names] == ["书记", "书记", "委员", "没有职务"]
    assert Post.objects.of(cast.branch.pk).filter(title="书记").count() == 1


def test_the_posts_of_the_page_are_kept_once_they_are_right(client: Client, cast: Cast) -> None:
    page = client.get(reverse("org:posts")).content.decode()
    assert chosen(page, f"post-{key(cast, '钱二')}") == "组织委员"
    sent = {f"post-{key(cast, '赵一')}": "书记", f"post-{key(cast, '何六')}": "委员"}
    assert client.post(reverse("org:posts"), sent).headers["Location"] == reverse("org:members")
    on_day = Post.objects.of(cast.branch.pk).on(DAY).filter(person__name="何六")
    assert [post.title for post in on_day] == ["委员"]
    forged = client.post(reverse("org:posts"), {f"post-{key(cast, '赵一')}": "党小组组长"})
    assert "这里没有您选的这一项" in forged.content.decode()


def test_groups_that_are_refused_stand_as_they_were_chosen(client: Client, cast: Cast) -> None:
    group(cast, {"孙四": "一组"})
    sent = {"names": "一组", f"group-{key(cast, '何六')}": "一组", f"leads-{key(cast, '高七')}": "on"}
    page = client.post(reverse("org:groups"), sent).content.decode()
    assert "组长要在组里" in page
    assert [chosen(page, f"group-{key(cast, name)}") for name in ("何六", "孙四")] == ["一组", ""]
    assert f'name="leads-{key(cast, "高七")}" checked' in page


def test_how_somebody_left_and_by_which_paper_stand_there_again(client: Client, cast: Cast) -> None:
    lines = [
        "姓名\t党员类别",
        *(f"{n}\t{'预备' if n == '李八' else '正式'}党员" for n in ("赵一", "钱二", "周三", "孙四", "郭五", "李八")),
    ]
    sent = {"roster": "\n".join(lines), "complete": "on", "save": "1", "since": "2026-3-9"}
    sent |= {f"went-{key(cast, '何六')}": "转出", f"paper-{key(cast, '何六')}": "样组〔2026〕7号"}
    page = client.post(reverse("org:paste"), sent).content.decode()
    assert "请写明高七是怎么走的" in page
    assert 'value="样组〔2026〕7号"' in page
    assert chosen(page, f"went-{key(cast, '何六')}") == "转出"


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("cycle:open", {"year": "2024", "kind": "年度"}, 'value="2024"'),
        ("org:add", {"name": "秦十二", "kind": "正式", "tie": "组织关系"}, 'value="秦十二"'),
        ("org:sitting", {"login": "wu", "capacity": "委员"}, 'value="wu"'),
    ],
)
def test_whoever_may_not_keeps_what_he_typed(
    client: Client, cast: Cast, name: str, sent: dict[str, str], kept: str
) -> None:
    client.force_login(cast.member.account)
    answer = client.post(reverse(name), sent)
    page = answer.content.decode()
    assert (answer.status_code, kept in page, "还没有存" in page) == (200, True, True)
    assert Seat.objects.of(cast.branch.pk).count() == 5
