"""The forms compared with the records, by reading the files back; blank ones have no word of the branch in them."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core.days import say_full
from bihuan.ledger.actions import measures, problems
from bihuan.org.models import Capacity, Membership
from bihuan.report.forms_out.excel import excel_of
from bihuan.report.forms_out.folder import DIGESTS, LIST, SM3, folder_of, standings
from bihuan.report.forms_out.shape import Filled, Grid, Leaf
from bihuan.report.forms_out.shelf import BY_NUMBER, FORMS, REPORT
from bihuan.report.forms_out.source import Source
from bihuan.report.forms_out.word import word_of
from tests.cast import DAY, Cast, at, give, person_named
from tests.report import year as years
from tests.report.year import Year

pytestmark = pytest.mark.django_db
SECRET = "样例个人问题：汇报没有写日期"
ROSTER = {"赵一", "钱二", "周三", "孙四", "郭五", "何六", "高七", "李八"}


@pytest.fixture
def year(cast: Cast) -> Year:
    """A full year with a personal problem in it."""
    made = years.full(cast)
    guo = person_named(cast.branch, "郭五")
    secret = problems.raise_problem(
        cycle=made.cycle, subject="个人", person=guo, statement=SECRET, origin_kind="自查", by=cast.secretary, at=at()
    )
    measures.add_measure(
        secret, action="样例个人措施", standard="样例个人标准", owner=guo, due=DAY, by=cast.secretary, at=at()
    )
    return made


def source(year: Year) -> Source:
    return Source(year.cycle, year.cast.secretary, DAY)


class Read:
    """A Word file as its reader finds it."""

    def __init__(self, data: bytes) -> None:
        self.document = docx.Document(io.BytesIO(data))
        self.tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in self.document.tables]
        self.lines = [paragraph.text for paragraph in self.document.paragraphs if paragraph.text]

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, *("\t".join(row) for table in self.tables for row in table)])

    def said(self, table: int = 0) -> dict[str, str]:
        """The second column by the first."""
        return {row[0]: row[1] for row in self.tables[table][1:]}


def filled(year: Year, number: int) -> Read:
    return Read(word_of(BY_NUMBER[number], source(year)))


def test_the_sign_in_sheet_names_everybody_and_signs_for_nobody(year: Year) -> None:
    read = filled(year, 12)
    head, *rows = read.tables[0]
    assert head == ["序号", "姓名", "类别", "签名", "请假事由"]
    assert {row[1] for row in rows} == ROSTER | {"郑某人"}
    assert [row[0] for row in rows] == [str(n) for n in range(1, 10)]
    assert {row[3] for row in rows} == {""}
    kinds = {row[1]: row[2] for row in rows}
    assert (kinds["赵一"], kinds["李八"], kinds["郑某人"]) == ("正式", "预备", "列席")
    assert {row[1]: row[4] for row in rows if row[4]} == {"高七": "请病假"}
    assert "时间：2026年3月6日　　地点：样例会议室" in read.lines
    assert "签字" in read.text


def test_the_minutes_have_what_was_registered_of_every_meeting(year: Year) -> None:
    year.committee_meeting()
    read = filled(year, 13)
    assert len(read.tables) == 2
    said = read.said()
    assert said["会议"] == "2026年3月6日组织生活会"
    assert said["应到、实到、缺席"] == "应到7人，实到6人，缺席1人"
    assert said["缺席人员和事由"] == "高七（请病假）"
    assert (said["主持人"], said["记录人"], said["列席"]) == ("赵一", "钱二", "郑某人（上级督导）")
    assert said["主要内容（按发言先后）"] == ""
    assert read.said(1)["议题"] == "研究情况报告"


def test_the_counting_sheet_has_names_and_no_number(year: Year) -> None:
    read = filled(year, 18)
    ballots, votes = read.tables
    assert ballots[1] == [""] * 4
    assert {row[1] for row in votes[1:]} == ROSTER
    assert votes[0] == ["序号", "姓名", "优秀", "合格", "基本合格", "不合格", "优秀率", "备注"]
    assert {cell for row in votes[1:] for cell in row[2:7]} == {""}
    assert [row[7] for row in votes[1:] if row[7]] == ["预备党员，不定等次"]


def test_a_registration_a_person_with_what_is_known_only(year: Year) -> None:
    read = filled(year, 19)
    assert len(read.tables) == len(ROSTER)
    assert {table[1][1] for table in read.tables} == ROSTER
    zhao = next(read.said(n) for n, table in enumerate(read.tables) if table[1][1] == "赵一")
    assert (zhao["党员类别"], zhao["党内职务"]) == ("正式党员", "书记")
    empty = ("性别", "出生年月", "入党日期", "转正日期", "个人自评", "党员互评情况", "支部评定等次和意见", "本人意见")
    assert [zhao[name] for name in empty] == [""] * len(empty)
    li = next(read.said(n) for n, table in enumerate(read.tables) if table[1][1] == "李八")
    assert li["支部评定等次和意见"] == "预备党员，不定等次"


def test_the_summary_counts_as_the_records_do(year: Year) -> None:
    rows = {row[0]: row[1:] for row in filled(year, 20).tables[0][1:]}
    assert rows["党员总数"][:2] == ["8", ""]
    assert rows["定等次的党员"] == ["7", "正式党员的100.0%", "样例记录表"]
    assert rows["优秀"][:2] == ["2", "定等次的28.6%"]
    assert rows["基本合格"][:2] == ["0", "定等次的0.0%"]
    assert rows["参加评议的预备党员（不定等次）"][0] == "1"
    assert rows["不合格党员的处置"] == ["", "", ""]


def test_an_unregistered_count_stays_empty(cast: Cast) -> None:
    rows = {row[0]: row[1:] for row in filled(years.begin(cast), 20).tables[0][1:]}
    assert rows["优秀"] == rows["定等次的党员"] == ["", "", ""]
    assert rows["党员总数"][0] == "8"


def test_the_problem_list_and_the_ledger_say_what_the_ledger_says(year: Year) -> None:
    listed = filled(year, 21).tables[0][1:]
    assert [row[1:5] for row in listed] == [
        ["履行支部职责方面", "支委会议事前没有调研", "2025年9月的议题没有征求意见就上会", "自查"],
        ["联系服务群众方面", "走访困难群众不够经常", "2025年9月的议题没有征求意见就上会", "自查"],
    ]
    assert listed[0][5] == "支委的办法不健全"
    ledger = filled(year, 22)
    assert ledger.document.sections[0].orientation == 1  # it lies on its side
    head, first, *_ = ledger.tables[0]
    row = dict(zip(head, first, strict=True))
    assert row["问题"] == "支委会议事前没有调研"
    assert (row["措施"], row["责任人"], row["时限"]) == ("针对第1个方面定出办法", "孙四", "2026年6月30日")
    assert row["满意度"] == ""
    assert (row["整改目标"], row["完成情况"], row["核验人、销号日期"]) == ("每季度有一份走访记录", "待支委会研究", "")


def test_the_day_of_becoming_a_full_member_is_known_where_the_roster_knows_it(year: Year) -> None:
    held = Membership.objects.of(year.cast.branch.pk).filter(person__name="孙四").first()
    assert held is not None
    Membership.objects.everywhere("a test").filter(pk=held.pk).update(came_by="转正")
    read = filled(year, 19)
    said = {table[1][1]: read.said(n)["转正日期"] for n, table in enumerate(read.tables)}
    assert {name for name, day in said.items() if day} == {"孙四"}
    assert said["孙四"] == say_full(held.since)


def test_ones_own_promise_has_ones_own_measures_and_nobody_elses(year: Year) -> None:
    guo = give(year.cast.secretary, "郭五", "guo", Capacity.MEMBER)
    answer = get(guo, "form_own")
    assert answer.status_code == 200
    read = Read(answer.content)
    assert read.tables[0][0] == ["编号", "整改事项", "措施", "时限", "责任人", "签名"]
    assert [row[1:] for row in read.tables[0][1:]] == [[SECRET, "样例个人措施", say_full(DAY), "郭五", ""]]
    assert "承诺人：郭五" in read.lines
    sun = Read(get(year.cast.member, "form_own").content)
    assert [row[4] for row in sun.tables[0][1:]] == ["孙四"] * len(sun.tables[0][1:])
    assert len(sun.tables[0]) > 1
    assert SECRET not in sun.text
    assert SECRET not in Read(get(year.cast.secretary, "form_own").content).text
    assert get(year.cast.outsider, "form_own", cycle=str(year.cycle.pk)).status_code == 404
    assert "我的整改承诺书" in get(guo, "forms").content.decode()


def test_promises_and_the_circular(year: Year) -> None:
    first = filled(year, 23).tables[0][1]
    assert first[1:] == ["支委会议事前没有调研", "针对第1个方面定出办法", "2026年6月30日", "孙四", ""]
    told = filled(year, 24)
    assert told.tables[0][1][1:3] == ["支委会议事前没有调研", "还没有开始"]
    assert "另有个人问题1条，由本人整改，内容不在本表：还没有开始1条。" in told.lines


@pytest.mark.parametrize("number", [form.number for form in FORMS if form.number != REPORT])
def test_nothing_personal_is_in_any_form(year: Year, number: int) -> None:
    text = filled(year, number).text
    assert not [words for words in (SECRET, "样例个人措施", "样例个人标准") if words in text]


@pytest.mark.parametrize("number", [form.number for form in FORMS if form.number != REPORT])
def test_a_blank_form_has_no_word_of_the_branch(year: Year, number: int) -> None:
    form = BY_NUMBER[number]
    blank, full = Read(word_of(form, None)), filled(year, number)
    assert not [name for name in (*ROSTER, "第一支部", "2025年度", "2026") if name in blank.text]
    assert [table[0] for table in blank.tables] == [table[0] for table in full.tables][: len(blank.tables)]
    assert blank.tables
    if number not in {13, 19, 20}:  # their first column names what is to be written
        assert {cell for row in blank.tables[-1][1:] for cell in row} == {""}
    else:
        assert {cell for row in blank.tables[-1][1:] for cell in row[1:]} == {""}


@pytest.mark.parametrize("number", [form.number for form in FORMS if form.sheet])
def test_a_workbook_says_what_the_paper_says(year: Year, number: int) -> None:
    form = BY_NUMBER[number]
    book = openpyxl.load_workbook(io.BytesIO(excel_of(form.fill(source(year)), landscape=form.landscape)))
    sheet = book.worksheets[0]
    cells = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    for table in filled(year, number).tables:
        for row in table:
            assert any(list(cell[: len(row)]) == row for cell in cells), row
    assert sheet.page_setup.orientation == ("landscape" if form.landscape else "portrait")


def test_no_cell_is_a_formula() -> None:
    filled = Filled("表", (Leaf((Grid(("一",), (("=1+1",), ("+2",)), (1,)),)),))
    sheet = openpyxl.load_workbook(io.BytesIO(excel_of(filled))).worksheets[0]
    assert [sheet.cell(row, 1).data_type for row in (3, 4)] == ["s", "s"]


def test_the_folder_is_in_archive_order_with_list_and_digests(year: Year) -> None:
    year.draft()
    data = folder_of(source(year))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        files = {name: package.read(name) for name in names}
    assert names == [
        LIST, "12-签到表.docx", "13-会议记录.docx", "18-民主测评计票单.docx", "19-民主评议党员登记表.docx",
        "20-民主评议情况汇总表.docx", "21-问题清单.docx", "22-整改台账.docx", "23-整改承诺书.docx",
        "24-整改落实情况通报.docx", "25-情况报告.docx", DIGESTS, SM3,
    ]  # fmt: skip
    listed = Read(files[LIST])
    assert [row[4] for row in listed.tables[0][1:]] == names[1:-2]
    assert "组织生活会" in Read(files["25-情况报告.docx"]).text
    assert folder_of(source(year)) == data


def wrong(files: dict[str, bytes]) -> set[str]:
    """The files of a folder whose size or one of whose two digests is not what the folder itself says, and strangers."""
    sums = {
        name: dict(reversed(line.split("  ", 1)) for line in files[name].decode().splitlines())
        for name in (DIGESTS, SM3)
    }
    sizes = {row[4]: row[5] for row in Read(files[LIST]).tables[0][1:]}
    held = {name: data for name, data in files.items() if name not in sums}
    found = {name for name, data in held.items() if sums[DIGESTS].get(name) != hashlib.sha256(data).hexdigest()}
    found |= {name for name, data in held.items() if sums[SM3].get(name) != hashlib.new("sm3", data).hexdigest()}
    found |= {name for name, data in held.items() if name != LIST and sizes.get(name) != str(len(data))}
    return found | (set(sums[DIGESTS]) ^ set(held)) | (set(sums[SM3]) ^ set(held))


def test_whoever_touches_the_folder_is_found_out(year: Year) -> None:
    year.draft()
    with zipfile.ZipFile(io.BytesIO(folder_of(source(year)))) as package:
        files = {name: package.read(name) for name in package.namelist()}
    assert wrong(files) == set()
    papers = [name for name in files if name not in (DIGESTS, SM3)]
    for name in papers[1:]:
        turned = bytes([*files[name][:-1], files[name][-1] ^ 1])
        assert wrong({**files, name: turned}) == {name}
        assert wrong({**files, name: files[name] + b" "}) == {name}
        assert wrong({other: data for other, data in files.items() if other != name}) == {name}
    assert wrong({**files, "26-多出来的.docx": b"x"}) == {"26-多出来的.docx"}
    line, *rest = files[DIGESTS].splitlines(keepends=True)
    assert wrong({**files, DIGESTS: b"".join((line.replace(line[:4], b"0000"), *rest))}) == {LIST}


def test_what_is_empty_is_named_and_left_out(cast: Cast) -> None:
    year = years.begin(cast)
    held = {each.form.number: each.filled for each in standings(source(year))}
    assert held == {
        12: True,
        13: False,
        18: True,
        19: True,
        20: False,
        21: False,
        22: False,
        23: False,
        24: False,
        25: False,
    }
    with zipfile.ZipFile(io.BytesIO(folder_of(source(year)))) as package:
        assert package.namelist()[1:-2] == ["12-签到表.docx", "18-民主测评计票单.docx", "19-民主评议党员登记表.docx"]
        rows = Read(package.read(LIST)).tables[0]
    assert [row[4] for row in rows if row[0] == "22"] == ["还空着，没有放进来"]


# --- the pages -------------------------------------------------------------------------------------------------------
def get(seat: Any, name: str, *args: object, **asked: str) -> Any:
    client = Client()
    client.force_login(seat.account)
    return client.get(reverse(f"report:{name}", args=args), asked)


def test_the_page_lists_what_is_filled_and_what_is_not(year: Year) -> None:
    html = get(year.cast.secretary, "forms").content.decode()
    assert "9样表填好了，" in html
    assert "报告还没有起草" in html
    assert html.index("签到表") < html.index("会议记录") < html.index("整改台账") < html.index("整改落实情况通报")
    answer = get(year.cast.secretary, "form_word", 22)
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert "支委会议事前没有调研" in Read(answer.content).text
    assert get(year.cast.secretary, "form_excel", 22).status_code == 200
    assert get(year.cast.secretary, "form_excel", 13).status_code == 404
    assert get(year.cast.secretary, "form_word", 99).status_code == 404
    assert get(year.cast.secretary, "form_folder").content[:2] == b"PK"


def test_a_member_takes_blank_ones_and_the_circular(year: Year) -> None:
    member = year.cast.member
    assert "填好的表由书记、副书记或委员打印、归档" in get(member, "forms").content.decode()
    for number in (12, 13, 18, 19, 22):
        assert get(member, "form_word", number).status_code == 403
        assert get(member, "form_word", number, blank="1").status_code == 200
    assert get(member, "form_folder").status_code == 403
    told = Read(get(member, "form_word", 24).content)
    assert "支委会议事前没有调研" in told.text
    assert SECRET not in told.text


def test_another_branch_and_the_superior_find_nothing(year: Year) -> None:
    for seat in (year.cast.outsider, year.cast.clerk):
        asked = str(year.cycle.pk)
        assert get(seat, "forms", cycle=asked).status_code == 404
        assert get(seat, "form_word", 24, cycle=asked).status_code == 404
        assert get(seat, "form_folder", cycle=asked).status_code == 404


def test_without_a_year_the_blank_ones_are_there(cast: Cast) -> None:
    assert "表还都空着" in get(cast.secretary, "forms").content.decode()
    assert get(cast.secretary, "form_word", 12).status_code == 404
    assert get(cast.secretary, "form_word", 12, blank="1").status_code == 200
    refused = get(cast.secretary, "form_word", 25, blank="1")
    assert "情况报告没有空白表" in refused.content.decode()


def test_a_form_asks_few_questions(year: Year, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(45):
        standings(source(year))
