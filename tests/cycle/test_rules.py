"""The pure rules of a year, and its numbers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from bihuan.cycle import packs, rules
from bihuan.cycle.models import standing_policy
from bihuan.cycle.policy import Policy, ratio_words, read_ratio


@pytest.mark.parametrize(
    ("number", "remark"),
    [
        ("", ""),
        ("样组发〔2026〕3号", ""),
        ("中样委组〔2026〕12号", ""),
        ("样组发[2026]3号", "〔2026〕"),
        ("样组发(2026)3号", "〔2026〕"),
        ("样组发（2026）3号", "〔2026〕"),
        ("样组发【2026】3号", "〔2026〕"),
        ("样组发〔2026〕第3号", "不加“第”"),
        ("样组发〔2026〕03号", "不补0"),
        ("关于开会的通知", "再看一遍"),
    ],
)
def test_a_number_is_read_as_offices_write_it(number: str, remark: str) -> None:
    found = rules.number_remark(number)
    assert (remark in found) if remark else found == ""


def test_aspects_are_typed_one_a_line_with_or_without_ordinals() -> None:
    assert rules.lines_of("1. 理论学习\n\n（二）作风建设；\n二、理论学习\n①联系群众\n三严三实") == [
        "理论学习", "作风建设", "联系群众", "三严三实"
    ]  # fmt: skip


def test_two_equal_lists_are_remarked_on() -> None:
    assert rules.aspects_remark(["甲"], ["甲"])
    assert rules.aspects_remark(["甲"], ["乙"]) == ""
    assert rules.aspects_remark([], []) == ""


@pytest.mark.parametrize(
    ("text", "ratio"),
    [("1/3", Fraction(1, 3)), ("15%", Fraction(3, 20)), ("15％", Fraction(3, 20)), ("0.2", Fraction(1, 5)),
     ("1／3", Fraction(1, 3)), ("1", Fraction(1)), ("0", None), ("4/3", None), ("三分之一", None), ("1/0", None)],
)  # fmt: skip
def test_a_ratio_is_read(text: str, ratio: Fraction | None) -> None:
    assert read_ratio(text) == ratio


def test_a_ratio_is_said_as_papers_say_it() -> None:
    assert [ratio_words(Fraction(1, 3)), ratio_words(Fraction(3, 20))] == ["1/3", "15%"]


def test_a_policy_survives_its_row_and_a_new_year_starts_with_the_usual_numbers() -> None:
    own = Policy(Fraction(3, 20), "参评党员", closing_needs_meeting=False, report_length=3000)
    assert Policy.read(own.stored()) == own
    assert Policy.read(standing_policy()) == Policy() == Policy.read({})
    assert Policy.read({"excellent_ratio": "许多", "excellent_base": "群众"}) == Policy()


def test_the_sample_says_that_it_is_one_and_gives_two_lists_of_four() -> None:
    sample = packs.sample()
    assert sample.mark == "示例2021@1"
    assert "示例" in sample.note
    assert {subject: len(lines) for subject, lines in sample.aspects.items()} == {"班子": 4, "党员": 4}
    assert not set(sample.aspects["班子"]) & set(sample.aspects["党员"])


def test_until_june_it_is_the_year_before() -> None:
    assert rules.usual_year(date(2026, 3, 9)) == 2025
    assert rules.usual_year(date(2026, 7, 1)) == 2026
