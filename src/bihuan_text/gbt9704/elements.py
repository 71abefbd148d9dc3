"""What an official paper is made of. Plain values: nothing here reads, measures or writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime

Level = Literal[1, 2, 3, 4]

# Word refuses a w:tag longer than 64 characters, "fact:" takes five of them.
LONGEST_REF = 59
# Word's bookmarks: a letter first, then letters, digits and underscores, 40 at most.
MARK = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


def date_zh(day: datetime.date) -> str:
    """成文日期：年份写全，月、日不编虚位（GB/T 9704—2012 第 7.3.5.4 条）。"""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass(frozen=True, slots=True)
class Text:
    """一段普通文字。"""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """来自记录的数字或事实；`ref` 指回它的出处，`label` 是在 Word 里看到的名字。"""

    ref: str
    text: str
    label: str = ""

    def __post_init__(self) -> None:
        if not self.ref or len(self.ref) > LONGEST_REF:
            raise ValueError(f"a fact's ref takes 1 to {LONGEST_REF} characters: {self.ref!r}")


def _proper_mark(mark: str) -> None:
    if mark and not MARK.fullmatch(mark):
        raise ValueError(f"a mark is a letter and up to 39 letters, digits or underscores: {mark!r}")


Inline = Text | Fact
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """标题，已经分好行；`bihuan_text.gbt9704.title_of` 按词意和梯形分行。"""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recipient:
    """主送机关，末尾的全角冒号缺了会补上。"""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """一级“一、”到四级“（1）”的标题，序号写在文字里；`run_in` 是接在同一段里的正文；`mark` 同 `Paragraph`。"""

    level: Level
    inlines: Inlines
    run_in: Inlines = ()
    mark: str = ""

    def __post_init__(self) -> None:
        _proper_mark(self.mark)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """正文的一个自然段；`mark` 是它在 Word 里的书签名，别处改过的文件凭它认出这一段，不印出来。"""

    inlines: Inlines
    mark: str = ""

    def __post_init__(self) -> None:
        _proper_mark(self.mark)


@dataclass(frozen=True, slots=True)
class Table:
    """表格；`widths` 是各栏宽度的比例，一行的格数与表头相同；`heights` 是各行至少多高（毫米），留给手写，只在 Word 里有。"""

    header: tuple[str, ...]
    rows: tuple[tuple[str | Inlines, ...], ...]
    widths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        columns = len(self.header)
        if not columns or any(len(row) != columns for row in self.rows):
            raise ValueError("every row of a table has as many cells as its header")
        if self.widths and (len(self.widths) != columns or min(self.widths) <= 0):
            raise ValueError("a table's widths are positive, one for each column")
        if self.heights and (len(self.heights) != len(self.rows) or min(self.heights) < 0):
            raise ValueError("a table's heights are not negative, one for each row")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """另起一页。"""


Block = Heading | Paragraph | Table | PageBreak


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """附件说明；名称后不加标点，多余的会去掉。"""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """不加盖印章的署名和成文日期；日期未定时只排署名。"""

    org: str
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """附注，如联系人和电话；圆括号缺了会补上。"""

    text: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """随文的附件，另面编排；只有一个附件时 `number` 为空。"""

    number: int | None
    title: Title
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记：抄送机关、印发机关和印发日期。"""

    copies: tuple[str, ...] = ()
    issuer: str = ""
    issued: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """版头：红色的发文机关标志，发文字号，上行文的签发人。有签发人的，字号居左空一字，签发人居右空一字（7.2.5、7.2.6）。"""

    mark: str
    number: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """一份公文，没有 `head` 的不带红头；没有写附件说明而有附件时，附件说明由附件标题排出。

    `landscape` 的横着排，只有 Word 文档。
    """

    title: Title
    body: tuple[Block, ...]
    recipient: Recipient | None = None
    attachment_note: AttachmentNote | None = None
    signature: Signature | None = None
    note: Note | None = None
    attachments: tuple[Attachment, ...] = ()
    imprint: Imprint | None = None
    head: Head | None = None
    landscape: bool = False
