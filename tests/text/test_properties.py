"""What holds for any text: nothing raises, and every span lies where it says."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bihuan_text import check, read_document, read_report
from bihuan_text.checks import Finding
from bihuan_text.document import Document, plain_document
from bihuan_text.report import Item, Report
from bihuan_text.shadow import shadow_of

_ORDINALS = "一、 二、 （一） (二) 1. 2． 3、 （1） ① 一是 二是 三要 第一， 首先， 其次， 问题1："
_HEADS = "存在的问题 上年度整改落实情况 原因剖析 整改措施 2025年度组织生活会情况报告 目录 现将有关情况报告如下："
_WORDS = "学习不深 加强学习。 比如 ，如 如何 总之， 民主生活会 XX **"
_MORE = "《中国共产党章程》 责任人： 3月底前 党支部 \U00020000 2026年3月5日"
_MARKS = ["。", "；", "，", "：", "\n", "\n\n", "\t", "“", "”", " ", "\u3000", "\u200b", "# ", "> ", "｜", "|"]
FRAGMENTS = st.sampled_from([*_ORDINALS.split(), *_HEADS.split(), *_WORDS.split(), *_MORE.split(), *_MARKS])
TEXTS = st.lists(st.one_of(FRAGMENTS, st.text(max_size=6)), max_size=60).map("".join)


def blocks(report: Report) -> list[list[tuple[int, int]]]:
    """Lists of spans, each of which must be in order and apart."""
    whole = [
        [(i.start, i.end) for i in report.prior],
        [(i.start, i.end) for i in report.causes],
        [(a.start, a.end) for a in report.aspects],
        [(p.start, p.end) for p in report.problems],
        [(g.start, g.end) for g in report.measures],
        [(i.start, i.end) for i in report.actions],
    ]
    return whole + [[(e.start, e.end) for e in p.examples] for p in report.problems]


def leads(report: Report) -> list[Item]:
    return [*report.prior, *report.causes, *report.problems, *report.actions]


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from(["txt", "md"]))
@example("一、存在的问题\n一是\n二是", "txt")
@example("一、存在的问题（一）（二）一是，二是", "txt")
@example("2025年度组织生活会情况报告\n一、存在的问题\n①原因剖析二、：|问题1：二是\u200b\n", "txt")
@example("2025年度组织生活会情况报告\n一、问题1.一是\u200b二是**", "md")
def test_any_text_gives_spans_that_hold(text: str, form: str):
    document = plain_document(text, "试", form)
    report = read_report(document)
    for spans in blocks(report):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[i.lead_start : i.lead_start + len(i.lead)] == i.lead for i in leads(report))
    assert all(i.start <= i.lead_start and i.lead_start + len(i.lead) <= i.end for i in leads(report))
    for outer in [*report.aspects, *report.measures]:
        inner = outer.problems if hasattr(outer, "problems") else outer.items
        assert inner
        assert all(outer.start <= i.start and i.end <= outer.end for i in inner)
    assert all(p.start < e.start and e.end <= p.end for p in report.problems for e in p.examples)
    assert all(w.span is None or 0 <= w.span.start <= w.span.end <= len(text) for w in report.warnings)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_gives_findings_that_hold(text: str):
    document = plain_document(text, "试")
    found = check(
        document, last_year=read_report(plain_document("一、存在的问题\n一是学习不深。\n二、整改措施\n一是学。"))
    )
    assert all(holds(document, finding) for finding in found)


def holds(document: Document, finding: Finding) -> bool:
    if finding.start is None or finding.end is None:
        return finding.excerpt == "" and not finding.mend
    in_text = 0 <= finding.start < finding.end <= len(document.text)
    mended = all(finding.start <= m.start <= m.end <= finding.end for m in finding.mend)
    return in_text and mended and finding.excerpt == document.text[finding.start : finding.end]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_every_character_of_a_text_is_in_one_paragraph_and_one_piece(text: str):
    document = plain_document(text, "试")
    covered = sorted([(s.start, s.end) for s in document.paragraphs])
    assert "\n".join(text[start:end] for start, end in covered) == text
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
