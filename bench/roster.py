"""A roster of 5,000 as an office has it (title row, merged cells, ID numbers, several styles of dates) through the real
pages: the workbook handed in, the preview looked at, the whole kept."""

from __future__ import annotations

import html
import io
import re
import sys
from datetime import date, timedelta
from typing import Any

from bench.branch import with_cast
from bench.figures import Figure, main, say, seconds

PEOPLE, LIMIT = 5000, 10.0
STEMS, BRANCHES, MORE = (
    "甲乙丙丁戊己庚辛壬癸",
    "子丑寅卯辰巳午未申酉戌亥",
    "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏",
)
_HIDDEN = re.compile(r'<input type="hidden" name="(form_key|version)" value="([^"]*)"')
_TABLE = re.compile(r'<textarea[^>]*name="roster"[^>]*>(.*?)</textarea>', re.DOTALL)


def run() -> list[Figure]:
    """One figure: both posts together, as somebody who looks at the preview waits for them."""
    book = workbook(PEOPLE)
    with with_cast() as (_, cast):
        from django.test import Client  # noqa: PLC0415  after `settle`

        from bihuan.org.models import Membership  # noqa: PLC0415

        client = Client()
        client.force_login(cast.secretary.account)
        before = Membership.objects.of(cast.branch.pk).count()
        pages: list[Any] = []
        looked = seconds(lambda: pages.append(_hand_in(client, book)))
        kept = seconds(lambda: pages.append(_keep(client, pages[0])))
        taken = Membership.objects.of(cast.branch.pk).count() - before
    assert taken == PEOPLE, f"{taken} were taken in"
    took = looked + kept
    return [
        Figure(
            f"roster of {PEOPLE:,} imported ({len(book) // 1024} kB .xlsx)",
            f"{say(took)} (preview {say(looked)}, keeping {say(kept)})",
            say(LIMIT), f"{took / LIMIT:.2f} of the limit", took <= LIMIT, "roster",
        )
    ]  # fmt: skip


def workbook(people: int) -> bytes:
    """The table, invented: every name another, two in a hundred probationary, no posts, an ID number in every row."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["样例党员名册"])
    sheet.merge_cells("A1:F1")
    sheet.append(["序号", "姓 名", "党员类别", "入党时间", "身份证号", "备注"])
    for number in range(people):
        day = date(1990, 1, 1) + timedelta(days=number * 2)
        spelt = (day, day.isoformat().replace("-", "."), f"{day.year}年{day.month}月{day.day}日")[number % 3]
        kind = "预备党员" if number % 50 == 49 else "正式党员"
        sheet.append([number + 1, name(number), kind, spelt, f"{110105194912310000 + number}", None])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def name(number: int) -> str:
    """样 with three characters that count: no two numbers below 28,000 have the same."""
    first, rest = divmod(number, len(MORE) * len(BRANCHES))
    second, third = divmod(rest, len(BRANCHES))
    tens, ones = divmod(first, len(STEMS))
    return f"{MORE[second]}{STEMS[tens]}{STEMS[ones]}{BRANCHES[third]}"


def _hand_in(client: Any, book: bytes) -> str:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    form = _hidden(client.get("/org/members/paste/").content.decode())
    answer = client.post("/org/members/paste/", {**form, "table": SimpleUploadedFile("名册.xlsx", book), "roster": ""})
    assert answer.status_code == 200, answer.status_code
    page: str = answer.content.decode()
    return page


def _keep(client: Any, page: str) -> None:
    found = _TABLE.search(page)
    assert found, "the preview hands the table back"
    data = {**_hidden(page), "roster": html.unescape(found[1]), "save": "1"}
    answer = client.post("/org/members/paste/", data)
    assert answer.status_code == 302, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))[:2000]


def _hidden(page: str) -> dict[str, str]:
    return dict(_HIDDEN.findall(page))


if __name__ == "__main__":
    sys.exit(main(run))
