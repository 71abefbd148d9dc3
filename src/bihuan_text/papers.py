"""Where the papers of a file begin: a cover before the report, or the statements of several people one after another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .kinds import Kind, kind_named
from .ordinals import Marker, between
from .place import Span
from .titles import SUBTITLE, Title, names_a_genre, title_of

Paper = tuple[Title | None, Span]
_OWN = (Kind.REPORT, Kind.EXAMINATION, Kind.SPEECH, Kind.DUTY)
_LINE = re.compile(r"^[ \t]*([^\n]{3,50}?)[ \t]*$", re.MULTILINE)
# What plainly is a title of another paper though it is none of ours.
_OTHER = re.compile("上的讲话$|主持词$|(?:工作|实施|活动)方案$|的通知$")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[、.）)]|第[一二三四五六七八九十]{1,2}(?:部分|章|节)|附")
_PIECE = re.compile(r"(?:第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{1,3})(?:[： ].{0,40})?")
_BELOW_ORG = re.compile("关于|20\\d\\d|组织生活会")


def papers_of(text: str, markers: Sequence[Marker]) -> list[Paper]:
    """The papers of a text in order, each with its title; what stands before the first (a cover, a contents list) is
    in none of them. A notice, a plan or another paper that is not ours holds whatever is attached to it."""
    papers = list(_cut(text))
    cover: Title | None = None
    while len(papers) > 1 and not _has_body(text, papers[0][1], markers):
        cover = papers.pop(0)[0] or cover
    title = papers[0][0] or cover
    papers[0] = (title, papers[0][1])
    if title is not None and kind_named(title.text) in (Kind.NOTICE, Kind.OTHER):
        return [(title, Span(papers[0][1].start, len(text)))]
    return papers


def _cut(text: str) -> Iterator[Paper]:
    title = title_of(text, 0, len(text))
    start = 0
    for begin in _beginnings(text, title.span.end if title else 0):
        yield title, Span(start, begin)
        title, start = title_of(text, begin, len(text)), begin
    yield title, Span(start, len(text))


def _beginnings(text: str, start: int) -> Iterator[int]:
    """Where a line says the title of a further paper."""
    for match in _LINE.finditer(text, start):
        said = match[1]
        if match.start() > start and _PIECE.fullmatch(said):
            yield match.start(1)
        elif match.start() > start and names_a_genre(said) and _begins_a_paper(said):
            yield _with_org(text, match.start(1)) if _BELOW_ORG.match(said) else match.start(1)


def _begins_a_paper(said: str) -> bool:
    if _NUMBERED.match(said) or said.startswith(SUBTITLE) or re.search("[，。；：！？\t|]", said):
        return False
    return kind_named(said) in _OWN or _OTHER.search(said) is not None


def _with_org(text: str, begin: int) -> int:
    """The start of the line above, which names whose paper it is."""
    line = text.rfind("\n", 0, text.rfind("\n", 0, begin)) + 1
    above = text[line:begin].strip()
    named = 4 <= len(above) <= 40 and re.search("(?:支部|委员会|总支|党委|党组)$", above)
    return line if named and line > 0 else begin


def _has_body(text: str, span: Span, markers: Sequence[Marker]) -> bool:
    """Whether a stretch is a paper and not the cover, the contents or the title page of the next."""
    return len(between(markers, *span)) > 1 and len(re.findall("[。；]", text[span.start : span.end])) > 1
