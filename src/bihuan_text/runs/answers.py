"""What one paper answers to ``read`` and ``check``, in the forms that somebody will look at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bihuan_text.commandline import shown
from bihuan_text.folders import below
from bihuan_text.refusal import Unreadable

if TYPE_CHECKING:
    from bihuan_text.checks import Finding
    from bihuan_text.document import Document
    from bihuan_text.layout.measuring import Layout
    from bihuan_text.page import Row
    from bihuan_text.report import Report

_OUR_FAULT = "程序没能处理这份材料，请另存为 .docx 再试，仍不行请联系维护人员。"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The forms of an answer that somebody will look at: JSON or else lines, a row in a list, its part of the page, its
    remarks for the workbook."""

    json: bool = False
    row: bool = False
    part: bool = False
    remarks: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding as a row of a workbook; ``marked`` is its sentence with the place marked, "" for the whole paper."""

    rule: str
    severity: str
    message: str
    marked: str
    suggestion: str
    source: str
    silenced: str


@dataclass(frozen=True, slots=True)
class Answer:
    """``found``: whether there is something to mend; ``text``: the JSON object or the lines; ``part``: its part of a page.

    ``told`` is for the one who runs the command, beside the answer.
    """

    found: bool
    text: str
    row: Row | None = None
    part: str = ""
    remarks: tuple[Remark, ...] = ()
    told: str = ""


class Work(Protocol):
    """What is done with each paper, by its number among all of them; it never raises."""

    def __call__(self, number: int, path: Path) -> Answer | str:
        """The answer, or the sentence on why there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """``bihuan read`` of one paper."""

    wanted: Wanted

    def __call__(self, number: int, path: Path) -> Answer | str:
        """See ``Work``."""
        return _tried(self._answer, number, path)

    def _answer(self, number: int, path: Path) -> Answer:
        from bihuan_text.as_json import read_json  # noqa: PLC0415
        from bihuan_text.readers import read_file  # noqa: PLC0415
        from bihuan_text.reading import read_report  # noqa: PLC0415

        document = read_file(path)
        report = read_report(document)
        if self.wanted.json:
            return Answer(found=False, text=json.dumps(read_json(str(path), document, report), ensure_ascii=False))
        return Answer(found=False, text=_lines(_told(str(path), report)))


@dataclass(frozen=True, slots=True)
class Checking:
    """``bihuan check`` of one paper; ``alone``: it is the only one. ``output``: where the reviewed copy is written."""

    wanted: Wanted
    kind: str | None = None
    off: Sequence[str] = ()
    silenced: Mapping[str, str] = field(default_factory=dict[str, str])
    layout: bool = True
    last: Report | None = None
    last_document: Document | None = None
    output: str = ""
    mend_layout: bool = False
    alone: bool = True
    notice: Report | None = None
    folder: str = ""  # papers of many are called by their way from here

    def __call__(self, number: int, path: Path) -> Answer | str:
        """See ``Work``."""
        return _tried(self._answer, number, path)

    def _answer(self, number: int, path: Path) -> Answer:
        from bihuan_text.checks import findings  # noqa: PLC0415
        from bihuan_text.readers import read_file  # noqa: PLC0415
        from bihuan_text.reading import read_report  # noqa: PLC0415

        document = read_file(path)
        report = read_report(document)
        found = findings(
            document, report, kind=self.kind, last_year=self.last, last_document=self.last_document,
            layout=_layout(path, document, report) if self.layout else None, notice=self.notice,
            off=self.off, silenced=self.silenced,
        )  # fmt: skip
        told = ""
        if self.output:
            told = _copied(path, Path(self.output), document, None if self.mend_layout else found)
        return self._said(number, path, document, report, found, told)

    def _said(
        self, number: int, path: Path, document: Document, report: Report, found: Sequence[Finding], told: str
    ) -> Answer:
        from bihuan_text.as_json import check_json  # noqa: PLC0415
        from bihuan_text.marked import marked_lines  # noqa: PLC0415
        from bihuan_text.page import Checked, part, row  # noqa: PLC0415

        wanted, held = self.wanted, any(finding.silenced is None for finding in found)
        text = (
            json.dumps(check_json(str(path), report, found), ensure_ascii=False)
            if wanted.json
            else _lines([str(path), *marked_lines(document, found)])
        )
        if not wanted.row:
            return Answer(held, text, told=told)
        name = path.name if self.alone else below(path, self.folder)
        checked = Checked(name, self.kind or report.kind.value, document.text, found, report.title, report.year)
        return Answer(
            held, text, row(number, checked), part(number, checked, alone=self.alone) if wanted.part else "",
            tuple(_remarks(document, found)) if wanted.remarks else (), told,
        )  # fmt: skip


