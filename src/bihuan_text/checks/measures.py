"""R22: who does a measure, and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bihuan_text.kinds import Kind
from bihuan_text.ledger import LedgerRow, ledger_rows
from bihuan_text.lists import pattern, regex
from bihuan_text.place import Span
from bihuan_text.report import Item

from .registry import Paper, Remark, Severity, rule

# A post counts as an owner: in papers people are named by their posts. 总书记 and 委员会 are no owners of a measure.
_OWNER = regex("measures", "owner")
_DATE = regex("measures", "date")
_FOR_EVER = re.compile("长期坚持|长期整改|持续坚持|并长期|长期")
# A rule of conduct is due whenever its occasion comes (凡外出的先报告), so no day is really missing.
_WHENEVER = re.compile("凡是?|每逢|一律|提前|[会岗车前]前(?:必须|先|都要|要|应)|[的时]，?先|先[^，。；]{1,6}[后再]")
_PARTS = re.compile("[^；。\n]+")
_SHORTEST, _SEVERAL = 8, 4  # characters of a thing to do, and things of which all but one have an owner
_HEADING = 16  # characters of a lead that only names the measure
_SLOGANS = 3  # words such as 进一步 that make a measure a slogan
_FIRST_PERSON = re.compile("我|本人")
_PERSONAL = re.compile("个人|本人|党员(?:对照|自我|党性)|党性分析")
_COLLECTIVE = re.compile("支部委员会|支委会|班子|委员会(?:对照|述职)|支部(?:20\\d\\d年度?)?(?:工作|党建)?述职")
_OF_MANY = re.compile("班子|支委|委员|我们|支部(?:在|于|召开|查摆|对照|现有|全体)|科室|党小组会|一线职工")
_HEAD = 40  # characters in which a paper of a branch names it
_NO_DAY = regex("measures", "no_day")
_ATTACHED = re.compile(r"(?:附件|附|详见|另附|见).{0,24}(?:台账|清单|任务表|责任表)")


@rule("R22")
def owners_and_dates(paper: Paper) -> Iterator[Remark]:
    """One remark a measure; a paper that points to an attached ledger is only reminded once."""
    if paper.kind is Kind.LEDGER and (rows := ledger_rows(paper.document)):
        yield from _ledger(rows)
        return
    yield from _vague(paper)
    yield from _one_without_owner(paper)
    bare = [(item.start, item.end, _missing(paper, item.start, item.end)) for item in paper.report.actions]
    bare = [row for row in bare if row[2]]
    if not bare:
        return
    attached = _ATTACHED.search(paper.shadow.text)
    if attached and len(bare) * 3 > len(paper.report.actions):
        message = f"有 {len(bare)} 条措施在正文里没有写全责任人和完成时限，请确认所附的台账或清单已经逐条写明。"
        yield Remark(None, message, severity=Severity.INFO)
        return
    own = _own_grave(paper, len(bare))
    for start, end, missing in bare:
        whenever = missing == "完成时限" and _WHENEVER.search(paper.said(start, end))
        grave = Severity.INFO if whenever or attached else own
        yield Remark(Span(start, end), f"这条措施没有写明{missing}。", f"请补充：{_question(missing)}", severity=grave)


def _one_without_owner(paper: Paper) -> Iterator[Remark]:
    """Several things in one measure, parted by ；, each with its owner but one: pointed out."""
    if speaks_for_one(paper):
        return
    found: list[tuple[int, int]] = []
    for item in paper.report.actions:
        parts = [part.span() for part in _PARTS.finditer(paper.text, _behind_lead(item), item.end)]
        found += [part for part in parts if part[1] - part[0] >= _SHORTEST] if len(parts) > 1 else []
    bare = [part for part in found if not _OWNER.search(paper.said(*part))]
    if len(bare) == 1 and len(found) >= _SEVERAL:
        why = "这一项没有写明责任人，同一部分的其他各项都写了。"
        yield Remark(Span(*bare[0]), why, f"请补充：{_question('责任人')}", severity=Severity.INFO)


def _behind_lead(item: Item) -> int:
    """A lead of its own (规范议事。) is no thing to do; one that goes on with ， is the beginning of one."""
    return item.lead_start + len(item.lead) if len(item.lead) <= _HEADING else item.lead_start


def _own_grave(paper: Paper, bare: int) -> Severity | None:
    """What one promises for oneself needs no owner, and a day is only missed where the other promises have one."""
    if not speaks_for_one(paper):
        return None
    return Severity.WARN if bare * 2 <= len(paper.report.actions) else Severity.INFO


def _vague(paper: Paper) -> Iterator[Remark]:
    """For ever, and nobody looks; or only words that every paper has."""
    for item in paper.report.actions:
        said = paper.said(item.start, item.end)
        span = Span(item.start, item.end)
        if _missing(paper, *span):
            continue  # told already
        if _FOR_EVER.search(said) and not _DATE.search(_FOR_EVER.sub("", said)):
            ask = "请写明多久检查一次，或第一次检查的日期。"
            yield Remark(span, "长期坚持的措施没有写明何时检查。", ask, severity=Severity.WARN)
        elif len(pattern("slogan").findall(said)) >= _SLOGANS and not pattern("checkable").search(_DATE.sub("", said)):
            why = "这条措施只有原则要求，没有能检查的动作或结果。"
            yield Remark(span, why, "请写明做什么、做到什么程度算完成。", severity=Severity.INFO)


def _missing(paper: Paper, start: int, end: int) -> str:
    said = re.sub(r"(?<=[\u4e00-\u9fff])\n\s*", "", paper.said(start, end))  # a line broken inside a word
    owned = _OWNER.search(said) or speaks_for_one(paper)
    lacking = ["责任人"] * (not owned) + ["完成时限"] * (not _DATE.search(said))
    return "和".join(lacking)


def speaks_for_one(paper: Paper) -> bool:
    """In a personal paper the speaker is the owner of what he says he will do."""
    if paper.kind not in (Kind.SPEECH, Kind.EXAMINATION, Kind.DUTY):
        return False
    text, title = paper.shadow.text, paper.report.title or ""
    if "代表支部" in text or "代表班子" in text or _COLLECTIVE.search(title):
        return False
    if paper.kind in (Kind.DUTY, Kind.SPEECH) or _PERSONAL.search(title):
        return True  # a 述职 is one person's, even where 我 is left out of nearly every sentence
    if paper.kind is Kind.EXAMINATION and not _OF_MANY.search(text) and "支部" not in text[:_HEAD]:
        return True
    return len(_FIRST_PERSON.findall(text)) * 400 > len(text)


def _question(missing: str) -> str:
    asked = {"责任人": "谁来做", "完成时限": "什么时候做完（长期坚持的，写明何时检查）"}
    return "，".join(asked[m] for m in missing.split("和")) + "。"


def _ledger(rows: list[LedgerRow]) -> Iterator[Remark]:
    for row in rows:
        place = row.measure or row.problem
        lacking = ["责任人"] * (row.owner is None) + ["完成时限"] * (row.due is None)
        if place is not None and lacking:
            missing = "和".join(lacking)
            yield Remark(place.span, f"台账里这一项没有写明{missing}。", f"请补充：{_question(missing)}")
        elif row.due and _NO_DAY.fullmatch(row.due.text.strip(" 。；，")):
            why = f"“{row.due.text.strip()}”不是时限，到时没法检查。"
            yield Remark(row.due.span, why, f"请补充：{_question('完成时限')}", severity=Severity.WARN)
