"""严禁录入涉密信息（《中华人民共和国保守国家秘密法》，R53）：text that bears a marking of secrecy is taken nowhere.

One rule for everything that comes in: what is typed, pasted, or read from a file.
"""

from __future__ import annotations

import re

_LEVEL = r"(?:绝\s?密|机\s?密|秘\s?密)级?"
_ANYWHERE = re.compile(
    rf"{_LEVEL}\s*[★☆]"  # 秘密★1年
    rf"|密\s*级\s*[：:]\s*{_LEVEL}"
    rf"|[（(【\[]{_LEVEL}[）)】\]]"
)
_ALONE = re.compile(rf"\s*{_LEVEL}\s*")
_HEAD = 15  # a marking without a star stands on a line of its own near the top of the first page

SENTENCE = "内容里有密级标志，没有存；本系统严禁录入涉密信息，请按保密规定处理。"


def marking(text: str) -> str:
    """The marking that a text bears, without its spaces, or "". 保守党的秘密 in a sentence is a word, not a marking."""
    if found := _ANYWHERE.search(text):
        return "".join(found.group().split())
    head = [line for line in text.splitlines() if line.strip()][:_HEAD]
    return next(("".join(line.split()) for line in head if _ALONE.fullmatch(line)), "")
