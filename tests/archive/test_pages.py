"""The pages of keeping."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterable
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse

from bihuan.archive.backing import verify
from bihuan.core.models import Entry
from bihuan.org.models import Seat
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _enter(client: Client, seat: Seat) -> Client:
    client.force_login(seat.account)
    return client


@pytest.fixture
def administrator(cast: Cast, client: Client) -> Client:
    Seat.objects.of(cast.branch.pk).filter(pk=cast.secretary.pk).update(capacity="系统管理员")
    return _enter(client, cast.secretary)


def test_the_button_is_there_with_its_reason_for_who_may_not(cast: Cast, client: Client) -> None:
    page = _enter(client, cast.member).get(reverse("archive:keep")).content.decode()
    assert "备份由书记或系统管理员做" in page
    assert "还没有做过备份" in page
    assert "这台机器的哪个文件夹" not in page
    assert client.post(reverse("archive:download")).status_code == 403


async def _all(pieces: AsyncIterable[bytes]) -> bytes:
    return b"".join([piece async for piece in pieces])


def test_a_backup_is_handed_out_whole_and_leaves_nothing_behind(
    administrator: Client, data_folder: Path, tmp_path: Path
) -> None:
    answer = administrator.post(reverse("archive:download"))
    content = async_to_sync(_all)(answer.streaming_content)
    assert int(answer.headers["Content-Length"]) == len(content)
    names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    assert names & {"bihuan.sqlite3", "bihuan.pgdump"}
    (tmp_path / "got.zip").write_bytes(content)
    assert verify(tmp_path / "got.zip")["database"]
    assert list(data_folder.glob("download-*")) == []
    assert "上一次备份：" in administrator.get(reverse("archive:keep")).content.decode()


def test_a_backup_goes_to_a_place_on_this_machine(administrator: Client, tmp_path: Path) -> None:
    answer = administrator.post(reverse("archive:to_place"), {"place": str(tmp_path)}, follow=True)
    (made,) = tmp_path.glob("bihuan-backup-*.zip")
    assert made.name in answer.content.decode()


@pytest.mark.parametrize("place", ["", "relative", "/no/such/folder"])
def test_a_place_that_is_not_there_is_said_beside_the_field(administrator: Client, place: str) -> None:
    answer = administrator.post(reverse("archive:to_place"), {"place": place})
    assert answer.status_code == 200
    assert "没有这个文件夹" in answer.content.decode() or not place
    assert 'aria-invalid="true"' in answer.content.decode()


def test_the_chain_is_read_as_sentences_of_ones_own_branch(cast: Cast, client: Client) -> None:
    page = _enter(client, cast.secretary).get(reverse("archive:audit")).content.decode()
    assert "都对得上" in page
    assert "发了账号" in page
    assert "赵一（书记）" in page
    assert "wu（书记）" not in page


def test_reading_the_chain_writes_nothing_and_has_its_readers(cast: Cast, client: Client) -> None:
    lines = Entry.objects.count()
    assert _enter(client, cast.inspector).get(reverse("archive:audit")).status_code == 200
    refused = _enter(Client(), cast.member).get(reverse("archive:audit"))
    assert (refused.status_code, "审计记录由书记、纪检委员和审计管理员查看" in refused.content.decode()) == (403, True)
    assert Entry.objects.count() == lines


def test_one_day_and_fifty_a_page(cast: Cast, client: Client) -> None:
    _enter(client, cast.secretary)
    address = reverse("archive:audit")
    assert "没有记录" in client.get(address, {"day": "2020-01-01"}).content.decode()
    assert "发了账号" in client.get(address, {"day": "2026.3.9"}).content.decode()
    assert client.get(address, {"day": "胡写", "page": "x"}).status_code == 200
