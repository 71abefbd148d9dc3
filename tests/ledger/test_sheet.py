"""The ledger as a workbook, out and back in: what is new, what changed, what is not taken, what is wrong, and why."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook
from pytest_django import DjangoAssertNumQueries

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.ledger import sheets
from bihuan.ledger.actions import measures, problems
from bihuan.ledger.actions.sheet import apply_sheet
from bihuan.ledger.comparing import Comparison, compare
from bihuan.ledger.models import Measure, Problem
from bihuan.ledger.queries.sheet import sheet_rows
from tests.cast import DAY, Cast, at, person_named
from tests.ledger.make import STANDARDS, a_cycle, a_measure, a_problem, at_work, claimed, fresh

Grid = list[list[Any]]


@pytest.fixture(autouse=True)
def on_the_casts_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(18))


def sitting(seat: Any) -> Client:
    client = Client()
    client.force_login(seat.account)
    return client


def downloaded(seat: Any) -> bytes:
    answer = sitting(seat).get(reverse("ledger:sheet"))
    assert answer.status_code == 200
    return bytes(answer.content)


def edited(data: bytes, *edits: Callable[[Grid], None]) -> bytes:
    """The workbook with its cells changed as a person would, saved by another program's way."""
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    grid: Grid = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    for edit in edits:
        edit(grid)
    book = Workbook()
    assert book.active is not None
    for row in grid:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(line: int, column: str, words: object) -> Callable[[Grid], None]:
    """Write one cell; `line` counts from 1, the header is 1."""

    def edit(grid: Grid) -> None:
        grid[line - 1][sheets.COLUMNS.index(column)] = words

    return edit


def added(**cells: str) -> Callable[[Grid], None]:
    return lambda grid: grid.append([cells.get(column, "") for column in sheets.COLUMNS])


def compared(cast: Cast, data: bytes, seat: Any = None) -> Comparison:
    return compare(sheets.rows(sheets.read(data)), a_cycle(cast), seat or cast.secretary, DAY)


# --- out -------------------------------------------------------------------------------------------------------------
def test_a_row_a_measure_with_the_columns_of_form_22(cast: Cast) -> None:
    problem, measure = at_work(cast)
    a_measure(cast, problem, action="每季度核对一次", due=None, reviews=[date(2026, 6, 1), date(2026, 9, 1)])
    measures.note_progress(measure, words="第一轮贴了八个村", on=DAY, by=cast.member, at=at(10))
    a_problem(cast, statement="还没有措施的一条")
    first, second, third = sheet_rows(problem.cycle, cast.secretary, DAY)
    assert (first["编号"], first["问题"], first["责任人"], first["时限"], first["状态"]) == (
        "25-01", "补贴名单公示不及时", "孙四", "2026年3月29日", "整改中"
    )  # fmt: skip
    assert (first["进展"], first["整改目标（完成标准）"]) == ("2026年3月9日，第一轮贴了八个村", STANDARDS)
    assert (second["编号"], second.get("问题", ""), second["时限"]) == (
        "25-01",
        "",
        "长期坚持：2026年6月1日、2026年9月1日",
    )
    assert (third["编号"], third.get("措施", "")) == ("25-02", "")


@pytest.mark.parametrize("words", ["=1+1", "+86", "-3户没有贴", "@所有人", '=HYPERLINK("a","b")'])
def test_a_cell_is_never_a_formula(cast: Cast, words: str) -> None:
    a_problem(cast, statement=words, example=f"{words}\x07的事")
    sheet = load_workbook(io.BytesIO(downloaded(cast.secretary))).worksheets[0]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert words in [cell.value for cell in cells]


def test_personal_problems_are_not_in_the_workbook(cast: Cast) -> None:
    a_problem(cast, subject="个人", person=cast.person(cast.member), statement="笔记三个月没有记")
    a_problem(cast)
    assert [row["问题"] for row in sheet_rows(a_cycle(cast), cast.secretary, DAY)] == ["补贴名单公示不及时"]


def test_no_sheet_of_another_branch(cast: Cast) -> None:
    cycle = a_cycle(cast)
    for name in ("sheet", "sheet_back"):
        assert sitting(cast.outsider).get(reverse(f"ledger:{name}"), {"cycle": str(cycle.pk)}).status_code == 404


