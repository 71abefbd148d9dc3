"""What a 通知 asks for: number, theme, aspects, dates, papers to hand in; each with its place."""

from __future__ import annotations

from tests.text.makers import document_of, report_of
from tests.text.shapes import FOLDER, load

from bihuan_text.as_json import read_json
from bihuan_text.place import Quoted

SHAPE = load(FOLDER / "31-notice.txt")
REPORT = report_of(SHAPE.text)


def words(said: tuple[Quoted, ...]) -> str:
    return "|".join(each.text for each in said)


def test_the_fields_of_a_notice_are_read_where_they_stand():
    notice, meant = REPORT.notice, SHAPE.head
    assert notice is not None
    assert notice.number is not None
    assert notice.theme is not None
    assert (notice.number.text, notice.theme.text) == (meant["number"], meant["theme"])
    assert words(notice.aspects) == f"{meant['class_aspects']}|{meant['member_aspects']}"
    assert (words(notice.dates), words(notice.attachments)) == (meant["dates"], meant["attachments"])
    every = [notice.number, notice.theme, *notice.aspects, *notice.dates, *notice.attachments]
    assert all(SHAPE.text[each.span.start : each.span.end] == each.text for each in every)


def test_quoted_aspects_and_a_quoted_theme():
    text = "关于召开组织生活会的通知\n会议主题是“学习贯彻全会精神”。党员要从“政治信仰、党员意识”等方面查摆问题。"
    notice = report_of(text).notice
    assert notice is not None
    assert notice.theme is not None
    assert notice.theme.text == "学习贯彻全会精神"
    assert words(notice.aspects) == "政治信仰|党员意识"


def test_listed_aspects_end_with_their_list_and_a_theme_may_stand_before_its_name():
    text = (
        "关于召开组织生活会的通知\n一、主题\n以“学习贯彻全会精神，推动工作”为主题。\n二、查摆问题\n重点对照以下两个方面：\n"
        "1.政治信仰方面。\n2.党员意识方面。\n三、时间\n2026年1月底前完成，2月10日前报党委。\n"
    )
    notice = report_of(text).notice
    assert notice is not None
    assert notice.theme is not None
    assert notice.theme.text == "学习贯彻全会精神，推动工作"
    assert words(notice.aspects) == "政治信仰|党员意识"
    assert words(notice.dates) == "2026年1月底|2月10日"


def test_the_json_of_a_notice_and_of_another_paper():
    told = read_json("试.txt", document_of(SHAPE.text), REPORT)["notice"]
    assert isinstance(told, dict)
    assert told["number"] == {"text": SHAPE.head["number"], "start": 0, "end": len(SHAPE.head["number"])}
    assert [len(told[name]) for name in ("aspects", "dates", "attachments")] == [6, 2, 2]
    other = "二支部组织生活会情况报告\n一、存在的问题\n一是学得浅。"
    assert read_json("试.txt", document_of(other), report_of(other))["notice"] is None


def test_a_warning_gives_its_place_twice_or_nulls():
    text = "二支部组织生活会情况报告\n一、存在的问题\n1.学得浅。\n3.记得少。\n"
    told = read_json("试.txt", document_of(text), report_of(text))["warnings"]
    assert isinstance(told, list)
    assert told
    for each in told:
        assert set(each) == {"message", "span", "start", "end"}
        assert each["span"] == (None if each["start"] is None else {"start": each["start"], "end": each["end"]})
    assert {each["start"] is None for each in told} == {True, False}
