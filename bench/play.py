"""The paper year of an invented branch, played by five people through the real pages: from the first account to the report
handed up. No two facts have the same words, so that the same words on two pages are one fact asked for twice.

The branch has 23 members, a committee of five and four problems, of which three are closed.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.roster import name as member
from bench.scribe import Log, Page, Scribe

MEMBERS = 23
TITLES = {0: "书记", 1: "副书记", 2: "组织委员", 3: "宣传委员", 4: "纪检委员"}
SECRETARY, ORGANISER, INSPECTOR, DOERS = 0, 2, 4, (5, 6, 7)
PASSWORDS = {0: "shu-ji-de-mima-01", 2: "zu-zhi-de-mima-02", 4: "ji-jian-mima-03", 5: "dang-yuan-mima-04",
             6: "dang-yuan-mima-05", 7: "dang-yuan-mima-06"}  # fmt: skip
LOGINS = {2: "zuzhi", 4: "jijian", 5: "jia", 6: "yi", 7: "bing"}
CAPACITIES = {2: "组织委员", 4: "纪检委员", 5: "党员", 6: "党员", 7: "党员"}
ASPECTS = ("样例：履行支部职责", "样例：联系服务群众")


@dataclass(frozen=True)
class Trouble:
    """One problem with what is done about it."""

    statement: str
    example: str
    kind: str
    aspect: str
    cause: str
    action: str
    standards: tuple[str, ...]
    due: str
    notes: tuple[tuple[str, str], ...]  # words, day
    proofs: tuple[tuple[str, str], ...]  # words, what it shows; one a standard
    checked: str = ""


TROUBLES = (
    Trouble(
        "补贴名单比核定晚贴了九个工作日", "2025年11月3日核定的名单，11月14日才在甲村贴出。", "意见", ASPECTS[0],
        "核定、张贴分在几个人手里，没有一个人对日子负责。", "名单核定和张贴归一个人管。",
        ("连续两轮在三个工作日内贴出", "八个村全部贴到"), "2026-3-10",
        (("第一轮名单第二个工作日贴到八个村。", "2026-2-24"), ("第二轮名单也在第二个工作日贴出。", "2026-3-2")),
        (("公示起止登记表第1、2号", "两轮张贴和撤下的日期"), ("村级公示回执8份", "八个村公示栏都贴了")),
        "两轮登记和回执都对得上。",
    ),
    Trouble(
        "两个月没有人下田指导", "2025年10月和11月走访登记是空的。", "谈话", ASPECTS[1],
        "分工没有分到人。", "八个村分到人，每周三下田。",
        ("二月走访登记满四次", "三户大户都见到人"), "2026-3-13",
        (("分到八个人，周三下田。", "2026-2-18"), ("二月走访四次，三户都见了。", "2026-3-6")),
        (("走访登记表2026年2月", "每周三的走访"), ("指导记录3份", "三户的签字")),
        "抽问了两户，都说来过。",
    ),
    Trouble(
        "周末没有人值班", "2025年10月18日送修的农户见门锁着。", "自查", ASPECTS[1],
        "值班表只排到周五。", "农忙季周末各排一人。", ("连续四个周末有人值班",), "2026-2-27",
        (("排了值班表，贴在门口。", "2026-2-21"),), (("值班登记表2月", "四个周末的签名"),),
        "登记和值班电话都对过。",
    ),
    Trouble(
        "抽检结果没有告诉送样农户", "2025年9月的12份样品只存了档。", "批评", ASPECTS[0],
        "没有定由谁告知。", "出结果当天由送检人电话告知。", ("2026年样品都有告知登记",), "2026-6-30", (), (),
    ),
)  # fmt: skip
FIGURES = {"opinions": ("24", "征求意见汇总表"), "talks_committee": ("8", "谈心谈话记录表"),
           "talks_committee_member": ("26", ""), "talks_members": ("31", "")}  # fmt: skip
AFTER = {"criticisms": ("14", "批评意见汇总表"), "polled": ("20", "评议情况汇总表"), "excellent": ("6", ""),
         "qualified": ("13", ""), "basically_qualified": ("1", ""), "unqualified": ("0", ""),
         "probationary": ("2", "")}  # fmt: skip
OWN_WORDS = "样例：这一段是支部自己的话，第{}段，写谁做了什么、还差什么。"


@dataclass
class Play:
    """The year as it goes on: whoever sits at a browser, and what has come to be."""

    log: Log = field(default_factory=Log)
    seats: dict[int, Scribe] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)  # their addresses
    measures: list[str] = field(default_factory=list)

    def at(self, number: int) -> Scribe:
        return self.seats[number]

    def run(self, login: str, password: str) -> Log:
        """Everything in its order. `login`, `password`: what the first start printed."""
        self.first_hour(login, password)
        self.last_year()
        self.prepare()
        self.meet()
        for trouble in TROUBLES:
            self.plan(trouble)
        for place, trouble in enumerate(TROUBLES):
            self.work(place, trouble)
        self.decide()
        self.report()
        return self.log

    # --- the first hour ----------------------------------------------------------------------------------------------
    def first_hour(self, login: str, password: str) -> None:
        first = self._sit(SECRETARY, login, password)
        first.fill("/begin/branch/", {"name": "样例镇第一党支部", "superior": "中共样例镇委员会", "year": "2025"})
        preview = first.look("/org/members/paste/", {"table": ("名册.xlsx", roster())})
        first.fill(preview, button="save=1")
        me = first.open("/begin/me/")
        first.fill(me, {"person": option(me, "person", member(SECRETARY))})
        for number, name in LOGINS.items():
            self._give(number, name)

    def _give(self, number: int, login: str) -> None:
        """The secretary gives an account on a printed sheet; whoever gets it sets a password of his own."""
        secretary = self.at(SECRETARY)
        person = secretary.open(secretary.open("/org/members/").link(member(number)))
        account = person.links(r"/account/$")[0]
        sheet = secretary.look(account, {"login": login, "capacity": CAPACITIES[number]})
        found = re.search(r"一次性密码\s*[：:]?\s*(\S+)", sheet.words)
        assert found, sheet.words[:900]
        self._sit(number, login, found[1])

    def _sit(self, number: int, login: str, password: str) -> Scribe:
        from django.test import Client  # noqa: PLC0415  after `settle`

        who = self.seats[number] = Scribe(TITLES.get(number, "党员"), self.log, Client())
        who.fill("/org/login/", {"login": login, "password": password})
        who.fill("/org/password/", {"password": PASSWORDS[number], "again": PASSWORDS[number]})
        return who

    # --- last year, the notice, before the meeting --------------------------------------------------------------------
    def last_year(self) -> None:
        secretary = self.at(SECRETARY)
        paper = Path(__file__).parent.parent / "src/bihuan/desk/demo/last_year.txt"
        page = secretary.fill("/ledger/last-year/paper/new/", {"file": ("上年度报告.txt", paper.read_bytes())})
        for _ in range(60):
            if not page.tree.xpath('//form[@id="decide"]'):
                break
            page = secretary.fill(page, button="decision=yes", action="/decide/")
        answers = secretary.open("/ledger/last-year/").links(r"/last-year/answer/[0-9a-f-]+/$")
        assert answers, "nothing of last year is asked for"
        for number, address in enumerate(answers):
            ground = f"样例答复第{number + 1}条：两轮都按期贴出，登记表可查。"
            secretary.fill(address, {"answer": ("完成", "基本完成", "持续推进")[number % 3], "ground": ground})

    def prepare(self) -> None:
        self.at(SECRETARY).fill("/year/notice/", {
            "issuer": "中共样例镇委员会", "number": "样委组〔2026〕4号", "theme": "样例主题：把事办到田头",
            "title": "关于召开2025年度组织生活会的通知", "report_due": "2026-3-31", "committee": "\n".join(ASPECTS),
            "members": "样例：理论学习\n样例：作用发挥",
        })  # fmt: skip
        organiser = self.at(ORGANISER)
        for day, topic, many in (("2026-2-6", "《样例章程》第五章", "19"), ("2026-2-13", "《样例条例》", "21")):
            organiser.fill(
                "/meeting/study/", {"held_on": day, "topic": topic, "place": f"样例学习室{many}", "present": many}
            )
        organiser.fill("/meeting/", figures(FIGURES))

    # --- the meeting -------------------------------------------------------------------------------------------------
    def meet(self) -> None:
        self._register("党员大会", "2026-2-26", "2025年度组织生活会", "样例二楼会议室",
                       {"is_life_meeting": True, "is_appraisal": True, "guests": "样督导，镇督导组"},
                       absent={8: "请病假"})  # fmt: skip
        self.at(ORGANISER).fill("/meeting/", figures(AFTER))

    def _register(
        self, form: str, day: str, topic: str, place: str, more: dict[str, Any], *, absent: dict[int, str]
    ) -> Page:
        """First the day and the form, then those who were absent, then everybody else by one button, then keep."""
        who = self.at(ORGANISER)
        sheet = who.look("/meeting/new/", {"form": form, "day": day})
        sheet = sheet if sheet.tree.xpath('//*[@name="topic"]') else who.open(f"/meeting/new/?form={form}&day={day}")
        head = {"topic": topic, "place": place, "chair": option(sheet, "chair", member(SECRETARY)),
                "recorder": option(sheet, "recorder", member(3)), **more}  # fmt: skip
        for number, reason in absent.items():
            key = row_of(sheet, member(number))
            head |= {f"here-{key}": "缺席", f"why-{key}": reason}
        filled = who.step(sheet, head, button="fill=1")
        return who.fill(filled)

    # --- the ledger --------------------------------------------------------------------------------------------------
    def plan(self, trouble: Trouble) -> None:
        """The organiser writes the problem down; the secretary what the committee decided about it."""
        organiser, secretary = self.at(ORGANISER), self.at(SECRETARY)
        form = organiser.open("/ledger/problem/new/")
        raised = organiser.look(form, {
            "statement": trouble.statement, "example": trouble.example, "origin_kind": trouble.kind,
            "aspect": option(form, "aspect", trouble.aspect),
        })  # fmt: skip
        if raised.tree.xpath('//*[@name="earlier"]'):  # it looks like one of last year's: is it the same?
            raised = organiser.fill(raised, same_matter(raised) if trouble is TROUBLES[0] else {})
        here = raised.path.partition("?")[0]
        secretary.fill(f"{here}cause/", {"text": trouble.cause})
        measure = secretary.open(f"{here}measure/")
        owner = DOERS[len(self.problems) % len(DOERS)]
        secretary.fill(measure, {
            "action": trouble.action, "standard": "\n".join(trouble.standards), "due": trouble.due,
            "owner": option(measure, "owner", member(owner)),
        })  # fmt: skip
        secretary.fill(here, action="/start/")
        self.problems.append(here)
        address = secretary.open(here).links(r"/ledger/measure/[0-9a-f-]+/")[0]
        found = re.search(r"/ledger/measure/[0-9a-f-]+/", address)
        assert found
        self.measures.append(found[0])

    def work(self, place: int, trouble: Trouble) -> None:
        """The owner's notes and proof, asking for closing; the inspector looks."""
        doer, here, measure = self.at(DOERS[place % len(DOERS)]), self.problems[place], self.measures[place]
        for words, day in trouble.notes:
            doer.fill(f"{measure}progress/", {"words": words, "on": day})
        for standard, (words, shows) in zip(trouble.standards, trouble.proofs, strict=False):
            page = doer.open(f"{measure}evidence/")
            doer.fill(page, {
                "kind": "编号", "words": words, "shows": shows, "standard": option(page, "standard", standard),
                "on": PROOF_DAYS[words],
            })  # fmt: skip
        if trouble.checked:
            doer.fill(f"{here}claim/")
            page = self.at(INSPECTOR).open(f"{here}verify/")
            met = [box.get("value") for box in page.tree.xpath('//input[@name="met"]')]
            self.at(INSPECTOR).fill(
                page, {"reason": trouble.checked, **({"met": met} if met else {})}, button="result=通过"
            )

    def decide(self) -> None:
        """A 支委会 closes three problems; how it voted on each is written where the problem is."""
        done = self._register("支委会", "2026-3-5", "研究整改销号", "样例小会议室", {}, absent={})
        for here, trouble in zip(self.problems, TROUBLES, strict=True):
            if trouble.checked:
                key = here.rstrip("/").rpartition("/")[2]
                page = self.at(ORGANISER).open(f"/meeting/problem/{key}/")
                choice = option_radio(page, "meeting", "3月5日")
                self.at(ORGANISER).fill(page, {"meeting": choice, "in_favour": "5"})
        assert done

    # --- the report --------------------------------------------------------------------------------------------------
    def report(self) -> None:
        secretary = self.at(SECRETARY)
        draft = secretary.fill("/report/", action="/report/start/")
        for number in range(40):
            page = secretary.open("/report/")
            open_ones = [a for a in page.links(r"/paragraph/[^/]+/$") if is_open(page, a)]
            if not open_ones:
                break
            secretary.fill(open_ones[0], {"text": OWN_WORDS.format(number + 1)})
        base = secretary.open("/report/").links(r"/report/[0-9a-f-]+/head/$")[0].removesuffix("head/")
        secretary.fill(f"{base}head/", {"dated": "2026-3-9"})
        self._register("支委会", "2026-3-8", "研究情况报告", "样例大会议室", {}, absent={4: "外出开会"})
        vote = secretary.open(f"{base}vote/")
        secretary.fill(vote, {"meeting": option(vote, "meeting", "3月8日"), "in_favour": "4"})
        approve = secretary.open(f"{base}approve/")
        secretary.fill(approve, {"resolution": option(approve, "resolution", ""), "same": True,
                                 "signer": option(approve, "signer", member(SECRETARY))})  # fmt: skip
        secretary.fill("/report/", action="/submit/")
        assert draft


