"""How much a reader takes in. A paper of this kind has some ten thousand characters; these leave room for pictures.

The limits on marks bound the parsed tree: an element costs libxml2 about 120 bytes, an attribute about 100.
"""

from __future__ import annotations

from bihuan_text.refusal import Unreadable

MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_CHARACTERS = 2_000_000
MAX_PARAGRAPHS = 200_000

MAX_MEMBERS = 5_000
MAX_PART_BYTES = 24 * 1024 * 1024
MAX_TOTAL_BYTES = 40 * 1024 * 1024
MAX_ELEMENTS = 900_000
MAX_ATTRIBUTES = 1_000_000
MAX_DEPTH = 100

MAX_PAGES = 1_000
PDF_SECONDS = 14.0


def too_many_paragraphs() -> Unreadable:
    """The refusal of a file with more paragraphs than any paper has."""
    return Unreadable(f"文件超过 {MAX_PARAGRAPHS // 10000} 万个段落，不像一份材料，请只提交这份材料本身。")


def too_deep() -> Unreadable:
    """The refusal of a file in which more stands inside one another than any program writes."""
    return Unreadable("文件的结构嵌套过深，为安全起见没有读取，请用 Word 或 WPS 打开后另存为 .docx 再试。")


def too_large(size: int) -> str:
    """The refusal of a file of ``size`` bytes."""
    limit = MAX_FILE_BYTES // 1024 // 1024
    return f"文件有 {size // 1024 // 1024} MB，超过 {limit} MB 的上限，请删去其中的图片或只留材料本身再试。"
