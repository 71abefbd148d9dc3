"""The command ``compare``: papers in, copied passages out.

Exit codes: 0 nothing copied, 1 passages were found or some files refused, 2 bad use or nothing could be read.
"""

from __future__ import annotations

import argparse
import errno
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bihuan_text.commandline import BAD, FINE, FOUND, Parser, complain, guarded, parsed, time_left
from bihuan_text.folders import left_out
from bihuan_text.refusal import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .engines import Engine
    from .index import Work
    from .report import Comparison, Pair, Passage, Side

_SHOWN_PAIRS, _SHOWN_CHARACTERS, _SHOWN_FILES = 50, 80, 10


def compare_command(argv: Sequence[str]) -> int:
    """``bihuan compare``: the copied passages among papers."""
    options = parsed(_parser(), argv)
    return options if isinstance(options, int) else guarded(lambda: _run(options))


def _parser() -> Parser:
    parser = Parser(
        prog="bihuan compare",
        description="找出材料之间相同的段落，精确到字；结果只是提醒去看，不是对任何人的结论。",
        epilog="例：\n  bihuan compare 各支部材料/ --template 通知.docx --html 雷同.html\n"
        "  bihuan compare 2026年发言提纲/ --last-year 2025年发言提纲/",
        add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths", nargs="*", metavar="文件或文件夹", help="材料、装材料的文件夹，或列出材料的 .xlsx 表格"
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出，供其他程序使用")
    parser.add_argument("--html", metavar="文件", help="写成一个网页：两份材料左右对照，相同处互相跳转")
    parser.add_argument("--xlsx", metavar="文件", help="写成一个 Excel 表")
    parser.add_argument(
        "--template", metavar="文件", nargs="+", default=[], help="通知、统一模板等大家照用的材料，其中的话不算雷同"
    )
    parser.add_argument("--index", metavar="文件夹", help="索引文件夹：材料收进去留着，以后的材料可以和它们比")
    parser.add_argument("--add-only", action="store_true", help="只把材料收进索引，这次不比对（和 --index 一起用）")
    parser.add_argument(
        "--last-year",
        metavar="文件或文件夹",
        nargs="+",
        default=[],
        help="上年度的材料：每份材料只和同一人、同一单位上年的那份比，按去掉年份后的文件名对应，重名时再看文件夹名",
    )
    parser.add_argument(
        "--many", type=int, default=0, metavar="篇数", help="超过这么多篇都有的话单独列出，不算雷同（默认 20）"
    )
    parser.add_argument(
        "--engine",
        default="local",
        metavar="引擎",
        help="local（默认，本机各核）或 ray、ray:地址（Ray 集群，材料和索引放在各机都能看到的文件夹）",
    )
    parser.add_argument("-h", "--help", action="help", help="显示本说明")
    return parser


def _run(options: argparse.Namespace) -> int:
    from .heap import keep_what_is_freed  # noqa: PLC0415
    from .index import Busy, Work, compared  # noqa: PLC0415  (numpy only when there is something to compare)
    from .joining import MANY  # noqa: PLC0415
    from .sealed import Torn  # noqa: PLC0415
    from .taking import sources  # noqa: PLC0415
    from .yearly import between_years, paired  # noqa: PLC0415

    if not options.paths and not options.index:
        complain("没有给出材料，请写上文件或文件夹，例如：bihuan compare 各支部材料/")
        return BAD
    keep_what_is_freed()
    try:
        engine = _engine(options.engine)
        beside: list[str] = []
        papers, former = sources(options.paths, beside), sources(options.last_year, beside)
        last = paired(papers, former)
        work = Work([*papers, *former], sources(options.template), options.many or MANY, engine)
        if options.add_only:
            return _added(work, options)
        with compared(work, Path(options.index) if options.index else None, Progress()) as found:
            if former:
                found = between_years(found, last)
                _without_last_year([each.name for each in papers if each.name not in last])
            for name, reason in found.refused:
                complain(f"{name}：{reason}")
            if beside:
                complain(left_out(beside, "比"))
            if not found.names:
                complain("没有读到可以比对的材料，请检查文件名和路径。")
                return BAD
            _write(options, found)
    except (Unreadable, Torn, Busy, BadEngine) as refusal:
        complain(str(refusal) if not isinstance(refusal, Unreadable) else refusal.reason_zh)
        return BAD
    except OSError as error:
        complain(f"{_hindered(error)}，请检查磁盘空间和写入权限后再运行一次。")
        return BAD
    return FOUND if found.passages or found.families or found.refused else FINE


def _added(work: Work, options: argparse.Namespace) -> int:
    """Papers into the index and no more."""
    from .index import added  # noqa: PLC0415

    if not options.index:
        complain("没有写索引文件夹，请加上 --index 和它的位置。")
        return BAD
    count, refused = added(work, Path(options.index), Progress())
    for name, reason in refused:
        complain(f"{name}：{reason}")
    if options.json:
        print(
            json.dumps({"papers": count, "refused": [{"file": n, "reason": r} for n, r in refused]}, ensure_ascii=False)
        )
    else:
        print(f"索引里现在有 {count} 份材料。")
    return FOUND if refused else FINE


def _without_last_year(names: list[str]) -> None:
    if names:
        more = f"等 {len(names)} 份" if len(names) > _SHOWN_FILES else ""
        complain(f"{'、'.join(names[:_SHOWN_FILES])}{more}没有找到上年的材料，没有比；请把两年的文件名写成只差年份。")


def _hindered(error: OSError) -> str:
    """Why nothing could be written; an array that is written short of room carries no number."""
    if error.errno in {None, errno.ENOSPC, errno.EDQUOT}:
        return "磁盘满了，写不下"
    return "没有写入的权限" if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} else "文件写不了"


