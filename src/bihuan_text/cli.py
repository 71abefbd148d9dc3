"""The commands ``read`` and ``check``: papers in, structure or findings out.

Exit codes: 0 fine, 1 findings or some files refused, 2 bad use or nothing could be read. Results go to stdout; progress
and refusals, one Chinese sentence each, to stderr.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .commandline import BAD, FINE, FOUND, Parser, complain, guarded, parsed, time_left
from .folders import below, common, left_out, papers_in
from .refusal import Unreadable

if TYPE_CHECKING:
    from .document import Document
    from .report import Report
    from .runs.answers import Answer, Wanted, Work
    from .runs.outputs import Output

_KINDS = ("情况报告", "对照检查材料", "发言提纲", "述职报告", "整改台账", "通知", "其他")


def _parser(command: str, about: str, example: str) -> Parser:
    parser = Parser(
        prog=f"bihuan {command}", description=about, epilog=f"例：\n  {example}", add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("paths", nargs="+", metavar="文件或文件夹", help="Word、WPS、PDF、网页或文本文件，可以给多个")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出，供其他程序使用")
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    return parser


def read_command(argv: Sequence[str]) -> int:
    """``bihuan read``: the structure of each paper."""
    parser = _parser(
        "read", "读出材料的结构：上年度整改、问题、例子、原因、措施。", "bihuan read 2026年度情况报告.docx --json"
    )
    options = parsed(parser, argv)
    return options if isinstance(options, int) else guarded(lambda: _read_all(options))


def check_command(argv: Sequence[str]) -> int:
    """``bihuan check``: what a reviewer would remark on each paper."""
    example = "bihuan check 2026年度情况报告.docx --last-year 2025年度情况报告.docx"
    parser = _parser("check", "检查材料：占位符、文件名称、会议名称、序号、措施的责任人和时限等。", example)
    parser.add_argument(
        "--kind", choices=_KINDS, metavar="种类", help="材料的种类，不写则自动判断：" + "、".join(_KINDS)
    )
    parser.add_argument("--last-year", metavar="文件", help="上年度的同类材料，用来核对上年度问题是否都有回应")
    parser.add_argument("--notice", metavar="文件", help="当年的通知，用来核对它要求对照的方面是否都写到了")
    parser.add_argument("--off", metavar="规则", help="这次不查的规则，用逗号分开，如 R52,D27")
    parser.add_argument(
        "--silence", metavar="规则=理由", action="append", default=[],
        help="这份材料不再提示的规则和理由，如 R22=台账另附；理由留在结果里，可以写多次",
    )  # fmt: skip
    parser.add_argument("--no-layout", action="store_true", help="不查 .docx 的版式（纸张、页边、字体字号、页码等）")
    parser.add_argument("--html", metavar="文件", help="写成一个网页：材料原文带标记，旁边逐条说明，不用联网")
    parser.add_argument("--xlsx", metavar="文件", help="写成一个 Excel 表：一份材料一行，另一页逐条列出意见")
    parser.add_argument(
        "-o", "--output", metavar="文件", help="另存一份带批注和修订的 .docx，原来的文件不动；一次一份材料"
    )
    parser.add_argument("--mend-layout", action="store_true", help="另存的那份调好版式，文字一个不动；和 -o 一起用")
    options = parsed(parser, argv)
    return options if isinstance(options, int) else guarded(lambda: _check_all(options))


# --- one paper or many ------------------------------------------------------------------------------------------------


def _read_all(options: argparse.Namespace) -> int:
    from .runs.answers import Reading, Wanted  # noqa: PLC0415

    return _run(options, Reading(Wanted(json=options.json)), _files(options.paths))


def _check_all(options: argparse.Namespace) -> int:
    from .page import WHOLE  # noqa: PLC0415
    from .runs.answers import Wanted  # noqa: PLC0415

    targets = [Path(each) for each in (options.output, options.html, options.xlsx) if each]
    files = [path for path in _files(options.paths) if str(path) in options.paths or not _is_any(path, targets)]
    try:
        page, book = bool(options.html), bool(options.xlsx)
        wanted = Wanted(options.json, row=page or book, part=page and len(files) <= WHOLE, remarks=book)
        work = _checking(options, wanted, files)
        _targets_do_no_harm(options, targets, files)
    except (ValueError, Unreadable) as refusal:
        complain(str(refusal))
        return BAD
    return _run(options, work, files)


def _checking(options: argparse.Namespace, wanted: Wanted, files: Sequence[Path]) -> Work:
    """What is done with each paper. Raises ``ValueError`` or ``Unreadable`` for what was asked wrongly."""
    from .checks import known_rules  # noqa: PLC0415
    from .runs.answers import Checking  # noqa: PLC0415

    off = [code.strip() for code in (options.off or "").replace("，", ",").split(",") if code.strip()]
    silenced = dict(_reason(given) for given in options.silence)
    known_rules(off, silenced)
    last, last_document = _beside(options.last_year, "上年度材料")
    notice, _ = _beside(options.notice, "通知")
    return Checking(
        wanted, options.kind, off, silenced, not options.no_layout, last, last_document, options.output or "",
        options.mend_layout, not _are_many(options), notice, common(files),
    )  # fmt: skip


def _beside(given: str | None, what: str) -> tuple[Report | None, Document | None]:
    """A paper that the others are held against, read, and as it is. Raises ``Unreadable`` with its name."""
    from .readers import read_file  # noqa: PLC0415
    from .reading import read_report  # noqa: PLC0415

    if not given:
        return None, None
    try:
        document = read_file(Path(given))
    except Unreadable as refusal:
        raise Unreadable(f"{what}没有读成，{Path(given).name}：{refusal.reason_zh}") from refusal
    return read_report(document), document


def _reason(given: str) -> tuple[str, str]:
    code, _, reason = given.partition("=")
    return code.strip(), reason.strip()


def _targets_do_no_harm(options: argparse.Namespace, targets: Sequence[Path], files: Sequence[Path]) -> None:
    """Raises ``ValueError`` where what is to be written does not fit what was asked, or would cover a paper."""
    if options.mend_layout and not options.output:
        raise ValueError("要另存调好版式的文件，请同时写上 -o 文件名 和 --mend-layout。")
    if options.output and _are_many(options):
        raise ValueError("另存一次只能一份材料，请只给一个文件；一个文件夹的意见可以用 --html 或 --xlsx 写成一份。")
    if options.output and Path(options.output).suffix.lower() != ".docx":
        raise ValueError("另存的文件要以 .docx 结尾，请换一个文件名。")
    given = [*files, *(Path(each) for each in (options.last_year, options.notice) if each)]
    if any(_is_any(target, given) for target in targets):
        raise ValueError("不会覆盖原来的文件，请换一个文件名。")
    if any(_is_any(target, targets[:at]) for at, target in enumerate(targets)):
        raise ValueError("两样结果写到了同一个文件，请换一个文件名。")


def _is_any(one: Path, others: Sequence[Path]) -> bool:
    """Whether it is the same file as one of the others, by name or on disk."""
    return any(one == other or _same(one, other) for other in others)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _are_many(options: argparse.Namespace) -> bool:
    return len(options.paths) > 1 or Path(options.paths[0]).is_dir()


def _files(given: list[str]) -> list[Path]:
    """The files named, and the papers of the folders named, each once; what else lies in the folders is said."""
    beside: list[str] = []
    files: list[Path] = []
    known: set[str] = set()
    for name in given:
        path = Path(name)
        found = [path]
        if path.is_dir():
            found = [each for each in map(Path, papers_in(name, beside)) if os.path.abspath(each) not in known]
        files += found
        known |= {os.path.abspath(each) for each in found}
    if beside:
        complain(left_out(list(dict.fromkeys(beside)), "读"))
    return files


def _run(options: argparse.Namespace, work: Work, files: Sequence[Path]) -> int:
    """Every paper looked through, its answer given out as soon as its turn comes."""
    many = _are_many(options)
    if many and not files:
        complain("文件夹里没有可以读取的材料，请放入 .docx、.doc、.pdf 或 .txt 文件再试。")
    outputs: list[Output] = []
    try:
        outputs += _outputs(options, len(files), many=many)
        code = _given_out(work, files, outputs, many=many)
        for output in outputs:
            output.close()
    except KeyboardInterrupt:
        complain("已中断，没有看完" + ("，输出的 JSON 不完整。" if options.json else "。"))
        return BAD
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"结果写不下来（{error.filename or '输出'}），请检查文件夹是否存在、是否有写入权限、磁盘是否已满。")
        return BAD
    finally:
        for output in outputs:
            output.drop()
    return code


def _outputs(options: argparse.Namespace, papers: int, *, many: bool) -> Iterator[Output]:
    from .page import WHOLE  # noqa: PLC0415
    from .runs.outputs import Book, Objects, OneObject, Page, Printed  # noqa: PLC0415

    yield ((Objects if many else OneObject) if options.json else Printed)(sys.stdout)
    if getattr(options, "html", None):
        yield Page(Path(options.html), whole=papers <= WHOLE)
    if getattr(options, "xlsx", None):
        yield Book(Path(options.xlsx))


def _given_out(work: Work, files: Sequence[Path], outputs: Sequence[Output], *, many: bool) -> int:
    """Ask each paper and give its answer to every output; the exit code."""
    read, found, folder = 0, 0, common(files)
    progress = _Progress(len(files)) if many else None
    for number, answer in enumerate(_asked(work, files), 1):
        path = files[number - 1]
        if progress:
            progress.at(number, path)
        if isinstance(answer, str):
            complain(f"{path if many else path.name}：{answer}")
            for output in outputs:
                output.refuse(str(path), below(path, folder), answer)
            continue
        read, found = read + 1, found + answer.found
        if answer.told:
            complain(answer.told)
        for output in outputs:
            output.add(answer)
    if not read:
        return BAD
    return FOUND if found or read < len(files) else FINE


def _asked(work: Work, files: Sequence[Path]) -> Iterator[Answer | str]:
    """One paper is soonest answered here; many are kept from each other's faults by processes of their own."""
    if len(files) == 1:
        return iter([work(1, files[0])])
    from .runs.workers import answers  # noqa: PLC0415

    return answers(work, files)


class _Progress:
    """Says on stderr which paper it is at, the first and the last one and one in every half second."""

    def __init__(self, many: int) -> None:
        self._many, self._began, self._said = many, time.monotonic(), 0.0

    def at(self, number: int, path: Path) -> None:
        """The answer of a paper has come."""
        now = time.monotonic()
        if 1 < number < self._many and now - self._said < 0.5:
            return
        self._said = now
        left = (now - self._began) / number * (self._many - number)
        more = f"，约剩 {time_left(left)}" if left >= 3 else ""
        complain(f"已读（{number}/{self._many}{more}）：{path.name}")
