"""The commands ``read`` and ``check``: papers in, structure or findings out.

Exit codes: 0 fine, 1 findings or some files refused, 2 bad use or nothing could be read. Results go to stdout; progress
and refusals, one Chinese sentence each, to stderr.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from .commandline import BAD, FINE, FOUND, Parser, complain, guarded, parsed
from .refusal import Unreadable

if TYPE_CHECKING:
    from .as_json import Json
    from .checks import Finding
    from .document import Document
    from .layout.measuring import Layout
    from .page import Checked
    from .report import Report

_PAPERS = {".docx", ".docm", ".txt", ".md", ".markdown", ".doc", ".wps", ".pdf", ".ofd"}
_KINDS = ("情况报告", "对照检查材料", "发言提纲", "述职报告", "整改台账", "通知", "其他")


def _parser(command: str, about: str, example: str) -> Parser:
    parser = Parser(
        prog=f"bihuan {command}", description=about, epilog=f"例：\n  {example}", add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("paths", nargs="+", metavar="文件或文件夹", help=".docx、.txt 或 .md 文件，可以给多个")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出，供其他程序使用")
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    return parser


def read_command(argv: Sequence[str]) -> int:
    """``bihuan read``: the structure of each paper."""
    parser = _parser(
        "read", "读出材料的结构：上年度整改、问题、例子、原因、措施。", "bihuan read 2026年度情况报告.docx --json"
    )
    options = parsed(parser, argv)
    return options if isinstance(options, int) else guarded(lambda: _run(options, _read_one))


def check_command(argv: Sequence[str]) -> int:
    """``bihuan check``: what a reviewer would remark on each paper."""
    example = "bihuan check 2026年度情况报告.docx --last-year 2025年度情况报告.docx"
    parser = _parser("check", "检查材料：占位符、文件名称、会议名称、序号、措施的责任人和时限等。", example)
    parser.add_argument(
        "--kind", choices=_KINDS, metavar="种类", help="材料的种类，不写则自动判断：" + "、".join(_KINDS)
    )
    parser.add_argument("--last-year", metavar="文件", help="上年度的同类材料，用来核对上年度问题是否都有回应")
    parser.add_argument("--off", metavar="规则", help="这次不查的规则，用逗号分开，如 R52,D27")
    parser.add_argument(
        "--silence", metavar="规则=理由", action="append", default=[],
        help="这份材料不再提示的规则和理由，如 R22=台账另附；理由留在结果里，可以写多次",
    )  # fmt: skip
    parser.add_argument("--no-layout", action="store_true", help="不查 .docx 的版式（纸张、页边、字体字号、页码等）")
    parser.add_argument("--html", metavar="文件", help="写成一个网页：材料原文带标记，旁边逐条说明，不用联网")
    parser.add_argument(
        "-o", "--output", metavar="文件", help="另存一份带批注和修订的 .docx，原来的文件不动；一次一份材料"
    )
    parser.add_argument("--mend-layout", action="store_true", help="另存的那份调好版式，文字一个不动；和 -o 一起用")
    options = parsed(parser, argv)
    return options if isinstance(options, int) else guarded(lambda: _check_all(options))


# --- one paper or many ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a command says of one paper, for programs and for people, and whether it found anything."""

    json: Json
    lines: list[str]
    found: bool
    checked: Checked | None = None  # what a page shows of it, where one was asked for


def _run(options: argparse.Namespace, one: Callable[[str, Document, argparse.Namespace], _Answer]) -> int:
    given: list[str] = options.paths
    many = len(given) > 1 or Path(given[0]).is_dir()
    files = list(_files(given))
    answers: list[_Answer] = []
    refused: list[Json] = []
    for number, path in enumerate(files, 1):
        if many:
            complain(f"正在读取（{number}/{len(files)}）：{path.name}")
        answer = _answer(path, one, options)
        if isinstance(answer, _Answer):
            answers.append(answer)
        else:
            refused.append({"file": str(path), "reason": answer})
            complain(f"{path.name}：{answer}")
    if many and not files:
        complain("文件夹里没有可以读取的材料，请放入 .docx、.txt 或 .md 文件再试。")
    if getattr(options, "html", None) and answers and not _page_written(options.html, answers, refused):
        return BAD
    _print(options, answers, refused, many=many)
    return _code(answers, refused)


def _page_written(target: str, answers: list[_Answer], refused: list[Json]) -> bool:
    """Whether the page of what was checked could be written; if not, why is said."""
    from .page import page  # noqa: PLC0415

    whole = page([a.checked for a in answers if a.checked], [(str(r["file"]), str(r["reason"])) for r in refused])
    try:
        Path(target).write_text(whole, "utf-8", "replace")
    except OSError:
        complain(f"写不了 {target}，请检查文件夹是否存在、是否有写入权限、磁盘是否已满。")
        return False
    return True


def _answer(
    path: Path, one: Callable[[str, Document, argparse.Namespace], _Answer], options: argparse.Namespace
) -> _Answer | str:
    """What to say of one paper, or why it was refused; a fault of our own never stops the other papers."""
    from .readers import read_file  # noqa: PLC0415

    try:
        return one(str(path), read_file(path), options)
    except Unreadable as refusal:
        return refusal.reason_zh
    except Exception:  # the last door before the user: a sentence, not a traceback
        return "程序没能处理这份材料，请另存为 .docx 再试，仍不行请联系维护人员。"


