"""A pasted roster is read without guessing."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bihuan.org.roster import parse


def test_columns_are_known_by_their_heads_in_any_order() -> None:
    head = "序号\t入党日期\t姓名\t党员类别\t职务\n"
    lines = parse(head + "1\t1998.7.1\t甲一\t正式党员\t支部书记\n2\t2025年12月1日\t乙二\t预备党员\t\n")
    assert [(x.name, x.kind, x.joined, x.title, x.wrong) for x in lines] == [
        ("甲一", "正式", date(1998, 7, 1), "书记", []),
        ("乙二", "预备", date(2025, 12, 1), "", []),
    ]


def test_title_rows_above_the_head_are_passed_over() -> None:
    lines = parse("某支部党员名册（样表）\n姓名\t类别\n丙三\t正式\n")
    assert [line.name for line in lines if not line.wrong] == ["丙三"]


def test_without_a_head_the_cells_say_what_they_are() -> None:
    (line,) = parse("丁四\t中共党员\t2011-06-30\t组织委员")
    assert (line.name, line.kind, line.joined, line.title) == ("丁四", "正式", date(2011, 6, 30), "组织委员")


def test_two_of_one_name_must_be_told_apart() -> None:
    lines = parse("姓名\t类别\n戊五\t正式\n戊五\t预备\n")
    assert all("有2行" in line.wrong[0] for line in lines)
    told = parse("姓名\t类别\t区别\n戊五\t正式\t大\n戊五\t预备\t小\n")
    assert [line.wrong for line in told] == [[], []]


def test_a_month_without_a_day_is_left_open_not_invented() -> None:
    (line,) = parse("姓名\t类别\t入党日期\n己六\t正式\t1998.7")
    assert line.joined is None
    assert "没有写到哪一天" in line.notes[0]


def test_an_id_number_is_not_kept() -> None:
    (line,) = parse("姓名\t身份证号\t类别\n庚七\t11010519491231002X\t正式")
    assert "11010519491231002X" not in str(line)
    assert line.notes == ["这一行有身份证号，系统不收，已经略去。"]


def test_an_unknown_kind_must_be_said() -> None:
    (line,) = parse("姓名\t类别\n辛八\t群众")
    assert line.wrong == ["“群众”看不出是正式还是预备党员，请写明。"]


@given(st.text(max_size=400))
def test_any_text_is_read_without_falling_over(text: str) -> None:
    for line in parse(text):
        assert line.wrong or (line.name and line.kind)
