"""What is remarked about a report: by the toolkit on its words, and by the records on what it says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import bihuan_text
from bihuan.cycle.policy import Policy
from bihuan.report import links
from bihuan.report.content import Content, list_of
from bihuan.report.lines import Cited, Line
from bihuan.report.lists import aspects_without_problem
from bihuan.report.models import Layout
from bihuan.report.remarks import BLOCK, INFO, WARN, Remark
from bihuan.report.rules import REQUEST_WORDS, clause, names_in, typed_counts

# The records know these better than the words do: the room asks the ledger itself, and the year for its own length.
_ASKED_OF_RECORDS = frozenset({"R20", "R21", "R22", "R52"})
_ASKED_OF_LEDGER = "R16"  # an example: of a problem in the ledger's list the ledger is asked, own words are looked at
_LINES_RULES = "《中国共产党支部工作条例（试行）》第十七条"
_ORDER = "年度组织生活会通知关于会前学习和会后报告的要求"


def remarks_on(content: Content) -> list[Remark]:
    """Every remark about the report as it reads now, in the order of the paper; what is about the whole comes last."""
    found = [
        *_paragraphs(content),
        *_words(content),
        *_records(content),
        *_red_head(content),
        *_annexes(content),
        *_named_in(content),
        *_whole(content),
    ]
    place = {key: number for number, key in enumerate(_places(content))}
    return sorted(found, key=lambda each: place.get(each.paragraph, place.get(each.section, len(place))))


def _places(content: Content) -> Iterator[str]:
    for section in content.body.sections:
        yield section.key
        yield from (each.id for each in section.paragraphs)


# --- paragraph by paragraph ------------------------------------------------------------------------------------------
def _paragraphs(content: Content) -> Iterator[Remark]:
    for section, paragraph in content.body.paragraphs():
        if paragraph.is_open:
            yield Remark(
                "未写", BLOCK, "这一段还没有写", "写上，或者拿掉这一段。", section=section.key, paragraph=paragraph.id
            )
        elif not list_of(paragraph):
            counts = [each.words for each in typed_counts(paragraph.text)]
            if counts:
                words = "、".join(f"“{each}”" for each in dict.fromkeys(counts))
                text = f"{words}是写上去的。能从右边“报告里的数字”里选的，请选；没有的，请核对。"
                yield Remark("数字", WARN, "这个数字没有记录", text, section=section.key, paragraph=paragraph.id,
                             passable=True)  # fmt: skip
        yield from _gaps(content, section.key, paragraph.id)


def _gaps(content: Content, section: str, paragraph: str) -> Iterator[Remark]:
    """Facts that no record says: asked for, never filled (R60). One remark a fact and paragraph."""
    lines = [line for line in content.lines if line.paragraph == paragraph]
    gaps = {
        piece.ref: (piece, line)
        for line in lines
        for piece in line.pieces
        if isinstance(piece, Cited) and piece.missing
    }
    grouped = groupby(sorted(gaps.values(), key=lambda gap: gap[0].question), key=lambda gap: gap[0].question)
    for question, same in grouped:
        held = list(same)
        piece, line = held[0]
        how_many = f"，共{len(held)}处" if len(held) > 1 else ""
        rule = _RULE_OF_GAP.get(question, "缺数")
        yield Remark(
            rule, BLOCK, f"{question or piece.label}{how_many}", _mend_of_gap(piece), _ARTICLE_OF_GAP.get(rule, ""),
            section, paragraph, piece.url or line.url, "去补", passable=rule in _ARTICLE_OF_GAP,
        )  # fmt: skip


_RULE_OF_GAP = {"还没有答复": "R20", "还没有责任人": "R22", "还没有时限": "R22时限"}
_ARTICLE_OF_GAP = {
    "R20": f"{_LINES_RULES}（逐一整改落实）",
    "R22": f"{_LINES_RULES}（会后制定整改措施）",
    "R22时限": f"{_LINES_RULES}（会后制定整改措施）",
}


def _mend_of_gap(piece: Cited) -> str:
    if piece.question == "还没有时限":
        return "补上日期，或者写“长期坚持”并定下看的日子。"
    if piece.question in _RULE_OF_GAP:
        return "到台账里补上，这里就有了。"
    if piece.question.startswith("没有叫"):
        return "请从“报告里的数字”里另选一个，或者删去。"
    return f"补上以后，这里就有“{piece.label}”；不需要的，可以从句子里删去。"


# --- the toolkit -----------------------------------------------------------------------------------------------------
def _words(content: Content) -> Iterator[Remark]:
    """The toolkit's findings on the paper as it would print, each beside the paragraph its place falls into."""
    head = content.head()
    where: list[Line | None] = [*([None] * len(head)), *content.lines]
    starts, at = [], 0
    for text in [*head, *(line.text for line in content.lines)]:
        starts.append(at)
        at += len(text) + 1
    document = bihuan_text.read_document(content.text().encode(), "情况报告.txt")
    for found in bihuan_text.check(document, kind="情况报告"):
        if found.rule in _ASKED_OF_RECORDS:
            continue
        line = _line_at(where, starts, found.start)
        if found.rule == _ASKED_OF_LEDGER and line and line.url:
            continue
        yield Remark(
            found.rule, str(found.severity), found.message, _suggested(found.suggestion, found.excerpt), found.source,
            line.section if line else "", line.paragraph if line else "", line.url if line else "", "去台账改",
            passable=found.severity == WARN,
        )  # fmt: skip


