"""民主评议: 党员民主评议登记表（表19）、评议情况汇总表（表20）."""

from __future__ import annotations

from bihuan.core.days import say_full
from bihuan.meeting.figures import BY_CODE, GRADES
from bihuan.org.models import Came, MemberKind
from bihuan.org.queries import Member
from bihuan.report.forms_out.shape import DAY_TO_FILL, Filled, Grid, Leaf, pairs, signing
from bihuan.report.forms_out.source import Source

REGISTRATION = (
    "姓名", "性别", "出生年月", "党员类别", "入党日期", "转正日期", "党内职务", "个人自评", "党员互评情况", "民主测评情况",
    "支部评定等次和意见", "本人意见", "上级党组织意见",
)  # fmt: skip
_ROOM_MM = (0.0,) * 7 + (26.0, 20.0, 12.0, 24.0, 15.0, 15.0)
NO_GRADE = "预备党员，不定等次"


def registration(source: Source | None) -> Filled:
    """表19, a page a person: name, kind, day of joining and posts are known; what was said and judged is written by hand."""
    members = source.members if source else []
    known = [_known(member) for member in members] or [("",) * len(REGISTRATION)]
    below = (signing("支部书记", "本人"), DAY_TO_FILL)
    leaves = tuple(
        Leaf((pairs(*zip(REGISTRATION, row, strict=True), heights=_ROOM_MM),), below=below, name=row[0])
        for row in known
    )
    title = f"{source.head}民主评议党员登记表" if source else "民主评议党员登记表"
    return Filled(title, leaves, by_records=bool(members))


def _known(member: Member) -> tuple[str, ...]:
    person, probationary = member.person, member.membership.kind == MemberKind.PROBATIONARY
    joined = say_full(person.joined_party_on) if person.joined_party_on else ""
    made_full = say_full(member.membership.since) if member.membership.came_by == Came.MADE_FULL else ""
    kind, posts, grade = member.membership.kind, "、".join(member.titles), NO_GRADE if probationary else ""
    return (person.name, "", "", f"{kind}党员", joined, made_full, posts, "", "", "", grade, "", "")


SUMMARY = ("项目", "人数", "比例", "出自")


def summary(source: Source | None) -> Filled:
    """表20: the roster's numbers and the counts that were registered, with the ratios that follow from them."""
    below = (signing("填表人", "支部书记"), DAY_TO_FILL)
    names = ("党员总数", "正式党员", "预备党员", *(BY_CODE[code].label for code in (*("polled",), *GRADES)))
    last = (BY_CODE["probationary"].label, "不合格党员的处置")
    if source is None:
        rows = tuple((name, "", "", "") for name in (*names, *last))
        return Filled("民主评议党员情况汇总表", (Leaf((_summary_grid(rows),), (), below),))
    rows = (*_roster_rows(source), *_graded_rows(source), _probationary_row(source), (last[1], "", "", ""))
    title = f"{source.head}民主评议党员情况汇总表"
    return Filled(title, (Leaf((_summary_grid(rows),), (), below),), by_records="polled" in source.figures)


def _summary_grid(rows: tuple[tuple[str, ...], ...]) -> Grid:
    return Grid(SUMMARY, rows, (3, 1, 2.4, 3))


def _roster_rows(source: Source) -> list[tuple[str, str, str, str]]:
    kinds = [member.membership.kind for member in source.members]
    full = kinds.count(MemberKind.FULL.value)
    shown = f"{say_full(source.appraised_on)}的党员名册"
    counts = (("党员总数", len(kinds)), ("正式党员", full), ("预备党员", len(kinds) - full))
    return [(name, str(count), "", shown) for name, count in counts] if kinds else [(n, "", "", "") for n, _ in counts]


def _graded_rows(source: Source) -> list[tuple[str, str, str, str]]:
    """Those who were graded, as a part of the full members; each grade, as a part of those graded."""
    full = sum(member.membership.kind == MemberKind.FULL for member in source.members)
    polled = source.figures.get("polled")
    rows = [_figure_row(source, "polled", full, "正式党员的")]
    return rows + [_figure_row(source, code, polled, "定等次的") for code in GRADES]


def _figure_row(source: Source, code: str, base: int | None, of: str) -> tuple[str, str, str, str]:
    figure = source.records.figures.get(code)
    if figure is None:
        return BY_CODE[code].label, "", "", ""
    ratio = f"{of}{100 * figure.value / base:.1f}%" if base else ""
    return BY_CODE[code].label, str(figure.value), ratio, figure.shown_by


def _probationary_row(source: Source) -> tuple[str, str, str, str]:
    return _figure_row(source, "probationary", None, "")