PROOF_DAYS = dict(zip(
    (words for trouble in TROUBLES for words, _ in trouble.proofs),
    ("2026-2-20", "2026-3-1", "2026-2-25", "2026-3-4", "2026-2-28"), strict=True,
))  # fmt: skip


def roster() -> bytes:
    """The branch's table as it has it."""
    from openpyxl import Workbook  # noqa: PLC0415  heavy

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["姓名", "党员类别", "入党日期", "职务"])
    for number in range(MEMBERS):
        kind = "预备" if number >= MEMBERS - 2 else "正式"
        joined = "2025-6-18" if kind == "预备" else f"{1990 + number}-7-1"
        sheet.append([member(number), kind, joined, TITLES.get(number, "")])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def figures(given: dict[str, tuple[str, str]]) -> dict[str, str]:
    """The counts as their form names them."""
    values = {f"value-{code}": value for code, (value, _) in given.items()}
    return values | {f"from-{code}": source for code, (_, source) in given.items() if source}


def option(page: Page, name: str, words: str) -> str:
    """The value of the first choice of a list whose words contain these."""
    for choice in page.tree.xpath(f'//select[@name="{name}"]//option'):
        if choice.get("value") and words in " ".join((choice.text_content() or "").split()):
            return str(choice.get("value"))
    return option_radio(page, name, words)


