"""A .docx edited elsewhere comes back: what is offered, which figures stay the record's, what is left alone."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path

import pytest

from bihuan.report.annexes import ANNEXES
from bihuan.report.body import read_body
from bihuan.report.content import content_of
from bihuan.report.models import Draft
from bihuan.report.paper import docx_of, paper_of, paper_of_snapshot
from bihuan.report.readback import Outcome, What, compare
from bihuan.report.readback.figures import Held, Value, restore
from bihuan_text import read_document
from bihuan_text.gbt9704 import Paper, Paragraph, Text, title_of
from tests.cast import DAY, Cast
from tests.report.edited import (
    Node,
    W,
    controls_around,
    delete_control,
    drop_marks,
    edit,
    flatten,
    inserted_controls,
    new_paragraph,
    paragraph,
    say,
    smart_tags,
    split_runs,
    text_of,
    through_libreoffice,
    tracked,
)
from tests.report.test_annexes import choose
from tests.report.test_deciding import ready
from tests.report.test_writing import draft_again, first_of, write

Shape = Callable[[Node], None]
SHAPES: dict[str, tuple[Shape, ...]] = {
    "as we wrote it": (),
    "split runs": (split_runs,),
    "controls lost": (flatten,),
    "bookmarks lost": (drop_marks,),
    "both lost, runs split": (flatten, drop_marks, split_runs),
    "smart tags": (smart_tags, split_runs),
    "controls inserted": (inserted_controls, split_runs),
    "controls around everything": (controls_around, split_runs),
}


@pytest.fixture
def written(cast: Cast) -> tuple[Draft, bytes]:
    """A report whose paragraphs differ, and its file."""
    year, draft = ready(cast)
    for number, (_, each) in enumerate(read_body(draft.body).paragraphs()):
        if "支部照样例" in each.text:
            write(draft, each, f"样例工作第{'甲乙丙丁戊己'[number % 6]}项，支部按计划安排并且逐项检查落实。" * 2, year)
    draft = draft_again(draft)
    return draft, docx_of(paper_of(content_of(draft, DAY)))


def back(draft: Draft, data: bytes) -> Outcome:
    return compare(content_of(draft_again(draft), DAY), read_document(data, "改回.docx"))


def all_of(*steps: Shape) -> Shape:
    def change(body: Node) -> None:
        for step in steps:
            step(body)

    return change


@pytest.mark.parametrize("shape", SHAPES)
def test_a_file_that_nobody_edited_brings_nothing(written: tuple[Draft, bytes], shape: str) -> None:
    draft, data = written
    assert back(draft, edit(data, all_of(*SHAPES[shape]))) == Outcome((), (), ())


@pytest.mark.parametrize("shape", SHAPES)
def test_changed_words_are_offered_with_the_figures_by_name(written: tuple[Draft, bytes], shape: str) -> None:
    draft, data = written
    changed = back(draft, edit(data, all_of(lambda body: say(body, "主持，应到", "来主持，到会应有"), *SHAPES[shape])))
    old = first_of(draft, "meeting")
    assert [(c.what, c.paragraph, c.new) for c in changed.changes] == [
        (What.REWORDED, old.id, old.text.replace("主持，应到", "来主持，到会应有"))
    ]
    assert "{{应到}}" in changed.changes[0].new
    assert changed.figures == ()


@pytest.mark.parametrize("shape", SHAPES)
def test_a_changed_figure_is_refused_and_named(written: tuple[Draft, bytes], shape: str) -> None:
    draft, data = written

    def change(body: Node) -> None:
        for control in body.iter(W + "sdt"):
            tag = control.find(f"{W}sdtPr/{W}tag")
            if tag is not None and tag.get(W + "val") == "fact:应到":
                next(control.iter(W + "t")).text = "17"

    brought = back(draft, edit(data, all_of(change, *SHAPES[shape])))
    assert [(f.label, f.value, f.written) for f in brought.figures] == [("应到党员", "7", "17")]
    assert brought.changes == ()


def test_a_changed_figure_beside_changed_words_keeps_the_words(written: tuple[Draft, bytes]) -> None:
    draft, data = written
    flat = edit(data, flatten)

    def change(body: Node) -> None:
        held = paragraph(body, "会议由")
        whole = text_of(held).replace("应到党员7名", "应到会党员9名")
        for run in list(held.iter(W + "r")):
            run.getparent().remove(run)
        held.append(new_paragraph(whole).find(W + "r"))

    (changed,) = back(draft, edit(flat, change)).changes
    assert "应到会党员{{应到}}名" in changed.new
    assert [(f.label, f.value, f.written) for f in changed.figures] == [("应到党员", "7", "9")]


def test_tracked_changes_count_as_what_would_be_printed(written: tuple[Draft, bytes]) -> None:
    draft, data = written
    (changed,) = back(draft, edit(data, lambda body: tracked(body, "会议由", "主持，应到", "召集，应到"))).changes
    assert "召集，应到党员{{应到}}名" in changed.new


def test_a_control_deleted_with_changes_tracked_and_typed_over_is_a_changed_figure(
    written: tuple[Draft, bytes],
) -> None:
    draft, data = written
    brought = back(draft, edit(data, lambda body: delete_control(body, "应到", "17")))
    assert [(f.label, f.value, f.written) for f in brought.figures] == [("应到党员", "7", "17")]
    assert brought.changes == ()


def test_a_control_deleted_without_a_word_in_its_place_is_a_change_of_words(written: tuple[Draft, bytes]) -> None:
    draft, data = written
    (changed,) = back(draft, edit(data, lambda body: delete_control(body, "应到"))).changes
    assert changed.new == first_of(draft, "meeting").text.replace("{{应到}}", "")


@pytest.mark.parametrize("shape", SHAPES)
def test_new_paragraphs_are_offered_in_their_place(written: tuple[Draft, bytes], shape: str) -> None:
    draft, data = written
    before = first_of(draft, "meeting")
    change = lambda body: paragraph(body, "会议由").addnext(new_paragraph("会上逐人开展批评，当场回应。"))  # noqa: E731
    brought = back(draft, edit(data, all_of(change, *SHAPES[shape])))
    assert [(c.what, c.section, c.after, c.new) for c in brought.changes] == [
        (What.ADDED, "meeting", before.id, "会上逐人开展批评，当场回应。")
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_paragraph_that_is_gone_is_asked_about(written: tuple[Draft, bytes], shape: str) -> None:
    draft, data = written
    held = first_of(draft, "talks")

    def change(body: Node) -> None:
        gone = paragraph(body, "开展谈心谈话")
        gone.getparent().remove(gone)

    brought = back(draft, edit(data, all_of(change, *SHAPES[shape])))
    assert [(c.what, c.paragraph) for c in brought.changes] == [(What.GONE, held.id)]


def test_a_renamed_heading_is_offered_without_its_ordinal(written: tuple[Draft, bytes]) -> None:
    draft, data = written
    (changed,) = back(draft, edit(data, lambda body: say(body, "前期准备", "会前准备情况"))).changes
    assert (changed.what, changed.section, changed.old, changed.new) == (
        What.RENAMED, "before", "前期准备", "会前准备情况",
    )  # fmt: skip


def test_lists_follow_the_ledger(written: tuple[Draft, bytes]) -> None:
    draft, data = written

    def change(body: Node) -> None:
        for control in body.iter(W + "sdt"):
            if control.find(f"{W}sdtPr/{W}tag").get(W + "val").startswith("fact:term."):
                next(control.iter(W + "t")).text = "2027年1月1日"
                return

    brought = back(draft, edit(data, change))
    assert brought.changes == ()
    assert [(f.label, f.value, f.written) for f in brought.figures] == [("完成时限", "2026年6月30日", "2027年1月1日")]
    assert brought.notes == ("“措施清单”里有1处和台账不一样，没有收。清单照台账排，要改请到台账里改。",)


def test_title_and_signature_are_told_and_left_alone(written: tuple[Draft, bytes]) -> None:
    draft, data = written
    brought = back(draft, edit(data, lambda body: say(body, "样例镇", "别的镇")))
    assert brought.changes == ()
    assert len(brought.notes) == 1
    assert "请在报告里另改" in brought.notes[0]


def test_another_paper_is_told_apart(written: tuple[Draft, bytes]) -> None:
    draft, _ = written
    brought = back(draft, docx_of(Paper(title_of("别的材料"), (Paragraph((Text("和这份报告没有一句相同。"),)),))))
    assert brought.changes == ()
    assert "选错了文件" in brought.notes[0]


def test_a_paragraph_changed_here_meanwhile_says_so(cast: Cast, written: tuple[Draft, bytes]) -> None:
    from tests.report.year import Year

    draft, data = written
    held = first_of(draft, "meeting")
    write(draft, held, held.text.replace("会上提出", "会上共提出"), Year(cast, draft.cycle))
    (changed,) = back(draft, data).changes
    assert changed.moved_on
    assert changed.seen == held.version + 1


def test_the_approved_file_comes_back_too(written: tuple[Draft, bytes]) -> None:
    draft, _ = written
    approved = docx_of(paper_of_snapshot(content_of(draft, DAY).snapshot()))
    assert back(draft, approved) == Outcome((), (), ())


def test_attachments_and_their_names_do_not_come_back_as_text(cast: Cast) -> None:
    year, draft = ready(cast)
    draft = choose(year, draft, "整改台账", "问题清单")
    assert back(draft, docx_of(paper_of(content_of(draft, DAY)))) == Outcome((), (), ())


# --- attachments -----------------------------------------------------------------------------------------------------
LEDGER, LIST = "整改台账", "问题清单"


@pytest.fixture
def attached(cast: Cast) -> tuple[Draft, bytes]:
    """A report with every attachment that records make, and its file."""
    year, draft = ready(cast)
    draft = choose(year, draft, *ANNEXES)
    return draft, docx_of(paper_of(content_of(draft, DAY)))


def cell(body: Node, title: str, row: int, head: str) -> Node:
    """A cell of an attachment: its row from 1 below the heads, and the head of its column."""
    for table in body.iter(W + "tbl"):
        rows = list(table.iter(W + "tr"))
        heads = [text_of(each) for each in rows[0].iter(W + "tc")]
        if heads == list(ANNEXES[title].header):
            return list(rows[row].iter(W + "tc"))[heads.index(head)]
    raise AssertionError(f"no table of {title}")


def say_in(node: Node, words: str) -> None:
    first, *others = list(node.iter(W + "t"))
    first.text = words
    for other in others:
        other.text = ""


@pytest.mark.parametrize("shape", SHAPES)
def test_attachments_that_nobody_edited_bring_nothing(attached: tuple[Draft, bytes], shape: str) -> None:
    draft, data = attached
    assert back(draft, edit(data, all_of(*SHAPES[shape]))) == Outcome((), (), ())


@pytest.mark.parametrize("shape", SHAPES)
def test_a_changed_figure_in_an_attachment_is_refused_and_named(attached: tuple[Draft, bytes], shape: str) -> None:
    draft, data = attached

    def change(body: Node) -> None:
        say_in(cell(body, LEDGER, 1, "时限"), "2027年1月1日")
        say_in(cell(body, "民主评议情况汇总", 2, "人数"), "9")

    brought = back(draft, edit(data, all_of(change, *SHAPES[shape])))
    excellent = content_of(draft, DAY).facts["优秀"].value
    assert excellent not in ("", "9")
    assert [(f.label, f.value, f.written) for f in brought.figures] == [
        (f"{LEDGER}第1行的时限", "2026年6月30日", "2027年1月1日"), ("民主评议情况汇总第2行的人数", excellent, "9"),
    ]  # fmt: skip
    assert (brought.changes, brought.notes) == ((), ())


@pytest.mark.parametrize("shape", SHAPES)
def test_changed_words_in_an_attachment_are_quoted_and_left_to_the_ledger(
    attached: tuple[Draft, bytes], shape: str
) -> None:
    draft, data = attached
    was = content_of(draft, DAY).annexes[0].lines[0][2]
    change = lambda body: say_in(cell(body, LIST, 1, "具体问题"), "换过的话。")  # noqa: E731
    brought = back(draft, edit(data, all_of(change, *SHAPES[shape])))
    assert (brought.changes, brought.figures) == ((), ())
    (note,) = brought.notes
    assert note.startswith(f"“{LIST}第1行的具体问题”在文件里是“换过的话。”，记录里是“{was[:20]}")
    assert note.endswith("没有收。附件由台账生成，请在台账里改。")


def test_rows_and_tables_that_went_or_came_are_told(attached: tuple[Draft, bytes]) -> None:
    draft, data = attached

    def change(body: Node) -> None:
        gone = next(cell(body, LEDGER, 1, "时限").iterancestors(W + "tr"))
        more = copy.deepcopy(gone)
        gone.getparent().remove(gone)
        for each in more.iter(W + "tc"):
            say_in(each, "另加")
        next(cell(body, LIST, 1, "编号").iterancestors(W + "tr")).addnext(more)
        table = next(cell(body, "组织生活会登记表", 1, "项目").iterancestors(W + "tbl"))
        table.getparent().remove(table)

    notes = back(draft, edit(data, change)).notes
    assert [note.partition("，")[0] for note in notes] == [
        "“问题清单”里多了一行“另加 另加 另加 另加 另加 另加”",
        "“整改台账”的第1行在文件里没有了",
        "附件“组织生活会登记表”的表在文件里没有了",
    ]
    assert notes[2].endswith("附件由会议登记生成，请在会议登记里改。")


def test_a_renamed_attachment_is_told(attached: tuple[Draft, bytes]) -> None:
    draft, data = attached

    def change(body: Node) -> None:
        title = [each for each in body.iter(W + "p") if text_of(each) == LEDGER][-1]
        say_in(title, "我们的台账表格")

    (note,) = back(draft, edit(data, change)).notes
    assert note.startswith(f"“{LEDGER}”在文件里不一样了，没有收。")


@pytest.mark.parametrize("way", [("docx:MS Word 2007 XML",), ("odt", "docx:MS Word 2007 XML")])
def test_attachments_through_libreoffice(attached: tuple[Draft, bytes], way: tuple[str, ...], tmp_path: Path) -> None:
    draft, data = attached
    saved = data
    for number, form in enumerate(way):
        (tmp_path / str(number)).mkdir()
        saved = through_libreoffice(saved, tmp_path / str(number), form)
    assert back(draft, saved) == Outcome((), (), ())

    def change(body: Node) -> None:
        say_in(cell(body, LEDGER, 1, "时限"), "2027年1月1日")
        say_in(cell(body, LIST, 1, "具体问题"), "换过的话。")
        say(body, "主持，应到", "来主持，到会应有")

    brought = back(draft, edit(saved, change))
    assert [(f.label, f.written) for f in brought.figures] == [(f"{LEDGER}第1行的时限", "2027年1月1日")]
    assert len(brought.notes) == 1
    assert [c.new for c in brought.changes] == [
        first_of(draft, "meeting").text.replace("主持，应到", "来主持，到会应有")
    ]


def test_through_libreoffice(written: tuple[Draft, bytes], tmp_path: Path) -> None:
    draft, data = written
    same, other = tmp_path / "same", tmp_path / "other"
    same.mkdir()
    other.mkdir()
    assert back(draft, through_libreoffice(data, same)) == Outcome((), (), ())
    old = first_of(draft, "meeting")

    def change(body: Node) -> None:
        say(body, "主持，应到", "来主持，到会应有")
        paragraph(body, "会议由").addnext(new_paragraph("会上逐人开展批评，当场回应。"))
        gone = paragraph(body, "开展谈心谈话")
        gone.getparent().remove(gone)

    brought = back(draft, through_libreoffice(edit(data, change), other))
    assert [(c.what, c.paragraph or c.after) for c in brought.changes] == [
        (What.GONE, first_of(draft, "talks").id), (What.REWORDED, old.id), (What.ADDED, old.id),
    ]  # fmt: skip
    assert brought.changes[1].new == old.text.replace("主持，应到", "来主持，到会应有")
    assert (brought.figures, brought.notes) == ((), ())


VALUES = {"应到": Value("应到党员", "7"), "地点": Value("地点", "样例会议室")}


@pytest.mark.parametrize(
    ("new", "kept", "figures"),
    [
        ("应到7名。", "应到{{应到}}名。", []),
        ("应到17名。", "应到{{应到}}名。", ["17"]),
        ("应到70名。", "应到{{应到}}名。", ["70"]),
        ("应到七名。", "应到{{应到}}名。", ["七"]),
        ("全部到齐。", "全部到齐。", []),
        ("应当到会的党员有9名。", "应当到会的党员有{{应到}}名。", ["9"]),
    ],
)
def test_a_figure_without_its_control_is_found_by_the_words_around(new: str, kept: str, figures: list[str]) -> None:
    restored = restore("应到{{应到}}名。", new, [], VALUES)
    assert (restored.text, [each.written for each in restored.figures]) == (kept, figures)


def test_digits_typed_beside_a_control_are_not_taken() -> None:
    restored = restore("应到{{应到}}名。", "应到17名。", [Held("应到", 3, 4)], VALUES)
    assert (restored.text, [each.written for each in restored.figures]) == ("应到{{应到}}名。", ["17"])


def test_words_put_in_the_place_of_a_fact_are_a_changed_fact() -> None:
    restored = restore("在{{地点}}召开。", "在活动中心召开。", [], VALUES)
    assert (restored.text, [each.written for each in restored.figures]) == ("在{{地点}}召开。", ["活动中心"])


def test_a_figure_moved_with_its_control_stays_a_figure() -> None:
    restored = restore(
        "应到{{应到}}名，在{{地点}}。", "在样例会议室，应到7名。", [Held("地点", 1, 6), Held("应到", 9, 10)], VALUES
    )
    assert (restored.text, restored.figures) == ("在{{地点}}，应到{{应到}}名。", ())
