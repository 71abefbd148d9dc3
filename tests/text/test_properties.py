"""What holds for any text: nothing raises, and every span lies where it says."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.text.holding import finding_holds, paragraphs_hold, report_holds

from bihuan_text import check, read_document, read_report
from bihuan_text.document import plain_document
from bihuan_text.shadow import shadow_of

_ORDINALS = "一、 二、 （一） (二) 1. 2． 3、 （1） ① 一是 二是 三要 第一， 首先， 其次， 问题1："
_HEADS = "存在的问题 上年度整改落实情况 原因剖析 整改措施 2025年度组织生活会情况报告 目录 现将有关情况报告如下："
_WORDS = "学习不深 加强学习。 比如 ，如 如何 总之， 民主生活会 XX **"
_MORE = "《中国共产党章程》 责任人： 3月底前 党支部 \U00020000 2026年3月5日"
_MARKS = ["。", "；", "，", "：", "\n", "\n\n", "\t", "“", "”", " ", "\u3000", "\u200b", "# ", "> ", "｜", "|"]
FRAGMENTS = st.sampled_from([*_ORDINALS.split(), *_HEADS.split(), *_WORDS.split(), *_MORE.split(), *_MARKS])
TEXTS = st.lists(st.one_of(FRAGMENTS, st.text(max_size=6)), max_size=60).map("".join)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(["txt", "md"]))
@example("一、存在的问题\n一是\n二是", "txt")
@example("一、存在的问题（一）（二）一是，二是", "txt")
@example("2025年度组织生活会情况报告\n一、存在的问题\n①原因剖析二、：|问题1：二是\u200b\n", "txt")
@example("2025年度组织生活会情况报告\n一、问题1.一是\u200b二是**", "md")
def test_any_text_gives_spans_that_hold(text: str, form: str):
    document = plain_document(text, "试", form)
    report = read_report(document)
    assert report_holds(text, report)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_gives_findings_that_hold(text: str):
    document = plain_document(text, "试")
    found = check(
        document, last_year=read_report(plain_document("一、存在的问题\n一是学习不深。\n二、整改措施\n一是学。"))
    )
    assert all(finding_holds(document, finding) for finding in found)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_every_character_of_a_text_is_in_one_paragraph_and_one_piece(text: str):
    document = plain_document(text, "试")
    assert "\n".join(text[s.start : s.end] for s in document.paragraphs) == text
    assert paragraphs_hold(document)
    assert sum(p.end - p.start for p in document.pieces) == len(text.replace("\n", ""))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.booleans())
def test_the_shadow_leads_back(text: str, markdown: bool):
    shadow = shadow_of(text, markdown=markdown)
    places = [shadow.back(at, at + 1) for at in range(len(shadow.text))]
    assert all(place.end == place.start + 1 for place in places)
    assert all(a.start < b.start for a, b in pairwise(places))
    assert all(shadow.at(place.start) == at for at, place in enumerate(places))
    assert shadow.back(0, len(shadow.text)).end <= len(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS.filter(lambda t: t.strip() and "\r" not in t and t.isprintable()), st.sampled_from(["utf-8", "utf-8-sig"]))
def test_bytes_and_text_agree(text: str, encoding: str):
    if text.lower().lstrip().startswith(("bm", "mz", "<", "pk", "%", "\ufeff")):
        return
    assert read_document(text.encode(encoding), "试.txt").text == text
