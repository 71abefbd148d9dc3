"""Rosters of odd shapes: a head over two rows, sections, two people a row, people of one name told apart on the page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from bihuan.core import clock
from bihuan.org.heads import with_marks
from bihuan.org.models import Membership, Person
from bihuan.org.roster import needed, parse
from tests.cast import DAY, Cast, at
from tests.org.test_tables import packed

TWO_ROWS = (
    "姓名\t基本信息\n\t党员类别\t入党时间\n"
    "一、正式党员\n甲一\t正式党员\t2001.7.1\n（二）预备党员\n乙二\t预备党员\t2025.6.1"
)


def test_a_head_over_two_rows_is_one_and_a_section_is_nobody() -> None:
    lines = parse(TWO_ROWS)
    assert [(line.place, line.name, line.kind, line.joined) for line in lines] == [
        (4, "甲一", "正式", date(2001, 7, 1)), (6, "乙二", "预备", date(2025, 6, 1))
    ]  # fmt: skip
    assert parse(needed(TWO_ROWS)) == lines


def test_a_row_without_a_name_is_a_problem_and_no_second_head() -> None:
    lines = parse("姓名\t类别\n\t正式党员\n甲一\t正式")
    assert [(line.name, bool(line.wrong)) for line in lines] == [("", True), ("甲一", False)]


def test_two_people_a_row_are_both_read() -> None:
    text = "序号\t姓名\t类别\t序号\t姓名\t类别\n1\t甲一\t正式\t2\t乙二\t预备\n3\t丙三\t正式\t\t\t"
    assert [(line.name, line.kind) for line in parse(text)] == [("甲一", "正式"), ("乙二", "预备"), ("丙三", "正式")]
    assert parse(needed(text)) == parse(text)


@pytest.mark.parametrize(
    ("head", "row", "mark"),
    [
        ("姓名\t类别", "甲一\t正式", ""),
        ("姓名\t类别\t区别", "甲一\t正式\t旧", "旧"),
        ("姓名\t区别\t类别", "甲一\t\t正式", ""),
    ],
)
def test_a_mark_is_put_into_its_column_and_nothing_else_moves(head: str, row: str, mark: str) -> None:
    text = f"{head}\n{row}\n{row}"
    marked = parse(with_marks(text, {2: "农技站"}))
    assert [(line.name, line.kind, line.mark) for line in marked] == [
        ("甲一", "正式", "农技站"),
        ("甲一", "正式", mark),
    ]
    assert not any(line.wrong for line in marked)


def test_an_id_number_that_was_left_out_is_no_mark() -> None:
    text = needed("姓名\t身份证\t类别\n甲一\t110101199003070019\t正式\n甲一\t110101199003070027\t正式")
    first, second = parse(with_marks(text, {3: "水利站"}))
    assert (first.mark, second.mark) == ("", "水利站")
    assert "身份证号" in first.notes[0]
    assert "1101" not in text


@pytest.fixture
def client(cast: Cast, data_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Client:
    """组织委员's browser on the cast's day."""
    (data_folder / "static").mkdir(exist_ok=True)
    monkeypatch.setattr(clock, "now", lambda: at(15))
    client = Client()
    client.force_login(cast.organiser.account)
    return client


def carried(page: str) -> str:
    """The text that the page carries from one look to the next."""
    return page.split('name="roster"')[1].split(">", 1)[1].split("</textarea>")[0].replace("\r", "").removeprefix("\n")


def test_two_of_one_name_are_told_apart_on_the_page_and_stay_so(client: Client, cast: Cast) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["样例名册"],
        ["姓名", "身份证号", "党员类别"],
        ["戊五", "110101199003070019", "正式"],
        ["戊五", "", "预备"],
    ):
        sheet.append(row)
    first = client.post(reverse("org:paste"), {"table": SimpleUploadedFile("册.xlsx", packed(book)), "roster": ""})
    page = first.content.decode()
    assert "“戊五”有2行" in page
    assert (page.count('name="mark-'), "1101" in page) == (2, False)
    text = carried(page)
    second = client.post(reverse("org:paste"), {"roster": text, "mark-4": "水利站"}).content.decode()
    assert "“戊五”有" not in second
    assert second.count('name="came-') == 2
    client.post(
        reverse("org:paste"),
        {
            "roster": carried(second),
            "save": "1",
            "since": "2026-3-2",
            "came-3": "转入",
            "letter-3": "样组介〔2026〕3号",
        },
    )
    five = Person.objects.of(cast.branch.pk).filter(name="戊五").order_by("mark")
    assert [person.mark for person in five] == ["", "水利站"]
    spells = [Membership.objects.of(cast.branch.pk).get(person=person) for person in five]
    assert [(s.came_by, s.came_paper, s.since) for s in spells] == [
        ("转入", "样组介〔2026〕3号", date(2026, 3, 2)), ("", "", date(2026, 3, 2))
    ]  # fmt: skip


def test_next_month_the_same_table_changes_nothing(client: Client, cast: Cast) -> None:
    people = Membership.objects.of(cast.branch.pk).on(DAY).select_related("person")
    text = "\n".join(["姓名\t类别", *(f"{m.person.name}\t{m.kind}" for m in people)])
    page = client.post(reverse("org:paste"), {"roster": text, "complete": "on"}).content.decode()
    assert "8人和名册一样" in page
    assert 'name="came-' not in page
    again = client.post(reverse("org:paste"), {"roster": text, "complete": "on", "save": "1"}).content.decode()
    assert "没有要收的" in again


def test_next_month_two_of_one_name_are_known_by_their_days_of_joining(client: Client, cast: Cast) -> None:
    head, row = "姓名\t类别\t入党日期\t区别", "戊五\t正式\t2001.7.{}\t{}"
    both = "\n".join([head, row.format(1, "农技站"), row.format(2, "水利站")])
    client.post(reverse("org:paste"), {"roster": both, "save": "1"})
    text = "姓名\t类别\t入党日期\t职务\n戊五\t正式\t2001年7月2日\t委员\n戊五\t正式\t2001年7月1日\t"
    page = client.post(reverse("org:paste"), {"roster": text}).content.decode()
    assert "“戊五”有" not in page
    assert "戊五（水利站）" in page
    assert "职务由没有改为委员" in page
    assert "1人和名册一样" in page
    same_day = text.replace("7月2日", "7月1日")
    assert "“戊五”有2行" in client.post(reverse("org:paste"), {"roster": same_day}).content.decode()
    one = client.post(reverse("org:paste"), {"roster": "姓名\t类别\n戊五\t正式"}).content.decode()
    assert "请写明是哪一位" in one


def test_what_has_not_come_yet_is_not_written_from_a_table(client: Client, cast: Cast) -> None:
    text = "姓名\t类别\n戊五\t正式"
    page = client.post(reverse("org:paste"), {"roster": text, "since": "2026-4-1", "save": "1"}).content.decode()
    assert "不能晚于2026年3月9日" in page
    assert not Person.objects.of(cast.branch.pk).filter(name="戊五").exists()
