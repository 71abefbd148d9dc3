"""`bihuan report`: the report of a branch's year from its records, as .docx or PDF. Loads the web system when called."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bihuan.commandline import FINE, Arguments, BadUse, complain, say

if TYPE_CHECKING:
    from datetime import date

    from bihuan.cycle.models import Cycle
    from bihuan.org.models import Org
    from bihuan.report.queries import Standing

EXAMPLE = "bihuan report --branch 第一支部 --cycle 2026 -o 报告.docx"
ENDINGS = (".docx", ".pdf")
SLOW = 1.0  # seconds after which it says what it is doing


def report_command(argv: Sequence[str]) -> int:
    """Write the report to a file. 0: nothing has to be mended; 1: written, with matters to mend; 2: bad use."""
    asked = _arguments().parse_args(list(argv))
    target = Path(asked.output)
    if target.suffix.lower() not in ENDINGS:
        raise BadUse(f"“{target.name}”的后缀要写 .docx 或 .pdf。")
    _begin(asked.data)
    from bihuan.core import clock  # noqa: PLC0415  Django only now

    branch = _branch(asked.branch)
    now = _standing(_cycle(branch, asked.cycle), clock.today())
    _write(target, _drawn(now, target.suffix.lower()))
    say(f"写好了：{target}")
    return _told(now)


def _arguments() -> Arguments:
    parser = Arguments("bihuan report", "由记录生成一个支部一个年度的情况报告。", EXAMPLE)
    parser.add_argument("--branch", required=True, metavar="支部", help="支部的全称")
    parser.add_argument(
        "--cycle", required=True, metavar="年度", help="2026；一年有几次的，2026/2 是第2次；也可以写它的名称"
    )
    parser.add_argument("-o", "--output", required=True, metavar="文件", help="写到哪里，.docx 或 .pdf")
    parser.add_argument("--data", metavar="文件夹", help="数据文件夹，不写就用现在这个文件夹下的 data")
    return parser


def _begin(data: str | None) -> None:
    """Start Django on that data folder, unless it runs already."""
    import django  # noqa: PLC0415  heavy
    from django.apps import apps  # noqa: PLC0415

    if apps.ready:
        return
    folder = Path(data or os.environ.get("BIHUAN_DATA") or Path.cwd() / "data")
    if not os.environ.get("DATABASE_URL") and not (folder / "bihuan.sqlite3").is_file():
        raise BadUse(f"“{folder}”里没有闭环的数据；请用 --data 写明数据文件夹。")
    os.environ["BIHUAN_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.settings")
    django.setup()


def _branch(name: str) -> Org:
    from bihuan.org.models import Org  # noqa: PLC0415

    known = Org.objects.everywhere("the operator at the machine names the branch").filter(cycles__isnull=False)
    branches = {org.name: org for org in known.distinct().order_by("name")}
    if name not in branches:
        raise BadUse(f"没有叫“{name}”的支部。{_known('有这些支部', branches)}")
    branch: Org = branches[name]
    return branch


def _cycle(branch: Org, asked: str) -> Cycle:
    from bihuan.cycle.models import Cycle  # noqa: PLC0415

    cycles = Cycle.objects.of(branch.pk).exclude(source="导入").select_related("org", "notice").order_by("-year", "seq")
    year, _, seq = asked.partition("/")
    numbers = year.isdecimal() and (not seq or seq.isdecimal())
    found = [
        each
        for each in cycles
        if asked in {each.name, each.label} or (numbers and each.year == int(year) and each.seq == int(seq or 1))
    ]
    if len(found) > 1:  # an ordinary year and a 专题 bear the same number
        found = [each for each in found if each.kind == "年度"] if not seq else found
    if len(found) != 1:
        say_what = f"没有叫“{asked}”的年度" if not found else f"“{asked}”指的不止一个年度，请写名称"
        raise BadUse(f"{branch.name}{say_what}。{_known('有这些年度', (each.label for each in cycles))}")
    cycle: Cycle = found[0]
    return cycle


def _known(words: str, names: Iterable[str]) -> str:
    held = list(dict.fromkeys(names))
    return f"{words}：{'、'.join(held)}。" if held else "现在一个也没有。"


def _standing(cycle: Cycle, day: date) -> Standing:
    """How the report stands; where none was started, as it would begin."""
    from bihuan.report.actions import new_draft  # noqa: PLC0415
    from bihuan.report.checking import remarks_on  # noqa: PLC0415
    from bihuan.report.content import content_of  # noqa: PLC0415
    from bihuan.report.queries import Standing, draft_of, standing  # noqa: PLC0415

    draft = draft_of(cycle)
    if draft is not None:
        return standing(draft, day)
    complain("这个年度还没有起稿，按记录排了一份，支部自己的话还空着。")
    fresh = new_draft(cycle, day)
    content = content_of(fresh, day)
    return Standing(fresh, content, tuple(remarks_on(content)), None, ())


def _drawn(now: Standing, ending: str) -> bytes:
    from bihuan.report.paper import docx_of, paper_of, pdf_of  # noqa: PLC0415

    if ending == ".docx":
        return docx_of(paper_of(now.content))
    began = time.monotonic()
    if not _typefaces_at_hand():
        complain("正在找本机的字体，第一次要几秒……")
    result = pdf_of(paper_of(now.content))
    if time.monotonic() - began > SLOW:
        complain("排好了。")
    if result.substitutes:
        used = "，".join(f"{each.role}以{each.used}代" for each in result.substitutes)
        complain(f"本机没有公文用的字体，用了替代字体：{used}。页上也写明了。")
    return result.data


def _typefaces_at_hand() -> bool:
    """Whether Typst was loaded before: the first time it looks through every typeface of the machine."""
    return "typst" in sys.modules


def _write(target: Path, data: bytes) -> None:
    try:
        target.write_bytes(data)
    except OSError as error:
        raise BadUse(f"“{target}”写不进去：{error.strerror or '磁盘或权限不许可'}；请换一个地方。") from error


def _told(now: Standing) -> int:
    """What whoever reads the file should know, on standard error. The file was written, and that is what was asked for."""
    if now.stale is None:
        complain("会议还没有通过这份报告，这是草稿。")
    elif not now.is_fresh:
        complain("会议通过以后内容又变了，这不是通过的那一稿。")
    for remark in now.stops:
        complain(f"要改：{remark.title}。{remark.text}")
    return FINE