def _lines(said: Iterable[str]) -> str:
    return "\n".join(map(shown, said))


def _tried(answer: _One, number: int, path: Path) -> Answer | str:
    """One paper never stops the others: what it cannot be read for, or a fault of our own, is a sentence."""
    try:
        return answer(number, path)
    except Unreadable as refusal:
        return refusal.reason_zh
    except Exception:  # the last door before the user: a sentence, not a traceback
        return _OUR_FAULT


class _One(Protocol):
    def __call__(self, number: int, path: Path) -> Answer: ...


# --- read -------------------------------------------------------------------------------------------------------------


def _told(file: str, report: Report) -> Iterator[str]:
    yield f"{file}"
    year = f"{report.year}年度" if report.year else "年度未写明"
    yield f"种类：{report.kind.value}　{year}　标题：{report.title or '（没有标题）'}"
    if report.prior:
        yield f"上年度整改：{len(report.prior)} 条"
        yield from (f"  {n}. {i.lead}" for n, i in enumerate(report.prior, 1))
    if report.aspects:
        yield f"问题：{len(report.aspects)} 个方面，{len(report.problems)} 个问题"
    for aspect in report.aspects:
        yield f"  {aspect.heading or '（没有分方面）'}"
        yield from (
            f"    {n}. {p.lead}" + (f"（例 {len(p.examples)} 个）" if p.examples else "")
            for n, p in enumerate(aspect.problems, 1)
        )
    if report.causes:
        yield f"原因：{len(report.causes)} 条"
        yield from (f"  {n}. {i.lead}" for n, i in enumerate(report.causes, 1))
    if report.measures:
        yield f"整改措施：{len(report.measures)} 组，{len(report.actions)} 条"
    for group in report.measures:
        yield f"  {group.heading or '（没有分组）'}"
        yield from (f"    {n}. {i.lead}" for n, i in enumerate(group.items, 1))
    yield from (f"提示：{w.message}" for w in report.warnings)


# --- check ------------------------------------------------------------------------------------------------------------


def _layout(path: Path, document: Document, report: Report) -> Layout | None:
    """What is measured of a .docx; None for other papers, and for a file that has gone meanwhile."""
    from bihuan_text.layout import measured  # noqa: PLC0415

    if document.form != "docx":
        return None
    try:
        return measured(path.read_bytes(), document, report.title)
    except OSError:
        return None


def _copied(path: Path, target: Path, document: Document, found: Sequence[Finding] | None) -> str:
    """Write the copy, with the findings in it or laid out anew (``found`` None), and say so. Raises ``Unreadable``."""
    from bihuan_text.layout import mended  # noqa: PLC0415
    from bihuan_text.reviewed import reviewed  # noqa: PLC0415

    from .outputs import half_of  # noqa: PLC0415

    half = half_of(target)
    try:
        data = path.read_bytes()
        made = mended(data) if found is None else reviewed(data, document, found, datetime.now(UTC))
        try:
            half.write_bytes(made)
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise Unreadable("文件没有存成，请检查文件夹是否存在、有没有写的权限、磁盘是否已满。") from error
    return f"{'调好版式的' if found is None else '带批注的'}文件已存为：{target.name}"


def _remarks(document: Document, found: Sequence[Finding]) -> Iterator[Remark]:
    from bihuan_text.marked import NAMES, place_of  # noqa: PLC0415

    for each in found:
        yield Remark(
            each.rule, NAMES[each.severity], each.message, place_of(document.text, each), each.suggestion or "",
            each.source, each.silenced or "",
        )  # fmt: skip
