"""What the benches count is counted rightly. No time is measured here."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from bench.burden import filled_cells
from bench.figures import Figure, Times, in_turn, table
from bench.ledger_page import linked_files, unpacked
from bench.play import MEMBERS, TROUBLES
from bench.roster import name
from bench.scribe import Entry, Log, Scribe, place, standing
from lxml import html

from bench import __main__ as all_of_them
from bihuan.report.forms_out.shape import Filled, Grid, Leaf, pairs

FORM = """<main><form method="post" action="/there/">
<input type="hidden" name="form_key" value="k"><input name="topic" value="已经写着"><input type="date" name="day">
<textarea name="names">
</textarea><select name="kind"><option value="">请选</option><option value="a">甲</option></select>
<select name="other"><option value="b" selected>乙</option><option value="c">丙</option></select>
<input type="radio" name="mark" value="到会" checked><input type="radio" name="mark" value="缺席">
<input type="checkbox" name="same"><input type="checkbox" name="many" value="1"><input type="checkbox" name="many" value="2">
<input type="file" name="paper"><button name="save" value="1">存</button></form></main>"""


@dataclass
class Answer:
    content: bytes
    redirect_chain: list[tuple[str, int]]
    status_code: int = 200


@dataclass
class Browser:
    """Shows the form and takes what is sent."""

    sent: list[dict[str, Any]] = field(default_factory=list)

    def get(self, path: str, data: object = None, *, follow: bool) -> Answer:
        return Answer(FORM.encode(), [])

    def post(self, path: str, data: dict[str, Any], *, follow: bool) -> Answer:
        self.sent.append({"path": path, **data})
        return Answer(b"<main>there</main>", [("/there/", 302)])


def filled(entered: dict[str, Any], button: str = "") -> tuple[Log, dict[str, Any]]:
    log, browser = Log(), Browser()
    Scribe("样例", log, browser).fill("/here/0190a1b2-0000-7000-8000-000000000000/", entered, button=button)
    return log, browser.sent[0]


def test_what_the_browser_sends_by_itself_is_no_entry() -> None:
    log, sent = filled({"topic": "已经写着", "mark": "到会", "other": "b"}, button="save=1")
    assert log.entries == []
    assert sent == {
        "path": "/there/", "form_key": "k", "topic": "已经写着", "day": "", "names": "", "kind": "", "other": "b",
        "mark": "到会", "save": "1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "way", "cells"),
    [
        ("topic", "另写一个", "typed", 1), ("day", "2026-3-8", "typed", 1), ("names", "甲\n\n乙\n丙", "typed", 3),
        ("kind", "a", "ticked", 1), ("other", "c", "ticked", 1), ("mark", "缺席", "ticked", 1), ("same", True, "ticked", 1),
        ("many", ["1", "2"], "ticked", 2), ("paper", ("a.txt", b"1"), "file", 1),
    ],
)  # fmt: skip
def test_what_a_person_sets_is_counted(name: str, value: Any, way: str, cells: int) -> None:
    log, sent = filled({name: value})
    assert [(e.page, e.way, e.cells) for e in log.entries] == [("/here/…/", way, cells)]
    assert sent[name] == ("on" if value is True else value) or way == "file"


def test_a_field_that_is_not_there_and_a_page_that_says_no_are_told() -> None:
    with pytest.raises(AssertionError, match="no form"):
        filled({"absent": "1"})
    browser = Browser()
    browser.post = lambda *_, **__: Answer('<p class="error">请写上议题</p>'.encode(), [])  # type: ignore[method-assign]
    with pytest.raises(AssertionError, match="请写上议题"):
        Scribe("样例", Log(), browser).fill("/here/", {"topic": "另写一个"})


def typed(page: str, value: str, way: str = "typed") -> Entry:
    return Entry("样例", page, "x", way, value, 1)


def test_the_same_words_on_two_pages_are_entered_twice() -> None:
    log = Log([typed("/a/", "二楼会议室"), typed("/a/", "二楼会议室"), typed("/b/", "三楼")])
    assert log.twice() == [], "on one page again it is another fact"
    log.entries += [typed("/b/", "别的\n二楼 会议室"), typed("/c/", "三楼", "ticked"), typed("/org/login/", "三楼")]
    assert log.twice() == [("二楼会议室", ("/a/", "/b/"))]


def test_the_play_gives_no_two_facts_the_same_words() -> None:
    words = [
        w for t in TROUBLES for w in (t.statement, t.example, t.cause, t.action, *t.standards, t.due, t.checked) if w
    ]
    words += [w for t in TROUBLES for pair in (*t.notes, *t.proofs) for w in pair]
    assert len(words) == len(set(words))
    assert len({name(number) for number in range(MEMBERS)}) == MEMBERS
    assert len({name(number) for number in range(5000)}) == 5000


def test_the_cells_of_a_form_are_those_with_words() -> None:
    numbered = Grid(("序号", "姓名", "签名"), (("1", "甲", ""), ("2", "乙", " ")), (1, 1, 1))
    plain = Grid(("编号", "问题"), (("25-01", "样例"), ("25-02", "")), (1, 1))
    labelled = pairs(("时间", "2026年3月8日"), ("地点", ""))
    form = Filled("样例", (Leaf((numbered, plain), ("时间：",), ("签字：",)), Leaf((labelled,))))
    assert filled_cells(form) == 2 + 3 + 1


def test_a_page_without_keys_is_one_page_whatever_it_is_about() -> None:
    assert place("/a/0190a1b2-0000-7000-8000-000000000000/b/?c=1") == "/a/…/b/"
    assert place("/report/paragraph/6d880cc283d8/") == "/report/paragraph/…/"


def test_standing_takes_the_first_choice_as_a_browser_does() -> None:
    form = html.fromstring('<form><select name="a"><option>甲</option><option>乙</option></select></form>')
    assert standing(form) == {"a": "甲"}


def test_times() -> None:
    times = Times(tuple(float(n) for n in range(1, 101)))
    assert (times.least, times.middle, times.share(0.95), times.share(1.0)) == (1.0, 50.5, 95.0, 100.0)
    assert Times((3.0,)).share(0.95) == 3.0
    order: list[str] = []
    taken = in_turn(3, lambda: order.append("a"), lambda: order.append("b"))
    assert "".join(order) == "ab" * 4, "once to warm up, then in turn"
    assert [len(each.taken) for each in taken] == [3, 3]


def test_the_table_says_what_was_broken_and_reads_back() -> None:
    figures = [Figure("甲", "1 s", "2 s", "0.5", bench="help"), Figure("a|b", "3 s", "2 s", kept=False, bench="help")]
    kept, broken = table(figures).splitlines()[2:]
    assert kept == "| 甲 | 2 s | 1 s | 0.5 | `python -m bench.help` |"
    assert "**broken**" in broken
    assert "a/b" in broken
    said = "正在准备\n" + json.dumps([vars(figure) for figure in figures], ensure_ascii=False) + "\n"
    assert all_of_them.read(said) == figures
    assert all_of_them.read("Traceback\n") == []


def test_what_a_page_makes_the_browser_ask_for() -> None:
    page = '<link rel="stylesheet" href="/static/a.css"><script src="/static/b.js"></script><a href="/static/c.pdf">'
    assert linked_files(page + page) == ["/static/a.css", "/static/b.js"]
    assert unpacked(b"x", "") == b"x"
