"""D02: the aspects that a notice asks for, one by one, in the part on problems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.text.makers import report_of
from tests.text.test_checks import found

from bihuan_text.checks import Severity
from bihuan_text.cli import check_command

NOTICE = (
    "关于召开2025年度组织生活会的通知\n一、主题\n以“学习贯彻全会精神”为主题。\n二、查摆问题\n"
    "党员重点对照以下四个方面：\n1.政治信仰方面。\n2.党员意识方面。\n3.理论学习方面。\n4.纪律作风方面。\n"
    "三、时间\n2026年2月底前完成。\n"
)
ASPECTS = {
    "政治信仰": "（{}）政治信仰方面。信仰学得不深，去年只读了两本原著。\n",
    "党员意识": "（{}）党员意识方面。身份意识不强，3月有两次没有戴党徽上岗。\n",
    "理论学习": "（{}）理论学习方面。学用脱节，全年12次学习只有2次联系本岗。\n",
    "纪律作风": "（{}）纪律作风方面。标准不高，5月值班晚到一次。\n",
}


def paper(*left_out: str, year: int = 2025) -> str:
    kept = [said for name, said in ASPECTS.items() if name not in left_out]
    return (
        f"{year}年度个人对照检查材料\n一、查摆的问题\n"
        + "".join(said.format(n) for n, said in zip("一二三四", kept, strict=False))
        + "二、原因分析\n一是思想上放松了要求。\n三、整改措施\n一是每月读一本原著，由本人负责，12月底前完成。\n"
    )


def missing(text: str) -> list[str]:
    return [f.message for f in found(text, "D02", kind="对照检查材料", notice=report_of(NOTICE))]


def test_a_paper_that_answers_every_aspect_hears_nothing():
    assert missing(paper()) == []


@pytest.mark.parametrize("name", ASPECTS)
def test_an_aspect_left_out_is_named(name: str):
    (said,) = missing(paper(name))
    assert f"“{name}”" in said
    assert [f.severity for f in found(paper(name), "D02", kind="对照检查材料", notice=report_of(NOTICE))] == [
        Severity.BLOCK
    ]


def test_without_a_notice_the_list_of_the_year_is_only_a_question():
    text = paper("党员意识", year=2022)
    assert {f.severity for f in found(text, "D02", kind="对照检查材料")} <= {Severity.INFO}
    assert found(paper("党员意识"), "D02", kind="对照检查材料") == []


def test_the_command_takes_a_notice(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "材料.txt").write_text(paper("党员意识"), encoding="utf-8")
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    code = check_command([str(tmp_path / "材料.txt"), "--json", "--notice", str(tmp_path / "通知.txt")])
    assert code == 1
    assert "D02" in {f["rule"] for f in json.loads(capsys.readouterr().out)["findings"]}
    assert check_command([str(tmp_path / "材料.txt"), "--notice", str(tmp_path / "没有.txt")]) == 2
    assert "通知没有读成" in capsys.readouterr().err
