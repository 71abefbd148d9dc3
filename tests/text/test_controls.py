"""Content controls and bookmarks of a .docx are known by their tags and names, wherever Word, WPS or LibreOffice put them."""

from __future__ import annotations

from tests.text.makers import docx_of, p

from bihuan_text import read_document
from bihuan_text.document import Document


def sdt(tag: str, inside: str) -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def mark(name: str, number: int = 1) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'


def read(body: str) -> Document:
    return read_document(docx_of(body), "试.docx")


def controls(document: Document) -> list[tuple[str, str]]:
    return [(each.tag, each.span.of(document.text)) for each in document.controls]


def test_a_control_covers_its_words_over_several_runs() -> None:
    document = read(p("应到", sdt("fact:due", run("1") + run("7")), "名"))
    assert document.text == "应到17名"
    assert controls(document) == [("fact:due", "17")]


def test_a_tracked_change_inside_a_control_shows_what_would_be_printed() -> None:
    changed = "<w:del><w:r><w:delText>7</w:delText></w:r></w:del><w:ins>" + run("9") + "</w:ins>"
    assert controls(read(p("应到", sdt("fact:due", changed), "名"))) == [("fact:due", "9")]


def test_a_control_around_paragraphs_begins_after_the_line_end() -> None:
    document = read(p("甲") + sdt("block", p("乙") + p("丙")) + p("丁"))
    assert controls(document) == [("block", "乙\n丙")]


def test_controls_in_cells_and_in_one_another_are_found() -> None:
    cell = "<w:tbl><w:tr><w:tc>" + p(sdt("a", run("1") + sdt("b", run("2")))) + "</w:tc></w:tr></w:tbl>"
    assert sorted(controls(read(p("前") + cell))) == [("a", "12"), ("b", "2")]


def test_an_empty_control_and_one_without_a_tag_are_not_there() -> None:
    bare = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('8')}</w:sdtContent></w:sdt>"
    assert controls(read(p("字", sdt("gone", ""), bare))) == []


def test_bookmarks_name_their_paragraph_inside_and_between() -> None:
    document = read(p(mark("p_a"), "甲") + mark("p_b", 2) + p("乙") + p("丙", mark("p_c", 3)))
    held = [(each.name, document.paragraphs[each.paragraph].of(document.text)) for each in document.bookmarks]
    assert held == [("p_a", "甲"), ("p_b", "乙"), ("p_c", "丙")]


def test_two_paragraphs_joined_by_a_tracked_deletion_keep_both_bookmarks() -> None:
    joined = '<w:rPr><w:del w:id="9" w:author="某" w:date="2026-03-01T00:00:00Z"/></w:rPr>'
    document = read(p(mark("p_a"), "甲", props=joined) + p(mark("p_b", 2), "乙"))
    assert [(each.name, each.paragraph) for each in document.bookmarks] == [("p_a", 0), ("p_b", 0)]


def test_a_bookmark_after_the_last_paragraph_marks_nothing() -> None:
    assert read(p("甲") + mark("p_end")).bookmarks == ()
