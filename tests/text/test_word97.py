"""The .doc of Word 97–2003: what stands on paper is read, in the order of the contract, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from struct import pack

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.text.doc_maker import (
    DELETED,
    HIDDEN,
    IN_TABLE,
    Doc,
    Piece,
    compound,
    doc_of,
    grpprl,
    level,
    named_typefaces,
    one_list,
    row_edges,
    table,
)  # fmt: skip
from tests.text.makers import reason_of

from bihuan_text import Unreadable, read_document
from bihuan_text.document import Origin

PAPER = "支部情况报告\r\r一、查摆的问题\r一是学习不深。\t二是服务不够。\r"


def read(doc: Doc) -> str:
    return read_document(doc.bytes(), "材料.doc").text


def test_paragraphs_are_lines():
    document = read_document(doc_of(PAPER).bytes(), "材料.doc")
    assert document.text == PAPER.replace("\r", "\n")[:-1]
    assert [s.of(document.text) for s in document.paragraphs] == PAPER.split("\r")[:-1]
    assert document.form == "doc"


@pytest.mark.parametrize("shuffled", [False, True])
def test_pieces_of_one_and_of_two_bytes_join_wherever_they_lie(*, shuffled: bool):
    pieces = [Piece("支部"), Piece("ABC “x”", narrow=True), Piece("报告😀终\r"), Piece("end\r", narrow=True)]
    assert read(Doc(pieces, shuffled=shuffled)) == "支部ABC “x”报告😀终\nend"


def test_cells_by_tabs_and_rows_by_lines_with_their_grid():
    text, said = table(["问题", "措施"], ["学习\r不深", ""], edges=[[0, 900, 2000], [0, 900, 2000]])
    document = read_document(doc_of(text + "完\r", paragraphs=said).bytes(), "台账.doc")
    assert document.text == "问题\t措施\n学习\n不深\t\n完"
    rows = document.tables[0].rows
    assert [[c.span.of(document.text) for c in row] for row in rows] == [["问题", "措施"], ["学习\n不深", ""]]
    assert [[c.column for c in row] for row in rows] == [[0, 1], [0, 1]]
    origins = {piece.origin for piece in document.pieces if piece.end <= rows[-1][-1].span.end}
    assert origins == {Origin.CELL}


def test_a_cell_over_two_columns_or_rows_is_known_by_its_edges():
    text, said = table(["甲", "乙"], ["丙"], ["丁", "戊"], edges=[[0, 900, 2000], [0, 2000], [0, 905, 2000]])
    said[-1][2][-1] = row_edges([0, 905, 2000], merged=[0])
    document = read_document(doc_of(text + "\r", paragraphs=said).bytes(), "台账.doc")
    rows = document.tables[0].rows
    assert [[c.column for c in row] for row in rows] == [[0, 1], [0], [0, 1]]
    assert [[c.continues for c in row] for row in rows] == [[False, False], [False], [True, False]]


def test_a_table_inside_a_cell():
    inner, inner_end = (
        [IN_TABLE, (0x6649, pack("<I", 2)), (0x244B, b"\1")],
        [IN_TABLE, (0x6649, pack("<I", 2)), (0x244C, b"\1")],
    )
    text = "甲\r乙\r\r外\x07\x07"
    said = [(0, 2, inner), (2, 4, inner), (4, 5, inner_end), (5, 7, [IN_TABLE]), (7, 8, [IN_TABLE, (0x2417, b"\1")])]
    assert read(doc_of(text + "完\r", paragraphs=said)) == "甲\t乙\n外\n完"


def test_of_fields_only_the_result_is_read():
    text = '见\x13 HYPERLINK "http://a" \x14网页\x15。\x13 PAGE \x15\x13 REF \x13 a \x14b\x15 \x14结果\x15完\r'
    assert read(doc_of(text)) == "见网页。结果完"


@pytest.mark.parametrize(("field", "told"), [(" FORMCHECKBOX ", True), (" FORMDROPDOWN ", True), (" FORMTEXT ", False)])
def test_a_form_whose_boxes_are_not_read_is_told(field: str, told: bool):
    document = read_document(doc_of(f"同意\x13{field}\x14\x15\r").bytes(), "甲.doc")
    assert document.text == "同意"
    assert any("勾选框" in remark for remark in document.remarks) is told


def test_a_field_over_paragraphs_and_one_that_never_ends():
    assert read(doc_of("\x13 TOC \x14一、\r二、\x15\r正文\r")) == "一、\n二、\n正文"
    assert read(doc_of("头\x13 PAGE\r正文\r")) == "头\n正文"


def test_a_formula_draws_what_its_instruction_says():
    text = "\x13 eq \\o\\ac(○,3)\x15作风方面，占\x13 EQ \\f(2,3) \x15。\x13 IF \x13 eq \\f(1,2) \x15 \x14是\x15\r"
    assert read(doc_of(text)) == "③作风方面，占2/3。是"


def test_fields_without_end_by_the_thousand_are_read_in_their_time():
    assert read(doc_of("甲\x13乙\r" * 60_000)) == "\n".join("甲" * 60_000)


def test_boxes_and_notes_follow_the_body_and_headers_and_remarks_do_not():
    body, note, header, remark, end, box = "正文\x02。\r", "\x02 脚注\r", "页眉\r", "批注\r", "尾注\r", "框\r"
    lengths = (len(body), len(note), len(header), 0, len(remark), len(end), len(box))
    document = read_document(
        doc_of(body + note + header + remark + end + box + "\r", lengths=lengths).bytes(), "甲.doc"
    )
    assert document.text == "正文。\n框\n 脚注\n尾注"
    assert [piece.origin for piece in document.pieces] == [Origin.LITERAL, Origin.BOX, Origin.NOTE, Origin.NOTE]


def test_deleted_and_hidden_text_stays_out_and_a_deleted_line_end_joins():
    text = "支部删去会议\r隐藏\r终\r"
    runs = [(2, 4, [DELETED]), (6, 7, [DELETED]), (7, 9, [HIDDEN])]
    assert read(doc_of(text, runs=runs)) == "支部会议\n终"


def test_a_deletion_told_by_the_piece_alone():
    deleted = 0x41 << 1 | 1 << 8
    assert read(Doc([Piece("留"), Piece("去", prm=deleted), Piece("下\r")])) == "留下"
    whole = Doc([Piece("留"), Piece("去", prm=1), Piece("下\r")], properties=[grpprl([DELETED])])
    assert read(whole) == "留下"


def test_numbers_that_word_makes_are_in_the_text():
    said = [
        (0, 3, [(0x460B, pack("<H", 1))]),
        (3, 6, [(0x460B, pack("<H", 1)), (0x260A, b"\1")]),
        (6, 9, [(0x460B, pack("<H", 1))]),
    ]
    lists = one_list([level("\x00、", 39), level("（\x01）", 39)])
    document = read_document(doc_of("问题\r学习\r措施\r", paragraphs=said, **lists).bytes(), "甲.doc")
    assert document.text == "一、问题\n（一）学习\n二、措施"
    assert [p.origin for p in document.pieces][:2] == [Origin.NUMBER, Origin.LITERAL]


def test_a_kind_of_number_that_is_not_read_is_remarked():
    document = read_document(doc_of("问题\r", paragraphs=[(0, 3, [(0x460B, pack("<H", 2047))])]).bytes(), "甲.doc")
    assert "编号" in document.remarks[0]


def test_signs_and_special_characters():
    text = "选(项\x1e甲\x1f乙\x0b丙\x0c丁\r"
    runs = [(1, 2, [(0x6A09, pack("<HH", 0, 0xF0FE))])]
    assert read(doc_of(text, runs=runs, paragraphs=[(0, 12, [])])) == "选☑项-甲乙\n丙\n丁"


def test_signs_are_told_by_the_typeface_of_their_run():
    typefaces = named_typefaces("宋体", "Symbol", "Wingdings")
    text = "甲((\uf0b3\uf081\uf081\r"
    runs = [(1, 2, [(0x6A09, pack("<HH", 1, 0xF0A8))]), (2, 3, [(0x6A09, pack("<HH", 2, 0xF0A8))])]
    runs += [(n, n + 1, [(0x4A4F, pack("<H", face))]) for n, face in ((3, 1), (4, 2), (5, 0))]
    assert read(doc_of(text, runs=runs, typefaces=typefaces)) == "甲♦□≥①\uf081"


@pytest.mark.parametrize("cut", range(0, 90, 7))
def test_a_table_of_typefaces_that_breaks_off_does_no_harm(cut: int):
    run = (0, 1, [(0x6A09, pack("<HH", 1, 0xF0FE))])
    assert read(doc_of("(项\r", runs=[run], typefaces=named_typefaces("宋体", "Wingdings")[:cut])) == "☑项"


def test_a_hidden_paragraph_counts_on_in_its_list_and_a_deleted_one_does_not():
    said = [(n, n + 2, [(0x460B, pack("<H", 1))]) for n in (0, 3, 5)] + [(2, 3, [(0x460B, pack("<H", 1))])]
    lists = one_list([level("\x00、", 39)])
    hidden = doc_of("甲\r\r乙\r丙\r", paragraphs=sorted(said), runs=[(2, 3, [HIDDEN])], **lists)
    deleted = doc_of("甲\r\r乙\r丙\r", paragraphs=sorted(said), runs=[(2, 3, [DELETED])], **lists)
    assert read(hidden) == "一、甲\n三、乙\n四、丙"
    assert read(deleted) == "一、甲\n二、乙\n三、丙"


REFUSED = {
    "password": (doc_of(PAPER, flags=0x0300).bytes(), "打开密码"),
    "no tables": (doc_of(PAPER).bytes().replace("1Table".encode("utf-16-le"), "2Table".encode("utf-16-le")), "损坏"),
    "another head": (compound({"WordDocument": bytes(5000)}), "损坏"),
    "a table outside the file": (doc_of(PAPER).bytes().replace(b"\2\x10\0\0\0", b"\2\x10\0\0\xff"), "损坏"),
    "nothing but a head": (compound({"WordDocument": b"\xec\xa5\xc1\0"}), "损坏"),
    "a sheet": (compound({"Workbook": b"x"}), "表格"),
    "locked": (compound({"EncryptedPackage": b"x"}), "打开密码"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_one_sentence(name: str):
    data, words = REFUSED[name]
    with pytest.raises(Unreadable) as refused:
        read_document(data, "甲.doc")
    assert words in refused.value.reason_zh
    assert refused.value.reason_zh.count("。") == 1


def test_a_circle_of_sectors_ends():
    data = bytearray(doc_of(PAPER).bytes())
    fat = 512 * (int.from_bytes(data[76:80], "little") + 1)
    data[fat : fat + 4] = pack("<I", 0)
    assert reason_of(bytes(data), "甲.doc").endswith("。")


def test_a_word_before_97_is_refused_where_nothing_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unreadable, match="Word 97 以前"):
        read_document(doc_of(PAPER, magic=0xA5DC, version=104).bytes(), "甲.doc")


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_a_program_beside_is_ended_with_its_children_and_leaves_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    from bihuan_text.readers import outside

    left = tmp_path / "left"
    left.mkdir()
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n/bin/sleep 60 &\necho $! > " + str(tmp_path / "child") + "\necho noise >&2\nwait\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(left))
    monkeypatch.setattr(outside, "_SECONDS", 4.0)
    assert outside.converted(b"x") is None
    assert not list(left.iterdir())
    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_a_folder_that_is_still_written_into_is_removed_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    from bihuan_text.readers import outside

    left = tmp_path / "left"
    left.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(left))
    real, refusals = outside.shutil.rmtree, iter([True, True])

    def busy(path: Path, *, ignore_errors: bool) -> None:
        if not next(refusals, False):
            real(path, ignore_errors=ignore_errors)

    monkeypatch.setattr(outside.shutil, "rmtree", busy)
    monkeypatch.setattr(outside, "_by_libreoffice", lambda folder: None)
    monkeypatch.setattr(outside, "_by_antiword", lambda folder: "甲")
    assert outside.converted(b"x") == ("antiword", "甲")
    assert not list(left.iterdir())


needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: no .doc of its making was read"
)


@needs_office
def test_what_libreoffice_writes_reads_as_the_docx_it_came_from(tmp_path: Path):
    made = docx.Document()
    for line in ("支部情况报告", "一、查摆的问题", "一是学习不深。😀", ""):
        made.add_paragraph(line)
    for line in ("自动编号甲", "自动编号乙"):
        made.add_paragraph(line, style="List Number")
    table = made.add_table(2, 2)
    for n, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = f"第{n}格\n第二行"
    made.add_paragraph("完")
    source = tmp_path / "a.docx"
    made.save(str(source))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    read = read_document((tmp_path / "a.doc").read_bytes(), "a.doc")
    wanted = read_document(source.read_bytes(), "a.docx")
    assert read.text == wanted.text
    assert "1.自动编号甲" in read.text
    assert [len(t.rows) for t in read.tables] == [2]


GOOD = Doc(
    [Piece("支部ABC"), Piece("一、问题\r学\x07习\x07\x07", prm=0), Piece("end\r", narrow=True)],
    paragraphs=[(10, 12, [IN_TABLE]), (12, 14, [IN_TABLE]), (14, 15, [IN_TABLE, (0x2417, b"\1"), row_edges([0, 5, 9])])],
    runs=[(0, 2, [DELETED])], **one_list([level("\x00、", 39)]),
).bytes()  # fmt: skip
USED = [n for n, byte in enumerate(GOOD) if byte]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(USED), st.integers(0, 255)), max_size=6), st.integers(0, 3000))
def test_changed_bytes_give_a_value_or_a_refusal(changes: list[tuple[int, int]], cut: int):
    data = bytearray(GOOD)
    for at, byte in changes:
        data[at] = byte
    assert reason_of(bytes(data[: len(data) - cut]), "甲.doc").endswith("。")


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=800), st.integers(0, 80))
def test_any_bytes_behind_the_mark_give_a_value_or_a_refusal(data: bytes, keep: int):
    assert reason_of(GOOD[: 8 + keep] + data, "甲.doc").endswith("。")


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), min_size=1, max_size=8),
    st.lists(st.integers(1, 40), max_size=5), st.booleans(),
)  # fmt: skip
def test_any_text_comes_back_from_any_cut_into_pieces(lines: list[str], cuts: list[int], shuffled: bool):
    whole = "".join(line + "\r" for line in lines)
    pieces, at = [], 0
    for cut in cuts:
        pieces.append(Piece(whole[at : at + cut]))
        at += cut
    doc = Doc([p for p in [*pieces, Piece(whole[at:])] if p.text], shuffled=shuffled)
    if whole.strip():
        assert read(doc) == "\n".join(lines)
