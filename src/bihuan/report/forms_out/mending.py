"""整改: 问题清单（表21）、整改台账（表22）、整改承诺书（表23）、整改落实情况通报（表24）. Personal problems stay out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bihuan.core.days import say_full
from bihuan.ledger.models import AssignmentRole, Term
from bihuan.ledger.queries.circular import Item
from bihuan.ledger.queries.duty_list import Duty, duty_list
from bihuan.ledger.queries.table import LedgerRow
from bihuan.org.models import Person
from bihuan.report.facts.records import MeasureStands
from bihuan.report.forms_out.shape import DAY_TO_FILL, Filled, Grid, Leaf, empty_rows, signing
from bihuan.report.forms_out.source import Source


def _form(
    source: Source | None, name: str, grid: Grid, rows: tuple[tuple[str, ...], ...], *,
    above: Iterable[str] = (), below: tuple[str, ...] = (), room: int = 10,
) -> Filled:  # fmt: skip
    """The form with its rows, or with ``room`` empty ones to write in: as many as one page holds with its signatures."""
    filled = Grid(grid.header, rows or empty_rows(len(grid.header), room), grid.widths, () if rows else (12.0,))
    title = f"{source.head}{name}" if source else name
    leaf = Leaf((filled,), tuple(line for line in above if line), below)
    return Filled(title, (leaf,), by_records=bool(rows))


def _day(day: date | None) -> str:
    return say_full(day) if day else ""


PROBLEMS = Grid(("编号", "对照方面", "问题", "具体表现", "来源", "原因"), (), (1.4, 2, 3, 4, 1.2, 3))


def problems(source: Source | None) -> Filled:
    """表21: 班子 (支委会、支部) of the branch."""
    rows = tuple(
        (
            problem.no, str(problem.aspect) if problem.aspect else problem.aspect_words, problem.statement,
            problem.example, problem.origin.kind, "；".join(source.causes[problem.pk]),
        )
        for problem in source.problems
    ) if source else ()  # fmt: skip
    above = (source.without_personal,) if source else ()
    below = (signing("填表人", "支部书记"), DAY_TO_FILL)
    return _form(source, "问题清单", PROBLEMS, rows, above=above, below=below, room=6)


LEDGER = Grid(
    (
        "编号", "问题", "来源", "整改目标", "措施", "责任领导", "责任人", "协同", "时限", "进展", "佐证", "完成情况",
        "核验人、销号日期", "满意度",
    ),
    (),
    (1.9, 2.8, 1.1, 2.5, 2.5, 1.4, 1.4, 1.4, 1.8, 2.4, 1, 1.6, 1.9, 1),
)  # fmt: skip


def ledger(source: Source | None) -> Filled:
    """表22. 满意度 is no record: whoever asks for it writes it by hand."""
    rows = tuple(map(_ledger_row, source.ledger)) if source else ()
    above = (f"截至{say_full(source.day)}。{source.without_personal}",) if source else ()
    below = (f"{signing('填表人', '支部书记')}{DAY_TO_FILL}",)
    return _form(source, "整改台账", LEDGER, rows, above=above, below=below, room=6)


def _ledger_row(row: LedgerRow) -> tuple[str, ...]:
    term = "，".join(filter(None, (_day(row.due), "长期坚持" if row.steady else "")))
    progress = f"{_day(row.progress_on)}，{row.progress}" if row.progress else ""
    return (
        row.no, row.statement, row.origin, "；".join(row.standards), "；".join(row.measures), "、".join(row.leaders),
        "、".join(row.owners), "、".join(row.helpers), term, progress, f"{row.evidence}份" if row.evidence else "",
        row.word, "，".join(filter(None, (row.checker, _day(row.closed_on)))), "",
    )  # fmt: skip


PROMISES = Grid(("编号", "整改事项", "措施", "时限", "责任人", "签名"), (), (1.4, 3, 3.6, 2, 1.6, 2))


def promises(source: Source | None) -> Filled:
    """表23: what is promised is in the ledger; whoever promises signs by hand."""
    rows = tuple(map(_promise, source.records.measures)) if source else ()
    above = ("对下面列出的问题，承诺按写明的措施和时限整改，接受党员、群众监督。",)
    return _form(source, "整改承诺书", PROMISES, rows, above=above, below=(signing("承诺人"), DAY_TO_FILL))


def own_promises(source: Source, person: Person) -> Filled:
    """表23 for one person: what he himself answers for, his own problems too. Only for his own hand."""
    duties = duty_list(person, source.cycle, source.seat, source.day).duties
    rows = tuple(_own_promise(duty, person) for duty in duties if duty.role == AssignmentRole.OWNER)
    above = (f"承诺人：{person.name}", "对下面列出的问题，承诺按写明的措施和时限整改，接受党员、群众监督。")
    return _form(source, "个人整改承诺书", PROMISES, rows, above=above, below=(signing("承诺人"), DAY_TO_FILL))


def _own_promise(duty: Duty, person: Person) -> tuple[str, ...]:
    numbers = "、".join(problem.no for problem in duty.problems)
    matters = "；".join(problem.statement for problem in duty.problems)
    return numbers, matters, duty.measure.action, _until(duty.term), duty.through or person.name, ""


def _promise(stands: MeasureStands) -> tuple[str, ...]:
    numbers = "、".join(problem.no for problem in stands.problems)
    matters = "；".join(problem.statement for problem in stands.problems)
    owners = "、".join(dict.fromkeys(owner.who for owner in stands.owners))
    return numbers, matters, stands.measure.action, _until(stands.term), owners, ""


def _until(term: Term | None) -> str:
    if term is None:
        return ""
    if term.due:
        return say_full(term.due)
    looks = "、".join(say_full(date.fromisoformat(day)) for day in sorted(term.reviews))
    return f"长期坚持，{looks}看"


CIRCULAR = Grid(("编号", "问题", "完成情况", "佐证", "下一步"), (), (1.4, 4, 2, 3, 4))


def circular(source: Source | None) -> Filled:
    """表24: the same words as the page that members read."""
    told = source.circular if source else None
    rows = tuple(map(_told, told.items)) if told else ()
    above = [f"截至{say_full(told.today)}，整改落实情况通报如下。"] if told and rows else []
    if told and told.personal:
        counts = "，".join(f"{word}{count}条" for word, count in told.personal)
        above.append(f"另有个人问题{told.personal_total}条，由本人整改，内容不在本表：{counts}。")
    below = ("通报范围：", f"通报时间：{DAY_TO_FILL}", signing("支部书记"))
    return _form(source, "整改落实情况通报", CIRCULAR, rows, above=above, below=below)


def _told(item: Item) -> tuple[str, ...]:
    stands = f"{item.stands}，{item.decided}决定销号" if item.decided else item.stands
    return item.problem.no, item.problem.statement, stands, "；".join(item.proof), "；".join(item.coming)
