"""Days as people write them, and as pages say them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.core import days

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    "written",
    [
        "2026-3-5", "2026-03-05", "2026.3.5", "2026/3/5", "2026年3月5日", "2026年03月05号", "20260305",
        " 2026年 3月 5日 ", "２０２６年３月５日", "二〇二六年三月五日", "二○二六年三月五日", "2026-3-5 00:00:00",
    ],
)  # fmt: skip
def test_every_style_is_the_same_day(written: str) -> None:
    assert days.read_day(written) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("2026年2月30日", "“2026年2月30日”没有这一天，请改成别的日子。"),
        ("20260231", "“20260231”没有这一天，请改成别的日子。"),
        ("2026年3月", "“2026年3月”没有写到哪一天，请把年、月、日写全。"),
        ("3月5日", "“3月5日”没有写哪一年，请把年、月、日写全。"),
        ("下周三", "“下周三”认不出是哪一天，请写成年、月、日。"),
        ("2026-3.5", "“2026-3.5”认不出是哪一天，请写成年、月、日。"),
        ("二〇二六年十十月五日", "“二〇二六年十十月五日”没有这一天，请改成别的日子。"),
    ],
)
def test_what_is_no_day_is_quoted_with_what_is_wrong(written: str, says: str) -> None:
    with pytest.raises(days.NoDay) as caught:
        days.read_day(written)
    assert str(caught.value) == says


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    figures = "〇一二三四五六七八九"
    return (figures[tens] if tens > 1 else "") + ("十" if tens else "") + (figures[ones] if ones else "")


@given(st.dates(date(1921, 7, 1), date(2099, 12, 31)))
def test_a_day_said_in_full_or_in_chinese_figures_is_read_back(day: date) -> None:
    assert days.read_day(days.say_full(day)) == day
    year = "".join("〇一二三四五六七八九"[int(c)] for c in str(day.year))
    assert days.read_day(f"{year}年{_chinese(day.month)}月{_chinese(day.day)}日") == day


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_sentence(written: str) -> None:
    try:
        answer: object = days.read_day(written)
    except days.NoDay as sentence:
        answer = str(sentence)
    assert isinstance(answer, date) or str(answer).endswith("。")


def test_the_year_is_said_only_when_it_is_another() -> None:
    assert days.say_day(date(2026, 3, 12), TODAY) == "3月12日"
    assert days.say_day(date(2025, 12, 3), TODAY) == "2025年12月3日"
    assert days.say_moment(datetime(2026, 3, 6, 8, 5), TODAY) == "3月6日8:05"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "says", "near"),
    [
        (date(2026, 3, 9), "就在今天", "is-near"),
        (date(2026, 3, 12), "还有3天", "is-near"),
        (date(2026, 3, 17), "还有8天", ""),
        (date(2026, 2, 28), "已过9天", "is-late"),
    ],
)
def test_the_distance_of_a_day(day: date, says: str, near: str) -> None:
    assert (days.distance(day, TODAY), days.nearness(day, TODAY)) == (says, near)
