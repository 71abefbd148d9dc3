"""Paragraphs carry a bookmark of their own, so that a file edited elsewhere is known again."""

from __future__ import annotations

import pytest

from bihuan_text import read_document
from bihuan_text.gbt9704 import Heading, Paper, Paragraph, Text, title_of, to_docx


def test_marks_become_bookmarks_and_are_read_back() -> None:
    body = (
        Heading(1, (Text("一、情况"),), mark="s_meeting"),
        Paragraph((Text("开了会。"),), mark="p_0a_1_0"),
        Paragraph((Text("没有记号的一段。"),)),
    )
    document = read_document(to_docx(Paper(title_of("样例"), body)), "样例.docx")
    held = [(each.name, document.paragraphs[each.paragraph].of(document.text)) for each in document.bookmarks]
    assert held == [("s_meeting", "一、情况"), ("p_0a_1_0", "开了会。")]


@pytest.mark.parametrize("mark", ["1a", "a b", "段", "a" * 41])
def test_a_name_that_word_refuses_is_refused_here(mark: str) -> None:
    with pytest.raises(ValueError, match="a mark is a letter"):
        Paragraph((Text("开了会。"),), mark=mark)
