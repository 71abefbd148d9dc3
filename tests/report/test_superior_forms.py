"""The superior's form in the room: taken in, pointed once, filled from the records every year."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bihuan.core import clock
from bihuan.core.access import Refused
from bihuan.core.models import Blob, Entry
from bihuan.report.actions.superior_forms import add_form, bring_back, change_form, point_blank, retire_form
from bihuan.report.facts import Records, collect
from bihuan.report.models import BlankUse, SuperiorForm
from bihuan.report.templating.choices import likely, read_choice
from bihuan.report.templating.lists import ROW_LISTS
from bihuan.report.templating.queries import form_sheet, template_of
from bihuan_text.blanks import Blank, fill
from tests.blanks.making import W, body_of, cell_texts, docx, p, r, said, tbl, tc, tr
from tests.blanks.test_xlsx import form as sheet_form
from tests.cast import DAY, Cast, at
from tests.report.year import Year, begin, full

HEAD = tr(tc(p(r("序号"))), tc(p(r("问题"))), tc(p(r("措施"))), tc(p(r("责任人"))))
TEXT = (
    p(r("填报单位：________"))
    + p(r("应到党员____人，实到（  ）人，收到意见【 】条"))
    + tbl(HEAD, tr(tc(), tc(), tc(), tc()), columns=4)
    + p(r("    年  月  日"))
)


@pytest.fixture(autouse=True)
def still_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)
    monkeypatch.setattr(clock, "now", lambda: at(14))


@pytest.fixture
def year(cast: Cast) -> Year:
    return full(cast)


def taken(by: Any, data: bytes | None = None, name: str = "情况统计表.docx") -> SuperiorForm:
    return add_form(name="情况统计表", issuer="样例镇党委", file=(name, [data or docx(TEXT)]), by=by, at=at())


def addresses(form: SuperiorForm) -> list[str]:
    return [blank.address for blank in template_of(form).blanks]


CHOSEN = [
    "fact:本组织全称", "fact:应到", "fact:实到", "fact:意见条数", "row:措施.序号", "row:措施.问题", "row:措施.措施",
    "row:措施.责任人", "fact:填表日期",
]  # fmt: skip


def pointed(by: Any) -> SuperiorForm:
    form = taken(by)
    for address, what in zip(addresses(form), CHOSEN, strict=True):
        point_blank(form, address, what=what, by=by, at=at())
    return form


def filled(form: SuperiorForm, year: Year, data: bytes | None = None) -> bytes:
    sheet = form_sheet(form, Records(year.cycle, DAY))
    return fill(data or docx(TEXT), form.file_name, sheet.filling.values, sheet.filling.rows)


# --- filling ---------------------------------------------------------------------------------------------------------
def test_a_form_is_filled_from_the_records(year: Year) -> None:
    form, facts, records = pointed(year.by), collect(year.cycle, DAY), Records(year.cycle, DAY)
    body = body_of(filled(form, year))
    assert said(body[0]) == f"填报单位：{year.cast.branch.name}"
    numbers = [facts[code].value for code in ("应到", "实到", "意见条数")]
    assert all(numbers)
    assert said(body[1]) == "应到党员{}人，实到（{}）人，收到意见【{}】条".format(*numbers)
    rows = [[said(cell) for cell in row.iter(W + "tc")] for row in body[2].iter(W + "tr")][1:]
    assert len(records.measures) >= 2
    assert [row[2] for row in rows] == [each.measure.action for each in records.measures]
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    assert said(body[3]) == "2026年3月9日"
    tags = [tag.get(W + "val") for tag in body.iter(W + "tag")]
    assert tags == ["fact:本组织全称", "fact:应到", "fact:实到", "fact:意见条数", "fact:填表日期"]


def test_what_is_missing_is_said_and_stays_empty(cast: Cast) -> None:
    year = begin(cast)
    form = pointed(year.by)
    sheet = form_sheet(form, Records(year.cycle, DAY))
    questions = [lack.question for lack in sheet.filling.lacking]
    assert len(questions) == 4
    assert len(sheet.questions) == 3
    assert "台账里还没有写措施" in questions
    assert all(lack.where for lack in sheet.filling.lacking)
    assert "应到党员____人" in said(body_of(filled(form, year)))


def test_a_sheet_is_filled_too(year: Year) -> None:
    data = sheet_form()
    form = taken(year.by, data, "汇总表.xlsx")
    by_words = {b.row or b.before or b.column: b.address for b in template_of(form).blanks}
    for words, what in {"应到": "fact:应到", "填报单位：": "fact:本组织全称", "问题": "row:问题.问题"}.items():
        point_blank(form, by_words[words], what=what, by=year.by, at=at())
    texts = cell_texts(filled(form, year, data))
    assert texts["A1"] == f"填报单位：{year.cast.branch.name}"
    assert texts["C1"] == collect(year.cycle, DAY)["应到"].value
    assert texts["A4"] == Records(year.cycle, DAY).problems[0].statement


def test_a_whole_list_in_one_cell(year: Year) -> None:
    data = docx(tbl(tr(tc(p(r("存在的问题"))), tc()), columns=2))
    form = taken(year.by, data)
    point_blank(form, addresses(form)[0], what="prose:问题清单", by=year.by, at=at())
    cell = list(body_of(filled(form, year, data)).iter(W + "tc"))[1]
    statements = [problem.statement.rstrip("。") for problem in Records(year.cycle, DAY).problems]
    assert all(any(words in said(each) for each in cell.iter(W + "p")) for words in statements)


def test_every_list_has_its_columns_in_every_row(year: Year) -> None:
    records = Records(year.cycle, DAY)
    for listed in ROW_LISTS.values():
        for row in listed.rows(records):
            assert set(row) == set(listed.columns), listed.code
    assert ROW_LISTS["名册"].rows(records)[0]["姓名"] == "赵一"
    assert not any("个人" in row["问题"] for row in ROW_LISTS["问题"].rows(records))


# --- pointing --------------------------------------------------------------------------------------------------------
def test_a_changed_template_keeps_what_is_still_there(year: Year) -> None:
    form = pointed(year.by)
    changed = docx(p(r("新的标题")) + TEXT.replace("，收到意见【 】条", "") + p(r("联系人：____")))
    change_form(
        form, name=form.name, issuer="", file=("新表.docx", [changed]), seen_version=form.version, by=year.by, at=at()
    )
    form = SuperiorForm.objects.of(form.org_id).get()
    sheet = form_sheet(form, Records(year.cycle, DAY))
    assert [place.blank.before for place in sheet.undecided] == ["联系人："]
    assert [choice for _, choice in sheet.gone] == ["收到的意见"]
    assert len(sheet.filling.values) == 4


def test_a_line_shows_one_list(year: Year) -> None:
    form = pointed(year.by)
    with pytest.raises(Refused, match="另一份清单"):
        point_blank(form, addresses(form)[4], what="row:名册.姓名", by=year.by, at=at())
    with pytest.raises(Refused, match="不在表格的行里"):
        point_blank(form, addresses(form)[0], what="row:名册.姓名", by=year.by, at=at())
    with pytest.raises(Refused, match="没有这一处"):
        point_blank(form, addresses(form)[0], what="fact:没有的数", by=year.by, at=at())


def test_pointing_again_changes_the_one_use_and_is_recorded(year: Year) -> None:
    form = pointed(year.by)
    lines = Entry.objects.count()
    point_blank(form, addresses(form)[1], what="pen", by=year.by, at=at())
    uses = BlankUse.objects.of(form.org_id).filter(address=addresses(form)[1])
    assert [use.what for use in uses] == ["pen"]
    assert Entry.objects.count() == lines + 1


@pytest.mark.parametrize(
    ("blank", "what"),
    [
        (Blank("a", "text", before="会议应到党员", after="人"), "fact:应到"),
        (Blank("a", "text", before="应到9人，实到", after="人"), "fact:实到"),
        (Blank("a", "text", before="填报单位：", after=""), "fact:本组织全称"),
        (Blank("a", "text", before="联系电话：", after=""), ""),
    ],
)
def test_neighbours_speak_for_a_choice(blank: Blank, what: str) -> None:
    assert likely(blank) == what


def test_a_list_beside_speaks_for_the_next_column() -> None:
    assert likely(Blank("a", "cell", column="整改措施", line="l"), "措施") == "row:措施.措施"
    assert likely(Blank("a", "cell", column="完成时限", line="l"), "措施") == "row:措施.时限"
    assert read_choice("row:措施.没有") is None


# --- who, and bad files ----------------------------------------------------------------------------------------------
def test_members_and_strangers_do_not_change_forms(year: Year) -> None:
    with pytest.raises(Refused):
        taken(year.cast.member)
    form = pointed(year.by)
    with pytest.raises(Refused):
        point_blank(form, addresses(form)[0], what="pen", by=year.cast.member, at=at())
    with pytest.raises(Refused, match="不在本支部"):
        point_blank(form, addresses(form)[0], what="pen", by=year.cast.outsider, at=at())


@pytest.mark.parametrize(
    ("name", "data"), [("a.docx", b"PK\x03\x04 broken"), ("a.docx", docx(p(r("没有空的一张表")))), ("a.txt", b"____")]
)
def test_a_file_that_is_no_form_leaves_nothing(cast: Cast, name: str, data: bytes) -> None:
    kept = Blob.objects.count()
    with pytest.raises(Refused) as refused:
        taken(cast.secretary, data, name)
    assert len(refused.value.reasons) == 1
    assert Blob.objects.count() == kept
    assert not SuperiorForm.objects.of(cast.branch.pk).exists()


# --- putting away ----------------------------------------------------------------------------------------------------
def test_a_form_put_away_keeps_what_was_pointed_and_comes_back(year: Year) -> None:
    form, blank = pointed(year.by), docx(TEXT)  # one file: a second one would bear another time
    once = filled(form, year, blank)
    away = retire_form(form, by=year.by, at=at())
    assert filled(away, year, blank) == once
    with pytest.raises(Refused, match="收起来了"):
        point_blank(away, addresses(form)[0], what="pen", by=year.by, at=at())
    with pytest.raises(Refused, match="已经收起来了"):
        retire_form(form, by=year.by, at=at())
    back = bring_back(form, by=year.by, at=at())
    assert back.away_on is None
    assert filled(back, year, blank) == once


def test_the_name_of_a_form_put_away_is_free_until_it_comes_back(year: Year) -> None:
    old = retire_form(taken(year.by), by=year.by, at=at())
    new = taken(year.by)
    with pytest.raises(Refused, match="已经有一张叫"):
        bring_back(old, by=year.by, at=at())
    change_form(new, name="新的表", issuer="", file=None, seen_version=None, by=year.by, at=at())
    assert bring_back(old, by=year.by, at=at()).away_on is None


def test_only_the_committee_of_the_branch_puts_away(year: Year) -> None:
    form = taken(year.by)
    for verb in (retire_form, bring_back):
        with pytest.raises(Refused):
            verb(form, by=year.cast.member, at=at())
        with pytest.raises(Refused, match="不在本支部"):
            verb(form, by=year.cast.outsider, at=at())


def test_put_away_in_the_page_with_a_way_back(client: Client, year: Year) -> None:
    form = pointed(year.by)
    sit(client, year.by)
    response = client.post(reverse("report:superior_away", args=[form.pk]), follow=True)
    page = unescape(response.content.decode())
    assert "收起来的1张表" in page
    assert "还没有上级的表" in page
    back = reverse("report:superior_back", args=[form.pk])
    assert f'action="{back}"' in page
    assert "收起来了" in read(client, "report:superior_form", form.pk)
    assert client.get(reverse("report:superior_file", args=[form.pk])).status_code == 200
    page = unescape(client.post(back, follow=True).content.decode())
    assert "放回来了" in page
    assert "收起来的" not in read(client, "report:superior_forms")


# --- pages -----------------------------------------------------------------------------------------------------------
def sit(client: Client, seat: Any) -> None:
    client.force_login(seat.account)


def read(client: Client, name: str, *args: object) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_from_the_upload_to_the_filled_file(client: Client, year: Year) -> None:
    sit(client, year.by)
    assert "还没有上级的表" in read(client, "report:superior_forms")
    data = docx(TEXT)
    upload = SimpleUploadedFile("情况统计表.docx", data)
    response = client.post(reverse("report:superior_forms"), {"name": "情况统计表", "issuer": "", "file": upload})
    form = SuperiorForm.objects.of(year.cast.branch.pk).get()
    assert response["Location"] == reverse("report:superior_form", args=[form.pk])
    page = read(client, "report:superior_form", form.pk)
    assert "情况统计表还有9处没有指" in page
    where = reverse("report:superior_blank", args=[form.pk, addresses(form)[0]])
    for what in CHOSEN:
        assert client.get(where).status_code == 200
        where = client.post(where, {"what": what})["Location"]
    assert where == reverse("report:superior_form", args=[form.pk])
    page = read(client, "report:superior_form", form.pk)
    assert "没有指" not in page
    response = client.get(reverse("report:superior_file", args=[form.pk]))
    assert "attachment" in response["Content-Disposition"]
    assert said(body_of(response.content)[0]) == f"填报单位：{year.cast.branch.name}"
    blank = client.get(reverse("report:superior_file", args=[form.pk]) + "?blank")
    assert blank.content == data


def test_the_page_guesses_and_refuses_aloud(client: Client, year: Year) -> None:
    sit(client, year.by)
    form = taken(year.by)
    page = read(client, "report:superior_blank", form.pk, addresses(form)[1])
    assert 'value="fact:应到" selected' in page
    assert "照旁边的字先选了" in page
    bad = SimpleUploadedFile("表.docx", docx(p(r("没有空"))))
    response = client.post(reverse("report:superior_forms"), {"name": "另一张", "issuer": "", "file": bad})
    assert response.status_code == 200
    assert "没有找到空着的地方" in response.content.decode()


def test_strangers_find_no_form(client: Client, year: Year) -> None:
    form = pointed(year.by)
    sit(client, year.cast.outsider)
    for name in ("superior_form", "superior_change", "superior_file"):
        assert client.get(reverse(f"report:{name}", args=[form.pk])).status_code == 404
    assert client.get(reverse("report:superior_blank", args=[form.pk, addresses(form)[0]])).status_code == 404


def test_a_member_reads_what_is_missing_but_downloads_nothing_filled(client: Client, year: Year) -> None:
    form = pointed(year.by)
    sit(client, year.cast.member)
    assert "由书记、副书记或委员下载" in read(client, "report:superior_form", form.pk)
    assert client.get(reverse("report:superior_file", args=[form.pk])).status_code == 403


def test_the_list_of_forms_asks_no_more_for_ten(client: Client, year: Year) -> None:
    sit(client, year.by)

    def asked() -> int:
        read(client, "report:superior_forms")
        with CaptureQueriesContext(connection) as seen:
            read(client, "report:superior_forms")
        return len(seen)

    taken(year.by)
    one = asked()
    for number in range(10):
        add_form(name=f"表{number}", issuer="", file=("a.docx", [docx(TEXT)]), by=year.by, at=at())
    assert asked() == one