@pytest.mark.parametrize("many", [1, 20])
def test_it_asks_the_same_however_long(
    cast: Cast, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(many):
        a_measure(cast, a_problem(cast, statement=f"问题{number}"))
    cycle = a_cycle(cast)
    with django_assert_num_queries(10):
        assert len(sheet_rows(cycle, cast.secretary, DAY)) == many


# --- back ------------------------------------------------------------------------------------------------------------
def test_an_untouched_workbook_changes_nothing(cast: Cast) -> None:
    problem, _ = at_work(cast)
    a_measure(cast, problem, action="第二条")
    a_problem(cast, statement="=1+1")
    found = compared(cast, edited(downloaded(cast.secretary)))
    assert (found.changes, found.kept, found.wrong, found.same) == ([], [], [], 3)
    with pytest.raises(Refused, match="没有要改的"):
        apply_sheet(a_cycle(cast), found.changes, by=cast.secretary, at=at(12))


def test_new_and_changed_rows_are_said_and_kept_in_one_action(cast: Cast) -> None:
    problem, measure = at_work(cast)
    data = edited(
        downloaded(cast.secretary),
        put(2, "问题", "补贴名单公示晚了三周"),
        put(2, "措施", "名单由文书一个人管到底"),
        added(编号="25-01", 措施="每月抽查两个村", 责任人="郭五", 时限="2026-6-30"),
        added(问题="农机点中午空岗", 来源="意见", 措施="排值班表", 责任人="组织委员", 时限="长期坚持：2026年6月1日"),
    )
    found = compared(cast, data)
    assert [c.said for c in found.changes] == [
        "25-01的问题改成：补贴名单公示晚了三周",
        "25-01的措施改成：名单由文书一个人管到底",
        "25-01再加一条措施：每月抽查两个村",
        "新的问题：农机点中午空岗，带一条措施",
    ]
    assert (len(found.new), len(found.changed), found.wrong) == (2, 2, [])
    assert apply_sheet(problem.cycle, found.changes, by=cast.secretary, at=at(12)) == 4
    assert (fresh(problem).statement, fresh(measure).action) == ("补贴名单公示晚了三周", "名单由文书一个人管到底")
    new = Problem.objects.of(cast.branch.pk).get(no="25-02")
    third = Measure.objects.of(cast.branch.pk).get(action="每月抽查两个村")
    due, steadily = third.term(), new.measure_links.get().measure.term()
    assert due is not None
    assert due.due == date(2026, 6, 30)
    assert steadily is not None
    assert steadily.reviews == ["2026-06-01"]
    assert [s.person for s in third.owners_on(DAY)] == [person_named(cast.branch, "郭五")]
    steady = new.measure_links.get().measure
    assert [s.post for s in steady.owners_on(DAY)] == ["组织委员"]


@pytest.mark.parametrize(
    ("column", "words", "why"),
    [
        ("状态", "已销号", "销号要有佐证、核验和会议决定"),
        ("销号日期", "2026年3月9日", "销号要有佐证"),
        ("核验人", "周三", "销号要有佐证"),
        ("责任人", "郭五", "换人要写从哪天起"),
        ("时限", "2026年12月31日", "延期要写理由和谁同意的"),
        ("进展", "都办好了", "进展要写哪一天做的"),
    ],
)
def test_what_a_table_may_not_change_is_said_and_left(cast: Cast, column: str, words: str, why: str) -> None:
    problem, _ = at_work(cast)
    found = compared(cast, edited(downloaded(cast.secretary), put(2, column, words)))
    assert found.changes == []
    [(row, said)] = found.kept
    assert row.line == 2
    assert f"“{column}”写成了“{words}”，表里不收" in said
    assert why in said
    assert fresh(problem).state == "整改中"


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (added(措施="没有问题的措施"), "看不出是哪一条"),
        (added(问题="新的一条"), "新的问题要写来源"),
        (added(问题="新的一条", 来源="听说"), "新的问题要写来源"),
        (added(编号="25-77", 问题="自己编的号"), "台账里没有25-77"),
        (added(编号="25-01", 问题="没有记号的改动"), "没有记号"),
        (added(问题="新的", 来源="自查", 措施="做", 责任人="王十"), "本支部没有王十"),
        (added(问题="新的", 来源="自查", 措施="做", 时限="下个月"), "日"),
        (added(问题="新的", 来源="自查", 措施="做", 时限="2026-6-1、2026-7-1"), "时限只写一个日子"),
        (put(2, sheets.PROBLEM_MARK, "动过"), "记号改动过"),
        (put(2, sheets.MEASURE_MARK, "01a2109fe19e74b283bb94b244c07433.1"), "不在这个问题下面"),
        (put(2, sheets.PROBLEM_MARK, "01a2109fe19e74b283bb94b244c07433.1"), "不在这个年度的台账里"),
    ],
)
def test_a_bad_row_is_one_sentence_and_nothing_is_kept(cast: Cast, edit: Callable[[Grid], None], why: str) -> None:
    at_work(cast)
    found = compared(cast, edited(downloaded(cast.secretary), edit))
    [(_, said)] = found.wrong
    assert why in said