def _code(answers: list[_Answer], refused: list[Json]) -> int:
    if not answers:
        return BAD
    return FOUND if refused or any(a.found for a in answers) else FINE


def _print(options: argparse.Namespace, answers: list[_Answer], refused: list[Json], *, many: bool) -> None:
    if options.json and many:
        print(json.dumps({"documents": [a.json for a in answers], "refused": refused}, ensure_ascii=False))
    elif options.json and answers:
        print(json.dumps(answers[0].json, ensure_ascii=False))
    elif not options.json:
        print("\n\n".join("\n".join(a.lines) for a in answers), end="\n" if answers else "")


def _files(given: list[str]) -> Iterator[Path]:
    """The files named, and the papers of the folders named; lock files of Word are passed over."""
    for name in given:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        for found in sorted(path.rglob("*")):
            if found.suffix.lower() in _PAPERS and found.is_file() and not found.name.startswith(("~$", ".")):
                yield found


# --- read -------------------------------------------------------------------------------------------------------------


def _read_one(file: str, document: Document, options: argparse.Namespace) -> _Answer:
    from .as_json import read_json  # noqa: PLC0415
    from .reading import read_report  # noqa: PLC0415

    report = read_report(document)
    return _Answer(read_json(file, document, report), list(_told(file, report)), found=False)


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


def _check_all(options: argparse.Namespace) -> int:
    from .checks import known_rules  # noqa: PLC0415

    options.last = options.last_document = None
    try:
        options.off = [code.strip() for code in (options.off or "").replace("，", ",").split(",") if code.strip()]
        options.silenced = dict(_reason(given) for given in options.silence)
        known_rules(options.off, options.silenced)
    except ValueError as refusal:
        complain(str(refusal))
        return BAD
    if fault := _no_copy(options):
        complain(fault)
        return BAD
    if options.last_year:
        from .readers import read_file  # noqa: PLC0415
        from .reading import read_report  # noqa: PLC0415

        try:
            options.last_document = read_file(Path(options.last_year))
            options.last = read_report(options.last_document)
        except Unreadable as refusal:
            complain(f"上年度材料没有读成，{Path(options.last_year).name}：{refusal.reason_zh}")
            return BAD
    return _run(options, _check_one)


def _reason(given: str) -> tuple[str, str]:
    code, _, reason = given.partition("=")
    return code.strip(), reason.strip()


def _check_one(file: str, document: Document, options: argparse.Namespace) -> _Answer:
    from .as_json import check_json  # noqa: PLC0415
    from .checks import findings  # noqa: PLC0415
    from .marked import marked_lines  # noqa: PLC0415
    from .page import Checked  # noqa: PLC0415
    from .reading import read_report  # noqa: PLC0415

    report = read_report(document)
    layout = None if options.no_layout else _layout(Path(file), document, report)
    found = findings(
        document, report, kind=options.kind, last_year=options.last, last_document=options.last_document, layout=layout,
        off=options.off, silenced=options.silenced,
    )  # fmt: skip
    if options.output:
        _copy(Path(file), Path(options.output), document, None if options.mend_layout else found)
    held = any(finding.silenced is None for finding in found)
    shown = Checked(Path(file).name, options.kind or report.kind.value, document.text, found) if options.html else None
    return _Answer(check_json(file, report, found), [file, *marked_lines(document, found)], held, shown)


# --- layout -----------------------------------------------------------------------------------------------------------


def _layout(path: Path, document: Document, report: Report) -> Layout | None:
    """What is measured of a .docx; None for other papers, and for a file that has gone meanwhile."""
    from .layout import measured  # noqa: PLC0415

    if document.form != "docx":
        return None
    try:
        return measured(path.read_bytes(), document, report.title)
    except OSError:
        return None


def _no_copy(options: argparse.Namespace) -> str:
    """Why a copy cannot be written, in one sentence; "" when it can, or is not asked for."""
    given: list[str] = options.paths
    if options.mend_layout and not options.output:
        return "要另存调好版式的文件，请同时写上 -o 文件名 和 --mend-layout。"
    if not options.output:
        return ""
    target = Path(options.output)
    if len(given) > 1 or Path(given[0]).is_dir():
        return "另存一次只能一份材料，请只给一个文件。"
    if target.suffix.lower() != ".docx":
        return "另存的文件要以 .docx 结尾，请换一个文件名。"
    return "不会覆盖原来的文件，请换一个文件名。" if _same(target, Path(given[0])) else ""


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _copy(path: Path, target: Path, document: Document, found: Sequence[Finding] | None) -> None:
    """Write the copy: with the findings in it, or laid out anew (``found`` None); raises ``Unreadable``."""
    from .layout import mended  # noqa: PLC0415
    from .reviewed import reviewed  # noqa: PLC0415

    try:
        data = path.read_bytes()
        made = mended(data) if found is None else reviewed(data, document, found, datetime.now(UTC))
        half = target.with_name(target.name + ".part")
        half.write_bytes(made)
        half.replace(target)
    except (OSError, ValueError) as error:
        raise Unreadable("文件没有存成，请检查文件夹是否存在、有没有写的权限。") from error
    complain(f"{'调好版式的' if found is None else '带批注的'}文件已存为：{target.name}")