def _line_at(where: list[Line | None], starts: list[int], start: int | None) -> Line | None:
    if start is None:
        return None
    number = max(place for place, begins in enumerate(starts) if begins <= start)
    return where[number]


def _suggested(suggestion: str | None, excerpt: str) -> str:
    here = f"原文：“{excerpt}”。" if excerpt and len(excerpt) <= 40 else ""
    return here + (f"可以改成：{suggestion}" if suggestion else "")


# --- the records -----------------------------------------------------------------------------------------------------
def _records(content: Content) -> Iterator[Remark]:
    yield from _links(content)
    yield from _days(content)
    yield from _meeting(content)
    yield from _names(content)


def _links(content: Content) -> Iterator[Remark]:
    """R15, R20, R21: aspects, last year's problems, problems and measures, each accounted for."""
    records = content.records
    for aspect in aspects_without_problem(records):
        text = f"“{aspect}”下面还没有问题。查过确实没有的，写明理由。"
        yield Remark(f"R15{aspect[:12]}", BLOCK, "这个对照方面没有查摆问题", text, "今年通知里的对照方面",
                     "problems", url=links.ledger(), press="去台账", passable=True)  # fmt: skip
    unanswered = [each for each in records.carries if not each.answer]
    if unanswered and not _shows(content, "上年度问题清单"):
        yield Remark("R20", BLOCK, f"上年度还有{len(unanswered)}个问题没有答复", "每个都要说完成到哪一步、凭什么。",
                     _ARTICLE_OF_GAP["R20"], "prior", url=links.last_year(), press="去答复", passable=True)  # fmt: skip
    for problem in records.problems_without_measure:
        yield Remark(f"R21{problem.no}", BLOCK, f"{problem.no}还没有整改措施", clause(problem.statement)[:40],
                     _ARTICLE_OF_GAP["R22"], "problems", url=links.problem(problem.pk), press="去定措施",
                     passable=True)  # fmt: skip
    for problem in records.problems:
        if not problem.example.strip():
            yield Remark(f"R16{problem.no}", WARN, f"{problem.no}没有事例", "写上什么时候、什么事、谁的岗位、结果怎样。",
                         "审阅材料时的要求：见人见事见细节", "problems", url=links.problem(problem.pk), press="去补事例",
                         passable=True)  # fmt: skip
    for measure in records.measures_without_problem:
        yield Remark(f"R21{measure.pk.hex[:12]}", BLOCK, "这条措施没有对应的问题", clause(measure.action)[:40],
                     _ARTICLE_OF_GAP["R22"], "measures", url=links.ledger(), press="去台账", passable=True)  # fmt: skip


def _shows(content: Content, code: str) -> bool:
    return any(code in names_in(paragraph.text) for _, paragraph in content.body.paragraphs())


def _days(content: Content) -> Iterator[Remark]:
    """R10, R13: study before the meeting, the report after it."""
    meeting, dated = content.records.meeting, content.draft.dated
    if dated is None:
        yield Remark("成文日期", BLOCK, "还没有成文日期", "写上报告的日期。", section="head", press="去写")
    if meeting is None:
        return
    late = [each for each in content.records.studies if each.occurred_on > meeting.occurred_on]
    if late:
        text = f"有{len(late)}次集中学习登记在会后，请核对日期。"
        yield Remark("R13学习", BLOCK, "学习的日期在会议以后", text, _ORDER, "study", url=links.registration(),
                     press="去核对", passable=True)  # fmt: skip
    if dated is not None and dated < meeting.occurred_on:
        text = "报告写的日期早于开会的日期，请核对。"
        yield Remark("R13", BLOCK, "报告的日期在会议以前", text, _ORDER, "head", press="去核对", passable=True)


def _meeting(content: Content) -> Iterator[Remark]:
    """R58: whoever was absent has a reason."""
    without = [each for each in content.records.attendances if each.counted and not each.present and not each.absent]
    meeting = content.records.meeting
    if without and meeting is not None:
        yield Remark("R58", BLOCK, f"有{len(without)}名缺席的没有写事由", "到会议登记里补上。", "会议记录的要求",
                     "meeting", url=links.meeting(meeting.pk), press="去补", passable=True)  # fmt: skip


