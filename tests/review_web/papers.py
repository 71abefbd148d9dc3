"""An invented paper with known slips, and how it is handed in."""

from __future__ import annotations

from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from bihuan.org.models import Seat
from bihuan.review.models import Manuscript

PAPERS = "/papers/"
# Two slips that a press can mend (a wrong name of a regulation, a stop between quoted words) and some that nobody can.
SLIPS = """样例支部2025年度组织生活会情况报告
一、基本情况
2026年1月8日，样例支部按照《中国共产党党支部工作条例（试行）》召开了2025年度组织生活会。
二、查摆的主要问题
（一）学习不够。全年学习XX次，“三会一课”、“主题党日”都开展了。
三、整改措施
（一）加强学习，不断提高认识。
"""
WRONG_NAME, RIGHT_NAME = "中国共产党党支部工作条例（试行）", "中国共产党支部工作条例（试行）"


def signed_in(seat: Seat) -> Client:
    """A browser of this seat, without script."""
    client = Client()
    client.force_login(seat.account)
    return client


def hand_in(client: Client, text: str = SLIPS, name: str = "样例报告.txt", data: bytes | None = None) -> HttpResponse:
    """Upload a paper."""
    file = SimpleUploadedFile(name, text.encode() if data is None else data)
    return client.post(PAPERS, {"way": "file", "file": file})


def held(seat: Seat) -> Manuscript:
    """The one manuscript of a seat."""
    return Manuscript.objects.get(seat=seat.pk)


def number_of(manuscript: Manuscript, rule: str) -> int:
    """The number of the first finding of a rule."""
    return next(each["number"] for each in manuscript.found if each["rule"] == rule)


def address(manuscript: Manuscript | UUID, verb: str = "") -> str:
    """The page of a manuscript, or one of its verbs."""
    key = manuscript if isinstance(manuscript, UUID) else manuscript.pk
    return f"{PAPERS}{key}/{verb}"