def test_a_stale_row_is_refused_and_a_row_changed_twice(cast: Cast) -> None:
    problem, _ = at_work(cast)
    data = edited(downloaded(cast.secretary), put(2, "问题", "我在表里写的"))
    problems.change_problem(
        problem, statement="别人在页面上写的", example="", seen_version=None, by=cast.organiser, at=at(11)
    )
    [(_, said)] = compared(cast, data).wrong
    assert "下载以后别人动过这条问题，请重新下载" in said
    assert fresh(problem).statement == "别人在页面上写的"

    def twice(grid: Grid) -> None:
        grid.append([*grid[1]])
        grid[1][1], grid[2][1] = "第一次", "第二次"

    [(_, again)] = compared(cast, edited(downloaded(cast.secretary), twice)).wrong
    assert "一张表里只改一次" in again


def test_changed_between_the_look_and_the_saving(cast: Cast) -> None:
    problem, _ = at_work(cast)
    found = compared(cast, edited(downloaded(cast.secretary), put(2, "问题", "我的"), added(问题="新的", 来源="自查")))
    problems.change_problem(problem, statement="别人的", example="", seen_version=None, by=cast.organiser, at=at(11))
    with pytest.raises(Refused, match="别人改过这条记录"):
        apply_sheet(problem.cycle, found.changes, by=cast.secretary, at=at(12))
    assert Problem.objects.of(cast.branch.pk).count() == 1  # the new one was not kept either


def test_what_is_being_checked_is_not_changed_by_a_table(cast: Cast) -> None:
    claimed(cast)
    [(_, said)] = compared(cast, edited(downloaded(cast.secretary), put(2, "问题", "换个说法"))).wrong
    assert "正在核验" in said


# --- the pages -------------------------------------------------------------------------------------------------------
def handed_in(seat: Any, data: bytes) -> Any:
    file = SimpleUploadedFile("台账.xlsx", data, content_type=sheets.MEDIA_TYPE)
    return sitting(seat).post(reverse("ledger:sheet_back"), {"table": file})


def test_looked_at_first_then_kept(cast: Cast) -> None:
    at_work(cast)
    data = edited(downloaded(cast.secretary), put(2, "状态", "已销号"), added(问题="新的一条", 来源="督导"))
    page = handed_in(cast.secretary, data)
    html = page.content.decode()
    assert "请看一看，要改1处" in html
    assert "“状态”写成了“已销号”" in html
    assert Problem.objects.of(cast.branch.pk).count() == 1
    carried = page.context["cells"]
    saved = sitting(cast.secretary).post(reverse("ledger:sheet_back"), {"cells": carried, "save": "1"}, follow=True)
    assert "照表改好了1处" in saved.content.decode()
    assert Problem.objects.of(cast.branch.pk).get(no="25-02").origin.kind == "督导"


def test_wrong_lines_keep_everything_out(cast: Cast) -> None:
    at_work(cast)
    page = handed_in(
        cast.secretary, edited(downloaded(cast.secretary), added(问题="好的", 来源="自查"), added(问题="坏"))
    )
    assert "有1行收不了" in page.content.decode()
    forced = {"cells": page.context["cells"], "save": "1"}
    sitting(cast.secretary).post(reverse("ledger:sheet_back"), forced)
    assert Problem.objects.of(cast.branch.pk).count() == 1