def _engine(name: str) -> Engine:
    """The engine of that name. Raises ``BadEngine`` with a sentence."""
    from .engines import Local  # noqa: PLC0415

    if name == "local":
        return Local()
    kind, _, address = name.partition(":")
    if kind != "ray":
        raise BadEngine("引擎只有 local 和 ray 两种，请检查 --engine 后面写的是什么。")
    try:
        from .on_ray import OnRay  # noqa: PLC0415
    except ImportError as error:
        raise BadEngine("没有装 Ray，请先运行 pip install 'bihuan[ray]'，或不写 --engine 在本机比对。") from error
    try:
        return OnRay(address)
    except Exception as error:
        raise BadEngine("连不上 Ray 集群，请检查地址和集群是否已经启动。") from error


class BadEngine(Exception):
    """An engine that is not there; ``str()`` is one Chinese sentence."""


def _write(options: argparse.Namespace, found: Comparison) -> None:
    if options.html or options.xlsx:
        from .pages import html, workbook  # noqa: PLC0415

        if options.html:
            Path(options.html).write_text(html(found), "utf-8", "replace")
        if options.xlsx:
            workbook(found, Path(options.xlsx))
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False))  # several times faster than ``json.dump``
    else:
        print("\n".join(_told(found)))


class Progress:
    """What is being done, how far it got and how long it may last, about once a second on stderr."""

    def __init__(self) -> None:
        self.begun = self.last = time.monotonic()
        self.step = ""

    def __call__(self, step: str, done: int, of: int) -> None:
        now = time.monotonic()
        if step != self.step:
            self.step, self.begun = step, self.last if step != self.step and self.step else self.begun
        if (now - self.last < 1 and done < of) or of <= 1:
            return
        self.last = now
        left = (now - self.begun) / max(1, done) * (of - done)
        complain(f"正在{step}（{done}/{of}）" + (f"，约剩 {time_left(left)}" if done < of else ""))


# --- what is said -----------------------------------------------------------------------------------------------------


def as_json(found: Comparison) -> dict[str, object]:
    """The shape of the contract; offsets are code points of the plain texts."""

    def place(side: Side) -> dict[str, object]:
        return {"file": found.names[side.paper], "start": side.start, "end": side.end}

    def passage(each: Passage) -> dict[str, object]:
        return {"a": place(each.a), "b": place(each.b), "length": each.a.end - each.a.start, "text": each.text}

    def pair(each: Pair) -> dict[str, object]:
        shares = {"copied_a": round(each.copied_a, 4), "copied_b": round(each.copied_b, 4)}
        return {"a": found.names[each.a], "b": found.names[each.b], **shares, "characters": each.characters}

    return {
        "files": found.names,
        "passages": [passage(each) for each in found.passages],
        "pairs": [pair(each) for each in found.pairs],
        "set_aside": [
            {**place(each.place), "text": each.text, "reason": each.reason, "files": each.papers}
            for each in found.set_aside
        ],
        "families": [
            {
                "files": [found.names[paper] for paper in each.papers],
                "same": each.same,
                "earliest": None if each.earliest is None else found.names[each.earliest],
            }
            for each in found.families
        ],
        "refused": [{"file": name, "reason": reason} for name, reason in found.refused],
    }


def _told(found: Comparison) -> Iterator[str]:
    yield f"比对了 {len(found.names)} 份材料：{len(found.pairs)} 对之间有相同的段落，共 {len(found.passages)} 段。"
    if found.passages:
        yield "以下只是提醒去看；是否雷同，请对照原文判断。"
    by_pair: dict[tuple[int, int], list[Passage]] = {}
    for each in found.passages:
        by_pair.setdefault((each.a.paper, each.b.paper), []).append(each)
    ordered = sorted(found.pairs, key=lambda pair: -pair.characters)
    for pair in ordered[:_SHOWN_PAIRS]:
        yield ""
        yield f"{found.names[pair.a]} 与 {found.names[pair.b]}"
        yield f"  相同 {pair.characters} 字，占前者 {pair.copied_a:.1%}、后者 {pair.copied_b:.1%}"
        for each in by_pair[pair.a, pair.b]:
            words = " ".join(each.text.split())
            more = "……" if len(words) > _SHOWN_CHARACTERS else ""
            yield f"  第 {each.a.start}—{each.a.end} 字 ／ 第 {each.b.start}—{each.b.end} 字：{words[:_SHOWN_CHARACTERS]}{more}"
    if len(ordered) > _SHOWN_PAIRS:
        yield f"\n还有 {len(ordered) - _SHOWN_PAIRS} 对没有列出，加 --html 或 --xlsx 可以看到全部。"
    for family in found.families:
        which = "内容完全相同" if family.same else "大部分相同"
        early = f"，写明日期最早的是 {found.names[family.earliest]}" if family.earliest is not None else ""
        yield f"\n{which}的 {len(family.papers)} 份{early}：" + "、".join(
            found.names[paper] for paper in family.papers[:20]
        )
    if found.set_aside:
        yield f"\n另有 {len(found.set_aside)} 处大家都写的话没有计入（--json 或 --xlsx 里有原文和理由）。"
