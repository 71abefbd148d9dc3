"""A paper laid out by us has nothing to be remarked, whatever stands in it."""

from __future__ import annotations

import datetime
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.report.forms_out.folder import folder_of
from bihuan.report.paper import docx_of, paper_of
from bihuan_text.gbt9704 import (
    Attachment,
    Block,
    Fact,
    Head,
    Heading,
    Imprint,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Recipient,
    Signature,
    Table,
    Text,
    title_of,
    to_docx,
)
from bihuan_text.gbt9704.typefaces import TYPEFACES
from bihuan_text.layout import mended
from bihuan_text.layout.faces import part_of
from tests.cast import Cast
from tests.gbt9704.sample import plain_paper, report
from tests.report import year as years
from tests.report.test_files import DAY, content_of, ready
from tests.report.test_forms_out import source
from tests.report.test_head import head
from tests.report.year import Year

from .made import converted, found

WORDS = st.text(
    "组织生活会开展走访党员支部学习意见问题整改年月日0123456789Aa“”《》、，；（）%", min_size=4, max_size=90
)
SENTENCES = WORDS.map(lambda words: f"支部{words}。")
NAMES = st.text("云溪村党支部委员会整改台账情况", min_size=2, max_size=28)
DATES = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 12, 31))


@st.composite
def headings(draw: st.DrawFn) -> Heading:
    level = draw(st.sampled_from((1, 2, 3, 4)))
    ordinal = ("一、", "（一）", "1. ", "（1）")[level - 1]
    lead = draw(NAMES)
    run_in = draw(st.none() | SENTENCES)
    said = (Text(f"{ordinal}{lead}{'。' if run_in else ''}"),)
    return Heading(level, said, (Text(run_in),) if run_in else ())


BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(lambda words: Paragraph((Text(words),)), SENTENCES),
    st.builds(lambda words, figure: Paragraph((Text(words), Fact("a.1", figure), Text("名。"))), WORDS, st.just("21")),
    headings(),
    st.builds(lambda words: Table(("序号", "问题"), (("1", words),)), WORDS),
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    names = draw(st.lists(NAMES, max_size=3))
    many = len(names) > 1
    attached = tuple(
        Attachment(n if many else None, title_of(name), tuple(draw(st.lists(BLOCKS, max_size=2))))
        for n, name in enumerate(names, 1)
    )
    title = draw(NAMES.map(lambda name: f"中共{name}关于2025年度组织生活会情况的报告"))
    blocks = draw(st.lists(BLOCKS, min_size=1, max_size=5))
    return Paper(
        title=title_of(title),
        body=(Paragraph((Text(draw(SENTENCES)),)), *blocks),
        recipient=draw(st.none() | st.builds(Recipient, NAMES)),
        signature=draw(st.none() | st.builds(Signature, NAMES, st.none() | DATES)),
        note=draw(st.none() | st.builds(Note, st.just("联系人：支部办公室"))),
        attachments=attached,
        imprint=draw(st.none() | st.builds(lambda n, d: Imprint((n,), n, d), NAMES, DATES)),
        head=draw(st.none() | st.just(Head("云溪村第二党支部", "云支〔2026〕3号", "")) | st.just(Head("云溪村文件"))),
        landscape=draw(st.booleans()),
    )


@pytest.fixture
def year(cast: Cast) -> Year:
    return years.full(cast)


@settings(deadline=None, max_examples=60)
@given(papers())
def test_a_paper_of_ours_has_no_deviation(paper: Paper) -> None:
    assert found(to_docx(paper)) == []


@pytest.mark.parametrize(
    "paper", [report(), plain_paper(), replace(report(), landscape=True)], ids=["报告", "长文", "横排"]
)
def test_the_samples_have_none_and_nothing_is_mended_in_them(paper: Paper) -> None:
    data = to_docx(paper)
    assert found(data) == []
    assert mended(data) == data


def test_a_page_break_between_parts_of_the_text_is_no_deviation() -> None:
    paper = Paper(title_of("云溪村第二支部工作情况报告"), (*report().body[:2], PageBreak(), *report().body[2:]))
    assert found(to_docx(paper)) == []


def test_one_that_went_through_libreoffice_and_back_has_none(tmp_path: Path) -> None:
    there = converted(tmp_path, "报告.docx", to_docx(report()), "odt")
    data = converted(tmp_path, "转.odt", there, "docx:MS Word 2007 XML")
    assert b"LibreOffice" in zipfile.ZipFile(io.BytesIO(data)).read("docProps/app.xml")
    assert found(data) == []


def test_the_report_of_the_report_room_has_none(cast: Cast) -> None:
    year, draft = ready(cast)
    assert found(docx_of(paper_of(content_of(draft, DAY)))) == []
    draft = head(year, draft, copies=["样例镇组织办公室"])
    assert found(docx_of(paper_of(content_of(draft, DAY)))) == []


def test_the_forms_of_the_folder_have_none(year: Year) -> None:
    year.draft()
    with zipfile.ZipFile(io.BytesIO(folder_of(source(year)))) as package:
        forms = {name: package.read(name) for name in package.namelist() if name.endswith(".docx")}
    assert len(forms) > 8
    assert {name: found(data) for name, data in forms.items() if found(data)} == {}


def test_every_usual_name_of_a_typeface_plays_its_part() -> None:
    wrong = [(face.role, name) for face in TYPEFACES for name in face.usual if part_of(name) != face.role]
    assert wrong == []