def _names(content: Content) -> Iterator[Remark]:
    """Decision 9: a paper that goes up names posts. Only what the branch wrote itself or the ledger says is looked at."""
    people = content.records.people_named
    for line in content.lines:
        words = "".join(piece.text for piece in line.pieces if not isinstance(piece, Cited))
        named = [name for name in people if name in words]
        if named:
            text = f"这里写了“{'”“'.join(named)}”。上报的材料一般写岗位，不写姓名。"
            yield Remark("姓名", WARN, "这里有党员的姓名", text, "材料里的人写岗位", line.section, line.paragraph,
                         line.url, "去台账改", passable=True)  # fmt: skip


# --- the whole -------------------------------------------------------------------------------------------------------
def _whole(content: Content) -> Iterator[Remark]:
    """R33, R47, R52, and how much of the paper is about problems (R17)."""
    text, draft = content.text(), content.draft
    asked = REQUEST_WORDS.search(text)
    if asked:
        yield Remark("R33", BLOCK, "报告里夹带了请示", f"“{asked.group()}”是请示的话，请另写请示。",
                     "《中国共产党重大事项请示报告条例》第二十条", passable=False)  # fmt: skip
    for field, words in ((draft.recipient, "主送单位"), (draft.signature, "落款")):
        if not field.strip():
            yield Remark(words, BLOCK, f"还没有写{words}", "写上才能报送。", section="head", press="去写")
    limit, length = Policy.read(content.records.cycle.policy).report_length, _characters(text)
    if length > limit:
        yield Remark("R52", WARN, f"报告有{length}字", f"一般不超过{limit}字，能短就短。",
                     "《整治形式主义为基层减负若干规定》关于文件篇幅的要求", passable=True)  # fmt: skip
    share = _share(content)
    if share is not None and share < 0.5:
        text = f"写问题和原因的占{round(share * 100)}%，一般要占一半以上。"
        yield Remark("R17", INFO, "写问题和原因的篇幅少", text, "审阅材料时常用的尺度，可以不采纳")


_NUMBER = re.compile(r"[^\s\d〔〕\[\]（）()]+〔20\d\d〕[1-9]\d*号")


def _red_head(content: Content) -> Iterator[Remark]:
    """R43 and 7.2: a number written as the standard writes it; a red head that goes up names number and signer."""
    draft = content.draft
    if draft.number and not _NUMBER.fullmatch(draft.number):
        yield Remark("R43", BLOCK, "发文字号写得不对", "机关代字、六角括号里的年份、顺序号，如“样支〔2026〕3号”。",
                     "GB/T 9704—2012 第7.2.5条", "head", press="去写")  # fmt: skip
    if draft.layout != Layout.RED:
        return
    for held, words in ((draft.number, "发文字号"), (draft.signer_id, "签发人")):
        if not held:
            yield Remark("红头", BLOCK, f"红头上还没有{words}", "写上，或者改用普通版式。", "GB/T 9704—2012 第7.2条",
                         "head", press="去写")  # fmt: skip


def _annexes(content: Content) -> Iterator[Remark]:
    """An attachment made from records has rows, and every one of them says what its column asks for."""
    for table in content.annexes:
        name, where = f"附件《{table.title}》", table.annex.where()
        if not table.rows:
            yield Remark("附件", BLOCK, f"{name}里一行也没有", f"{table.annex.question}。补上，或者不要这个附件。",
                         section="head", url=where, press="去补")  # fmt: skip
        gaps = dict.fromkeys(piece.question for piece in table.missing)
        for question in gaps:
            held = [piece for piece in table.missing if piece.question == question]
            yield Remark("附件缺数", BLOCK, f"{name}里{question or '有没有记录的格'}，共{len(held)}处",
                         "补上以后，表里就有了；也可以不要这个附件。", section="head", url=held[0].url or where,
                         press="去补")  # fmt: skip


def _named_in(content: Content) -> Iterator[Remark]:
    for table in content.annexes:
        words = "".join(
            piece.text for row in table.rows for cell in row for piece in cell if not isinstance(piece, Cited)
        )
        named = [name for name in content.records.people_named if name in words]
        if named:
            text = f"表里写了“{'”“'.join(named)}”。上报的材料一般写岗位，不写姓名。"
            yield Remark("附件姓名", WARN, f"附件《{table.title}》里有党员的姓名", text, "材料里的人写岗位", "head",
                         url=table.annex.where(), press="去台账改", passable=True)  # fmt: skip


def _characters(text: str) -> int:
    return sum(1 for character in text if not character.isspace())


def _share(content: Content) -> float | None:
    counts = {section.key: 0 for section in content.body.sections}
    for line in content.lines:
        counts[line.section] = counts.get(line.section, 0) + _characters(line.text)
    whole = sum(counts.values())
    asked = counts.get("problems", 0) + counts.get("causes", 0)
    return asked / whole if whole and asked else None