@pytest.mark.parametrize("cells", ["", "{", "[1]", '[["编号"]]', '{"a":1}'])
def test_broken_carried_cells_are_a_sentence(cast: Cast, cells: str) -> None:
    a_cycle(cast)
    answer = sitting(cast.secretary).post(reverse("ledger:sheet_back"), {"cells": cells, "save": "1"})
    assert answer.status_code == 200
    assert "重新选文件" in answer.content.decode()


def test_other_files_and_other_people_are_told_why(cast: Cast) -> None:
    at_work(cast)
    other = Workbook()
    assert other.active is not None
    other.active.append(["姓名", "电话"])
    out = io.BytesIO()
    other.save(out)
    assert "没有找到台账的表头" in handed_in(cast.secretary, out.getvalue()).content.decode()
    assert "xlsx" in handed_in(cast.secretary, b"not a workbook").content.decode()
    data = edited(downloaded(cast.secretary), added(问题="新的一条", 来源="自查"))
    assert "请他们来办" in handed_in(cast.member, data).content.decode()
    assert Problem.objects.of(cast.branch.pk).count() == 1


def test_a_problem_moved_meanwhile_leaves_untouched_rows_alone(cast: Cast) -> None:
    problem = a_problem(cast)
    data = downloaded(cast.secretary)
    problems.add_cause(problem, text="没有定人", by=cast.secretary, at=at(9))
    a_measure(cast, problem, due=DAY + timedelta(days=9))
    problems.start_work(problem, by=cast.secretary, at=at(10))
    found = compared(cast, edited(data))
    assert (found.changes, found.wrong) == ([], [])
    assert ["状态" in said for _, said in found.kept] == [True]


# --- nothing that is written in a new row is lost without a word -----------------------------------------------------
def test_a_new_row_brings_its_aspect_leader_and_helpers(cast: Cast) -> None:
    cycle = a_cycle(cast)
    row = added(
        问题="农机点中午空岗", 来源="意见", 对照方面="联系服务群众", 措施="排值班表", 责任人="孙四", 责任领导="赵一",
        协同="郭五、何六", 时限="2026-6-30",
    )  # fmt: skip
    found = compared(cast, edited(downloaded(cast.secretary), row))
    assert (found.wrong, found.kept) == ([], [])
    apply_sheet(cycle, found.changes, by=cast.secretary, at=at(12))
    problem = Problem.objects.of(cast.branch.pk).get()
    held = {(spell.role, spell.who) for spell in Measure.objects.of(cast.branch.pk).get().assignments.all()}
    assert problem.aspect_words == "联系服务群众"
    assert held == {("责任人", "孙四"), ("责任领导", "赵一"), ("协同", "郭五"), ("协同", "何六")}


@pytest.mark.parametrize(
    ("cells", "why"),
    [({"责任领导": "王十"}, "责任领导写的王十，名册上没有"), ({"责任领导": "赵一、钱二"}, "责任领导只写一位"),
     ({"协同": "孙四，王十"}, "协同写的王十，名册上没有")],
)  # fmt: skip
def test_who_is_not_there_cannot_lead_or_help(cast: Cast, cells: dict[str, str], why: str) -> None:
    a_cycle(cast)
    row = added(问题="新的", 来源="自查", 措施="做", **cells)
    [(_, reason)] = compared(cast, edited(downloaded(cast.secretary), row)).wrong
    assert why in reason


def test_what_a_new_row_cannot_bring_is_named(cast: Cast) -> None:
    a_problem(cast)
    rows = [
        added(问题="新的", 来源="自查", 状态="已销号", 核验人="周三", 佐证="2份"),
        added(编号="25-01", 措施="再定一条", 责任人="孙四", 时限="2026-6-30", 进展="做了一半"),
    ]
    kept = [why for _, why in compared(cast, edited(downloaded(cast.secretary), *rows)).kept]
    assert [why.split("写成")[0] for why in kept] == ["“佐证”", "“核验人”", "“状态”", "“进展”"]