def option_radio(page: Page, name: str, words: str) -> str:
    """The same where the choices are buttons beside their words."""
    for choice in page.tree.xpath(f'//input[@name="{name}"]'):
        around = " ".join(choice.getparent().text_content().split())
        labels = page.tree.xpath(f'//label[@for="{choice.get("id", "-")}"]')
        if words in around + "".join(" ".join(label.text_content().split()) for label in labels):
            return str(choice.get("value"))
    raise AssertionError(f"no choice “{words}” of {name} on {page.path}: {page.words[:600]}")


def same_matter(page: Page) -> dict[str, str]:
    """The first earlier problem that the page offers."""
    offered = [choice.get("value") for choice in page.tree.xpath('//input[@name="earlier"]')]
    return {"earlier": next(value for value in offered if value and value != "new")}


def row_of(page: Page, name: str) -> str:
    """The key of somebody's line on the attendance list."""
    for row in page.tree.xpath("//tr[.//input[starts-with(@name, 'here-')]]"):
        if name in row.text_content():
            return str(row.xpath(".//input[starts-with(@name, 'here-')]")[0].get("name")).removeprefix("here-")
    raise AssertionError(f"{name} is not on the list of {page.path}")


def is_open(page: Page, address: str) -> bool:
    """Whether the paragraph behind that link still waits for words."""
    [link, *_] = page.tree.xpath(f'//a[@href="{address}"]')
    return "写" in link.text_content() and "改" not in link.text_content()
