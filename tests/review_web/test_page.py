"""查材料: upload, see, mend in place, check again; the page is for the author alone."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.http import HttpResponse
from docx import Document

from bihuan.core import clock, secrecy
from bihuan.core.models import Blob, Entry
from bihuan.review import actions
from bihuan.review.models import DAYS_KEPT, Manuscript
from bihuan_text import read_document
from tests.archive.year import a_year
from tests.cast import Cast
from tests.review_web.papers import (
    PAPERS,
    RIGHT_NAME,
    SLIPS,
    WRONG_NAME,
    address,
    hand_in,
    held,
    number_of,
    signed_in,
)

pytestmark = pytest.mark.django_db


def shown(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_paper_handed_in_is_shown_with_its_marks_and_a_list_that_leads_there(cast: Cast) -> None:
    client = signed_in(cast.member)
    assert "查出来是什么样" in shown(client.get(PAPERS))
    answer = hand_in(client)
    mine = held(cast.member)
    assert answer.headers["Location"] == address(mine)
    page = shown(client.get(address(mine)))
    number = number_of(mine, "R39")
    assert f'id="m{number}" href="#f{number}"' in page
    assert f'<mark class="said-block">{WRONG_NAME}</mark>' in page
    assert f'id="f{number}"' in page
    assert f'href="#m{number}"' in page
    for words in (
        "必须改，",
        "建议改，",
        "没有《中国共产党党支部工作条例（试行）》这份文件",
        "改法：",
        "/papers/rules/?of=R39",
    ):
        assert words in page
    order = [page.index(words) for words in ("必须改，", "建议改，")]
    assert order == sorted(order)
    assert mine.name in shown(client.get(PAPERS))


def test_pasted_text_is_taken_as_well(cast: Cast) -> None:
    client = signed_in(cast.member)
    assert client.post(PAPERS, {"way": "pasted", "pasted": SLIPS}).status_code == 302
    assert held(cast.member).text.strip() == SLIPS.strip()
    assert "没有内容，请粘贴要查的文字。" in shown(client.post(PAPERS, {"way": "pasted", "pasted": "  "}))


def test_one_press_mends_one_place_and_is_taken_back(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client)
    mine = held(cast.member)
    before = mine.text
    sent = {"version": mine.version, "at": number_of(mine, "R39")}
    page = shown(client.post(address(mine, "mend/"), sent, follow=True))
    mine.refresh_from_db()
    assert mine.text == before.replace(WRONG_NAME, RIGHT_NAME)
    assert "R39" not in {each["rule"] for each in mine.found}
    assert "照提示改了一处，又查了一遍。" in page
    assert f'action="{address(mine, "undo/")}"' in page
    client.post(address(mine, "undo/"))
    mine.refresh_from_db()
    assert mine.text == before
    assert number_of(mine, "R39")
    assert client.post(address(mine, "undo/")).status_code == 403


def test_all_that_a_press_can_mend_goes_at_once(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client)
    mine = held(cast.member)
    before, mendable = mine.text, sum(bool(each["mend"]) for each in mine.found)
    assert mendable >= 2
    client.post(address(mine, "mend/"), {"version": mine.version, "all": "1"})
    mine.refresh_from_db()
    assert RIGHT_NAME in mine.text
    assert "”、“" not in mine.text
    assert [each for each in mine.found if each["mend"]] == []
    client.post(address(mine, "undo/"))
    mine.refresh_from_db()
    assert mine.text == before


def test_a_sentence_is_put_in_other_words_where_it_stands(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client)
    mine = held(cast.member)
    number = number_of(mine, "R38")
    page = shown(client.get(f"{address(mine)}?at={number}"))
    written = re.search(r"<textarea[^>]*>\s*([^<]*)</textarea>", page)
    assert written
    assert written[1].strip() == "全年学习XX次，“三会一课”、“主题党日”都开展了。"
    words = "全年学习12次，9月、10月各缺1次。"
    sent = {"way": "sentence", "at": number, "words": words, "version": mine.version}
    assert client.post(f"{address(mine)}?at={number}", sent).status_code == 302
    mine.refresh_from_db()
    assert f"（一）学习不够。{words}\n" in mine.text
    assert "R38" not in {each["rule"] for each in mine.found}


def test_a_page_that_is_behind_changes_nothing_and_keeps_what_was_typed(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client)
    mine = held(cast.member)
    number, seen = number_of(mine, "R38"), mine.version
    client.post(address(mine, "mend/"), {"version": seen, "all": "1"})
    mine.refresh_from_db()
    before = mine.text
    sent = {"way": "sentence", "at": number, "words": "样例：另一页里写的话。", "version": seen}
    page = shown(client.post(f"{address(mine)}?at={number}", sent))
    assert "这份材料又改过" in page
    assert "样例：另一页里写的话。" in page
    assert client.post(address(mine, "mend/"), {"version": seen, "all": "1"}).status_code == 403
    mine.refresh_from_db()
    assert mine.text == before


def test_a_double_tap_mends_once(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client)
    mine = held(cast.member)
    sent = {"version": mine.version, "all": "1", "form_key": "a" * 32}
    for _ in range(2):
        assert client.post(address(mine, "mend/"), sent).headers["Location"] == address(mine)
    mine.refresh_from_db()
    assert len(mine.steps) == 1


def test_a_remark_is_set_aside_for_this_paper_with_a_reason_and_counts_again(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client)
    mine = held(cast.member)
    number = number_of(mine, "R38")
    sent = {"way": "aside", "at": number, "reason": ""}
    assert "请填写“为什么这次不算”。" in shown(client.post(f"{address(mine)}?at={number}", sent))
    client.post(f"{address(mine)}?at={number}", {**sent, "reason": "样例理由：数字会后补"})
    mine.refresh_from_db()
    page = shown(client.get(address(mine)))
    assert "这次不算的，1处" in page
    assert "样例理由：数字会后补" in page
    assert f'id="m{number}"' not in page
    other = number_of(mine, "R39")
    stale = {"way": "aside", "at": other, "reason": "样例理由", "version": mine.version - 1}
    assert "这份材料又改过" in shown(client.post(f"{address(mine)}?at={other}", stale))
    client.post(address(mine, "again/"))
    mine.refresh_from_db()
    assert number_of(mine, "R38") == number, "another check forgets no reason"
    client.post(address(mine, "count-again/"), {"at": number, "version": mine.version})
    assert "这次不算的" not in shown(client.get(address(mine)))


def test_what_reads_alike_is_set_aside_together_and_says_so(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client, text=SLIPS.replace("学习XX次", "学习XX次，缺XX次"))
    mine = held(cast.member)
    number = number_of(mine, "R38")
    sent = {"way": "aside", "at": number, "reason": "样例理由", "version": mine.version}
    page = shown(client.post(f"{address(mine)}?at={number}", sent, follow=True))
    assert "同样的另外1处也不算" in page
    assert "这次不算的，2处" in page


def test_a_rule_is_switched_off_for_one_paper_only(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client)
    mine = held(cast.member)
    client.post(address(mine, "rule-off/"), {"rule": "R38"})
    mine.refresh_from_db()
    assert "R38" not in {each["rule"] for each in mine.found}
    assert "这份材料不查的规则，1条" in shown(client.get(address(mine)))
    hand_in(client, name="另一份.txt")
    other = Manuscript.objects.exclude(pk=mine.pk).get()
    assert number_of(other, "R38")
    client.post(address(mine, "rule-on/"), {"rule": "R38"})
    mine.refresh_from_db()
    assert number_of(mine, "R38")
    assert client.post(address(mine, "rule-off/"), {"rule": "R999"}).status_code == 403


def test_nobody_else_finds_it_and_no_page_counts_it(cast: Cast) -> None:
    a_year(cast)
    hand_in(signed_in(cast.member), name="样例私下的稿.txt")
    mine = held(cast.member)
    for seat in (cast.secretary, cast.organiser, cast.outsider, cast.clerk):
        client = signed_in(seat)
        for verb in ("", "word/", "remarked/", "text/"):
            assert client.get(address(mine, verb)).status_code == 404
        for verb in ("mend/", "again/", "undo/", "count-again/", "rule-off/", "rule-on/", "drop/"):
            assert client.post(address(mine, verb), {"all": "1"}).status_code == 404
        for page in (PAPERS, "/", "/report/", "/archive/audit/"):
            assert "样例私下的稿" not in client.get(page).content.decode()
    mine.refresh_from_db()
    assert mine.version == 1


def test_the_chain_learns_that_and_nothing_of_what(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client, name="样例私下的稿.txt")
    mine = held(cast.member)
    client.post(address(mine, "mend/"), {"version": mine.version, "all": "1"})
    client.post(address(mine, "drop/"))
    lines = [line for line in Entry.objects.values_list("line", flat=True) if "review." in line]
    assert [re.search(r'"verb":"([a-z_.]+)"', line)[1] for line in lines] == [  # type: ignore[index]
        "review.manuscript.taken", "review.manuscript.dropped",
    ]  # fmt: skip
    assert not any(str(mine.pk) in line or "样例私下的稿" in line or "after" in line for line in lines)


def test_it_goes_by_one_button_or_by_itself(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client)
    client.post(address(held(cast.member), "drop/"))
    assert not Manuscript.objects.exists()
    assert not Blob.objects.exists(), "its bytes lay in the row"
    hand_in(client)
    old = held(cast.member)
    Manuscript.objects.update(written_at=old.written_at - timedelta(days=DAYS_KEPT, seconds=1))
    assert client.get(address(old)).status_code == 404
    assert "还留着的" not in shown(client.get(PAPERS))
    hand_in(signed_in(cast.secretary))
    assert not Manuscript.objects.filter(pk=old.pk).exists()


def test_marked_as_secret_is_refused_and_kept_nowhere(cast: Cast) -> None:
    client = signed_in(cast.member)
    assert secrecy.SENTENCE in shown(hand_in(client, text=f"秘密★1年\n{SLIPS}"))
    assert not Manuscript.objects.exists()
    hand_in(client)
    mine = held(cast.member)
    number = number_of(mine, "R38")
    sent = {"way": "sentence", "at": number, "words": "秘密★1年", "version": mine.version}
    assert secrecy.SENTENCE in shown(client.post(f"{address(mine)}?at={number}", sent))
    mine.refresh_from_db()
    assert "★" not in mine.text


@pytest.mark.parametrize(
    ("name", "data"),
    [("坏的.docx", b"PK\x03\x04broken"), ("空的.txt", b" \n"), ("图.txt", b"\x89PNG\r\n\x1a\n" + bytes(40)),
     ("老的.pdf", b"%PDF-1.4\n%broken"), ("很多.txt", "字".encode() * 300_001)],
)  # fmt: skip
def test_a_bad_file_is_one_sentence_and_leaves_nothing(cast: Cast, name: str, data: bytes) -> None:
    page = shown(hand_in(signed_in(cast.member), name=name, data=data))
    assert "没有存" in page
    assert "Traceback" not in page
    assert not Manuscript.objects.exists()


def test_it_is_taken_home_as_word_and_as_text(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client)
    mine = held(cast.member)
    client.post(address(mine, "mend/"), {"version": mine.version, "all": "1"})
    mine.refresh_from_db()
    word = client.get(address(mine, "word/"))
    said = read_document(word.content, "a.docx").text
    assert [line for line in said.splitlines() if line.strip()] == [
        line for line in mine.text.splitlines() if line.strip()
    ]
    text = client.get(address(mine, "text/")).content
    assert text.decode("utf-8-sig").replace("\r\n", "\n") == mine.text


def test_a_long_paper_stays_under_a_megabyte(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client, text=SLIPS * (100_000 // len(SLIPS) + 1))
    mine = held(cast.member)
    assert len(mine.text) >= 100_000
    page = client.get(address(mine)).content
    assert len(page) < 1_000_000
    assert "处没有列出来" in page.decode()


def test_a_seat_keeps_a_handful(cast: Cast) -> None:
    client = signed_in(cast.member)
    for number in range(20):
        actions.take(name=f"{number}.txt", data="样例一句话。".encode(), by=cast.member, at=clock.now())
    assert "最多留20份" in shown(hand_in(client))
    assert Manuscript.objects.count() == 20


def test_a_word_file_keeps_its_own_shape_and_only_changed_words_differ(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client, name="样例.docx", data=word_file())
    mine = held(cast.member)
    assert number_of(mine, "R44"), "its layout is measured too"
    client.post(address(mine, "mend/"), {"version": mine.version, "all": "1"})
    mine.refresh_from_db()
    assert number_of(mine, "R44"), "and is still what it was"
    assert RIGHT_NAME in mine.text
    taken = Document(io.BytesIO(client.get(address(mine, "word/")).content))
    named = next(paragraph for paragraph in taken.paragraphs if RIGHT_NAME in paragraph.text)
    first = named.runs[0]
    assert (first.text, first.bold, first.font.name) == ("\t样例支部按照《中国共产党", True, "楷体")
    assert named.runs[-1].italic
    assert [cell.text for cell in taken.tables[0].rows[1].cells] == ["样例事项", "样例处"]
    assert "\n".join(p.text for p in taken.paragraphs) == mine.text.split("\n事项")[0]


def test_it_is_taken_home_with_the_remarks_in_the_margin(cast: Cast) -> None:
    client = signed_in(cast.member)
    hand_in(client, name="样例.docx", data=word_file())
    mine = held(cast.member)
    aside = number_of(mine, "R44")
    client.post(
        f"{address(mine)}?at={aside}", {"way": "aside", "at": aside, "reason": "样例理由", "version": mine.version}
    )
    mine.refresh_from_db()
    assert "存成带批注的" in shown(client.get(address(mine)))
    taken = client.get(address(mine, "remarked/")).content
    parts = zipfile.ZipFile(io.BytesIO(taken))
    remarks = parts.read("word/comments.xml").decode()
    counting = [each for each in mine.found if not each["reason"]]
    assert remarks.count("<w:comment ") == len(counting)
    assert all(each["message"] in html.unescape(remarks) for each in counting)
    set_aside = next(each for each in mine.found if each["number"] == aside)
    assert set_aside["message"] not in html.unescape(remarks)
    changed = parts.read("word/document.xml").decode()
    assert "<w:ins " in changed or "<w:del " in changed
    assert RIGHT_NAME in read_document(taken, "样例.docx").text, "the mends are accepted by whoever reads on"


def word_file() -> bytes:
    """A paper whose wrong name stands behind a tab, across two runs of different type, and a table."""
    made = Document()
    made.add_paragraph("样例支部2025年度组织生活会情况报告")
    line = made.add_paragraph()
    first = line.add_run("\t样例支部按照《中国共产党党")
    first.bold, first.font.name = True, "楷体"
    line.add_run("支部工作条例（试行）》召开了组织生活会。").italic = True
    table = made.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ("事项", "责任", "样例事项", "样例处"), strict=True):
        cell.text = words
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
