"""PDF pages set otherwise: columns, tables without rules, columns written downwards, forms that somebody filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.text.holding import paragraphs_hold
from tests.text.pdf_maker import pages_of, raw, set_in_song, shown, stream

from bihuan_text import ledger_rows, read_document
from bihuan_text.document import Origin
from bihuan_text.readers.pdf.bullets import with_bullets
from bihuan_text.readers.pdf.lines import Line
from bihuan_text.readers.pdf.measure import Side, setting_of
from bihuan_text.readers.pdf.paragraphs import paragraphs

Placed = tuple[float, float, str]
LEFT = (
    "　　一、学习方面的问题。我们",
    "支部去年集中学习二十四次，其",
    "中有五次是念文件，讨论的时间",
    "不到一刻钟，三名党员没有发言。",
    "　　二、联系群众方面。走访入",
    "户比上一年少了四十一户，其中",
)
RIGHT = (
    "两个村民小组一次也没有去过。",
    "　　三、作风方面。会议通知发",
    "得晚，材料改得多，基层的同志",
    "为一张表跑了三趟，意见不小，",
    "到年底才合并成一张，我们应当",
    "早一些听见他们的话。",
)
ROWS = (
    (("1",), ("学习不够系统，有时", "以会代学"), ("每月集中学习两次，", "由委员轮流领学"), ("组织委员",)),
    (("2",), ("组织生活不经常",), ("按季度排定主题党", "日，缺席的当月补", "课"), ("支部书记",)),
    (("3",), ("走访的次数比上一年", "少，没有逐件回告"), ("每月走访四户",), ("纪检委员",)),
)
HEADS = ("序号", "问题", "整改措施", "责任人")
LEFT_OF = (72, 110, 250, 390)


def in_columns(left: tuple[str, ...], right: tuple[str, ...], top: float = 700) -> list[Placed]:
    return [(x, top - 18 * n, words) for x, column in ((72, left), (300, right)) for n, words in enumerate(column)]


def test_the_left_column_is_read_before_the_right_one_and_the_title_before_both():
    title, foot = (200.0, 740.0, "关于组织生活会的情况报告"), (280.0, 40.0, "— 3 —")
    text = read_document(set_in_song(title, *in_columns(LEFT, RIGHT), foot), "报.pdf").text
    lines = [line.strip("　") for line in text.split("\n")]
    assert lines[0] == "关于组织生活会的情况报告"
    assert lines[1].startswith("一、学习方面")
    assert "其中两个村民小组一次也没有去过。" in lines[2]  # from the foot of one column to the head of the other
    assert [line[:2] for line in lines[1:]] == ["一、", "二、", "三、"]
    assert "— 3 —" not in text


def test_two_names_side_by_side_are_no_columns():
    body = [(72.0, 700.0 - 18 * n, "支部去年集中学习二十四次，其中有五次是念文件，讨论的时间不到") for n in range(5)]
    signed = [(72.0, 500.0 - 18 * n, words) for n, words in enumerate(("主持人：甲", "日期：三日"))]
    beside = [(300.0, 500.0 - 18 * n, words) for n, words in enumerate(("记录人：乙", "地点：活动室"))]
    lines = read_document(set_in_song(*body, *signed, *beside), "报.pdf").text.split("\n")
    assert lines[-2:] == ["主持人：甲 记录人：乙", "日期：三日 地点：活动室"]


def ledger(way: str) -> list[Placed]:
    """A ledger without rules; the cells hang from, stand on or lie about the line of their number."""
    placed: list[Placed] = [(x, 700.0, words) for x, words in zip(LEFT_OF, HEADS, strict=True)]
    top = 680.0
    for row in ROWS:
        most = max(len(cell) for cell in row)
        for x, cell in zip(LEFT_OF, row, strict=True):
            free = {"top": 0.0, "bottom": 1.0, "middle": 0.5}[way] * (most - len(cell))
            placed += [(x, top - 15 * (free + n), words) for n, words in enumerate(cell)]
        top -= 15 * most + 4
    return placed


@pytest.mark.parametrize("way", ["top", "bottom", "middle"])
def test_a_ledger_without_rules_is_a_table(way: str):
    above, below = (200.0, 740.0, "整改台账"), (72.0, 500.0, "以上情况已在支部党员大会上通报，请各位党员监督。")
    document = read_document(set_in_song(above, *ledger(way), below), "台账.pdf")
    found = [[cell.span.of(document.text) for cell in row] for row in document.tables[0].rows]
    assert found == [list(HEADS), *[["".join(cell) for cell in row] for row in ROWS]]
    assert document.text.split("\n")[0] == "整改台账"
    assert document.text.split("\n")[-1] == below[2]
    assert len(ledger_rows(document)) == len(ROWS)
    assert paragraphs_hold(document)


def test_a_page_that_begins_within_a_row_keeps_its_first_lines():
    placed = [each for each in ledger("middle") if each[1] < 700]
    document = read_document(set_in_song(*placed), "台账.pdf")
    assert [[cell.span.of(document.text) for cell in row] for row in document.tables[0].rows] == [
        ["".join(cell) for cell in row] for row in ROWS
    ]


def test_numbers_that_do_not_run_on_make_no_table():
    words = [("12", "人", "到会"), ("7", "人", "请假"), ("30", "次", "学习")]
    placed = [
        (72.0 + 90 * n, 700.0 - 18 * row, cell) for row, cells in enumerate(words) for n, cell in enumerate(cells)
    ]
    assert not read_document(set_in_song(*placed), "报.pdf").tables


def test_a_page_written_downwards_is_read_down_its_columns():
    columns = [(400.0, 700.0, "一、学习不够深入，抓得不紧。"), (376.0, 700.0, "二、作风不够扎实。")]
    text = read_document(set_in_song(*columns, way=b"V"), "竖.pdf").text
    assert text == "一、学习不够深入，抓得不紧。\n二、作风不够扎实。"


def field(kind: bytes, value: bytes, box: bytes) -> bytes:
    name = box.replace(b" ", b"-")
    return b"<< /Type /Annot /Subtype /Widget /FT /%b /T (%b) %b /Rect [%b] >>" % (kind, name, value, box)


def wide(words: str) -> bytes:
    return b"/V <FEFF%b>" % words.encode("utf-16-be").hex().encode()


def test_what_was_filled_into_a_form_stands_at_its_place():
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R 7 0 R 8 0 R 9 0 R] >> >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> "
        b"/Annots [6 0 R 7 0 R 8 0 R 9 0 R] >>",
        stream(shown((72, 700, "Branch:"), (90, 660, "was told"), (72, 640, "Problems:"))),
        field(b"Tx", wide("城东支部"), b"120 695 300 715"),
        field(b"Btn", b"/V /Yes /AS /Yes", b"74 658 86 670"),
        field(b"Tx", wide("一是学习不够。\r二是服务不够。") + b" /Ff 4096", b"72 560 500 620"),
        field(b"Tx", wide("不显示") + b" /F 2", b"72 500 500 520"),
    ]
    text = read_document(raw(objects), "表.pdf").text
    assert text == "Branch:城东支部\n☑ was told\nProblems:\n一是学习不够。\n二是服务不够。"


def test_a_turned_page_is_read_as_it_is_seen():
    content = b"BT " + b" ".join(
        b"/F1 12 Tf 0 1 -1 0 %d 100 Tm (%b) Tj" % (x, words) for x, words in ((100, b"First"), (120, b"Second"))
    )
    assert read_document(pages_of([content + b" ET"]), "a.pdf").text == "First\nSecond"


def test_footnotes_stand_behind_the_text_and_not_inside_its_sentences():
    body = [(72.0, 700.0 - 18 * n, "支部去年集中学习二十四次，其中有五次是念文件，讨论的时间不到") for n in range(6)]
    notes = [(72.0, 120.0, "①见支部学习记录本。", 9.0), (72.0, 106.0, "②含补课。", 9.0)]
    mark, area = (420.0, 705.0, "①", 7.0), (420.0, 687.0, "2", 7.0)
    document = read_document(set_in_song(*body, mark, area, *notes, (290.0, 50.0, "— 1 —")), "报.pdf")
    assert document.text.count("①") == 1
    assert "不到2支部" in document.text  # raised, but no note
    assert document.text.split("\n")[-2:] == ["①见支部学习记录本。", "②含补课。"]
    assert [piece.origin for piece in document.pieces if piece.origin is Origin.NOTE]
    assert paragraphs_hold(document)


def test_small_print_without_a_mark_is_text():
    lines = [(72.0, 700.0, "支部去年集中学习二十四次，其中有五次是念文件。"), (72.0, 680.0, "城东支部，三月一日", 9.0)]
    document = read_document(set_in_song(*lines), "报.pdf")
    assert all(piece.origin is not Origin.NOTE for piece in document.pieces)


def test_a_line_that_had_no_room_for_a_figure_kept_with_its_comma_goes_on():
    lines = [
        "支部去年集中学习二十四次，其中有五次是念文件，讨论的时间",
        "不到一刻钟，没有发言的党员有三名，会后补了学习记录",
        "栏，12月抽查六次，没有再发现补记的，党员们也都知道。",
    ]
    placed = [(72.0, 700.0 - 18 * n, line) for n, line in enumerate([*lines[:1] * 4, *lines])]
    text = read_document(set_in_song(*placed), "报.pdf").text
    assert "学习记录栏，12月抽查" in text


def page_of(number: int, left: int, width: int, count: int, size: float = 12) -> list[Line]:
    """Paragraphs of two full lines and a short one on a page, ``width`` characters wide, the first line indented."""
    made = (("起", 2, width), ("承", 0, width), ("终", 0, width // 3)) * count
    return [
        Line(mark * (end - begin), left + begin * size, left + end * size, 800 - 20 * n, size, number)
        for n, (mark, begin, end) in enumerate(made)
    ]


def test_a_section_with_margins_of_its_own_is_as_wide_as_its_own_lines():
    """A form behind a paper is often set narrower; its lines are full though they end before those of the paper."""
    lines = [line for n in range(4) for line in page_of(n, 85, 36, 4)]
    lines += [line for n in (4, 5) for line in page_of(n, 113, 31, 4)]
    found = paragraphs(lines, setting_of(lines, [Side(0, 595)] * 6))
    assert found == ["起" * 34 + "承" * 36 + "终" * 12] * 16 + ["起" * 29 + "承" * 31 + "终" * 10] * 8


def test_a_page_in_larger_type_has_its_own_edges():
    lines = [line for n in range(4) for line in page_of(n, 85, 36, 4)] + page_of(4, 99, 25, 4, 15)
    found = paragraphs(lines, setting_of(lines, [Side(0, 595)] * 5))
    assert found[16:] == ["起" * 23 + "承" * 25 + "终" * 8] * 4


def test_marks_that_hang_over_the_edge_do_not_move_it():
    """Word may let a comma stand beyond the edge; the other lines of such a section are full all the same."""
    lines = [line for n in range(4) for line in page_of(n, 85, 38, 4)]
    form = [line for n in (4, 5) for line in page_of(n, 113, 31, 4)]
    form = [replace(line, x1=line.x1 + 12) if n in (4, 13) else line for n, line in enumerate(form)]
    found = paragraphs([*lines, *form], setting_of([*lines, *form], [Side(0, 595)] * 6))
    assert found[16:] == ["起" * 29 + "承" * 31 + "终" * 10] * 8


def test_names_in_a_list_on_a_page_of_their_own_stay_apart():
    lines = [line for n in range(4) for line in page_of(n, 85, 36, 4)]
    names = [Line("某镇党支部", 113, 173, 800 - 20 * n, 12, 4) for n in range(12)]
    found = paragraphs([*lines, *names], setting_of([*lines, *names], [Side(0, 595)] * 5))
    assert found[16:] == ["某镇党支部"] * 12


def test_an_item_that_hangs_by_as_much_as_paragraphs_are_indented_is_one():
    lines = [line for n in range(4) for line in page_of(n, 85, 36, 4)]
    item = [
        Line("1. " + "起" * 34, 85, 517, 500, 12, 3),
        *(Line("承" * 34, 109, 517, 500 - 20 * n, 12, 3) for n in (1, 2)),
    ]
    after = [Line("承" * 33 + "。", 109, 517, 440, 12, 3), Line("另" * 30, 109, 469, 420, 12, 3)]
    found = paragraphs([*lines, *item, *after], setting_of([*lines, *item, *after], [Side(0, 595)] * 4))
    assert found[16:] == ["1. " + "起" * 34 + "承" * 101 + "。", "另" * 30]


def test_the_background_of_the_paper_is_no_table():
    """Some programs paint a page in tiles from edge to edge; a table between its own lines stays one."""
    tiles = ruled((0, 842, 595, 842), (0, 392, 595, 392), (0, 0, 595, 0), (0, 0, 0, 842), (595, 0, 595, 842))
    table = ruled(*[(50, y, 350, y) for y in (600, 570, 540)], *[(x, 540, x, 600) for x in (50, 150, 350)])
    words = shown(
        (60, 700, "above"), (60, 580, "a"), (160, 580, "b"), (60, 550, "c"), (160, 550, "d"), (60, 300, "below")
    )
    document = read_document(pages_of([b" ".join((tiles, table, words))]), "表.pdf")
    assert document.text == "above\na\tb\nc\td\nbelow"
    assert len(document.tables) == 1


def ruled(*lines: tuple[int, int, int, int]) -> bytes:
    return b" ".join(b"%d %d m %d %d l S" % line for line in lines)


def test_a_bullet_of_a_sign_typeface_is_read_and_the_code_of_a_formula_is_not():
    def lines(*texts: str) -> list[str]:
        return [line.text for line in with_bullets([Line(text, 85, 400, 700, 12, 0) for text in texts])]

    assert lines("\uf06c学习", "\uf0d8 查摆") == ["●学习", "➢ 查摆"]
    assert lines("\uf06c是波长", "其中\uf06c为常数") == ["\uf06c是波长", "其中\uf06c为常数"]
    assert lines(*["\uf0b2学习"] * 3) == ["•学习"] * 3
    assert lines("\uf0b2学习", "\uf0d8", "\uf0d8=1") == ["\uf0b2学习", "\uf0d8", "\uf0d8=1"]


@pytest.mark.parametrize(
    ("further", "room", "wanted"), [("“立”在", 2.2, 1), ("“立”在", 4.5, 2), ("立在", 1.2, 1), ("立在", 1.5, 2)]
)
def test_a_mark_that_opens_takes_its_word_with_it_to_the_next_line(further: str, room: float, wanted: int):
    """The line before broke off early if the mark and the character behind it, and what closes it, would have fitted."""
    lines = [line for n in range(4) for line in page_of(n, 85, 36, 4)]
    cut = [Line("承" * 30, 85, 517 - 12 * room, 500, 12, 3), Line(further, 85, 85 + 12 * len(further), 480, 12, 3)]
    found = paragraphs([*lines, *cut], setting_of([*lines, *cut], [Side(0, 595)] * 4))
    assert len(found) - 16 == wanted
