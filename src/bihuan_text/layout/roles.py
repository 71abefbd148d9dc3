"""What part each paragraph plays (标题, 主送, 一、, body, 附件说明, 成文日期, 附件, 抄送 …), told by its words and its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .units import points

if TYPE_CHECKING:
    from .paragraphs import Para

_BLANK: Final = re.compile(r"[\s\u3000\u200b\ufeff]+")
_H: Final = (
    ("h1", re.compile(r"[\s\u3000]*[一二三四五六七八九十]{1,3}、")),
    ("h2", re.compile(r"[\s\u3000]*[（(][一二三四五六七八九十]{1,3}[)）]")),
    ("h3", re.compile(r"[\s\u3000]*\d{1,2}[.．、](?!\d)")),
    ("h4", re.compile(r"[\s\u3000]*[（(]\d{1,2}[)）]")),
)
_END: Final = re.compile(r"[。！？；：:]")
LONGEST_LEAD: Final = 45
_DATE: Final = re.compile(
    r"[12二][\d〇○零ＯO一二三四五六七八九]{3}年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)
_ISSUED: Final = re.compile(r".{0,60}\d{4}年\d{1,2}月\d{1,2}日印发")
_COPIES: Final = re.compile(r"抄送[:：]")
_NOTE: Final = re.compile(r"附件[:：].+")
_MORE: Final = re.compile(r"\d{1,2}[.．、].{2,60}")
_ANNEX: Final = re.compile(r"附件\d{0,2}[:：]?")
_NUMBERED_ANNEX: Final = re.compile(r"附件\d{1,2}[:：]?.{2,40}")
_RECIPIENT: Final = re.compile(
    r"[^。；！？:：\d]{1,80}(?:委员会|党委|党工委|党组|总支|支部|小组|单位|部门|机关|局|处|科|室|部|院|校|公司|中心)[:：]"
)
_HEAD_NUMBER: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,20}[〔\[［【(（]\d{4}[〕\]］】)）]第?\d{1,5}号")
_RED: Final = re.compile(r"[C-Fc-f][0-9A-Fa-f](?:[0-3][0-9A-Fa-f]){2}")
_SENTENCE_END: Final = tuple("。；！？：…”）")
_LONG: Final = 30
_TITLE_LINES: Final = 6
_LARGE_PT: Final = 18.0


def bare(text: str) -> str:
    """Text without any blanks."""
    return _BLANK.sub("", text)


def lead_length(text: str) -> int:
    """How many characters of a heading are its lead: up to its first full stop, all of it when it stands alone."""
    end = _END.search(text)
    return end.end() if end and end.end() < len(text.rstrip()) else len(text)


def give_roles(paras: list[Para], title: str | None) -> None:
    """Write the part each paragraph plays onto it; "" is a line that no rule is sure about."""
    printed = [para for para in paras if bare(para.text)]
    outside = [para for para in printed if not para.in_table]
    after = _head(outside, title)
    rest = outside[after:]
    annex = _first_annex(rest)
    main = rest[:annex]
    _ending(main)
    if main and after and not main[0].role and _RECIPIENT.fullmatch(bare(main[0].text)) and not _heading(main[0]):
        main[0].role = "recipient"
    for para in main:
        para.role = para.role or _heading(para) or ("body" if _is_body(para) else "")
    for para in rest[annex:]:
        para.role = _annex_role(para)
    for para in printed:
        if not para.role and _COPIES.match(bare(para.text)):
            para.role = "copies"
        elif not para.role and _ISSUED.fullmatch(bare(para.text)):
            para.role = "issuer"


def _head(outside: list[Para], title: str | None) -> int:
    """Give roles to the red head and the title; where the text below begins."""
    below = next((n for n, para in enumerate(outside[:_TITLE_LINES]) if not _is_of_head(para)), 0)
    for para in outside[:below]:
        para.role = "mark" if _is_red(para) else "number"
    first, last = _title_at(outside, below, bare(title or ""))
    for para in outside[first:last]:
        para.role = "title"
    return last


def _title_at(outside: list[Para], below: int, title: str) -> tuple[int, int]:
    """The first lines in the middle, or the paragraphs that together are the title that was read."""
    centred, read = _centred_top(outside, below), _read_title(outside, below, title)
    in_middle = all(para.said.get("jc") == "center" for para in outside[slice(*read)])
    return read if read[1] and (in_middle or centred[0] == centred[1]) else centred


def _read_title(outside: list[Para], below: int, title: str) -> tuple[int, int]:
    for first in range(below, min(len(outside), 8) if title else 0):
        joined = ""
        for last in range(first, min(first + _TITLE_LINES, len(outside))):
            joined += bare(outside[last].text)
            # A red head may have been read as the beginning of the title.
            if joined == title or (below and first == below and title.endswith(joined)):
                return first, last + 1
            if joined not in title:
                break
    return 0, 0


def _centred_top(outside: list[Para], first: int) -> tuple[int, int]:
    """The lines in the middle that begin there, as long as they are of one size."""
    size, last = None, first
    for para in outside[first : first + _TITLE_LINES]:
        own = para.stretches[0].said.get("size") if para.stretches else None
        centred = para.said.get("jc") == "center" and not bare(para.text).endswith(_SENTENCE_END)
        if not centred or len(bare(para.text)) > 2 * _LONG or (last > first and own != size):
            break
        size, last = own, last + 1
    return first, last


def _is_of_head(para: Para) -> bool:
    return _is_red(para) or bool(_HEAD_NUMBER.match(bare(para.text)))


def _is_red(para: Para) -> bool:
    return bool(para.stretches) and all(_RED.fullmatch(s.said.get("colour", "")) for s in para.stretches)


def _first_annex(rest: list[Para]) -> int:
    """Where the attachments begin: “附件1” on a line of its own, or before its name at the top of a page."""
    for place, para in enumerate(rest):
        said = bare(para.text)
        if _ANNEX.fullmatch(said) and place and not _is_note(rest, place):
            return place
        if para.turned and place and _NUMBERED_ANNEX.fullmatch(said):
            return place
    return len(rest)


def _is_note(rest: list[Para], place: int) -> bool:
    """Whether “附件：” alone on its line heads the list of names before the signature."""
    following = bare(rest[place + 1].text) if place + 1 < len(rest) else ""
    return bare(rest[place].text) in ("附件：", "附件:") and bool(_MORE.fullmatch(following)) and not rest[place].turned


def _annex_role(para: Para) -> str:
    said = bare(para.text)
    return "annex-mark" if _ANNEX.fullmatch(said) or (para.turned and _NUMBERED_ANNEX.fullmatch(said)) else ""


def _ending(main: list[Para]) -> None:
    """Give roles to what stands below the text: 附件说明, 署名, 成文日期, 附注."""
    for place in range(max(0, len(main) - 12), len(main)):
        said = bare(main[place].text)
        if place and _DATE.fullmatch(said):
            main[place].role = "date"
            if not main[place - 1].role and _is_name(main[place - 1]):
                main[place - 1].role = "org"
        elif said.startswith("（") and said.endswith("）") and place and main[place - 1].role == "date":
            main[place].role = "note"
    for place, para in enumerate(main):
        if (_NOTE.fullmatch(bare(para.text)) or bare(para.text) in ("附件：", "附件:")) and place:
            _names(main, place)


def _names(main: list[Para], place: int) -> None:
    main[place].role = "annex-note"
    for para in main[place + 1 :]:
        if para.role or not _MORE.fullmatch(bare(para.text)):
            return
        para.role = "annex-note"


def _is_name(para: Para) -> bool:
    said = bare(para.text)
    return len(said) <= _LONG and not any(mark in said for mark in "。；，：！？") and not _heading(para)


def _heading(para: Para) -> str:
    """h1 to h4 by the ordinal, "" for text that only begins like one."""
    level = next((level for level, form in _H if form.match(para.text)), "")
    return level if not level or lead_length(para.text.strip()) <= LONGEST_LEAD else "body"


def _is_body(para: Para) -> bool:
    """A sentence, or a line too long to be anything else; not what stands in the middle or at the right."""
    said = bare(para.text)
    if para.said.get("jc") in ("center", "right") or _is_large(para):
        return False
    return len(said) >= _LONG or (len(said) > 8 and said.endswith(_SENTENCE_END[:3]))


def _is_large(para: Para) -> bool:
    """Set so large that it is a title of its own."""
    size = points(para.stretches[0].said.get("size"), 2.0) if para.stretches else None
    return (size or 0.0) >= _LARGE_PT and len(bare(para.text)) < _LONG
