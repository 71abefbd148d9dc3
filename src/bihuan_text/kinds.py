"""What a paper calls itself: title, kind, and the 年度 it is about."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import cast

from .lists import table
from .outline import Block, Outline
from .place import Span
from .roles import Role, role_of
from .titles import Title


class Kind(StrEnum):
    """The kinds of the contract; ``OTHER`` is any paper whose problems are not ours to read."""

    REPORT = "情况报告"
    EXAMINATION = "对照检查材料"
    SPEECH = "发言提纲"
    DUTY = "述职报告"
    LEDGER = "整改台账"
    NOTICE = "通知"
    OTHER = "其他"


_OPENING = 600


@cache
def _rows(name: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    rows = cast("dict[str, list[str]]", table("kinds.toml")[name])
    return tuple((Kind(kind), re.compile("|".join(patterns))) for kind, patterns in rows.items())


def kind_of(text: str, title: Title | None, outline: Outline, *, ledger: bool) -> Kind:
    """The kind a paper says it is; by its parts when it does not say."""
    start = title.span.start if title else outline.preface.start
    named = kind_named(title.text) if title else None
    if named is not None and title:
        return named if _is_meant(named, text, title, outline) else Kind.OTHER
    if ledger:
        return Kind.LEDGER
    opening = _first("opening", text[start : start + _OPENING])
    return opening or (Kind.OTHER if title else _by_parts(text, outline))


def kind_without_title(body: str) -> Kind:
    """A paper of ours that has no title is a report when it tells of a meeting."""
    return Kind.REPORT if re.search(_words("voice")["meeting"], body) else Kind.EXAMINATION


def kind_named(title: str) -> Kind | None:
    """The kind that a title names."""
    return _first("title", re.sub(r"（[^（）]*）|\s", "", title))


def speaks_of_itself(text: str) -> bool:
    """Whether a paper speaks of its own people at least as often as of some members or others, and is no
    news."""
    voice = _words("voice")
    if re.search(voice["elsewhere"], text):
        return False
    return len(re.findall(voice["itself"], text)) >= len(re.findall(voice["others"], text))


def _by_parts(text: str, outline: Outline) -> Kind:
    """A paper without a title that has a part on problems and one on causes or measures, or speaks of its own alone."""
    roles = {role_of(root.lead.of(text)) for root in outline.roots}
    body, voice = outline.body.of(text), _words("voice")
    more = roles & {Role.CAUSES, Role.MEASURES} and re.search(_words("ours")["any"], body)
    alone = re.search(voice["mine"], body) and not re.search(voice["others"], body)
    ours = Role.PROBLEMS in roles and (more or alone) and speaks_of_itself(body)
    return kind_without_title(body) if ours else Kind.OTHER


def _is_meant(named: Kind, text: str, title: Title, outline: Outline) -> bool:
    """Whether a paper that calls itself 报告 or 自查 is about an 组织生活会: by its title, or by what it speaks of."""
    words = _words("ours")
    checks = named is Kind.EXAMINATION and re.search(words["check"], title.text) is not None
    if named is not Kind.REPORT and not checks:
        return True
    if re.search(words["title"], title.text):
        return True
    body = text[title.span.start : outline.body.end]
    if checks:
        return re.search(words["self"], body) is not None
    spoken = len(set(re.findall(words["text"], body)))
    problems = any(role_of(root.lead.of(text)) is Role.PROBLEMS for root in outline.roots)
    return spoken > 1 or (problems and (spoken > 0 or re.search(words["branch"], title.text) is not None))


def _words(name: str) -> dict[str, str]:
    return cast("dict[str, str]", table("kinds.toml")[name])


def _first(name: str, said: str) -> Kind | None:
    return next((kind for kind, pattern in _rows(name) if pattern.search(said)), None)


_YEAR = r"(20\d\d|二[〇○零0][一二三四五六七八九〇○零]{2})"
_OF_TITLE = re.compile(_YEAR + r" ?年度?|(?<!\d)(20\d\d)(?=[^\d年月号])")
_OF_MEETING = re.compile(
    _YEAR + r" ?年(?! ?\d{1,2} ?月)度?.{0,12}?(?:组织生活会|民主评议|民主生活会|履职|履行职责|述职|工作情况|对照检查)"
)
_FIRST_WORDS = re.compile(
    r"(?:(?:\n|。)[ \t]*|把|对|回顾)" + _YEAR + r" ?年度?(?:以来)?(?:，(?:我|本人|在)|(?:自己|本人|我)(?!国|省|市|县))"
)
_BELOW_TITLE = re.compile(r"\s{0,40}+（" + _YEAR + " ?年度?）")
_OF_LAST = re.compile(_YEAR + r" ?年度")


def year_of(text: str, title: Title | None, preface: Span, prior: Block | None) -> int | None:
    """The 年度 a paper is about: its title's, its opening's, or the year after the one its section on last year names."""
    if title and (found := _OF_TITLE.search(title.text)):
        return _year(found[1] or found[2])
    where = preface.start, preface.end
    if title and (found := _BELOW_TITLE.match(text, *where)):
        return _year(found[1])
    if found := _OF_MEETING.search(text, *where) or _FIRST_WORDS.search(text, *where):
        return _year(found[1])
    if (
        prior
        and re.search("上年度|上一年度|去年|上一年", prior.lead.of(text))
        and (found := _OF_LAST.search(text, prior.start, prior.end))
    ):
        return _year(found[1]) + 1
    return None


def _year(said: str) -> int:
    return int(said.translate(str.maketrans("〇○零一二三四五六七八九", "000123456789")))
